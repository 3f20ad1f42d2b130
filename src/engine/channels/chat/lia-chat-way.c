/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How an answer reaches who chats: in the panel while she is there, and by mail once she has been away for a while. Where mail goes: what her site
 * vouches for, else where this talk went on by mail before, else what we know of the customer, else what she typed.
 */

#include "lia-chat-way.h"

#include "lia-chat-words.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define GONE_MS (3 * G_GINT64_CONSTANT (60000)) /* where the site says nothing */

void
lia_chat_way_free (LiaChatWay *self)
{
  g_free (self->visitor);
  g_free (self->site);
  g_free (self->language);
  g_clear_pointer (&self->address, lia_address_unref);
  g_free (self);
}

/** lia_chat_way_can_mail: whether mail reaches her at all. */
gboolean
lia_chat_way_can_mail (const LiaChatWay *self)
{
  return self->address != NULL && self->mailbox_id != 0;
}

/** lia_chat_way_is_mail: whether an answer of this moment goes by mail, where nobody says how. */
gboolean
lia_chat_way_is_mail (const LiaChatWay *self)
{
  return self->from_ms != 0 && self->from_ms <= lia_time_now ();
}

/** lia_chat_way_find_mailbox: @mailbox: the site's ("h_1"), or "" for the first; @id: (out): 0 = there is none */
gboolean
lia_chat_way_find_mailbox (LiaDb      *db,
                           const char *mailbox,
                           gint64     *id,
                           GError    **error)
{
  gint64 wanted = 0;

  lia_id_parse (mailbox, "h", &wanted);

  return lia_db_get_int (db, id, error, "SELECT coalesce (min (id), 0) FROM channel WHERE kind = 'mail' AND (id = $1 OR $1 = 0)", "i", wanted);
}

static void
take_address (LiaChatWay *self,
              const char *name,
              const char *address)
{
  if (self->address == NULL && address != NULL && lia_address_is_valid_email (address))
    self->address = lia_address_new (name, address);
}

/* What is said of herself beside her last line; @said: what she typed. */
static gboolean
take_line (LiaChatWay  *self,
           LiaRows     *rows,
           LiaAddress **said,
           char       **locale,
           GError     **error)
{
  g_autoptr (JsonObject) entry = lia_json_parse (lia_rows_text (rows, 0), -1, G_MAXSIZE, error);
  JsonObject *author;
  JsonObject *details;
  const char *name = NULL;
  const char *address = NULL;
  gboolean    verified = FALSE;

  if (entry == NULL || !lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error) || !lia_json_obj (entry, "d", LIA_JSON_OPTIONAL, &details, error) ||
      (author != NULL && (!lia_json_str (author, "name", LIA_JSON_OPTIONAL, G_MAXSIZE, &name, error) ||
                          !lia_json_str (author, "address", LIA_JSON_OPTIONAL, G_MAXSIZE, &address, error))) ||
      (details != NULL && !lia_json_bool (details, "verified", LIA_JSON_OPTIONAL, &verified, error)))
    return FALSE;
  if (verified)
    take_address (self, name, address);
  *said = lia_address_new (name, address);
  *locale = g_strdup (lia_rows_text (rows, 1));

  return TRUE;
}

static gboolean
read_line (LiaChatWay  *self,
           LiaDb       *db,
           LiaAddress **said,
           char       **locale,
           GError     **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.json, coalesce (json_extract (t.x, '$.locale'), '') FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                                           "JOIN entry_text AS t ON t.seq = c.seq WHERE c.visitor = $1 AND c.cid IS NOT NULL AND NOT (e.kind = 'email' AND e.dir = 'out') ORDER BY c.n DESC LIMIT 1",
                                           "t", self->visitor);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    take_line (self, rows, said, locale, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

static gboolean
read_address (LiaChatWay *self,
              LiaDb      *db,
              const char *name,
              GError    **error)
{
  g_autofree char *mailed = NULL;
  g_autofree char *known = NULL;

  if (self->address != NULL)
    return TRUE;
  mailed = lia_db_get_text (db, error,
                            "SELECT coalesce ((SELECT json_extract (t.json, '$.to[0].address') FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                            "JOIN entry_text AS t ON t.seq = c.seq WHERE c.visitor = $1 AND e.kind = 'email' AND e.dir = 'out' ORDER BY c.n DESC LIMIT 1), '')",
                            "t", self->visitor);
  known = mailed != NULL ? lia_db_get_text (db, error,
                                            "SELECT coalesce ((SELECT raw FROM address WHERE customer_id = $1 AND kind = 'email' ORDER BY place LIMIT 1), '')",
                                            "i", self->customer_id)
                         : NULL;
  if (known == NULL)
    return FALSE;
  take_address (self, name, mailed);
  take_address (self, name, known);

  return TRUE;
}

/* Of the site: its name, its mailbox, after how long who has left is gone. */
static gboolean
read_site (LiaChatWay *self,
           LiaDb      *db,
           gint64     *gone_ms,
           GError    **error)
{
  g_autoptr (JsonObject) config = lia_workspace_channel_config (db, self->site_id, error);
  g_autoptr (LiaChatSite) site = config != NULL ? lia_wire_decode_chat_site (config, error) : NULL;

  if (site == NULL)
    return FALSE;
  self->site = g_strdup (*site->name != '\0' ? site->name : site->key);
  *gone_ms = site->gone_after_ms > 0 ? site->gone_after_ms : GONE_MS;

  return lia_chat_way_find_mailbox (db, site->mailbox, &self->mailbox_id, error);
}

static LiaChatWay *
take_thread (LiaRows *rows,
             char   **language)
{
  LiaChatWay *self = g_new0 (LiaChatWay, 1);

  self->visitor = g_strdup (lia_rows_text (rows, 0));
  self->site_id = lia_rows_int (rows, 1);
  self->customer_id = lia_rows_int (rows, 2);
  *language = g_strdup (lia_rows_text (rows, 3));

  return self;
}

/* @wrote_ms: when she wrote last: one without a WebSocket has no window between her calls */
static LiaChatWay *
read_thread (LiaDb   *db,
             gint64   conversation_id,
             char   **language,
             gint64  *wrote_ms,
             GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.visitor, t.channel_id, c.customer_id, c.lang, (SELECT coalesce (max (at), 0) FROM entry "
                                           "WHERE conversation_id = $1 AND kind = 'chat' AND dir = 'in') FROM chat_thread AS t "
                                           "JOIN conversation AS c ON c.id = t.conversation_id WHERE t.conversation_id = $1",
                                           "i", conversation_id);
  GError     *failure = NULL;
  LiaChatWay *self = NULL;

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    {
      self = take_thread (rows, language);
      *wrote_ms = lia_rows_int (rows, 4);
    }
  else if (failure == NULL)
    {
      g_set_error_literal (&failure, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "Nobody can be reached by chat here any more.");
    }
  if (failure != NULL)
    g_propagate_error (error, failure);

  return self;
}

/**
 * lia_chat_way_read:
 * @left_ms: since when she has no window (lia_chat_hub_get_left()), 0: she has one
 *
 * Returns: (nullable): %LIA_PROBLEM_CHANNEL_DOWN where nobody ever chatted
 */
LiaChatWay *
lia_chat_way_read (LiaDb   *db,
                   gint64   conversation_id,
                   gint64   left_ms,
                   GError **error)
{
  g_autofree char *language = NULL;
  g_autofree char *locale = NULL;
  g_autoptr (LiaAddress) said = NULL;
  g_autoptr (LiaChatWay) self = NULL;
  gint64 wrote_ms = 0;
  gint64 gone_ms = 0;

  self = read_thread (db, conversation_id, &language, &wrote_ms, error);
  if (self == NULL || !read_line (self, db, &said, &locale, error) || !read_address (self, db, said != NULL ? said->name : "", error) ||
      !read_site (self, db, &gone_ms, error))
    return NULL;
  if (said != NULL)
    take_address (self, said->name, said->address);
  self->language = lia_chat_words_language (locale != NULL && *locale != '\0' ? locale : language);
  if (left_ms != 0 && lia_chat_way_can_mail (self))
    self->from_ms = MAX (left_ms, wrote_ms) + gone_ms;

  return g_steal_pointer (&self);
}
