/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-push-wish.h"

#include "lia-finding.h"
#include "lia-id.h"
#include "lia-problem.h"
#include "lia-wire.h"

#define MAX_WORDS 200
#define MAX_WORDS_BYTES 1000

static gboolean
read_words (JsonObject *object,
            const char *name,
            GStrv      *words,
            GError    **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!lia_json_arr (object, name, LIA_JSON_OPTIONAL, MAX_WORDS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *word;

      if (!lia_json_arr_str (array, i, MAX_WORDS_BYTES, &word, error))
        {
          lia_problem_prefix (error, name, (int)i);
          return FALSE;
        }
      g_strv_builder_add (builder, word);
    }
  *words = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
read_files (JsonObject *object,
            GPtrArray **files,
            GError    **error)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  if (!lia_json_arr (object, "files", LIA_JSON_OPTIONAL, LIA_PUSH_MAX_FILES, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject    *item;
      LiaAttachment *attachment = lia_json_arr_obj (array, i, &item, error) ? lia_wire_decode_attachment (item, error) : NULL;

      if (attachment == NULL)
        {
          lia_problem_prefix (error, "files", (int)i);
          return FALSE;
        }
      g_ptr_array_add (read, attachment);
    }
  *files = g_steal_pointer (&read);

  return TRUE;
}

/** lia_push_wish_read: what a preview and a push are asked for with, but for the finding. Texts are the object's. */
gboolean
lia_push_wish_read (LiaPushWish *self,
                    JsonObject  *object,
                    GError     **error)
{
  const char *tracker;
  const char *question;

  if (!lia_json_str (object, "tracker", LIA_JSON_REQUIRED, 32, &tracker, error) ||
      !lia_json_str (object, "question", LIA_JSON_OPTIONAL, 32, &question, error) || !lia_json_str (object, "title", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_TITLE_BYTES, &self->title, error) ||
      !lia_json_str (object, "source", LIA_JSON_OPTIONAL, LIA_PUSH_MAX_SOURCE_BYTES, &self->source, error) ||
      !lia_json_str (object, "marker", LIA_JSON_OPTIONAL, 64, &self->marker, error) || !read_words (object, "keep", &self->keep, error) ||
      !read_words (object, "hide", &self->hide, error) || !read_files (object, &self->files, error))
    return FALSE;
  if (lia_id_parse (tracker, "t", &self->tracker_id) && (question == NULL || *question == '\0' || lia_id_parse (question, "e", &self->question_id)))
    return TRUE;
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, self->tracker_id == 0 ? "There is no such tracker." : "There is no such question.");

  return FALSE;
}

void
lia_push_wish_clear (LiaPushWish *self)
{
  g_clear_pointer (&self->keep, g_strfreev);
  g_clear_pointer (&self->hide, g_strfreev);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->sent_files, g_ptr_array_unref);
}
