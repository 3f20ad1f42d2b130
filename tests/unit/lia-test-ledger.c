/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-ami.h"

#include <string.h>

/*
 * Plain bookkeeping of a trace's bytes: which channels there are, in which bridge, queue or parking space. A caller's number may have cut a message
 * into pieces: those are put together again, and of a header that stands twice the last is the PBX's, as recordings can be looked at afterwards.
 */

typedef struct
{
  char    *channel;
  char    *uniqueid;
  char    *linked;
  char    *bridge;
  char    *queue;
  char    *slot;
  char    *application;
  char    *dialler; /* its uniqueid */
  int      state;
  int      n_dialling;
  gboolean is_answered; /* it has dialled somebody, and is on the way into a bridge with them: it still runs Dial */
  gint64   started_ms;
  gint64   joined_ms;
  gboolean is_parking;
} Channel;

struct _LiaTestLedger
{
  LiaTestTrace *trace;
  guint         n_read;
  GHashTable   *channels; /* uniqueid -> Channel */
  GHashTable   *queues;   /* name -> GPtrArray of uniqueids, first one first */
  GHashTable   *members;  /* "queue interface" -> text of the item */
};

static void
channel_free (gpointer data)
{
  Channel *self = data;

  g_free (self->channel);
  g_free (self->uniqueid);
  g_free (self->linked);
  g_free (self->bridge);
  g_free (self->queue);
  g_free (self->slot);
  g_free (self->application);
  g_free (self->dialler);
  g_free (self);
}

LiaTestLedger *
lia_test_ledger_new (LiaTestTrace *trace)
{
  LiaTestLedger *self = g_new0 (LiaTestLedger, 1);

  self->trace = trace;
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, channel_free);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
lia_test_ledger_free (LiaTestLedger *self)
{
  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->members);
  g_free (self);
}

/* Reading ------------------------------------------------------------------------------------------------------------------------------- */

static char *
get (const char *text,
     const char *name)
{
  g_autofree char *start = g_strdup_printf ("\r\n%s: ", name);
  const char      *found = g_str_equal (name, "Channel") ? strstr (text, start) : g_strrstr (text, start);

  if (found == NULL)
    return g_strdup ("");
  found += strlen (start);

  return g_strndup (found, strstr (found, "\r\n") - found);
}

static gboolean
is_event (const char *text,
          const char *name)
{
  g_autofree char *start = g_strdup_printf ("Event: %s\r\nPrivilege: ", name);

  return g_str_has_prefix (text, start);
}

static gint64
get_time (const char *text)
{
  g_autofree char *stamp = get (text, "Timestamp");

  return (gint64)(g_ascii_strtod (stamp, NULL) * 1000);
}

static Channel *
find_channel (LiaTestLedger *self,
              const char    *text,
              const char    *name)
{
  g_autofree char *uniqueid = get (text, name);

  return g_hash_table_lookup (self->channels, uniqueid);
}

static void
read_linked (LiaTestLedger *self,
             const char    *text,
             const char    *prefix)
{
  g_autofree char *uniqueid = g_strconcat (prefix, "Uniqueid", NULL);
  g_autofree char *linked = g_strconcat (prefix, "Linkedid", NULL);
  g_autofree char *value = get (text, linked);
  Channel         *channel = find_channel (self, text, uniqueid);

  if (channel != NULL && *value != '\0')
    g_set_str (&channel->linked, value);
}

static void
read_channel (LiaTestLedger *self,
              const char    *text)
{
  g_autofree char *state = get (text, "ChannelState");
  Channel         *channel = find_channel (self, text, "Uniqueid");

  if (is_event (text, "Newchannel") && channel == NULL)
    {
      channel = g_new0 (Channel, 1);
      channel->channel = get (text, "Channel");
      channel->uniqueid = get (text, "Uniqueid");
      channel->linked = get (text, "Linkedid");
      channel->started_ms = get_time (text);
      g_hash_table_insert (self->channels, channel->uniqueid, channel);
    }
  if (channel == NULL)
    return;
  if (is_event (text, "Newchannel") || is_event (text, "Newstate"))
    channel->state = (int)g_ascii_strtoll (state, NULL, 10);
}

static void
read_bridge (LiaTestLedger *self,
             const char    *text)
{
  g_autofree char *bridge = get (text, "BridgeUniqueid");
  g_autofree char *type = get (text, "BridgeType");
  Channel         *channel = find_channel (self, text, "Uniqueid");

  if (channel == NULL)
    return;
  if (is_event (text, "BridgeEnter"))
    {
      g_set_str (&channel->bridge, bridge);
      channel->is_parking = g_str_equal (type, "parking");
      channel->is_answered = FALSE;
    }
  else if (is_event (text, "BridgeLeave") && g_strcmp0 (channel->bridge, bridge) == 0)
    {
      g_clear_pointer (&channel->bridge, g_free);
      if (channel->is_parking)
        g_clear_pointer (&channel->slot, g_free);
    }
}

static void
read_parked (LiaTestLedger *self,
             const char    *text)
{
  Channel *channel = find_channel (self, text, "ParkeeUniqueid");

  if (channel == NULL || !is_event (text, "ParkedCall"))
    return;
  g_free (channel->slot);
  channel->slot = get (text, "ParkingSpace");
}

static void
stop_dialling (LiaTestLedger *self,
               Channel       *channel)
{
  Channel *dialler = channel->dialler != NULL ? g_hash_table_lookup (self->channels, channel->dialler) : NULL;

  if (dialler != NULL)
    dialler->n_dialling--;
  g_clear_pointer (&channel->dialler, g_free);
}

static void
read_dial (LiaTestLedger *self,
           const char    *text)
{
  Channel *dialler = find_channel (self, text, "Uniqueid");
  Channel *channel = find_channel (self, text, "DestUniqueid");

  if (channel == NULL)
    return;
  if (is_event (text, "AgentCalled"))
    g_set_str (&channel->application, "AppQueue");
  if (is_event (text, "DialBegin"))
    {
      g_set_str (&channel->application, "AppDial");
      if (dialler != NULL && channel->dialler == NULL)
        {
          channel->dialler = g_strdup (dialler->uniqueid);
          dialler->n_dialling++;
        }
    }
  if (is_event (text, "DialEnd"))
    {
      g_autofree char *status = get (text, "DialStatus");

      stop_dialling (self, channel);
      if (dialler != NULL)
        dialler->is_answered = g_strcmp0 (status, "ANSWER") == 0;
    }
}

static void
read_spy (LiaTestLedger *self,
          const char    *text)
{
  Channel *channel = find_channel (self, text, "SpyerUniqueid");

  if (channel != NULL && is_event (text, "ChanSpyStart"))
    g_set_str (&channel->application, "ChanSpy");
}

static void
leave_queue (LiaTestLedger *self,
             Channel       *channel)
{
  GPtrArray *queue = channel->queue != NULL ? g_hash_table_lookup (self->queues, channel->queue) : NULL;
  guint      index;

  if (queue != NULL && g_ptr_array_find_with_equal_func (queue, channel->uniqueid, g_str_equal, &index))
    g_ptr_array_remove_index (queue, index);
  g_clear_pointer (&channel->queue, g_free);
}

static void
read_queue (LiaTestLedger *self,
            const char    *text)
{
  g_autofree char *name = get (text, "Queue");
  g_autofree char *position = get (text, "Position");
  Channel         *channel = find_channel (self, text, "Uniqueid");
  GPtrArray       *queue = g_hash_table_lookup (self->queues, name);

  if (channel == NULL)
    return;
  if (is_event (text, "QueueCallerLeave"))
    leave_queue (self, channel);
  if (!is_event (text, "QueueCallerJoin"))
    return;

  if (queue == NULL)
    {
      queue = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->queues, g_strdup (name), queue);
    }
  g_set_str (&channel->queue, name);
  channel->joined_ms = get_time (text);
  g_assert_cmpint (g_ascii_strtoll (position, NULL, 10), <=, queue->len + 1);
  g_ptr_array_insert (queue, (int)g_ascii_strtoll (position, NULL, 10) - 1, g_strdup (channel->uniqueid));
}

static void
read_member (LiaTestLedger *self,
             const char    *text)
{
  static const char *const same[] = { "Queue", "StateInterface", "Penalty", "LastPause", "Status", "Paused", "PausedReason" };
  g_autofree char         *queue = get (text, "Queue");
  g_autofree char         *interface = get (text, "Interface");
  g_autofree char         *name = get (text, "MemberName");
  g_autoptr (GString) item = g_string_new (NULL);

  if (!g_str_has_prefix (text, "Event: QueueMember") || strstr (text, "\r\nPrivilege: ") == NULL)
    return;

  g_string_append_printf (item, "Event: QueueMember\r\nName: %s\r\nLocation: %s\r\n", name, interface);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *value = get (text, same[i]);

      g_string_append_printf (item, "%s: %s\r\n", same[i], value);
    }
  if (is_event (text, "QueueMemberRemoved"))
    {
      g_autofree char *key = g_strdup_printf ("%s %s", queue, interface);

      g_hash_table_remove (self->members, key);
    }
  else
    {
      g_hash_table_insert (self->members, g_strdup_printf ("%s %s", queue, interface), g_strdup (item->str));
    }
}

static void
read_hangup (LiaTestLedger *self,
             const char    *text)
{
  Channel *channel = find_channel (self, text, "Uniqueid");

  if (channel == NULL || !is_event (text, "Hangup"))
    return;
  leave_queue (self, channel);
  stop_dialling (self, channel);
  g_hash_table_remove (self->channels, channel->uniqueid);
}

static void
read_message (LiaTestLedger *self,
              const char    *text)
{
  if (!g_str_has_prefix (text, "Event: ") || is_event (text, "CEL") || is_event (text, "TestEvent"))
    return;

  read_channel (self, text);
  read_linked (self, text, "");
  read_linked (self, text, "Dest");
  read_linked (self, text, "Retriever");
  read_bridge (self, text);
  read_parked (self, text);
  read_dial (self, text);
  read_spy (self, text);
  read_queue (self, text);
  read_member (self, text);
  read_hangup (self, text);
  if (is_event (text, "Shutdown"))
    g_hash_table_remove_all (self->members);
}

/* Pieces that belong to the message before: they begin with some header, or are what a caller wrote between two such. */
static const char *
piece_at (LiaTestLedger *self,
          guint          index)
{
  const char *piece = index < self->trace->pieces->len ? self->trace->pieces->pdata[index] : "Event: ";

  while (g_str_has_prefix (piece, "\r\n")) /* some events have an empty line too many */
    piece += 2;

  return piece;
}

static gboolean
has_begin (const char *piece)
{
  return *piece == '\0' || g_str_has_prefix (piece, "Event: ") || g_str_has_prefix (piece, "Response: ");
}

static gboolean
is_tail (LiaTestLedger *self,
         guint          index)
{
  const char *piece = piece_at (self, index);

  return !has_begin (piece) || (strstr (piece, "\r\nPrivilege: ") == NULL && !has_begin (piece_at (self, index + 1)));
}

/** lia_test_ledger_advance: reads on until @n_pieces have been read. */
void
lia_test_ledger_advance (LiaTestLedger *self,
                         guint          n_pieces)
{
  while (self->n_read < n_pieces)
    {
      g_autoptr (GString) message = g_string_new (piece_at (self, self->n_read++));

      while (is_tail (self, self->n_read))
        g_string_append (message, piece_at (self, self->n_read++));
      read_message (self, message->str);
    }
}

/* Listing ------------------------------------------------------------------------------------------------------------------------------- */

static const char *
get_application (const Channel *channel)
{
  if ((channel->n_dialling > 0 || channel->is_answered) && channel->queue == NULL)
    return "Dial";

  return channel->application != NULL ? channel->application : "";
}

static void
list_channel (GString       *out,
              const Channel *channel,
              gint64         now_ms)
{
  const gint64 seconds = MAX (0, now_ms - channel->started_ms) / 1000;

  g_string_append_printf (out, "Event: CoreShowChannel\r\nActionID: x\r\nChannel: %s\r\nChannelState: %d\r\nChannelStateDesc: x\r\n", channel->channel, channel->state);
  g_string_append (out, "CallerIDNum: <unknown>\r\nCallerIDName: <unknown>\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\n");
  g_string_append (out, "Language: en\r\nAccountCode: \r\nContext: x\r\nExten: s\r\nPriority: 1\r\n");
  g_string_append_printf (out, "Uniqueid: %s\r\nLinkedid: %s\r\n", channel->uniqueid, channel->linked);
  g_string_append_printf (out, "Application: %s\r\nDuration: %02d:%02d:%02d\r\nBridgeId: %s\r\n\r\n", get_application (channel), (int)(seconds / 3600),
                          (int)(seconds / 60 % 60), (int)(seconds % 60), channel->bridge != NULL ? channel->bridge : "");
  if (channel->bridge != NULL)
    g_string_append_printf (out, "Event: BridgeListItem\r\nActionID: x\r\nBridgeUniqueid: %s\r\nBridgeType: %s\r\n\r\n", channel->bridge,
                            channel->is_parking ? "parking" : "basic");
  if (channel->slot != NULL)
    g_string_append_printf (out, "Event: ParkedCall\r\nActionID: x\r\nParkeeUniqueid: %s\r\nParkingSpace: %s\r\n\r\n", channel->uniqueid, channel->slot);
}

static void
list_queue (LiaTestLedger *self,
            GString       *out,
            const char    *name,
            GPtrArray     *queue,
            gint64         now_ms)
{
  g_string_append_printf (out, "Event: QueueParams\r\nActionID: x\r\nQueue: %s\r\n\r\n", name);
  for (guint i = 0; i < queue->len; i++)
    {
      const Channel *channel = g_hash_table_lookup (self->channels, queue->pdata[i]);

      g_string_append_printf (out, "Event: QueueEntry\r\nActionID: x\r\nQueue: %s\r\nPosition: %u\r\nChannel: %s\r\nUniqueid: %s\r\nWait: %d\r\n\r\n", name,
                              i + 1, channel->channel, channel->uniqueid, (int)((now_ms - channel->joined_ms) / 1000));
    }
}

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

static LiaAmiSnapshot *
parse_lists (const GString *text)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  LiaAmiSnapshot *snapshot = lia_ami_snapshot_new ();

  if (text->len > 0)
    lia_ami_parser_feed (parser, text->str, text->len, LIA_AMI_NO_CLOCK);
  while (text->len > 0)
    {
      g_autoptr (LiaAmiMessage) item = lia_ami_parser_next (parser);

      if (item == NULL)
        break;
      g_assert_cmpint (lia_ami_message_get_taint (item), ==, 0);
      g_assert_true (lia_ami_snapshot_add (snapshot, item));
    }

  return snapshot;
}

/** lia_test_ledger_list: what the PBX would list. */
LiaAmiSnapshot *
lia_test_ledger_list (LiaTestLedger *self,
                      gint64         now_ms)
{
  g_autoptr (GString) out = g_string_new (NULL);
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    list_channel (out, value, now_ms);
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, &key, &value))
    list_queue (self, out, key, value, now_ms);
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_string_append_printf (out, "%sActionID: x\r\n\r\n", (char *)value);

  return parse_lists (out);
}
