/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-history.h"

#include "lia-canned-change.h"
#include "lia-canned-version.h"
#include "lia-client-responses.h"
#include "lia-format.h"
#include "lia-then.h"
#include "lia-time.h"
#include "lia-word-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE 50

struct _LiaLibraryHistory
{
  AdwDialog parent_instance;

  GtkStack      *stack;
  AdwStatusPage *problem;
  GtkListBox    *list;
  GtkTextView   *text;
  GtkButton     *back;

  LiaClient *client;
  char      *response;
  GPtrArray *versions; /* of LiaCannedVersion, the newest first */
  gboolean   reading;
  gboolean   complete;
};

G_DEFINE_FINAL_TYPE (LiaLibraryHistory, lia_library_history, ADW_TYPE_DIALOG)

enum {
  BROUGHT_BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
agent_name (LiaLibraryHistory *self,
            const char        *id)
{
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (strcmp (agent->id, id) == 0)
        return g_strdup (agent->name);
    }

  return g_strdup (_ ("somebody"));
}

static LiaCannedVersion *
nth (LiaLibraryHistory *self,
     int                index)
{
  return index >= 0 && (guint)index < self->versions->len ? self->versions->pdata[index] : NULL;
}

static void
show_version (LiaLibraryHistory *self,
              int                index)
{
  LiaCannedVersion *version = nth (self, index);
  LiaCannedVersion *older = nth (self, index + 1);
  g_autofree char  *after = version != NULL ? lia_word_view_describe (version->canned) : g_strdup ("");
  g_autofree char  *before = older != NULL ? lia_word_view_describe (older->canned) : g_strdup (version != NULL ? after : "");

  lia_word_view_show (self->text, before, after);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back), index > 0);
}

static void
on_row_selected_cb (LiaLibraryHistory *self,
                    GtkListBoxRow     *row)
{
  if (row != NULL)
    show_version (self, gtk_list_box_row_get_index (row));
}

static void
on_back_clicked_cb (LiaLibraryHistory *self)
{
  GtkListBoxRow    *row = gtk_list_box_get_selected_row (self->list);
  LiaCannedVersion *version = row != NULL ? nth (self, gtk_list_box_row_get_index (row)) : NULL;

  if (version == NULL)
    return;
  g_signal_emit (self, signals[BROUGHT_BACK], 0, version->canned);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_row (LiaLibraryHistory *self,
         LiaCannedVersion  *version)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *name = agent_name (self, version->agent);
  g_autofree char *moment = lia_format_moment (version->at_ms, lia_time_now ());
  g_autofree char *title = g_strdup_printf (_ ("Version %" G_GINT64_FORMAT), version->ver);
  g_autofree char *subtitle = g_strdup_printf (_ ("%s, %s"), name, moment);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (self->list, row);
}

static void read_more (LiaLibraryHistory *self);

static void
read_cb (gpointer      owner,
         const GValue *value,
         GError       *error,
         gpointer      data)
{
  LiaLibraryHistory *self = owner;
  GListModel        *versions = value != NULL ? g_value_get_object (value) : NULL;
  GtkListBoxRow     *selected = gtk_list_box_get_selected_row (self->list);

  self->reading = FALSE;
  if (error != NULL && self->versions->len == 0)
    {
      g_autofree char *words = lia_problem_words (error);

      adw_status_page_set_description (self->problem, words);
      gtk_stack_set_visible_child_name (self->stack, "problem");
    }
  if (error != NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      LiaCannedVersion *version = g_list_model_get_item (versions, i);

      g_ptr_array_add (self->versions, version);
      add_row (self, version);
    }
  self->complete = g_list_model_get_n_items (versions) < PAGE;
  gtk_stack_set_visible_child_name (self->stack, "versions");
  if (selected == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  else
    on_row_selected_cb (self, selected);
}

static void
read_more (LiaLibraryHistory *self)
{
  LiaCannedVersion *last = self->versions->len > 0 ? self->versions->pdata[self->versions->len - 1] : NULL;

  if (self->reading || self->complete)
    return;

  self->reading = TRUE;
  lia_then (lia_client_get_response_versions (self->client, self->response, last != NULL ? last->ver : 0), self, read_cb, NULL, NULL);
}

static void
on_edge_reached_cb (LiaLibraryHistory *self,
                    GtkPositionType    edge)
{
  if (edge == GTK_POS_BOTTOM)
    read_more (self);
}

static void
lia_library_history_dispose (GObject *object)
{
  LiaLibraryHistory *self = LIA_LIBRARY_HISTORY (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_LIBRARY_HISTORY);
  g_clear_object (&self->client);
  g_clear_pointer (&self->response, g_free);
  g_clear_pointer (&self->versions, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_library_history_parent_class)->dispose (object);
}

static void
lia_library_history_class_init (LiaLibraryHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_library_history_dispose;

  signals[BROUGHT_BACK] = g_signal_new ("brought-back", LIA_TYPE_LIBRARY_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CANNED);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-library-history.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryHistory, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryHistory, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryHistory, list);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryHistory, text);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryHistory, back);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
}

static void
lia_library_history_init (LiaLibraryHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->versions = g_ptr_array_new_with_free_func (g_object_unref);
}

AdwDialog *
lia_library_history_new (LiaClient  *client,
                         const char *response)
{
  LiaLibraryHistory *self = g_object_new (LIA_TYPE_LIBRARY_HISTORY, NULL);

  self->client = g_object_ref (client);
  self->response = g_strdup (response);
  read_more (self);

  return ADW_DIALOG (self);
}
