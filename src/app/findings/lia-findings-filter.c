/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-findings-filter.h"

#include "lia-entry-words.h"
#include "lia-feedback-words.h"
#include "lia-then.h"
#include "lia-time.h"
#include "lia-tracker-setup.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

struct _LiaFindingsFilter
{
  GtkBox parent_instance;

  GtkDropDown *kind;
  GtkDropDown *state;
  GtkDropDown *product;
  GtkDropDown *tracker;
  GtkDropDown *since;
  GtkDropDown *order;
  GtkButton   *page_button;
  GtkLabel    *page_label;

  LiaClient *client;
  GPtrArray *trackers; /* char *: what stands in the API for each choice but the first, which is any */
  char      *page;     /* of the web site, or NULL */
  gboolean   filling;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingsFilter, lia_findings_filter, GTK_TYPE_BOX)

/* What is chosen --------------------------------------------------------------------------------------------------------------------------- */

static const int days[] = { 0, 7, 30, 90, 365 }; /* as they stand in the list */

/* (transfer none): NULL = any, which stands first */
static const char *
chosen_product (LiaFindingsFilter *self)
{
  guint selected = gtk_drop_down_get_selected (self->product);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;

  return gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (self->product)), selected);
}

static const char *
chosen_tracker (LiaFindingsFilter *self)
{
  guint selected = gtk_drop_down_get_selected (self->tracker);

  return selected > 0 && selected <= self->trackers->len ? self->trackers->pdata[selected - 1] : NULL;
}

/** lia_findings_filter_get_query: without a text; its words are the filter's own, until something else is chosen. */
LiaFindingsQuery
lia_findings_filter_get_query (LiaFindingsFilter *self)
{
  guint kind = gtk_drop_down_get_selected (self->kind);
  guint state = gtk_drop_down_get_selected (self->state);
  guint order = gtk_drop_down_get_selected (self->order);
  guint since = gtk_drop_down_get_selected (self->since);

  return (LiaFindingsQuery){
    .kind = kind > 0 && kind <= LIA_FINDING_N_KINDS ? lia_finding_kind_to_string ((LiaFindingKind)(kind - 1)) : NULL,
    .state = state > 0 && state <= LIA_FINDING_N_STATES ? lia_finding_state_to_string ((LiaFindingState)(state - 1)) : NULL,
    .product = chosen_product (self),
    .tracker = chosen_tracker (self),
    .url = self->page,
    .since_ms = since > 0 && since < G_N_ELEMENTS (days) ? lia_time_now () - days[since] * DAY_MS : 0,
    .sort = order < LIA_FINDING_N_SORTS ? (LiaFindingSort)order : LIA_FINDING_SORT_LAST,
  };
}

/** lia_findings_filter_is_set: whether some are left out. */
gboolean
lia_findings_filter_is_set (LiaFindingsFilter *self)
{
  LiaFindingsQuery query = lia_findings_filter_get_query (self);

  return query.kind != NULL || query.state != NULL || query.product != NULL || query.tracker != NULL || query.url != NULL || query.since_ms != 0;
}

static void
tell_changed (LiaFindingsFilter *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_changed_cb (LiaFindingsFilter *self)
{
  tell_changed (self);
}

/* What is counted how is not to be guessed. */
static void
on_order_changed_cb (LiaFindingsFilter *self)
{
  gboolean trend = gtk_drop_down_get_selected (self->order) == LIA_FINDING_SORT_TREND;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->order), trend ? _ ("Each time that it was said counts half after two weeks") : NULL);
}

static void
show_page (LiaFindingsFilter *self,
           const char        *url)
{
  g_set_str (&self->page, url);
  gtk_widget_set_visible (GTK_WIDGET (self->page_button), url != NULL);
  gtk_label_set_text (self->page_label, url != NULL ? url : "");
}

static void
on_page_clicked_cb (LiaFindingsFilter *self)
{
  lia_findings_filter_set_page (self, NULL);
}

/** lia_findings_filter_set_page: @url: (nullable): only what is said of that page of the web site */
void
lia_findings_filter_set_page (LiaFindingsFilter *self,
                              const char        *url)
{
  show_page (self, url);
  tell_changed (self);
}

/** lia_findings_filter_clear: all of them; the order stays. */
void
lia_findings_filter_clear (LiaFindingsFilter *self)
{
  GtkDropDown *drops[] = { self->kind, self->state, self->product, self->tracker, self->since };

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    gtk_drop_down_set_selected (drops[i], 0);
  self->filling = FALSE;
  lia_findings_filter_set_page (self, NULL);
}

/* What can be chosen ----------------------------------------------------------------------------------------------------------------------- */

static void
fill_choices (LiaFindingsFilter *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new ((const char *const[]){ _ ("All kinds"), NULL });
  g_autoptr (GtkStringList) states = gtk_string_list_new ((const char *const[]){ _ ("All states"), NULL });
  g_autoptr (GtkStringList) products = gtk_string_list_new ((const char *const[]){ _ ("All products"), NULL });

  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    gtk_string_list_append (kinds, lia_words_finding_kind ((LiaFindingKind)i));
  for (guint i = 0; i < LIA_FINDING_N_STATES; i++)
    gtk_string_list_append (states, lia_feedback_words_state ((LiaFindingState)i));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
  gtk_drop_down_set_model (self->state, G_LIST_MODEL (states));
  gtk_drop_down_set_model (self->product, G_LIST_MODEL (products));
}

static void
set_choices (LiaFindingsFilter *self,
             GtkDropDown       *drop,
             GtkStringList     *list,
             guint              selected)
{
  self->filling = TRUE;
  gtk_drop_down_set_model (drop, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (drop, selected);
  self->filling = FALSE;
}

/* What is chosen stays so, also when another product was named before it. */
static void
set_products (LiaFindingsFilter *self,
              const char *const *products)
{
  g_autofree char *chosen = g_strdup (chosen_product (self));
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const[]){ _ ("All products"), NULL });
  guint selected = 0;

  for (guint i = 0; products[i] != NULL; i++)
    {
      gtk_string_list_append (list, products[i]);
      if (g_strcmp0 (products[i], chosen) == 0)
        selected = i + 1;
    }
  set_choices (self, self->product, list, selected);
}

static void
on_products_cb (gpointer      owner,
                const GValue *value,
                GError       *error,
                gpointer      data)
{
  if (value != NULL)
    set_products (owner, g_value_get_boxed (value));
}

static void
add_tracker (LiaFindingsFilter *self,
             GtkStringList     *list,
             const char        *word,
             const char        *name)
{
  g_ptr_array_add (self->trackers, g_strdup (word));
  gtk_string_list_append (list, name);
}

static void
on_trackers_changed_cb (LiaFindingsFilter *self)
{
  GListModel      *trackers = lia_client_get_trackers (self->client);
  g_autofree char *chosen = g_strdup (chosen_tracker (self));
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const[]){ _ ("All trackers"), NULL });
  guint selected = 0;

  g_ptr_array_set_size (self->trackers, 0);
  /* Translators: findings that the engineers do not have in any tracker */
  add_tracker (self, list, "none", _ ("In no tracker"));
  for (guint i = 0; i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (trackers, i);

      add_tracker (self, list, tracker->id, tracker->name);
    }
  for (guint i = 0; i < self->trackers->len; i++)
    if (g_strcmp0 (self->trackers->pdata[i], chosen) == 0)
      selected = i + 1;
  set_choices (self, self->tracker, list, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->tracker), g_list_model_get_n_items (trackers) > 0);
}

/** lia_findings_filter_refresh: there may be other products. */
void
lia_findings_filter_refresh (LiaFindingsFilter *self)
{
  lia_then (lia_client_get_finding_products (self->client), self, on_products_cb, NULL, NULL);
}

void
lia_findings_filter_set_client (LiaFindingsFilter *self,
                                LiaClient         *client)
{
  self->client = g_object_ref (client);
  g_signal_connect_object (lia_client_get_trackers (client), "items-changed", G_CALLBACK (on_trackers_changed_cb), self, G_CONNECT_SWAPPED);
  on_trackers_changed_cb (self);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_findings_filter_dispose (GObject *object)
{
  LiaFindingsFilter *self = LIA_FINDINGS_FILTER (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDINGS_FILTER);
  g_clear_object (&self->client);
  g_clear_pointer (&self->trackers, g_ptr_array_unref);
  g_clear_pointer (&self->page, g_free);

  G_OBJECT_CLASS (lia_findings_filter_parent_class)->dispose (object);
}

static void
lia_findings_filter_class_init (LiaFindingsFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_findings_filter_dispose;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_FINDINGS_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-findings-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, kind);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, state);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, product);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, tracker);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, since);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, order);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, page_button);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsFilter, page_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_order_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_page_clicked_cb);
}

static void
lia_findings_filter_init (LiaFindingsFilter *self)
{
  self->trackers = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  self->filling = FALSE;
}
