/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-notice-draft.h"

#include "lia-canned-index.h"
#include "lia-live-chats.h"
#include "lia-notice-text.h"
#include "lia-reply.h"
#include "lia-response-wording.h"
#include "lia-responses.h"
#include "lia-template-known.h"
#include "lia-time.h"

G_DEFINE_FINAL_TYPE (LiaNoticeDraft, lia_notice_draft, G_TYPE_OBJECT)

static void
lia_notice_draft_finalize (GObject *object)
{
  LiaNoticeDraft *self = (LiaNoticeDraft *)object;

  g_clear_object (&self->notice);
  g_free (self->subject);
  g_free (self->body);

  G_OBJECT_CLASS (lia_notice_draft_parent_class)->finalize (object);
}

static void
lia_notice_draft_class_init (LiaNoticeDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_notice_draft_finalize;
}

static void
lia_notice_draft_init (LiaNoticeDraft *self)
{
}

/* The team's own words, where there are any that colleagues have looked at. */
static LiaCanned *
find_response (LiaClient *client)
{
  g_autoptr (GPtrArray) library = lia_canned_index_list (lia_responses_get_index (lia_client_get_responses (client)));

  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      if (g_str_equal (canned->shortcut, LIA_NOTICE_SHORTCUT) && canned->scope == LIA_CANNED_TEAM && canned->state == LIA_CANNED_REVIEWED)
        return g_object_ref (canned);
    }

  return lia_notice_text_new ();
}

static void
add_text (LiaTemplateMap *map,
          const char     *name,
          const char     *text)
{
  if (*text != '\0')
    lia_template_map_take (map, name, lia_template_value_new_text (text));
}

static void
add_customer (LiaTemplateMap *map,
              LiaNotice      *notice)
{
  g_autofree char *first = lia_template_first_name (notice->customer->name);
  g_autofree char *last = lia_template_last_name (notice->customer->name);

  add_text (map, "customer.name", notice->customer->name);
  add_text (map, "customer.first_name", first != NULL ? first : "");
  add_text (map, "customer.last_name", last != NULL ? last : "");
  add_text (map, "customer.company", notice->organisation);
  add_text (map, "customer.email", notice->email);
  add_text (map, "customer.phone", notice->phone);
  add_text (map, "customer.language", notice->language);
}

/* Its title is ours: what engineers call it is not for customers. */
static void
add_issue (LiaTemplateMap *map,
           LiaNotice      *notice)
{
  add_text (map, "issue.title", notice->title);
  if (notice->issue == NULL)
    return;
  add_text (map, "issue.key", notice->issue->key);
  add_text (map, "issue.state", notice->issue->state);
  add_text (map, "issue.url", notice->issue->url);
  add_text (map, "issue.release", notice->issue->milestone);
}

static LiaTemplateValues *
make_values (LiaClient *client,
             LiaNotice *notice)
{
  LiaTemplateMap *map = lia_template_map_new ();
  LiaAgent       *me = lia_client_get_me (client);

  add_customer (map, notice);
  add_issue (map, notice);
  add_text (map, "conversation.subject", notice->topic);
  add_text (map, "conversation.number", notice->conv);
  add_text (map, "conversation.channel", notice->channel);
  add_text (map, "conversation.language", notice->language);
  if (me != NULL)
    lia_template_map_add_agent (map, me);

  return LIA_TEMPLATE_VALUES (map);
}

static void
take_template (LiaNoticeDraft *self,
               LiaClient      *client)
{
  g_autoptr (LiaCanned) canned = find_response (client);
  g_autoptr (LiaTemplateValues) values = make_values (client, self->notice);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  LiaTemplateWanted wanted = { .language = self->notice->language, .channel = lia_notice_way_to_string (self->way) };
  g_autoptr (LiaResponseWording) wording = NULL;

  lia_canned_formality_from_string (self->notice->formality, &wanted.formality);
  wording = lia_response_wording_new (canned, &wanted, g_get_language_names ()[0], values, zone, lia_time_now ());
  g_set_str (&self->body, wording->result != NULL ? wording->result->text : "");
  self->n_unfilled = wording->result != NULL ? wording->result->n_unfilled : 1;
}

/* Whether they would see it now if it came by chat */
static gboolean
is_there (LiaClient *client,
          LiaNotice *notice)
{
  g_autoptr (LiaConversation) conversation = lia_conversation_new ();

  conversation->id = g_strdup (notice->conv);
  conversation->channel = g_strdup (notice->channel);

  return lia_live_chats_get_visitor (lia_client_get_chats (client), conversation) == LIA_VISITOR_HERE;
}

/** lia_notice_draft_new: made anew each time that it is looked at, so that it says what is known now. */
LiaNoticeDraft *
lia_notice_draft_new (LiaClient *client,
                      LiaNotice *notice)
{
  LiaNoticeDraft *self = g_object_new (LIA_TYPE_NOTICE_DRAFT, NULL);

  self->notice = g_object_ref (notice);
  self->way = lia_notice_get_way (notice, is_there (client, notice));
  self->is_edited = *notice->body != '\0';
  self->subject = *notice->subject != '\0' ? g_strdup (notice->subject) : lia_reply_subject (notice->topic, "reply");
  if (self->is_edited)
    self->body = g_strdup (notice->body);
  else
    take_template (self, client);

  return self;
}

/** lia_notice_draft_to_notice: (transfer full): to be sent or kept, with the texts as they are now */
LiaNotice *
lia_notice_draft_to_notice (LiaNoticeDraft *self,
                            const char     *subject,
                            const char     *body)
{
  LiaNotice *notice = lia_notice_new ();

  g_set_str (&notice->id, self->notice->id);
  g_set_str (&notice->subject, subject);
  g_set_str (&notice->body, body);

  return notice;
}

/** lia_notice_draft_is_ready: whether it may go as it is, without anybody looking at it once more. */
gboolean
lia_notice_draft_is_ready (LiaNoticeDraft *self)
{
  return self->way != LIA_NOTICE_BY_NOTHING && self->n_unfilled == 0 && *self->body != '\0' && self->notice->held_ms == 0;
}
