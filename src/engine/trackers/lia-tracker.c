/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker.h"

#include "lia-time.h"

#include <gcrypt.h>
#include <string.h>

#define MARKER_PREFIX "liaison-"
#define MARKER_BYTES 16

G_DEFINE_INTERFACE (LiaTracker, lia_tracker, G_TYPE_OBJECT)

static void
lia_tracker_default_init (LiaTrackerInterface *iface)
{
}

LiaTrackerAbilities
lia_tracker_get_abilities (LiaTracker *self)
{
  return LIA_TRACKER_GET_IFACE (self)->abilities;
}

/** lia_tracker_get_dialect: how the texts that are sent to it are written. */
LiaDialect
lia_tracker_get_dialect (LiaTracker *self)
{
  return LIA_TRACKER_GET_IFACE (self)->get_dialect (self);
}

/** lia_tracker_probe: (transfer full): who and where we are, when all that is needed to file issues is there. */
LiaTrackerProbe *
lia_tracker_probe (LiaTracker *self,
                   GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->probe (self, error);
}

/** lia_tracker_find_by_marker: (transfer full) (nullable): NULL without an error when there is no such issue. */
LiaIssue *
lia_tracker_find_by_marker (LiaTracker *self,
                            const char *marker,
                            gint64      since_ms,
                            GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->find_by_marker (self, marker, since_ms, error);
}

/** lia_tracker_create: (transfer full): one more issue, whatever there is already; lia_tracker_file_once() is what is wanted. */
LiaIssue *
lia_tracker_create (LiaTracker            *self,
                    const LiaTrackerDraft *draft,
                    GError               **error)
{
  return LIA_TRACKER_GET_IFACE (self)->create (self, draft, error);
}

/** lia_tracker_upsert_summary: the comment that has @mark in it becomes @text. */
gboolean
lia_tracker_upsert_summary (LiaTracker *self,
                            const char *key,
                            const char *mark,
                            const char *text,
                            GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->upsert_summary (self, key, mark, text, error);
}

/** lia_tracker_attach: adds a file unless it is there. */
gboolean
lia_tracker_attach (LiaTracker           *self,
                    const char           *key,
                    const LiaTrackerFile *file,
                    GError              **error)
{
  return LIA_TRACKER_GET_IFACE (self)->attach (self, key, file, error);
}

/** lia_tracker_retract: takes back what was said in an issue, as far as a tracker forgets: @title and @text take its place, and it is closed. */
gboolean
lia_tracker_retract (LiaTracker *self,
                     const char *key,
                     const char *title,
                     const char *text,
                     GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->retract (self, key, title, text, error);
}

/** lia_tracker_read: (transfer full) (nullable): NULL without an error when nothing is new since @validator. */
LiaIssue *
lia_tracker_read (LiaTracker *self,
                  const char *key,
                  const char *validator,
                  GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->read (self, key, validator, error);
}

/** lia_tracker_changed_since: (transfer full): @cursor: (nullable): of the last answer; NULL = from now on */
LiaTrackerChanges *
lia_tracker_changed_since (LiaTracker *self,
                           const char *cursor,
                           GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->changed_since (self, cursor, error);
}

/** lia_tracker_comments: (transfer full): what was written below the issue @key since @since_ms; nothing where a tracker shows no comments. */
LiaTrackerComments *
lia_tracker_comments (LiaTracker *self,
                      const char *key,
                      gint64      since_ms,
                      GError    **error)
{
  LiaTrackerInterface *iface = LIA_TRACKER_GET_IFACE (self);

  return iface->comments != NULL ? iface->comments (self, key, since_ms, error) : lia_tracker_comments_new ("");
}

/* What was closed long ago is seldom what a customer means today; where a tracker does not say when, it may be. */
static gboolean
is_over (LiaIssue *issue,
         gint64    now_ms)
{
  return issue->is_closed && issue->updated_ms != 0 && issue->updated_ms < now_ms - LIA_TRACKER_RECENT_MS;
}

/** lia_tracker_releases: (transfer full) (nullable): as the interface says; @validator: (inout) */
GHashTable *
lia_tracker_releases (LiaTracker *self,
                      char      **validator,
                      GError    **error)
{
  return LIA_TRACKER_GET_IFACE (self)->releases (self, validator, error);
}

/** lia_tracker_search: (transfer full): of LiaIssue, open ones and those that were closed lately, for a person who looks whether it is known. */
GPtrArray *
lia_tracker_search (LiaTracker *self,
                    const char *text,
                    GError    **error)
{
  GPtrArray *issues = LIA_TRACKER_GET_IFACE (self)->search (self, text, error);
  gint64     now_ms = lia_time_now ();

  for (guint i = issues != NULL ? issues->len : 0; i > 0; i--)
    if (is_over (issues->pdata[i - 1], now_ms))
      g_ptr_array_remove_index (issues, i - 1);

  return issues;
}

/**
 * lia_tracker_file_once:
 * @first_sent_ms: when it may have been sent first, and its outcome was never known; 0 = not a byte of it has left yet
 *
 * Files an issue, and looks first whether an earlier try has. An outcome that is unknown is looked for once; when nothing is found then, it stays
 * unknown, for the tracker may still be at work: the caller waits, and comes back with @first_sent_ms.
 *
 * Returns: (transfer full) (nullable): the issue
 */
LiaIssue *
lia_tracker_file_once (LiaTracker            *self,
                       const LiaTrackerDraft *draft,
                       gint64                 first_sent_ms,
                       GError               **error)
{
  g_autoptr (GError) cause = NULL;
  LiaIssue *issue = first_sent_ms != 0 ? lia_tracker_find_by_marker (self, draft->marker, first_sent_ms, &cause) : NULL;

  if (issue == NULL && cause == NULL)
    {
      const gint64 now_ms = g_get_real_time () / 1000;

      issue = lia_tracker_create (self, draft, &cause);
      if (issue == NULL && g_error_matches (cause, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME))
        issue = lia_tracker_find_by_marker (self, draft->marker, first_sent_ms != 0 ? first_sent_ms : now_ms, NULL);
    }
  if (issue == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));

  return issue;
}

/** lia_tracker_marker_new: 128 random bits in base32 (RFC 4648 §6, lower case, no padding): what a tracker finds an issue by, whatever it makes of the text. */
char *
lia_tracker_marker_new (void)
{
  static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
  GString          *marker = g_string_new (MARKER_PREFIX);
  guint8            bytes[MARKER_BYTES];
  guint             bits = 0;
  guint             n_bits = 0;

  gcry_randomize (bytes, sizeof bytes, GCRY_STRONG_RANDOM);
  for (guint i = 0; i < sizeof bytes; i++)
    {
      bits = (bits << 8) | bytes[i];
      for (n_bits += 8; n_bits >= 5; n_bits -= 5)
        g_string_append_c (marker, digits[(bits >> (n_bits - 5)) & 31]);
    }
  if (n_bits > 0)
    g_string_append_c (marker, digits[(bits << (5 - n_bits)) & 31]);

  return g_string_free (marker, FALSE);
}

/** lia_tracker_is_marker: whether @text may be one of lia_tracker_marker_new(). */
gboolean
lia_tracker_is_marker (const char *text)
{
  const gsize n_digits = (MARKER_BYTES * 8 + 4) / 5;

  return g_str_has_prefix (text, MARKER_PREFIX) && strlen (text) == strlen (MARKER_PREFIX) + n_digits &&
         strspn (text + strlen (MARKER_PREFIX), "abcdefghijklmnopqrstuvwxyz234567") == n_digits;
}

/** lia_tracker_has_marker: whether @marker stands in @text as a word of its own. */
gboolean
lia_tracker_has_marker (const char *text,
                        const char *marker)
{
  const gsize length = strlen (marker);

  for (const char *at = strstr (text, marker); at != NULL; at = strstr (at + 1, marker))
    {
      if ((at == text || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[length]) && at[length] != '-')
        return TRUE;
    }

  return FALSE;
}

/**
 * lia_tracker_plain_words:
 * @max_bytes: whole words up to so many
 *
 * Returns: (transfer full): the words of @text with a blank between them: letters and digits alone, so that none is an operator of any tracker's search
 */
char *
lia_tracker_plain_words (const char *text,
                         gsize       max_bytes)
{
  GString *words = g_string_new (NULL);
  gsize    whole = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (words, g_unichar_tolower (c));
      else if (words->len > whole)
        {
          if (words->len > max_bytes)
            break;
          g_string_append_c (words, ' ');
          whole = words->len;
        }
    }
  g_string_truncate (words, words->len > max_bytes ? whole : words->len);

  return g_strchomp (g_string_free_and_steal (words));
}

LiaTrackerFile *
lia_tracker_file_new (const char *name,
                      const char *type,
                      GBytes     *bytes)
{
  LiaTrackerFile *file = g_new0 (LiaTrackerFile, 1);

  file->name = g_strdup (name);
  file->type = g_strdup (type);
  file->bytes = g_bytes_ref (bytes);

  return file;
}

void
lia_tracker_file_free (LiaTrackerFile *file)
{
  g_free (file->name);
  g_free (file->type);
  g_bytes_unref (file->bytes);
  g_free (file);
}

LiaTrackerDraft *
lia_tracker_draft_new (const char *marker,
                       const char *title,
                       const char *text)
{
  LiaTrackerDraft *draft = g_new0 (LiaTrackerDraft, 1);

  draft->marker = g_strdup (marker);
  draft->title = g_strdup (title);
  draft->text = g_strdup (text);

  return draft;
}

void
lia_tracker_draft_free (LiaTrackerDraft *draft)
{
  g_free (draft->marker);
  g_free (draft->title);
  g_free (draft->text);
  g_free (draft);
}

void
lia_tracker_probe_free (LiaTrackerProbe *probe)
{
  g_free (probe->login);
  g_free (probe->project);
  g_free (probe);
}

void
lia_tracker_changes_free (LiaTrackerChanges *changes)
{
  g_ptr_array_unref (changes->issues);
  g_free (changes->cursor);
  g_free (changes);
}
