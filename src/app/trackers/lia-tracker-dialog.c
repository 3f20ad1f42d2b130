/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of the engine are numbered: one that belongs to a test that the user has left is dropped. */
#include "lia-config.h"

#include "lia-tracker-dialog.h"

#include "lia-client-findings.h"
#include "lia-then.h"
#include "lia-tracker-form.h"

#include <glib/gi18n.h>

struct _LiaTrackerDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *pages;
  LiaTrackerForm    *form;
  GtkWidget         *test_button;
  GtkStack          *stack;
  AdwStatusPage     *result;
  GtkWidget         *again_button;
  GtkWidget         *finish_button;

  LiaClient       *client;
  LiaTrackerSetup *tracker;   /* that is changed or tested, or NULL: a new one */
  gboolean         only_test; /* as it is set up */
  guint            number;
};

G_DEFINE_FINAL_TYPE (LiaTrackerDialog, lia_tracker_dialog, ADW_TYPE_DIALOG)

/* The test --------------------------------------------------------------------------------------------------------------------------------- */

/* A new one that is wrong would be no use; one that is changed may be wrong for the moment, and so may be one that only cannot be asked now. */
static gboolean
may_finish (LiaTrackerDialog *self,
            LiaTrackerTrial  *trial)
{
  if (self->tracker != NULL || (trial != NULL && trial->ok))
    return TRUE;

  return trial != NULL && (g_str_equal (trial->code, "rate") || g_str_equal (trial->code, "unavailable"));
}

static const char *
finish_words (LiaTrackerDialog *self,
              gboolean          works)
{
  if (self->only_test)
    return _ ("_Close");
  if (works)
    return self->tracker != NULL ? _ ("_Save") : _ ("_Finish");

  return _ ("_Save Anyway");
}

static void
show_finish_button (LiaTrackerDialog *self,
                    LiaTrackerTrial  *trial)
{
  const gboolean works = trial != NULL && trial->ok;

  gtk_widget_set_sensitive (self->again_button, TRUE);
  gtk_widget_set_sensitive (self->finish_button, may_finish (self, trial));
  gtk_button_set_label (GTK_BUTTON (self->finish_button), finish_words (self, works));
  if (works || self->only_test)
    gtk_widget_add_css_class (self->finish_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->finish_button, "suggested-action");
  gtk_widget_grab_focus (works ? self->finish_button : self->again_button);
}

/* @description: any text */
static void
show_result (LiaTrackerDialog *self,
             const char       *icon,
             const char       *title,
             const char       *description)
{
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->result, icon);
  adw_status_page_set_title (self->result, title);
  adw_status_page_set_description (self->result, markup);
  gtk_stack_set_visible_child_name (self->stack, "result");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
tested_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      number)
{
  LiaTrackerDialog *self = owner;
  LiaTrackerTrial  *trial = value != NULL ? g_value_get_object (value) : NULL;
  g_autofree char  *words = NULL;

  if (GPOINTER_TO_UINT (number) != self->number)
    return;
  if (trial != NULL)
    words = lia_tracker_words_next (trial, self->only_test ? lia_tracker_makes_find (self->tracker->kind) : lia_tracker_form_get_make (self->form));
  else
    words = lia_problem_words (error);
  if (trial != NULL)
    show_result (self, trial->ok ? "lia-check-round-symbolic" : "dialog-warning-symbolic", lia_tracker_words_trial (trial), words);
  else
    show_result (self, "dialog-warning-symbolic", _ ("It Could Not Be Tested"), words);
  show_finish_button (self, trial);
}

static LiaTrackerSetup *
dup_tested (LiaTrackerDialog *self)
{
  return self->only_test ? g_object_ref (self->tracker) : lia_tracker_form_dup_tracker (self->form);
}

static void
test (LiaTrackerDialog *self)
{
  g_autoptr (LiaTrackerSetup) tracker = dup_tested (self);
  const char *token = self->only_test ? NULL : lia_tracker_form_get_token (self->form);

  gtk_stack_set_visible_child_name (self->stack, "waiting");
  gtk_widget_set_sensitive (self->again_button, FALSE);
  gtk_widget_set_sensitive (self->finish_button, FALSE);
  lia_then (lia_client_test_tracker (self->client, tracker, token), self, tested_cb, GUINT_TO_POINTER (++self->number), NULL);
}

static void
on_test_clicked_cb (LiaTrackerDialog *self)
{
  adw_navigation_view_push_by_tag (self->pages, "test");
  test (self);
}

/* Saving ----------------------------------------------------------------------------------------------------------------------------------- */

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaTrackerDialog *self = owner;

  gtk_widget_set_sensitive (self->finish_button, TRUE);
  if (error != NULL)
    lia_complain (GTK_WIDGET (self->pages), _ ("The tracker could not be saved"), error);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
on_finish_clicked_cb (LiaTrackerDialog *self)
{
  g_autoptr (LiaTrackerSetup) tracker = NULL;

  if (self->only_test)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  tracker = lia_tracker_form_dup_tracker (self->form);
  gtk_widget_set_sensitive (self->finish_button, FALSE);
  lia_then (lia_client_set_tracker (self->client, tracker, lia_tracker_form_get_token (self->form)), self, saved_cb, NULL, NULL);
}

static void
on_form_changed_cb (LiaTrackerDialog *self)
{
  gtk_widget_set_sensitive (self->test_button, lia_tracker_form_get_valid (self->form));
}

static void
on_page_changed_cb (LiaTrackerDialog *self)
{
  const gboolean testing = g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->pages), "test") == 0;

  /* Leaving a page leaves what it waited for. */
  if (!testing)
    self->number++;
  adw_dialog_set_default_widget (ADW_DIALOG (self), testing ? self->finish_button : self->test_button);
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

static void
lia_tracker_dialog_dispose (GObject *object)
{
  LiaTrackerDialog *self = LIA_TRACKER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_TRACKER_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->tracker);

  G_OBJECT_CLASS (lia_tracker_dialog_parent_class)->dispose (object);
}

static void
lia_tracker_dialog_class_init (LiaTrackerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_tracker_dialog_dispose;

  g_type_ensure (LIA_TYPE_TRACKER_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-tracker-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, form);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, result);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, again_button);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerDialog, finish_button);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_finish_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, test);
}

static void
lia_tracker_dialog_init (LiaTrackerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->test_button);
}

static void
on_products_cb (gpointer      owner,
                const GValue *value,
                GError       *error,
                gpointer      data)
{
  LiaTrackerDialog *self = owner;

  if (value != NULL)
    lia_tracker_form_set_products (self->form, g_value_get_boxed (value));
}

AdwDialog *
lia_tracker_dialog_new (LiaClient *client)
{
  LiaTrackerDialog *self = g_object_new (LIA_TYPE_TRACKER_DIALOG, NULL);

  self->client = g_object_ref (client);
  lia_then (lia_client_get_finding_products (client), self, on_products_cb, NULL, NULL);

  return ADW_DIALOG (self);
}

/** lia_tracker_dialog_new_for_tracker: to change it. */
AdwDialog *
lia_tracker_dialog_new_for_tracker (LiaClient       *client,
                                    LiaTrackerSetup *tracker)
{
  AdwDialog        *dialog = lia_tracker_dialog_new (client);
  LiaTrackerDialog *self = LIA_TRACKER_DIALOG (dialog);

  self->tracker = g_object_ref (tracker);
  adw_dialog_set_title (dialog, tracker->name);
  lia_tracker_form_set_tracker (self->form, tracker);

  return dialog;
}

/** lia_tracker_dialog_new_test: only the live test of @tracker as it is set up. */
AdwDialog *
lia_tracker_dialog_new_test (LiaClient       *client,
                             LiaTrackerSetup *tracker)
{
  AdwDialog        *dialog = lia_tracker_dialog_new (client);
  LiaTrackerDialog *self = LIA_TRACKER_DIALOG (dialog);

  self->tracker = g_object_ref (tracker);
  self->only_test = TRUE;
  adw_dialog_set_title (dialog, tracker->name);
  adw_navigation_view_replace_with_tags (self->pages, (const char *const[]){ "test" }, 1);
  test (self);

  return dialog;
}
