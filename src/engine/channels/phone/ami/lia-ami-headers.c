/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-headers.h"

#include "lia-shown-text.h"

#include <string.h>

/*
 * The headers of a channel are a block of fourteen, in an order that does not change: "Channel" to "Linkedid", each with a prefix ("Dest") where
 * there is more than one channel. The caller's number stands in its middle.
 */

#define BLOCK_FIELDS 14

void
lia_ami_headers_init (LiaAmiHeaders *self)
{
  self->fields = g_array_new (FALSE, FALSE, sizeof (LiaAmiField));
  self->text = g_string_new (NULL);
}

void
lia_ami_headers_clear (LiaAmiHeaders *self)
{
  g_array_unref (self->fields);
  g_string_free (self->text, TRUE);
}

const char *
lia_ami_headers_name (const LiaAmiHeaders *self,
                      guint                index)
{
  return self->text->str + g_array_index (self->fields, LiaAmiField, index).name;
}

const char *
lia_ami_headers_value (const LiaAmiHeaders *self,
                       guint                index)
{
  return self->text->str + g_array_index (self->fields, LiaAmiField, index).value;
}

/* A value follows its name's NUL. */
static gsize
name_length (const LiaAmiHeaders *self,
             guint                index)
{
  const LiaAmiField *field = &g_array_index (self->fields, LiaAmiField, index);

  return field->value - field->name - 1;
}

static gboolean
name_ends_with (const LiaAmiHeaders *self,
                guint                index,
                const char          *end)
{
  const gsize length = name_length (self, index);
  const gsize n = strlen (end);

  return length >= n && memcmp (lia_ami_headers_name (self, index) + length - n, end, n) == 0;
}

/** lia_ami_headers_find: the first value of that name, or NULL. */
const char *
lia_ami_headers_find (const LiaAmiHeaders *self,
                      const char          *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      if (strcmp (lia_ami_headers_name (self, i), name) == 0)
        return lia_ami_headers_value (self, i);
    }

  return NULL;
}

/* Names that the PBX itself repeats. */
static gboolean
may_repeat (const LiaAmiHeaders *self,
            const char          *name)
{
  static const char *const names[] = { "Variable", "ChanVariable", "Output", "Message" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (name, names[i]) == 0)
        return TRUE;
    }

  return strcmp (name, "State") == 0 && strcmp (lia_ami_headers_value (self, 0), "TestEvent") == 0;
}

static gboolean
stands_before (const LiaAmiHeaders *self,
               const char          *name,
               guint                index)
{
  for (guint i = 0; i < index; i++)
    {
      if (strcmp (lia_ami_headers_name (self, i), name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The last field is new: may it be there? */
static LiaAmiTaint
check_name (LiaAmiHeaders *self,
            guint64        bit)
{
  const guint    last = self->fields->len - 1;
  const char    *name = lia_ami_headers_name (self, last);
  const gboolean is_mark = strcmp (name, "UserEvent") == 0 && strcmp (lia_ami_headers_value (self, 0), "UserEvent") == 0;
  const gboolean is_custom = self->custom > 0 && !is_mark;

  if (is_mark && self->custom == 0)
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
append_name (LiaAmiHeaders *self,
             const char    *name,
             gsize          length,
             guint64       *bit)
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
add_line (LiaAmiHeaders *self,
          const char    *line,
          gsize          length)
{
  const char *colon = memmem (line, length, ": ", 2);
  LiaAmiField field = { .name = self->text->len };
  guint64     bit;

  if (colon == NULL || !append_name (self, line, colon - line, &bit))
    return LIA_AMI_TAINT_LINE;

  const char *value = colon + 2;
  field.value = self->text->len;
  lia_shown_text_append (self->text, value, line + length - value);
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->fields, field);

  return check_name (self, bit);
}

/** lia_ami_headers_cut: @message is lines, each with its CR LF. FALSE when there are more than @max_fields. */
gboolean
lia_ami_headers_cut (LiaAmiHeaders *self,
                     const char    *message,
                     gsize          length,
                     guint          max_fields,
                     LiaAmiTaint   *taint)
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
      if (self->fields->len > max_fields)
        return FALSE;
      line = line_end + 2;
    }

  return TRUE;
}

/* Whether the headers of a channel begin at @index, each with @prefix ("Dest" and the like, or nothing) of @length. */
static gboolean
is_block (const LiaAmiHeaders *self,
          guint                index,
          const char          *prefix,
          gsize                length)
{
  static const char *const names[BLOCK_FIELDS] = { "Channel", "ChannelState", "ChannelStateDesc", "CallerIDNum", "CallerIDName", "ConnectedLineNum",
                                                   "ConnectedLineName", "Language", "AccountCode", "Context", "Exten", "Priority", "Uniqueid", "Linkedid" };

  if (index == 0 || index + BLOCK_FIELDS > self->fields->len)
    return FALSE;
  for (guint i = 0; i < BLOCK_FIELDS; i++)
    {
      const char *name = lia_ami_headers_name (self, index + i);

      if (strncmp (name, prefix, length) != 0 || strcmp (name + length, names[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
begins_block (const LiaAmiHeaders *self,
              guint                index)
{
  return index > 0 && name_ends_with (self, index, "ChannelState");
}

static gboolean
is_whole_block (const LiaAmiHeaders *self,
                guint                index)
{
  return is_block (self, index - 1, lia_ami_headers_name (self, index), name_length (self, index) - strlen ("ChannelState"));
}

/* "Uniqueid", "Linkedid"; with a capital D in CEL. */
static gboolean
ends_block (const LiaAmiHeaders *self,
            guint                index)
{
  return index > 0 && ((name_ends_with (self, index, "Linkedid") && name_ends_with (self, index - 1, "Uniqueid")) ||
                       (name_ends_with (self, index, "LinkedID") && name_ends_with (self, index - 1, "UniqueID")));
}

/** lia_ami_headers_is_cel: Channel Event Logging describes channels in its own words: nothing of it is a block. */
gboolean
lia_ami_headers_is_cel (const LiaAmiHeaders *self)
{
  return strcmp (lia_ami_headers_value (self, 0), "CEL") == 0;
}

/** lia_ami_headers_check_channels: whether each channel that is described has all of its headers, in one piece. */
LiaAmiTaint
lia_ami_headers_check_channels (const LiaAmiHeaders *self)
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

  return lia_ami_headers_is_cel (self) && lia_ami_headers_find (self, "LinkedID") == NULL ? LIA_AMI_TAINT_HALF : 0;
}

/** lia_ami_headers_ends_inside: whether the message ends within the headers of a channel. @inside: it begins there. */
gboolean
lia_ami_headers_ends_inside (const LiaAmiHeaders *self,
                             gboolean             inside)
{
  for (guint i = 1; i < self->fields->len; i++)
    {
      if (begins_block (self, i))
        inside = !is_whole_block (self, i);
      else if (ends_block (self, i))
        inside = FALSE;
    }

  return inside;
}
