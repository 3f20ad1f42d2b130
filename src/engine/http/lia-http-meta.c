/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-config.h"

static JsonArray *
array_of (const char *word)
{
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, word);
  return array;
}

/** lia_http_get_meta: what a client asks first, to know whether the two understand each other. */
gboolean
lia_http_get_meta (LiaHttpCall *call,
                   GError     **error)
{
  JsonObject *meta = json_object_new ();
  JsonObject *api = json_object_new ();

  json_object_set_int_member (api, "min", 1);
  json_object_set_int_member (api, "max", 1);
  json_object_set_string_member (meta, "product", "liaison");
  json_object_set_string_member (meta, "version", LIA_VERSION);
  json_object_set_object_member (meta, "api", api);
  json_object_set_array_member (meta, "features", array_of ("mail"));
  json_object_set_array_member (meta, "auth", array_of ("local"));
  json_object_set_boolean_member (meta, "sample", lia_engine_is_sample (call->engine));
  lia_http_answer_object (call, SOUP_STATUS_OK, meta);
  return TRUE;
}
