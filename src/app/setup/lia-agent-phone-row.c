/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-agent-phone-row.h"

#include <glib/gi18n.h>

struct _LiaAgentPhoneRow
{
  AdwExpanderRow parent_instance;

  AdwComboRow *telephone;
  AdwEntryRow *extension;
  AdwEntryRow *member;
  GtkWidget   *ring_button;

  LiaAgent  *agent;
  GPtrArray *phones; /* of LiaPbxPhone, as the combo row lists them behind "None" */
  char      *test_words;
  gboolean   filling;
};

enum {
  PROP_0,
  PROP_TEST_WORDS,
  N_PROPS
};

enum {
  SIGNAL_RING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaAgentPhoneRow, lia_agent_phone_row, ADW_TYPE_EXPANDER_ROW)

static LiaPbxPhone *
get_selected (LiaAgentPhoneRow *self)
{
  guint selected = adw_combo_row_get_selected (self->telephone);

  return selected > 0 && selected <= self->phones->len ? self->phones->pdata[selected - 1] : NULL;
}

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
on_changed_cb (LiaAgentPhoneRow *self)
{
  LiaPbxPhone     *phone = get_selected (self);
  g_autofree char *extension = dup_text (self->extension);
  g_autofree char *words = NULL;

  if (phone == NULL)
    words = g_strdup (_ ("No telephone"));
  else
    words = g_strdup_printf ("%s%s%s", extension, *extension != '\0' ? " · " : "", phone->phone);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  gtk_widget_set_sensitive (self->ring_button, phone != NULL);
}

/* What was found of a telephone fills the rest in. */
static void
on_telephone_changed_cb (LiaAgentPhoneRow *self)
{
  LiaPbxPhone *phone = get_selected (self);

  if (!self->filling)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->extension), phone != NULL ? phone->extension : "");
      gtk_editable_set_text (GTK_EDITABLE (self->member), phone != NULL ? phone->member : "");
      lia_agent_phone_row_set_ringing (self, FALSE, "");
    }
  on_changed_cb (self);
}

static void
on_ring_clicked_cb (LiaAgentPhoneRow *self)
{
  g_signal_emit (self, signals[SIGNAL_RING], 0);
}

static void
lia_agent_phone_row_dispose (GObject *object)
{
  LiaAgentPhoneRow *self = LIA_AGENT_PHONE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_AGENT_PHONE_ROW);
  g_clear_object (&self->agent);
  g_clear_pointer (&self->phones, g_ptr_array_unref);
  g_clear_pointer (&self->test_words, g_free);
  G_OBJECT_CLASS (lia_agent_phone_row_parent_class)->dispose (object);
}

static void
lia_agent_phone_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TEST_WORDS:
      g_value_set_string (value, LIA_AGENT_PHONE_ROW (object)->test_words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_agent_phone_row_class_init (LiaAgentPhoneRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_agent_phone_row_dispose;
  object_class->get_property = lia_agent_phone_row_get_property;

  properties[PROP_TEST_WORDS] = g_param_spec_string ("test-words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_RING] = g_signal_new ("ring", LIA_TYPE_AGENT_PHONE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-agent-phone-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAgentPhoneRow, telephone);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentPhoneRow, extension);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentPhoneRow, member);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentPhoneRow, ring_button);
  gtk_widget_class_bind_template_callback (widget_class, on_telephone_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_ring_clicked_cb);
}

static void
lia_agent_phone_row_init (LiaAgentPhoneRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
}

/* A telephone that the PBX does not know any more stays in the list, so that nothing is lost by looking. */
static void
add_own_phone (LiaAgentPhoneRow *self)
{
  LiaPbxPhone *phone = lia_pbx_phone_new ();

  g_set_str (&phone->phone, self->agent->phone);
  g_set_str (&phone->extension, self->agent->extension);
  g_set_str (&phone->member, self->agent->member);
  g_ptr_array_add (self->phones, phone);
}

static guint
find_own_phone (LiaAgentPhoneRow *self)
{
  for (guint i = 0; i < self->phones->len; i++)
    if (g_strcmp0 (((LiaPbxPhone *)self->phones->pdata[i])->phone, self->agent->phone) == 0)
      return i + 1;
  return 0;
}

static void
fill (LiaAgentPhoneRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < self->phones->len; i++)
    {
      LiaPbxPhone     *phone = self->phones->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s%s%s", phone->extension, *phone->extension != '\0' ? " · " : "", phone->phone);

      gtk_string_list_append (names, name);
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->telephone, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->telephone, find_own_phone (self));
  gtk_editable_set_text (GTK_EDITABLE (self->extension), self->agent->extension != NULL ? self->agent->extension : "");
  gtk_editable_set_text (GTK_EDITABLE (self->member), self->agent->member != NULL ? self->agent->member : "");
  self->filling = FALSE;
  on_changed_cb (self);
}

GtkWidget *
lia_agent_phone_row_new (LiaAgent     *agent,
                         LiaPbxReport *found)
{
  LiaAgentPhoneRow *self = g_object_new (LIA_TYPE_AGENT_PHONE_ROW, NULL);

  self->agent = g_object_ref (agent);
  for (guint i = 0; i < found->phones->len; i++)
    g_ptr_array_add (self->phones, g_object_ref (found->phones->pdata[i]));
  if (agent->phone != NULL && *agent->phone != '\0' && find_own_phone (self) == 0)
    add_own_phone (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), agent->name);
  fill (self);
  return GTK_WIDGET (self);
}

LiaAgent *
lia_agent_phone_row_get_agent (LiaAgentPhoneRow *self)
{
  return self->agent;
}

const char *
lia_agent_phone_row_get_phone (LiaAgentPhoneRow *self)
{
  LiaPbxPhone *phone = get_selected (self);

  return phone != NULL ? phone->phone : "";
}

char *
lia_agent_phone_row_dup_extension (LiaAgentPhoneRow *self)
{
  return dup_text (self->extension);
}

char *
lia_agent_phone_row_dup_member (LiaAgentPhoneRow *self)
{
  return dup_text (self->member);
}

static gboolean
is_same (const char *text,
         const char *before)
{
  return g_strcmp0 (text, before != NULL ? before : "") == 0;
}

gboolean
lia_agent_phone_row_is_changed (LiaAgentPhoneRow *self)
{
  g_autofree char *extension = dup_text (self->extension);
  g_autofree char *member = dup_text (self->member);

  return !is_same (lia_agent_phone_row_get_phone (self), self->agent->phone) || !is_same (extension, self->agent->extension) ||
         !is_same (member, self->agent->member);
}

void
lia_agent_phone_row_set_ringing (LiaAgentPhoneRow *self,
                                 gboolean          ringing,
                                 const char       *words)
{
  gtk_widget_set_sensitive (self->ring_button, !ringing && get_selected (self) != NULL);
  g_set_str (&self->test_words, words);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEST_WORDS]);
}
