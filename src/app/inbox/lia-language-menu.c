/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-language-menu.h"

#include "lia-language.h"
#include "lia-template-locale.h"

#include <glib/gi18n.h>

/** lia_language_menu_name: (transfer full): "German" for "de", in the user's language. */
char *
lia_language_menu_name (const char *tag)
{
  return lia_template_locale_language_name (tag, g_get_language_names ()[0]);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (((char *const *)a)[0], ((char *const *)b)[0]);
}

/** lia_language_menu_new: (transfer full): for the action "conversation.language", languages by their names. */
GMenuModel *
lia_language_menu_new (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) found = g_menu_new ();
  g_autoptr (GMenu) chosen = g_menu_new ();
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) all = lia_language_list ();

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_ptr_array_add (names, lia_language_menu_name (all[i]));
      g_hash_table_insert (tags, names->pdata[i], g_strdup (all[i]));
    }
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (names->pdata[i], NULL);

      g_menu_item_set_action_and_target (item, "conversation.language", "s", (const char *)g_hash_table_lookup (tags, names->pdata[i]));
      g_menu_append_item (chosen, item);
    }
  g_menu_append (found, _ ("As the Customer Writes"), "conversation.language('')");
  g_menu_append_section (menu, _ ("Answer In"), G_MENU_MODEL (found));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (chosen));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}
