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
 *   - the headers of a channel come as one block. "<prefix>ChannelState" stands before the caller's number and "<prefix>Linkedid" behind it: both or
 *     none
 *   - no name stands twice, except where the PBX itself does that. A dialplan's own headers follow "UserEvent" and may be named as they like;
 *     whoever asks gets the first, which is the PBX's
 *
 * The first three decide whether there is a message at all; the others taint it.
 */

#define COMPACT_BYTES (128 * 1024)
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
             gsize        *length)
{
  while (!self->discarding && starts_with_empty_line (self)) /* some events have one too many */
    self->start += 2;
  self->searched = MAX (self->searched, self->start);

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
  const char *colon = memchr (line, ':', length);
  LiaAmiField field = { .name = self->text->len };
  guint64     bit;

  if (colon == NULL || !append_name (self, line, colon - line, &bit))
    return LIA_AMI_TAINT_LINE;

  const char *value = colon + 1;
  if (value < line + length && *value == ' ')
    value++;
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
has_header (LiaAmiParser *self,
            const char   *prefix,
            gsize         length,
            const char   *name)
{
  for (guint i = 1; i < self->fields->len; i++)
    {
      const char *other = name_at (self, i);

      if (strncmp (other, prefix, length) == 0 && strcmp (other + length, name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether each channel that is described has all of its headers. The prefix is "Dest" and the like, or empty. */
static LiaAmiTaint
check_channels (LiaAmiParser *self)
{
  const guint end = self->custom > 0 ? self->custom : self->fields->len;

  for (guint i = 1; i < end; i++)
    {
      const char *name = name_at (self, i);
      gsize       length = strlen (name);

      if (g_str_has_suffix (name, "ChannelState"))
        {
          length -= strlen ("ChannelState");
          if (!has_header (self, name, length, "Uniqueid") || !has_header (self, name, length, "Linkedid"))
            return LIA_AMI_TAINT_HALF;
        }
      else if (g_str_has_suffix (name, "Linkedid"))
        {
          length -= strlen ("Linkedid");
          if (!has_header (self, name, length, "Channel") || !has_header (self, name, length, "ChannelState"))
            return LIA_AMI_TAINT_HALF;
        }
    }

  return 0;
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

static gboolean
is_expected (LiaAmiParser *self)
{
  const char *action_id = find (self, "ActionID");

  return action_id != NULL && self->is_pending != NULL && self->is_pending (action_id, self->data);
}

/* FALSE when it is nothing that the PBX has said to us. */
static gboolean
classify (LiaAmiParser *self,
          LiaAmiKind   *kind,
          gint64       *time_ms)
{
  gboolean is_event = self->fields->len > 0 && strcmp (name_at (self, 0), "Event") == 0;
  gboolean is_response = self->fields->len > 0 && strcmp (name_at (self, 0), "Response") == 0;
  guint64 *reason = NULL;

  *kind = is_response ? LIA_AMI_RESPONSE : LIA_AMI_ITEM;
  *time_ms = 0;
  if (!is_event && !is_response)
    reason = &self->counts.headless;
  else if (is_event && is_stamped (self))
    {
      *kind = LIA_AMI_EVENT;
      *time_ms = read_timestamp (value_at (self, 2));
      reason = accept_time (self, *time_ms) ? NULL : &self->counts.untimely;
    }
  else if (!is_expected (self))
    reason = is_event && find (self, "ActionID") == NULL ? &self->counts.unstamped : &self->counts.unasked;
  if (reason != NULL)
    *reason += 1;

  return reason == NULL;
}

/* NULL when it is dropped. */
static LiaAmiMessage *
read_message (LiaAmiParser *self,
              const char   *message,
              gsize         length)
{
  LiaAmiTaint taint;
  LiaAmiKind  kind;
  gint64      time_ms;

  if (length > LIA_AMI_MAX_MESSAGE_BYTES || !cut_lines (self, message, length, &taint))
    {
      self->counts.oversized++;
      return NULL;
    }
  if (!classify (self, &kind, &time_ms))
    return NULL;

  taint |= check_channels (self);
  self->counts.messages++;
  if (taint != 0)
    self->counts.tainted++;

  return lia_ami_message_new (kind, taint, time_ms, (LiaAmiField *)self->fields->data, self->fields->len, self->text->str, self->text->len);
}

/** lia_ami_parser_next: the next message that may be looked at, or NULL when more bytes are needed. */
LiaAmiMessage *
lia_ami_parser_next (LiaAmiParser *self)
{
  const char *bytes;
  gsize       length;

  while ((bytes = cut_message (self, &length)) != NULL)
    {
      LiaAmiMessage *message = NULL;

      if (self->discarding)
        self->counts.oversized++;
      else
        message = read_message (self, bytes, length);
      self->discarding = FALSE;
      if (message != NULL)
        return message;
    }

  return NULL;
}
