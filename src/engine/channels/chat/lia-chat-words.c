/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-words.h"

#include "lia-json.h"

#include <gio/gio.h>
#include <liaison-web.h>
#include <string.h>

#define WORDS_PATH "/org/liaisondesk/Liaison/web/words/"
#define DEFAULT_LANGUAGE "en"
#define MAX_WORDS (64 * 1024)

static GBytes *
look_up (const char *language)
{
  g_autofree char *path = g_strconcat (WORDS_PATH, language, ".json", NULL);

  return g_resource_lookup_data (liaison_web_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/** lia_chat_words_language: (transfer full): @wanted ("de-AT"; nullable), its language ("de"), or the first that there is. */
char *
lia_chat_words_language (const char *wanted)
{
  g_autofree char *language = g_strdup (wanted != NULL && strchr (wanted, '/') == NULL ? wanted : "");
  g_autoptr (GBytes) exact = look_up (language);
  g_autoptr (GBytes) wide = NULL;

  if (exact == NULL)
    {
      language[strcspn (language, "-_")] = '\0';
      wide = look_up (language);
    }

  return g_strdup (exact != NULL || wide != NULL ? language : DEFAULT_LANGUAGE);
}

/** lia_chat_words_say: (transfer full): @language: from lia_chat_words_language(); @value: (nullable): for its `%s` */
char *
lia_chat_words_say (const char *language,
                    const char *name,
                    const char *value)
{
  g_autoptr (GBytes) bytes = look_up (language);
  g_autoptr (JsonObject) words = NULL;
  g_autoptr (GString) text = NULL;
  const char *found = NULL;
  JsonObject *mail;

  g_return_val_if_fail (bytes != NULL, g_strdup (""));
  words = lia_json_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), MAX_WORDS, NULL);
  if (words == NULL || !lia_json_obj (words, "mail", LIA_JSON_REQUIRED, &mail, NULL) ||
      !lia_json_str (mail, name, LIA_JSON_REQUIRED, MAX_WORDS, &found, NULL))
    g_error ("words/%s.json: there is no “%s” in “mail”", language, name);
  text = g_string_new (found);
  if (value != NULL)
    g_string_replace (text, "%s", value, 1);

  return g_string_free_and_steal (g_steal_pointer (&text));
}
