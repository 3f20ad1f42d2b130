/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-audit-dialog.h"

#include "lia-deed-words.h"
#include "lia-format.h"
#include "lia-problem.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaAuditDialog
{
  AdwDialog parent_instance;

  GtkDropDown   *person;
  GtkStack      *stack;
  AdwStatusPage *empty;
  AdwStatusPage *problem;
  GtkListBox    *list;
  GtkButton     *more;

  LiaClient *client;
  GPtrArray *agents; /* of LiaAgent, as they can be chosen; before them stands everybody */
  char      *next;
  guint      asked; /* which answer is waited for */
};

G_DEFINE_FINAL_TYPE (LiaAuditDialog, lia_audit_dialog, ADW_TYPE_DIALOG)

/* (nullable): NULL: everybody */
static LiaAgent *
chosen_agent (LiaAuditDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->person);

  return selected > 0 && selected <= self->agents->len ? self->agents->pdata[selected - 1] : NULL;
}

static char *
time_words (gint64 at_ms)
{
  g_autofree char *day = lia_format_day (at_ms);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000);
  g_autofree char *time = g_date_time_format (at, "%H:%M");

  /* Translators: a day and a time of it */
  return g_strdup_printf (_ ("%1$s, %2$s"), day, time);
}

static void
add_row (LiaAuditDialog *self,
         LiaDeed        *deed)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *words = lia_deed_words (deed, lia_client_get_agents (self->client), lia_client_get_queues (self->client));
  g_autofree char *time = time_words (deed->at_ms);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
  gtk_list_box_append (self->list, row);
}

static void
show_problem (LiaAuditDialog *self,
              GError         *error)
{
  g_autofree char *words = lia_problem_words (error);

  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    {
      /* What is there stays, and the same page can be asked for again. */
      gtk_widget_set_sensitive (GTK_WIDGET (self->more), TRUE);
      lia_complain (GTK_WIDGET (self), _ ("More could not be read"), error);
      return;
    }
  adw_status_page_set_description (self->problem, words);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
show_nothing (LiaAuditDialog *self)
{
  LiaAgent        *agent = chosen_agent (self);
  g_autofree char *of = agent != NULL ? g_strdup_printf (_ ("%s did nothing to others that is written down, and nobody to them."), agent->name) : NULL;

  adw_status_page_set_description (self->empty, of != NULL ? of : _ ("When somebody listens to a colleague’s call, pauses a colleague or moves a caller, it stands here."));
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
page_read_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaAuditDialog *self = owner;
  LiaValuePage   *page = value != NULL ? g_value_get_object (value) : NULL;

  if (GPOINTER_TO_UINT (data) != self->asked)
    return;
  if (page == NULL)
    {
      show_problem (self, error);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->values)); i++)
    {
      g_autoptr (LiaDeed) deed = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      add_row (self, deed);
    }
  g_set_str (&self->next, page->next);
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->next != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), TRUE);
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    show_nothing (self);
}

static void
read_page (LiaAuditDialog *self)
{
  LiaAgent *agent = chosen_agent (self);

  self->asked++;
  lia_then (lia_client_get_audit (self->client, agent != NULL ? agent->id : NULL, self->next), self, page_read_cb, GUINT_TO_POINTER (self->asked), NULL);
}

static void
on_more_cb (LiaAuditDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), FALSE);
  read_page (self);
}

/* Anew, from the newest on. */
static void
on_person_chosen_cb (LiaAuditDialog *self)
{
  if (self->client == NULL)
    return;
  g_clear_pointer (&self->next, g_free);
  gtk_list_box_remove_all (self->list);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  read_page (self);
}

static void
lia_audit_dialog_dispose (GObject *object)
{
  LiaAuditDialog *self = LIA_AUDIT_DIALOG (object);

  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_AUDIT_DIALOG);
  g_clear_pointer (&self->agents, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (lia_audit_dialog_parent_class)->dispose (object);
}

static void
lia_audit_dialog_class_init (LiaAuditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_audit_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-audit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAuditDialog, person);
  gtk_widget_class_bind_template_child (widget_class, LiaAuditDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaAuditDialog, empty);
  gtk_widget_class_bind_template_child (widget_class, LiaAuditDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaAuditDialog, list);
  gtk_widget_class_bind_template_child (widget_class, LiaAuditDialog, more);
  gtk_widget_class_bind_template_callback (widget_class, on_person_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_more_cb);
}

static void
lia_audit_dialog_init (LiaAuditDialog *self)
{
  self->agents = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_persons (LiaAuditDialog *self)
{
  GListModel *agents = lia_client_get_agents (self->client);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Everybody"));
  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      LiaAgent *agent = g_list_model_get_item (agents, i);

      g_ptr_array_add (self->agents, agent);
      gtk_string_list_append (names, agent->name);
    }
  /* Which chooses everybody, and so begins to read. */
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
}

AdwDialog *
lia_audit_dialog_new (LiaClient *client)
{
  LiaAuditDialog *self = g_object_new (LIA_TYPE_AUDIT_DIALOG, NULL);

  g_set_object (&self->client, client);
  fill_persons (self);

  return ADW_DIALOG (self);
}
