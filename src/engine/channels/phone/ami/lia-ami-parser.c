/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-parser.h"

#include "lia-ami-text.h"

#include <string.h>

/*
 * Asterisk writes callers' numbers into its messages without escaping them: up to 79 bytes with CR LF in them, which can be headers, the end of
 * the message, and the begin of one more. So the parser believes only what 79 bytes are too few to write:
 *
 *   - a line ends in CR LF and nothing else: a bare CR or LF is a part of a value
 *   - a message begins with "Event" or "Response"
 *   - an event says its privilege, then its time, which is about now. What does not has to carry the ActionID of an action that waits for it
 *   - the fourteen headers of a channel come as one block, and nothing in between. A number stands in the middle of it
 *   - what begins within 79 bytes behind a block that was broken off, or an event without privilege, is still the caller's, or the rest of the
 *     block: which may be broken off once more
 *   - no name stands twice, except where the PBX itself does that. A dialplan's own headers follow "UserEvent" and may be named as they like;
 *     whoever asks gets the first, which is the PBX's
 *
 * A message that breaks a rule is dropped where nothing in it is of use, else tainted.
 */

#define COMPACT_BYTES (128 * 1024)
#define NUMBER_BYTES 79 /* AST_MAX_EXTENSION without the NUL */
#define BLOCK_FIELDS 14
#define CLOCK_SLACK_MS 5000
#define JUMP_EVENTS 3 /* in a row say the same time: then the PBX's clock was set */

struct _LiaAmiParser
{
  LiaAmiPendingFunc is_pending;
  gpointer          data;
  GByteArray       *buffer;
  gsize             start;      /* of the message that is being collected */
  gsize             searched;   /* it does not end before this */
  gboolean          discarding; /* it is too long: skip to its end */
  guint64           base;       /* position of the buffer in the stream */
  guint64           damaged;    /* a position in the stream: what begins before it is not believed */
  gint64            now_ms;
  gint64            last_ms; /* the PBX's clock at last_now_ms, 0 = not known yet */
  gint64            last_now_ms;
  gint64            jump_ms; /* the same by events that were not believed */
  guint             n_jump;
  GArray           *fields; /* of LiaAmiField: the message that is being made */
  GString          *text;
  guint64           names;  /* a bit for each name that was seen, as a first sieve */
  guint             custom; /* index of the field "UserEvent", or 0 */
  LiaAmiCounts      counts;
};

/**
 * lia_ami_parser_new:
 * @is_pending: (nullable): tells which answers are expected; without it none are
 */
LiaAmiParser *
lia_ami_parser_new (LiaAmiPendingFunc is_pending,
                    gpointer          data)
{
  LiaAmiParser *self = g_new0 (LiaAmiParser, 1);

  self->is_pending = is_pending;
  self->data = data;
  self->buffer = g_byte_array_new ();
  self->fields = g_array_new (FALSE, FALSE, sizeof (LiaAmiField));
  self->text = g_string_new (NULL);

  return self;
}

void
lia_ami_parser_free (LiaAmiParser *self)
{
  g_byte_array_unref (self->buffer);
  g_array_unref (self->fields);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * lia_ami_parser_feed:
 * @now_ms: when the bytes arrived, by any clock that only goes forward; %LIA_AMI_NO_CLOCK for a recording: then time may pass as it likes
 */
void
lia_ami_parser_feed (LiaAmiParser *self,
                     const char   *bytes,
                     gsize         length,
                     gint64        now_ms)
{
  if (self->start == self->buffer->len || (self->start > COMPACT_BYTES && self->start > self->buffer->len / 2))
    {
      g_byte_array_remove_range (self->buffer, 0, self->start);
      self->base += self->start;
      self->searched -= self->start;
      self->start = 0;
    }
  self->now_ms = now_ms;
  g_byte_array_append (self->buffer, (const guint8 *)bytes, length);
}

/** lia_ami_parser_is_empty: no piece of a message is left over. */
gboolean
lia_ami_parser_is_empty (const LiaAmiParser *self)
{
  return self->buffer->len == self->start && !self->discarding;
}

const LiaAmiCounts *
lia_ami_parser_get_counts (const LiaAmiParser *self)
{
  return &self->counts;
}

/* Where messages end ------------------------------------------------------------------------------------------------------------------ */

static gboolean
starts_with_empty_line (LiaAmiParser *self)
{
  return self->buffer->len - self->start >= 2 && memcmp (self->buffer->data + self->start, "\r\n", 2) == 0;
}

/* The next message without its last CR LF; NULL: more bytes are needed. */
static const char *
cut_message (LiaAmiParser *self,
             gsize        *length,
             guint64      *position)
{
  while (!self->discarding && starts_with_empty_line (self)) /* some events have one too many */
    self->start += 2;
  self->searched = MAX (self->searched, self->start);
  if (self->searched == self->buffer->len)
    return NULL;

  const char *data = (const char *)self->buffer->data;
  const char *end = memmem (data + self->searched, self->buffer->len - self->searched, "\r\n\r\n", 4);
  if (end == NULL)
    {
      self->searched = MAX (self->searched, self->buffer->len - MIN (self->buffer->len, 3));
      if (self->buffer->len - self->start > LIA_AMI_MAX_MESSAGE_BYTES + 1) /* all of its end but the last byte may be here */
        {
          self->discarding = TRUE;
          self->start = self->searched;
        }
      return NULL;
    }

  const char *message = data + self->start;
  *length = end + 2 - message;
  *position = self->base + self->start;
  self->start = self->searched = end + 4 - data;

  return message;
}

/* Headers ----------------------------------------------------------------------------------------------------------------------------- */

static const char *
name_at (LiaAmiParser *self,
         guint         index)
{
  return self->text->str + g_array_index (self->fields, LiaAmiField, index).name;
}

static const char *
value_at (LiaAmiParser *self,
          guint         index)
{
  return self->text->str + g_array_index (self->fields, LiaAmiField, index).value;
}

/* A value follows its name's NUL. */
static gsize
name_length (LiaAmiParser *self,
             guint         index)
{
  const LiaAmiField *field = &g_array_index (self->fields, LiaAmiField, index);

  return field->value - field->name - 1;
}

static gboolean
name_ends_with (LiaAmiParser *self,
                guint         index,
                const char   *end)
{
  const gsize length = name_length (self, index);
  const gsize n = strlen (end);

  return length >= n && memcmp (name_at (self, index) + length - n, end, n) == 0;
}

static const char *
find (LiaAmiParser *self,
      const char   *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      if (strcmp (name_at (self, i), name) == 0)
        return value_at (self, i);
    }

  return NULL;
}

/* Names that the PBX itself repeats. */
static gboolean
may_repeat (LiaAmiParser *self,
            const char   *name)
{
  static const char *const names[] = { "Variable", "ChanVariable", "Output", "Message" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (name, names[i]) == 0)
        return TRUE;
    }

  return strcmp (name, "State") == 0 && strcmp (value_at (self, 0), "TestEvent") == 0;
}

static gboolean
stands_before (LiaAmiParser *self,
               const char   *name,
               guint         index)
{
  for (guint i = 0; i < index; i++)
    {
      if (strcmp (name_at (self, i), name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The last field is new: may it be there? */
static LiaAmiTaint
check_name (LiaAmiParser *self,
            guint64       bit)
{
  const guint    last = self->fields->len - 1;
  const char    *name = name_at (self, last);
  const gboolean is_custom = self->custom > 0 && strcmp (name, "UserEvent") != 0;

  if (strcmp (name, "UserEvent") == 0 && self->custom == 0)
    self->custom = last;
  if (!(self->names & bit) || is_custom || !stands_before (self, name, last) || may_repeat (self, name))
    {
      self->names |= bit;
      return 0;
    }

  return LIA_AMI_TAINT_TWICE;
}

/* FALSE when it cannot be a name: empty, or more than printable ASCII. */
static gboolean
append_name (LiaAmiParser *self,
             const char   *name,
             gsize         length,
             guint64      *bit)
{
  guint hash = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (name[i] < ' ' || name[i] == 0x7f)
        return FALSE;
      hash = hash * 31 + name[i];
    }
  *bit = G_GUINT64_CONSTANT (1) << (hash % 64);
  g_string_append_len (self->text, name, length);
  g_string_append_c (self->text, '\0');

  return length > 0;
}

static LiaAmiTaint
add_line (LiaAmiParser *self,
          const char   *line,
          gsize         length)
{
  const char *colon = memmem (line, length, ": ", 2);
  LiaAmiField field = { .name = self->text->len };
  guint64     bit;

  if (colon == NULL || !append_name (self, line, colon - line, &bit))
    return LIA_AMI_TAINT_LINE;

  const char *value = colon + 2;
  field.value = self->text->len;
  lia_ami_text_append (self->text, value, line + length - value);
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->fields, field);

  return check_name (self, bit);
}

/* FALSE when there are too many. */
static gboolean
cut_lines (LiaAmiParser *self,
           const char   *message,
           gsize         length,
           LiaAmiTaint  *taint)
{
  const char *end = message + length;

  g_array_set_size (self->fields, 0);
  g_string_truncate (self->text, 0);
  self->names = 0;
  self->custom = 0;
  *taint = 0;
  for (const char *line = message; line < end;)
    {
      const char *line_end = memmem (line, end - line, "\r\n", 2);

      *taint |= add_line (self, line, line_end - line);
      if (self->fields->len > LIA_AMI_MAX_FIELDS)
        return FALSE;
      line = line_end + 2;
    }

  return TRUE;
}

/* What may be believed ---------------------------------------------------------------------------------------------------------------- */

static gboolean
is_expected (LiaAmiParser *self)
{
  const char *action_id = find (self, "ActionID");

  return action_id != NULL && self->is_pending != NULL && self->is_pending (action_id, self->data);
}

/* Whether the headers of a channel begin at @index, each with @prefix ("Dest" and the like, or nothing) of @length. */
static gboolean
is_block (LiaAmiParser *self,
          guint         index,
          const char   *prefix,
          gsize         length)
{
  static const char *const names[BLOCK_FIELDS] = { "Channel", "ChannelState", "ChannelStateDesc", "CallerIDNum", "CallerIDName", "ConnectedLineNum",
                                                   "ConnectedLineName", "Language", "AccountCode", "Context", "Exten", "Priority", "Uniqueid", "Linkedid" };

  if (index == 0 || index + BLOCK_FIELDS > self->fields->len)
    return FALSE;
  for (guint i = 0; i < BLOCK_FIELDS; i++)
    {
      const char *name = name_at (self, index + i);

      if (strncmp (name, prefix, length) != 0 || strcmp (name + length, names[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
begins_block (LiaAmiParser *self,
              guint         index)
{
  return index > 0 && name_ends_with (self, index, "ChannelState");
}

static gboolean
is_whole_block (LiaAmiParser *self,
                guint         index)
{
  return is_block (self, index - 1, name_at (self, index), name_length (self, index) - strlen ("ChannelState"));
}

/* "Uniqueid", "Linkedid"; with a capital D in CEL. */
static gboolean
ends_block (LiaAmiParser *self,
            guint         index)
{
  return index > 0 && ((name_ends_with (self, index, "Linkedid") && name_ends_with (self, index - 1, "Uniqueid")) ||
                       (name_ends_with (self, index, "LinkedID") && name_ends_with (self, index - 1, "UniqueID")));
}

/* Channel Event Logging describes channels in its own words. */
static gboolean
is_cel (LiaAmiParser *self)
{
  return strcmp (value_at (self, 0), "CEL") == 0;
}

/* Whether each channel that is described has all of its headers. */
static LiaAmiTaint
check_channels (LiaAmiParser *self)
{
  const guint end = self->custom > 0 ? self->custom : self->fields->len;
  guint       block_end = 0;

  for (guint i = 1; i < end; i++)
    {
      if (begins_block (self, i))
        {
          if (!is_whole_block (self, i))
            return LIA_AMI_TAINT_HALF;
          block_end = i - 1 + BLOCK_FIELDS;
        }
      else if (i >= block_end && name_ends_with (self, i, "Linkedid"))
        return LIA_AMI_TAINT_HALF;
    }

  return is_cel (self) && find (self, "LinkedID") == NULL ? LIA_AMI_TAINT_HALF : 0;
}

/* Whether the message ends within the headers of a channel or, for a list, of an item. @inside: it begins there. */
static gboolean
is_broken_off (LiaAmiParser *self,
               gboolean      inside)
{
  for (guint i = 1; i < self->fields->len; i++)
    {
      if (begins_block (self, i))
        inside = !is_whole_block (self, i);
      else if (ends_block (self, i))
        inside = FALSE;
    }

  return inside && !is_expected (self);
}

/* "call,all", of lower-case words. */
static gboolean
is_privilege (const char *value)
{
  return g_str_has_suffix (value, ",all") && strlen (value) > strlen (",all") && value[strspn (value, "abcdefghijklmnopqrstuvwxyz,")] == '\0';
}

/* "1795326609.568684" -> ms; 0 when it is not exactly that. */
static gint64
read_timestamp (const char *value)
{
  static const char digits[] = "0123456789";
  const gsize       n_seconds = strspn (value, digits);
  const char       *fraction = value + n_seconds + 1;

  if (n_seconds == 0 || n_seconds > 12 || value[n_seconds] != '.' || strlen (fraction) != 6 || strspn (fraction, digits) != 6)
    return 0;

  return g_ascii_strtoll (value, NULL, 10) * 1000 + g_ascii_strtoll (fraction, NULL, 10) / 1000;
}

static gboolean
is_stamped (LiaAmiParser *self)
{
  return self->fields->len >= 3 && strcmp (name_at (self, 1), "Privilege") == 0 && is_privilege (value_at (self, 1)) &&
         strcmp (name_at (self, 2), "Timestamp") == 0 && read_timestamp (value_at (self, 2)) > 0;
}

/* Whether @time_ms is now by the PBX's clock, of which @last_ms is the last that we know. */
static gboolean
is_now (LiaAmiParser *self,
        gint64        time_ms,
        gint64        last_ms)
{
  if (time_ms < last_ms - CLOCK_SLACK_MS)
    return FALSE;

  return self->now_ms == LIA_AMI_NO_CLOCK || time_ms <= last_ms + MAX (self->now_ms - self->last_now_ms, 0) + CLOCK_SLACK_MS;
}

/* A clock that was set is believed once some events in a row agree: a caller's number has room for one only. */
static gboolean
accept_time (LiaAmiParser *self,
             gint64        time_ms)
{
  if (self->last_ms != 0 && !is_now (self, time_ms, self->last_ms))
    {
      self->n_jump = self->n_jump > 0 && ABS (time_ms - self->jump_ms) <= CLOCK_SLACK_MS ? self->n_jump + 1 : 1;
      self->jump_ms = time_ms;
      if (self->n_jump < JUMP_EVENTS)
        return FALSE;
    }
  self->n_jump = 0;
  self->last_ms = time_ms;
  self->last_now_ms = self->now_ms;

  return TRUE;
}

/* NULL when it may be what the PBX has said to us, else the counter of why not. */
static guint64 *
classify (LiaAmiParser *self,
          LiaAmiKind   *kind,
          gint64       *time_ms)
{
  gboolean is_event = self->fields->len > 0 && strcmp (name_at (self, 0), "Event") == 0;

  if (!is_event && (self->fields->len == 0 || strcmp (name_at (self, 0), "Response") != 0))
    return &self->counts.headless;

  *kind = is_event ? LIA_AMI_ITEM : LIA_AMI_RESPONSE;
  *time_ms = 0;
  if (is_event && is_stamped (self))
    {
      *kind = LIA_AMI_EVENT;
      *time_ms = read_timestamp (value_at (self, 2));
      return accept_time (self, *time_ms) ? NULL : &self->counts.untimely;
    }
  if (is_expected (self))
    return NULL;

  return is_event && find (self, "ActionID") == NULL ? &self->counts.unstamped : &self->counts.unasked;
}

/* NULL when it is dropped, which is counted. */
static LiaAmiMessage *
read_message (LiaAmiParser *self,
              const char   *bytes,
              gsize         length,
              guint64       position)
{
  const gboolean is_behind = position < self->damaged;
  const guint64  damaged = position + length + strlen ("\r\n") + NUMBER_BYTES;
  LiaAmiTaint    taint;
  LiaAmiKind     kind;
  gint64         time_ms;
  guint64       *dropped;

  if (length > LIA_AMI_MAX_MESSAGE_BYTES || !cut_lines (self, bytes, length, &taint))
    dropped = &self->counts.oversized;
  else if (is_behind)
    {
      dropped = &self->counts.behind;
      if (is_broken_off (self, TRUE))
        self->damaged = damaged;
    }
  else
    {
      dropped = classify (self, &kind, &time_ms);
      taint |= dropped == NULL ? check_channels (self) : 0;
      if (dropped == &self->counts.unstamped || (taint & LIA_AMI_TAINT_HALF && is_broken_off (self, is_cel (self))))
        self->damaged = damaged;
    }
  if (dropped != NULL)
    {
      *dropped += 1;
      return NULL;
    }
  self->counts.messages++;
  self->counts.tainted += taint != 0;

  return lia_ami_message_new (kind, taint, time_ms, (LiaAmiField *)self->fields->data, self->fields->len, self->text->str, self->text->len);
}

/** lia_ami_parser_next: the next message that may be looked at, or NULL when more bytes are needed. */
LiaAmiMessage *
lia_ami_parser_next (LiaAmiParser *self)
{
  const char *bytes;
  gsize       length;
  guint64     position;

  while ((bytes = cut_message (self, &length, &position)) != NULL)
    {
      LiaAmiMessage *message = NULL;

      if (self->discarding)
        self->counts.oversized++;
      else
        message = read_message (self, bytes, length, position);
      self->discarding = FALSE;
      if (message != NULL)
        return message;
    }

  return NULL;
}
