/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-caller-row.h"

#include "lia-client-phone.h"
#include "lia-call-customer.h"
#include "lia-effort-words.h"
#include "lia-figure-words.h"
#include "lia-phone-number.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

#define FIRST_TURN_S G_GINT64_CONSTANT (1700000000)

struct _LiaCallerRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *wait;
  GtkWidget *name;
  GtkWidget *effort;

  LiaClient       *client;
  LiaCall         *call;
  LiaCallCustomer *customer;
};

G_DEFINE_FINAL_TYPE (LiaCallerRow, lia_caller_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_who (LiaCallerRow *self)
{
  LiaCustomer     *customer = lia_call_customer_get (self->customer);
  g_autofree char *number = *self->call->number != '\0' ? lia_phone_number_show (self->call->number, NULL) : NULL;

  if (customer != NULL && customer->name != NULL && *customer->name != '\0')
    return g_strdup (customer->name);
  if (*self->call->name != '\0' && !g_str_equal (self->call->name, self->call->number))
    return g_strdup (self->call->name);

  return number != NULL ? g_steal_pointer (&number) : g_strdup (_ ("Withheld Number"));
}

static void
update_name (LiaCallerRow *self)
{
  g_autofree char *who = dup_who (self);

  gtk_label_set_label (GTK_LABEL (self->name), who);
}

static void
update_effort (LiaCallerRow *self)
{
  g_autofree char *effort = lia_effort_words_call (self->call->effort);

  gtk_label_set_label (GTK_LABEL (self->effort), effort);
  gtk_widget_set_visible (self->effort, *effort != '\0');
}

static void
on_take_cb (LiaCallerRow *self)
{
  lia_then_complain (lia_client_take_call (self->client, self->call), GTK_WIDGET (self), _ ("The caller could not be taken"));
}

/* The later wish goes first, whichever supervisor has it: it grows with the clock, and fits the telephone system's 31 bits until the year 2091. */
static int
next_turn (void)
{
  return (int)(lia_time_now () / 1000 - FIRST_TURN_S);
}

static void
on_first_cb (LiaCallerRow *self)
{
  lia_then_complain (lia_client_set_call_priority (self->client, self->call, next_turn ()), GTK_WIDGET (self), _ ("The caller's turn could not be changed"));
}

static void
add_button (LiaCallerRow *self,
            GtkWidget    *box,
            const char   *icon,
            const char   *title,
            GCallback     callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, title);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static void
lia_caller_row_dispose (GObject *object)
{
  LiaCallerRow *self = LIA_CALLER_ROW (object);

  g_clear_object (&self->client);
  g_clear_object (&self->call);
  g_clear_object (&self->customer);

  G_OBJECT_CLASS (lia_caller_row_parent_class)->dispose (object);
}

static void
lia_caller_row_class_init (LiaCallerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_caller_row_dispose;
}

static GtkWidget *
new_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

static void
lia_caller_row_init (LiaCallerRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->wait = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->wait, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (self->wait), 6);
  gtk_label_set_xalign (GTK_LABEL (self->wait), 0);
  self->name = new_label ();
  self->effort = new_label ();
  gtk_widget_add_css_class (self->effort, "caption");
  gtk_widget_add_css_class (self->effort, "dimmed");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->name);
  gtk_box_append (GTK_BOX (words), self->effort);
  gtk_box_append (GTK_BOX (box), self->wait);
  gtk_box_append (GTK_BOX (box), words);
  add_button (self, box, "go-up-symbolic", _ ("Make This the Next Caller"), G_CALLBACK (on_first_cb));
  add_button (self, box, "call-start-symbolic", _ ("Take This Caller"), G_CALLBACK (on_take_cb));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
lia_caller_row_new (LiaClient *client,
                    LiaCall   *call)
{
  LiaCallerRow *self = g_object_new (LIA_TYPE_CALLER_ROW, NULL);

  self->client = g_object_ref (client);
  self->customer = lia_call_customer_new (client);
  g_signal_connect_object (self->customer, "loaded", G_CALLBACK (update_name), self, G_CONNECT_SWAPPED);
  lia_caller_row_set_call (self, call);

  return GTK_WIDGET (self);
}

LiaCall *
lia_caller_row_get_call (LiaCallerRow *self)
{
  return self->call;
}

/** lia_caller_row_set_call: the same call, as it is now. */
void
lia_caller_row_set_call (LiaCallerRow *self,
                         LiaCall      *call)
{
  g_set_object (&self->call, call);
  lia_call_customer_set_call (self->customer, call);
  update_name (self);
  update_effort (self);
}

/** lia_caller_row_tick: they have waited until @now_ms. */
void
lia_caller_row_tick (LiaCallerRow *self,
                     gint64        now_ms)
{
  LiaCallWait     *wait = lia_call_last_wait (self->call);
  g_autofree char *span = wait != NULL && wait->to_ms == 0 ? lia_figure_span (now_ms - wait->from_ms) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->wait), span);
}
