/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many customers told in one go: offered when one message of the same finding was read and sent, with how many they are. */
#include "lia-config.h"

#include "lia-notices-window-private.h"

#include "lia-notice-draft.h"

#include <glib/gi18n.h>

static gboolean
is_sending (LiaNoticesWindow *self)
{
  return self->sender != NULL && lia_notices_sender_is_running (self->sender);
}

/* What could go as it is, of the finding of which one was read; the others are counted. */
static LiaNoticesSender *
collect (LiaNoticesWindow *self,
         guint            *n_left,
         char            **title)
{
  LiaNoticesSender *sender = lia_notices_sender_new (self->client);

  *n_left = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->fresh)); i++)
    {
      g_autoptr (LiaNotice) notice = g_list_model_get_item (G_LIST_MODEL (self->fresh), i);
      g_autoptr (LiaNoticeDraft) draft = NULL;
      g_autoptr (LiaNotice) ready = NULL;

      if (g_strcmp0 (notice->finding, self->sample) != 0)
        continue;
      g_set_str (title, notice->title);
      draft = lia_notice_draft_new (self->client, notice);
      if (!lia_notice_draft_is_ready (draft))
        {
          (*n_left)++;
          continue;
        }
      ready = lia_notice_draft_to_notice (draft, draft->subject, draft->body);
      lia_notices_sender_add (sender, ready, draft->way);
    }

  return sender;
}

/** lia_notices_window_offer_others: when one message of their finding was sent, and as long as nobody is being told. */
void
lia_notices_window_offer_others (LiaNoticesWindow *self)
{
  guint            n_left;
  g_autofree char *title = NULL;
  g_autoptr (LiaNoticesSender) sender = self->sample != NULL && g_str_equal (lia_notices_window_get_state (self), "due") ? collect (self, &n_left, &title) : NULL;
  const guint      n = sender != NULL && !is_sending (self) ? lia_notices_sender_get_total (sender) : 0;
  g_autofree char *words = g_strdup_printf (ngettext ("%u more customer asked for this", "%u more customers asked for this", n), n);

  adw_banner_set_title (self->others, n > 0 ? words : ""); /* what is folded away is read aloud all the same */
  adw_banner_set_button_label (self->others, _ ("_Tell Them Too…"));
  adw_banner_set_revealed (self->others, n > 0);
}

static void
show_progress (LiaNoticesWindow *self)
{
  const guint      total = lia_notices_sender_get_total (self->sender);
  const guint      told = lia_notices_sender_get_told (self->sender);
  const guint      failed = lia_notices_sender_get_failed (self->sender);
  g_autofree char *words = g_strdup_printf (_ ("%u of %u told"), told, total);

  gtk_label_set_text (self->progress_label, words);
  gtk_progress_bar_set_fraction (self->progress_bar, total > 0 ? (double)(told + failed) / total : 0);
  gtk_revealer_set_reveal_child (self->progress_revealer, is_sending (self));
}

static void
say_ended (LiaNoticesWindow *self)
{
  const guint      told = lia_notices_sender_get_told (self->sender);
  const guint      left = lia_notices_sender_get_total (self->sender) - told;
  g_autofree char *words = g_strdup_printf (ngettext ("%u customer told", "%u customers told", told), told);
  g_autofree char *more = left > 0 ? g_strdup_printf (_ ("%s, %u not"), words, left) : NULL;

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (more != NULL ? more : words));
}

static void
on_sender_changed_cb (LiaNoticesWindow *self)
{
  show_progress (self);
  if (is_sending (self))
    return;
  say_ended (self);
  lia_notices_window_offer_others (self);
}

void
lia_notices_window_stop (LiaNoticesWindow *self)
{
  if (self->sender != NULL)
    lia_notices_sender_stop (self->sender);
}

static void
on_many_response_cb (LiaNoticesWindow *self,
                     const char       *response,
                     AdwAlertDialog   *dialog)
{
  if (!g_str_equal (response, "tell") || is_sending (self))
    return;
  g_set_object (&self->sender, g_object_get_data (G_OBJECT (dialog), "sender"));
  g_signal_connect_object (self->sender, "changed", G_CALLBACK (on_sender_changed_cb), self, G_CONNECT_SWAPPED);
  lia_notices_sender_start (self->sender);
  show_progress (self);
  adw_banner_set_revealed (self->others, FALSE);
}

/* Translators: %s is what a customer reported; a second paragraph may follow */
static char *
many_words (const char *title,
            guint       n_left)
{
  g_autofree char *words = g_strdup_printf (_ ("Each of them gets the message that you see when you choose them here, in their own language, about “%s”. You can stop at any time."), title);

  if (n_left == 0)
    return g_steal_pointer (&words);

  return g_strdup_printf (ngettext ("%s\n\n%u customer stays in the list: told of something else just now, not to be reached, or something is still to be filled in.",
                                    "%s\n\n%u customers stay in the list: told of something else just now, not to be reached, or something is still to be filled in.", n_left),
                          words, n_left);
}

/** lia_notices_window_ask_others: says how many they are, and who stays. */
void
lia_notices_window_ask_others (LiaNoticesWindow *self)
{
  guint            n_left;
  g_autofree char *title = NULL;
  g_autoptr (LiaNoticesSender) sender = collect (self, &n_left, &title);
  const guint      n = lia_notices_sender_get_total (sender);
  g_autofree char *heading = g_strdup_printf (ngettext ("Tell %u Customer?", "Tell %u Customers?", n), n);
  g_autofree char *body = many_words (title != NULL ? title : "", n_left);
  AdwDialog       *dialog;

  if (n == 0)
    return;
  dialog = adw_alert_dialog_new (heading, body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "tell", _ ("_Tell Them"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "tell", ADW_RESPONSE_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "sender", g_object_ref (sender), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_many_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
