/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-pause-reasons.h"

#include <glib/gi18n.h>

static const char *const reasons[] = { N_ ("Break"), N_ ("Lunch"), N_ ("Meeting"), N_ ("Training"), N_ ("Other Work") };

/** lia_pause_reason_words: a reason as it is kept, as it is shown. */
const char *
lia_pause_reason_words (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i], reason) == 0)
      return _ (reasons[i]);

  return reason;
}

/** lia_pause_reasons_menu: (transfer full): @action takes the reason as a string. */
GMenuModel *
lia_pause_reasons_menu (const char *action)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (reasons[i]), NULL);

      g_menu_item_set_action_and_target (item, action, "s", reasons[i]);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}
