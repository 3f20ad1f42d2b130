/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-editor.h"

#include "lia-issue-text.h"

struct _LiaPushEditor
{
  AdwBin parent_instance;

  AdwEntryRow  *title;
  LiaIssueText *text;
  GtkWidget    *hide_button;

  gboolean filling;
};

enum {
  CHANGED,
  HIDE_WORDS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPushEditor, lia_push_editor, ADW_TYPE_BIN)

static GtkTextBuffer *
get_buffer (LiaPushEditor *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
}

static void
on_changed_cb (LiaPushEditor *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_selection_changed_cb (LiaPushEditor *self)
{
  gtk_widget_set_sensitive (self->hide_button, gtk_text_buffer_get_has_selection (get_buffer (self)));
}

static void
on_hide_clicked_cb (LiaPushEditor *self)
{
  g_autofree char *words = NULL;
  GtkTextIter      start;
  GtkTextIter      end;

  if (!gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end))
    return;
  words = g_strstrip (gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE));
  if (*words != '\0')
    g_signal_emit (self, signals[HIDE_WORDS], 0, words);
}

void
lia_push_editor_edit (LiaPushEditor  *self,
                      LiaPushPreview *preview)
{
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->title), preview->title);
  lia_issue_text_edit (self->text, preview);
  self->filling = FALSE;
}

const char *
lia_push_editor_get_title (LiaPushEditor *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->title));
}

/** lia_push_editor_dup_text: (transfer full): in the notation of lia-issue-form.h */
char *
lia_push_editor_dup_text (LiaPushEditor *self)
{
  return lia_issue_text_dup_text (self->text);
}

static gboolean
lia_push_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIA_PUSH_EDITOR (widget)->title));
}

static void
lia_push_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_PUSH_EDITOR);

  G_OBJECT_CLASS (lia_push_editor_parent_class)->dispose (object);
}

static void
lia_push_editor_class_init (LiaPushEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_push_editor_dispose;
  widget_class->grab_focus = lia_push_editor_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_PUSH_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HIDE_WORDS] = g_signal_new ("hide-words", LIA_TYPE_PUSH_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_ISSUE_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-push-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPushEditor, title);
  gtk_widget_class_bind_template_child (widget_class, LiaPushEditor, text);
  gtk_widget_class_bind_template_child (widget_class, LiaPushEditor, hide_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hide_clicked_cb);
}

static void
lia_push_editor_init (LiaPushEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "notify::has-selection", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
}
