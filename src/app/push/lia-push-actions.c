/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-push-actions.h"

#include "lia-answer-dialog.h"
#include "lia-push-dialog.h"
#include "lia-push-withdraw.h"

typedef struct
{
  GtkWidget *widget; /* it owns the group, which owns us */
  LiaClient *client;
  char      *folder;
} Place;

static void
place_free (gpointer  data,
            GClosure *closure)
{
  Place *place = data;

  g_object_unref (place->client);
  g_free (place->folder);
  g_free (place);
}

static gboolean
has_dialog (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return (ADW_IS_WINDOW (root) && adw_window_get_visible_dialog (ADW_WINDOW (root)) != NULL) ||
         (ADW_IS_APPLICATION_WINDOW (root) && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL);
}

static void
on_activate_cb (GSimpleAction *action,
                GVariant      *finding,
                gpointer       data)
{
  Place *place = data;

  if (!has_dialog (place->widget))
    adw_dialog_present (lia_push_dialog_new (place->client, place->folder, g_variant_get_string (finding, NULL)), place->widget);
}

static void
on_answer_cb (GSimpleAction *action,
              GVariant      *question,
              gpointer       data)
{
  Place *place = data;

  if (!has_dialog (place->widget))
    adw_dialog_present (lia_answer_dialog_new (place->client, place->folder, question), place->widget);
}

static void
on_withdraw_cb (GSimpleAction *action,
                GVariant      *finding,
                gpointer       data)
{
  Place *place = data;

  if (!has_dialog (place->widget))
    lia_push_withdraw_ask_newest (place->widget, place->client, g_variant_get_string (finding, NULL));
}

static void
add_action (GSimpleActionGroup *group,
            const char         *name,
            const char         *type,
            GCallback           activate,
            GtkWidget          *widget,
            LiaClient          *client,
            const char         *folder)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, G_VARIANT_TYPE (type));
  Place *place = g_new0 (Place, 1);

  place->widget = widget;
  place->client = g_object_ref (client);
  place->folder = g_strdup (folder);
  g_signal_connect_data (action, "activate", activate, place, place_free, G_CONNECT_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

/**
 * lia_push_actions_insert:
 * @widget: below it %LIA_PUSH_ACTION is there for whatever shows a finding, %LIA_PUSH_WITHDRAW_ACTION, and %LIA_PUSH_ANSWER_ACTION for what engineers ask
 * @folder: where what is written of an issue lies until it is sent
 */
void
lia_push_actions_insert (GtkWidget  *widget,
                         LiaClient  *client,
                         const char *folder)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  add_action (group, "finding", "s", G_CALLBACK (on_activate_cb), widget, client, folder);
  add_action (group, "withdraw", "s", G_CALLBACK (on_withdraw_cb), widget, client, folder);
  add_action (group, "answer", "(sssss)", G_CALLBACK (on_answer_cb), widget, client, folder);
  gtk_widget_insert_action_group (widget, "push", G_ACTION_GROUP (group));
}
