/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-finding-edit.h"

#include "lia-client-findings.h"
#include "lia-entry-words.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaFindingEdit
{
  AdwDialog parent_instance;

  AdwEntryRow *title;
  AdwComboRow *kind;
  AdwEntryRow *product;
  AdwEntryRow *url;
  GtkWidget   *save;

  LiaClient  *client;
  LiaFinding *finding;
  gboolean    saved;
};

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingEdit, lia_finding_edit, ADW_TYPE_DIALOG)

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static gboolean
is_page (LiaFindingEdit *self)
{
  return adw_combo_row_get_selected (self->kind) == LIA_FINDING_SITE_FAILED;
}

/* (transfer full) */
static LiaFinding *
read_finding (LiaFindingEdit *self)
{
  LiaFinding *finding = lia_finding_new ();

  g_set_str (&finding->id, self->finding->id);
  finding->ver = self->finding->ver;
  finding->state = self->finding->state;
  finding->kind = (LiaFindingKind)adw_combo_row_get_selected (self->kind);
  g_free (finding->title);
  finding->title = dup_text (self->title);
  g_free (finding->product);
  finding->product = dup_text (self->product);
  g_free (finding->url);
  finding->url = is_page (self) ? dup_text (self->url) : g_strdup ("");

  return finding;
}

static void
on_changed_cb (LiaFindingEdit *self)
{
  g_autofree char *title = dup_text (self->title);
  g_autofree char *url = dup_text (self->url);

  gtk_widget_set_visible (GTK_WIDGET (self->url), is_page (self));
  gtk_widget_set_sensitive (self->save, *title != '\0' && (!is_page (self) || lia_finding_is_web_address (url)));
}

static void
on_saved_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      data)
{
  LiaFindingEdit *self = owner;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (value == NULL)
    {
      lia_complain (GTK_WIDGET (self->title), _ ("The finding could not be changed"), error);
      return;
    }
  self->saved = TRUE;
  adw_dialog_close (ADW_DIALOG (self));
}

/* Not before: a dialog that goes gives the keyboard back to whoever had it. */
static void
on_closed_cb (LiaFindingEdit *self)
{
  if (self->saved)
    g_signal_emit (self, signals[SAVED], 0, self->finding);
}

static void
on_save_cb (LiaFindingEdit *self)
{
  g_autoptr (LiaFinding) finding = read_finding (self);

  gtk_widget_set_sensitive (self->save, FALSE);
  lia_then (lia_client_update_finding (self->client, finding), self, on_saved_cb, NULL, NULL);
}

static void
on_cancelled_cb (LiaFindingEdit *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
lia_finding_edit_dispose (GObject *object)
{
  LiaFindingEdit *self = LIA_FINDING_EDIT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDING_EDIT);
  g_clear_object (&self->client);
  g_clear_object (&self->finding);

  G_OBJECT_CLASS (lia_finding_edit_parent_class)->dispose (object);
}

static void
lia_finding_edit_class_init (LiaFindingEditClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_finding_edit_dispose;

  signals[SAVED] = g_signal_new ("saved", LIA_TYPE_FINDING_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_FINDING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-finding-edit.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFindingEdit, title);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingEdit, kind);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingEdit, product);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingEdit, url);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingEdit, save);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_closed_cb);
}

static void
lia_finding_edit_init (LiaFindingEdit *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
lia_finding_edit_new (LiaClient  *client,
                      LiaFinding *finding)
{
  LiaFindingEdit *self = g_object_new (LIA_TYPE_FINDING_EDIT, NULL);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->client = g_object_ref (client);
  self->finding = g_object_ref (finding);
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    gtk_string_list_append (kinds, lia_words_finding_kind ((LiaFindingKind)i));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_selected (self->kind, finding->kind);
  gtk_editable_set_text (GTK_EDITABLE (self->title), finding->title);
  gtk_editable_set_text (GTK_EDITABLE (self->product), finding->product);
  gtk_editable_set_text (GTK_EDITABLE (self->url), finding->url);
  on_changed_cb (self);

  return ADW_DIALOG (self);
}
