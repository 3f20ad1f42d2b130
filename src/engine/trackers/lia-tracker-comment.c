/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written below issues. Comments that cannot be read are left out: they are no reason to hear none of the others. */

#include "lia-tracker-comment.h"

#include "lia-json.h"

#define MAX_NAME_BYTES 4000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)
#define MAX_ITEMS 10000

static void
comment_free (gpointer data)
{
  LiaTrackerComment *comment = data;

  g_free (comment->key);
  g_free (comment->author);
  g_free (comment->text);
  g_free (comment);
}

LiaTrackerComments *
lia_tracker_comments_new (const char *login)
{
  LiaTrackerComments *self = g_new0 (LiaTrackerComments, 1);

  self->login = g_strdup (login != NULL ? login : "");
  self->items = g_ptr_array_new_with_free_func (comment_free);

  return self;
}

void
lia_tracker_comments_free (LiaTrackerComments *self)
{
  g_free (self->login);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/** lia_tracker_read_word: (transfer full) (nullable): a text or a number: ids are the one here and the other there. */
char *
lia_tracker_read_word (JsonObject *object,
                       const char *name)
{
  const char *text = NULL;
  gint64      number = 0;

  if (lia_json_str (object, name, LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &text, NULL) && text != NULL)
    return g_strdup (text);
  if (json_object_has_member (object, name) && lia_json_int (object, name, LIA_JSON_OPTIONAL, 0, G_MAXINT64, &number, NULL) && number != 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return NULL;
}

static char *
read_name (JsonObject                   *person,
           const LiaTrackerCommentShape *shape)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape->names) && shape->names[i] != NULL; i++)
    {
      g_autofree char *name = lia_tracker_read_word (person, shape->names[i]);

      if (name != NULL && *name != '\0')
        return g_steal_pointer (&name);
    }

  return g_strdup ("");
}

/**
 * lia_tracker_comments_add:
 * @me: (nullable): the id of whom the key belongs to
 * @text: (nullable): what it says, where that is no mere text
 *
 * Adds what somebody has written; what has no words is a note of the tracker's own, and is left out.
 */
void
lia_tracker_comments_add (LiaTrackerComments           *self,
                          JsonObject                   *object,
                          const LiaTrackerCommentShape *shape,
                          const char                   *me,
                          const char                   *text)
{
  g_autofree char   *key = lia_tracker_read_word (object, "id");
  g_autofree char   *id = NULL;
  JsonObject        *person = object;
  gboolean           is_system = FALSE;
  gint64             at_ms = 0;
  LiaTrackerComment *comment;

  if (text == NULL)
    lia_json_str (object, shape->text, LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &text, NULL);
  if (shape->person != NULL && (!lia_json_obj (object, shape->person, LIA_JSON_OPTIONAL, &person, NULL) || person == NULL))
    person = object;
  if (json_object_has_member (object, "system"))
    lia_json_bool (object, "system", LIA_JSON_OPTIONAL, &is_system, NULL);
  if (key == NULL || text == NULL || *text == '\0' || is_system || !lia_json_time (object, shape->at, LIA_JSON_REQUIRED, &at_ms, NULL))
    return;

  id = lia_tracker_read_word (person, shape->id);
  comment = g_new0 (LiaTrackerComment, 1);
  comment->key = g_steal_pointer (&key);
  comment->author = read_name (person, shape);
  comment->text = g_strdup (text);
  comment->is_own = me != NULL && g_strcmp0 (id, me) == 0;
  comment->at_ms = at_ms;
  g_ptr_array_add (self->items, comment);
}

/** lia_tracker_comments_add_all: @items: of comments whose words are mere texts */
void
lia_tracker_comments_add_all (LiaTrackerComments           *self,
                              JsonArray                    *items,
                              const LiaTrackerCommentShape *shape,
                              const char                   *me)
{
  for (guint i = 0; i < MIN (json_array_get_length (items), MAX_ITEMS); i++)
    {
      JsonObject *item;

      if (lia_json_arr_obj (items, i, &item, NULL))
        lia_tracker_comments_add (self, item, shape, me, NULL);
    }
}
