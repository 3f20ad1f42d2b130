/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-projections-chat.h"

#include "lia-json.h"

#define MAX_VISITOR 512
#define MAX_CID 64

static gboolean
append (LiaProjection *self,
        const char    *visitor,
        const char    *cid,
        GError       **error)
{
  return lia_db_exec (self->db, error, "UPDATE chat_thread SET last_n = last_n + 1 WHERE visitor = $1", "t", visitor) &&
         lia_db_exec (self->db, error,
                      "INSERT INTO chat_event (visitor, n, seq, cid) SELECT visitor, last_n, $2, $3 FROM chat_thread WHERE visitor = $1", "tit",
                      visitor, self->seq, cid);
}

/* A message of the visitor, also one that she left for an answer by e-mail, or to her. `channel` of what was left is the mailbox that answers. */
static gboolean
append_message (LiaProjection *self,
                JsonObject    *x,
                GError       **error)
{
  const char *visitor;
  const char *cid;
  gint64      channel_id;
  gint64      site_id;

  if (!lia_json_str (x, "visitor", LIA_JSON_OPTIONAL, MAX_VISITOR, &visitor, error) ||
      !lia_json_str (x, "cid", LIA_JSON_OPTIONAL, MAX_CID, &cid, error) ||
      !lia_json_int (x, "channel", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &channel_id, error) ||
      !lia_json_int (x, "site", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &site_id, error))
    return FALSE;
  if (visitor == NULL)
    return TRUE;

  return lia_db_exec (self->db, error,
                      "INSERT INTO chat_thread (visitor, channel_id, conversation_id, last_n) VALUES ($1, $2, $3, 0) "
                      "ON CONFLICT (visitor) DO UPDATE SET conversation_id = excluded.conversation_id",
                      "tii", visitor, site_id != 0 ? site_id : channel_id, self->conversation_id) &&
         append (self, visitor, cid, error);
}

/* Whether that address is where the talk with her went on by mail. */
static gboolean
is_hers (LiaProjection *self,
         const char    *visitor,
         gboolean      *is,
         GError       **error)
{
  JsonObject *from;
  const char *address = NULL;
  gint64      n = 0;

  if (!lia_json_obj (self->data, "from", LIA_JSON_OPTIONAL, &from, error) ||
      (from != NULL && !lia_json_str (from, "address", LIA_JSON_OPTIONAL, G_MAXSIZE, &address, error)) ||
      (address != NULL && !lia_db_get_int (self->db, &n, error,
                                           "SELECT count (*) FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq AND e.kind = 'email' AND e.dir = 'out' "
                                           "JOIN entry_text AS t ON t.seq = e.seq JOIN json_each (t.json, '$.to') AS r "
                                           "WHERE c.visitor = $1 AND lower (json_extract (r.value, '$.address')) = lower ($2)",
                                           "tt", visitor, address)))
    return FALSE;
  *is = n > 0;

  return TRUE;
}

static char *
find_visitor (LiaProjection *self,
              GError       **error)
{
  return lia_db_get_text (self->db, error, "SELECT coalesce (max (visitor), '') FROM chat_thread WHERE conversation_id = $1", "i", self->conversation_id);
}

/* What she answers by mail to what we sent her by mail she sees in the panel, too. Others who write in her conversation have their own eyes. */
static gboolean
append_answer (LiaProjection       *self,
               const LiaEntryFacts *facts,
               GError             **error)
{
  g_autofree char *visitor = NULL;
  gboolean         is;

  if (facts->direction != LIA_DIRECTION_IN || facts->auto_reply || facts->quiet)
    return TRUE;
  visitor = find_visitor (self, error);
  if (visitor == NULL || *visitor == '\0')
    return visitor != NULL;

  return is_hers (self, visitor, &is, error) && (!is || append (self, visitor, NULL, error));
}

/* She is told that we have closed it, opened it again, or offer a call, and nothing else of what we do. */
static gboolean
append_state (LiaProjection       *self,
              const LiaEntryFacts *facts,
              GError             **error)
{
  static const char *const told[] = { "closed", "reopened", "call-offered", NULL };
  const char              *what = NULL;
  g_autofree char         *visitor = NULL;

  if (facts->details == NULL || !lia_json_str (facts->details, "what", LIA_JSON_OPTIONAL, MAX_CID, &what, error))
    return facts->details == NULL;
  if (what == NULL || !g_strv_contains (told, what))
    return TRUE;

  visitor = find_visitor (self, error);

  return visitor != NULL && (*visitor == '\0' || append (self, visitor, NULL, error));
}

/** lia_project_chat: after an entry was added: `x.visitor` says to whom it is shown, `x.cid` is her own name of it; answers by mail have neither. */
gboolean
lia_project_chat (LiaProjection       *self,
                  const LiaEntryFacts *facts,
                  JsonObject          *x,
                  GError             **error)
{
  if (facts->kind == LIA_ENTRY_EMAIL && (x == NULL || !json_object_has_member (x, "visitor")))
    return append_answer (self, facts, error);
  /* What she says to an offer is a state, too. */
  if (facts->kind == LIA_ENTRY_STATE && (x == NULL || !json_object_has_member (x, "visitor")))
    return append_state (self, facts, error);
  if ((facts->kind == LIA_ENTRY_CHAT || facts->kind == LIA_ENTRY_EMAIL || facts->kind == LIA_ENTRY_PROMISE || facts->kind == LIA_ENTRY_SURVEY ||
       facts->kind == LIA_ENTRY_STATE) &&
      x != NULL)
    return append_message (self, x, error);

  return TRUE;
}
