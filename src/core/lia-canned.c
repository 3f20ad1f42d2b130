/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned.h"

#include "lia-words-private.h"

#include <math.h>

LIA_DEFINE_WORDS (LiaCannedScope, lia_canned_scope, "private", "team")

LIA_DEFINE_WORDS (LiaCannedState, lia_canned_state, "draft", "reviewed", "retired")

LIA_DEFINE_WORDS (LiaCannedFormality, lia_canned_formality, "any", "informal", "formal")

G_DEFINE_FINAL_TYPE (LiaCanned, lia_canned, G_TYPE_OBJECT)

static void
lia_canned_finalize (GObject *object)
{
  LiaCanned *self = (LiaCanned *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->shortcut, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->aliases, g_strfreev);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->variants, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->channels, g_strfreev);
  g_clear_pointer (&self->queues, g_strfreev);
  g_clear_pointer (&self->products, g_strfreev);

  G_OBJECT_CLASS (lia_canned_parent_class)->finalize (object);
}

static void
lia_canned_class_init (LiaCannedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_canned_finalize;
}

static void
lia_canned_init (LiaCanned *self)
{
  self->id = g_strdup ("");
  self->shortcut = g_strdup ("");
  self->title = g_strdup ("");
  self->aliases = g_new0 (char *, 1);
  self->tags = g_new0 (char *, 1);
  self->folder = g_strdup ("");
  self->scope = LIA_CANNED_TEAM;
  self->owner = g_strdup ("");
  self->state = LIA_CANNED_REVIEWED;
  self->variants = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);
  self->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_action_unref);
  self->channels = g_new0 (char *, 1);
  self->queues = g_new0 (char *, 1);
  self->products = g_new0 (char *, 1);
}

/** lia_canned_new: an empty value of the team, to be filled by its maker before anybody else sees it. */
LiaCanned *
lia_canned_new (void)
{
  return g_object_new (LIA_TYPE_CANNED, NULL);
}

/** lia_canned_variant_new: an empty text for every language and channel, to be filled by its maker. */
LiaCannedVariant *
lia_canned_variant_new (void)
{
  LiaCannedVariant *self = g_rc_box_new0 (LiaCannedVariant);

  self->language = g_strdup ("");
  self->channel = g_strdup ("");
  self->subject = g_strdup ("");
  self->body = g_strdup ("");

  return self;
}

LiaCannedVariant *
lia_canned_variant_ref (LiaCannedVariant *self)
{
  return g_rc_box_acquire (self);
}

static void
variant_clear (gpointer data)
{
  LiaCannedVariant *self = data;

  g_free (self->language);
  g_free (self->channel);
  g_free (self->subject);
  g_free (self->body);
}

void
lia_canned_variant_unref (LiaCannedVariant *self)
{
  g_rc_box_release_full (self, variant_clear);
}

LiaCannedAction *
lia_canned_action_new (const char *kind,
                       const char *value)
{
  LiaCannedAction *self = g_rc_box_new0 (LiaCannedAction);

  self->kind = g_strdup (kind);
  self->value = g_strdup (value);

  return self;
}

LiaCannedAction *
lia_canned_action_ref (LiaCannedAction *self)
{
  return g_rc_box_acquire (self);
}

static void
action_clear (gpointer data)
{
  LiaCannedAction *self = data;

  g_free (self->kind);
  g_free (self->value);
}

void
lia_canned_action_unref (LiaCannedAction *self)
{
  g_rc_box_release_full (self, action_clear);
}

/** lia_canned_use_at: Returns: the decayed number of sendings at a moment, in sendings of that moment */
double
lia_canned_use_at (const LiaCannedUse *self,
                   gint64              now_ms)
{
  gint64 age_ms = MAX (0, now_ms - self->last_ms);

  return self->count > 0 ? self->count * exp2 (-(double)age_ms / LIA_CANNED_HALF_LIFE_MS) : 0;
}

/** lia_canned_use_after: Returns: the use once it was sent again at @now_ms */
LiaCannedUse
lia_canned_use_after (const LiaCannedUse *self,
                      gint64              now_ms)
{
  /* A clock that was set back must not make the past younger. */
  return (LiaCannedUse){ lia_canned_use_at (self, now_ms) + 1, MAX (self->last_ms, now_ms) };
}
