/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forward and back at any time; nothing is kept before the last button. Answers of the engine are numbered: one that belongs to a test that the user
 * has left is dropped.
 */
#include "lia-phone-setup-dialog.h"

#include "lia-agent-phone-row.h"
#include "lia-client-pbx.h"
#include "lia-diagnosis-list.h"
#include "lia-diagnosis-row.h"
#include "lia-paste-page.h"
#include "lia-pbx-form.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaPhoneSetupDialog
{
  AdwDialog parent_instance;

  AdwNavigationView   *pages;
  GtkLabel            *intro_label;
  LiaPbxForm          *form;
  GtkWidget           *test_button;
  GtkLabel            *result_label;
  LiaDiagnosisList    *steps;
  GtkScrolledWindow   *test_window;
  GtkWidget           *again_button;
  GtkWidget           *next_button;
  AdwPreferencesGroup *agents_group;
  AdwPreferencesGroup *queues_group;
  GtkWidget           *finish_button;

  LiaClient    *client;
  LiaChannel   *channel;   /* that is changed or tested, or NULL: a new one */
  gboolean      only_test; /* as it is set up */
  LiaPbxReport *report;    /* of the last test */
  GStrv         hidden;    /* the queues that were left out so far, or NULL */
  GPtrArray    *rows;      /* in the groups of the third page */
  guint         number;
};

enum {
  SIGNAL_CHANNEL_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPhoneSetupDialog, lia_phone_setup_dialog, ADW_TYPE_DIALOG)

static const char *const step_names[] = { "name", "reach", "certificate", "login", "rights", "timestamps", "clock", "version", "modules",
                                          "queues", "phones", "dialplan", "keys", "recordings", "callers", NULL };

/* The test ------------------------------------------------------------------------------------------------------------------------------ */

typedef enum {
  OUTCOME_WORKS,
  OUTCOME_ADVICE,
  OUTCOME_FAILS,
} Outcome;

static Outcome
judge (LiaPbxReport *report)
{
  Outcome outcome = OUTCOME_WORKS;

  for (guint i = 0; i < report->steps->len; i++)
    {
      LiaDiagnosis *step = report->steps->pdata[i];

      if (!lia_diagnosis_works (step))
        return OUTCOME_FAILS;
      if (g_strcmp0 (step->state, "ok") != 0)
        outcome = OUTCOME_ADVICE;
    }
  return outcome;
}

static const char *
outcome_words (Outcome outcome)
{
  switch (outcome)
    {
    case OUTCOME_WORKS:
      return _ ("Everything works.");
    case OUTCOME_ADVICE:
      return _ ("It works. Some things would be better changed; the lines to paste stand below.");
    case OUTCOME_FAILS:
    default:
      return _ ("Something does not work yet. Change it in the telephone system or go back, and test again.");
    }
}

static void
show_steps (LiaPhoneSetupDialog *self,
            LiaPbxReport        *report)
{
  g_autoptr (GListStore) diagnoses = g_list_store_new (LIA_TYPE_DIAGNOSIS);

  for (guint i = 0; report != NULL && i < report->steps->len; i++)
    g_list_store_append (diagnoses, report->steps->pdata[i]);
  lia_diagnosis_list_show (self->steps, G_LIST_MODEL (diagnoses));
}

/* A new one that cannot be reached would tell nothing; one that is changed may be away for the moment. */
static void
show_outcome (LiaPhoneSetupDialog *self,
              Outcome              outcome)
{
  gtk_label_set_label (self->result_label, outcome_words (outcome));
  gtk_widget_set_sensitive (self->again_button, TRUE);
  gtk_widget_set_sensitive (self->next_button, outcome != OUTCOME_FAILS || self->channel != NULL);
  gtk_widget_grab_focus (outcome != OUTCOME_FAILS ? self->next_button : self->again_button);
  /* The outcome stands at the top; the focus may have been anywhere meanwhile. */
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->test_window), 0);
}

static void
tested_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      number)
{
  LiaPhoneSetupDialog *self = owner;

  if (GPOINTER_TO_UINT (number) != self->number)
    return;
  g_set_object (&self->report, error == NULL ? g_value_get_object (value) : NULL);
  if (error != NULL)
    lia_complain (GTK_WIDGET (self->pages), _ ("The telephone system could not be tested"), error);
  show_steps (self, self->report);
  show_outcome (self, self->report != NULL ? judge (self->report) : OUTCOME_FAILS);
}

static DexFuture *
ask (LiaPhoneSetupDialog *self,
     const char          *phone)
{
  const char *channel = self->channel != NULL ? self->channel->id : NULL;
  g_autoptr (LiaPbx) pbx = NULL;

  if (self->only_test)
    return lia_client_test_pbx (self->client, channel, NULL, NULL, NULL, phone);
  pbx = lia_pbx_form_dup_pbx (self->form);
  return lia_client_test_pbx (self->client, channel, pbx, lia_pbx_form_get_password (self->form), lia_pbx_form_get_recordings_password (self->form), phone);
}

static void
test (LiaPhoneSetupDialog *self)
{
  gtk_label_set_label (self->result_label, _ ("Testing the telephone system. This can take half a minute when it does not answer."));
  gtk_widget_set_sensitive (self->again_button, FALSE);
  gtk_widget_set_sensitive (self->next_button, FALSE);
  lia_diagnosis_list_set_waiting (self->steps);
  lia_then (ask (self, NULL), self, tested_cb, GUINT_TO_POINTER (++self->number), NULL);
}

static void
on_form_changed_cb (LiaPhoneSetupDialog *self)
{
  gtk_widget_set_sensitive (self->test_button, lia_pbx_form_get_valid (self->form));
}

static void
on_test_clicked_cb (LiaPhoneSetupDialog *self)
{
  adw_navigation_view_push_by_tag (self->pages, "test");
  test (self);
}

static void
on_again_clicked_cb (LiaPhoneSetupDialog *self)
{
  test (self);
}

/* Queues and telephones ----------------------------------------------------------------------------------------------------------------- */

static LiaDiagnosis *
find_failed (LiaPbxReport *report)
{
  for (guint i = 0; i < report->steps->len; i++)
    if (!lia_diagnosis_works (report->steps->pdata[i]))
      return report->steps->pdata[i];
  return NULL;
}

static void
rang_cb (gpointer      owner,
         const GValue *value,
         GError       *error,
         gpointer      data)
{
  LiaAgentPhoneRow *row = owner;
  LiaDiagnosis     *failed = error == NULL ? find_failed (g_value_get_object (value)) : NULL;
  g_autofree char  *words = NULL;

  if (error != NULL)
    words = lia_problem_words (error);
  else if (failed != NULL)
    words = lia_diagnosis_words (failed, "phone");
  else
    words = g_strdup (_ ("It was answered. Whoever did hears a tone now."));
  lia_agent_phone_row_set_ringing (row, FALSE, words);
}

static void
on_ring_cb (LiaPhoneSetupDialog *self,
            LiaAgentPhoneRow    *row)
{
  lia_agent_phone_row_set_ringing (row, TRUE, _ ("It should ring now. Please answer it."));
  lia_then (ask (self, lia_agent_phone_row_get_phone (row)), row, rang_cb, NULL, NULL);
}

static void
add_agents (LiaPhoneSetupDialog *self)
{
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);
      GtkWidget *row = lia_agent_phone_row_new (agent, self->report);

      g_signal_connect_object (row, "ring", G_CALLBACK (on_ring_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->agents_group, row);
      g_ptr_array_add (self->rows, g_object_ref (row));
    }
}

static gboolean
is_hidden (LiaPhoneSetupDialog *self,
           const char          *queue)
{
  return self->hidden != NULL && g_strv_contains ((const char *const *)self->hidden, queue);
}

static void
add_queues (LiaPhoneSetupDialog *self)
{
  for (guint i = 0; i < self->report->queues->len; i++)
    {
      LiaPbxQueue     *queue = self->report->queues->pdata[i];
      GtkWidget       *row = adw_switch_row_new ();
      g_autofree char *members = g_strjoinv (", ", queue->members);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), queue->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), *members != '\0' ? members : _ ("Nobody is logged in"));
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), !is_hidden (self, queue->name));
      adw_preferences_group_add (self->queues_group, row);
      g_ptr_array_add (self->rows, g_object_ref (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->queues_group), self->report->queues->len > 0);
}

static gpointer
find_queue_row (LiaPhoneSetupDialog *self,
                const char          *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (ADW_IS_SWITCH_ROW (self->rows->pdata[i]) && g_str_equal (adw_preferences_row_get_title (self->rows->pdata[i]), name))
      return self->rows->pdata[i];
  return NULL;
}

static void
fill_phones (LiaPhoneSetupDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwPreferencesGroup *group = LIA_IS_AGENT_PHONE_ROW (self->rows->pdata[i]) ? self->agents_group : self->queues_group;

      adw_preferences_group_remove (group, self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
  if (self->report == NULL)
    self->report = lia_pbx_report_new ();
  add_agents (self);
  add_queues (self);
}

static void
on_next_clicked_cb (LiaPhoneSetupDialog *self)
{
  if (self->only_test)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  fill_phones (self);
  adw_navigation_view_push_by_tag (self->pages, "phones");
}

/* Saving -------------------------------------------------------------------------------------------------------------------------------- */

static void
save_agents (LiaPhoneSetupDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiaAgentPhoneRow *row = LIA_IS_AGENT_PHONE_ROW (self->rows->pdata[i]) ? self->rows->pdata[i] : NULL;
      g_autofree char  *extension = row != NULL ? lia_agent_phone_row_dup_extension (row) : NULL;
      g_autofree char  *member = row != NULL ? lia_agent_phone_row_dup_member (row) : NULL;

      if (row == NULL || !lia_agent_phone_row_is_changed (row))
        continue;
      lia_then_complain (lia_client_set_agent_phone (self->client, lia_agent_phone_row_get_agent (row)->id, lia_agent_phone_row_get_phone (row), extension, member),
                         GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), _ ("A telephone could not be saved"));
    }
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaPhoneSetupDialog *self = owner;

  gtk_widget_set_sensitive (self->finish_button, TRUE);
  if (error != NULL)
    {
      lia_complain (GTK_WIDGET (self->pages), _ ("The telephone system could not be saved"), error);
      return;
    }
  save_agents (self);
  if (self->channel == NULL)
    g_signal_emit (self, signals[SIGNAL_CHANNEL_ADDED], 0, g_value_get_string (value));
  adw_dialog_close (ADW_DIALOG (self));
}

/* A queue that was left out and is not there at the moment stays so. */
static GStrv
dup_hidden (LiaPhoneSetupDialog *self)
{
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();

  for (guint i = 0; self->hidden != NULL && self->hidden[i] != NULL; i++)
    if (find_queue_row (self, self->hidden[i]) == NULL)
      g_strv_builder_add (hidden, self->hidden[i]);
  for (guint i = 0; i < self->rows->len; i++)
    if (ADW_IS_SWITCH_ROW (self->rows->pdata[i]) && !adw_switch_row_get_active (self->rows->pdata[i]))
      g_strv_builder_add (hidden, adw_preferences_row_get_title (self->rows->pdata[i]));

  return g_strv_builder_end (hidden);
}

/* Where agents dial is as the PBX says, unless somebody chose it. */
static LiaPbx *
dup_complete_pbx (LiaPhoneSetupDialog *self)
{
  LiaPbx *pbx = lia_pbx_form_dup_pbx (self->form);

  if (*pbx->context == '\0')
    g_set_str (&pbx->context, self->report->context);
  pbx->hidden_queues = dup_hidden (self);
  return pbx;
}

static void
on_finish_clicked_cb (LiaPhoneSetupDialog *self)
{
  g_autoptr (LiaPbx) pbx = dup_complete_pbx (self);
  const char *password = lia_pbx_form_get_password (self->form);
  const char *files = lia_pbx_form_get_recordings_password (self->form);

  gtk_widget_set_sensitive (self->finish_button, FALSE);
  lia_then (self->channel != NULL ? lia_client_update_pbx (self->client, self->channel->id, pbx, password, files)
                                  : lia_client_add_pbx (self->client, pbx, password, files),
            self, saved_cb, NULL, NULL);
}

static void
on_paste_activated_cb (LiaPhoneSetupDialog *self)
{
  adw_navigation_view_push_by_tag (self->pages, "paste");
}

/* The dialog ---------------------------------------------------------------------------------------------------------------------------- */

static void
on_page_changed_cb (LiaPhoneSetupDialog *self)
{
  const char *tag = adw_navigation_view_get_visible_page_tag (self->pages);

  /* Leaving a page leaves what it waited for. */
  if (g_strcmp0 (tag, "system") == 0)
    self->number++;
  if (g_strcmp0 (tag, "system") == 0)
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->test_button);
  else if (g_strcmp0 (tag, "test") == 0)
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->next_button);
  else
    adw_dialog_set_default_widget (ADW_DIALOG (self), g_strcmp0 (tag, "phones") == 0 ? self->finish_button : NULL);
}

static void
lia_phone_setup_dialog_dispose (GObject *object)
{
  LiaPhoneSetupDialog *self = LIA_PHONE_SETUP_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->hidden, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PHONE_SETUP_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->channel);
  g_clear_object (&self->report);
  G_OBJECT_CLASS (lia_phone_setup_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-phone-setup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, intro_label);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, form);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, test_window);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, again_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, agents_group);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, queues_group);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneSetupDialog, finish_button);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_paste_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_finish_clicked_cb);
}

static void
lia_phone_setup_dialog_class_init (LiaPhoneSetupDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_phone_setup_dialog_dispose;

  signals[SIGNAL_CHANNEL_ADDED] = g_signal_new ("channel-added", LIA_TYPE_PHONE_SETUP_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_DIAGNOSIS_LIST);
  g_type_ensure (LIA_TYPE_PASTE_PAGE);
  g_type_ensure (LIA_TYPE_PBX_FORM);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lia_phone_setup_dialog_init (LiaPhoneSetupDialog *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  lia_diagnosis_list_set_steps (self->steps, "phone", step_names);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->test_button);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->form));
}

AdwDialog *
lia_phone_setup_dialog_new (LiaClient *client)
{
  LiaPhoneSetupDialog *self = g_object_new (LIA_TYPE_PHONE_SETUP_DIALOG, NULL);

  self->client = g_object_ref (client);
  return ADW_DIALOG (self);
}

AdwDialog *
lia_phone_setup_dialog_new_for_channel (LiaClient  *client,
                                        LiaChannel *channel,
                                        LiaPbx     *pbx)
{
  AdwDialog           *dialog = lia_phone_setup_dialog_new (client);
  LiaPhoneSetupDialog *self = LIA_PHONE_SETUP_DIALOG (dialog);

  self->channel = g_object_ref (channel);
  adw_dialog_set_title (dialog, channel->name);
  gtk_label_set_label (self->intro_label, _ ("Test what you change; nothing is saved before that."));
  lia_pbx_form_set_pbx (self->form, pbx);
  self->hidden = g_strdupv (pbx->hidden_queues);
  gtk_button_set_label (GTK_BUTTON (self->finish_button), _ ("_Save"));
  return dialog;
}

AdwDialog *
lia_phone_setup_dialog_new_test (LiaClient  *client,
                                 LiaChannel *channel)
{
  AdwDialog           *dialog = lia_phone_setup_dialog_new (client);
  LiaPhoneSetupDialog *self = LIA_PHONE_SETUP_DIALOG (dialog);

  self->channel = g_object_ref (channel);
  self->only_test = TRUE;
  adw_dialog_set_title (dialog, channel->name);
  gtk_button_set_label (GTK_BUTTON (self->next_button), _ ("_Close"));
  adw_navigation_view_replace_with_tags (self->pages, (const char *const[]){ "test" }, 1);
  adw_dialog_set_focus (dialog, NULL);
  test (self);
  return dialog;
}
