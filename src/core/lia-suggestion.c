/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-suggestion.h"

G_DEFINE_FINAL_TYPE (LiaSuggestion, lia_suggestion, G_TYPE_OBJECT)

static void
lia_suggestion_finalize (GObject *object)
{
  LiaSuggestion *self = LIA_SUGGESTION (object);

  g_free (self->key);
  g_free (self->response);
  g_free (self->other);
  g_free (self->before);
  g_free (self->after);
  g_free (self->text);
  g_free (self->subject);

  G_OBJECT_CLASS (lia_suggestion_parent_class)->finalize (object);
}

static void
lia_suggestion_class_init (LiaSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_suggestion_finalize;
}

static void
lia_suggestion_init (LiaSuggestion *self)
{
  self->key = g_strdup ("");
  self->response = g_strdup ("");
  self->other = g_strdup ("");
  self->before = g_strdup ("");
  self->text = g_strdup ("");
  self->subject = g_strdup ("");
}

/** lia_suggestion_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaSuggestion *
lia_suggestion_new (LiaSuggestionKind kind)
{
  LiaSuggestion *self = g_object_new (LIA_TYPE_SUGGESTION, NULL);

  self->kind = kind;

  return self;
}

/** lia_suggestion_with_other: (transfer full): the same of answers by hand, where the response @other says nearly that. */
LiaSuggestion *
lia_suggestion_with_other (LiaSuggestion *self,
                           const char    *other)
{
  LiaSuggestion *copy = lia_suggestion_new (self->kind);

  g_set_str (&copy->key, self->key);
  g_set_str (&copy->text, self->text);
  g_set_str (&copy->subject, self->subject);
  g_set_str (&copy->other, other);
  copy->count = self->count;

  return copy;
}

/** lia_suggestion_equal: whether they say the same, figures included. */
gboolean
lia_suggestion_equal (LiaSuggestion *a,
                      LiaSuggestion *b)
{
  return a == b ||
         (a->kind == b->kind && g_str_equal (a->key, b->key) && g_str_equal (a->response, b->response) && g_str_equal (a->other, b->other) &&
          g_str_equal (a->before, b->before) && g_strcmp0 (a->after, b->after) == 0 && g_str_equal (a->text, b->text) &&
          g_str_equal (a->subject, b->subject) && a->edited == b->edited && a->of == b->of && a->same == b->same && a->reopened == b->reopened &&
          a->count == b->count && a->since_ms == b->since_ms && a->likeness == b->likeness);
}
