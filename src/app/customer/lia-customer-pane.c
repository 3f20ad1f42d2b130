/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notes are saved a second after the last key, and when another customer is shown: by then they belong to the customer that was loaded, so the
 * value that is sent is made from that one.
 */
#include "lia-customer-pane.h"

#include "lia-effort-words.h"
#include "lia-format.h"
#include "lia-problem.h"
#include "lia-then.h"
#include "lia-time.h"
#include "lia-zone-row.h"

#include <glib/gi18n.h>

#define SAVE_AFTER_MS 1000
#define MAX_EARLIER 8

struct _LiaCustomerPane
{
  AdwBin parent_instance;

  GtkStack            *stack;
  AdwAvatar           *avatar;
  GtkLabel            *name;
  GtkLabel            *org;
  GtkLabel            *since;
  GtkListBox          *addresses;
  GtkListBox          *effort;
  AdwActionRow        *today;
  AdwActionRow        *recent;
  AdwComboRow         *formality; /* in the order of LiaCannedFormality */
  AdwComboRow         *zone;
  GtkTextView         *notes;
  AdwPreferencesGroup *earlier_group;
  GtkListBox          *earlier;

  LiaClient   *client;
  LiaCustomer *customer;     /* as loaded last, or NULL */
  char        *id;           /* of the customer that is to be shown, or NULL */
  char        *conversation; /* that is open: not an earlier one */
  gint64       ver;          /* of it, when the card was loaded last */
  gboolean     filling;
  guint        save_timer;
};

enum {
  SIGNAL_CONVERSATION_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaCustomerPane, lia_customer_pane, ADW_TYPE_BIN)

static char *
dup_notes (LiaCustomerPane *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->notes), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->notes), &start, &end, FALSE);
}

static void load (LiaCustomerPane *self);

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      customer)
{
  LiaCustomerPane *self = owner;

  if (error != NULL)
    lia_complain (owner, _ ("The notes could not be saved"), error);
  if (g_strcmp0 (self->id, customer) == 0 && self->save_timer == 0)
    load (self);
}

static void
save_notes (LiaCustomerPane *self)
{
  g_autoptr (LiaCustomer) changed = NULL;

  if (self->save_timer == 0 || self->customer == NULL)
    return;
  g_clear_handle_id (&self->save_timer, g_source_remove);

  changed = lia_customer_new ();
  changed->id = g_strdup (self->customer->id);
  changed->ver = self->customer->ver;
  changed->name = g_strdup (self->customer->name);
  changed->org = g_strdup (self->customer->org);
  changed->lang = g_strdup (self->customer->lang);
  changed->notes = dup_notes (self);
  lia_then (lia_client_update_customer (self->client, changed), self, saved_cb, g_strdup (changed->id), g_free);
}

static gboolean
save_cb (gpointer user_data)
{
  save_notes (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_notes_changed_cb (LiaCustomerPane *self)
{
  if (self->filling || self->customer == NULL)
    return;
  g_clear_handle_id (&self->save_timer, g_source_remove);
  self->save_timer = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static gboolean
is_phone (LiaAddress *address)
{
  return g_strcmp0 (address->name, "phone") == 0;
}

static const char *
address_icon (LiaAddress *address)
{
  return is_phone (address) ? "call-start-symbolic" : g_strcmp0 (address->name, "chat") == 0 ? "lia-chat-symbolic"
                                                                                             : "lia-mail-symbolic";
}

static void
on_copy_clicked_cb (LiaCustomerPane *self,
                    GtkButton       *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), g_object_get_data (G_OBJECT (button), "address"));
  lia_toast (GTK_WIDGET (self), _ ("Address copied"));
}

/* A number is called by a click on it; to copy it there is a button of its own. */
static GtkWidget *
make_copy (LiaCustomerPane *self,
           LiaAddress      *address)
{
  GtkWidget       *button;
  g_autofree char *spoken = NULL;

  if (!is_phone (address))
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("edit-copy-symbolic");

      gtk_widget_add_css_class (image, "dimmed");
      gtk_widget_set_margin_end (image, 9); /* below the icon of a button */
      return image;
    }
  button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  spoken = g_strdup_printf (_ ("Copy %s"), address->address);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy the Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "address", g_strdup (address->address), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* In a narrow pane an address goes on in the next line behind its @, rather than anywhere; no hyphen is made up. */
static char *
make_address_markup (LiaAddress *address)
{
  g_autofree char *shown = lia_format_address (address->address);
  g_autoptr (GString) text = g_string_new (shown);

  g_string_replace (text, "@", "@\u200b", 0);

  return g_markup_printf_escaped ("<span insert_hyphens=\"no\">%s</span>", text->str);
}

static void
fill_addresses (LiaCustomerPane *self)
{
  gtk_list_box_remove_all (self->addresses);
  for (guint i = 0; self->customer->addresses != NULL && i < self->customer->addresses->len; i++)
    {
      LiaAddress      *address = g_ptr_array_index (self->customer->addresses, i);
      GtkWidget       *row = adw_action_row_new ();
      g_autofree char *title = make_address_markup (address);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (address_icon (address)));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_copy (self, address));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_tooltip_text (row, is_phone (address) ? _ ("Call This Number") : _ ("Copy the Address"));
      gtk_list_box_append (self->addresses, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->addresses), gtk_list_box_get_row_at_index (self->addresses, 0) != NULL);
}

static void
fill_effort (LiaCustomerPane *self)
{
  const LiaEffort *effort = self->customer->effort;
  g_autofree char *today = effort != NULL ? lia_effort_words_today (effort) : NULL;
  g_autofree char *recent = effort != NULL ? lia_effort_words_recent (effort) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->effort), effort != NULL);
  adw_action_row_set_subtitle (self->today, today);
  adw_action_row_set_subtitle (self->recent, recent);
}

static void
fill_manners (LiaCustomerPane *self)
{
  self->filling = TRUE;
  adw_combo_row_set_selected (self->formality, self->customer->formality);
  lia_zone_row_set_name (self->zone, self->customer->zone);
  self->filling = FALSE;
}

static void
on_formality_cb (LiaCustomerPane *self)
{
  LiaCannedFormality formality = (LiaCannedFormality)adw_combo_row_get_selected (self->formality);

  if (!self->filling && self->customer != NULL && formality != self->customer->formality)
    lia_then_complain (lia_client_set_manners (self->client, self->customer->id, NULL, &formality), GTK_WIDGET (self),
                       _ ("How the customer is addressed could not be saved"));
}

static void
on_zone_cb (LiaCustomerPane *self)
{
  g_autofree char *zone = NULL;

  if (self->filling || self->customer == NULL)
    return;

  zone = lia_zone_row_dup_name (self->zone);
  if (g_strcmp0 (zone, self->customer->zone) != 0)
    lia_then_complain (lia_client_set_manners (self->client, self->customer->id, zone, NULL), GTK_WIDGET (self), _ ("The time zone could not be saved"));
}

static char *
dup_name (LiaCustomer *customer)
{
  const LiaAddress *first = customer->addresses->len > 0 ? customer->addresses->pdata[0] : NULL;
  const LiaAddress  person = { customer->name, first != NULL ? first->address : "" };

  return lia_format_customer (&person);
}

static void
fill (LiaCustomerPane *self)
{
  LiaCustomer     *customer = self->customer;
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->notes);
  g_autofree char *since = lia_format_day (customer->created_ms);
  g_autofree char *known = g_strdup_printf (ngettext ("%d conversation since %s", "%d conversations since %s", customer->conversations),
                                            (int)customer->conversations, since);
  g_autofree char *notes = dup_notes (self);
  g_autofree char *name = dup_name (customer);

  adw_avatar_set_text (self->avatar, customer->name);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->org, customer->org);
  gtk_widget_set_visible (GTK_WIDGET (self->org), customer->org != NULL && *customer->org != '\0');
  gtk_label_set_label (self->since, known);
  fill_addresses (self);
  fill_effort (self);
  fill_manners (self);

  /* Not under the user's hands. */
  if (self->save_timer == 0 && g_strcmp0 (notes, customer->notes) != 0)
    {
      self->filling = TRUE;
      gtk_text_buffer_set_text (buffer, customer->notes != NULL ? customer->notes : "", -1);
      self->filling = FALSE;
    }
  gtk_stack_set_visible_child_name (self->stack, "customer");
}

static void
loaded_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      customer)
{
  LiaCustomerPane *self = owner;

  if (g_strcmp0 (self->id, customer) != 0)
    return;
  if (error != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  g_set_object (&self->customer, g_value_get_object (value));
  fill (self);
}

static GtkWidget *
make_earlier_row (LiaConversation *conversation)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *time = lia_format_time (conversation->last_ms, lia_time_now ());
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", time, lia_format_state (conversation));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lia_format_subject (conversation));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_channel_icon (conversation->channel)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "conversation", g_object_ref (conversation), g_object_unref);
  return row;
}

static void
conversations_loaded_cb (gpointer      owner,
                         const GValue *value,
                         GError       *error,
                         gpointer      customer)
{
  LiaCustomerPane *self = owner;
  GListModel      *conversations;
  guint            shown = 0;

  if (g_strcmp0 (self->id, customer) != 0 || error != NULL)
    return;

  conversations = g_value_get_object (value);
  gtk_list_box_remove_all (self->earlier);
  for (guint i = 0; i < g_list_model_get_n_items (conversations) && shown < MAX_EARLIER; i++)
    {
      g_autoptr (LiaConversation) conversation = g_list_model_get_item (conversations, i);

      if (g_strcmp0 (conversation->id, self->conversation) == 0)
        continue;
      gtk_list_box_append (self->earlier, make_earlier_row (conversation));
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->earlier_group), shown > 0);
}

static void
load_card (LiaCustomerPane *self)
{
  lia_then (lia_client_get_customer (self->client, self->id), self, loaded_cb, g_strdup (self->id), g_free);
}

/* Beside what is being typed into the notes: those are saved against the version that is known then. */
static void
on_customer_changed_cb (LiaCustomerPane *self,
                        LiaCustomer     *customer)
{
  if (self->customer != NULL && g_strcmp0 (self->customer->id, customer->id) == 0 && customer->ver > self->customer->ver)
    load_card (self);
}

static void
load (LiaCustomerPane *self)
{
  load_card (self);
  lia_then (lia_client_get_customer_conversations (self->client, self->id), self, conversations_loaded_cb, g_strdup (self->id), g_free);
}

static void
on_address_activated_cb (LiaCustomerPane *self,
                         AdwActionRow    *row)
{
  LiaAddress *address = g_ptr_array_index (self->customer->addresses, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));

  if (is_phone (address))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "call.number", "s", address->address);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), address->address);
  lia_toast (GTK_WIDGET (self), _ ("Address copied"));
}

static void
on_earlier_activated_cb (LiaCustomerPane *self,
                         GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[SIGNAL_CONVERSATION_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "conversation"));
}

static void
lia_customer_pane_dispose (GObject *object)
{
  LiaCustomerPane *self = LIA_CUSTOMER_PANE (object);

  if (self->notes != NULL)
    save_notes (self);
  g_clear_handle_id (&self->save_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CUSTOMER_PANE);
  g_clear_object (&self->client);
  g_clear_object (&self->customer);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->conversation, g_free);
  G_OBJECT_CLASS (lia_customer_pane_parent_class)->dispose (object);
}

static void
lia_customer_pane_class_init (LiaCustomerPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_customer_pane_dispose;

  signals[SIGNAL_CONVERSATION_ACTIVATED] = g_signal_new ("conversation-activated", LIA_TYPE_CUSTOMER_PANE, G_SIGNAL_RUN_LAST, 0,
                                                         NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CONVERSATION);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-customer-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, avatar);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, name);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, org);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, since);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, addresses);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, effort);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, today);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, recent);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, formality);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, zone);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, notes);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, earlier_group);
  gtk_widget_class_bind_template_child (widget_class, LiaCustomerPane, earlier);
  gtk_widget_class_bind_template_callback (widget_class, on_address_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_formality_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_zone_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_activated_cb);
}

static void
lia_customer_pane_init (LiaCustomerPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lia_zone_row_fill (self->zone, _ ("As Far as It Is Known"));
  g_signal_connect_object (gtk_text_view_get_buffer (self->notes), "changed", G_CALLBACK (on_notes_changed_cb), self, G_CONNECT_SWAPPED);
}

void
lia_customer_pane_set_client (LiaCustomerPane *self,
                              LiaClient       *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "customer-changed", G_CALLBACK (on_customer_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * lia_customer_pane_set_conversation:
 * @conversation: (nullable): the open one, whose customer is shown and which is not listed; the same as it is now: what its customer has been through may
 *   have changed
 */
void
lia_customer_pane_set_conversation (LiaCustomerPane *self,
                                    LiaConversation *conversation)
{
  const char *customer = conversation != NULL ? conversation->customer_id : NULL;
  const char *id = conversation != NULL ? conversation->id : NULL;
  gint64      ver = conversation != NULL ? conversation->ver : 0;
  gboolean    is_same = g_strcmp0 (self->id, customer) == 0;
  gboolean    is_open = is_same && g_strcmp0 (self->conversation, id) == 0;

  if (is_open && self->ver == ver)
    return;

  self->ver = ver;
  if (is_open)
    {
      load_card (self);
      return;
    }
  save_notes (self);
  g_set_str (&self->id, customer);
  g_set_str (&self->conversation, id);
  if (!is_same)
    {
      g_clear_object (&self->customer);
      gtk_widget_set_visible (GTK_WIDGET (self->earlier_group), FALSE);
    }
  if (customer != NULL)
    load (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "none");
}
