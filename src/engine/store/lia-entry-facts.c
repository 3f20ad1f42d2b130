/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads out of an entry's JSON what the store's columns, the list's snippet and the search need. Pure. */

#include "lia-entry-facts.h"

#include "lia-db.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-tokens.h"

#include <string.h>

#define MAX_WORD 1024
#define MAX_LIST 100000
#define SNIPPET_CHARACTERS 140

static gboolean
has_flag (JsonObject *entry,
          const char *flag,
          gboolean   *has,
          GError    **error)
{
  JsonArray *flags;

  if (!lia_json_arr (entry, "flags", LIA_JSON_OPTIONAL, MAX_LIST, &flags, error))
    return FALSE;

  for (guint i = 0; flags != NULL && i < json_array_get_length (flags); i++)
    {
      const char *word;

      if (!lia_json_arr_str (flags, i, MAX_WORD, &word, error))
        return FALSE;
      *has = *has || g_strcmp0 (word, flag) == 0;
    }

  return TRUE;
}

static gboolean
read_author (LiaEntryFacts *self,
             JsonObject    *entry,
             GError       **error)
{
  JsonObject *author;
  const char *id = NULL;

  if (!lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error) ||
      (author != NULL && !lia_json_str (author, "id", LIA_JSON_OPTIONAL, MAX_WORD, &id, error)))
    return FALSE;

  lia_id_parse (id, "a", &self->agent_id);

  return TRUE;
}

static gboolean
read_x (LiaEntryFacts *self,
        JsonObject    *x,
        GError       **error)
{
  const char *then = NULL;

  if (x != NULL && (!lia_json_int (x, "target_ms", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &self->target_ms, error) ||
                    !lia_json_bool (x, "quiet", LIA_JSON_OPTIONAL, &self->quiet, error) ||
                    !lia_json_str (x, "then", LIA_JSON_OPTIONAL, MAX_WORD, &then, error)))
    return FALSE;

  self->keep_state = g_strcmp0 (then, "keep") == 0;

  return TRUE;
}

/** lia_entry_facts_send_state_counts: FALSE for what did not leave the house: the customer has no answer. */
gboolean
lia_entry_facts_send_state_counts (const char *state)
{
  return g_strcmp0 (state, "failed") != 0 && g_strcmp0 (state, "cancelled") != 0;
}

/*
 * A call that was answered is an answer itself, whoever called. Who calls and is not answered waits for us, from the first ringing on; who hid the
 * number does so only while calling, as nobody can call back.
 */
static gboolean
judge_call (LiaEntryFacts *self,
            GError       **error)
{
  const char *outcome = NULL;
  gint64      answered = 0;
  gint64      ended = 0;
  gboolean    withheld = FALSE;
  gboolean    settled = FALSE;

  if (self->details != NULL && (!lia_json_str (self->details, "outcome", LIA_JSON_OPTIONAL, MAX_WORD, &outcome, error) ||
                                !lia_json_time (self->details, "answered", LIA_JSON_OPTIONAL, &answered, error) ||
                                !lia_json_time (self->details, "ended", LIA_JSON_OPTIONAL, &ended, error) ||
                                !lia_json_bool (self->details, "withheld", LIA_JSON_OPTIONAL, &withheld, error) ||
                                !lia_json_bool (self->details, "settled", LIA_JSON_OPTIONAL, &settled, error)))
    return FALSE;

  self->answers = (answered != 0 || g_strcmp0 (outcome, "answered") == 0) && self->direction != LIA_DIRECTION_NONE;
  self->waits = self->direction == LIA_DIRECTION_IN && !self->answers && !settled && !(withheld && ended != 0);

  return TRUE;
}

/* Who spoke to a machine waits until somebody has heard it and answers, or says that there is nothing to answer. */
static gboolean
judge_voicemail (LiaEntryFacts *self,
                 GError       **error)
{
  gboolean settled = FALSE;

  if (self->details != NULL && !lia_json_bool (self->details, "settled", LIA_JSON_OPTIONAL, &settled, error))
    return FALSE;

  self->waits = self->direction == LIA_DIRECTION_IN && !settled;

  return TRUE;
}

/* A call that was promised waits for being made. */
static gboolean
judge_promise (LiaEntryFacts *self,
               GError       **error)
{
  const char *what = NULL;
  gboolean    settled = FALSE;

  if (self->details != NULL && (!lia_json_str (self->details, "what", LIA_JSON_OPTIONAL, MAX_WORD, &what, error) ||
                                !lia_json_bool (self->details, "settled", LIA_JSON_OPTIONAL, &settled, error)))
    return FALSE;

  self->waits = g_strcmp0 (what, "callback") == 0 && !settled;

  return TRUE;
}

/* What the engineers want to know is for us, and no customer waits for it. */
static gboolean
judge_note (LiaEntryFacts *self,
            GError       **error)
{
  const char *what = NULL;
  gboolean    settled = FALSE;

  if (self->details != NULL && (!lia_json_str (self->details, "what", LIA_JSON_OPTIONAL, MAX_WORD, &what, error) ||
                                !lia_json_bool (self->details, "settled", LIA_JSON_OPTIONAL, &settled, error)))
    return FALSE;

  self->is_question = g_strcmp0 (what, "question") == 0;
  self->asks = self->is_question && !settled;

  return TRUE;
}

static gboolean
judge (LiaEntryFacts *self,
       GError       **error)
{
  if (self->quiet)
    return TRUE;

  switch (self->kind)
    {
    case LIA_ENTRY_EMAIL:
    case LIA_ENTRY_CHAT:
      self->waits = self->direction == LIA_DIRECTION_IN;
      self->answers = self->direction == LIA_DIRECTION_OUT && lia_entry_facts_send_state_counts (self->state);
      return TRUE;

    case LIA_ENTRY_CALL:
      return judge_call (self, error);

    case LIA_ENTRY_VOICEMAIL:
      return judge_voicemail (self, error);

    case LIA_ENTRY_PROMISE:
      return judge_promise (self, error);

    case LIA_ENTRY_NOTE:
      return judge_note (self, error);

    case LIA_ENTRY_STATE:
    case LIA_ENTRY_VISIT:
    case LIA_ENTRY_FINDING:
    case LIA_ENTRY_SURVEY:
    default:
      return TRUE;
    }
}

/**
 * lia_entry_facts_read:
 * @entry: as API.md gives it
 * @x: (nullable): what stays inside the engine
 */
gboolean
lia_entry_facts_read (LiaEntryFacts *self,
                      JsonObject    *entry,
                      JsonObject    *x,
                      GError       **error)
{
  const char *kind;
  const char *direction;

  *self = (LiaEntryFacts){ 0 };

  if (!lia_json_str (entry, "kind", LIA_JSON_REQUIRED, MAX_WORD, &kind, error) ||
      !lia_json_str (entry, "dir", LIA_JSON_OPTIONAL, MAX_WORD, &direction, error) ||
      !lia_json_time (entry, "at", LIA_JSON_OPTIONAL, &self->at_ms, error) ||
      !lia_json_str (entry, "state", LIA_JSON_OPTIONAL, MAX_WORD, &self->state, error) ||
      !lia_json_str (entry, "message_id", LIA_JSON_OPTIONAL, G_MAXSIZE, &self->message_id, error) ||
      !lia_json_str (entry, "text", LIA_JSON_OPTIONAL, G_MAXSIZE, &self->text, error) ||
      !lia_json_obj (entry, "d", LIA_JSON_OPTIONAL, &self->details, error) ||
      !has_flag (entry, "auto-reply", &self->auto_reply, error) ||
      !read_author (self, entry, error) ||
      !read_x (self, x, error))
    return FALSE;

  if (!lia_entry_kind_from_string (kind, &self->kind))
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "There is no kind of entry %s", kind);
      return FALSE;
    }

  if (self->state == NULL)
    self->state = "";
  if (self->text == NULL)
    self->text = "";
  lia_direction_from_string (direction, &self->direction);

  return judge (self, error);
}

/** lia_entry_facts_visible_text: (transfer full): the text without what is folded: quotes and signatures. */
char *
lia_entry_facts_visible_text (JsonObject *entry,
                              GError    **error)
{
  g_autoptr (GString) visible = g_string_new (NULL);
  const char *text;
  JsonArray  *folds;
  gsize       at = 0;
  gsize       length;

  if (!lia_json_str (entry, "text", LIA_JSON_OPTIONAL, G_MAXSIZE, &text, error) ||
      !lia_json_arr (entry, "folds", LIA_JSON_OPTIONAL, MAX_LIST, &folds, error))
    return NULL;

  length = text != NULL ? strlen (text) : 0;
  for (guint i = 0; folds != NULL && i < json_array_get_length (folds); i++)
    {
      JsonObject *fold;
      gint64      start;
      gint64      end;

      if (!lia_json_arr_obj (folds, i, &fold, error) ||
          !lia_json_int (fold, "start", LIA_JSON_REQUIRED, 0, G_MAXINT64, &start, error) ||
          !lia_json_int (fold, "end", LIA_JSON_REQUIRED, 0, G_MAXINT64, &end, error))
        return NULL;

      if ((gsize)start < at || start >= end || (gsize)end > length)
        continue;
      g_string_append_len (visible, text + at, start - at);
      g_string_append_c (visible, '\n');
      at = end;
    }

  if (text != NULL)
    g_string_append (visible, text + at);

  return g_utf8_make_valid (visible->str, visible->len);
}

/** lia_entry_facts_file_name: (nullable): of its first file. Belongs to @entry. */
const char *
lia_entry_facts_file_name (JsonObject *entry)
{
  JsonArray  *files = NULL;
  JsonObject *file = NULL;
  const char *name = NULL;

  if (lia_json_arr (entry, "attachments", LIA_JSON_OPTIONAL, MAX_LIST, &files, NULL) && files != NULL && json_array_get_length (files) > 0 &&
      lia_json_arr_obj (files, 0, &file, NULL))
    lia_json_str (file, "name", LIA_JSON_OPTIONAL, G_MAXSIZE, &name, NULL);

  return name;
}

/** lia_entry_facts_snippet: (transfer full): its first words on one line. */
char *
lia_entry_facts_snippet (const char *visible_text)
{
  GString *line = g_string_new (NULL);
  guint    n = 0;

  for (const char *at = visible_text; *at != '\0' && n < SNIPPET_CHARACTERS; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean blank = g_unichar_isspace (c) || g_unichar_iscntrl (c);

      if (blank && (line->len == 0 || line->str[line->len - 1] == ' '))
        continue;
      g_string_append_unichar (line, blank ? ' ' : c);
      n++;
    }

  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);

  return g_string_free_and_steal (line);
}

static void
add_words (GString    *words,
           GString    *wholes,
           const char *text)
{
  if (text != NULL)
    lia_tokens_index (text, strlen (text), words, wholes);
}

static gboolean
add_address_words (JsonObject *address,
                   GString    *words,
                   GString    *wholes,
                   GError    **error)
{
  const char *name;
  const char *value;

  if (address == NULL)
    return TRUE;

  if (!lia_json_str (address, "name", LIA_JSON_OPTIONAL, G_MAXSIZE, &name, error) ||
      !lia_json_str (address, "address", LIA_JSON_OPTIONAL, G_MAXSIZE, &value, error))
    return FALSE;

  add_words (words, wholes, name);
  add_words (words, wholes, value);

  return TRUE;
}

static gboolean
add_list_words (JsonObject *entry,
                const char *member,
                GString    *words,
                GString    *wholes,
                GError    **error)
{
  JsonArray *list;

  if (!lia_json_arr (entry, member, LIA_JSON_OPTIONAL, MAX_LIST, &list, error))
    return FALSE;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *item;

      if (!lia_json_arr_obj (list, i, &item, error) || !add_address_words (item, words, wholes, error))
        return FALSE;
    }

  return TRUE;
}

/** lia_entry_facts_words: by which words the entry is found: subject, people, what is visible of the text, names of attachments. */
gboolean
lia_entry_facts_words (JsonObject *entry,
                       const char *visible_text,
                       GString    *words,
                       GString    *wholes,
                       GError    **error)
{
  const char *subject;
  JsonObject *author;

  if (!lia_json_str (entry, "subject", LIA_JSON_OPTIONAL, G_MAXSIZE, &subject, error) ||
      !lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error))
    return FALSE;

  add_words (words, wholes, subject);
  add_words (words, wholes, visible_text);

  return add_address_words (author, words, wholes, error) &&
         add_list_words (entry, "to", words, wholes, error) &&
         add_list_words (entry, "cc", words, wholes, error) &&
         add_list_words (entry, "attachments", words, wholes, error);
}
