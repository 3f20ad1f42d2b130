/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * That a customer is to be called is the engine's word, in the conversation; why and under which number stands in the newest entry of the timeline
 * that waits for a call: a promise, or a call that nobody answered.
 */
#include "lia-phone-strip.h"

#include "lia-call-words.h"
#include "lia-callers.h"
#include "lia-client-phone.h"
#include "lia-clock.h"
#include "lia-effort-words.h"
#include "lia-entry-details.h"
#include "lia-format.h"
#include "lia-line-state.h"
#include "lia-phone-number.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 5000

struct _LiaPhoneStrip
{
  AdwBin parent_instance;

  GtkImage  *icon;
  GtkLabel  *text;
  GtkWidget *done_button;
  GtkWidget *call_button;
  GtkWidget *take_button;

  LiaClient        *client;
  LiaConversation  *conversation; /* or NULL */
  LiaTimelineModel *timeline;     /* or NULL */
  LiaCall          *call;         /* that waits in it, or NULL */
  char             *entry;        /* what waits for a call, or NULL */
  char             *number;       /* that is to be called, or NULL */
  char             *announced;    /* the entry with which somebody said yes to our offer, or NULL */

  GtkWidget *asked;    /* the button whose request the call does not show yet, or NULL */
  guint      patience; /* until it is said that nothing came of it */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPhoneStrip, lia_phone_strip, ADW_TYPE_BIN)

static gboolean
waits_for_call (LiaEntry        *entry,
                LiaEntryDetails *details)
{
  g_autoptr (LiaCall) call = lia_entry_details_call (entry);

  if (details->settled)
    return FALSE;
  if (entry->kind == LIA_ENTRY_PROMISE)
    return g_str_equal (details->what, "callback");
  return (entry->kind == LIA_ENTRY_CALL || entry->kind == LIA_ENTRY_VOICEMAIL) && entry->direction == LIA_DIRECTION_IN && call != NULL && call->ended_ms > 0 && call->answered_ms == 0;
}

/* The newest entry that waits for a call, with its details. */
static LiaEntryDetails *
find_waiting (LiaPhoneStrip *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->timeline)); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->timeline), i - 1);
      g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);

      if (!waits_for_call (entry, details))
        continue;
      g_set_str (&self->entry, entry->id);
      return g_steal_pointer (&details);
    }
  return NULL;
}

/* Who has said yes to a call that we offered waits for it now. */
static char *
dup_what (LiaPhoneStrip   *self,
          LiaEntryDetails *details)
{
  g_autofree char *name = self->conversation->customer != NULL ? lia_address_show (self->conversation->customer) : NULL;

  if (details == NULL || *details->offer == '\0' || name == NULL)
    return g_strdup (_ ("To be called back"));

  return g_strdup_printf (_ ("%s would like to be called"), name);
}

static void
show_callback (LiaPhoneStrip *self)
{
  g_autoptr (LiaEntryDetails) details = find_waiting (self);
  g_autofree char *due = lia_format_due (self->conversation, lia_time_now ());
  g_autofree char *what = dup_what (self, details);
  g_autoptr (GString) text = g_string_new (what);
  gboolean offered = details != NULL && *details->offer != '\0';

  if (details != NULL && *details->number != '\0')
    {
      g_autofree char *number = lia_phone_number_show (details->number, NULL);

      g_set_str (&self->number, details->number);
      g_string_append_printf (text, " · %s", number);
    }
  if (*due != '\0')
    g_string_append_printf (text, " · %s", due);
  if (details != NULL && *details->reason != '\0')
    g_string_append_printf (text, " · %s", details->reason);
  gtk_image_set_from_icon_name (self->icon, "lia-callback-symbolic");
  gtk_label_set_label (self->text, text->str);
  gtk_button_set_label (GTK_BUTTON (self->call_button), offered ? _ ("_Call") : _ ("_Call Back"));
  gtk_widget_set_tooltip_text (self->call_button, offered ? _ ("Call (Ctrl+Shift+B)") : _ ("Call Back (Ctrl+Shift+B)"));
  if (offered && g_set_str (&self->announced, self->entry) && gtk_widget_get_mapped (GTK_WIDGET (self->text)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text->str, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_caller (LiaPhoneStrip *self)
{
  g_autofree char *number = lia_call_words_number (self->call);
  g_autofree char *does = lia_call_words_outcome (self->call, lia_time_now ());
  const char      *match = self->call->match != LIA_MATCH_EXACT ? lia_call_words_match (self->call) : "";
  g_autofree char *effort = lia_effort_words_call (self->call->effort);
  const char      *known = *effort != '\0' ? effort : match;
  g_autofree char *text = g_strjoin (" · ", number, does, *known != '\0' ? known : NULL, NULL);

  gtk_image_set_from_icon_name (self->icon, "call-start-symbolic");
  gtk_label_set_label (self->text, text);
}

static void
on_second (LiaPhoneStrip *self)
{
  if (self->call != NULL)
    show_caller (self);
}

static void
follow_clock (LiaPhoneStrip *self)
{
  if (self->call != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    lia_clock_count (lia_clock_get_default (), G_CALLBACK (on_second), self);
  else
    lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (on_second), self);
}

static gboolean
has_phone (LiaPhoneStrip *self)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return me != NULL && me->phone != NULL && *me->phone != '\0';
}

static void
set_asked (LiaPhoneStrip *self,
           GtkWidget     *button)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->asked != NULL)
    {
      gtk_widget_set_sensitive (self->asked, TRUE);
      gtk_widget_remove_css_class (self->asked, "pending");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->asked), GTK_ACCESSIBLE_STATE_BUSY, FALSE, -1);
    }
  self->asked = button;
  if (button == NULL)
    return;
  gtk_widget_set_sensitive (button, FALSE);
  gtk_widget_add_css_class (button, "pending");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_BUSY, TRUE, -1);
}

static void
on_patience_over_cb (gpointer data)
{
  LiaPhoneStrip *self = data;

  self->patience = 0;
  set_asked (self, NULL);
  lia_toast (GTK_WIDGET (self), _ ("The telephone system has not done it. Please try again."));
}

static void
asked_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      what)
{
  LiaPhoneStrip *self = owner;

  if (error != NULL || self->asked == self->done_button)
    set_asked (self, NULL);
  if (error != NULL)
    lia_complain (owner, what, error);
}

/* What comes of it is seen when the call changes, be it that it is made. */
static void
ask (LiaPhoneStrip *self,
     GtkWidget     *button,
     DexFuture     *future,
     const char    *complaint)
{
  set_asked (self, button);
  self->patience = g_timeout_add_once (PATIENCE_MS, on_patience_over_cb, self);
  lia_then (future, self, asked_cb, (gpointer)complaint, NULL);
}

static void
update (LiaPhoneStrip *self)
{
  g_autoptr (LiaCall) call = self->conversation != NULL ? lia_callers_find (lia_client_get_calls (self->client), self->conversation->id) : NULL;
  LiaAgent *me = self->client != NULL ? lia_client_get_me (self->client) : NULL;
  /* Whom my telephone rings for is answered below. */
  gboolean waits = call != NULL && lia_call_is_waiting (call) && (me == NULL || !lia_line_is_mine (call, me->id));
  gboolean callback = call == NULL && self->conversation != NULL && self->conversation->callback && self->conversation->state == LIA_CONVERSATION_OPEN;

  if ((self->asked == self->take_button && !waits) || (self->asked != NULL && self->asked != self->take_button && !callback))
    set_asked (self, NULL);
  g_set_object (&self->call, (waits ? call : NULL));
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->number, g_free);
  if (waits)
    show_caller (self);
  else if (callback)
    show_callback (self);

  gtk_widget_set_visible (self->take_button, waits && has_phone (self));
  gtk_widget_set_visible (self->done_button, self->entry != NULL);
  gtk_widget_set_visible (self->call_button, self->number != NULL && has_phone (self));
  gtk_widget_set_visible (GTK_WIDGET (self), waits || callback);
  follow_clock (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_done_cb (LiaPhoneStrip *self)
{
  ask (self, self->done_button, lia_client_finish_callback (self->client, self->entry), _ ("The callback could not be finished"));
}

/** lia_phone_strip_call: calls the customer back. */
void
lia_phone_strip_call (LiaPhoneStrip *self)
{
  if (lia_phone_strip_can_call (self))
    ask (self, self->call_button, lia_client_dial (self->client, self->number, self->conversation->id), _ ("The call could not be made"));
}

/** lia_phone_strip_take: takes the caller who waits in the conversation. */
void
lia_phone_strip_take (LiaPhoneStrip *self)
{
  if (lia_phone_strip_can_take (self))
    ask (self, self->take_button, lia_client_take_call (self->client, self->call), _ ("The caller could not be taken"));
}

/** lia_phone_strip_can_call: whether the customer waits to be called back, and nobody was asked to do it this moment. */
gboolean
lia_phone_strip_can_call (LiaPhoneStrip *self)
{
  return self->number != NULL && self->call == NULL && self->asked == NULL && has_phone (self);
}

/** lia_phone_strip_can_take: whether somebody waits whom I can take. */
gboolean
lia_phone_strip_can_take (LiaPhoneStrip *self)
{
  return self->call != NULL && self->asked == NULL && has_phone (self);
}

static void
lia_phone_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_phone_strip_parent_class)->map (widget);
  follow_clock (LIA_PHONE_STRIP (widget));
}

static void
lia_phone_strip_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_phone_strip_parent_class)->unmap (widget);
  follow_clock (LIA_PHONE_STRIP (widget));
}

static void
forget_timeline (LiaPhoneStrip *self)
{
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, update, self);
  g_clear_object (&self->timeline);
  g_clear_object (&self->conversation);
}

static void
lia_phone_strip_dispose (GObject *object)
{
  LiaPhoneStrip *self = LIA_PHONE_STRIP (object);

  lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (on_second), self);
  g_clear_handle_id (&self->patience, g_source_remove);
  self->asked = NULL;
  forget_timeline (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PHONE_STRIP);
  g_clear_object (&self->client);
  g_clear_object (&self->call);
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->announced, g_free);
  G_OBJECT_CLASS (lia_phone_strip_parent_class)->dispose (object);
}

static void
lia_phone_strip_class_init (LiaPhoneStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_phone_strip_dispose;
  widget_class->map = lia_phone_strip_map;
  widget_class->unmap = lia_phone_strip_unmap;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIA_TYPE_PHONE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-phone-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneStrip, text);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneStrip, done_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneStrip, call_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneStrip, take_button);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, lia_phone_strip_call);
  gtk_widget_class_bind_template_callback (widget_class, lia_phone_strip_take);
}

static void
lia_phone_strip_init (LiaPhoneStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_phone_strip_set_client (LiaPhoneStrip *self,
                            LiaClient     *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/** lia_phone_strip_set_conversation: (nullable) @conversation, (nullable) @timeline: NULL for none. */
void
lia_phone_strip_set_conversation (LiaPhoneStrip    *self,
                                  LiaConversation  *conversation,
                                  LiaTimelineModel *timeline)
{
  if (timeline != self->timeline)
    {
      set_asked (self, NULL);
      forget_timeline (self);
      if (g_set_object (&self->timeline, timeline) && timeline != NULL)
        g_signal_connect_object (timeline, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  g_set_object (&self->conversation, (timeline != NULL ? conversation : NULL));
  update (self);
}
