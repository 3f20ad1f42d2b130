/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-address-entry.h"

#include "lia-address-chip.h"
#include "lia-address-completion.h"

#include <adwaita.h>
#include <string.h>

/* The chips are the children of the box before the text; there is no second list to keep in step with them. */

struct _LiaAddressEntry
{
  GtkWidget parent_instance;

  GtkWidget  *scroller;
  AdwWrapBox *box;
  GtkText    *text;

  LiaAddressCompletion *completion;
  LiaClient            *client;
  char                 *title;
  gboolean              changing; /* our own changes of the text are not typing */
};

enum {
  PROP_0,
  PROP_CLIENT,
  PROP_TITLE,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaAddressEntry, lia_address_entry, GTK_TYPE_WIDGET)

static LiaAddressChip *
first_chip (LiaAddressEntry *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  return LIA_IS_ADDRESS_CHIP (child) ? LIA_ADDRESS_CHIP (child) : NULL;
}

static LiaAddressChip *
next_chip (LiaAddressChip *chip)
{
  GtkWidget *child = gtk_widget_get_next_sibling (GTK_WIDGET (chip));

  return LIA_IS_ADDRESS_CHIP (child) ? LIA_ADDRESS_CHIP (child) : NULL;
}

static LiaAddressChip *
last_chip (LiaAddressEntry *self)
{
  GtkWidget *child = gtk_widget_get_prev_sibling (GTK_WIDGET (self->text));

  return LIA_IS_ADDRESS_CHIP (child) ? LIA_ADDRESS_CHIP (child) : NULL;
}

static void
set_text (LiaAddressEntry *self,
          const char      *text)
{
  self->changing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
  self->changing = FALSE;
}

static void
on_chip_remove_cb (LiaAddressEntry *self,
                   gboolean         forward,
                   LiaAddressChip  *chip)
{
  GtkWidget *widget = GTK_WIDGET (chip);
  GtkWidget *next = forward ? gtk_widget_get_next_sibling (widget) : gtk_widget_get_prev_sibling (widget);

  gtk_widget_grab_focus (next != NULL ? next : GTK_WIDGET (self->text));
  adw_wrap_box_remove (self->box, widget);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chip_edit_cb (LiaAddressEntry *self,
                 LiaAddressChip  *chip)
{
  g_autofree char *written = lia_address_to_string (lia_address_chip_get_address (chip));

  lia_address_entry_commit (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  set_text (self, written);
  adw_wrap_box_remove (self->box, GTK_WIDGET (chip));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_chip (LiaAddressEntry *self,
          LiaAddress      *address)
{
  GtkWidget *chip;

  for (LiaAddressChip *known = first_chip (self); known != NULL; known = next_chip (known))
    {
      if (lia_address_equal (lia_address_chip_get_address (known), address))
        return;
    }

  chip = lia_address_chip_new (address);
  g_signal_connect_object (chip, "remove", G_CALLBACK (on_chip_remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "edit", G_CALLBACK (on_chip_edit_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_insert_child_after (self->box, chip, GTK_WIDGET (last_chip (self)));
}

static void
take_address (LiaAddressEntry *self,
              LiaAddress      *address)
{
  lia_address_completion_hide (self->completion);
  set_text (self, "");
  add_chip (self, address);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chosen_cb (LiaAddressEntry *self,
              LiaAddress      *address)
{
  take_address (self, address);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* A separator outside of quotes ends an address. */
static gboolean
is_list (const char *text)
{
  gboolean quoted = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        quoted = !quoted;
      else if (!quoted && strchr (",;\r\n", *c) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
on_text_changed_cb (LiaAddressEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (self->changing)
    return;

  if (is_list (text))
    lia_address_entry_commit (self);
  else
    lia_address_completion_ask (self->completion, text);

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_text_activate_cb (LiaAddressEntry *self)
{
  g_autoptr (LiaAddress) selected = lia_address_completion_dup_selected (self->completion);

  if (selected != NULL)
    take_address (self, selected);
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0')
    lia_address_entry_commit (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static gboolean
at_start (LiaAddressEntry *self)
{
  return gtk_editable_get_position (GTK_EDITABLE (self->text)) == 0 && !gtk_editable_get_selection_bounds (GTK_EDITABLE (self->text), NULL, NULL);
}

static gboolean
on_key_pressed_cb (LiaAddressEntry *self,
                   guint            keyval,
                   guint            keycode,
                   GdkModifierType  state)
{
  gboolean        rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  LiaAddressChip *last = last_chip (self);

  switch (keyval)
    {
    case GDK_KEY_Down:
      return lia_address_completion_move (self->completion, 1);

    case GDK_KEY_Up:
      return lia_address_completion_move (self->completion, -1);

    case GDK_KEY_Escape:
      if (!lia_address_completion_move (self->completion, 0))
        return GDK_EVENT_PROPAGATE;
      lia_address_completion_hide (self->completion);
      return GDK_EVENT_STOP;

    case GDK_KEY_BackSpace:
      if (last == NULL || !at_start (self) || *gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0')
        return GDK_EVENT_PROPAGATE;
      adw_wrap_box_remove (self->box, GTK_WIDGET (last));
      g_signal_emit (self, signals[CHANGED], 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Left:
    case GDK_KEY_Right:
      if (last == NULL || (keyval == GDK_KEY_Right) != rtl || !at_start (self))
        return GDK_EVENT_PROPAGATE;
      return gtk_widget_grab_focus (GTK_WIDGET (last));

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_focus_leave_cb (LiaAddressEntry *self)
{
  g_autoptr (LiaAddress) selected = lia_address_completion_dup_selected (self->completion);

  if (selected != NULL)
    take_address (self, selected);
  else
    lia_address_entry_commit (self);
}

static void
on_clicked_cb (LiaAddressEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static gboolean
lia_address_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIA_ADDRESS_ENTRY (widget)->text));
}

static void
lia_address_entry_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  LiaAddressEntry *self = LIA_ADDRESS_ENTRY (object);

  switch (id)
    {
    case PROP_CLIENT:
      if (g_set_object (&self->client, g_value_get_object (value)))
        {
          lia_address_completion_set_client (self->completion, self->client);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    case PROP_TITLE:
      if (g_set_str (&self->title, g_value_get_string (value)))
        {
          gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
          gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_address_entry_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  LiaAddressEntry *self = LIA_ADDRESS_ENTRY (object);

  switch (id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_address_entry_dispose (GObject *object)
{
  LiaAddressEntry *self = LIA_ADDRESS_ENTRY (object);

  if (self->completion != NULL)
    lia_address_completion_detach (self->completion);

  g_clear_object (&self->completion);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_ADDRESS_ENTRY);

  G_OBJECT_CLASS (lia_address_entry_parent_class)->dispose (object);
}

static void
lia_address_entry_finalize (GObject *object)
{
  g_free (LIA_ADDRESS_ENTRY (object)->title);

  G_OBJECT_CLASS (lia_address_entry_parent_class)->finalize (object);
}

static void
lia_address_entry_class_init (LiaAddressEntryClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lia_address_entry_set_property;
  object_class->get_property = lia_address_entry_get_property;
  object_class->dispose = lia_address_entry_dispose;
  object_class->finalize = lia_address_entry_finalize;
  widget_class->grab_focus = lia_address_entry_grab_focus;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, LIA_TYPE_CLIENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "addressentry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-address-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAddressEntry, scroller);
  gtk_widget_class_bind_template_child (widget_class, LiaAddressEntry, box);
  gtk_widget_class_bind_template_child (widget_class, LiaAddressEntry, text);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
}

static void
lia_address_entry_init (LiaAddressEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->completion = lia_address_completion_new (GTK_WIDGET (self->text));
  g_signal_connect_object (self->completion, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lia_address_entry_new (void)
{
  return g_object_new (LIA_TYPE_ADDRESS_ENTRY, NULL);
}

/**
 * lia_address_entry_dup_addresses:
 *
 * Returns: (transfer full) (element-type LiaAddress): what the chips say; call lia_address_entry_commit() first for what is still being typed
 */
GPtrArray *
lia_address_entry_dup_addresses (LiaAddressEntry *self)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);

  for (LiaAddressChip *chip = first_chip (self); chip != NULL; chip = next_chip (chip))
    g_ptr_array_add (addresses, lia_address_ref (lia_address_chip_get_address (chip)));

  return addresses;
}

/**
 * lia_address_entry_set_addresses:
 * @addresses: (nullable) (element-type LiaAddress): replaces all
 */
void
lia_address_entry_set_addresses (LiaAddressEntry *self,
                                 GPtrArray       *addresses)
{
  lia_address_completion_hide (self->completion);
  set_text (self, "");

  for (LiaAddressChip *chip = first_chip (self); chip != NULL; chip = first_chip (self))
    adw_wrap_box_remove (self->box, GTK_WIDGET (chip));

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    add_chip (self, addresses->pdata[i]);
}

/** lia_address_entry_commit: what is being typed becomes chips, valid or not: nothing typed is lost or left out silently. */
void
lia_address_entry_commit (LiaAddressEntry *self)
{
  g_autoptr (GPtrArray) typed = lia_address_parse_list (gtk_editable_get_text (GTK_EDITABLE (self->text)));

  lia_address_completion_hide (self->completion);
  set_text (self, "");

  for (guint i = 0; i < typed->len; i++)
    add_chip (self, typed->pdata[i]);

  if (typed->len > 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
lia_address_entry_is_empty (LiaAddressEntry *self)
{
  return first_chip (self) == NULL && *gtk_editable_get_text (GTK_EDITABLE (self->text)) == '\0';
}

/** lia_address_entry_find_invalid: the first address that no mail can be sent to, or NULL. */
const char *
lia_address_entry_find_invalid (LiaAddressEntry *self)
{
  for (LiaAddressChip *chip = first_chip (self); chip != NULL; chip = next_chip (chip))
    {
      if (!lia_address_chip_is_valid (chip))
        return lia_address_chip_get_address (chip)->address;
    }

  return NULL;
}
