/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-pbx-form.h"

#include "lia-ca-row.h"
#include "lia-dial-rules.h"
#include "lia-phone-number.h"

#include <glib/gi18n.h>

enum {
  ENCRYPTION_TLS,
  ENCRYPTION_NONE,
};

/* Who may call abroad, in the order in which the form offers them */
static const char *const abroad[] = { "agent", "supervisor", "admin", "nobody" };

#define TLS_PORT 5039
#define PLAIN_PORT 5038

struct _LiaPbxForm
{
  AdwBin parent_instance;

  AdwEntryRow         *host;
  AdwSpinRow          *port_row;
  AdwComboRow         *tls;
  LiaCaRow            *ca_row;
  AdwEntryRow         *login;
  AdwPasswordEntryRow *password;
  AdwEntryRow         *recordings_url;
  AdwEntryRow         *recordings_login;
  AdwPasswordEntryRow *recordings_password;
  AdwEntryRow         *name;
  AdwEntryRow         *country;
  AdwComboRow         *dial_abroad;
  AdwEntryRow         *dial_agent;
  AdwEntryRow         *dial_supervisor;
  AdwEntryRow         *dial_admin;
  AdwSpinRow          *dial_per_minute;

  LiaPbx *pbx; /* that is changed, or NULL */
};

enum {
  PROP_0,
  PROP_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaPbxForm, lia_pbx_form, ADW_TYPE_BIN)

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static char *
dup_country (LiaPbxForm *self)
{
  g_autofree char *text = dup_text (self->country);

  return g_ascii_strup (text, -1);
}

static void
on_changed_cb (LiaPbxForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static gboolean
has_recordings (LiaPbxForm *self)
{
  g_autofree char *url = dup_text (self->recordings_url);

  return *url != '\0';
}

static gboolean
had_recordings (LiaPbxForm *self)
{
  return self->pbx != NULL && self->pbx->recordings_url != NULL && *self->pbx->recordings_url != '\0';
}

/* The login is asked for where there is something to log in to. */
static void
on_recordings_changed_cb (LiaPbxForm *self)
{
  gboolean shown = has_recordings (self);

  gtk_widget_set_visible (GTK_WIDGET (self->recordings_login), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->recordings_password), shown);
  on_changed_cb (self);
}

/* The usual port comes with the encryption, unless another one was typed. */
static void
on_tls_changed_cb (LiaPbxForm *self)
{
  gboolean plain = adw_combo_row_get_selected (self->tls) == ENCRYPTION_NONE;

  if ((int)adw_spin_row_get_value (self->port_row) == (plain ? TLS_PORT : PLAIN_PORT))
    adw_spin_row_set_value (self->port_row, plain ? PLAIN_PORT : TLS_PORT);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_row), !plain);
}

static void
lia_pbx_form_dispose (GObject *object)
{
  LiaPbxForm *self = LIA_PBX_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PBX_FORM);
  g_clear_object (&self->pbx);
  G_OBJECT_CLASS (lia_pbx_form_parent_class)->dispose (object);
}

static void
lia_pbx_form_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, lia_pbx_form_get_valid (LIA_PBX_FORM (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
lia_pbx_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LIA_PBX_FORM (widget)->host));
}

static void
lia_pbx_form_class_init (LiaPbxFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_pbx_form_dispose;
  object_class->get_property = lia_pbx_form_get_property;
  widget_class->grab_focus = lia_pbx_form_grab_focus;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LIA_TYPE_CA_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-pbx-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, host);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, port_row);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, tls);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, ca_row);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, login);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, password);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, recordings_url);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, recordings_login);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, recordings_password);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, name);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, country);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, dial_abroad);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, dial_agent);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, dial_supervisor);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, dial_admin);
  gtk_widget_class_bind_template_child (widget_class, LiaPbxForm, dial_per_minute);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recordings_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tls_changed_cb);
}

static void
lia_pbx_form_init (LiaPbxForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/* "" is everybody, as the first of them */
static void
select_abroad (LiaPbxForm *self,
               const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (abroad); i++)
    if (g_strcmp0 (abroad[i], word) == 0)
      adw_combo_row_set_selected (self->dial_abroad, i);
}

void
lia_pbx_form_set_pbx (LiaPbxForm *self,
                      LiaPbx     *pbx)
{
  g_set_object (&self->pbx, pbx);
  set_text (self->host, pbx->host);
  set_text (self->login, pbx->login);
  set_text (self->recordings_url, pbx->recordings_url);
  if (had_recordings (self))
    {
      set_text (self->recordings_login, pbx->recordings_login);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->recordings_password), _ ("New Password (Empty: Keep the Old)"));
    }
  set_text (self->name, pbx->name);
  set_text (self->country, pbx->country);
  select_abroad (self, pbx->dial_abroad);
  set_text (self->dial_agent, pbx->dial_agent);
  set_text (self->dial_supervisor, pbx->dial_supervisor);
  set_text (self->dial_admin, pbx->dial_admin);
  adw_spin_row_set_value (self->dial_per_minute, (double)pbx->dial_per_minute);
  adw_combo_row_set_selected (self->tls, g_strcmp0 (pbx->tls, "none") == 0 ? ENCRYPTION_NONE : ENCRYPTION_TLS);
  adw_spin_row_set_value (self->port_row, (double)pbx->port);
  lia_ca_row_set_ca (self->ca_row, pbx->ca);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), _ ("New Password (Empty: Keep the Old)"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/**
 * lia_pbx_form_dup_pbx:
 *
 * Returns: (transfer full): the telephone system as it was entered
 */
LiaPbx *
lia_pbx_form_dup_pbx (LiaPbxForm *self)
{
  LiaPbx  *pbx = lia_pbx_new ();
  gboolean plain = adw_combo_row_get_selected (self->tls) == ENCRYPTION_NONE;

  pbx->system = g_strdup ("asterisk");
  pbx->name = dup_text (self->name);
  pbx->host = dup_text (self->host);
  pbx->port = (gint64)adw_spin_row_get_value (self->port_row);
  pbx->tls = g_strdup (plain ? "none" : "tls");
  pbx->login = dup_text (self->login);
  pbx->ca = plain ? NULL : g_strdup (lia_ca_row_get_ca (self->ca_row));
  pbx->country = dup_country (self);
  pbx->dial_abroad = g_strdup (abroad[adw_combo_row_get_selected (self->dial_abroad)]);
  pbx->dial_agent = dup_text (self->dial_agent);
  pbx->dial_supervisor = dup_text (self->dial_supervisor);
  pbx->dial_admin = dup_text (self->dial_admin);
  adw_spin_row_update (self->dial_per_minute);
  pbx->dial_per_minute = (gint64)adw_spin_row_get_value (self->dial_per_minute);
  pbx->context = g_strdup (self->pbx != NULL ? self->pbx->context : "");
  pbx->recordings_url = dup_text (self->recordings_url);
  pbx->recordings_login = has_recordings (self) ? dup_text (self->recordings_login) : g_strdup ("");
  pbx->traces = g_strdup ("");
  return pbx;
}

const char *
lia_pbx_form_get_password (LiaPbxForm *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));

  return *password == '\0' && self->pbx != NULL ? NULL : password;
}

/** lia_pbx_form_get_recordings_password: (nullable): NULL where none is needed, or the one that is kept stays. */
const char *
lia_pbx_form_get_recordings_password (LiaPbxForm *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->recordings_password));

  return *password == '\0' || !has_recordings (self) ? NULL : password;
}

/* With what it takes to fetch them, or not at all. */
static gboolean
is_recordings_valid (LiaPbxForm *self)
{
  g_autofree char *url = dup_text (self->recordings_url);
  g_autofree char *login = dup_text (self->recordings_login);

  return *url == '\0' || ((g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://")) && *login != '\0' &&
                          (lia_pbx_form_get_recordings_password (self) != NULL || had_recordings (self)));
}

static gboolean
has_rules (AdwEntryRow *row)
{
  return lia_dial_rules_are_valid (gtk_editable_get_text (GTK_EDITABLE (row)));
}

gboolean
lia_pbx_form_get_valid (LiaPbxForm *self)
{
  g_autofree char *host = dup_text (self->host);
  g_autofree char *login = dup_text (self->login);
  g_autofree char *country = dup_country (self);
  const char      *password = lia_pbx_form_get_password (self);

  if (!has_rules (self->dial_agent) || !has_rules (self->dial_supervisor) || !has_rules (self->dial_admin))
    return FALSE;

  return *host != '\0' && *login != '\0' && (password == NULL || *password != '\0') && (*country == '\0' || lia_phone_number_is_country (country)) &&
         is_recordings_valid (self);
}
