/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-push.h"

#include "lia-words-private.h"

LIA_DEFINE_WORDS (LiaPushState, lia_push_state, "queued", "sending", "unknown", "filed", "failed", "cancelled", "attaching", "retracting", "retracted")

G_DEFINE_FINAL_TYPE (LiaPushPreview, lia_push_preview, G_TYPE_OBJECT)

static void
redaction_free (gpointer data)
{
  LiaPushRedaction *redaction = data;

  g_free (redaction->placeholder);
  g_free (redaction->words);
  g_free (redaction);
}

static void
lia_push_preview_finalize (GObject *object)
{
  LiaPushPreview *self = (LiaPushPreview *)object;

  g_free (self->finding);
  g_free (self->tracker);
  g_free (self->question);
  g_free (self->title);
  g_free (self->source);
  g_free (self->marker);
  g_strfreev (self->keep);
  g_strfreev (self->hide);
  g_free (self->sent_title);
  g_free (self->sent_text);
  g_free (self->hash);
  g_ptr_array_unref (self->redactions);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->offered);
  g_ptr_array_unref (self->sent_files);

  G_OBJECT_CLASS (lia_push_preview_parent_class)->finalize (object);
}

static void
lia_push_preview_class_init (LiaPushPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_push_preview_finalize;
}

static void
lia_push_preview_init (LiaPushPreview *self)
{
  self->finding = g_strdup ("");
  self->tracker = g_strdup ("");
  self->question = g_strdup ("");
  self->title = g_strdup ("");
  self->source = g_strdup ("");
  self->marker = g_strdup ("");
  self->keep = g_new0 (char *, 1);
  self->hide = g_new0 (char *, 1);
  self->sent_title = g_strdup ("");
  self->sent_text = g_strdup ("");
  self->hash = g_strdup ("");
  self->redactions = g_ptr_array_new_with_free_func (redaction_free);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->offered = g_ptr_array_new_with_free_func (g_object_unref);
  self->sent_files = g_ptr_array_new_with_free_func (g_object_unref);
}

/** lia_push_preview_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPushPreview *
lia_push_preview_new (void)
{
  return g_object_new (LIA_TYPE_PUSH_PREVIEW, NULL);
}

/** lia_push_preview_add_redaction: while it is being made; a copy. */
void
lia_push_preview_add_redaction (LiaPushPreview         *self,
                                const LiaPushRedaction *redaction)
{
  LiaPushRedaction *copy = g_memdup2 (redaction, sizeof *redaction);

  copy->placeholder = g_strdup (redaction->placeholder);
  copy->words = g_strdup (redaction->words);
  g_ptr_array_add (self->redactions, copy);
}

G_DEFINE_FINAL_TYPE (LiaPush, lia_push, G_TYPE_OBJECT)

static void
lia_push_finalize (GObject *object)
{
  LiaPush *self = (LiaPush *)object;

  g_free (self->id);
  g_free (self->finding);
  g_free (self->tracker);
  g_free (self->question);
  g_free (self->agent);
  g_free (self->marker);
  g_free (self->title);
  g_free (self->text);
  g_free (self->hash);
  g_ptr_array_unref (self->files);
  g_free (self->problem);
  g_free (self->issue);

  G_OBJECT_CLASS (lia_push_parent_class)->finalize (object);
}

static void
lia_push_class_init (LiaPushClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_push_finalize;
}

static void
lia_push_init (LiaPush *self)
{
  self->id = g_strdup ("");
  self->finding = g_strdup ("");
  self->tracker = g_strdup ("");
  self->question = g_strdup ("");
  self->agent = g_strdup ("");
  self->marker = g_strdup ("");
  self->title = g_strdup ("");
  self->text = g_strdup ("");
  self->hash = g_strdup ("");
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->problem = g_strdup ("");
  self->issue = g_strdup ("");
}

/** lia_push_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPush *
lia_push_new (void)
{
  return g_object_new (LIA_TYPE_PUSH, NULL);
}
