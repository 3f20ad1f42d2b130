/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-events.h"

#include "lia-mail-ingest.h"

#include <stdio.h>
#include <string.h>

/* Untagged responses -> facts. Whatever is missing or of another shape is left out: a server may say anything at any time (RFC 9051 7). */

LiaImapEvents *
lia_imap_events_new (void)
{
  LiaImapEvents *self = g_new0 (LiaImapEvents, 1);

  self->listed = lia_uid_set_new (NULL);
  self->vanished = lia_uid_set_new (NULL);
  self->sizes = g_array_new (FALSE, FALSE, sizeof (LiaImapListed));
  self->flags = g_array_new (FALSE, FALSE, sizeof (LiaImapFlags));
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mail_fetched_free);
  self->folders = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_imap_folder_free);
  return self;
}

void
lia_imap_events_free (LiaImapEvents *self)
{
  lia_uid_set_free (self->listed);
  lia_uid_set_free (self->vanished);
  g_array_unref (self->sizes);
  g_array_unref (self->flags);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

/** lia_imap_events_is_quiet: nothing came that somebody has to deal with. */
gboolean
lia_imap_events_is_quiet (LiaImapEvents *self)
{
  return !self->exists_changed && !self->expunged && self->flags->len == 0 && lia_uid_set_n_ranges (self->vanished) == 0;
}

/**
 * lia_imap_parse_date:
 * @text: an INTERNALDATE: "22-Nov-2026 07:57:35 +0100"
 *
 * Returns: milliseconds, 0 for what is no date
 */
gint64
lia_imap_parse_date (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  int               day, year, hour, minute, second, zone;
  char              name[4], sign;

  if (sscanf (text, "%2d-%3[A-Za-z]-%4d %2d:%2d:%2d %c%4d", &day, name, &year, &hour, &minute, &second, &sign, &zone) != 8 || (sign != '+' && sign != '-'))
    return 0;

  const char *month = strstr (months, name);
  if (month == NULL || strlen (name) != 3)
    return 0;

  g_autoptr (GDateTime) date = g_date_time_new_utc (year, (month - months) / 3 + 1, day, hour, minute, MIN (second, 59));
  if (date == NULL)
    return 0;
  gint64 offset_s = (zone / 100 * 60 + zone % 100) * 60;

  return (g_date_time_to_unix (date) + (sign == '+' ? -offset_s : offset_s)) * 1000;
}

/* One message of a FETCH response while it is read. */
typedef struct
{
  gint64   uid;
  gint64   size_bytes; /* -1 = not said */
  gint64   date_ms;
  gboolean has_flags;
  gboolean seen;
  gboolean flagged;
  gboolean answered;
  GBytes  *raw;
} Fetched;

static void
read_flags (const LiaImapResponse *response,
            guint                  token,
            Fetched               *fetched)
{
  if (!lia_imap_response_is_open (response, token))
    return;

  fetched->has_flags = TRUE;
  for (guint i = token + 1; i < response->n_tokens && response->tokens[i].kind == LIA_IMAP_TOKEN_ATOM; i++)
    {
      fetched->seen |= lia_imap_response_is (response, i, "\\Seen");
      fetched->flagged |= lia_imap_response_is (response, i, "\\Flagged");
      fetched->answered |= lia_imap_response_is (response, i, "\\Answered");
    }
}

static void
read_item (const LiaImapResponse *response,
           guint                  token,
           Fetched               *fetched)
{
  guint64 number;

  if (lia_imap_response_is (response, token, "UID"))
    {
      if (lia_imap_response_get_number (response, token + 1, &number) && number <= G_MAXUINT32)
        fetched->uid = number;
    }
  else if (lia_imap_response_is (response, token, "RFC822.SIZE"))
    {
      if (lia_imap_response_get_number (response, token + 1, &number) && number <= G_MAXINT64)
        fetched->size_bytes = number;
    }
  else if (lia_imap_response_is (response, token, "FLAGS"))
    read_flags (response, token + 1, fetched);
  else if (lia_imap_response_is (response, token, "INTERNALDATE"))
    {
      g_autofree char *text = lia_imap_response_dup (response, token + 1);
      fetched->date_ms = text != NULL ? lia_imap_parse_date (g_strchug (text)) : 0;
    }
  else if ((lia_imap_response_is (response, token, "BODY[]") || lia_imap_response_is (response, token, "BODY[]<0>")) &&
           !lia_imap_response_is (response, token + 1, "NIL"))
    {
      g_clear_pointer (&fetched->raw, g_bytes_unref);
      fetched->raw = lia_imap_response_get_bytes (response, token + 1);
    }
}

static void
take_fetch (LiaImapEvents         *self,
            const LiaImapResponse *response)
{
  Fetched fetched = { .size_bytes = -1 };

  for (guint i = 3; i < response->n_tokens && response->tokens[i].kind == LIA_IMAP_TOKEN_ATOM; i = lia_imap_response_skip (response, i + 1))
    read_item (response, i, &fetched);

  if (fetched.uid > 0 && fetched.raw != NULL)
    {
      LiaMailFetched *message = g_new0 (LiaMailFetched, 1);
      message->raw = g_steal_pointer (&fetched.raw);
      message->uid = fetched.uid;
      message->internal_date_ms = fetched.date_ms;
      message->seen = fetched.seen;
      message->flagged = fetched.flagged;
      message->answered = fetched.answered;
      g_ptr_array_add (self->messages, message);
    }
  else if (fetched.uid > 0 && fetched.size_bytes >= 0)
    {
      LiaImapListed listed = { fetched.uid, fetched.size_bytes };
      g_array_append_val (self->sizes, listed);
    }
  else if (fetched.uid > 0 && fetched.has_flags)
    {
      LiaImapFlags flags = { fetched.uid, "" };
      g_snprintf (flags.letters, sizeof flags.letters, "%s%s%s", fetched.answered ? "A" : "", fetched.flagged ? "F" : "", fetched.seen ? "S" : "");
      g_array_append_val (self->flags, flags);
    }
  g_clear_pointer (&fetched.raw, g_bytes_unref);
}

static void
add_set (LiaUidSet  *set,
         const char *text)
{
  g_autoptr (LiaUidSet) added = lia_uid_set_new (text);

  for (guint i = 0; i < lia_uid_set_n_ranges (added); i++)
    {
      gint64 first, last;

      lia_uid_set_range (added, i, &first, &last);
      lia_uid_set_add (set, first, last);
    }
}

/* * VANISHED (EARLIER) 41,43:116 (RFC 7162 3.2.10) */
static void
take_vanished (LiaImapEvents         *self,
               const LiaImapResponse *response)
{
  g_autofree char *set = lia_imap_response_dup (response, response->n_tokens - 1);

  if (set != NULL)
    add_set (self->vanished, set);
}

/* * ESEARCH (TAG "L5") UID ALL 1:100,205 (RFC 4731) */
static void
take_esearch (LiaImapEvents         *self,
              const LiaImapResponse *response)
{
  for (guint i = 1; i + 1 < response->n_tokens; i++)
    {
      if (!lia_imap_response_is (response, i, "ALL"))
        continue;
      g_autofree char *set = lia_imap_response_dup (response, i + 1);
      if (set != NULL)
        add_set (self->listed, set);
    }
}

static void
take_search (LiaImapEvents         *self,
             const LiaImapResponse *response)
{
  for (guint i = 1; i < response->n_tokens && response->tokens[i].kind == LIA_IMAP_TOKEN_ATOM; i++)
    {
      guint64 uid;

      if (lia_imap_response_get_number (response, i, &uid) && uid <= G_MAXUINT32)
        lia_uid_set_add (self->listed, uid, uid);
    }
}

static const char *
role_of_flag (const LiaImapResponse *response,
              guint                  token)
{
  static const struct
  {
    const char *flag;
    const char *role;
  } roles[] = { { "\\Sent", "sent" }, { "\\Drafts", "drafts" }, { "\\Junk", "junk" }, { "\\Trash", "trash" }, { "\\Archive", "archive" } };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (lia_imap_response_is (response, token, roles[i].flag))
        return roles[i].role;
    }

  return NULL;
}

/* * LIST (\HasNoChildren \Sent) "/" "Sent" (RFC 6154) */
static void
take_list (LiaImapEvents         *self,
           const LiaImapResponse *response)
{
  const char *role = "";
  gboolean    unusable = FALSE;
  guint       i = 2;

  for (; i < response->n_tokens && response->tokens[i].kind == LIA_IMAP_TOKEN_ATOM; i++)
    {
      const char *named = role_of_flag (response, i);
      role = named != NULL ? named : role;
      unusable |= lia_imap_response_is (response, i, "\\Noselect") || lia_imap_response_is (response, i, "\\NonExistent");
    }
  g_autofree char *path = lia_imap_response_dup (response, i + 2);
  if (unusable || path == NULL || self->folders->len > 10000)
    return;

  LiaImapFolder *folder = g_new0 (LiaImapFolder, 1);
  folder->role = g_strdup (g_ascii_strcasecmp (path, "INBOX") == 0 ? "inbox" : role);
  folder->path = g_steal_pointer (&path);
  g_ptr_array_add (self->folders, folder);
}

static void
take_code (LiaImapEvents         *self,
           const LiaImapResponse *response)
{
  gint64 number = response->code_args != NULL ? g_ascii_strtoll (response->code_args, NULL, 10) : 0;

  if (g_str_equal (response->code, "UIDVALIDITY"))
    self->selected.uidvalidity = number;
  else if (g_str_equal (response->code, "UIDNEXT"))
    self->selected.uidnext = number;
  else if (g_str_equal (response->code, "HIGHESTMODSEQ"))
    self->selected.modseq = number;
  else if (g_str_equal (response->code, "NOMODSEQ"))
    self->selected.modseq = 0;
}

/** lia_imap_events_take: the session's handler (#LiaImapHandler). */
void
lia_imap_events_take (const LiaImapResponse *response,
                      gpointer               events)
{
  LiaImapEvents *self = events;
  guint64        number;

  if (response->code != NULL)
    take_code (self, response);
  else if (response->n_tokens < 2)
    return;
  else if (lia_imap_response_is (response, 1, "FETCH") && lia_imap_response_is_open (response, 2))
    take_fetch (self, response);
  else if (lia_imap_response_is (response, 1, "EXISTS") && lia_imap_response_get_number (response, 0, &number))
    {
      self->exists_changed |= (gint64)number > self->selected.exists;
      self->selected.exists = number;
    }
  else if (lia_imap_response_is (response, 1, "EXPUNGE"))
    {
      self->expunged = TRUE;
      self->selected.exists = MAX (self->selected.exists - 1, 0);
    }
  else if (lia_imap_response_is (response, 0, "VANISHED"))
    take_vanished (self, response);
  else if (lia_imap_response_is (response, 0, "ESEARCH"))
    take_esearch (self, response);
  else if (lia_imap_response_is (response, 0, "SEARCH"))
    take_search (self, response);
  else if (lia_imap_response_is (response, 0, "LIST") && lia_imap_response_is_open (response, 1))
    take_list (self, response);
}
