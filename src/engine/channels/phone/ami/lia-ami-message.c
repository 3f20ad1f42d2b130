/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-message.h"

#include <string.h>

/* One block of memory: a message is made for each event of the PBX, and most are looked at once. */

struct _LiaAmiMessage
{
  LiaAmiKind  kind;
  LiaAmiTaint taint;
  gint64      time_ms;
  const char *text; /* behind the fields */
  guint       n_fields;
  LiaAmiField fields[];
};

G_DEFINE_BOXED_TYPE (LiaAmiMessage, lia_ami_message, lia_ami_message_ref, lia_ami_message_unref)

/**
 * lia_ami_message_new:
 * @time_ms: when it happened, 0 when it does not say so
 * @fields: at least one: the first says what the message is
 * @text: (array length=length): what the fields are offsets into
 *
 * Made by #LiaAmiParser, which answers for the text.
 */
LiaAmiMessage *
lia_ami_message_new (LiaAmiKind         kind,
                     LiaAmiTaint        taint,
                     gint64             time_ms,
                     const LiaAmiField *fields,
                     guint              n_fields,
                     const char        *text,
                     gsize              length)
{
  const gsize    fields_bytes = n_fields * sizeof (LiaAmiField);
  LiaAmiMessage *self = g_atomic_rc_box_alloc (sizeof (LiaAmiMessage) + fields_bytes + length);
  char          *copy = (char *)self->fields + fields_bytes;

  self->kind = kind;
  self->taint = taint;
  self->time_ms = time_ms;
  self->text = copy;
  self->n_fields = n_fields;
  memcpy (self->fields, fields, fields_bytes);
  memcpy (copy, text, length);

  return self;
}

LiaAmiMessage *
lia_ami_message_ref (LiaAmiMessage *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lia_ami_message_unref (LiaAmiMessage *self)
{
  g_atomic_rc_box_release (self);
}

LiaAmiKind
lia_ami_message_get_kind (const LiaAmiMessage *self)
{
  return self->kind;
}

/** lia_ami_message_get_taint: 0, or why nothing that it says may be applied. */
LiaAmiTaint
lia_ami_message_get_taint (const LiaAmiMessage *self)
{
  return self->taint;
}

/** lia_ami_message_get_name: "Newchannel" of an event, "Success" of a response. */
const char *
lia_ami_message_get_name (const LiaAmiMessage *self)
{
  return self->text + self->fields[0].value;
}

/** lia_ami_message_get_time: when it happened, by our clock (a recording: by the PBX's): ms since 1970 UTC, 0 for answers to our actions. */
gint64
lia_ami_message_get_time (const LiaAmiMessage *self)
{
  return self->time_ms;
}

/** lia_ami_message_get_action_id: of our action that caused it, or NULL. */
const char *
lia_ami_message_get_action_id (const LiaAmiMessage *self)
{
  return lia_ami_message_get (self, "ActionID");
}

/**
 * lia_ami_message_get:
 * @name: as the PBX writes it: "Uniqueid"
 *
 * Returns: (nullable): the value, which may be empty; the first one when there are several; NULL when there is none
 */
const char *
lia_ami_message_get (const LiaAmiMessage *self,
                     const char          *name)
{
  for (guint i = 0; i < self->n_fields; i++)
    {
      if (strcmp (self->text + self->fields[i].name, name) == 0)
        return self->text + self->fields[i].value;
    }

  return NULL;
}

/** lia_ami_message_get_int64: the header @name as a decimal number; @otherwise when it is missing or none. */
gint64
lia_ami_message_get_int64 (const LiaAmiMessage *self,
                           const char          *name,
                           gint64               otherwise)
{
  const char *value = lia_ami_message_get (self, name);
  gint64      number;

  return value != NULL && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL) ? number : otherwise;
}

guint
lia_ami_message_get_n_fields (const LiaAmiMessage *self)
{
  return self->n_fields;
}

/**
 * lia_ami_message_get_field:
 * @index: below lia_ami_message_get_n_fields(); 0 is "Event" or "Response"
 * @value: (out) (optional): the value
 *
 * Returns: the name
 */
const char *
lia_ami_message_get_field (const LiaAmiMessage *self,
                           guint                index,
                           const char         **value)
{
  g_return_val_if_fail (index < self->n_fields, NULL);

  if (value != NULL)
    *value = self->text + self->fields[index].value;

  return self->text + self->fields[index].name;
}
