/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is to be told of a fix, and who was. */

#include "lia-json.h"
#include "lia-projections.h"

#define MAX_TEXT (1024 * 1024)

static gboolean
read_number (LiaProjection *self,
             const char    *name,
             gint64        *id,
             GError       **error)
{
  return lia_json_int (self->data, name, LIA_JSON_REQUIRED, 1, G_MAXINT64, id, error);
}

/** lia_project_notice_added: {finding:N, fix:N, customer:N, conversation:N} */
gboolean
lia_project_notice_added (LiaProjection *self,
                          GError       **error)
{
  gint64 finding;
  gint64 fix;
  gint64 customer;
  gint64 conversation;

  return read_number (self, "finding", &finding, error) && read_number (self, "fix", &fix, error) && read_number (self, "customer", &customer, error) &&
         read_number (self, "conversation", &conversation, error) &&
         lia_db_exec (self->db, error, "INSERT INTO notice (id, finding_id, fix, customer_id, conversation_id, at, state) VALUES ($1, $2, $3, $4, $5, $6, 'due')", "iiiiii",
                      self->seq, finding, fix, customer, conversation, self->at_ms);
}

static gboolean
set_state (LiaProjection *self,
           gint64         id,
           const char    *state,
           const char    *reason,
           GError       **error)
{
  return lia_db_exec (self->db, error,
                      "UPDATE notice SET state = $2, reason = coalesce ($3, ''), snooze_until = 0, told_at = CASE $2 WHEN 'sent' THEN $4 ELSE 0 END, "
                      "agent_id = CASE WHEN $5 > 0 THEN $5 ELSE agent_id END WHERE id = $1",
                      "ittii", id, state, reason, self->at_ms, self->actor_id);
}

/** lia_project_notice_changed: {notice:N, state?, reason?, entry?:N, subject?, body?, snooze?: until, 0 = not any more} */
gboolean
lia_project_notice_changed (LiaProjection *self,
                            GError       **error)
{
  const char *state;
  const char *reason;
  const char *subject;
  const char *body;
  gint64      id;
  gint64      entry;
  gint64      snooze;

  return read_number (self, "notice", &id, error) && lia_json_str (self->data, "state", LIA_JSON_OPTIONAL, 32, &state, error) &&
         lia_json_str (self->data, "reason", LIA_JSON_OPTIONAL, MAX_TEXT, &reason, error) && lia_json_int (self->data, "entry", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &entry, error) &&
         lia_json_str (self->data, "subject", LIA_JSON_OPTIONAL, MAX_TEXT, &subject, error) && lia_json_str (self->data, "body", LIA_JSON_OPTIONAL, MAX_TEXT, &body, error) &&
         lia_json_int (self->data, "snooze", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &snooze, error) &&
         (state == NULL || set_state (self, id, state, reason, error)) &&
         lia_db_exec (self->db, error,
                      "UPDATE notice SET entry_seq = CASE WHEN $2 > 0 THEN $2 ELSE entry_seq END, subject = coalesce ($3, subject), body = coalesce ($4, body) WHERE id = $1", "iitt",
                      id, entry, subject, body) &&
         (!json_object_has_member (self->data, "snooze") || lia_db_exec (self->db, error, "UPDATE notice SET snooze_until = $2 WHERE id = $1", "ii", id, snooze));
}
