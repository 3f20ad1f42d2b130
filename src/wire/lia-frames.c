/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frames of the stream, as the client sees them. One thing that cannot be read costs that thing, not the connection. */

#include "lia-frames.h"

#include "lia-wire-fields.h"

void
lia_event_free (LiaEvent *event)
{
  g_free (event->kind);
  g_free (event->conv);
  g_free (event->actor);
  g_free (event->key);
  g_free (event->id);
  g_free (event->large);
  g_clear_object (&event->entry);
  g_clear_object (&event->row);
  g_clear_object (&event->customer);
  g_clear_object (&event->channel);
  g_clear_object (&event->agent);
  g_clear_object (&event->queue);
  g_clear_object (&event->tracker);
  g_clear_pointer (&event->settings, json_object_unref);
  g_free (event);
}

static void
frame_clear (LiaFrame *frame)
{
  g_free (frame->epoch);
  g_free (frame->reason);
  g_clear_pointer (&frame->events, g_ptr_array_unref);
  g_free (frame->view);
  g_clear_pointer (&frame->up, g_ptr_array_unref);
  g_strfreev (frame->rm);
  g_free (frame->kind);
  g_free (frame->key);
  g_clear_pointer (&frame->d, json_object_unref);
  g_clear_error (&frame->problem);
}

LiaFrame *
lia_frame_ref (LiaFrame *frame)
{
  return g_rc_box_acquire (frame);
}

void
lia_frame_unref (LiaFrame *frame)
{
  g_rc_box_release_full (frame, (GDestroyNotify)frame_clear);
}

/* A member of `d` as a value; NULL when it is absent, or when it cannot be read */
static gpointer
decode_member (JsonObject   *d,
               const char   *name,
               LiaDecodeFunc decode)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  gpointer    value = NULL;

  if (lia_json_obj (d, name, LIA_JSON_OPTIONAL, &object, &error) && object != NULL)
    value = decode (object, &error);
  if (error != NULL)
    g_debug ("Left out “%s” of an event: %s", name, error->message);

  return value;
}

static void
decode_event_data (LiaEvent   *event,
                   JsonObject *d)
{
  JsonObject *settings;
  const char *id;

  event->entry = decode_member (d, "entry", (LiaDecodeFunc)lia_wire_decode_entry);
  event->row = decode_member (d, "row", (LiaDecodeFunc)lia_wire_decode_conversation);
  event->customer = decode_member (d, "customer", (LiaDecodeFunc)lia_wire_decode_customer);
  event->agent = decode_member (d, "agent", (LiaDecodeFunc)lia_wire_decode_agent);
  event->queue = decode_member (d, "queue", (LiaDecodeFunc)lia_wire_decode_queue);

  if (lia_json_str (d, "large", LIA_JSON_OPTIONAL, 256, &id, NULL))
    event->large = g_strdup (id);

  /* channel.removed names it, channel.changed holds it; trackers are the same */
  if (lia_json_str (d, "channel", LIA_JSON_OPTIONAL, 256, &id, NULL))
    event->id = g_strdup (id);
  else
    event->channel = decode_member (d, "channel", (LiaDecodeFunc)lia_wire_decode_channel);
  if (!lia_json_str (d, "tracker", LIA_JSON_OPTIONAL, 256, &id, NULL))
    event->tracker = decode_member (d, "tracker", (LiaDecodeFunc)lia_wire_decode_tracker);
  else if (id != NULL)
    g_set_str (&event->id, id);

  lia_json_int (d, "due", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &event->due, NULL);
  if (lia_json_obj (d, "settings", LIA_JSON_OPTIONAL, &settings, NULL) && settings != NULL)
    event->settings = json_object_ref (settings);
}

static gpointer
decode_event (JsonObject *object,
              GError    **error)
{
  g_autoptr (LiaEvent) event = g_new0 (LiaEvent, 1);
  const char *kind;
  const char *conv;
  const char *actor;
  const char *key;
  JsonObject *d;

  if (!lia_json_int (object, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &event->seq, error) ||
      !lia_json_time (object, "at", LIA_JSON_OPTIONAL, &event->at_ms, error) ||
      !lia_json_str (object, "k", LIA_JSON_REQUIRED, 256, &kind, error) ||
      !lia_json_str (object, "conv", LIA_JSON_OPTIONAL, 256, &conv, error) ||
      !lia_json_str (object, "actor", LIA_JSON_OPTIONAL, 256, &actor, error) ||
      !lia_json_str (object, "key", LIA_JSON_OPTIONAL, 256, &key, error) ||
      !lia_json_int (object, "ver", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &event->ver, error) ||
      !lia_json_obj (object, "d", LIA_JSON_OPTIONAL, &d, error))
    return NULL;

  event->kind = g_strdup (kind);
  event->conv = g_strdup (conv);
  event->actor = g_strdup (actor);
  event->key = g_strdup (key);
  if (d != NULL)
    decode_event_data (event, d);

  return g_steal_pointer (&event);
}

static gboolean
parse_welcome (LiaFrame   *frame,
               JsonObject *object,
               GError    **error)
{
  const char *epoch;
  const char *reason;
  gint64      ping_s;

  if (!lia_json_str (object, "epoch", LIA_JSON_REQUIRED, 256, &epoch, error) ||
      !lia_json_int (object, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &frame->seq, error) ||
      !lia_json_bool (object, "resumed", LIA_JSON_OPTIONAL, &frame->resumed, error) ||
      !lia_json_int (object, "ping_s", LIA_JSON_OPTIONAL, 0, 3600, &ping_s, error) ||
      !lia_json_str (object, "reason", LIA_JSON_OPTIONAL, 256, &reason, error))
    return FALSE;

  frame->epoch = g_strdup (epoch);
  frame->reason = g_strdup (reason);
  frame->ping_ms = ping_s * 1000;

  return TRUE;
}

static gboolean
parse_event (LiaFrame   *frame,
             JsonObject *object,
             GError    **error)
{
  LiaEvent *event = decode_event (object, error);

  frame->events = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_event_free);
  if (event != NULL)
    g_ptr_array_add (frame->events, event);

  return event != NULL;
}

static gboolean
parse_events (LiaFrame   *frame,
              JsonObject *object,
              GError    **error)
{
  frame->events = lia_wire_decode_list (object, "evs", decode_event, (GDestroyNotify)lia_event_free, error);

  return frame->events != NULL;
}

static gboolean
parse_view (LiaFrame   *frame,
            JsonObject *object,
            GError    **error)
{
  g_autoptr (GStrvBuilder) rm = g_strv_builder_new ();
  JsonArray  *array;
  const char *view;

  if (!lia_json_str (object, "view", LIA_JSON_REQUIRED, 256, &view, error) ||
      !lia_json_int (object, "total", LIA_JSON_OPTIONAL, 0, G_MAXINT32, &frame->total, error) ||
      !lia_json_int (object, "unread", LIA_JSON_OPTIONAL, 0, G_MAXINT32, &frame->unread, error) ||
      !lia_json_arr (object, "rm", LIA_JSON_OPTIONAL, G_MAXUINT, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *id;

      if (!lia_json_arr_str (array, i, 256, &id, error))
        {
          lia_problem_prefix (error, "rm", i);
          return FALSE;
        }
      g_strv_builder_add (rm, id);
    }

  frame->view = g_strdup (view);
  frame->rm = g_strv_builder_end (rm);
  frame->up = lia_wire_decode_list (object, "up", (LiaDecodeFunc)lia_wire_decode_conversation, g_object_unref, error);

  return frame->up != NULL;
}

/* `eph`, `live`, `metrics`, `ok` and `err`, which are made of the same parts */
static gboolean
parse_rest (LiaFrame   *frame,
            JsonObject *object,
            GError    **error)
{
  const char *kind;
  const char *key;
  JsonObject *d;
  JsonObject *problem;

  if (!lia_json_str (object, "k", LIA_JSON_OPTIONAL, 256, &kind, error) ||
      !lia_json_str (object, "key", LIA_JSON_OPTIONAL, 256, &key, error) ||
      !lia_json_int (object, "seq", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &frame->seq, error) ||
      !lia_json_obj (object, "d", LIA_JSON_OPTIONAL, &d, error) ||
      !lia_json_obj (object, "problem", LIA_JSON_OPTIONAL, &problem, error))
    return FALSE;

  frame->kind = g_strdup (kind);
  frame->key = g_strdup (key);
  frame->d = d != NULL ? json_object_ref (d) : NULL;
  frame->problem = problem != NULL ? lia_wire_decode_problem (problem) : NULL;

  return TRUE;
}

static gboolean
parse_drain (LiaFrame   *frame,
             JsonObject *object,
             GError    **error)
{
  return lia_json_int (object, "after_ms", LIA_JSON_OPTIONAL, 0, G_MAXINT32, &frame->after_ms, error);
}

static gboolean
parse_nothing (LiaFrame   *frame,
               JsonObject *object,
               GError    **error)
{
  return TRUE;
}

static const struct
{
  const char  *name;
  LiaFrameType type;
  gboolean (*parse) (LiaFrame   *frame,
                     JsonObject *object,
                     GError    **error);
} types[] = {
  { "welcome", LIA_FRAME_WELCOME, parse_welcome },
  { "resync", LIA_FRAME_RESYNC, parse_welcome },
  { "ev", LIA_FRAME_EVENTS, parse_event },
  { "evs", LIA_FRAME_EVENTS, parse_events },
  { "view", LIA_FRAME_VIEW, parse_view },
  { "eph", LIA_FRAME_EPHEMERAL, parse_rest },
  { "live", LIA_FRAME_LIVE, parse_rest },
  { "metrics", LIA_FRAME_METRICS, parse_rest },
  { "ok", LIA_FRAME_OK, parse_rest },
  { "err", LIA_FRAME_ERR, parse_rest },
  { "ping", LIA_FRAME_PING, parse_nothing },
  { "pong", LIA_FRAME_PONG, parse_nothing },
  { "drain", LIA_FRAME_DRAIN, parse_drain },
};

/**
 * lia_frame_parse:
 * @length: of @text, or -1
 *
 * Reads a frame of the engine. One of an unknown type is %LIA_FRAME_UNKNOWN, not an error. Fails with %LIA_PROBLEM.
 */
LiaFrame *
lia_frame_parse (const char *text,
                 gssize      length,
                 GError    **error)
{
  g_autoptr (JsonObject) object = lia_json_parse (text, length, LIA_JSON_MAX_BYTES, error);
  g_autoptr (LiaFrame) frame = g_rc_box_new0 (LiaFrame);
  const char *name;

  if (object == NULL || !lia_json_str (object, "t", LIA_JSON_REQUIRED, 64, &name, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (!g_str_equal (name, types[i].name))
        continue;
      frame->type = types[i].type;
      if (!types[i].parse (frame, object, error))
        return NULL;
    }

  return g_steal_pointer (&frame);
}

static JsonObject *
new_frame (const char *type)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "t", type);

  return object;
}

static void
set_watched (JsonObject        *object,
             const char *const *views,
             gboolean           metrics)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; views != NULL && views[i] != NULL; i++)
    json_array_add_string_element (array, views[i]);
  json_object_set_array_member (object, "views", array);
  if (metrics)
    json_object_set_boolean_member (object, "metrics", TRUE);
}

/**
 * lia_frame_hello:
 * @epoch: (nullable): of what we have, or NULL to start at the head
 * @since: the last event that we have seen
 * @metrics: whether the figures are watched, too
 */
char *
lia_frame_hello (const char        *epoch,
                 gint64             since,
                 const char *const *views,
                 gboolean           metrics,
                 const char        *client)
{
  g_autoptr (JsonObject) object = new_frame ("hello");

  json_object_set_int_member (object, "v", LIA_STREAM_VERSION);
  if (epoch != NULL)
    {
      json_object_set_string_member (object, "epoch", epoch);
      json_object_set_int_member (object, "since", since);
    }
  set_watched (object, views, metrics);
  json_object_set_string_member (object, "client", client);

  return lia_json_to_text (object);
}

/** lia_frame_watch: replaces what is watched. */
char *
lia_frame_watch (const char *const *views,
                 gboolean           metrics)
{
  g_autoptr (JsonObject) object = new_frame ("watch");

  set_watched (object, views, metrics);

  return lia_json_to_text (object);
}

char *
lia_frame_ping (void)
{
  return g_strdup ("{\"t\":\"ping\"}");
}

char *
lia_frame_pong (void)
{
  return g_strdup ("{\"t\":\"pong\"}");
}
