/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-mailbox-form.h"

#include "lia-ca-row.h"

enum {
  ENCRYPTION_TLS,
  ENCRYPTION_STARTTLS,
};

struct _LiaMailboxForm
{
  AdwBin parent_instance;

  AdwEntryRow *imap_host;
  AdwSpinRow  *imap_port_row;
  AdwComboRow *imap_tls;
  AdwEntryRow *smtp_host;
  AdwSpinRow  *smtp_port_row;
  AdwComboRow *smtp_tls;
  AdwEntryRow *login;
  LiaCaRow    *ca_row;

  LiaMailbox *mailbox; /* what is not in the form */
  gboolean    filling;
};

enum {
  PROP_0,
  PROP_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaMailboxForm, lia_mailbox_form, ADW_TYPE_BIN)

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
on_changed_cb (LiaMailboxForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/* The usual port comes with the encryption, unless another one was typed. */
static void
follow_encryption (LiaMailboxForm *self,
                   AdwComboRow    *tls,
                   AdwSpinRow     *port,
                   int             tls_port,
                   int             starttls_port)
{
  gboolean starttls = adw_combo_row_get_selected (tls) == ENCRYPTION_STARTTLS;
  int      usual = starttls ? tls_port : starttls_port;

  if (!self->filling && (int)adw_spin_row_get_value (port) == usual)
    adw_spin_row_set_value (port, starttls ? starttls_port : tls_port);
}

static void
on_imap_tls_changed_cb (LiaMailboxForm *self)
{
  follow_encryption (self, self->imap_tls, self->imap_port_row, 993, 143);
}

static void
on_smtp_tls_changed_cb (LiaMailboxForm *self)
{
  follow_encryption (self, self->smtp_tls, self->smtp_port_row, 465, 587);
}

static void
lia_mailbox_form_dispose (GObject *object)
{
  LiaMailboxForm *self = LIA_MAILBOX_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_MAILBOX_FORM);
  g_clear_object (&self->mailbox);
  G_OBJECT_CLASS (lia_mailbox_form_parent_class)->dispose (object);
}

static void
lia_mailbox_form_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, lia_mailbox_form_get_valid (LIA_MAILBOX_FORM (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_mailbox_form_class_init (LiaMailboxFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_mailbox_form_dispose;
  object_class->get_property = lia_mailbox_form_get_property;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LIA_TYPE_CA_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-mailbox-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, imap_host);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, imap_port_row);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, imap_tls);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, smtp_host);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, smtp_port_row);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, smtp_tls);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, login);
  gtk_widget_class_bind_template_child (widget_class, LiaMailboxForm, ca_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_imap_tls_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_smtp_tls_changed_cb);
}

static void
lia_mailbox_form_init (LiaMailboxForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static guint
encryption (const char *tls)
{
  return g_strcmp0 (tls, "starttls") == 0 ? ENCRYPTION_STARTTLS : ENCRYPTION_TLS;
}

void
lia_mailbox_form_set_mailbox (LiaMailboxForm *self,
                              LiaMailbox     *mailbox)
{
  self->filling = TRUE;
  g_set_object (&self->mailbox, mailbox);
  set_text (self->imap_host, mailbox->imap_host);
  set_text (self->smtp_host, mailbox->smtp_host);
  set_text (self->login, mailbox->login);
  adw_combo_row_set_selected (self->imap_tls, encryption (mailbox->imap_tls));
  adw_combo_row_set_selected (self->smtp_tls, encryption (mailbox->smtp_tls));
  adw_spin_row_set_value (self->imap_port_row, mailbox->imap_port > 0 ? mailbox->imap_port : 993);
  adw_spin_row_set_value (self->smtp_port_row, mailbox->smtp_port > 0 ? mailbox->smtp_port : 465);
  lia_ca_row_set_ca (self->ca_row, mailbox->ca);
  self->filling = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/**
 * lia_mailbox_form_dup_mailbox:
 *
 * Returns: (transfer full): the mailbox that was set, with what was changed
 */
LiaMailbox *
lia_mailbox_form_dup_mailbox (LiaMailboxForm *self)
{
  LiaMailbox *mailbox = lia_mailbox_new ();
  const char *encryptions[] = { "tls", "starttls" };

  g_set_str (&mailbox->source, self->mailbox->source);
  g_set_str (&mailbox->address, self->mailbox->address);
  g_set_str (&mailbox->name, self->mailbox->name);
  g_set_str (&mailbox->sender_name, self->mailbox->sender_name);
  g_set_str (&mailbox->ca, lia_ca_row_get_ca (self->ca_row));
  g_clear_pointer (&mailbox->login, g_free);
  g_clear_pointer (&mailbox->imap_host, g_free);
  g_clear_pointer (&mailbox->smtp_host, g_free);
  mailbox->login = dup_text (self->login);
  mailbox->imap_host = dup_text (self->imap_host);
  mailbox->smtp_host = dup_text (self->smtp_host);
  mailbox->imap_port = (gint64)adw_spin_row_get_value (self->imap_port_row);
  mailbox->smtp_port = (gint64)adw_spin_row_get_value (self->smtp_port_row);
  g_set_str (&mailbox->imap_tls, encryptions[adw_combo_row_get_selected (self->imap_tls) == ENCRYPTION_STARTTLS]);
  g_set_str (&mailbox->smtp_tls, encryptions[adw_combo_row_get_selected (self->smtp_tls) == ENCRYPTION_STARTTLS]);
  return mailbox;
}

gboolean
lia_mailbox_form_get_valid (LiaMailboxForm *self)
{
  g_autofree char *imap_host = dup_text (self->imap_host);
  g_autofree char *smtp_host = dup_text (self->smtp_host);
  g_autofree char *login = dup_text (self->login);

  return *imap_host != '\0' && *smtp_host != '\0' && *login != '\0';
}
