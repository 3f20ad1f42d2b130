/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-notice.h"

#include "lia-words-private.h"

LIA_DEFINE_WORDS (LiaNoticeState, lia_notice_state, "due", "sent", "skipped", "cancelled")
LIA_DEFINE_WORDS (LiaNoticeWay, lia_notice_way, "none", "email", "chat", "phone")

G_DEFINE_FINAL_TYPE (LiaNotice, lia_notice, G_TYPE_OBJECT)

static char **
get_text (LiaNotice *self,
          guint      i)
{
  char **texts[] = { &self->id, &self->finding, &self->title, &self->conv, &self->topic, &self->customer_id, &self->organisation, &self->language, &self->formality, &self->channel,
                     &self->email, &self->phone, &self->quote, &self->subject, &self->body, &self->reason, &self->agent, &self->entry };

  return i < G_N_ELEMENTS (texts) ? texts[i] : NULL;
}

static void
lia_notice_finalize (GObject *object)
{
  LiaNotice *self = (LiaNotice *)object;
  char     **text;

  for (guint i = 0; (text = get_text (self, i)) != NULL; i++)
    g_free (*text);
  g_clear_pointer (&self->customer, lia_address_unref);
  g_clear_object (&self->issue);

  G_OBJECT_CLASS (lia_notice_parent_class)->finalize (object);
}

static void
lia_notice_class_init (LiaNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_notice_finalize;
}

static void
lia_notice_init (LiaNotice *self)
{
  char **text;

  for (guint i = 0; (text = get_text (self, i)) != NULL; i++)
    *text = g_strdup ("");
}

/** lia_notice_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaNotice *
lia_notice_new (void)
{
  return g_object_new (LIA_TYPE_NOTICE, NULL);
}

/**
 * lia_notice_get_way:
 * @is_there: the visitor of that chat is there now
 *
 * The channel that they chose, while it reaches them: who has left a chat is written to, and who has no telephone too.
 */
LiaNoticeWay
lia_notice_get_way (LiaNotice *self,
                    gboolean   is_there)
{
  if (g_str_equal (self->channel, "chat") && is_there)
    return LIA_NOTICE_BY_CHAT;
  if (g_str_equal (self->channel, "phone") && *self->phone != '\0')
    return LIA_NOTICE_BY_PHONE;
  if (*self->email != '\0')
    return LIA_NOTICE_BY_EMAIL;

  return *self->phone != '\0' ? LIA_NOTICE_BY_PHONE : LIA_NOTICE_BY_NOTHING;
}
