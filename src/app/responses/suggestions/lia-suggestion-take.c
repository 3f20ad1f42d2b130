/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-suggestion-take.h"

#include "lia-word-view.h"

#include <string.h>

struct _LiaSuggestionTake
{
  AdwDialog parent_instance;

  AdwWindowTitle *heading;
  GtkLabel       *reason;
  GtkTextView    *text;

  LiaCanned *after;
  gboolean   taken;
};

G_DEFINE_FINAL_TYPE (LiaSuggestionTake, lia_suggestion_take, ADW_TYPE_DIALOG)

enum {
  TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_taken_cb (LiaSuggestionTake *self)
{
  self->taken = TRUE;
  adw_dialog_close (ADW_DIALOG (self));
}

/* Not before: a dialog that goes gives the keyboard back to whoever had it. */
static void
on_closed_cb (LiaSuggestionTake *self)
{
  if (self->taken)
    g_signal_emit (self, signals[TAKEN], 0, self->after);
}

/* The texts that change: others need not be read. */
static char *
changed_texts (LiaCanned *canned,
               LiaCanned *other)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *text = canned->variants->pdata[i], *beside = other->variants->pdata[i];

      if (strcmp (text->body, beside->body) != 0)
        g_string_append_printf (texts, "%s%s", texts->len > 0 ? "\n\n" : "", text->body);
    }

  return g_string_free_and_steal (texts);
}

static void
lia_suggestion_take_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_SUGGESTION_TAKE);
  g_clear_object (&LIA_SUGGESTION_TAKE (object)->after);

  G_OBJECT_CLASS (lia_suggestion_take_parent_class)->dispose (object);
}

static void
lia_suggestion_take_class_init (LiaSuggestionTakeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_suggestion_take_dispose;

  signals[TAKEN] = g_signal_new ("taken", LIA_TYPE_SUGGESTION_TAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CANNED);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-suggestion-take.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSuggestionTake, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaSuggestionTake, reason);
  gtk_widget_class_bind_template_child (widget_class, LiaSuggestionTake, text);
  gtk_widget_class_bind_template_callback (widget_class, on_taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_closed_cb);
}

static void
lia_suggestion_take_init (LiaSuggestionTake *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** lia_suggestion_take_new: @after: @before with the edit, text for text; @reason: why it is suggested. */
AdwDialog *
lia_suggestion_take_new (LiaCanned  *before,
                         LiaCanned  *after,
                         const char *reason)
{
  LiaSuggestionTake *self = g_object_new (LIA_TYPE_SUGGESTION_TAKE, NULL);
  g_autofree char   *was = changed_texts (before, after);
  g_autofree char   *becomes = changed_texts (after, before);

  self->after = g_object_ref (after);
  adw_window_title_set_subtitle (self->heading, before->title);
  gtk_label_set_label (self->reason, reason);
  lia_word_view_show (self->text, was, becomes);

  return ADW_DIALOG (self);
}
