/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages that a visitor has agreed to show while she chats: a path and a title, no more, whatever her browser sends. Pure. */

#include "lia-chat-pages.h"

#include "lia-json.h"

#define MAX_URL 2000
#define MAX_TITLE 1200

typedef struct
{
  const char *url;
  const char *title;
  gint64      at_ms;
} Page;

static gboolean
read_page (JsonArray *pages,
           guint      index,
           Page      *page,
           GError   **error)
{
  JsonObject *object;

  return lia_json_arr_obj (pages, index, &object, error) && lia_json_str (object, "url", LIA_JSON_REQUIRED, MAX_URL, &page->url, error) &&
         lia_json_str (object, "title", LIA_JSON_REQUIRED, MAX_TITLE, &page->title, error) &&
         lia_json_time (object, "at", LIA_JSON_REQUIRED, &page->at_ms, error);
}

gboolean
lia_chat_pages_check (JsonArray *pages,
                      GError   **error)
{
  Page page;

  for (guint i = 0; i < json_array_get_length (pages); i++)
    if (!read_page (pages, i, &page, error))
      return FALSE;

  return TRUE;
}

/** lia_chat_pages_clean: (transfer full): of those that lia_chat_pages_check() has taken, the site's own, without query and fragment. */
JsonArray *
lia_chat_pages_clean (JsonArray    *pages,
                      LiaChatPlace *place)
{
  JsonArray *clean = json_array_new ();
  Page       page;

  for (guint i = 0; i < json_array_get_length (pages); i++)
    {
      g_autofree char *url = read_page (pages, i, &page, NULL) ? lia_chat_place_dup_page (place, page.url) : NULL;
      JsonObject      *object;

      if (url == NULL || *url == '\0')
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "url", url);
      json_object_set_string_member (object, "title", page.title);
      lia_json_set_time (object, "at", page.at_ms);
      json_array_add_object_element (clean, object);
    }

  return clean;
}
