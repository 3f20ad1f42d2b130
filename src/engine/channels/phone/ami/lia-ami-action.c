/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-action.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define ID_BYTES 12 /* 96 bits: nobody guesses which answer we wait for */

struct _LiaAmiAction
{
  char    *name;
  char    *id;
  GString *lines; /* without "Action" and "ActionID" */
  guint    n_lines;
  char    *spoilt_by; /* name of the first header that cannot be written, or NULL */
};

G_DEFINE_QUARK (lia-ami-error, lia_ami_error)

static char *
make_id (void)
{
  guint8   bytes[ID_BYTES];
  GString *id = g_string_sized_new (2 * ID_BYTES);

  while (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_assert (errno == EINTR);
  for (guint i = 0; i < ID_BYTES; i++)
    g_string_append_printf (id, "%02x", bytes[i]);

  return g_string_free_and_steal (id);
}

/** lia_ami_action_new: @name is ours, not somebody's input: "QueuePause". */
LiaAmiAction *
lia_ami_action_new (const char *name)
{
  LiaAmiAction *self = g_new0 (LiaAmiAction, 1);

  self->name = g_strdup (name);
  self->id = make_id ();
  self->lines = g_string_new (NULL);
  self->n_lines = 2;

  return self;
}

void
lia_ami_action_free (LiaAmiAction *self)
{
  explicit_bzero (self->lines->str, self->lines->allocated_len); /* the login's has a password */
  g_string_free (self->lines, TRUE);
  g_free (self->name);
  g_free (self->id);
  g_free (self->spoilt_by);
  g_free (self);
}

static gboolean
is_name (const char *name)
{
  return *name != '\0' && name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-")] == '\0';
}

/* One line of text: no control characters, of which CR and LF would end it. */
static gboolean
is_value (const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    {
      if ((guchar)*p < ' ' || *p == 0x7f)
        return FALSE;
    }

  return g_utf8_validate (value, -1, NULL);
}

/**
 * lia_ami_action_add:
 * @value: may be from anywhere
 *
 * Adds a header; a name may be used more than once ("Variable").
 */
void
lia_ami_action_add (LiaAmiAction *self,
                    const char   *name,
                    const char   *value)
{
  gboolean fits = strlen (name) + strlen (": ") + strlen (value) <= LIA_AMI_MAX_LINE_BYTES && self->n_lines < LIA_AMI_MAX_LINES;

  if (fits && is_name (name) && is_value (value))
    {
      g_string_append_printf (self->lines, "%s: %s\r\n", name, value);
      self->n_lines++;
    }
  else if (self->spoilt_by == NULL)
    self->spoilt_by = g_strndup (name, LIA_AMI_MAX_LINE_BYTES);
}

const char *
lia_ami_action_get_name (const LiaAmiAction *self)
{
  return self->name;
}

/** lia_ami_action_get_id: a random one that no other action has; in the answer, and in what comes later ("OriginateResponse"). */
const char *
lia_ami_action_get_id (const LiaAmiAction *self)
{
  return self->id;
}

/** lia_ami_action_set_id: one that is known beforehand, for transcripts. */
void
lia_ami_action_set_id (LiaAmiAction *self,
                       const char   *id)
{
  g_set_str (&self->id, id);
}

/** lia_ami_action_to_bytes: as it goes over the wire. %LIA_AMI_ERROR_REFUSED when a header of it cannot be written. */
GBytes *
lia_ami_action_to_bytes (const LiaAmiAction *self,
                         GError            **error)
{
  if (self->spoilt_by != NULL || !is_name (self->name) || !is_name (self->id))
    {
      g_autofree char *header = g_utf8_make_valid (self->spoilt_by != NULL ? self->spoilt_by : "Action", -1);
      g_set_error (error, LIA_AMI_ERROR, LIA_AMI_ERROR_REFUSED, "“%s” of “%s” cannot be sent.", header, self->name);
      return NULL;
    }

  char *text = g_strdup_printf ("Action: %s\r\nActionID: %s\r\n%s\r\n", self->name, self->id, self->lines->str);
  return g_bytes_new_take (text, strlen (text));
}
