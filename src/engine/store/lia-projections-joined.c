/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conversation turns out to be another customer's: of an entry of the kind "state", `what` is "joined", and `customer` says whose it is. */

#include "lia-projections-joined.h"

#include "lia-id.h"
#include "lia-json.h"
#include "lia-projections-finding.h"

#define MAX_WORD 64

static gboolean
read_customer (const LiaEntryFacts *facts,
               gint64              *customer_id,
               GError             **error)
{
  const char *what = NULL;
  const char *customer = NULL;

  *customer_id = 0;
  if (facts->kind != LIA_ENTRY_STATE || facts->details == NULL)
    return TRUE;
  if (!lia_json_str (facts->details, "what", LIA_JSON_OPTIONAL, MAX_WORD, &what, error))
    return FALSE;
  if (g_strcmp0 (what, "joined") != 0)
    return TRUE;
  if (!lia_json_str (facts->details, "customer", LIA_JSON_OPTIONAL, MAX_WORD, &customer, error))
    return FALSE;
  if (customer != NULL)
    lia_id_parse (customer, "k", customer_id);

  return TRUE;
}

static gboolean
count (LiaProjection         *self,
       LiaConversationRecord *record,
       gint64                 customer_id,
       gint64                 by,
       GError               **error)
{
  gint64 open = record->place.state != LIA_CONVERSATION_CLOSED ? by : 0;

  return lia_db_exec (self->db, error, "UPDATE customer SET conversations = conversations + $2, open = open + $3 WHERE id = $1", "iii", customer_id, by, open);
}

/* Whom there is to tell of a fix: who has heard of it already hears of it no second time. */
static gboolean
move_notices (LiaProjection *self,
              gint64         customer_id,
              GError       **error)
{
  return lia_db_exec (self->db, error, "UPDATE OR IGNORE notice SET customer_id = $2 WHERE conversation_id = $1", "ii", self->conversation_id, customer_id);
}

/** lia_project_joined: @record: of the conversation, saved already */
gboolean
lia_project_joined (LiaProjection         *self,
                    LiaConversationRecord *record,
                    const LiaEntryFacts   *facts,
                    GError               **error)
{
  gint64 customer_id;

  if (!read_customer (facts, &customer_id, error))
    return FALSE;
  if (customer_id == 0 || customer_id == record->customer_id)
    return TRUE;

  if (!count (self, record, customer_id, 1, error))
    return FALSE;
  if (lia_db_changes (self->db) == 0)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such customer");
      return FALSE;
    }
  self->customer_id = customer_id;

  return count (self, record, record->customer_id, -1, error) &&
         lia_db_exec (self->db, error, "UPDATE conversation SET customer_id = $2 WHERE id = $1", "ii", self->conversation_id, customer_id) &&
         lia_db_exec (self->db, error, "UPDATE entry SET customer_id = $2 WHERE conversation_id = $1", "ii", self->conversation_id, customer_id) &&
         move_notices (self, customer_id, error) && lia_project_finding_customers (self, error);
}
