/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-command.h"

G_DEFINE_QUARK (lia-phone-error-quark, lia_phone_error)

/** lia_phone_command_new: an empty command, to be filled by its maker. */
LiaPhoneCommand *
lia_phone_command_new (LiaPhoneCommandKind kind)
{
  LiaPhoneCommand *self = g_rc_box_new0 (LiaPhoneCommand);

  self->kind = kind;
  self->uniqueid = g_strdup ("");
  self->phone = g_strdup ("");
  self->target = g_strdup ("");
  self->queue = g_strdup ("");
  self->text = g_strdup ("");
  self->name = g_strdup ("");
  self->conversation = g_strdup ("");

  return self;
}

LiaPhoneCommand *
lia_phone_command_ref (LiaPhoneCommand *self)
{
  return g_rc_box_acquire (self);
}

static void
command_clear (gpointer data)
{
  LiaPhoneCommand *self = data;

  g_free (self->uniqueid);
  g_free (self->phone);
  g_free (self->target);
  g_free (self->queue);
  g_free (self->text);
  g_free (self->name);
  g_free (self->conversation);
}

void
lia_phone_command_unref (LiaPhoneCommand *self)
{
  g_rc_box_release_full (self, command_clear);
}
