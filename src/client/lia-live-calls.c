/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two sources tell the same: the snapshot, and the stream's `live` frames. The stream is the newer one as soon as it has said `all`: a snapshot that
 * was asked for before may come behind it. A value that cannot be read is left out, so that one call does not hide the others.
 */

#include "lia-live-calls.h"

#include "lia-replies.h"
#include "lia-value-list.h"

struct _LiaLiveCalls
{
  GObject parent_instance;

  LiaValueList *calls;
  LiaValueList *members;
  gboolean      told; /* everything, by the stream that is open */
};

G_DEFINE_FINAL_TYPE (LiaLiveCalls, lia_live_calls, G_TYPE_OBJECT)

/* No PBX's or telephone's name has this character. */
static char *
make_id (const char *place,
         const char *name)
{
  return g_strconcat (place, "\n", name, NULL);
}

static char *
dup_call_id (gpointer value)
{
  LiaCall *call = value;

  return make_id (call->pbx, call->uniqueid);
}

static char *
dup_member_id (gpointer value)
{
  LiaQueueMember *member = value;

  return make_id (member->queue, member->interface);
}

static void
take_call (LiaLiveCalls *self,
           LiaCall      *call)
{
  g_autofree char *id = dup_call_id (call);

  if (call->state == LIA_CALL_ENDED)
    lia_value_list_remove (self->calls, id);
  else
    lia_value_list_put (self->calls, call);
}

static gpointer
decode (JsonObject    *d,
        const char    *name,
        LiaReplyDecode func)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  gpointer    value = NULL;

  if (lia_json_obj (d, name, LIA_JSON_REQUIRED, &object, &error))
    value = func (object, &error);
  if (value == NULL)
    g_debug ("Left out a “%s” of the telephone: %s", name, error->message);

  return value;
}

/* The text members @first and @second of @d make an id; NULL when one is missing */
static char *
read_id (JsonObject *d,
         const char *first,
         const char *second)
{
  const char *place;
  const char *name;

  if (!lia_json_str (d, first, LIA_JSON_REQUIRED, 256, &place, NULL) || !lia_json_str (d, second, LIA_JSON_REQUIRED, 256, &name, NULL))
    return NULL;

  return make_id (place, name);
}

static GPtrArray *
decode_all (JsonObject    *d,
            const char    *name,
            LiaReplyDecode func)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = NULL;

  if (!lia_json_arr (d, name, LIA_JSON_OPTIONAL, G_MAXUINT, &array, NULL))
    return values;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object;
      gpointer    value;

      if (lia_json_arr_obj (array, i, &object, NULL) && (value = func (object, NULL)) != NULL)
        g_ptr_array_add (values, value);
    }

  return values;
}

static void
take_all (LiaLiveCalls *self,
          JsonObject   *d)
{
  g_autoptr (GPtrArray) calls = decode_all (d, "calls", (LiaReplyDecode)lia_wire_decode_call);
  g_autoptr (GPtrArray) members = decode_all (d, "members", (LiaReplyDecode)lia_wire_decode_queue_member);

  self->told = TRUE;
  lia_value_list_set_all (self->calls, calls);
  lia_value_list_set_all (self->members, members);
}

/** lia_live_calls_take: @frame: of type %LIA_FRAME_LIVE. Kinds that we do not know are ignored. */
void
lia_live_calls_take (LiaLiveCalls *self,
                     LiaFrame     *frame)
{
  g_autofree char *gone = NULL;

  if (frame->kind == NULL || frame->d == NULL)
    return;

  if (g_str_equal (frame->kind, "all"))
    take_all (self, frame->d);
  else if (g_str_equal (frame->kind, "call"))
    {
      g_autoptr (LiaCall) call = decode (frame->d, "call", (LiaReplyDecode)lia_wire_decode_call);

      if (call != NULL)
        take_call (self, call);
    }
  else if (g_str_equal (frame->kind, "member"))
    {
      g_autoptr (LiaQueueMember) member = decode (frame->d, "member", (LiaReplyDecode)lia_wire_decode_queue_member);

      if (member != NULL)
        lia_value_list_put (self->members, member);
    }
  else if (g_str_equal (frame->kind, "call.gone") && (gone = read_id (frame->d, "pbx", "uniqueid")) != NULL)
    lia_value_list_remove (self->calls, gone);
  else if (g_str_equal (frame->kind, "member.gone") && (gone = read_id (frame->d, "queue", "interface")) != NULL)
    lia_value_list_remove (self->members, gone);
}

/** lia_live_calls_set_all: what a snapshot says; nothing after the stream has told all of it. */
void
lia_live_calls_set_all (LiaLiveCalls *self,
                        GPtrArray    *calls,
                        GPtrArray    *members)
{
  if (self->told)
    return;

  lia_value_list_set_all (self->calls, calls);
  lia_value_list_set_all (self->members, members);
}

/** lia_live_calls_lose: the stream has ended. What is shown stays, until the next one says what is true. */
void
lia_live_calls_lose (LiaLiveCalls *self)
{
  self->told = FALSE;
}

GListModel *
lia_live_calls_get_calls (LiaLiveCalls *self)
{
  return G_LIST_MODEL (self->calls);
}

GListModel *
lia_live_calls_get_members (LiaLiveCalls *self)
{
  return G_LIST_MODEL (self->members);
}

LiaLiveCalls *
lia_live_calls_new (void)
{
  return g_object_new (LIA_TYPE_LIVE_CALLS, NULL);
}

static void
lia_live_calls_finalize (GObject *object)
{
  LiaLiveCalls *self = LIA_LIVE_CALLS (object);

  g_object_unref (self->calls);
  g_object_unref (self->members);

  G_OBJECT_CLASS (lia_live_calls_parent_class)->finalize (object);
}

static void
lia_live_calls_class_init (LiaLiveCallsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_live_calls_finalize;
}

static void
lia_live_calls_init (LiaLiveCalls *self)
{
  self->calls = lia_value_list_new (LIA_TYPE_CALL, dup_call_id, (LiaValueEncode)lia_wire_encode_call);
  self->members = lia_value_list_new (LIA_TYPE_QUEUE_MEMBER, dup_member_id, (LiaValueEncode)lia_wire_encode_queue_member);
}
