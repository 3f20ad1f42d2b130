/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the timeline and the composer of the page ask for: answers, files, undoing. They know neither each other nor the rest of the window.
 */
#include "lia-conversation-page-private.h"

#include "lia-attachment-files.h"
#include "lia-entry-words.h"
#include "lia-then.h"

#include <glib/gi18n.h>

static void
on_load_older_cb (LiaConversationPage *self)
{
  if (self->model != NULL)
    lia_timeline_model_load_older (self->model);
}

static void
on_reply_requested_cb (LiaConversationPage *self,
                       LiaEntry            *entry,
                       const char          *mode)
{
  lia_composer_start (self->composer, entry, mode);
}

static void
on_open_attachment_cb (LiaConversationPage *self,
                       LiaEntry            *entry,
                       LiaAttachment       *attachment)
{
  lia_attachment_open (GTK_WIDGET (self), self->client, attachment);
}

static void
on_save_attachment_cb (LiaConversationPage *self,
                       LiaEntry            *entry,
                       LiaAttachment       *attachment)
{
  lia_attachment_save (GTK_WIDGET (self), self->client, attachment);
}

static void
on_retry_cb (LiaConversationPage *self,
             LiaEntry            *entry)
{
  lia_then_complain (lia_client_retry_message (self->client, entry->outbox), GTK_WIDGET (self), _ ("The message could not be sent again"));
}

static void
on_settle_cb (LiaConversationPage *self,
              LiaEntry            *entry)
{
  lia_then_complain (lia_client_settle_message (self->client, entry->outbox), GTK_WIDGET (self), _ ("The message could not be marked as sent"));
}

/* Numbers are called from here; the web and mail are other programs'. */
static gboolean
on_open_link_cb (LiaConversationPage *self,
                 const char          *uri)
{
  return g_str_has_prefix (uri, "tel:") && gtk_widget_activate_action (GTK_WIDGET (self), "call.number", "s", uri + strlen ("tel:"));
}

static void
on_undo_cb (LiaConversationPage *self,
            LiaEntry            *entry)
{
  if (entry->outbox == NULL)
    return;

  lia_composer_undo_send (self->composer, entry->outbox);
  if (self->sent_toast != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (self->sent_toast), "outbox"), entry->outbox) == 0)
    adw_toast_dismiss (self->sent_toast);
}

static DexFuture *
load_blob (const char *id,
           gpointer    data)
{
  LiaConversationPage *self = data;

  return lia_client_get_blob (self->client, id);
}

static DexFuture *
load_html (const char *entry,
           gpointer    data)
{
  LiaConversationPage *self = data;

  return lia_client_get_html (self->client, entry);
}

static void
on_view_original_cb (LiaConversationPage *self,
                     LiaEntry            *entry)
{
  /* Made with the first message that is looked at: WebKit's processes cost a hundred megabytes. */
  if (self->original == NULL)
    {
      self->original = g_object_ref_sink (lia_original_view_new ());
      lia_original_view_set_loader (self->original, load_html, load_blob, self);
    }
  lia_original_view_present (self->original, GTK_WIDGET (self), entry);
}

static void
on_undo_send_clicked_cb (LiaConversationPage *self,
                         AdwToast            *toast)
{
  lia_composer_undo_send (self->composer, g_object_get_data (G_OBJECT (toast), "outbox"));
}

static void
on_sent_cb (LiaConversationPage *self,
            const char          *outbox,
            int                  undo_s)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast  *toast;

  if (overlay == NULL || undo_s <= 0)
    return;
  toast = adw_toast_new (_ ("Message on its way"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, undo_s);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "outbox", g_strdup (outbox), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_send_clicked_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->sent_toast, toast);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
on_look_cb (LiaConversationPage *self,
            LiaEntry            *entry)
{
  lia_timeline_scroll_to_entry (self->timeline, entry->id);
}

static void
on_loading_changed_cb (LiaConversationPage *self)
{
  lia_timeline_set_has_older (self->timeline, lia_timeline_model_get_has_older (self->model));
  if (lia_timeline_model_get_loading (self->model))
    return;
  lia_timeline_set_unread_from (self->timeline, lia_timeline_model_get_unread_from (self->model));
  /* An entry on an older page: the next page is asked for until it is there. */
  if (self->entry == NULL)
    return;
  if (lia_timeline_scroll_to_entry (self->timeline, self->entry))
    g_clear_pointer (&self->entry, g_free);
  else if (lia_timeline_model_get_has_older (self->model))
    lia_timeline_model_load_older (self->model);
}

static void
update_seen (LiaConversationPage *self)
{
  const char *conversation = self->model != NULL ? lia_timeline_model_get_id (self->model) : NULL;

  lia_timeline_set_seen (self->timeline, lia_live_chats_get_seen (lia_client_get_chats (self->client), conversation));
}

/**
 * lia_conversation_page_follow_model:
 *
 * Makes timeline and composer show the model of the page, or nothing.
 */
void
lia_conversation_page_follow_model (LiaConversationPage *self)
{
  if (self->model == NULL)
    {
      g_object_set (self->composer, "model", NULL, NULL);
      lia_timeline_set_model (self->timeline, NULL);
      return;
    }
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (on_loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::has-older", G_CALLBACK (on_loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_loading_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  lia_timeline_set_unread_from (self->timeline, lia_timeline_model_get_unread_from (self->model));
  update_seen (self);
  lia_timeline_set_model (self->timeline, G_LIST_MODEL (self->model));
  on_loading_changed_cb (self);
  g_object_set (self->composer, "model", self->model, NULL);
}

/**
 * lia_conversation_page_connect_timeline:
 *
 * Once, when the client is known.
 */
void
lia_conversation_page_connect_timeline (LiaConversationPage *self)
{
  lia_timeline_set_agents (self->timeline, lia_client_get_agents (self->client));
  lia_phone_strip_set_client (self->phone_strip, self->client);
  lia_question_strip_set_client (self->question_strip, self->client);
  g_signal_connect_object (self->phone_strip, "changed", G_CALLBACK (lia_conversation_page_update_actions), self, G_CONNECT_SWAPPED);
  lia_timeline_set_queues (self->timeline, lia_client_get_queues (self->client));
  lia_timeline_set_blob_loader (self->timeline, load_blob, self);
  g_object_set (self->composer, "client", self->client, NULL);
  g_signal_connect_object (lia_client_get_chats (self->client), "changed", G_CALLBACK (update_seen), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->timeline, "load-older", G_CALLBACK (on_load_older_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "reply-requested", G_CALLBACK (on_reply_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "open-attachment", G_CALLBACK (on_open_attachment_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "save-attachment", G_CALLBACK (on_save_attachment_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "view-original", G_CALLBACK (on_view_original_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "retry", G_CALLBACK (on_retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "settle", G_CALLBACK (on_settle_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "open-link", G_CALLBACK (on_open_link_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "undo", G_CALLBACK (on_undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "toast", G_CALLBACK (lia_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composer, "look", G_CALLBACK (on_look_cb), self, G_CONNECT_SWAPPED);
}

/**
 * lia_conversation_page_dup_quote:
 * @where: (out): where it stands, in words
 *
 * Returns: (transfer full) (nullable): what is selected in the timeline, or the entry there that has the keyboard
 */
LiaQuote *
lia_conversation_page_dup_quote (LiaConversationPage *self,
                                 char               **where)
{
  g_autofree char *words = NULL;
  g_autofree char *time = NULL;
  gsize            start;
  gsize            end;
  g_autoptr (LiaEntry) entry = self->conversation != NULL ? lia_timeline_dup_quoted (self->timeline, &words, &start, &end) : NULL;
  LiaQuote *quote;

  if (entry == NULL)
    return NULL;

  quote = lia_quote_new ();
  g_set_str (&quote->conv, self->conversation->id);
  g_set_str (&quote->source, entry->id);
  lia_quote_set_text (quote, words);
  quote->start = (gint64)start;
  quote->end = (gint64)end;
  time = lia_words_full_time (entry->at_ms);
  *where = g_strdup_printf ("%s · %s", lia_words_kind (entry), time);

  return quote;
}
