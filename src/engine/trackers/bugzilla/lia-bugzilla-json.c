/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes of version 1 of its REST API: https://bugzilla.readthedocs.io/en/5.2/api/core/v1/ */

#include "lia-bugzilla-json.h"

#include "lia-issue-question.h"
#include "lia-tracker-site.h"

#define MAX_NAME_BYTES 4000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)
#define MAX_ITEMS 10000
#define NO_MILESTONE "---"

/* "RESOLVED: FIXED": what became of a bug says its resolution, not its status */
static gboolean
read_state (JsonObject *bug,
            LiaIssue   *issue,
            GError    **error)
{
  const char *status;
  const char *resolution = NULL;
  gboolean    is_open = TRUE;

  if (!lia_json_str (bug, "status", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &status, error) ||
      !lia_json_str (bug, "resolution", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &resolution, error) ||
      !lia_json_bool (bug, "is_open", LIA_JSON_REQUIRED, &is_open, error))
    return FALSE;
  g_free (issue->state);
  issue->state = resolution != NULL && *resolution != '\0' ? g_strdup_printf ("%s: %s", status, resolution) : g_strdup (status);
  issue->is_closed = !is_open;
  issue->wants_info = is_open && lia_issue_question_is_state (status);

  return TRUE;
}

static gboolean
read_people (JsonObject *bug,
             LiaIssue   *issue,
             GError    **error)
{
  JsonObject *person = NULL;
  const char *login = NULL;
  const char *name = NULL;

  if (!lia_json_str (bug, "assigned_to", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &login, error) ||
      !lia_json_obj (bug, "assigned_to_detail", LIA_JSON_OPTIONAL, &person, error) ||
      (person != NULL && !lia_json_str (person, "real_name", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &name, error)))
    return FALSE;
  lia_tracker_take (&issue->assignee, name != NULL && *name != '\0' ? name : login);

  return TRUE;
}

static gboolean
read_milestone (JsonObject *bug,
                LiaIssue   *issue,
                GError    **error)
{
  const char *milestone = NULL;

  if (!lia_json_str (bug, "target_milestone", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &milestone, error))
    return FALSE;
  if (g_strcmp0 (milestone, NO_MILESTONE) != 0)
    lia_tracker_take (&issue->milestone, milestone);

  return TRUE;
}

/* A keyword, or a flag "needinfo?" as most ask by */
static gboolean
asks (JsonObject *bug)
{
  JsonArray  *keywords = NULL;
  JsonArray  *flags = NULL;
  JsonObject *flag;
  const char *name;
  const char *status;

  lia_json_arr (bug, "keywords", LIA_JSON_OPTIONAL, MAX_ITEMS, &keywords, NULL);
  lia_json_arr (bug, "flags", LIA_JSON_OPTIONAL, MAX_ITEMS, &flags, NULL);
  for (guint i = 0; keywords != NULL && i < json_array_get_length (keywords); i++)
    if (lia_json_arr_str (keywords, i, MAX_NAME_BYTES, &name, NULL) && lia_issue_question_is_state (name))
      return TRUE;
  for (guint i = 0; flags != NULL && i < json_array_get_length (flags); i++)
    if (lia_json_arr_obj (flags, i, &flag, NULL) && lia_json_str (flag, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &name, NULL) &&
        lia_json_str (flag, "status", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &status, NULL) && g_str_equal (status, "?") && lia_issue_question_is_state (name))
      return TRUE;

  return FALSE;
}

/* One bug comes as a list, too */
static JsonObject *
get_bug (JsonObject *object,
         GError    **error)
{
  JsonArray  *bugs;
  JsonObject *bug;

  if (!json_object_has_member (object, "bugs"))
    return object;

  return lia_json_arr (object, "bugs", LIA_JSON_REQUIRED, MAX_ITEMS, &bugs, error) && lia_json_arr_obj (bugs, 0, &bug, error) ? bug : NULL;
}

/** lia_bugzilla_read_issue: (transfer full) (nullable): as LiaTrackerIssueReader. @object: a bug, or an answer with one in it */
LiaIssue *
lia_bugzilla_read_issue (JsonObject *object,
                         const char *base_url,
                         GError    **error)
{
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  JsonObject *bug = get_bug (object, error);
  const char *title;
  gint64      number;

  if (bug == NULL || !lia_json_int (bug, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &number, error) ||
      !lia_json_str (bug, "summary", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &title, error) || !read_state (bug, issue, error) ||
      !read_people (bug, issue, error) || !read_milestone (bug, issue, error) ||
      !lia_json_time (bug, "last_change_time", LIA_JSON_REQUIRED, &issue->updated_ms, error))
    return NULL;

  g_free (issue->key);
  g_free (issue->url);
  issue->key = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  issue->url = g_strdup_printf ("%s/show_bug.cgi?id=%" G_GINT64_FORMAT, base_url, number);
  lia_tracker_take (&issue->title, title);
  issue->wants_info = issue->wants_info || (!issue->is_closed && asks (bug));

  return g_steal_pointer (&issue);
}

/** lia_bugzilla_has_alias: whether the bug in @reply has it: a list, but one text in Mozilla's own Bugzilla. */
gboolean
lia_bugzilla_has_alias (JsonObject *reply,
                        const char *alias)
{
  JsonObject *bug = get_bug (reply, NULL);
  JsonArray  *all = NULL;
  const char *one = NULL;

  if (bug == NULL)
    return FALSE;
  if (lia_json_str (bug, "alias", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &one, NULL))
    return g_strcmp0 (one, alias) == 0;
  if (!lia_json_arr (bug, "alias", LIA_JSON_OPTIONAL, MAX_ITEMS, &all, NULL) || all == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (all); i++)
    if (lia_json_arr_str (all, i, MAX_NAME_BYTES, &one, NULL) && g_str_equal (one, alias))
      return TRUE;

  return FALSE;
}

/** lia_bugzilla_get_list: (transfer none) (nullable): of {"bugs":{"35":…}}, the answer's one bug: a list, or the member @name (nullable) that is one */
JsonArray *
lia_bugzilla_get_list (JsonObject *reply,
                       const char *name,
                       GError    **error)
{
  JsonObjectIter iter;
  JsonObject    *bugs;
  JsonObject    *bug;
  JsonArray     *list = NULL;
  const char    *key = "";

  if (!lia_json_obj (reply, "bugs", LIA_JSON_REQUIRED, &bugs, error))
    return NULL;
  json_object_iter_init_ordered (&iter, bugs);
  json_object_iter_next_ordered (&iter, &key, NULL);
  if (name == NULL)
    lia_json_arr (bugs, key, LIA_JSON_REQUIRED, MAX_ITEMS, &list, error);
  else if (lia_json_obj (bugs, key, LIA_JSON_REQUIRED, &bug, error))
    lia_json_arr (bug, name, LIA_JSON_REQUIRED, MAX_ITEMS, &list, error);

  return list;
}

/** lia_bugzilla_find_comment: (transfer none) (nullable): the first with @mark in it. */
JsonObject *
lia_bugzilla_find_comment (JsonArray  *comments,
                           const char *mark)
{
  for (guint i = 0; i < json_array_get_length (comments); i++)
    {
      JsonObject *comment;
      const char *text;

      if (lia_json_arr_obj (comments, i, &comment, NULL) && lia_json_str (comment, "text", LIA_JSON_REQUIRED, MAX_TEXT_BYTES, &text, NULL) &&
          lia_tracker_has_marker (text, mark))
        return comment;
    }

  return NULL;
}

/** lia_bugzilla_choose: (transfer full) (nullable): @wanted when it is among @values, else the first of them. */
char *
lia_bugzilla_choose (JsonArray  *values,
                     const char *wanted)
{
  const char *first = NULL;
  const char *value;

  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      if (!lia_json_arr_str (values, i, MAX_NAME_BYTES, &value, NULL))
        continue;
      if (g_str_equal (value, wanted))
        return g_strdup (value);
      first = first != NULL ? first : value;
    }

  return g_strdup (first);
}

/** lia_bugzilla_choose_active: (transfer full) (nullable): of @product's components or versions that new bugs can have. */
char *
lia_bugzilla_choose_active (JsonObject *product,
                            const char *name,
                            const char *wanted)
{
  g_autoptr (JsonArray) names = json_array_new ();
  JsonArray *items = NULL;

  lia_json_arr (product, name, LIA_JSON_OPTIONAL, MAX_ITEMS, &items, NULL);
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject *item;
      const char *word;
      gboolean    is_active = TRUE;

      if (lia_json_arr_obj (items, i, &item, NULL) && lia_json_str (item, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &word, NULL) &&
          lia_json_bool (item, "is_active", LIA_JSON_OPTIONAL, &is_active, NULL) && is_active)
        json_array_add_string_element (names, word);
    }

  return lia_bugzilla_choose (names, wanted);
}

/**
 * lia_bugzilla_correct: as LiaTrackerCorrect. It says 401 of whatever is not allowed, and 400 of a key that it does not know: the numbers of
 * Bugzilla/WebService/Constants.pm, which “are never recycled”, tell more.
 */
guint
lia_bugzilla_correct (guint       status,
                      JsonObject *body)
{
  static const struct
  {
    gint64 code;
    guint  status;
  } codes[] = {
    { 51, 404 },    /* no such object */
    { 100, 404 },   /* no bug with this alias */
    { 101, 404 },   /* no bug with this number */
    { 32614, 404 }, /* no such resource */
    { 102, 403 },   /* the bug is not for us */
    { 106, 403 },   /* nor the product, or it takes no bugs any more */
    { 109, 403 },   /* the product may not be edited */
    { 110, 403 },   /* the comment is private */
    { 113, 403 },   /* only insiders make comments private */
    { 115, 403 },   /* the field may not be changed */
    { 120, 403 },   /* nor the groups */
    { 504, 403 },   /* nor the other login be seen */
    { 505, 403 },
    { 300, 401 }, /* no such login */
    { 301, 401 }, /* it is locked */
    { 304, 401 },
    { 306, 401 }, /* no such key, or it was revoked */
    { 307, 401 },
    { 410, 401 }, /* it wants to know who asks */
  };
  gint64 code = 0;

  if (!lia_json_int (body, "code", LIA_JSON_OPTIONAL, G_MININT64, G_MAXINT64, &code, NULL))
    return status;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      return codes[i].status;

  return status;
}

/** lia_bugzilla_explain: (transfer full) (nullable): as LiaTrackerExplain. */
char *
lia_bugzilla_explain (JsonObject *body)
{
  const char *text = NULL;

  lia_json_str (body, "message", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &text, NULL);

  return g_strdup (text);
}
