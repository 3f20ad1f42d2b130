/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-words.h"

#include "lia-format.h"
#include "lia-issue-stage.h"

#include <glib/gi18n.h>

/* Issues ---------------------------------------------------------------------------------------------------------------------------------- */

/* As people write it: "#4711", but "SHOP-12" */
static char *
key_words (LiaIssue *issue)
{
  return g_ascii_isdigit (*issue->key) ? g_strconcat ("#", issue->key, NULL) : g_strdup (issue->key);
}

/** lia_push_words_issue: (transfer full): its key and title, in one line. */
char *
lia_push_words_issue (LiaIssue *issue)
{
  g_autofree char *key = key_words (issue);

  return *issue->title != '\0' ? g_strdup_printf ("%s · %s", key, issue->title) : g_steal_pointer (&key);
}

static void
append_part (GString    *text,
             const char *format,
             const char *value)
{
  g_autoptr (GString) part = NULL;

  if (*value == '\0')
    return;
  part = g_string_new (format);
  g_string_replace (part, "%s", value, 1);
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part->str);
}

/* It is done, and customers have it once its release is out: that depends on how its tracker is set up. */
static gboolean
is_unreleased (LiaIssue   *issue,
               GListModel *trackers)
{
  for (guint i = 0; trackers != NULL && i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (trackers, i);

      if (g_str_equal (tracker->id, issue->tracker))
        return lia_issue_stage (issue, tracker) == LIA_ISSUE_UNRELEASED;
    }

  return FALSE;
}

static const char *
state_words (LiaIssue   *issue,
             GListModel *trackers)
{
  if (is_unreleased (issue, trackers))
    return _ ("Fixed, not yet released");

  return issue->is_closed && *issue->state == '\0' ? _ ("Closed") : issue->state;
}

/** lia_push_words_issue_about: (transfer full): how far the engineers are with it; may be empty. @trackers: (nullable): of LiaTrackerSetup, as they are set up */
char *
lia_push_words_issue_about (LiaIssue   *issue,
                            GListModel *trackers)
{
  g_autoptr (GString) text = g_string_new (state_words (issue, trackers));

  /* Translators: an engineer */
  append_part (text, _ ("with %s"), issue->assignee);
  if (issue->is_closed && issue->is_released)
    /* Translators: a release */
    append_part (text, _ ("released in %s"), issue->milestone);
  else
    /* Translators: a release */
    append_part (text, _ ("planned for %s"), issue->milestone);
  if (*issue->problem != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", issue->problem);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** lia_push_words_issue_untold: (transfer full): that the engineers cannot be told how many customers say it, and why. */
char *
lia_push_words_issue_untold (LiaIssue *issue)
{
  g_autofree char *key = key_words (issue);

  /* Translators: an issue, “#4711”; behind it stands why */
  g_autofree char *words = g_strdup_printf (_ ("The comment below %s that says it could not be written."), key);

  return g_strdup_printf ("%s\n%s", words, issue->untold);
}

/** lia_push_words_issue_icon: @trackers: as above */
const char *
lia_push_words_issue_icon (LiaIssue   *issue,
                           GListModel *trackers)
{
  if (*issue->problem != '\0')
    return "dialog-warning-symbolic";
  if (is_unreleased (issue, trackers))
    return "lia-waiting-symbolic";

  return issue->is_closed ? "lia-check-round-symbolic" : "lia-bug-symbolic";
}

/* What is on its way ---------------------------------------------------------------------------------------------------------------------- */

/** lia_push_words_is_open: it is on its way, or somebody has to do something about it. */
gboolean
lia_push_words_is_open (LiaPush *push)
{
  return push != NULL && push->state != LIA_PUSH_FILED && push->state != LIA_PUSH_CANCELLED && push->state != LIA_PUSH_RETRACTED;
}

static guint
count_there (LiaPush *push)
{
  guint n_there = 0;

  for (guint i = 0; i < push->files->len; i++)
    n_there += ((LiaPushFile *)push->files->pdata[i])->is_there ? 1 : 0;

  return n_there;
}

/** lia_push_words_is_missing_files: the issue is there, and files of it are not and do not come by themselves. */
gboolean
lia_push_words_is_missing_files (LiaPush *push)
{
  return push->state == LIA_PUSH_FILED && count_there (push) < push->files->len;
}

/* Where all is there and something is wrong, the tracker refused to take it back. */
static const char *
filed_title (LiaPush *push)
{
  if (*push->problem == '\0')
    return _ ("With the Engineers");

  return lia_push_words_is_missing_files (push) ? _ ("With the Engineers, but Not All Its Files") : _ ("Could Not Be Withdrawn");
}

const char *
lia_push_words_title (LiaPush *push)
{
  switch (push->state)
    {
    case LIA_PUSH_QUEUED:
      return *push->problem != '\0' ? _ ("Waits to Be Sent") : _ ("On Its Way");
    case LIA_PUSH_SENDING:
      return _ ("On Its Way");
    case LIA_PUSH_UNKNOWN:
      return _ ("May Have Arrived");
    case LIA_PUSH_ATTACHING:
      return _ ("With the Engineers, Its Files Follow");
    case LIA_PUSH_FILED:
      return filed_title (push);
    case LIA_PUSH_CANCELLED:
      return _ ("Taken Back before It Left");
    case LIA_PUSH_RETRACTING:
      return _ ("Being Withdrawn");
    case LIA_PUSH_RETRACTED:
      return _ ("Withdrawn");
    case LIA_PUSH_FAILED:
    default:
      return _ ("Could Not Be Sent");
    }
}

static char *
next_words (LiaPush *push,
            gint64   now_ms)
{
  g_autofree char *moment = push->retry_ms > now_ms ? lia_format_moment (push->retry_ms, now_ms) : NULL;

  if (push->state == LIA_PUSH_FAILED)
    return g_strdup (_ ("It is kept here. When that is put right, try again."));
  if (push->state == LIA_PUSH_UNKNOWN)
    return g_strdup (_ ("Liaison looks for it there before anything is sent again, so that it is there once."));
  if (push->state == LIA_PUSH_ATTACHING && *push->problem == '\0')
    return g_strdup_printf (ngettext ("%u of %u file is there. You need not wait.", "%u of %u files are there. You need not wait.", push->files->len), count_there (push),
                            push->files->len);
  if (moment != NULL)
    /* Translators: a time of day, with its date if it is not today */
    return g_strdup_printf (_ ("It is tried again by itself: %s."), moment);

  return g_strdup (*push->problem != '\0' ? _ ("It is tried again by itself.") : _ ("You need not wait for it."));
}

/** lia_push_words_about: (transfer full): what went wrong, and what happens next. */
char *
lia_push_words_about (LiaPush *push,
                      gint64   now_ms)
{
  g_autofree char *next = NULL;

  if (!lia_push_words_is_open (push))
    return g_strdup (push->problem);
  next = next_words (push, now_ms);

  return *push->problem != '\0' ? g_strdup_printf ("%s\n%s", push->problem, next) : g_steal_pointer (&next);
}

const char *
lia_push_words_icon (LiaPush *push)
{
  switch (push->state)
    {
    case LIA_PUSH_FAILED:
      return "dialog-warning-symbolic";
    case LIA_PUSH_FILED:
      return *push->problem != '\0' ? "dialog-warning-symbolic" : "lia-check-round-symbolic";
    case LIA_PUSH_CANCELLED:
    case LIA_PUSH_RETRACTED:
      return "edit-undo-symbolic";
    case LIA_PUSH_QUEUED:
    case LIA_PUSH_SENDING:
    case LIA_PUSH_UNKNOWN:
    case LIA_PUSH_ATTACHING:
    case LIA_PUSH_RETRACTING:
    default:
      return "lia-waiting-symbolic";
    }
}

/**
 * lia_push_words_standing: (transfer full) (nullable): in one line, what the engineers have of @finding, or what keeps them from having it; NULL: nothing was
 * sent, and nothing was linked.
 */
char *
lia_push_words_standing (LiaFinding *finding)
{
  LiaIssue        *issue = finding->issues->len > 0 ? finding->issues->pdata[0] : NULL;
  g_autofree char *key = issue != NULL ? key_words (issue) : NULL;

  if (lia_push_words_is_open (finding->push))
    return g_strdup (lia_push_words_title (finding->push));
  if (issue == NULL)
    return NULL;

  return *issue->state != '\0' ? g_strdup_printf ("%s · %s", key, issue->state) : g_steal_pointer (&key);
}

/* Files ------------------------------------------------------------------------------------------------------------------------------------ */

static void
append_words (GString    *text,
              const char *words)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
}

/**
 * lia_push_words_file: (transfer full): what is to be known of a file before it leaves.
 * @sent: (nullable): as it leaves; NULL: it does not, or that is not known yet
 */
char *
lia_push_words_file (LiaAttachment *attachment,
                     LiaPushFile   *sent)
{
  const gint64     size = sent != NULL ? sent->size_bytes : attachment->size_bytes;
  g_autofree char *size_words = g_format_size ((guint64)MAX (0, size));
  g_autoptr (GString) text = g_string_new (size_words);

  if (attachment->dangerous)
    append_words (text, _ ("may do harm to who opens it"));
  if (sent == NULL)
    return g_string_free_and_steal (g_steal_pointer (&text));
  if (*sent->problem != '\0')
    return g_strdup (sent->problem);
  if (g_strcmp0 (sent->name, attachment->name) != 0)
    /* Translators: a file's name */
    append_part (text, _ ("leaves as “%s”"), sent->name);
  if (sent->metadata == LIA_METADATA_STRIPPED)
    append_words (text, _ ("what it said of place, time and device was taken out"));
  else if (sent->metadata == LIA_METADATA_STAYS)
    append_words (text, _ ("whatever it says of who made it leaves, too"));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** lia_push_words_file_state: how far a file is that was sent. */
const char *
lia_push_words_file_state (LiaPush     *push,
                           LiaPushFile *file)
{
  if (file->is_there)
    return _ ("Is there");
  if (*file->problem != '\0')
    return file->problem;

  return push->state == LIA_PUSH_FAILED || push->state == LIA_PUSH_CANCELLED ? _ ("Stayed here") : _ ("Follows");
}

const char *
lia_push_words_file_icon (LiaPushFile *file)
{
  if (file->is_there)
    return "lia-check-round-symbolic";

  return *file->problem != '\0' ? "dialog-warning-symbolic" : "lia-waiting-symbolic";
}

/* What stays here ------------------------------------------------------------------------------------------------------------------------- */

const char *
lia_push_words_kind (LiaPersonalKind kind)
{
  static const char *const words[LIA_N_PERSONAL_KINDS] = {
    [LIA_PERSONAL_WORDS] = N_ ("Taken out by you"),
    [LIA_PERSONAL_SECRET] = N_ ("Password or key"),
    [LIA_PERSONAL_MAIL] = N_ ("E-mail address"),
    [LIA_PERSONAL_IBAN] = N_ ("Bank account"),
    [LIA_PERSONAL_CARD] = N_ ("Payment card"),
    [LIA_PERSONAL_IP] = N_ ("Internet address of a person"),
    [LIA_PERSONAL_PHONE] = N_ ("Telephone number"),
    [LIA_PERSONAL_ID] = N_ ("Official number of a person"),
    [LIA_PERSONAL_LOGIN] = N_ ("User name"),
    [LIA_PERSONAL_NAME] = N_ ("Name"),
    [LIA_PERSONAL_ADDRESS] = N_ ("Postal address"),
    [LIA_PERSONAL_SIGNATURE] = N_ ("Signature"),
  };

  return _ (words[kind]);
}
