/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-due-pill.h"

#include "lia-call-words.h"
#include "lia-clock.h"
#include "lia-format.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaDuePill
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *label;

  LiaConversation *conversation;
  LiaCall         *call;  /* that goes on in it, or NULL */
  gboolean         waits; /* somebody is there in a chat, and waits for us */
  LiaDueUrgency    urgency;
  const char      *icon_name;
};

G_DEFINE_FINAL_TYPE (LiaDuePill, lia_due_pill, GTK_TYPE_WIDGET)

static const struct
{
  const char *css_class;
  const char *icon;
} urgencies[] = {
  [LIA_DUE_NONE] = { "none", NULL },
  [LIA_DUE_LATER] = { "later", "lia-clock-symbolic" },
  [LIA_DUE_SOON] = { "soon", "lia-clock-symbolic" },
  [LIA_DUE_OVERDUE] = { "overdue", "lia-overdue-symbolic" },
  [LIA_DUE_SNOOZED] = { "snoozed", "alarm-symbolic" },
};

static void
show_urgency (LiaDuePill   *self,
              LiaDueUrgency urgency,
              const char   *icon)
{
  gtk_widget_set_visible (GTK_WIDGET (self), urgency != LIA_DUE_NONE);
  if (urgency != self->urgency)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), urgencies[self->urgency].css_class);
      gtk_widget_add_css_class (GTK_WIDGET (self), urgencies[urgency].css_class);
      self->urgency = urgency;
    }
  if (icon != self->icon_name)
    {
      gtk_image_set_from_icon_name (self->icon, icon);
      self->icon_name = icon;
    }
}

/* Somebody in line is urgent at once, and late after the queue's target; who is spoken with is not. */
static void
update_call (LiaDuePill *self,
             gint64      now_ms)
{
  gboolean         waits = lia_call_is_waiting (self->call);
  gboolean         late = self->conversation->due_ms > 0 && self->conversation->due_ms <= now_ms;
  g_autofree char *outcome = lia_call_words_outcome (self->call, now_ms);
  g_autofree char *text = NULL;

  show_urgency (self, !waits ? LIA_DUE_LATER : late ? LIA_DUE_OVERDUE
                                                    : LIA_DUE_SOON,
                late && waits ? urgencies[LIA_DUE_OVERDUE].icon : "call-start-symbolic");
  if (waits && lia_call_last_wait (self->call)->position > 0)
    /* Translators: what a caller does, and the place in the line: "Waits 0:42 · no. 2" */
    text = g_strdup_printf (_ ("%s · no. %d"), outcome, (int)lia_call_last_wait (self->call)->position);
  gtk_label_set_label (self->label, text != NULL ? text : outcome);
}

/* As a caller does, since the first word that has no answer. */
static void
update_chat (LiaDuePill *self,
             gint64      now_ms)
{
  gboolean         late = self->conversation->due_ms > 0 && self->conversation->due_ms <= now_ms;
  g_autofree char *span = lia_call_words_span (MAX (now_ms - self->conversation->waiting_since_ms, 0));
  g_autofree char *text = g_strdup_printf (_ ("Waits %s"), span);

  show_urgency (self, late ? LIA_DUE_OVERDUE : LIA_DUE_SOON, late ? urgencies[LIA_DUE_OVERDUE].icon : "lia-chat-symbolic");
  gtk_label_set_label (self->label, text);
}

static void
update (LiaDuePill *self)
{
  gint64           now_ms = lia_time_now ();
  LiaDueUrgency    urgency = self->conversation != NULL ? lia_due_urgency (self->conversation, now_ms) : LIA_DUE_NONE;
  g_autofree char *text = NULL;

  if (self->call != NULL && self->conversation != NULL)
    {
      update_call (self, now_ms);
      return;
    }
  if (self->waits && self->conversation != NULL)
    {
      update_chat (self, now_ms);
      return;
    }
  show_urgency (self, urgency, urgencies[urgency].icon);
  if (urgency == LIA_DUE_NONE)
    return;
  text = lia_format_due (self->conversation, now_ms);
  gtk_label_set_label (self->label, text);
}

static void
follow_clock (LiaDuePill *self)
{
  if ((self->call != NULL || self->waits) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    lia_clock_count (lia_clock_get_default (), G_CALLBACK (update), self);
  else
    lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (update), self);
}

static void
lia_due_pill_map (GtkWidget *widget)
{
  update (LIA_DUE_PILL (widget));
  g_signal_connect_object (lia_clock_get_default (), "tick", G_CALLBACK (update), widget, G_CONNECT_SWAPPED);
  GTK_WIDGET_CLASS (lia_due_pill_parent_class)->map (widget);
  follow_clock (LIA_DUE_PILL (widget));
}

static void
lia_due_pill_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_due_pill_parent_class)->unmap (widget);
  g_signal_handlers_disconnect_by_func (lia_clock_get_default (), update, widget);
}

static void
lia_due_pill_dispose (GObject *object)
{
  LiaDuePill *self = LIA_DUE_PILL (object);
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->conversation);
  g_clear_object (&self->call);
  G_OBJECT_CLASS (lia_due_pill_parent_class)->dispose (object);
}

static void
lia_due_pill_class_init (LiaDuePillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_due_pill_dispose;
  widget_class->map = lia_due_pill_map;
  widget_class->unmap = lia_due_pill_unmap;

  gtk_widget_class_set_css_name (widget_class, "pill");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
lia_due_pill_init (LiaDuePill *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  /* Long words are cut rather than that they make the whole list wider. */
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (self->label, 8);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
}

void
lia_due_pill_set_conversation (LiaDuePill      *self,
                               LiaConversation *conversation)
{
  if (g_set_object (&self->conversation, conversation))
    update (self);
}

/** lia_due_pill_set_call: (nullable): the call that goes on in the conversation; NULL when it is over. */
void
lia_due_pill_set_call (LiaDuePill *self,
                       LiaCall    *call)
{
  if (!g_set_object (&self->call, call))
    return;
  follow_clock (self);
  update (self);
}

/** lia_due_pill_set_waits: whether somebody is there in a chat, and waits for us: it says for how long then. */
void
lia_due_pill_set_waits (LiaDuePill *self,
                        gboolean    waits)
{
  if (self->waits == waits)
    return;
  self->waits = waits;
  follow_clock (self);
  update (self);
}
