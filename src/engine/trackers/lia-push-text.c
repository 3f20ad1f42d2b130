/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The text that goes to a tracker: form -> what is known -> placeholders instead of persons -> what somebody edited, the same way -> the tracker's
 * dialect, with nothing in it that the tracker would react to -> marker. It follows from the store and the wish alone: what was looked at is made again
 * before it is sent, and is the same, or is not sent.
 */

#include "lia-push-text.h"

#include "lia-id.h"
#include "lia-issue-form.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-push-files.h"
#include "lia-push-people.h"
#include "lia-queries-findings.h"
#include "lia-queries-trackers.h"
#include "lia-redactor.h"
#include "lia-time.h"
#include "lia-tracker-kinds.h"

#include <string.h>

#define MAX_TITLE_BYTES 240 /* Redmine and others take 255 characters */
#define MARKER_LINE "Ref: "

/* What a placeholder stands for. */
typedef struct
{
  LiaPersonalKind kind;
  char           *words;
} Hidden;

static void
hidden_free (gpointer data)
{
  Hidden *hidden = data;

  g_free (hidden->words);
  g_free (hidden);
}

typedef struct
{
  LiaRedactor *redactor;
  GHashTable  *hidden; /* placeholder -> Hidden */
} Desk;

static char *
redact (const char *text,
        gpointer    data)
{
  Desk *desk = data;
  g_autoptr (GArray) redactions = NULL;
  char *shown = lia_redactor_redact (desk->redactor, text, &redactions);

  for (guint i = 0; i < redactions->len; i++)
    {
      const LiaRedaction *redaction = &g_array_index (redactions, LiaRedaction, i);
      Hidden             *hidden;

      if (g_hash_table_contains (desk->hidden, redaction->placeholder))
        continue;
      hidden = g_new0 (Hidden, 1);
      hidden->kind = redaction->kind;
      hidden->words = g_strndup (text + redaction->start, redaction->end - redaction->start);
      g_hash_table_insert (desk->hidden, g_strdup (redaction->placeholder), hidden);
    }

  return shown;
}

/* One line, and no longer than trackers take it. */
static char *
make_title (Desk       *desk,
            const char *title)
{
  g_autofree char *line = g_strstrip (g_strdelimit (g_strdup (title), "\r\n", ' '));
  char            *shown = redact (line, desk);

  if (strlen (shown) > MAX_TITLE_BYTES)
    *g_utf8_find_prev_char (shown, shown + MAX_TITLE_BYTES + 1) = '\0';

  return shown;
}

static void
fill_facts (LiaIssueFacts   *facts,
            LiaFinding      *finding,
            LiaTrackerSetup *tracker,
            GPtrArray       *quotes)
{
  const char *component = lia_tracker_setup_get_component (tracker, finding->product);

  *facts = (LiaIssueFacts){
    .title = finding->title,
    .product = finding->product,
    .component = component != NULL ? component : "",
    .page = finding->url,
    .quotes = quotes,
    .customers = finding->customers,
  };
}

/* Where each placeholder stands in @text. */
static void
list_redactions (LiaPushPreview *preview,
                 Desk           *desk,
                 const char     *text,
                 gboolean        in_title)
{
  for (const char *at = strchr (text, '['); at != NULL; at = strchr (at + 1, '['))
    {
      const char      *end = strchr (at, ']');
      g_autofree char *placeholder = end != NULL ? g_strndup (at, (gsize)(end - at) + 1) : NULL;
      const Hidden    *hidden = placeholder != NULL ? g_hash_table_lookup (desk->hidden, placeholder) : NULL;

      if (hidden != NULL)
        lia_push_preview_add_redaction (preview, &(LiaPushRedaction){ in_title, at - text, end + 1 - text, hidden->kind, placeholder, hidden->words });
    }
}

/* All that the hash is of */
static char *
new_whole (LiaPushPreview *preview)
{
  GString *whole = g_string_new (NULL);

  g_string_append_printf (whole, "%s\n%s\n%s", preview->tracker, preview->sent_title, preview->sent_text);
  for (guint i = 0; i < preview->sent_files->len; i++)
    {
      const LiaPushFile *file = preview->sent_files->pdata[i];

      g_string_append_printf (whole, "\n%s %s %s", file->blob, file->type, file->name);
    }

  return g_string_free_and_steal (whole);
}

/* The marker is added as it is: whatever escaped a sign of it would hide it from the search. */
static void
render (LiaPushPreview  *preview,
        LiaTrackerSetup *tracker,
        gint64           finding_id)
{
  g_autoptr (LiaDocument) document = lia_issue_source_parse (preview->source);
  g_autofree char *uri = g_strdup_printf ("liaison:finding/%" G_GINT64_FORMAT, finding_id);
  g_autofree char *body = NULL;
  g_autofree char *whole = NULL;

  if (!tracker->is_public && *preview->question == '\0')
    lia_document_add_link (document, "In Liaison", uri);
  body = lia_document_render (document, tracker->dialect);

  g_free (preview->sent_title);
  preview->sent_title = lia_document_calm (preview->title);
  g_free (preview->sent_text);
  preview->sent_text = g_strdup_printf ("%s%s" MARKER_LINE "%s", body, *body != '\0' ? "\n" : "", preview->marker);
  whole = new_whole (preview);
  g_free (preview->hash);
  preview->hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
}

static gboolean
take_marker (LiaPushPreview *preview,
             const char     *marker,
             GError        **error)
{
  g_free (preview->marker);
  preview->marker = marker != NULL ? g_strdup (marker) : lia_tracker_marker_new ();
  if (lia_tracker_is_marker (preview->marker))
    return TRUE;
  lia_problem_set_invalid (error, "/marker", "value", "“%s” is no marker", preview->marker);

  return FALSE;
}

static void
set_words (GStrv *place,
           GStrv  words)
{
  if (words == NULL)
    return;
  g_strfreev (*place);
  *place = g_strdupv (words);
}

/* First as it would be without anybody's edits, also where there are some: so the placeholders in these stand for the same as before. */
static void
write_texts (LiaPushPreview    *preview,
             const LiaPushWish *wish,
             LiaFinding        *finding,
             LiaTrackerSetup   *tracker,
             GPtrArray         *quotes,
             Desk              *desk)
{
  const char      *form = *tracker->forms[finding->kind] != '\0' ? tracker->forms[finding->kind] : lia_issue_form_usual (finding->kind);
  g_autofree char *filled = NULL;
  LiaIssueFacts    facts;

  fill_facts (&facts, finding, tracker, quotes);
  if (wish->question_id != 0)
    form = "";
  filled = lia_issue_form_fill (form, &facts);
  g_free (preview->title);
  preview->title = make_title (desk, finding->title);
  g_free (preview->source);
  preview->source = lia_issue_source_rewrite (filled, redact, desk);
  if (wish->title != NULL || wish->question_id != 0)
    {
      g_free (preview->title);
      preview->title = make_title (desk, wish->question_id != 0 ? "" : wish->title);
    }
  if (wish->source != NULL)
    {
      g_free (preview->source);
      preview->source = lia_issue_source_rewrite (wish->source, redact, desk);
    }
  list_redactions (preview, desk, preview->title, TRUE);
  list_redactions (preview, desk, preview->source, FALSE);
}

static gboolean
is_taken (GPtrArray  *files,
          guint       count,
          const char *name)
{
  for (guint i = 0; i < count; i++)
    if (g_str_equal (((LiaPushFile *)files->pdata[i])->name, name))
      return TRUE;

  return FALSE;
}

/* Names of files tell of persons, too; and by its name a file is known again */
static void
name_file (GPtrArray *files,
           guint      index,
           Desk      *desk)
{
  LiaPushFile     *file = files->pdata[index];
  g_autofree char *shown = redact (*file->name != '\0' ? file->name : "file", desk);
  g_autofree char *name = g_strdelimit (g_path_get_basename (shown), "[]\r\n", '-');
  const char      *dot = strrchr (name, '.');
  const int        stem = dot != NULL && dot != name ? (int)(dot - name) : (int)strlen (name);

  g_set_str (&file->name, name);
  for (guint i = 2; is_taken (files, index, file->name); i++)
    {
      g_free (file->name);
      file->name = g_strdup_printf ("%.*s-%u%s", stem, name, i, name + stem);
    }
}

/* An answer goes where the question was asked, and to nobody else */
static gboolean
take_question (LiaPushPreview    *preview,
               const LiaPushWish *wish,
               LiaDb             *db,
               gint64             finding_id,
               GError           **error)
{
  gint64 n;

  if (wish->question_id == 0)
    return TRUE;
  g_free (preview->question);
  preview->question = lia_id_format ("e", wish->question_id);
  if (!lia_db_get_int (db, &n, error,
                       "SELECT count (*) FROM question AS q CROSS JOIN issue AS i ON i.id = q.issue_id CROSS JOIN finding_issue AS l ON l.issue_id = i.id "
                       "CROSS JOIN finding AS m ON m.id = l.finding_id WHERE q.id = $1 AND i.tracker_id = $2 AND m.root_id = $3",
                       "iii", wish->question_id, wish->tracker_id, finding_id))
    return FALSE;
  if (n == 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such question.");

  return n > 0;
}

/* FALSE: the store does not work */
static gboolean
take_files (LiaPushPreview    *preview,
            const LiaPushWish *wish,
            LiaTrackerSetup   *tracker,
            LiaDb             *db,
            gint64             finding_id,
            Desk              *desk,
            GError           **error)
{
  GPtrArray *offered = NULL;

  if (wish->question_id != 0)
    return TRUE; /* an answer is words */
  offered = lia_push_files_offer (db, finding_id, error);
  if (offered == NULL)
    return FALSE;
  g_ptr_array_unref (preview->offered);
  preview->offered = offered;
  if (wish->files == NULL || wish->sent_files == NULL)
    return TRUE;
  g_ptr_array_unref (preview->files);
  preview->files = g_ptr_array_ref (wish->files);
  g_ptr_array_unref (preview->sent_files);
  preview->sent_files = lia_push_files_copy (wish->sent_files);
  for (guint i = 0; i < preview->sent_files->len; i++)
    name_file (preview->sent_files, i, desk);
  lia_push_files_limit (preview->sent_files, lia_tracker_kinds_get_max_file (tracker));

  return TRUE;
}

static void
take_marks (LiaRedactor       *redactor,
            const LiaPushWish *wish)
{
  for (guint i = 0; wish->keep != NULL && wish->keep[i] != NULL; i++)
    lia_redactor_keep (redactor, wish->keep[i]);
  for (guint i = 0; wish->hide != NULL && wish->hide[i] != NULL; i++)
    lia_redactor_add_words (redactor, LIA_PERSONAL_WORDS, wish->hide[i]);
}

/**
 * lia_push_text_make:
 * @db: in a transaction
 *
 * Returns: (transfer full): what would leave; or NULL with %LIA_PROBLEM_NOT_FOUND or %LIA_PROBLEM_VALIDATION
 */
LiaPushPreview *
lia_push_text_make (LiaDb             *db,
                    const LiaPushWish *wish,
                    GError           **error)
{
  g_autoptr (LiaFinding) finding = lia_query_finding (db, wish->finding_id, lia_time_now (), error);
  g_autoptr (LiaTrackerSetup) tracker = finding != NULL ? lia_query_tracker (db, wish->tracker_id, NULL, error) : NULL;
  g_autoptr (LiaPushPreview) preview = lia_push_preview_new ();
  g_autoptr (LiaRedactor) redactor = NULL;
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, hidden_free);
  g_autoptr (GPtrArray) quotes = NULL;
  Desk   desk;
  gint64 finding_id = 0;

  if (tracker == NULL || !take_marker (preview, wish->marker, error))
    return NULL;
  lia_id_parse (finding->id, "f", &finding_id);
  redactor = lia_push_people_redactor (db, finding_id, tracker->is_public, &quotes, error);
  if (redactor == NULL || !take_question (preview, wish, db, finding_id, error))
    return NULL;

  desk = (Desk){ redactor, hidden };
  take_marks (redactor, wish);
  g_set_str (&preview->finding, finding->id);
  g_set_str (&preview->tracker, tracker->id);
  preview->is_public = tracker->is_public;
  set_words (&preview->keep, wish->keep);
  set_words (&preview->hide, wish->hide);
  write_texts (preview, wish, finding, tracker, quotes, &desk);
  if (!take_files (preview, wish, tracker, db, finding_id, &desk, error))
    return NULL;
  render (preview, tracker, finding_id);
  if (*preview->title != '\0' || wish->question_id != 0)
    return g_steal_pointer (&preview);
  lia_problem_set_invalid (error, "/title", "missing", "Say in one line what it is about");

  return NULL;
}
