/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-change.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What differs between two values of a response, and how one takes over some fields of another: imports, an author who saves and what a
 * colleague saved meanwhile. Ids, versions, owners and uses are the store's and never compared.
 */

typedef struct
{
  LiaCannedFields field;
  const char     *words;
} Named;

static const Named names[] = {
  { LIA_CANNED_TITLE, NC_ ("field of a response", "title") },
  { LIA_CANNED_SHORTCUT, NC_ ("field of a response", "shortcut") },
  { LIA_CANNED_TEXTS, NC_ ("field of a response", "text") },
  { LIA_CANNED_FOLDER, NC_ ("field of a response", "folder") },
  { LIA_CANNED_TAGS, NC_ ("field of a response", "tags") },
  { LIA_CANNED_ALIASES, NC_ ("field of a response", "other names") },
  { LIA_CANNED_SCOPE, NC_ ("field of a response", "who may use it") },
  { LIA_CANNED_STATE, NC_ ("field of a response", "state") },
  { LIA_CANNED_REVIEW_BY, NC_ ("field of a response", "review date") },
  { LIA_CANNED_PLACE, NC_ ("field of a response", "greeting or farewell") },
  { LIA_CANNED_ATTACHMENTS, NC_ ("field of a response", "attachments") },
  { LIA_CANNED_ACTIONS, NC_ ("field of a response", "actions") },
  { LIA_CANNED_FITS, NC_ ("field of a response", "where it fits") },
};

/** lia_canned_fields_to_words: Returns: (transfer full): "title, text", in the agent's language */
char *
lia_canned_fields_to_words (LiaCannedFields fields)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!(fields & names[i].field))
        continue;
      if (words->len > 0)
        g_string_append (words, _ (", "));
      g_string_append (words, g_dpgettext2 (NULL, "field of a response", names[i].words));
    }

  return g_string_free_and_steal (g_steal_pointer (&words));
}

static void
set_text (char      **place,
          const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
set_words (GStrv *place,
           GStrv  words)
{
  g_strfreev (*place);
  *place = g_strdupv (words);
}

static void
set_list (GPtrArray **place,
          GPtrArray  *list)
{
  g_ptr_array_unref (*place);
  *place = g_ptr_array_ref (list);
}

/**
 * lia_canned_take_fields:
 * @self: a value that is not published yet
 *
 * Lists are shared: who changes one makes a new list.
 */
void
lia_canned_take_fields (LiaCanned      *self,
                        LiaCanned      *from,
                        LiaCannedFields fields)
{
  if (fields & LIA_CANNED_TITLE)
    set_text (&self->title, from->title);
  if (fields & LIA_CANNED_SHORTCUT)
    set_text (&self->shortcut, from->shortcut);
  if (fields & LIA_CANNED_TEXTS)
    set_list (&self->variants, from->variants);
  if (fields & LIA_CANNED_FOLDER)
    set_text (&self->folder, from->folder);
  if (fields & LIA_CANNED_TAGS)
    set_words (&self->tags, from->tags);
  if (fields & LIA_CANNED_ALIASES)
    set_words (&self->aliases, from->aliases);
  if (fields & LIA_CANNED_SCOPE)
    self->scope = from->scope;
  if (fields & LIA_CANNED_STATE)
    self->state = from->state;
  if (fields & LIA_CANNED_REVIEW_BY)
    self->review_by_ms = from->review_by_ms;
  if (fields & LIA_CANNED_ATTACHMENTS)
    set_list (&self->attachments, from->attachments);
  if (fields & LIA_CANNED_ACTIONS)
    set_list (&self->actions, from->actions);
  if (fields & LIA_CANNED_PLACE)
    {
      self->greeting = from->greeting;
      self->farewell = from->farewell;
    }
  if (fields & LIA_CANNED_FITS)
    {
      set_words (&self->channels, from->channels);
      set_words (&self->queues, from->queues);
      set_words (&self->products, from->products);
    }
}

/** lia_canned_copy: Returns: (transfer full): the same response as a value that its maker may still change */
LiaCanned *
lia_canned_copy (LiaCanned *self)
{
  LiaCanned *copy = lia_canned_new ();

  lia_canned_take_fields (copy, self, LIA_CANNED_EVERYTHING);
  set_text (&copy->id, self->id);
  set_text (&copy->owner, self->owner);
  copy->ver = self->ver;
  copy->own_use = self->own_use;
  copy->team_use = self->team_use;

  return copy;
}

LiaCannedVariant *
lia_canned_variant_copy (const LiaCannedVariant *self)
{
  LiaCannedVariant *copy = lia_canned_variant_new ();

  set_text (&copy->language, self->language);
  set_text (&copy->channel, self->channel);
  set_text (&copy->subject, self->subject);
  set_text (&copy->body, self->body);
  copy->formality = self->formality;

  return copy;
}

/** lia_canned_find_variant: Returns: (transfer none) (nullable): the text for exactly these */
LiaCannedVariant *
lia_canned_find_variant (LiaCanned         *self,
                         const char        *language,
                         LiaCannedFormality formality,
                         const char        *channel)
{
  for (guint i = 0; i < self->variants->len; i++)
    {
      LiaCannedVariant *variant = self->variants->pdata[i];

      if (variant->formality == formality && strcmp (variant->language, language) == 0 && strcmp (variant->channel, channel) == 0)
        return variant;
    }

  return NULL;
}

/* Git and spreadsheets have line ends of their own. */
static gboolean
same_lines (const char *a,
            const char *b)
{
  for (;; a++, b++)
    {
      a += a[0] == '\r' && a[1] == '\n';
      b += b[0] == '\r' && b[1] == '\n';
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
    }
}

static gboolean
same_texts (GPtrArray *a,
            GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const LiaCannedVariant *x = a->pdata[i];
      const LiaCannedVariant *y = b->pdata[i];

      if (x->formality != y->formality || strcmp (x->language, y->language) != 0 || strcmp (x->channel, y->channel) != 0 ||
          strcmp (x->subject, y->subject) != 0 || !same_lines (x->body, y->body))
        return FALSE;
    }

  return TRUE;
}

static gboolean
same_files (GPtrArray *a,
            GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const LiaAttachment *x = a->pdata[i];
      const LiaAttachment *y = b->pdata[i];

      if (g_strcmp0 (x->blob, y->blob) != 0 || g_strcmp0 (x->name, y->name) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
same_actions (GPtrArray *a,
              GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const LiaCannedAction *x = a->pdata[i];
      const LiaCannedAction *y = b->pdata[i];

      if (strcmp (x->kind, y->kind) != 0 || strcmp (x->value, y->value) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
same_words (GStrv a,
            GStrv b)
{
  return g_strv_equal ((const char *const *)a, (const char *const *)b);
}

/** lia_canned_compare: Returns: the fields in which the two differ; 0 = they say the same */
LiaCannedFields
lia_canned_compare (LiaCanned *a,
                    LiaCanned *b)
{
  LiaCannedFields fields = 0;

  fields |= strcmp (a->title, b->title) != 0 ? LIA_CANNED_TITLE : 0;
  fields |= strcmp (a->shortcut, b->shortcut) != 0 ? LIA_CANNED_SHORTCUT : 0;
  fields |= same_texts (a->variants, b->variants) ? 0 : LIA_CANNED_TEXTS;
  fields |= strcmp (a->folder, b->folder) != 0 ? LIA_CANNED_FOLDER : 0;
  fields |= same_words (a->tags, b->tags) ? 0 : LIA_CANNED_TAGS;
  fields |= same_words (a->aliases, b->aliases) ? 0 : LIA_CANNED_ALIASES;
  fields |= a->scope != b->scope ? LIA_CANNED_SCOPE : 0;
  fields |= a->state != b->state ? LIA_CANNED_STATE : 0;
  fields |= a->review_by_ms != b->review_by_ms ? LIA_CANNED_REVIEW_BY : 0;
  fields |= a->greeting != b->greeting || a->farewell != b->farewell ? LIA_CANNED_PLACE : 0;
  fields |= same_files (a->attachments, b->attachments) ? 0 : LIA_CANNED_ATTACHMENTS;
  fields |= same_actions (a->actions, b->actions) ? 0 : LIA_CANNED_ACTIONS;
  fields |= same_words (a->channels, b->channels) && same_words (a->queues, b->queues) && same_words (a->products, b->products) ? 0 : LIA_CANNED_FITS;

  return fields;
}
