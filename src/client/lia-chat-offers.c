/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-offers.h"

#define MAX_ID 256
#define MAX_TEXT 4096

struct _LiaChatOffers
{
  GObject parent_instance;

  LiaChatOffer *offer; /* or NULL */
  gint64        n_chats;
  gint64        capacity;
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaChatOffers, lia_chat_offers, G_TYPE_OBJECT)

static void
offer_free (LiaChatOffer *offer)
{
  g_free (offer->conversation);
  g_free (offer->queue);
  g_free (offer->name);
  g_free (offer->text);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatOffer, offer_free)

/* NULL where it cannot be read: then it cannot be taken either. */
static LiaChatOffer *
read_offer (JsonObject *object)
{
  g_autoptr (LiaChatOffer) offer = g_new0 (LiaChatOffer, 1);
  const char *conversation;
  const char *queue;
  const char *name;
  const char *text;

  if (!lia_json_str (object, "conv", LIA_JSON_REQUIRED, MAX_ID, &conversation, NULL) ||
      !lia_json_str (object, "queue", LIA_JSON_OPTIONAL, MAX_ID, &queue, NULL) ||
      !lia_json_str (object, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, NULL) || !lia_json_str (object, "text", LIA_JSON_OPTIONAL, MAX_TEXT, &text, NULL) ||
      !lia_json_time (object, "waiting_since", LIA_JSON_REQUIRED, &offer->waiting_since_ms, NULL) ||
      !lia_json_time (object, "from", LIA_JSON_REQUIRED, &offer->from_ms, NULL) ||
      !lia_json_time (object, "until", LIA_JSON_REQUIRED, &offer->until_ms, NULL))
    return NULL;
  offer->conversation = g_strdup (conversation);
  offer->queue = g_strdup (queue != NULL ? queue : "");
  offer->name = g_strdup (name != NULL ? name : "");
  offer->text = g_strdup (text != NULL ? text : "");

  return g_steal_pointer (&offer);
}

void
lia_chat_offers_take (LiaChatOffers *self,
                      LiaFrame      *frame)
{
  JsonObject *offer = NULL;
  gint64      n_chats;
  gint64      capacity;

  if (frame->d == NULL || g_strcmp0 (frame->kind, "chat.offer") != 0 || !lia_json_obj (frame->d, "offer", LIA_JSON_OPTIONAL, &offer, NULL) ||
      !lia_json_int (frame->d, "chats", LIA_JSON_REQUIRED, 0, G_MAXINT, &n_chats, NULL) ||
      !lia_json_int (frame->d, "capacity", LIA_JSON_REQUIRED, 0, G_MAXINT, &capacity, NULL))
    return;

  g_clear_pointer (&self->offer, offer_free);
  self->offer = offer != NULL ? read_offer (offer) : NULL;
  self->n_chats = n_chats;
  self->capacity = capacity;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lia_chat_offers_lose (LiaChatOffers *self)
{
  if (self->capacity < 0)
    return;

  g_clear_pointer (&self->offer, offer_free);
  self->n_chats = 0;
  self->capacity = -1;
  g_signal_emit (self, signals[CHANGED], 0);
}

const LiaChatOffer *
lia_chat_offers_get_offer (LiaChatOffers *self)
{
  return self->offer;
}

gint64
lia_chat_offers_get_n_chats (LiaChatOffers *self)
{
  return self->n_chats;
}

gint64
lia_chat_offers_get_capacity (LiaChatOffers *self)
{
  return self->capacity;
}

gboolean
lia_chat_offers_is_full (LiaChatOffers *self)
{
  return self->capacity >= 0 && self->n_chats > 0 && self->n_chats >= self->capacity;
}

static void
lia_chat_offers_finalize (GObject *object)
{
  g_clear_pointer (&LIA_CHAT_OFFERS (object)->offer, offer_free);

  G_OBJECT_CLASS (lia_chat_offers_parent_class)->finalize (object);
}

static void
lia_chat_offers_class_init (LiaChatOffersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_chat_offers_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_CHAT_OFFERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_chat_offers_init (LiaChatOffers *self)
{
  self->capacity = -1;
}

LiaChatOffers *
lia_chat_offers_new (void)
{
  return g_object_new (LIA_TYPE_CHAT_OFFERS, NULL);
}
