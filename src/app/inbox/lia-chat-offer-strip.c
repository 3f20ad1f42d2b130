/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-chat-offer-strip.h"

#include "lia-call-words.h"
#include "lia-callers.h"
#include "lia-clock.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaChatOfferStrip
{
  AdwBin parent_instance;

  GtkProgressBar *progress;
  GtkLabel       *name;
  GtkLabel       *left;
  GtkLabel       *text;
  GtkLabel       *waits;

  LiaClient *client;
  char      *announced; /* the conversation of the offer that was read out, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaChatOfferStrip, lia_chat_offer_strip, ADW_TYPE_BIN)

char *
lia_chat_offer_dup_name (const LiaChatOffer *offer)
{
  return g_strdup (*offer->name != '\0' ? offer->name : _ ("A visitor"));
}

static const LiaChatOffer *
get_offer (LiaChatOfferStrip *self)
{
  return lia_chat_offers_get_offer (lia_live_chats_get_offers (lia_client_get_chats (self->client)));
}

static void
show_times (LiaChatOfferStrip *self)
{
  const LiaChatOffer *offer = get_offer (self);
  gint64              now_ms = lia_time_now ();
  gint64              left_ms;
  g_autoptr (LiaQueue) queue = NULL;
  g_autofree char *left = NULL;
  g_autofree char *span = NULL;
  g_autofree char *waits = NULL;
  g_autofree char *words = NULL;

  if (offer == NULL)
    return;
  left_ms = CLAMP (offer->until_ms - now_ms, 0, MAX (offer->until_ms - offer->from_ms, 0));
  left = lia_call_words_span (left_ms);
  span = lia_call_words_span (MAX (now_ms - offer->waiting_since_ms, 0));
  queue = lia_callers_find_queue (lia_client_get_queues (self->client), offer->queue);
  /* Translators: for how long somebody has been waiting: “Waits 0:42” */
  waits = g_strdup_printf (_ ("Waits %s"), span);
  words = g_strjoin (" · ", waits, queue != NULL ? queue->name : NULL, NULL);
  gtk_label_set_label (self->left, left);
  gtk_label_set_label (self->waits, words);
  gtk_progress_bar_set_fraction (self->progress, (double)left_ms / (double)MAX (offer->until_ms - offer->from_ms, 1));
}

static void
follow_clock (LiaChatOfferStrip *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && get_offer (self) != NULL)
    lia_clock_count (lia_clock_get_default (), G_CALLBACK (show_times), self);
  else
    lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (show_times), self);
}

/* Once for each offer, not whenever something else of it changes. */
static void
announce (LiaChatOfferStrip  *self,
          const LiaChatOffer *offer,
          const char         *name)
{
  /* Translators: who waits in a chat, and what they ask */
  g_autofree char *words = g_strdup_printf (_ ("A chat is offered to you: %s: %s"), name, offer->text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (!g_set_str (&self->announced, offer->conversation) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
update (LiaChatOfferStrip *self)
{
  const LiaChatOffer *offer = get_offer (self);

  gtk_widget_set_visible (GTK_WIDGET (self), offer != NULL);
  if (offer != NULL)
    {
      g_autofree char *name = lia_chat_offer_dup_name (offer);

      gtk_label_set_label (self->name, name);
      gtk_label_set_label (self->text, offer->text);
      show_times (self);
      announce (self, offer, name);
    }
  else
    {
      g_clear_pointer (&self->announced, g_free);
    }
  follow_clock (self);
}

void
lia_chat_offer_strip_set_client (LiaChatOfferStrip *self,
                                 LiaClient         *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (lia_live_chats_get_offers (lia_client_get_chats (client)), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
lia_chat_offer_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_chat_offer_strip_parent_class)->map (widget);
  show_times (LIA_CHAT_OFFER_STRIP (widget));
  follow_clock (LIA_CHAT_OFFER_STRIP (widget));
}

static void
lia_chat_offer_strip_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_chat_offer_strip_parent_class)->unmap (widget);
  follow_clock (LIA_CHAT_OFFER_STRIP (widget));
}

static void
lia_chat_offer_strip_dispose (GObject *object)
{
  LiaChatOfferStrip *self = LIA_CHAT_OFFER_STRIP (object);

  lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (show_times), self);
  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CHAT_OFFER_STRIP);
  g_clear_object (&self->client);
  g_clear_pointer (&self->announced, g_free);
  G_OBJECT_CLASS (lia_chat_offer_strip_parent_class)->dispose (object);
}

static void
lia_chat_offer_strip_class_init (LiaChatOfferStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_chat_offer_strip_dispose;
  widget_class->map = lia_chat_offer_strip_map;
  widget_class->unmap = lia_chat_offer_strip_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-chat-offer-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaChatOfferStrip, progress);
  gtk_widget_class_bind_template_child (widget_class, LiaChatOfferStrip, name);
  gtk_widget_class_bind_template_child (widget_class, LiaChatOfferStrip, left);
  gtk_widget_class_bind_template_child (widget_class, LiaChatOfferStrip, text);
  gtk_widget_class_bind_template_child (widget_class, LiaChatOfferStrip, waits);
}

static void
lia_chat_offer_strip_init (LiaChatOfferStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
