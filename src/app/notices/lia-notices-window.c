/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list follows the stream: when anybody is told, or somebody else is to be, it is read anew, and what is being typed stays.
 */
#include "lia-config.h"

#include "lia-notices-window-private.h"

#include "lia-client-notices.h"
#include "lia-notice-row.h"
#include "lia-notice-words.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

enum {
  CONVERSATION_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const states[] = { "due", "snoozed", "sent", "skipped", "cancelled" };

G_DEFINE_FINAL_TYPE (LiaNoticesWindow, lia_notices_window, ADW_TYPE_WINDOW)

/** lia_notices_window_get_state: the word for what is listed */
const char *
lia_notices_window_get_state (LiaNoticesWindow *self)
{
  return states[MIN (gtk_drop_down_get_selected (self->state), G_N_ELEMENTS (states) - 1)];
}

static LiaNotice *
notice_of (GtkListBoxRow *row)
{
  return row != NULL ? lia_notice_row_get_notice (LIA_NOTICE_ROW (row)) : NULL;
}

/* The list ---------------------------------------------------------------------------------------------------------------------------------- */

static int
find_place (LiaNoticesWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; self->chosen != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (notice_of (row)->id, self->chosen))
      return i;

  return -1;
}

static void
show_chosen (LiaNoticesWindow *self,
             LiaNotice        *notice)
{
  gtk_stack_set_visible_child_name (self->detail, notice != NULL ? "notice" : "none");
  if (notice != NULL)
    lia_notice_view_set_notice (self->view, notice);
}

static void
show_heading (LiaNoticesWindow *self)
{
  const guint      due = lia_notices_watch_get_due (self->watch);
  g_autofree char *words = g_strdup_printf (ngettext ("%u customer", "%u customers", due), due);

  adw_window_title_set_subtitle (self->heading, due > 0 ? words : "");
}

static const char *
get_page (LiaNoticesWindow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) > 0)
    return "list";

  return g_str_equal (lia_notices_window_get_state (self), "due") ? "empty" : "nothing";
}

/* Who was chosen stays so; when they were told, whoever stands in their place now is next. The keyboard is there from the beginning on. */
static void
fill (LiaNoticesWindow *self)
{
  GtkWidget     *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean       focused = self->chosen == NULL || (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)));
  int            place = MAX (find_place (self), 0);
  int            last;
  GtkListBoxRow *row;

  self->filling = TRUE;
  gtk_stack_set_visible_child_name (self->stack, get_page (self));
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->fresh)); i++)
    {
      g_autoptr (LiaNotice) notice = g_list_model_get_item (G_LIST_MODEL (self->fresh), i);

      gtk_list_box_append (self->list, lia_notice_row_new (notice));
    }
  last = (int)g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) - 1;
  row = gtk_list_box_get_row_at_index (self->list, find_place (self) >= 0 ? find_place (self) : MIN (place, last));
  gtk_list_box_select_row (self->list, row);
  if (focused && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->filling = FALSE;

  g_set_str (&self->chosen, row != NULL ? notice_of (row)->id : NULL);
  show_chosen (self, notice_of (row));
  lia_notices_window_offer_others (self);
}

static void read_page (LiaNoticesWindow *self);

static void
on_page_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      asked)
{
  LiaNoticesWindow *self = owner;
  LiaValuePage     *page = value != NULL ? g_value_get_object (value) : NULL;

  if (GPOINTER_TO_UINT (asked) != self->asked)
    return;
  self->reading = FALSE;
  if (page == NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      adw_status_page_set_description (self->problem, words);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->values)); i++)
    {
      g_autoptr (LiaNotice) notice = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      g_list_store_append (self->fresh, notice);
    }
  g_set_str (&self->next, page->next);
  if (self->next != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) < self->wanted)
    read_page (self);
  else
    fill (self);
}

static void
read_page (LiaNoticesWindow *self)
{
  self->asked++;
  self->reading = TRUE;
  lia_then (lia_client_get_notices (self->client, lia_notices_window_get_state (self), NULL, self->next), self, on_page_cb, GUINT_TO_POINTER (self->asked), NULL);
}

/* @wanted: so many at least, from the first on */
static void
read_anew (LiaNoticesWindow *self,
           guint             wanted)
{
  g_clear_object (&self->fresh);
  self->fresh = g_list_store_new (LIA_TYPE_NOTICE);
  g_clear_pointer (&self->next, g_free);
  self->wanted = wanted;
  read_page (self);
}

static void
on_changed_cb (LiaNoticesWindow *self)
{
  read_anew (self, self->fresh != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) : 0);
}

static void
on_state_changed_cb (LiaNoticesWindow *self)
{
  if (self->client != NULL)
    read_anew (self, 0);
}

static void
on_edge_reached_cb (LiaNoticesWindow *self,
                    GtkPositionType   edge)
{
  if (edge != GTK_POS_BOTTOM || self->next == NULL || self->reading)
    return;
  self->wanted = 0;
  read_page (self);
}

static void
on_row_selected_cb (LiaNoticesWindow *self,
                    GtkListBoxRow    *row)
{
  if (self->filling || row == NULL)
    return;
  g_set_str (&self->chosen, notice_of (row)->id);
  show_chosen (self, notice_of (row));
}

static void
on_row_activated_cb (LiaNoticesWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* One of them ------------------------------------------------------------------------------------------------------------------------------- */

static void
on_undo_clicked_cb (LiaNoticesWindow *self,
                    AdwToast         *toast)
{
  lia_then_complain (lia_client_cancel_message (self->client, g_object_get_data (G_OBJECT (toast), "outbox")), GTK_WIDGET (self), _ ("The message has gone already"));
}

static void
on_sent_cb (LiaNoticesWindow *self,
            LiaNotice        *notice,
            const char       *outbox)
{
  g_autofree char *name = lia_notice_words_name (notice);
  g_autofree char *words = g_strdup_printf (_ ("%s is told"), name);
  AdwToast        *toast = adw_toast_new (words);
  int              undo_s = 0;

  g_object_get (self->client, "undo-send-s", &undo_s, NULL);
  adw_toast_set_use_markup (toast, FALSE);
  if (outbox != NULL && undo_s > 0)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_timeout (toast, (guint)undo_s);
      g_object_set_data_full (G_OBJECT (toast), "outbox", g_strdup (outbox), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_clicked_cb), self, G_CONNECT_SWAPPED);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
  g_set_str (&self->sample, notice->finding);
  on_changed_cb (self); /* What the stream told may have come before: now there are others to offer */
  adw_navigation_split_view_set_show_content (self->split, FALSE);
}

static void
on_conversation_activated_cb (LiaNoticesWindow *self,
                              const char       *conversation,
                              const char       *entry)
{
  g_signal_emit (self, signals[CONVERSATION_ACTIVATED], 0, conversation, entry);
}

/* Also from the list: who is chosen there is shown with the whole message. */
static gboolean
send_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  return gtk_widget_activate_action (GTK_WIDGET (LIA_NOTICES_WINDOW (widget)->view), "notice.send", NULL);
}

static gboolean
on_close_request_cb (LiaNoticesWindow *self)
{
  lia_notice_view_keep (self->view);

  return GDK_EVENT_PROPAGATE;
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_notices_window_dispose (GObject *object)
{
  LiaNoticesWindow *self = LIA_NOTICES_WINDOW (object);

  if (self->sender != NULL)
    lia_notices_sender_stop (self->sender);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_NOTICES_WINDOW);
  g_clear_object (&self->sender);
  g_clear_object (&self->watch);
  g_clear_object (&self->client);
  g_clear_object (&self->fresh);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->sample, g_free);

  G_OBJECT_CLASS (lia_notices_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-notices-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, split);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, state);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, others);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, view);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticesWindow, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_state_changed_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_others_clicked_cb", G_CALLBACK (lia_notices_window_ask_others));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_stop_clicked_cb", G_CALLBACK (lia_notices_window_stop));
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sent_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_activated_cb);
}

static void
lia_notices_window_class_init (LiaNoticesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_notices_window_dispose;

  signals[CONVERSATION_ACTIVATED] =
      g_signal_new ("conversation-activated", LIA_TYPE_NOTICES_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_NOTICE_VIEW);
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, send_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, send_key_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
lia_notices_window_init (LiaNoticesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
lia_notices_window_new (LiaClient *client)
{
  LiaNoticesWindow *self = g_object_new (LIA_TYPE_NOTICES_WINDOW, NULL);

  self->client = g_object_ref (client);
  self->watch = lia_notices_watch_new (client);
  lia_notice_view_set_client (self->view, client);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "notify::due", G_CALLBACK (show_heading), self, G_CONNECT_SWAPPED);
  on_changed_cb (self);

  return GTK_WINDOW (self);
}
