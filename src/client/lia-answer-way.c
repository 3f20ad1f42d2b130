/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-chat-way.h"

G_DEFINE_BOXED_TYPE (LiaAnswerWay, lia_answer_way, lia_answer_way_copy, lia_answer_way_free)

LiaAnswerWay *
lia_answer_way_new (gboolean    by_mail,
                    const char *address,
                    gint64      mail_from_ms)
{
  LiaAnswerWay *self = g_new0 (LiaAnswerWay, 1);

  self->by_mail = by_mail;
  self->address = g_strdup (address);
  self->mail_from_ms = mail_from_ms;

  return self;
}

LiaAnswerWay *
lia_answer_way_copy (LiaAnswerWay *self)
{
  return lia_answer_way_new (self->by_mail, self->address, self->mail_from_ms);
}

void
lia_answer_way_free (LiaAnswerWay *self)
{
  g_free (self->address);
  g_free (self);
}
