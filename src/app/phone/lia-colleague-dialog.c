/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-colleague-dialog.h"

#include "lia-client-pbx.h"
#include "lia-client-phone.h"
#include "lia-phone-account-dialog.h"
#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaColleagueDialog
{
  AdwDialog parent_instance;

  GtkWidget    *save_button;
  GtkWidget    *page;
  AdwEntryRow  *telephone;
  AdwEntryRow  *extension;
  AdwEntryRow  *member;
  AdwActionRow *account;
  GtkWidget    *change;

  LiaPhoneStation *station;
  LiaAgent        *colleague;
  LiaSoftphone    *softphone; /* without its secret, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaColleagueDialog, lia_colleague_dialog, ADW_TYPE_DIALOG)

static LiaClient *
get_client (LiaColleagueDialog *self)
{
  return lia_phone_station_get_client (self->station);
}

/* The account ---------------------------------------------------------------------------------------------------------------------------- */

static void
account_loaded_cb (gpointer      owner,
                   const GValue *value,
                   GError       *error,
                   gpointer      data)
{
  LiaColleagueDialog *self = owner;
  g_autofree char    *words = NULL;

  g_set_object (&self->softphone, error == NULL ? g_value_get_object (value) : NULL);
  if (self->softphone != NULL)
    words = g_strdup_printf ("%s@%s", self->softphone->user, self->softphone->server);
  else if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    words = g_strdup (_ ("There is none: the telephone on the desk is used."));
  else
    words = lia_problem_words (error);
  adw_action_row_set_subtitle (self->account, words);
  gtk_widget_set_sensitive (self->change, error == NULL || g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND));
}

static void
load_account (LiaColleagueDialog *self)
{
  gtk_widget_set_sensitive (self->change, FALSE);
  lia_then (lia_client_get_softphone_of (get_client (self), self->colleague->id), self, account_loaded_cb, NULL, NULL);
}

static void
on_change_clicked_cb (LiaColleagueDialog *self)
{
  AdwDialog *dialog = lia_phone_account_dialog_new (self->station, self->colleague, self->softphone);

  g_signal_connect_object (dialog, "closed", G_CALLBACK (load_account), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* The endpoint --------------------------------------------------------------------------------------------------------------------------- */

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaColleagueDialog *self = owner;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error != NULL)
    lia_complain (self->page, _ ("The telephone could not be saved"), error);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked_cb (LiaColleagueDialog *self)
{
  g_autofree char *telephone = dup_text (self->telephone);
  g_autofree char *extension = dup_text (self->extension);
  g_autofree char *member = dup_text (self->member);

  gtk_widget_set_sensitive (self->save_button, FALSE);
  lia_then (lia_client_set_agent_phone (get_client (self), self->colleague->id, telephone, extension, member), self, saved_cb, NULL, NULL);
}

static void
lia_colleague_dialog_dispose (GObject *object)
{
  LiaColleagueDialog *self = LIA_COLLEAGUE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_COLLEAGUE_DIALOG);
  g_clear_object (&self->station);
  g_clear_object (&self->colleague);
  g_clear_object (&self->softphone);

  G_OBJECT_CLASS (lia_colleague_dialog_parent_class)->dispose (object);
}

static void
lia_colleague_dialog_class_init (LiaColleagueDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_colleague_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-colleague-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, page);
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, telephone);
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, extension);
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, member);
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, account);
  gtk_widget_class_bind_template_child (widget_class, LiaColleagueDialog, change);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
lia_colleague_dialog_init (LiaColleagueDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
lia_colleague_dialog_new (LiaPhoneStation *station,
                          LiaAgent        *colleague)
{
  LiaColleagueDialog *self = g_object_new (LIA_TYPE_COLLEAGUE_DIALOG, NULL);

  self->station = g_object_ref (station);
  self->colleague = g_object_ref (colleague);
  adw_dialog_set_title (ADW_DIALOG (self), colleague->name);
  set_text (self->telephone, colleague->phone);
  set_text (self->extension, colleague->extension);
  set_text (self->member, colleague->member);
  load_account (self);

  return ADW_DIALOG (self);
}
