/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-tracker-form.h"

#include "lia-ca-row.h"

#include <glib/gi18n.h>

struct _LiaTrackerForm
{
  AdwBin parent_instance;

  AdwComboRow         *kind;
  AdwEntryRow         *url;
  AdwEntryRow         *project;
  AdwEntryRow         *login;
  AdwPasswordEntryRow *token;
  GtkLabel            *where;
  AdwSwitchRow        *public_row;
  AdwSwitchRow        *near_row;
  AdwComboRow         *delivered;
  AdwPreferencesGroup *products_group;
  AdwEntryRow         *name;
  AdwEntryRow         *done;
  AdwEntryRow         *type;
  AdwComboRow         *dialect;
  LiaCaRow            *ca_row;

  LiaTrackerSetup *tracker; /* that is changed, or NULL */
  GPtrArray       *rows;    /* of AdwExpanderRow, one a product; borrowed */
};

enum {
  PROP_0,
  PROP_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaTrackerForm, lia_tracker_form, ADW_TYPE_BIN)

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
on_changed_cb (LiaTrackerForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/* What a make asks for -------------------------------------------------------------------------------------------------------------------- */

/** lia_tracker_form_get_make: which is chosen. */
const LiaTrackerMake *
lia_tracker_form_get_make (LiaTrackerForm *self)
{
  guint                 n_makes;
  const LiaTrackerMake *makes = lia_tracker_makes_get (&n_makes);
  guint                 selected = adw_combo_row_get_selected (self->kind);

  return &makes[selected < n_makes ? selected : 0];
}

static gboolean
is_usual_url (const char *url)
{
  guint                 n_makes;
  const LiaTrackerMake *makes = lia_tracker_makes_get (&n_makes);

  for (guint i = 0; i < n_makes; i++)
    if (g_str_equal (makes[i].url, url))
      return TRUE;

  return FALSE;
}

static void
ask_for (AdwEntryRow *row,
         const char  *what)
{
  gtk_widget_set_visible (GTK_WIDGET (row), what != NULL);
  if (what != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (what));
}

static void
offer_dialects (LiaTrackerForm       *self,
                const LiaTrackerMake *make)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < make->n_dialects; i++)
    gtk_string_list_append (names, lia_tracker_words_dialect (make->dialects[i]));
  adw_combo_row_set_model (self->dialect, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->dialect), make->n_dialects > 1);
}

/* The first is that it is closed; the other one, which waits for its release, has the words of each make. What was chosen stays. */
static void
offer_releases (LiaTrackerForm       *self,
                const LiaTrackerMake *make)
{
  const guint chosen = adw_combo_row_get_selected (self->delivered);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("It is closed"));
  if (make->release != NULL)
    gtk_string_list_append (names, _ (make->release));
  adw_combo_row_set_model (self->delivered, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->delivered, make->release != NULL && chosen == 1 ? 1 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->delivered), make->release != NULL);
}

static void
on_kind_changed_cb (LiaTrackerForm *self)
{
  const LiaTrackerMake *make = lia_tracker_form_get_make (self);
  g_autofree char      *url = dup_text (self->url);

  if (is_usual_url (url))
    gtk_editable_set_text (GTK_EDITABLE (self->url), make->url);
  ask_for (self->project, make->project);
  ask_for (ADW_ENTRY_ROW (self->token), make->key);
  ask_for (self->type, make->type);
  ask_for (self->login, make->login);
  gtk_label_set_text (self->where, _ (make->where));
  offer_dialects (self, make);
  offer_releases (self, make);
  on_changed_cb (self);
}

static void
offer_kinds (LiaTrackerForm *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                 n_makes;
  const LiaTrackerMake *makes = lia_tracker_makes_get (&n_makes);

  for (guint i = 0; i < n_makes; i++)
    gtk_string_list_append (names, lia_tracker_make_get_name (&makes[i]));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
}

/* Products -------------------------------------------------------------------------------------------------------------------------------- */

static AdwEntryRow *
get_component_row (AdwExpanderRow *row)
{
  return g_object_get_data (G_OBJECT (row), "component");
}

static void
add_product (LiaTrackerForm *self,
             const char     *product)
{
  const char *component = self->tracker != NULL ? lia_tracker_setup_get_component (self->tracker, product) : NULL;
  GtkWidget  *row = adw_expander_row_new ();
  GtkWidget  *entry = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), product);
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (row), TRUE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), component != NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), component != NULL && *component != '\0');
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("What the Engineers Call It (Empty: the Same)"));
  gtk_editable_set_text (GTK_EDITABLE (entry), component != NULL ? component : "");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), entry);
  g_object_set_data (G_OBJECT (row), "component", entry);
  adw_preferences_group_add (self->products_group, row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
has_row (LiaTrackerForm *self,
         const char     *product)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (self->rows->pdata[i]), product))
      return TRUE;

  return FALSE;
}

/** lia_tracker_form_set_products: those that findings name; what is set up stays, also when nobody speaks of it any more. */
void
lia_tracker_form_set_products (LiaTrackerForm    *self,
                               const char *const *products)
{
  GPtrArray *before = self->tracker != NULL ? self->tracker->products : NULL;

  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      const LiaTrackerProduct *product = before->pdata[i];

      if (!has_row (self, product->product))
        add_product (self, product->product);
    }
  for (guint i = 0; products[i] != NULL; i++)
    if (!has_row (self, products[i]))
      add_product (self, products[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->products_group), self->rows->len > 0);
}

static void
take_products (LiaTrackerForm  *self,
               LiaTrackerSetup *tracker)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwExpanderRow  *row = self->rows->pdata[i];
      g_autofree char *component = dup_text (get_component_row (row));

      if (adw_expander_row_get_enable_expansion (row))
        lia_tracker_setup_add_product (tracker, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), component);
    }
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_tracker_form_dispose (GObject *object)
{
  LiaTrackerForm *self = LIA_TRACKER_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_TRACKER_FORM);
  g_clear_object (&self->tracker);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_tracker_form_parent_class)->dispose (object);
}

static void
lia_tracker_form_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, lia_tracker_form_get_valid (LIA_TRACKER_FORM (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_tracker_form_class_init (LiaTrackerFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_tracker_form_dispose;
  object_class->get_property = lia_tracker_form_get_property;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LIA_TYPE_CA_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-tracker-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, kind);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, url);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, project);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, login);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, token);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, where);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, public_row);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, near_row);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, delivered);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, products_group);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, name);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, done);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, type);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, dialect);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackerForm, ca_row);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
lia_tracker_form_init (LiaTrackerForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  offer_kinds (self);
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
select_kind (LiaTrackerForm *self,
             const char     *kind)
{
  guint                 n_makes;
  const LiaTrackerMake *makes = lia_tracker_makes_get (&n_makes);

  for (guint i = 0; i < n_makes; i++)
    if (g_str_equal (makes[i].kind, kind))
      adw_combo_row_set_selected (self->kind, i);
}

static void
select_dialect (LiaTrackerForm *self,
                LiaDialect      dialect)
{
  const LiaTrackerMake *make = lia_tracker_form_get_make (self);

  for (guint i = 0; i < make->n_dialects; i++)
    if (make->dialects[i] == dialect)
      adw_combo_row_set_selected (self->dialect, i);
}

/* States of the tracker, as it names them, with commas between them */
static void
set_done (LiaTrackerForm  *self,
          LiaTrackerSetup *tracker)
{
  g_autofree char *names = g_strjoinv (", ", tracker->done);

  set_text (self->done, names);
}

static GStrv
dup_done (LiaTrackerForm *self)
{
  g_auto (GStrv) names = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->done)), ",", -1);
  g_autoptr (GStrvBuilder) done = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++)
    if (*g_strstrip (names[i]) != '\0')
      g_strv_builder_add (done, names[i]);

  return g_strv_builder_end (done);
}

/** lia_tracker_form_set_tracker: to change it; its make stays. */
void
lia_tracker_form_set_tracker (LiaTrackerForm  *self,
                              LiaTrackerSetup *tracker)
{
  g_set_object (&self->tracker, tracker);
  select_kind (self, tracker->kind);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), FALSE);
  set_text (self->url, tracker->url);
  set_text (self->project, tracker->project);
  set_text (self->login, tracker->login);
  set_text (self->name, tracker->name);
  set_text (self->type, tracker->type);
  set_done (self, tracker);
  adw_combo_row_set_selected (self->delivered, tracker->by_release ? 1 : 0);
  select_dialect (self, tracker->dialect);
  adw_switch_row_set_active (self->public_row, tracker->is_public);
  adw_switch_row_set_active (self->near_row, tracker->is_near);
  lia_ca_row_set_ca (self->ca_row, tracker->ca);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->token), _ ("New Key (Empty: Keep the Old)"));
  on_changed_cb (self);
}

static LiaDialect
get_dialect (LiaTrackerForm *self)
{
  const LiaTrackerMake *make = lia_tracker_form_get_make (self);
  guint                 selected = adw_combo_row_get_selected (self->dialect);

  return make->dialects[selected < make->n_dialects ? selected : 0];
}

/* What the form does not ask for. */
static void
take_unasked (LiaTrackerForm  *self,
              LiaTrackerSetup *tracker)
{
  g_set_str (&tracker->id, self->tracker->id);
  tracker->max_file_bytes = self->tracker->max_file_bytes;
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    g_set_str (&tracker->forms[i], self->tracker->forms[i]);
}

static void
take_text (char       **text,
           AdwEntryRow *row)
{
  g_free (*text);
  *text = dup_text (row);
}

/** lia_tracker_form_dup_tracker: (transfer full): as it was entered. */
LiaTrackerSetup *
lia_tracker_form_dup_tracker (LiaTrackerForm *self)
{
  const LiaTrackerMake *make = lia_tracker_form_get_make (self);
  LiaTrackerSetup      *tracker = lia_tracker_setup_new ();

  if (self->tracker != NULL)
    take_unasked (self, tracker);
  g_set_str (&tracker->kind, make->kind);
  take_text (&tracker->url, self->url);
  take_text (&tracker->project, self->project);
  take_text (&tracker->name, self->name);
  if (make->login != NULL)
    take_text (&tracker->login, self->login);
  if (make->type != NULL)
    take_text (&tracker->type, self->type);
  g_strfreev (tracker->done);
  tracker->done = dup_done (self);
  tracker->by_release = make->release != NULL && adw_combo_row_get_selected (self->delivered) == 1;
  tracker->dialect = get_dialect (self);
  tracker->is_public = adw_switch_row_get_active (self->public_row);
  tracker->is_near = adw_switch_row_get_active (self->near_row);
  g_set_str (&tracker->ca, lia_ca_row_get_ca (self->ca_row));
  take_products (self, tracker);

  return tracker;
}

/** lia_tracker_form_get_token: (nullable): NULL: the one that is kept stays. */
const char *
lia_tracker_form_get_token (LiaTrackerForm *self)
{
  const char *token = gtk_editable_get_text (GTK_EDITABLE (self->token));

  return *token == '\0' && self->tracker != NULL ? NULL : token;
}

gboolean
lia_tracker_form_get_valid (LiaTrackerForm *self)
{
  g_autofree char *url = dup_text (self->url);
  g_autofree char *project = dup_text (self->project);
  g_autofree char *login = dup_text (self->login);
  const char      *token = lia_tracker_form_get_token (self);
  const gboolean   plain = g_ascii_strncasecmp (url, "http://", 7) == 0 && adw_switch_row_get_active (self->near_row);

  return (plain || g_ascii_strncasecmp (url, "https://", 8) == 0) && *project != '\0' && (token == NULL || *token != '\0') &&
         (lia_tracker_form_get_make (self)->login == NULL || *login != '\0');
}
