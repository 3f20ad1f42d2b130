/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What agents write by hand again and again: answers of the last month that say nearly the same, to questions that are alike. Read when somebody
 * asks for it: the newest answers, so many at most, of which the texts are compared. Whoever may ask may read these conversations, too.
 */

#include "lia-queries-learning.h"

#include "lia-entry-facts.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-queries-private.h"
#include "lia-tokens.h"
#include "lia-twins.h"

#include <string.h>

#define RECENT_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)
#define MAX_LOOKED_AT 30000 /* entries of any kind */
#define MAX_ANSWERS "2000"
#define MIN_CHARACTERS 60 /* "Thanks, done." is no answer to keep */
#define MIN_TIMES 3
#define LEAST_LIKENESS 0.5
#define MAX_QUESTIONS 6
#define MIN_SHARED_WORDS 2
#define MIN_WORD_BYTES 4

typedef struct
{
  gint64 seq;
  gint64 conversation_id;
  gint64 customer_id;
  char  *text;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->text);
  g_free (answer);
}

/* Its words without a quote and a signature; NULL without @error: none */
static char *
visible (const char *json,
         GError    **error)
{
  g_autoptr (JsonObject) entry = lia_json_parse (json, -1, G_MAXSIZE, error);
  char *text = entry != NULL ? lia_entry_facts_visible_text (entry, error) : NULL;

  return text != NULL ? g_strchomp (text) : NULL;
}

/* The newest first */
static GPtrArray *
read_answers (LiaDb   *db,
              gint64   now_ms,
              GError **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);
  g_autoptr (GError) failure = NULL;
  gint64 head = lia_query_head (db, error);
  g_autoptr (LiaRows) rows = NULL;

  if (head < 0)
    return NULL;
  rows = lia_db_query (db, error,
                       "SELECT e.seq, e.conversation_id, coalesce (e.customer_id, 0), t.json FROM entry AS e JOIN entry_text AS t ON t.seq = e.seq "
                       "WHERE e.seq > $1 AND e.kind IN ('email', 'chat') AND e.dir = 'out' AND e.answers = 1 AND e.agent_id IS NOT NULL AND e.at > $2 "
                       "AND json_extract (t.x, '$.canned') IS NULL ORDER BY e.seq DESC LIMIT " MAX_ANSWERS,
                       "ii", head - MAX_LOOKED_AT, now_ms - RECENT_MS);
  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      g_autofree char *text = visible (lia_rows_text (rows, 3), &failure);
      Answer          *answer;

      if (text == NULL)
        break;
      if (g_utf8_strlen (text, -1) < MIN_CHARACTERS)
        continue;
      answer = g_new0 (Answer, 1);
      *answer = (Answer){ lia_rows_int (rows, 0), lia_rows_int (rows, 1), lia_rows_int (rows, 2), g_steal_pointer (&text) };
      g_ptr_array_add (answers, answer);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&answers) : NULL;
}

/* Those that are like the first of them: the group of each is its first member's place. */
static GArray *
find_groups (GPtrArray *answers)
{
  g_autofree const char **texts = g_new0 (const char *, answers->len + 1);
  g_autoptr (GArray) twins = NULL;
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < answers->len; i++)
    {
      texts[i] = ((const Answer *)answers->pdata[i])->text;
      g_array_append_val (groups, i);
    }
  twins = lia_twins_find (texts, answers->len, LEAST_LIKENESS);
  for (guint i = 0; i < twins->len; i++)
    {
      const LiaTwins *pair = &g_array_index (twins, LiaTwins, i);
      guint           one = g_array_index (groups, guint, pair->a), other = g_array_index (groups, guint, pair->b);

      /* Only to who stands alone: likeness of likeness of likeness is none. */
      if (other == pair->b && one != other && g_array_index (groups, guint, one) == one)
        g_array_index (groups, guint, pair->b) = one;
    }

  return groups;
}

static void
add_word (const LiaToken *token,
          gpointer        data)
{
  if (strlen (token->text) >= MIN_WORD_BYTES)
    g_hash_table_add (data, g_strdup (token->text));
}

/* The words of what the customer asked before @answer; NULL: with an error, or nothing was asked */
static GHashTable *
read_question (LiaDb        *db,
               const Answer *answer,
               GError      **error)
{
  g_autofree char *json = lia_db_get_text (db, error,
                                           "SELECT coalesce ((SELECT t.json FROM entry AS e JOIN entry_text AS t ON t.seq = e.seq "
                                           "WHERE e.conversation_id = $1 AND e.seq < $2 AND e.dir = 'in' ORDER BY e.seq DESC LIMIT 1), '')",
                                           "ii", answer->conversation_id, answer->seq);
  g_autofree char *text = json != NULL && *json != '\0' ? visible (json, error) : NULL;
  GHashTable      *words;

  if (text == NULL)
    return NULL;
  words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lia_tokens_scan (text, strlen (text), add_word, words);

  return words;
}

static gboolean
are_alike (GHashTable *one,
           GHashTable *other)
{
  GHashTableIter iter;
  gpointer       word;
  guint          shared = 0;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    shared += g_hash_table_contains (other, word);

  return shared >= MIN_SHARED_WORDS && shared * 5 >= MIN (g_hash_table_size (one), g_hash_table_size (other));
}

/* Whether at least two of the members were asked nearly the same */
static gboolean
share_question (LiaDb     *db,
                GPtrArray *members,
                gboolean  *share,
                GError   **error)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);

  *share = FALSE;
  for (guint i = 0; i < members->len && i < MAX_QUESTIONS && !*share; i++)
    {
      g_autoptr (GError) failure = NULL;
      GHashTable *words = read_question (db, members->pdata[i], &failure);

      if (failure != NULL)
        return lia_query_finish (&failure, error);
      if (words == NULL)
        continue;
      for (guint j = 0; j < questions->len; j++)
        *share |= are_alike (questions->pdata[j], words);
      g_ptr_array_add (questions, words);
    }

  return TRUE;
}

/* The members of the group that @first leads, one a conversation; a customer who asks three times is one */
static GPtrArray *
find_members (GPtrArray *answers,
              GArray    *groups,
              guint      first)
{
  GPtrArray *members = g_ptr_array_new ();
  g_autoptr (GHashTable) customers = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = first; i < answers->len; i++)
    {
      Answer *answer = answers->pdata[i];

      if (g_array_index (groups, guint, i) == first && g_hash_table_add (customers, &answer->customer_id))
        g_ptr_array_add (members, answer);
    }

  return members;
}

/* (nullable): NULL with @error */
static JsonObject *
encode_group (LiaDb     *db,
              GPtrArray *members,
              GError   **error)
{
  const Answer    *newest = members->pdata[0], *oldest = members->pdata[members->len - 1];
  g_autofree char *subject = lia_db_get_text (db, error, "SELECT coalesce (max (subject), '') FROM conversation WHERE id = $1", "i", newest->conversation_id);
  g_autofree char *key = g_strdup_printf ("by-hand:e_%" G_GINT64_FORMAT, oldest->seq);
  JsonObject      *one;
  JsonArray       *entries;

  if (subject == NULL)
    return NULL;

  one = json_object_new ();
  entries = json_array_new ();
  json_object_set_string_member (one, "key", key);
  json_object_set_int_member (one, "count", members->len);
  json_object_set_string_member (one, "subject", subject);
  json_object_set_string_member (one, "text", newest->text);
  for (guint i = 0; i < members->len; i++)
    {
      g_autofree char *id = lia_id_format ("e", ((const Answer *)members->pdata[i])->seq);

      json_array_add_string_element (entries, id);
    }
  json_object_set_array_member (one, "entries", entries);

  return one;
}

/* FALSE without @error: it was dismissed, by whichever of its answers */
static gboolean
is_wanted (LiaDb     *db,
           GPtrArray *members,
           gint64     agent_id,
           GError   **error)
{
  for (guint i = 0; i < members->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("by-hand:e_%" G_GINT64_FORMAT, ((const Answer *)members->pdata[i])->seq);
      gint64           n;

      if (!lia_db_get_int (db, &n, error, "SELECT count (*) FROM suggestion_dismissed WHERE key = $1 AND agent_id IN (0, $2)", "ti", key, agent_id) || n > 0)
        return FALSE;
    }

  return TRUE;
}

/** lia_query_answers_by_hand: (transfer full): the newest first; see API.md */
JsonArray *
lia_query_answers_by_hand (LiaDb   *db,
                           gint64   agent_id,
                           gint64   now_ms,
                           guint    limit,
                           GError **error)
{
  g_autoptr (GPtrArray) answers = read_answers (db, now_ms, error);
  g_autoptr (GArray) groups = answers != NULL ? find_groups (answers) : NULL;
  g_autoptr (JsonArray) list = json_array_new ();

  if (groups == NULL)
    return NULL;
  for (guint i = 0; i < answers->len && json_array_get_length (list) < limit; i++)
    {
      g_autoptr (GPtrArray) members = NULL;
      g_autoptr (GError) failure = NULL;
      gboolean    share = FALSE;
      JsonObject *one;

      if (g_array_index (groups, guint, i) != i)
        continue;
      members = find_members (answers, groups, i);
      if (members->len >= MIN_TIMES && is_wanted (db, members, agent_id, &failure) && share_question (db, members, &share, &failure) && share &&
          (one = encode_group (db, members, &failure)) != NULL)
        json_array_add_object_element (list, one);
      if (failure != NULL && !lia_query_finish (&failure, error))
        return NULL;
    }

  return g_steal_pointer (&list);
}
