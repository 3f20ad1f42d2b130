/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

/* What can be done with findings, and taken back: merged, split, weighed, renamed. */

#include "lia-findings-window-private.h"

#include "lia-finding-edit.h"
#include "lia-finding-merge.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define UNDO_S 10
#define MAX_TITLE 70 /* letters of what was said, for a finding of its own */

/* What was done last: one of these. */
struct _LiaFindingsDeed
{
  GStrv       merged;
  GPtrArray  *quotes;  /* of LiaQuote, with the findings that they belonged to */
  LiaQuote   *weighed; /* as it was */
  LiaFinding *before;
};

static void
deed_free (LiaFindingsDeed *deed)
{
  g_strfreev (deed->merged);
  g_clear_pointer (&deed->quotes, g_ptr_array_unref);
  g_clear_object (&deed->weighed);
  g_clear_object (&deed->before);
  g_free (deed);
}

/** lia_findings_window_forget_deed: it can no longer be taken back. */
void
lia_findings_window_forget_deed (LiaFindingsWindow *self)
{
  g_clear_pointer (&self->deed, deed_free);
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_weak_pointer (&self->undo_toast);
}

/* @deed: (transfer full). The keyboard goes to the list, where Ctrl+Z is for findings and not for what was typed. */
static void
offer_undo (LiaFindingsWindow *self,
            LiaFindingsDeed   *deed,
            const char        *words)
{
  AdwToast *toast = adw_toast_new (words);

  lia_findings_window_forget_deed (self);
  self->deed = deed;
  g_set_weak_pointer (&self->undo_toast, toast);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, UNDO_S);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "findings.undo");
  adw_toast_overlay_add_toast (self->overlay, toast);
  lia_findings_window_update_actions (self);
  lia_findings_window_take_keyboard (self);
}

static void
on_undone_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaFindingsWindow *self = owner;

  if (value != NULL)
    lia_toast (GTK_WIDGET (self->split), _ ("It is as it was before"));
  else
    lia_complain (GTK_WIDGET (self->split), _ ("It could not be taken back"), error);
}

/* Its version is the one after the change: who else changed it since, keeps that. */
static DexFuture *
rename_back (LiaFindingsWindow *self,
             LiaFinding        *before)
{
  g_autoptr (LiaFinding) back = lia_finding_new ();

  g_set_str (&back->id, before->id);
  g_set_str (&back->title, before->title);
  g_set_str (&back->product, before->product);
  g_set_str (&back->url, before->url);
  back->kind = before->kind;
  back->state = before->state;
  back->ver = before->ver + 1;

  return lia_client_update_finding (self->client, back);
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (widget);
  LiaFindingsDeed   *deed = g_steal_pointer (&self->deed);
  DexFuture         *undone;

  if (deed == NULL)
    return;
  if (deed->merged != NULL)
    undone = lia_client_unmerge_findings (self->client, (const char *const *)deed->merged);
  else if (deed->quotes != NULL)
    undone = lia_client_put_back_quotes (self->client, deed->quotes);
  else if (deed->weighed != NULL)
    undone = lia_client_weigh_quote (self->client, deed->weighed->entry, deed->weighed->importance);
  else
    undone = rename_back (self, deed->before);
  lia_then (undone, self, on_undone_cb, NULL, NULL);
  deed_free (deed);
  lia_findings_window_forget_deed (self);
  lia_findings_window_update_actions (self);
}

/* Merging ---------------------------------------------------------------------------------------------------------------------------------- */

static void
on_merged_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaFindingsWindow *self = owner;
  LiaFinding        *stays = data;
  LiaFindingsDeed   *deed;
  g_autofree char   *words = NULL;

  if (value == NULL)
    {
      lia_complain (GTK_WIDGET (self->split), _ ("The findings could not be merged"), error);
      return;
    }
  deed = g_new0 (LiaFindingsDeed, 1);
  deed->merged = g_value_dup_boxed (value);
  words = g_strdup_printf (_ ("Merged into “%s”"), stays->title);
  lia_findings_window_choose (self, stays->id);
  offer_undo (self, deed, words);
}

static void
on_merge_chosen_cb (LiaFindingsWindow *self,
                    LiaFinding        *stays,
                    GStrv              merged)
{
  lia_then (lia_client_merge_findings (self->client, (const char *const *)merged, stays->id), self, on_merged_cb, g_object_ref (stays), g_object_unref);
}

static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (widget);
  g_autoptr (GPtrArray) findings = lia_findings_window_dup_chosen (self);
  AdwDialog *dialog;

  if (findings->len == 0 || adw_window_get_visible_dialog (ADW_WINDOW (self)) != NULL)
    return;
  dialog = lia_finding_merge_new (self->client, findings);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_merge_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* Splitting -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *quotes;
  char      *title;
} Split;

static void
split_free (gpointer data)
{
  Split *split = data;

  g_ptr_array_unref (split->quotes);
  g_free (split->title);
  g_free (split);
}

static void
on_split_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      data)
{
  LiaFindingsWindow *self = owner;
  Split             *split = data;
  LiaFindingsDeed   *deed;
  g_autofree char   *words = NULL;

  if (value == NULL)
    {
      lia_complain (GTK_WIDGET (self->split), _ ("It could not be split off"), error);
      return;
    }
  deed = g_new0 (LiaFindingsDeed, 1);
  deed->quotes = g_ptr_array_ref (split->quotes);
  words = g_strdup_printf (_ ("Split off: “%s”"), split->title);
  lia_findings_window_choose (self, g_value_get_string (value));
  offer_undo (self, deed, words);
}

static void
on_split_response_cb (LiaFindingsWindow *self,
                      const char        *response,
                      AdwAlertDialog    *dialog)
{
  GPtrArray       *quotes = g_object_get_data (G_OBJECT (dialog), "quotes");
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog)))));
  Split           *split;

  if (!g_str_equal (response, "split") || *title == '\0')
    return;
  split = g_new0 (Split, 1);
  split->quotes = g_ptr_array_ref (quotes);
  split->title = g_steal_pointer (&title);
  lia_then (lia_client_split_quotes (self->client, quotes, split->title), self, on_split_cb, split, split_free);
}

/* What was said first in one line, for a title */
static char *
propose_title (GPtrArray *quotes)
{
  const LiaQuote  *quote = quotes->pdata[0];
  g_autofree char *line = g_strdelimit (g_strdup (quote->text), "\r\n", ' ');

  return g_utf8_strlen (line, -1) > MAX_TITLE ? g_utf8_substring (line, 0, MAX_TITLE) : g_steal_pointer (&line);
}

static void
on_title_changed_cb (AdwAlertDialog *dialog,
                     GtkEditable    *entry)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "split", *title != '\0');
}

static void
split_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (widget);
  g_autoptr (GPtrArray) quotes = lia_finding_view_dup_chosen (self->view);
  g_autofree char *title = quotes->len > 0 ? propose_title (quotes) : NULL;
  AdwAlertDialog  *dialog;
  GtkWidget       *entry;

  if (quotes->len == 0 || adw_window_get_visible_dialog (ADW_WINDOW (self)) != NULL)
    return;
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("A Finding of Its Own"), _ ("What is chosen is about something else. What is that, in one line?")));
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), title);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What It Is about, in One Line"), -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "split", _ ("_Split Off"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "split", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "split");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_title_changed_cb), dialog, G_CONNECT_SWAPPED);
  on_title_changed_cb (dialog, GTK_EDITABLE (entry));
  g_object_set_data_full (G_OBJECT (dialog), "quotes", g_steal_pointer (&quotes), (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_split_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* Weighing --------------------------------------------------------------------------------------------------------------------------------- */

static void
on_weighed_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      before)
{
  LiaFindingsWindow *self = owner;
  LiaFindingsDeed   *deed;

  if (value == NULL)
    {
      lia_complain (GTK_WIDGET (self->split), _ ("How much it matters could not be changed"), error);
      return;
    }
  deed = g_new0 (LiaFindingsDeed, 1);
  deed->weighed = g_object_ref (before);
  offer_undo (self, deed, _ ("How much it matters to this customer is changed"));
}

static void
weigh_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (widget);
  g_autoptr (LiaQuote) before = lia_quote_new ();
  const char *entry;
  int         was;
  int         becomes;

  g_variant_get (parameter, "(&sii)", &entry, &was, &becomes);
  if (was == becomes)
    return;
  g_set_str (&before->entry, entry);
  before->importance = (LiaImportance)was;
  lia_then (lia_client_weigh_quote (self->client, entry, (LiaImportance)becomes), self, on_weighed_cb, g_steal_pointer (&before), g_object_unref);
}

/* Editing ---------------------------------------------------------------------------------------------------------------------------------- */

static void
on_saved_cb (LiaFindingsWindow *self,
             LiaFinding        *before)
{
  LiaFindingsDeed *deed = g_new0 (LiaFindingsDeed, 1);

  deed->before = g_object_ref (before);
  offer_undo (self, deed, _ ("The finding is changed"));
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (widget);
  g_autoptr (GPtrArray) findings = lia_findings_window_dup_chosen (self);
  AdwDialog *dialog;

  if (findings->len != 1 || adw_window_get_visible_dialog (ADW_WINDOW (self)) != NULL)
    return;
  dialog = lia_finding_edit_new (self->client, findings->pdata[0]);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LIA_FINDINGS_WINDOW (widget)->search));
}

static void
show_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  lia_findings_filter_clear (self->filter);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  lia_findings_window_export (LIA_FINDINGS_WINDOW (widget));
}

/** lia_findings_window_update_actions: what is chosen, or done, has changed. */
void
lia_findings_window_update_actions (LiaFindingsWindow *self)
{
  guint n = g_hash_table_size (self->chosen);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "findings.merge", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "findings.edit", n == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "findings.undo", self->deed != NULL);
}

void
lia_findings_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "findings.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "findings.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "findings.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "findings.split", NULL, split_action);
  gtk_widget_class_install_action (widget_class, "findings.weigh", "(sii)", weigh_action);
  gtk_widget_class_install_action (widget_class, "findings.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "findings.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "findings.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "findings.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "findings.merge", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "findings.split", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "findings.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "findings.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "findings.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}
