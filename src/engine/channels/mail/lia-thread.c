/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-thread.h"

#include "lia-compose.h"

#include <string.h>

/*
 * To which conversation a message belongs. Evidence in this order, the first that holds wins, and is kept as `why`:
 *
 *   a token of ours in an address it came to · a Message-ID of ours with its MAC, in what it answers · what an agent decided · a known
 *   Message-ID it refers to, or that others referred to before it came · Exchange's Thread-Index
 *
 * A Message-ID without a MAC can be read by anybody in an archive, so all but the first two also want a participant: an address that was in the
 * conversation before, or its domain where that belongs to one organisation. Never the subject: strangers' mails have the same.
 */

#define REOPEN_MS (14ll * 24 * 60 * 60 * 1000)
#define MAX_REFERENCES 20
#define BOUNCE_BYTES (1024 * 1024)

/* Where one domain is a million strangers. */
static const char free_domains[] =
    " gmail.com googlemail.com outlook.com hotmail.com hotmail.de hotmail.fr hotmail.co.uk live.com live.de live.fr msn.com yahoo.com yahoo.de yahoo.fr "
    "yahoo.co.uk yahoo.co.jp ymail.com aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de posteo.de "
    "mailbox.org proton.me protonmail.com pm.me tutanota.com tuta.io mail.ru yandex.ru yandex.com list.ru bk.ru inbox.ru rambler.ru ukr.net i.ua wp.pl "
    "o2.pl onet.pl interia.pl seznam.cz centrum.cz email.cz orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tin.it alice.it "
    "terra.com.br uol.com.br bol.com.br qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp btinternet.com "
    "sky.com virginmedia.com comcast.net verizon.net att.net sbcglobal.net cox.net zoho.com fastmail.com hey.com rediffmail.com bluewin.ch telenet.be skynet.be "
    "ziggo.nl kpnmail.nl xs4all.nl home.nl telia.com online.no abv.bg mail.bg citromail.hu freemail.hu ";

static gboolean
is_free_domain (const char *domain)
{
  g_autofree char *word = g_strdup_printf (" %s ", domain);

  return strstr (free_domains, word) != NULL;
}

static const char *
domain_of (const char *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL ? at + 1 : "";
}

static gboolean
same_organisation (const char *a,
                   const char *b)
{
  const char *domain = domain_of (a);

  return *domain != '\0' && strcmp (domain, domain_of (b)) == 0 && !is_free_domain (domain);
}

static gboolean
has_participant (LiaDb     *db,
                 gint64     conversation_id,
                 GPtrArray *parties,
                 gboolean   exactly,
                 gboolean  *result,
                 GError   **error)
{
  g_autoptr (LiaRows) rows =
      lia_db_query (db, error, "SELECT address FROM mail_participant WHERE conversation_id = $1 LIMIT 1000", "i", conversation_id);
  g_autoptr (GError) local_error = NULL;

  *result = FALSE;

  if (rows == NULL)
    return FALSE;

  while (!*result && lia_rows_next (rows, &local_error))
    {
      const char *address = lia_rows_text (rows, 0);

      for (guint i = 0; i < parties->len && !*result; i++)
        {
          const char *party = g_ptr_array_index (parties, i);

          *result = strcmp (address, party) == 0 || (!exactly && same_organisation (address, party));
        }
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Whether it exists, and is not closed for so long that a new one shall begin. */
static gboolean
accepts (LiaDb                   *db,
         gint64                   conversation_id,
         const LiaThreadQuestion *question,
         gboolean                *exists,
         gboolean                *stale,
         GError                 **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT state = 'closed', last_at FROM conversation WHERE id = $1", "i", conversation_id);
  g_autoptr (GError) local_error = NULL;

  *exists = FALSE;
  *stale = FALSE;

  if (rows == NULL)
    return FALSE;

  if (lia_rows_next (rows, &local_error))
    {
      *exists = TRUE;
      *stale = question->new_work && lia_rows_int (rows, 0) != 0 && question->at_ms - lia_rows_int (rows, 1) > REOPEN_MS;
    }
  else if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Takes @conversation_id as the answer if it can be one. */
static gboolean
settle (LiaDb                   *db,
        gint64                   conversation_id,
        const char              *why,
        const LiaThreadQuestion *question,
        LiaThreadAnswer         *answer,
        gboolean                *found,
        GError                 **error)
{
  gboolean exists;
  gboolean stale;

  if (!accepts (db, conversation_id, question, &exists, &stale, error))
    return FALSE;

  *found = exists;

  if (exists)
    {
      answer->conversation_id = stale ? 0 : conversation_id;
      answer->why = stale ? "closed-long-ago" : why;
    }

  return TRUE;
}

static gint64
token_in (GBytes    *key,
          GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      const LiaAddress *address = g_ptr_array_index (addresses, i);
      gint64            conversation_id = lia_mail_token_check_address (key, address->address);

      if (conversation_id != 0)
        return conversation_id;
    }

  return 0;
}

/* What it answers, nearest first: In-Reply-To, then References from the last. */
static GPtrArray *
ancestors (const LiaMime *mime)
{
  GPtrArray *ids = g_ptr_array_new ();

  if (mime->in_reply_to != NULL)
    g_ptr_array_add (ids, mime->in_reply_to);

  for (guint i = mime->references->len; i > 0 && ids->len < MAX_REFERENCES; i--)
    {
      char *id = g_ptr_array_index (mime->references, i - 1);

      if (g_strcmp0 (id, mime->in_reply_to) != 0)
        g_ptr_array_add (ids, id);
    }

  return ids;
}

/* A bounce holds our header somewhere, in whatever form: our Message-IDs are looked for in all of it. */
static gint64
find_in_bounce (GBytes *key,
                GBytes *raw)
{
  gsize       size;
  const char *bytes = g_bytes_get_data (raw, &size);
  const char *end = bytes + MIN (size, BOUNCE_BYTES);

  for (const char *p = bytes; p < end && (p = memmem (p, end - p, "lia.", 4)) != NULL; p += 4)
    {
      g_autofree char *id = g_strndup (p, MIN ((gsize)(end - p), 60));
      gint64           conversation_id = lia_mail_token_check_message_id (key, id);

      if (conversation_id != 0)
        return conversation_id;
    }

  return 0;
}

static gboolean
find_by_tokens (LiaDb                   *db,
                const LiaThreadQuestion *question,
                GPtrArray               *ids,
                LiaThreadAnswer         *answer,
                gboolean                *found,
                GError                 **error)
{
  const LiaMime *mime = question->mime;
  const char    *why = "token";
  gint64         conversation_id = token_in (question->key, mime->delivered);
  gboolean       known;

  if (conversation_id == 0)
    conversation_id = token_in (question->key, mime->to);

  if (conversation_id == 0)
    conversation_id = token_in (question->key, mime->cc);

  for (guint i = 0; i < ids->len && conversation_id == 0; i++)
    {
      conversation_id = lia_mail_token_check_message_id (question->key, g_ptr_array_index (ids, i));
      why = "own-id";
    }

  if (conversation_id == 0 && strcmp (mime->auto_class, "bounce") == 0)
    {
      conversation_id = find_in_bounce (question->key, question->raw);
      why = "bounce";
    }

  if (conversation_id == 0)
    return TRUE;

  if (!settle (db, conversation_id, why, question, answer, found, error) ||
      !has_participant (db, conversation_id, question->parties, TRUE, &known, error))
    return FALSE;

  answer->new_participant = *found && answer->conversation_id != 0 && !known && strcmp (why, "bounce") != 0;

  return TRUE;
}

/* All conversations that a statement names, the first that fits. */
static gboolean
find_by_query (LiaDb                   *db,
               const char              *sql,
               const char              *value,
               const char              *why,
               const LiaThreadQuestion *question,
               LiaThreadAnswer         *answer,
               gboolean                *found,
               GError                 **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  gboolean pinned = FALSE;

  {
    g_autoptr (LiaRows) rows = lia_db_query (db, error, sql, "t", value);

    if (rows == NULL)
      return FALSE;

    while (lia_rows_next (rows, &local_error))
      {
        gint64 id = lia_rows_int (rows, 0);

        pinned |= candidates->len == 0 && lia_rows_int (rows, 1) != 0;
        g_array_append_val (candidates, id);
      }
  }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  for (guint i = 0; i < candidates->len && !*found; i++)
    {
      gint64   id = g_array_index (candidates, gint64, i);
      gboolean belongs = pinned && i == 0;

      if (!belongs && !has_participant (db, id, question->parties, FALSE, &belongs, error))
        return FALSE;

      if (belongs && !settle (db, id, pinned && i == 0 ? "pinned" : why, question, answer, found, error))
        return FALSE;
    }

  return TRUE;
}

#define BY_MESSAGE_ID \
  "SELECT conversation_id, pinned FROM mail_ref WHERE message_id = $1 ORDER BY pinned DESC, entry_seq IS NULL, conversation_id DESC LIMIT 5"
#define BY_THREAD_INDEX "SELECT conversation_id, 0 FROM mail_thread_index WHERE thread_index = $1 ORDER BY conversation_id DESC LIMIT 5"

/**
 * lia_thread_find:
 * @answer: (out caller-allocates):
 *
 * Returns: FALSE only when the store failed
 */
gboolean
lia_thread_find (LiaDb                   *db,
                 const LiaThreadQuestion *question,
                 LiaThreadAnswer         *answer,
                 GError                 **error)
{
  g_autoptr (GPtrArray) ids = ancestors (question->mime);
  gboolean found = FALSE;

  *answer = (LiaThreadAnswer){ .why = "new" };

  if (!find_by_tokens (db, question, ids, answer, &found, error))
    return FALSE;

  for (guint i = 0; i < ids->len && !found; i++)
    {
      if (!find_by_query (db, BY_MESSAGE_ID, g_ptr_array_index (ids, i), "reference", question, answer, &found, error))
        return FALSE;
    }

  if (!found && question->mime->message_id != NULL &&
      !find_by_query (db, BY_MESSAGE_ID, question->mime->message_id, "ghost", question, answer, &found, error))
    return FALSE;

  return found || question->mime->thread_index == NULL ||
         find_by_query (db, BY_THREAD_INDEX, question->mime->thread_index, "thread-index", question, answer, &found, error);
}

/**
 * lia_thread_remember:
 * @participants: (element-type LiaAddress): who is in the message, without us
 *
 * Keeps what leads later messages here: this message's id, the ids it refers to though they were never seen, and its people.
 */
gboolean
lia_thread_remember (LiaDb         *db,
                     const LiaMime *mime,
                     gint64         conversation_id,
                     gint64         entry_seq,
                     GPtrArray     *participants,
                     GError       **error)
{
  g_autoptr (GPtrArray) ids = ancestors (mime);

  if (mime->message_id != NULL &&
      !lia_db_exec (db, error,
                    "INSERT INTO mail_ref (message_id, conversation_id, entry_seq) VALUES ($1, $2, $3) "
                    "ON CONFLICT (message_id, conversation_id) DO UPDATE SET entry_seq = coalesce (mail_ref.entry_seq, excluded.entry_seq)",
                    "tii", mime->message_id, conversation_id, entry_seq))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      if (!lia_db_exec (db, error,
                        "INSERT INTO mail_ref (message_id, conversation_id) VALUES ($1, $2) ON CONFLICT (message_id, conversation_id) DO NOTHING",
                        "ti", g_ptr_array_index (ids, i), conversation_id))
        return FALSE;
    }

  if (mime->thread_index != NULL &&
      !lia_db_exec (db, error,
                    "INSERT INTO mail_thread_index (thread_index, conversation_id) VALUES ($1, $2) ON CONFLICT (thread_index, conversation_id) DO NOTHING",
                    "ti", mime->thread_index, conversation_id))
    return FALSE;

  for (guint i = 0; i < participants->len; i++)
    {
      const LiaAddress *participant = g_ptr_array_index (participants, i);
      g_autofree char  *address = lia_address_fold (participant->address);

      if (!lia_db_exec (db, error,
                        "INSERT INTO mail_participant (conversation_id, address) VALUES ($1, $2) ON CONFLICT (conversation_id, address) DO NOTHING",
                        "it", conversation_id, address))
        return FALSE;
    }

  return TRUE;
}
