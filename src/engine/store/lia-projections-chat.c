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

/* She is told that we have closed it, or opened it again, and nothing else of what we do. */
static gboolean
append_state (LiaProjection       *self,
              const LiaEntryFacts *facts,
              GError             **error)
{
  static const char *const told[] = { "closed", "reopened", NULL };
  const char              *what = NULL;
  g_autofree char         *visitor = NULL;
  g_autoptr (GError) failure = NULL;

  if (facts->details == NULL || !lia_json_str (facts->details, "what", LIA_JSON_OPTIONAL, MAX_CID, &what, error))
    return facts->details == NULL;
  if (what == NULL || !g_strv_contains (told, what))
    return TRUE;

  visitor = lia_db_get_text (self->db, &failure, "SELECT visitor FROM chat_thread WHERE conversation_id = $1", "i", self->conversation_id);
  if (visitor != NULL)
    return append (self, visitor, NULL, error);
  if (g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/** lia_project_chat: after an entry was added: `x.visitor` says to whom it is shown, `x.cid` is her own name of it. */
gboolean
lia_project_chat (LiaProjection       *self,
                  const LiaEntryFacts *facts,
                  JsonObject          *x,
                  GError             **error)
{
  if ((facts->kind == LIA_ENTRY_CHAT || facts->kind == LIA_ENTRY_EMAIL) && x != NULL)
    return append_message (self, x, error);

  return facts->kind != LIA_ENTRY_STATE || append_state (self, facts, error);
}
