/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-call-notifier.h"

#include "lia-line-words.h"

#include <glib/gi18n.h>

struct _LiaCallNotifier
{
  GApplication    *application; /* not owned: it owns us */
  LiaPhoneStation *station;
  gboolean (*is_active) (gpointer data);
  gpointer data;
};

static void
send (LiaCallNotifier *self,
      LiaPhoneLine    *line)
{
  g_autoptr (GNotification) notification = NULL;
  const char      *id = lia_phone_line_get_id (line);
  g_autofree char *who = lia_line_words_who (line);
  g_autofree char *number = lia_line_words_number (line);
  const char      *match = lia_line_words_match (line);
  g_autofree char *body = g_strjoin (match != NULL ? " · " : "", number, match != NULL ? match : "", NULL);
  g_autofree char *title = g_strdup_printf (_ ("%s calls you"), who);

  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "call.incoming");
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_default_action (notification, "app.show");
  g_notification_add_button_with_target (notification, _ ("Answer"), "app.answer-call", "s", id);
  g_notification_add_button_with_target (notification, _ ("Reject"), "app.reject-call", "s", id);
  g_application_send_notification (self->application, id, notification);
}

/* Who it is may be known a moment after it rings: the notification is sent again then. */
static void
on_line_changed_cb (LiaCallNotifier *self,
                    LiaPhoneLine    *line)
{
  const char *id = lia_phone_line_get_id (line);

  if (lia_phone_line_get_state (line) == LIA_LINE_RINGING)
    {
      if (lia_phone_line_get_customer (line) != NULL)
        send (self, line);
      return;
    }
  g_application_withdraw_notification (self->application, id);
  g_signal_handlers_disconnect_by_func (line, on_line_changed_cb, self);
}

static void
on_ringing_cb (LiaCallNotifier *self,
               LiaPhoneLine    *line)
{
  if (self->is_active (self->data))
    return;
  send (self, line);
  g_signal_connect_swapped (line, "changed", G_CALLBACK (on_line_changed_cb), self);
}

LiaCallNotifier *
lia_call_notifier_new (GApplication    *application,
                       LiaPhoneStation *station,
                       gboolean (*is_active) (gpointer data),
                       gpointer data)
{
  LiaCallNotifier *self = g_new0 (LiaCallNotifier, 1);

  self->application = application;
  self->station = g_object_ref (station);
  self->is_active = is_active;
  self->data = data;
  g_signal_connect_swapped (station, "ringing", G_CALLBACK (on_ringing_cb), self);
  return self;
}

void
lia_call_notifier_free (LiaCallNotifier *self)
{
  GListModel *lines = lia_phone_station_get_lines (self->station);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (LiaPhoneLine) line = g_list_model_get_item (lines, i);

      g_signal_handlers_disconnect_by_data (line, self);
      g_application_withdraw_notification (self->application, lia_phone_line_get_id (line));
    }
  g_signal_handlers_disconnect_by_data (self->station, self);
  g_object_unref (self->station);
  g_free (self);
}
