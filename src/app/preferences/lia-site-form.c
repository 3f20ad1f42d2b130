/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-site-form.h"

#include "lia-queue.h"
#include "lia-site-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define USUAL_COLOR "#3584e4"
#define USUAL_GONE_MS (180 * 1000)

struct _LiaSiteForm
{
  AdwBin parent_instance;

  AdwEntryRow          *name;
  AdwEntryRow          *origins;
  GtkLabel             *origins_hint;
  AdwEntryRow          *key;
  GtkLabel             *key_hint;
  AdwEntryRow          *greeting;
  GtkColorDialogButton *color;
  AdwSwitchRow         *self_service;
  AdwSwitchRow         *ask_name;
  AdwSwitchRow         *ask_email;
  AdwSwitchRow         *page_trail;
  AdwComboRow          *queue;
  AdwSpinRow           *max_wait;
  AdwComboRow          *mailbox;
  AdwSpinRow           *gone_after;

  LiaChatSite *site;        /* that is changed, or NULL */
  GPtrArray   *queues;      /* ids, as the row lists them */
  GPtrArray   *mailboxes;   /* the same; the first is "" */
  gboolean     filling;     /* nobody typed */
  gboolean     key_typed;   /* it follows the name no more */
  gboolean     color_typed; /* else it is whichever is usual */
  gboolean     checked;     /* somebody wanted to save: mistakes are told */
};

enum {
  PROP_0,
  PROP_KEY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaSiteForm, lia_site_form, ADW_TYPE_BIN)

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* What is said below a field ---------------------------------------------------------------------------------------------------------------- */

static void
say_below (AdwEntryRow *row,
           GtkLabel    *label,
           gboolean     is_wrong,
           const char  *words)
{
  gtk_label_set_label (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
  gtk_widget_remove_css_class (GTK_WIDGET (label), is_wrong ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (label), is_wrong ? "error" : "dimmed");
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Whether they can be saved; else it is said below, once that was tried. */
static gboolean
check_origins (LiaSiteForm *self)
{
  g_autofree char *problem = NULL;
  g_auto (GStrv) origins = lia_site_words_parse_origins (gtk_editable_get_text (GTK_EDITABLE (self->origins)), &problem);
  g_autofree char *list = origins != NULL ? g_strjoinv (", ", origins) : NULL;
  g_autofree char *hint = NULL;

  if (origins != NULL)
    hint = g_strdup_printf (_ ("Pages of %s"), list);
  else
    hint = g_strdup (self->checked ? problem : _ ("As the browser shows them, each with and without www. where both are used: other pages can neither show the chat nor write."));
  say_below (self->origins, self->origins_hint, origins == NULL && self->checked, hint);

  return origins != NULL;
}

static gboolean
check_key (LiaSiteForm *self)
{
  const gboolean is_right = lia_chat_site_is_key (gtk_editable_get_text (GTK_EDITABLE (self->key)));

  if (is_right || !self->checked)
    say_below (self->key, self->key_hint, FALSE, self->site != NULL ? _ ("The line in its pages names the site so; that stays.") : _ ("The line in its pages names the site so. It is public, and stays."));
  else
    say_below (self->key, self->key_hint, TRUE, _ ("A short name is needed, such as shop: small letters a–z, digits and -, without spaces."));

  return is_right;
}

static void
on_changed_cb (LiaSiteForm *self)
{
  check_origins (self);
}

static void
on_key_changed_cb (LiaSiteForm *self)
{
  if (!self->filling)
    self->key_typed = *gtk_editable_get_text (GTK_EDITABLE (self->key)) != '\0';
  check_key (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

/* Most people need not know what a short name is. */
static void
on_name_changed_cb (LiaSiteForm *self)
{
  g_autofree char *key = NULL;

  if (self->filling || self->key_typed || self->site != NULL)
    return;
  key = lia_site_words_make_key (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->key), key);
  self->filling = FALSE;
}

static void
on_color_changed_cb (LiaSiteForm *self)
{
  self->color_typed |= !self->filling;
}

static void
go_to (AdwEntryRow *row,
       GtkLabel    *label)
{
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_accessible_announce (GTK_ACCESSIBLE (row), gtk_label_get_label (label), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/** lia_site_form_check: whether it can be saved; says else what is wrong, and has the keyboard go there. */
gboolean
lia_site_form_check (LiaSiteForm *self)
{
  gboolean has_origins;
  gboolean has_key;

  self->checked = TRUE;
  has_origins = check_origins (self);
  has_key = check_key (self);
  if (!has_origins)
    go_to (self->origins, self->origins_hint);
  else if (!has_key)
    go_to (self->key, self->key_hint);

  return has_origins && has_key;
}

/**
 * lia_site_form_show_refusal:
 * @pointer: (nullable): which member the engine refuses
 * @words: why, in plain words
 *
 * Returns: whether it could be said beside a field
 */
gboolean
lia_site_form_show_refusal (LiaSiteForm *self,
                            const char  *pointer,
                            const char  *words)
{
  const gboolean is_key = g_strcmp0 (pointer, "/key") == 0;

  if (!is_key && (pointer == NULL || !g_str_has_prefix (pointer, "/origins")))
    return FALSE;
  say_below (is_key ? self->key : self->origins, is_key ? self->key_hint : self->origins_hint, TRUE, words);
  go_to (is_key ? self->key : self->origins, is_key ? self->key_hint : self->origins_hint);

  return TRUE;
}

/* What can be chosen ------------------------------------------------------------------------------------------------------------------------ */

static void
offer (AdwComboRow *row,
       GPtrArray   *ids,
       const char  *first,
       GListModel  *values,
       gboolean (*fits) (gpointer value),
       gsize id_offset,
       gsize name_offset)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (first != NULL)
    {
      gtk_string_list_append (names, first);
      g_ptr_array_add (ids, g_strdup (""));
    }
  for (guint i = 0; i < g_list_model_get_n_items (values); i++)
    {
      g_autoptr (GObject) value = g_list_model_get_item (values, i);

      if (!fits (value))
        continue;
      gtk_string_list_append (names, G_STRUCT_MEMBER (char *, value, name_offset));
      g_ptr_array_add (ids, g_strdup (G_STRUCT_MEMBER (char *, value, id_offset)));
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

static gboolean
is_shown_queue (gpointer value)
{
  return !((LiaQueue *)value)->hidden;
}

static gboolean
is_mailbox (gpointer value)
{
  return g_strcmp0 (((LiaChannel *)value)->kind, "mail") == 0;
}

static void
choose (AdwComboRow *row,
        GPtrArray   *ids,
        const char  *id)
{
  guint at;

  if (id != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, &at))
    adw_combo_row_set_selected (row, at);
}

/* (nullable) */
static const char *
chosen (AdwComboRow *row,
        GPtrArray   *ids)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < ids->len ? ids->pdata[selected] : NULL;
}

/** lia_site_form_set_client: which queues and mailboxes there are; once. */
void
lia_site_form_set_client (LiaSiteForm *self,
                          LiaClient   *client)
{
  offer (self->queue, self->queues, NULL, lia_client_get_queues (client), is_shown_queue, G_STRUCT_OFFSET (LiaQueue, id), G_STRUCT_OFFSET (LiaQueue, name));
  offer (self->mailbox, self->mailboxes, _ ("The First One"), lia_client_get_channels (client), is_mailbox, G_STRUCT_OFFSET (LiaChannel, id),
         G_STRUCT_OFFSET (LiaChannel, name));
}

/* The widget -------------------------------------------------------------------------------------------------------------------------------- */

static void
lia_site_form_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_KEY:
      g_value_take_string (value, dup_text (LIA_SITE_FORM (object)->key));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_site_form_dispose (GObject *object)
{
  LiaSiteForm *self = LIA_SITE_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SITE_FORM);
  g_clear_object (&self->site);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_site_form_parent_class)->dispose (object);
}

static void
lia_site_form_class_init (LiaSiteFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_site_form_dispose;
  object_class->get_property = lia_site_form_get_property;

  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-site-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, name);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, origins);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, origins_hint);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, key);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, key_hint);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, greeting);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, color);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, self_service);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, ask_name);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, ask_email);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, page_trail);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, queue);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, max_wait);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, mailbox);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteForm, gone_after);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_color_changed_cb);
}

static void
show_color (LiaSiteForm *self,
            const char  *color)
{
  GdkRGBA rgba;

  if (gdk_rgba_parse (&rgba, color))
    gtk_color_dialog_button_set_rgba (self->color, &rgba);
}

static void
lia_site_form_init (LiaSiteForm *self)
{
  self->queues = g_ptr_array_new_with_free_func (g_free);
  self->mailboxes = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  show_color (self, USUAL_COLOR);
  adw_spin_row_set_value (self->gone_after, USUAL_GONE_MS / 1000.0);
  self->filling = FALSE;
  check_origins (self);
  check_key (self);
}

/* Values ------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
asks_for (LiaChatSite *site,
          const char  *what)
{
  return g_strv_contains ((const char *const *)site->prechat, what);
}

/** lia_site_form_set_site: to change it; its key stays. */
void
lia_site_form_set_site (LiaSiteForm *self,
                        LiaChatSite *site,
                        const char  *queue)
{
  g_autofree char *origins = g_strjoinv (", ", site->origins);

  g_set_object (&self->site, site);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), site->name);
  gtk_editable_set_text (GTK_EDITABLE (self->origins), origins);
  gtk_editable_set_text (GTK_EDITABLE (self->key), site->key);
  gtk_editable_set_editable (GTK_EDITABLE (self->key), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->greeting), site->greeting);
  self->color_typed = *site->color != '\0';
  show_color (self, self->color_typed ? site->color : USUAL_COLOR);
  adw_switch_row_set_active (self->self_service, site->self_service);
  adw_switch_row_set_active (self->ask_name, asks_for (site, "name"));
  adw_switch_row_set_active (self->ask_email, asks_for (site, "email"));
  adw_switch_row_set_active (self->page_trail, site->page_trail);
  choose (self->queue, self->queues, queue);
  choose (self->mailbox, self->mailboxes, site->mailbox);
  adw_spin_row_set_value (self->max_wait, site->max_wait_ms / 1000.0);
  adw_spin_row_set_value (self->gone_after, (site->gone_after_ms > 0 ? site->gone_after_ms : USUAL_GONE_MS) / 1000.0);
  self->filling = FALSE;
  check_origins (self);
  check_key (self);
}

static char *
dup_color (LiaSiteForm *self)
{
  const GdkRGBA *rgba = gtk_color_dialog_button_get_rgba (self->color);

  if (!self->color_typed)
    return g_strdup ("");

  return g_strdup_printf ("#%02x%02x%02x", (guint)lround (rgba->red * 255.0), (guint)lround (rgba->green * 255.0), (guint)lround (rgba->blue * 255.0));
}

static GStrv
dup_prechat (LiaSiteForm *self)
{
  g_autoptr (GStrvBuilder) prechat = g_strv_builder_new ();

  if (adw_switch_row_get_active (self->ask_name))
    g_strv_builder_add (prechat, "name");
  if (adw_switch_row_get_active (self->ask_email))
    g_strv_builder_add (prechat, "email");

  return g_strv_builder_end (prechat);
}

/** lia_site_form_dup_site: (transfer full): as it was typed; only of what was checked. What the form does not ask for stays as it was. */
LiaChatSite *
lia_site_form_dup_site (LiaSiteForm *self)
{
  LiaChatSite     *site = lia_chat_site_new ();
  g_autofree char *problem = NULL;

  site->key = dup_text (self->key);
  site->name = dup_text (self->name);
  site->origins = lia_site_words_parse_origins (gtk_editable_get_text (GTK_EDITABLE (self->origins)), &problem);
  site->color = dup_color (self);
  site->greeting = dup_text (self->greeting);
  site->languages = self->site != NULL ? g_strdupv (self->site->languages) : g_new0 (char *, 1);
  site->prechat = dup_prechat (self);
  site->jwt_kids = g_new0 (char *, 1);
  site->page_trail = adw_switch_row_get_active (self->page_trail);
  site->self_service = adw_switch_row_get_active (self->self_service);
  site->max_wait_ms = (gint64)adw_spin_row_get_value (self->max_wait) * 1000;
  site->gone_after_ms = (gint64)adw_spin_row_get_value (self->gone_after) * 1000;
  site->mailbox = g_strdup (chosen (self->mailbox, self->mailboxes));

  return site;
}

/** lia_site_form_dup_queue: (transfer full) (nullable): where its conversations go. */
char *
lia_site_form_dup_queue (LiaSiteForm *self)
{
  return g_strdup (chosen (self->queue, self->queues));
}
