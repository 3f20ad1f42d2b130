/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The loader and the panel's page are made for each site, and asked for again when they may have changed. What the page itself loads has the version of
 * all files in its path: it never changes there, and is kept for ever.
 */

#include "lia-chat-widget.h"

#include "lia-chat-hub-private.h"
#include "lia-json-text.h"
#include "lia-sha256.h"

#include <liaison-web.h>
#include <string.h>

#define WEB_PATH "/org/liaisondesk/Liaison/web/"
#define MAX_WORDS (64 * 1024)
#define DEFAULT_COLOR "#1c71d8"
#define DEFAULT_LANGUAGE "en"
#define FILES_PATH "/chat/widget/files/"
#define KEPT_A_WHILE "public, max-age=300"
#define KEPT_FOR_EVER "public, max-age=31536000, immutable"
#define ASKED_AGAIN "no-cache"

/* Its own files and calls alone, and only in pages of the site. */
static const char frame_policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
                                   "form-action 'none'; base-uri 'none'; frame-ancestors ";

static const struct
{
  const char *suffix;
  const char *type;
} types[] = {
  { ".js", "text/javascript; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".html", "text/html; charset=utf-8" },
};

static GBytes *
look_up (const char *name)
{
  g_autofree char *path = g_strconcat (WEB_PATH, name, NULL);

  return g_resource_lookup_data (liaison_web_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Comments and indentation are for whoever reads the files here, and a fifth of what visitors would load. A comment has lines of its own,
 * or follows a statement. */
static char *
strip (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *stripped = g_string_new (NULL);
  gboolean in_comment = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char    *line = g_strstrip (lines[i]);
      char    *remark = strstr (line, "; // ");
      gboolean skipped = in_comment || *line == '\0' || g_str_has_prefix (line, "//") || g_str_has_prefix (line, "/*");

      if (in_comment || g_str_has_prefix (line, "/*"))
        in_comment = strstr (line, "*/") == NULL;
      if (remark != NULL)
        remark[1] = '\0';
      if (!skipped)
        g_string_append_printf (stripped, "%s\n", line);
    }

  return g_string_free_and_steal (stripped);
}

/* The licence of all of it stands where a browser begins: in the loader and in the panel's page. */
static char *
strip_file (const char *name,
            const char *text)
{
  g_autofree char *stripped = strip (text);

  return g_str_equal (name, "loader.js") ? g_strdup_printf ("%.*s\n%s", (int)strcspn (text, "\n"), text, stripped) : g_steal_pointer (&stripped);
}

/* (transfer full): one that is there. */
static char *
read_text (const char *name)
{
  g_autoptr (GBytes) bytes = look_up (name);
  g_autofree char *text = NULL;
  gsize            length;
  const char      *data;

  g_assert (bytes != NULL);
  data = g_bytes_get_data (bytes, &length);
  text = g_strndup (data, length);

  return g_str_has_suffix (name, ".json") ? g_steal_pointer (&text) : strip_file (name, text);
}

static void
add_files (GString    *all,
           const char *folder)
{
  g_autofree char *path = g_strconcat (WEB_PATH, folder, NULL);
  g_auto (GStrv) names = g_resource_enumerate_children (liaison_web_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (folder, names[i], NULL);
      g_autofree char *text = NULL;

      if (g_str_has_suffix (name, "/"))
        continue;
      text = read_text (name);
      g_string_append (all, text);
    }
}

static const char *
get_version (void)
{
  static char *version = NULL;

  if (version == NULL)
    {
      g_autoptr (GString) all = g_string_new (NULL);
      g_autofree char *hash = NULL;

      add_files (all, "");
      add_files (all, "words/");
      hash = lia_sha256_text (all->str, all->len);
      version = g_strndup (hash, 16);
    }

  return version;
}

/* Languages ------------------------------------------------------------------------------------------------------------------------------- */

/* (transfer full): of that language, which has them. */
static JsonObject *
read_words (const char *language)
{
  g_autofree char *name = g_strdup_printf ("words/%s.json", language);
  g_autofree char *text = read_text (name);
  g_autoptr (GError) error = NULL;
  JsonObject *words = lia_json_parse (text, -1, MAX_WORDS, &error);

  if (words == NULL)
    g_error ("%s: %s", name, error->message);

  return words;
}

static gboolean
has_words (const char *language)
{
  g_autofree char *name = g_strdup_printf ("words/%s.json", language);
  g_autoptr (GBytes) bytes = strchr (language, '/') == NULL ? look_up (name) : NULL;

  return bytes != NULL;
}

/* (transfer full): those of a site: the ones it names, of which we have words, or all of ours. */
static GStrv
get_languages (LiaChatSite *site)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_auto (GStrv) languages = NULL;
  g_auto (GStrv) files = NULL;

  for (guint i = 0; site->languages[i] != NULL; i++)
    if (has_words (site->languages[i]))
      g_strv_builder_add (found, site->languages[i]);
  languages = g_strv_builder_end (found);
  if (languages[0] != NULL)
    return g_steal_pointer (&languages);

  g_strv_builder_add (found, DEFAULT_LANGUAGE);
  files = g_resource_enumerate_children (liaison_web_get_resource (), WEB_PATH "words", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *language = g_strndup (files[i], strcspn (files[i], "."));

      if (!g_str_equal (language, DEFAULT_LANGUAGE))
        g_strv_builder_add (found, language);
    }

  return g_strv_builder_end (found);
}

static const char *
get_direction (JsonObject *words)
{
  const char *direction = NULL;

  lia_json_str (words, "dir", LIA_JSON_OPTIONAL, 8, &direction, NULL);
  return direction != NULL ? direction : "ltr";
}

/* Answers --------------------------------------------------------------------------------------------------------------------------------- */

static void
set_header (LiaHttpCall *call,
            const char  *name,
            const char  *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), name, value);
}

static void
answer (LiaHttpCall *call,
        const char  *name,
        const char  *caching,
        GBytes      *bytes)
{
  const char      *known = soup_message_headers_get_one (soup_server_message_get_request_headers (call->message), "If-None-Match");
  g_autofree char *hash = lia_sha256_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *tag = g_strdup_printf ("\"%.32s\"", hash);
  guint            type = 0;

  while (!g_str_has_suffix (name, types[type].suffix))
    type++;
  lia_http_answer_bytes (call, types[type].type, bytes);
  set_header (call, "Cache-Control", caching);
  set_header (call, "ETag", tag);
  set_header (call, "Cross-Origin-Resource-Policy", "cross-origin");
  if (known == NULL || strstr (known, tag) == NULL)
    return;
  soup_message_body_truncate (soup_server_message_get_response_body (call->message));
  soup_server_message_set_status (call->message, SOUP_STATUS_NOT_MODIFIED, NULL);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such file.");
  return FALSE;
}

static LiaChatSite *
find_site (LiaChatHub  *hub,
           LiaHttpCall *call,
           GError     **error)
{
  const char   *key = lia_http_query (call, "site");
  LiaChatPlace *place = key != NULL ? lia_chat_hub_find_place (hub, key) : NULL;

  if (place == NULL)
    refuse (error);

  return place != NULL ? place->site : NULL;
}

static const char *
get_color (const LiaChatSite *site)
{
  return *site->color != '\0' ? site->color : DEFAULT_COLOR;
}

static JsonObject *
make_settings (LiaChatSite *site)
{
  g_auto (GStrv) languages = get_languages (site);
  JsonObject *settings = json_object_new ();
  JsonObject *all = json_object_new ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (JsonObject) words = read_words (languages[i]);
      JsonObject *loader;

      if (!lia_json_obj (words, "loader", LIA_JSON_REQUIRED, &loader, NULL))
        continue;
      json_object_set_string_member (loader, "dir", get_direction (words));
      json_object_set_object_member (all, languages[i], json_object_ref (loader));
    }
  json_object_set_string_member (settings, "key", site->key);
  json_object_set_string_member (settings, "color", get_color (site));
  if (site->page_trail)
    json_object_set_boolean_member (settings, "trail", TRUE);
  json_object_set_object_member (settings, "words", all);

  return settings;
}

/** lia_chat_widget_get_loader: `?site=KEY`: the one script that a page names: the file is a function, which is called with the settings. */
gboolean
lia_chat_widget_get_loader (LiaChatHub  *hub,
                            LiaHttpCall *call,
                            const char  *host,
                            const char  *origin,
                            GError     **error)
{
  LiaChatSite *site = find_site (hub, call, error);
  g_autoptr (JsonObject) settings = NULL;
  g_autofree char *function = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *script;

  if (site == NULL)
    return FALSE;
  settings = make_settings (site);
  function = g_strchomp (read_text ("loader.js"));
  text = lia_json_to_text (settings);
  script = g_strdup_printf ("%s(%s);\n", function, text);
  bytes = g_bytes_new_take (script, strlen (script));
  answer (call, "loader.js", KEPT_A_WHILE, bytes);

  return TRUE;
}

static void
add_word (JsonObject *table,
          const char *name,
          JsonNode   *word,
          gpointer    all)
{
  json_object_set_member (all, name, json_node_copy (word));
}

/* @words: (transfer none): for a script in the page, which ends at the first “</”, whatever is around it */
static char *
make_script_data (JsonObject *words,
                  gboolean    self_service)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *frame;
  JsonObject *find;

  if (lia_json_obj (words, "frame", LIA_JSON_REQUIRED, &frame, NULL) && lia_json_obj (words, "find", LIA_JSON_REQUIRED, &find, NULL))
    {
      g_autofree char *json = NULL;

      if (self_service)
        json_object_foreach_member (find, add_word, frame);
      json = lia_json_to_text (frame);
      g_string_append (text, json);
    }
  g_string_replace (text, "<", "\\u003c", 0);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static GBytes *
make_page (LiaChatSite *site,
           const char  *language)
{
  g_autoptr (JsonObject) words = read_words (language);
  g_autofree char *page = read_text ("frame.html");
  g_autofree char *version = g_strconcat (FILES_PATH, get_version (), NULL);
  g_autofree char *title = g_markup_escape_text (*site->name != '\0' ? site->name : site->key, -1);
  g_autofree char *data = make_script_data (words, site->self_service);
  GString         *text = g_string_new (page);
  gsize            length;

  /* What comes from outside last: nothing is replaced in it. */
  g_string_replace (text, "@LANGUAGE@", language, 0);
  g_string_replace (text, "@DIR@", get_direction (words), 0);
  g_string_replace (text, "@VERSION@", version, 0);
  g_string_replace (text, "@WORDS@", data, 0);
  g_string_replace (text, "@TITLE@", title, 0);
  length = text->len;

  return g_bytes_new_take (g_string_free_and_steal (text), length);
}

/** lia_chat_widget_get_frame: `?site=KEY&lang=de`: the panel's page. */
gboolean
lia_chat_widget_get_frame (LiaChatHub  *hub,
                           LiaHttpCall *call,
                           const char  *host,
                           const char  *origin,
                           GError     **error)
{
  LiaChatSite *site = find_site (hub, call, error);
  const char  *language = lia_http_query (call, "lang");
  g_auto (GStrv) languages = NULL;
  g_autofree char *origins = NULL;
  g_autofree char *policy = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (site == NULL)
    return FALSE;
  languages = get_languages (site);
  if (language == NULL || !g_strv_contains ((const char *const *)languages, language))
    language = languages[0];
  bytes = make_page (site, language);
  answer (call, "frame.html", ASKED_AGAIN, bytes);
  origins = g_strjoinv (" ", site->origins);
  policy = g_strconcat (frame_policy, origins, NULL);
  set_header (call, "Content-Security-Policy", policy);
  set_header (call, "Referrer-Policy", "no-referrer");

  return TRUE;
}

/* What of calls is said, in the page's language, comes with the script that says it: most visitors never load it. */
static char *
add_call_words (char       *script,
                const char *language)
{
  g_autofree char *owned = script;
  g_autoptr (JsonObject) words = read_words (language != NULL && has_words (language) ? language : DEFAULT_LANGUAGE);
  g_autofree char *table = NULL;
  JsonObject      *call;

  if (!lia_json_obj (words, "call", LIA_JSON_REQUIRED, &call, NULL))
    return g_steal_pointer (&owned);
  table = lia_json_to_text (call);

  return g_strdup_printf ("%slearn(%s);\n", owned, table);
}

/** lia_chat_widget_get_file: `/chat/widget/files/VERSION/NAME`: what the page loads. */
gboolean
lia_chat_widget_get_file (LiaChatHub  *hub,
                          LiaHttpCall *call,
                          const char  *host,
                          const char  *origin,
                          GError     **error)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (call->message)) + strlen (FILES_PATH);
  const char *name = strchr (path, '/');
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  if (name != NULL && strchr (name + 1, '/') == NULL && (g_str_has_suffix (name, ".js") || g_str_has_suffix (name, ".css")))
    bytes = look_up (name + 1);
  if (bytes == NULL)
    return refuse (error);
  text = read_text (name + 1);
  if (g_str_equal (name, "/call.js"))
    text = add_call_words (text, lia_http_query (call, "lang"));
  length = strlen (text);
  g_bytes_unref (bytes);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  /* Another version than ours is of an engine that was updated meanwhile: it is given what there is now, and told to ask again. */
  answer (call, name, g_str_has_prefix (path, get_version ()) ? KEPT_FOR_EVER : ASKED_AGAIN, bytes);

  return TRUE;
}
