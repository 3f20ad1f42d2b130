/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-ledger.h"

#include "lia-agent.h"
#include "lia-client-push.h"
#include "lia-client-trackers.h"
#include "lia-format.h"
#include "lia-list-rows.h"
#include "lia-push-withdraw.h"
#include "lia-push-words.h"
#include "lia-then.h"
#include "lia-time.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

struct _LiaPushLedger
{
  AdwBin parent_instance;

  GtkListBox *list;

  LiaClient *client;
  char      *finding;
  guint      asked;
};

G_DEFINE_FINAL_TYPE (LiaPushLedger, lia_push_ledger, ADW_TYPE_BIN)

/* Lines ------------------------------------------------------------------------------------------------------------------------------------ */

static const char *
find_name (LiaClient  *client,
           const char *tracker)
{
  GListModel *trackers = lia_client_get_trackers (client);

  for (guint i = 0; i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) one = g_list_model_get_item (trackers, i);

      if (g_str_equal (one->id, tracker))
        return one->name;
    }

  return _ ("A tracker that was removed");
}

static char *
dup_agent (LiaClient  *client,
           const char *id)
{
  GListModel *agents = lia_client_get_agents (client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_str_equal (agent->id, id))
        return g_strdup (agent->name);
    }

  return g_strdup (_ ("somebody"));
}

static char *
about_words (LiaPushLedger *self,
             LiaPush       *push)
{
  g_autofree char *moment = lia_format_moment (push->at_ms, lia_time_now ());
  g_autofree char *agent = dup_agent (self->client, push->agent);
  GString         *text = g_string_new (lia_push_words_title (push));

  /* Translators: a tracker, a time, an agent */
  g_string_append_printf (text, "\n%s · %s · %s", find_name (self->client, push->tracker), moment, agent);
  if (*push->problem != '\0')
    g_string_append_printf (text, "\n%s", push->problem);

  return g_string_free_and_steal (text);
}

static void
on_withdraw_clicked_cb (GtkButton     *button,
                        LiaPushLedger *self)
{
  lia_push_withdraw_ask (GTK_WIDGET (self), self->client, g_object_get_data (G_OBJECT (button), "push"));
}

static void
add_withdraw (LiaPushLedger *self,
              GtkWidget     *row,
              LiaPush       *push)
{
  GtkWidget       *button = gtk_button_new_with_label (_ ("Withdraw…"));
  g_autofree char *name = g_strdup_printf (_ ("Withdraw “%s”"), push->title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "push", g_object_ref (push), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_withdraw_clicked_cb), self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_push (LiaPushLedger *self,
          LiaPush       *push)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *about = about_words (self, push);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *push->question != '\0' ? _ ("An answer to the engineers") : push->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_push_words_icon (push)));
  if (lia_push_withdraw_is_possible (push))
    add_withdraw (self, row, push);
  gtk_list_box_append (self->list, row);
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

static void
on_pushes_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      asked)
{
  LiaPushLedger *self = owner;
  GListModel    *pushes;

  if (GPOINTER_TO_UINT (asked) != self->asked || value == NULL)
    return;
  pushes = G_LIST_MODEL (((LiaValuePage *)g_value_get_object (value))->values);
  lia_list_rows_clear (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (pushes); i++)
    {
      g_autoptr (LiaPush) push = g_list_model_get_item (pushes, i);

      add_push (self, push);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (pushes) > 0);
}

/** lia_push_ledger_show: the same one again is read anew. */
void
lia_push_ledger_show (LiaPushLedger *self,
                      LiaClient     *client,
                      const char    *finding)
{
  g_set_object (&self->client, client);
  if (g_strcmp0 (self->finding, finding) != 0)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_set_str (&self->finding, finding);
  lia_then (lia_client_get_pushes (client, finding, NULL), self, on_pushes_cb, GUINT_TO_POINTER (++self->asked), NULL);
}

static void
lia_push_ledger_dispose (GObject *object)
{
  LiaPushLedger *self = LIA_PUSH_LEDGER (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->finding, g_free);

  G_OBJECT_CLASS (lia_push_ledger_parent_class)->dispose (object);
}

static void
lia_push_ledger_class_init (LiaPushLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_push_ledger_dispose;
}

static void
lia_push_ledger_init (LiaPushLedger *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("What Left"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What left"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
