/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three pages, forward and back at any time; nothing is kept before the last button. Answers of the engine are numbered: one that belongs to a
 * test or search that the user has left is dropped.
 */
#include "lia-setup-dialog.h"

#include "lia-diagnosis-list.h"
#include "lia-diagnosis.h"
#include "lia-mailbox-form.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaSetupDialog
{
  AdwDialog parent_instance;

  AdwNavigationView   *pages;
  AdwEntryRow         *address;
  AdwPasswordEntryRow *password;
  AdwEntryRow         *sender_name;
  GtkWidget           *continue_button;
  GtkStack            *continue_stack;
  GtkLabel            *found_label;
  AdwPreferencesGroup *change_group;
  AdwEntryRow         *change_sender_name;
  AdwPasswordEntryRow *change_password;
  LiaMailboxForm      *form;
  GtkWidget           *test_button;
  GtkLabel            *result_label;
  LiaDiagnosisList    *steps;
  GtkWidget           *again_button;
  GtkWidget           *finish_button;

  LiaClient  *client;
  LiaChannel *channel;   /* that is changed or tested, or NULL: a new one */
  gboolean    only_test; /* as it is set up */
  char       *searched;  /* the address whose servers are in the form */
  guint       number;
};

enum {
  SIGNAL_MAILBOX_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaSetupDialog, lia_setup_dialog, ADW_TYPE_DIALOG)

static const char *const step_names[] = { "name", "reach", "certificate", "login", "folders", "sending", NULL };

static char *
dup_address (LiaSetupDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address))));
}

static LiaMailbox *
dup_mailbox (LiaSetupDialog *self)
{
  LiaMailbox  *mailbox = lia_mailbox_form_dup_mailbox (self->form);
  AdwEntryRow *sender_name = self->channel != NULL ? self->change_sender_name : self->sender_name;

  g_set_str (&mailbox->sender_name, gtk_editable_get_text (GTK_EDITABLE (sender_name)));
  return mailbox;
}

static void
set_searching (LiaSetupDialog *self,
               gboolean        searching)
{
  gtk_stack_set_visible_child_name (self->continue_stack, searching ? "busy" : "label");
  gtk_widget_set_sensitive (self->continue_button, !searching);
}

static const char *
source_words (LiaMailbox *mailbox)
{
  if (g_strcmp0 (mailbox->source, "guess") == 0)
    return _ ("Your provider does not say what its servers are. These are the usual names; please check them.");
  return _ ("Your provider names these servers. Change them only if you know better.");
}

static LiaMailbox *
complete_mailbox (LiaSetupDialog *self,
                  LiaMailbox     *found)
{
  g_autofree char *address = dup_address (self);
  LiaMailbox      *mailbox = lia_mailbox_new ();

  g_set_str (&mailbox->source, found != NULL ? found->source : "");
  g_set_str (&mailbox->address, address);
  g_set_str (&mailbox->name, address);
  g_set_str (&mailbox->login, found != NULL && found->login != NULL && *found->login != '\0' ? found->login : address);
  g_set_str (&mailbox->imap_host, found != NULL ? found->imap_host : "");
  g_set_str (&mailbox->smtp_host, found != NULL ? found->smtp_host : "");
  g_set_str (&mailbox->imap_tls, found != NULL ? found->imap_tls : "tls");
  g_set_str (&mailbox->smtp_tls, found != NULL ? found->smtp_tls : "tls");
  mailbox->imap_port = found != NULL ? found->imap_port : 993;
  mailbox->smtp_port = found != NULL ? found->smtp_port : 465;
  return mailbox;
}

static void
discovered_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      number)
{
  LiaSetupDialog *self = owner;
  GListModel     *found;
  g_autoptr (LiaMailbox) best = NULL;
  g_autoptr (LiaMailbox) mailbox = NULL;

  if (GPOINTER_TO_UINT (number) != self->number)
    return;

  set_searching (self, FALSE);
  found = error == NULL ? g_value_get_object (value) : NULL;
  best = found != NULL ? g_list_model_get_item (found, 0) : NULL;
  mailbox = complete_mailbox (self, best);
  gtk_label_set_label (self->found_label, best != NULL ? source_words (best)
                                                       : _ ("The servers could not be found out. Please enter them; your provider’s help pages name them."));
  lia_mailbox_form_set_mailbox (self->form, mailbox);
  g_set_str (&self->searched, mailbox->address);
  adw_navigation_view_push_by_tag (self->pages, "servers");
}

static void
on_continue_clicked_cb (LiaSetupDialog *self)
{
  g_autofree char *address = dup_address (self);

  /* Back only to correct the password: what was entered since stays. */
  if (g_strcmp0 (address, self->searched) == 0)
    {
      adw_navigation_view_push_by_tag (self->pages, "servers");
      return;
    }
  set_searching (self, TRUE);
  lia_then (lia_client_discover_mailbox (self->client, address), self, discovered_cb, GUINT_TO_POINTER (++self->number), NULL);
}

static void
on_account_changed_cb (LiaSetupDialog *self)
{
  g_autofree char *address = dup_address (self);
  gboolean         ready = lia_address_is_valid_email (address) && *gtk_editable_get_text (GTK_EDITABLE (self->password)) != '\0';

  self->number++;
  set_searching (self, FALSE);
  gtk_widget_set_sensitive (self->continue_button, ready);
}

static void
on_form_changed_cb (LiaSetupDialog *self)
{
  gtk_widget_set_sensitive (self->test_button, lia_mailbox_form_get_valid (self->form));
}

static void
show_waiting (LiaSetupDialog *self)
{
  gtk_label_set_label (self->result_label, _ ("Testing the servers. This can take up to a minute when one does not answer."));
  gtk_widget_set_sensitive (self->again_button, FALSE);
  gtk_widget_set_sensitive (self->finish_button, FALSE);
  lia_diagnosis_list_set_waiting (self->steps);
}

typedef enum {
  OUTCOME_WORKS,
  OUTCOME_CANNOT_SEND, /* mail could be read, but not sent */
  OUTCOME_FAILS,
} Outcome;

static Outcome
judge (GListModel *diagnoses)
{
  Outcome outcome = OUTCOME_WORKS;

  for (guint i = 0; i < g_list_model_get_n_items (diagnoses); i++)
    {
      g_autoptr (LiaDiagnosis) diagnosis = g_list_model_get_item (diagnoses, i);

      if (outcome == OUTCOME_WORKS && !lia_diagnosis_works (diagnosis))
        outcome = g_strcmp0 (diagnosis->step, "sending") == 0 ? OUTCOME_CANNOT_SEND : OUTCOME_FAILS;
    }
  return outcome;
}

static const char *
outcome_words (LiaSetupDialog *self,
               Outcome         outcome)
{
  if (self->only_test)
    return outcome == OUTCOME_WORKS ? _ ("Everything works.") : _ ("Something does not work.");
  if (outcome == OUTCOME_WORKS)
    return self->channel != NULL ? _ ("Everything works.")
                                 : _ ("Everything works. When you finish, Liaison fetches the mail that is there, newest first.");
  if (outcome == OUTCOME_CANNOT_SEND)
    return _ ("Mail can be received, but not sent. If you go on, answers wait in the outbox until sending works.");
  return self->channel != NULL ? _ ("Something does not work. If you save this, no mail comes in or goes out until it does.")
                               : _ ("Something does not work yet. Go back to change it, or test again.");
}

/* A new mailbox that cannot be read would be an empty window; one that is changed may be away for the moment. */
static gboolean
may_finish (LiaSetupDialog *self,
            Outcome         outcome)
{
  return outcome != OUTCOME_FAILS || self->channel != NULL;
}

static void
show_finish_button (LiaSetupDialog *self,
                    Outcome         outcome)
{
  gboolean    possible = may_finish (self, outcome);
  gboolean    anyway = outcome != OUTCOME_WORKS && possible && !self->only_test;
  const char *label;

  if (self->only_test)
    label = _ ("_Close");
  else if (self->channel != NULL)
    label = anyway ? _ ("_Save Anyway") : _ ("_Save");
  else
    label = anyway ? _ ("_Finish Anyway") : _ ("_Finish");

  gtk_button_set_label (GTK_BUTTON (self->finish_button), label);
  gtk_widget_set_sensitive (self->finish_button, possible);
  if (anyway)
    gtk_widget_remove_css_class (self->finish_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->finish_button, "suggested-action");
}

static void
tested_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      number)
{
  LiaSetupDialog *self = owner;
  Outcome         outcome = OUTCOME_FAILS;

  if (GPOINTER_TO_UINT (number) != self->number)
    return;

  lia_diagnosis_list_show (self->steps, error == NULL ? g_value_get_object (value) : NULL);
  if (error == NULL)
    outcome = judge (g_value_get_object (value));
  else
    lia_complain (GTK_WIDGET (self->pages), _ ("The servers could not be tested"), error);

  gtk_label_set_label (self->result_label, outcome_words (self, outcome));
  gtk_widget_set_sensitive (self->again_button, TRUE);
  show_finish_button (self, outcome);
  gtk_widget_grab_focus (outcome == OUTCOME_WORKS ? self->finish_button : self->again_button);
}

/* The new password of a mailbox that is changed; NULL keeps the old one. */
static const char *
changed_password (LiaSetupDialog *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->change_password));

  return *password != '\0' ? password : NULL;
}

static DexFuture *
ask_for_test (LiaSetupDialog *self)
{
  g_autoptr (LiaMailbox) mailbox = NULL;

  if (self->only_test)
    return lia_client_test_channel (self->client, self->channel->id, NULL, NULL);
  mailbox = dup_mailbox (self);
  if (self->channel != NULL)
    return lia_client_test_channel (self->client, self->channel->id, mailbox, changed_password (self));
  return lia_client_test_mailbox (self->client, mailbox, gtk_editable_get_text (GTK_EDITABLE (self->password)));
}

static void
test (LiaSetupDialog *self)
{
  show_waiting (self);
  lia_then (ask_for_test (self), self, tested_cb, GUINT_TO_POINTER (++self->number), NULL);
}

static void
on_test_clicked_cb (LiaSetupDialog *self)
{
  adw_navigation_view_push_by_tag (self->pages, "test");
  test (self);
}

static void
on_test_again_clicked_cb (LiaSetupDialog *self)
{
  test (self);
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaSetupDialog *self = owner;

  gtk_widget_set_sensitive (self->finish_button, TRUE);
  if (error != NULL)
    {
      lia_complain (GTK_WIDGET (self->pages), self->channel != NULL ? _ ("The mailbox could not be changed") : _ ("The mailbox could not be set up"), error);
      return;
    }
  if (self->channel == NULL)
    g_signal_emit (self, signals[SIGNAL_MAILBOX_ADDED], 0, g_value_get_string (value));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_finish_clicked_cb (LiaSetupDialog *self)
{
  g_autoptr (LiaMailbox) mailbox = NULL;
  DexFuture *future;

  if (self->only_test)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  mailbox = dup_mailbox (self);
  gtk_widget_set_sensitive (self->finish_button, FALSE);
  if (self->channel != NULL)
    future = lia_client_update_mailbox (self->client, self->channel->id, mailbox, changed_password (self));
  else
    future = lia_client_add_mailbox (self->client, mailbox, gtk_editable_get_text (GTK_EDITABLE (self->password)));
  lia_then (future, self, saved_cb, NULL, NULL);
}

static void
on_page_changed_cb (LiaSetupDialog *self)
{
  const char *tag = adw_navigation_view_get_visible_page_tag (self->pages);

  /* Leaving a page leaves what it waited for. */
  if (g_strcmp0 (tag, "test") != 0)
    self->number++;
  if (g_strcmp0 (tag, "servers") == 0)
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->test_button);
  else if (g_strcmp0 (tag, "test") == 0)
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->finish_button);
  else
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->continue_button);
}

static void
lia_setup_dialog_dispose (GObject *object)
{
  LiaSetupDialog *self = LIA_SETUP_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SETUP_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->searched, g_free);
  G_OBJECT_CLASS (lia_setup_dialog_parent_class)->dispose (object);
}

static void
lia_setup_dialog_class_init (LiaSetupDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_setup_dialog_dispose;

  signals[SIGNAL_MAILBOX_ADDED] = g_signal_new ("mailbox-added", LIA_TYPE_SETUP_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_DIAGNOSIS_LIST);
  g_type_ensure (LIA_TYPE_MAILBOX_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-setup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, address);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, password);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, sender_name);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, continue_button);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, continue_stack);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, found_label);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, change_group);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, change_sender_name);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, change_password);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, form);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, again_button);
  gtk_widget_class_bind_template_child (widget_class, LiaSetupDialog, finish_button);
  gtk_widget_class_bind_template_callback (widget_class, on_account_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_finish_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed_cb);
}

static void
lia_setup_dialog_init (LiaSetupDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lia_diagnosis_list_set_steps (self->steps, "mail", step_names);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->continue_button);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->address));
}

AdwDialog *
lia_setup_dialog_new (LiaClient *client)
{
  LiaSetupDialog *self = g_object_new (LIA_TYPE_SETUP_DIALOG, NULL);

  self->client = g_object_ref (client);
  return ADW_DIALOG (self);
}

/**
 * lia_setup_dialog_new_for_channel:
 * @mailbox: how @channel is set up now
 *
 * To change a mailbox: begins with its servers.
 */
AdwDialog *
lia_setup_dialog_new_for_channel (LiaClient  *client,
                                  LiaChannel *channel,
                                  LiaMailbox *mailbox)
{
  AdwDialog      *dialog = lia_setup_dialog_new (client);
  LiaSetupDialog *self = LIA_SETUP_DIALOG (dialog);

  self->channel = g_object_ref (channel);
  adw_dialog_set_title (dialog, channel->name);
  gtk_label_set_label (self->found_label, _ ("Test what you change; nothing is saved before that."));
  gtk_widget_set_visible (GTK_WIDGET (self->change_group), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->change_sender_name), mailbox->sender_name != NULL ? mailbox->sender_name : "");
  lia_mailbox_form_set_mailbox (self->form, mailbox);
  adw_navigation_view_replace_with_tags (self->pages, (const char *const[]){ "servers" }, 1);
  adw_dialog_set_default_widget (dialog, self->test_button);
  adw_dialog_set_focus (dialog, NULL);
  return dialog;
}

/**
 * lia_setup_dialog_new_test:
 *
 * Only the live test of @channel as it is set up.
 */
AdwDialog *
lia_setup_dialog_new_test (LiaClient  *client,
                           LiaChannel *channel)
{
  AdwDialog      *dialog = lia_setup_dialog_new (client);
  LiaSetupDialog *self = LIA_SETUP_DIALOG (dialog);

  self->channel = g_object_ref (channel);
  self->only_test = TRUE;
  adw_dialog_set_title (dialog, channel->name);
  adw_navigation_view_replace_with_tags (self->pages, (const char *const[]){ "test" }, 1);
  adw_dialog_set_focus (dialog, NULL);
  test (self);
  return dialog;
}
