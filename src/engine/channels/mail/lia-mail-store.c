/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-store.h"

#include "lia-address.h"
#include "lia-sha256.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define KEY_BYTES 32

/**
 * lia_mail_store_key:
 *
 * The key of the MACs in our Message-IDs and reply addresses. Made the first time, so that time must be in a write.
 *
 * Returns: (transfer full): 32 bytes
 */
GBytes *
lia_mail_store_key (LiaDb   *db,
                    GError **error)
{
  guint8 key[KEY_BYTES];
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT key FROM mail_key WHERE one = 1", "");
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return NULL;

  if (lia_rows_next (rows, &local_error))
    return lia_rows_blob (rows, 0);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  while (getrandom (key, sizeof key, 0) != sizeof key)
    g_assert (errno == EINTR);

  if (!lia_db_exec (db, error, "INSERT INTO mail_key (one, key) VALUES (1, $1)", "b", key, sizeof key))
    return NULL;

  return g_bytes_new (key, sizeof key);
}

/* Where the body begins: after the first empty line. */
static gsize
body_start (const char *bytes,
            gsize       size)
{
  const char *p = bytes;
  const char *end = bytes + size;

  while (p < end)
    {
      const char *newline = memchr (p, '\n', (gsize)(end - p));

      if (newline == NULL)
        return size;

      if (newline == p || (newline == p + 1 && *p == '\r'))
        return (gsize)(newline - bytes) + 1;

      p = newline + 1;
    }

  return size;
}

/**
 * lia_mail_store_body_hash:
 * @message_id: (nullable): of the message
 *
 * What two copies of one message have in common, though each came another way: all but the header. Without a Message-ID only
 * the very same bytes are the same message.
 */
char *
lia_mail_store_body_hash (GBytes     *raw,
                          const char *message_id)
{
  gsize       size;
  const char *bytes = g_bytes_get_data (raw, &size);
  gsize       start = message_id != NULL && *message_id != '\0' ? body_start (bytes, size) : 0;

  return lia_sha256_text (bytes + start, size - start);
}

static char *
without_brackets (const char *message_id)
{
  gsize length = strlen (message_id);

  if (length >= 2 && message_id[0] == '<' && message_id[length - 1] == '>')
    return g_strndup (message_id + 1, length - 2);

  return g_strdup (message_id);
}

/**
 * lia_mail_store_add_outgoing:
 *
 * To be called in the write that queues a message.
 */
gboolean
lia_mail_store_add_outgoing (LiaDb                 *db,
                             const LiaMailOutgoing *message,
                             GError               **error)
{
  g_autofree char *message_id = without_brackets (message->message_id);
  g_autofree char *hash = lia_mail_store_body_hash (message->bytes, message_id);

  if (!lia_db_exec (db, error,
                    "INSERT INTO mail_message (channel_id, entry_seq, conversation_id, direction, message_id, body_hash, raw, size, sent_at, received_at, why) "
                    "VALUES ($1, $2, $3, 'out', $4, $5, $6, $7, $8, $8, 'ours') ON CONFLICT (message_id, body_hash) DO NOTHING",
                    "iiitttii", message->channel_id, message->entry_seq, message->conversation_id, message_id, hash, message->raw,
                    (gint64)g_bytes_get_size (message->bytes), message->at_ms) ||
      !lia_db_exec (db, error,
                    "INSERT INTO mail_ref (message_id, conversation_id, entry_seq) VALUES ($1, $2, $3) "
                    "ON CONFLICT (message_id, conversation_id) DO UPDATE SET entry_seq = excluded.entry_seq",
                    "tii", message_id, message->conversation_id, message->entry_seq))
    return FALSE;

  for (guint i = 0; message->recipients != NULL && i < message->recipients->len; i++)
    {
      const LiaAddress *recipient = g_ptr_array_index (message->recipients, i);
      g_autofree char  *address = lia_address_fold (recipient->address);

      if (!lia_db_exec (db, error, "INSERT INTO mail_participant (conversation_id, address) VALUES ($1, $2) ON CONFLICT (conversation_id, address) DO NOTHING",
                        "it", message->conversation_id, address))
        return FALSE;
    }

  return TRUE;
}

/**
 * lia_mail_store_add_alias:
 * @entry_seq: a message of ours
 * @message_id: how a provider renamed it; answers will refer to that
 */
gboolean
lia_mail_store_add_alias (LiaDb      *db,
                          gint64      entry_seq,
                          const char *message_id,
                          GError    **error)
{
  g_autofree char *bare = without_brackets (message_id);

  return lia_db_exec (db, error,
                      "INSERT INTO mail_ref (message_id, conversation_id, entry_seq) "
                      "SELECT $1, conversation_id, entry_seq FROM mail_message WHERE entry_seq = $2 LIMIT 1 "
                      "ON CONFLICT (message_id, conversation_id) DO UPDATE SET entry_seq = excluded.entry_seq",
                      "ti", bare, entry_seq);
}
