/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-address-completion.h"

#include <glib/gi18n.h>

/*
 * The customers that fit what is being typed into a LiaAddressEntry, in a popover below it. The focus stays in the text: the entry passes on
 * the arrow keys. A newer question drops the older one's answer. Signal: `chosen` (LiaAddress), for a click on a row.
 */

struct _LiaAddressCompletion
{
  GObject parent_instance;

  GtkWidget  *popover; /* child of the text, until detached */
  GtkListBox *list;
  LiaClient  *client;
  DexFuture  *answer; /* the question on its way */
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaAddressCompletion, lia_address_completion, G_TYPE_OBJECT)

static GQuark
address_quark (void)
{
  return g_quark_from_static_string ("lia-address");
}

static GtkWidget *
make_row (LiaAddress *address)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *name = gtk_label_new (lia_address_display_name (address));
  g_autofree char *spoken = lia_address_to_string (address);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 40);
  gtk_box_append (GTK_BOX (box), name);

  if (*address->name != '\0')
    {
      GtkWidget *below = gtk_label_new (address->address);

      gtk_label_set_ellipsize (GTK_LABEL (below), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (below), 28);
      gtk_label_set_max_width_chars (GTK_LABEL (below), 48);
      gtk_label_set_xalign (GTK_LABEL (below), 0);
      gtk_widget_add_css_class (below, "caption");
      gtk_widget_add_css_class (below, "dimmed");
      gtk_box_append (GTK_BOX (box), below);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_qdata_full (G_OBJECT (row), address_quark (), lia_address_ref (address), (GDestroyNotify)lia_address_unref);

  return row;
}

static void
add_customer (LiaAddressCompletion *self,
              LiaCustomer          *customer)
{
  for (guint i = 0; customer->addresses != NULL && i < customer->addresses->len; i++)
    {
      const LiaAddress *known = customer->addresses->pdata[i]; /* its name is the kind */

      if (g_str_equal (known->name, "email"))
        {
          g_autoptr (LiaAddress) address = lia_address_new (customer->name, known->address);

          gtk_list_box_append (self->list, make_row (address));
        }
    }
}

static DexFuture *
on_answer_cb (DexFuture *completed,
              gpointer   user_data)
{
  LiaAddressCompletion *self = user_data;
  const GValue         *value = dex_future_get_value (completed, NULL);
  GListModel           *customers = value != NULL ? g_value_get_object (value) : NULL;

  if (self->popover == NULL)
    return dex_ref (completed);

  gtk_list_box_remove_all (self->list);

  for (guint i = 0; customers != NULL && i < g_list_model_get_n_items (customers); i++)
    {
      g_autoptr (LiaCustomer) customer = g_list_model_get_item (customers, i);

      add_customer (self, customer);
    }

  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_popover_popup (GTK_POPOVER (self->popover));
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));

  return dex_ref (completed);
}

static void
on_row_activated_cb (LiaAddressCompletion *self,
                     GtkListBoxRow        *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_qdata (G_OBJECT (row), address_quark ()));
}

static void
lia_address_completion_dispose (GObject *object)
{
  LiaAddressCompletion *self = LIA_ADDRESS_COMPLETION (object);

  lia_address_completion_detach (self);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_address_completion_parent_class)->dispose (object);
}

static void
lia_address_completion_class_init (LiaAddressCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_address_completion_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_ADDRESS_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_ADDRESS);
}

static void
lia_address_completion_init (LiaAddressCompletion *self)
{
}

/**
 * lia_address_completion_new:
 * @text: what is typed into; lia_address_completion_detach() before it goes away
 */
LiaAddressCompletion *
lia_address_completion_new (GtkWidget *text)
{
  LiaAddressCompletion *self = g_object_new (LIA_TYPE_ADDRESS_COMPLETION, NULL);
  GtkWidget            *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Matching customers"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->popover, "menu");
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_parent (self->popover, text);

  return self;
}

void
lia_address_completion_set_client (LiaAddressCompletion *self,
                                   LiaClient            *client)
{
  g_set_object (&self->client, client);
}

/** lia_address_completion_ask: shows who fits @typed, from two characters on. */
void
lia_address_completion_ask (LiaAddressCompletion *self,
                            const char           *typed)
{
  dex_clear (&self->answer);

  if (self->client == NULL || g_utf8_strlen (typed, -1) < 2)
    {
      lia_address_completion_hide (self);
      return;
    }

  self->answer = dex_future_finally (lia_client_complete_address (self->client, typed), on_answer_cb, self, NULL);
}

void
lia_address_completion_hide (LiaAddressCompletion *self)
{
  dex_clear (&self->answer);

  if (self->popover != NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      gtk_list_box_unselect_all (self->list);
    }
}

/**
 * lia_address_completion_move:
 * @rows: 1 for down, -1 for up
 *
 * Returns: whether the popover was there to move in
 */
gboolean
lia_address_completion_move (LiaAddressCompletion *self,
                             int                   rows)
{
  GtkListBoxRow *row;
  int            index;

  if (self->popover == NULL || !gtk_widget_get_visible (self->popover))
    return FALSE;

  row = gtk_list_box_get_selected_row (self->list);
  index = row != NULL ? gtk_list_box_row_get_index (row) + rows : MAX (rows - 1, 0);
  row = gtk_list_box_get_row_at_index (self->list, index);

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  else if (index < 0)
    gtk_list_box_unselect_all (self->list);

  return TRUE;
}

/** lia_address_completion_dup_selected: the address in the row that was moved to, or NULL. */
LiaAddress *
lia_address_completion_dup_selected (LiaAddressCompletion *self)
{
  GtkListBoxRow *row = NULL;

  if (self->popover != NULL && gtk_widget_get_visible (self->popover))
    row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? lia_address_ref (g_object_get_qdata (G_OBJECT (row), address_quark ())) : NULL;
}

/** lia_address_completion_detach: takes the popover off its text. */
void
lia_address_completion_detach (LiaAddressCompletion *self)
{
  dex_clear (&self->answer);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}
