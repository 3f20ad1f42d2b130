/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include <string.h>

/* What a writer can ask for, by name. */

static void
start_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  const char *kind = name + strlen ("composer.");

  if (g_str_equal (kind, "chat") && !lia_composer_can_chat (LIA_COMPOSER (widget)))
    return;

  lia_composer_start (LIA_COMPOSER (widget), NULL, g_str_equal (kind, "reply-all") ? "all" : kind);
}

static void
resume_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaComposer *self = LIA_COMPOSER (widget);

  if (lia_composer_is_empty (self))
    {
      lia_composer_start (self, NULL, lia_composer_get_answer_kind (self));
      return;
    }

  lia_composer_set_open (self, TRUE);
  lia_composer_focus (self);
}

static void
way_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  lia_composer_choose_way (LIA_COMPOSER (widget), name);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const char *then = g_str_equal (name, "composer.send-and-close") ? "close" : g_str_equal (name, "composer.send-and-keep") ? "keep"
                                                                                                                            : "pending";

  lia_composer_send (LIA_COMPOSER (widget), then, g_str_equal (name, "composer.send-anyway"));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LiaComposer *self = LIA_COMPOSER (widget);

  if (g_str_equal (name, "composer.discard"))
    lia_composer_discard (self);
  else if (g_str_equal (name, "composer.restore-discarded"))
    lia_composer_restore_discarded (self);
  else if (g_str_equal (name, "composer.look"))
    lia_composer_look (self);
  else if (g_str_equal (name, "composer.responses"))
    lia_composer_open_responses (self);
  else if (g_str_equal (name, "composer.use-name"))
    lia_composer_use_name (self);
  else if (self->open && g_str_equal (name, "composer.attach"))
    lia_composer_pick_files (self);
}

static void
fold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LiaComposer *self = LIA_COMPOSER (widget);

  lia_composer_save_draft (self);
  lia_composer_set_open (self, FALSE);
  gtk_widget_grab_focus (self->open_button);
}

/** lia_composer_install_actions: of the class; keys, buttons and menus name them. */
void
lia_composer_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "composer.reply", start_action },
    { "composer.reply-all", start_action },
    { "composer.forward", start_action },
    { "composer.note", start_action },
    { "composer.chat", start_action },
    { "composer.by-chat", way_action },
    { "composer.by-email", way_action },
    { "composer.resume", resume_action },
    { "composer.send", send_action },
    { "composer.send-and-close", send_action },
    { "composer.send-and-keep", send_action },
    { "composer.send-anyway", send_action },
    { "composer.discard", edit_action },
    { "composer.restore-discarded", edit_action },
    { "composer.look", edit_action },
    { "composer.attach", edit_action },
    { "composer.responses", edit_action },
    { "composer.use-name", edit_action },
    { "composer.fold", fold_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}
