/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-parser.h"

#include "lia-ami-headers.h"

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
#define CLOCK_SLACK_MS 5000
#define JUMP_EVENTS 3 /* in a row say the same time: then the PBX's clock was set */

struct _LiaAmiParser
{
  LiaAmiPendingFunc is_pending;
  gpointer          data;
  LiaAmiClock      *clock; /* or NULL */
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
  gboolean          booted;
  LiaAmiHeaders     headers; /* of the message that is being read */
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
  lia_ami_headers_init (&self->headers);

  return self;
}

void
lia_ami_parser_free (LiaAmiParser *self)
{
  g_byte_array_unref (self->buffer);
  lia_ami_headers_clear (&self->headers);
  g_free (self);
}

/** lia_ami_parser_set_clock: @clock makes the times of messages from now on, and learns from them; without one they are as they were written. */
void
lia_ami_parser_set_clock (LiaAmiParser *self,
                          LiaAmiClock  *clock)
{
  self->clock = clock;
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

/** lia_ami_parser_has_booted: whether the PBX has said that it has loaded everything: with the greeting of a login that reads `system`, or later. */
gboolean
lia_ami_parser_has_booted (const LiaAmiParser *self)
{
  return self->booted;
}

const LiaAmiCounts *
lia_ami_parser_get_counts (const LiaAmiParser *self)
{
  return &self->counts;
}

/** lia_ami_counts_forged: messages that a caller has written, or written into. */
guint64
lia_ami_counts_forged (const LiaAmiCounts *self)
{
  return self->tainted + self->headless + self->unstamped + self->behind + self->untimely;
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

/* What may be believed ---------------------------------------------------------------------------------------------------------------- */

static gboolean
is_expected (LiaAmiParser *self)
{
  const char *action_id = lia_ami_headers_find (&self->headers, "ActionID");

  return action_id != NULL && self->is_pending != NULL && self->is_pending (action_id, self->data);
}

/* Whether the message ends within the headers of a channel or, for a list, of an item. @inside: it begins there. */
static gboolean
is_broken_off (LiaAmiParser *self,
               gboolean      inside)
{
  return lia_ami_headers_ends_inside (&self->headers, inside) && !is_expected (self);
}

static gboolean
is_boot (LiaAmiParser *self)
{
  return strcmp (lia_ami_headers_value (&self->headers, 0), "FullyBooted") == 0;
}

/*
 * Asterisk greets a login that reads `system` with this one event, and never puts the time in it. Before any event was believed there is no caller's
 * number either of which it could be a part.
 */
static gboolean
is_greeting (LiaAmiParser *self)
{
  return self->last_ms == 0 && is_boot (self);
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
  return self->headers.fields->len >= 3 && strcmp (lia_ami_headers_name (&self->headers, 1), "Privilege") == 0 && is_privilege (lia_ami_headers_value (&self->headers, 1)) &&
         strcmp (lia_ami_headers_name (&self->headers, 2), "Timestamp") == 0 && read_timestamp (lia_ami_headers_value (&self->headers, 2)) > 0;
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
      self->counts.untimely -= JUMP_EVENTS - 1;
      self->counts.resets++;
      if (self->clock != NULL)
        lia_ami_clock_reset (self->clock);
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
          gint64       *stamp_ms)
{
  gboolean is_event = self->headers.fields->len > 0 && strcmp (lia_ami_headers_name (&self->headers, 0), "Event") == 0;

  if (!is_event && (self->headers.fields->len == 0 || strcmp (lia_ami_headers_name (&self->headers, 0), "Response") != 0))
    return &self->counts.headless;

  *kind = is_event ? LIA_AMI_ITEM : LIA_AMI_RESPONSE;
  *stamp_ms = 0;
  if (is_event && is_stamped (self))
    {
      *kind = LIA_AMI_EVENT;
      *stamp_ms = read_timestamp (lia_ami_headers_value (&self->headers, 2));
      if (!accept_time (self, *stamp_ms))
        return &self->counts.untimely;
      self->booted |= is_boot (self);
      return NULL;
    }
  if (is_expected (self))
    return NULL;
  if (is_event && is_greeting (self))
    self->booted = TRUE;
  else if (is_event && lia_ami_headers_find (&self->headers, "ActionID") == NULL)
    return &self->counts.unstamped;

  return &self->counts.unasked;
}

/* The one place where a stamp becomes a time. What a caller wrote into teaches the clock nothing. */
static gint64
time_of_stamp (LiaAmiParser *self,
               gint64        stamp_ms,
               gboolean      is_tainted)
{
  if (self->clock == NULL || stamp_ms == 0)
    return stamp_ms;
  if (!is_tainted)
    lia_ami_clock_hear (self->clock, stamp_ms);

  return lia_ami_clock_tell (self->clock, stamp_ms);
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
  LiaAmiKind     kind = LIA_AMI_EVENT;
  gint64         stamp_ms = 0;
  guint64       *dropped;

  if (length > LIA_AMI_MAX_MESSAGE_BYTES || !lia_ami_headers_cut (&self->headers, bytes, length, LIA_AMI_MAX_FIELDS, &taint))
    dropped = &self->counts.oversized;
  else if (is_behind)
    {
      dropped = &self->counts.behind;
      if (is_broken_off (self, TRUE))
        self->damaged = damaged;
    }
  else
    {
      dropped = classify (self, &kind, &stamp_ms);
      taint |= dropped == NULL ? lia_ami_headers_check_channels (&self->headers) : 0;
      if (dropped == &self->counts.unstamped || (taint & LIA_AMI_TAINT_HALF && is_broken_off (self, lia_ami_headers_is_cel (&self->headers))))
        self->damaged = damaged;
    }
  if (dropped != NULL)
    {
      *dropped += 1;
      return NULL;
    }
  self->counts.messages++;
  self->counts.tainted += taint != 0;

  return lia_ami_message_new (kind, taint, time_of_stamp (self, stamp_ms, taint != 0), (LiaAmiField *)self->headers.fields->data, self->headers.fields->len, self->headers.text->str, self->headers.text->len);
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
