/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-finding-merge.h"

#include "lia-client-findings.h"
#include "lia-finding-row.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

#define N_LIKELY 12

struct _LiaFindingMerge
{
  AdwDialog parent_instance;

  GtkLabel       *hint;
  GtkSearchEntry *search;
  GtkStack       *stack;
  GtkListBox     *list;

  LiaClient  *client;
  GPtrArray  *findings; /* of LiaFinding: to be merged */
  LiaFinding *stays;    /* NULL: nothing was chosen */
  guint       asked;
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingMerge, lia_finding_merge, ADW_TYPE_DIALOG)

static gboolean
is_one_of (LiaFindingMerge *self,
           LiaFinding      *finding)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (g_str_equal (((LiaFinding *)self->findings->pdata[i])->id, finding->id))
      return TRUE;

  return FALSE;
}

static void
show (LiaFindingMerge *self,
      GListModel      *findings)
{
  lia_finding_row_fill_list (self->list, findings);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (findings) > 0 ? "list" : "empty");
}

static int
compare_customers (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  const LiaFinding *left = a;
  const LiaFinding *right = b;

  return left->customers != right->customers ? (left->customers < right->customers) - (left->customers > right->customers) : (left->first_ms > right->first_ms) - (left->first_ms < right->first_ms);
}

/* That which most say, most likely. */
static void
show_chosen (LiaFindingMerge *self)
{
  g_autoptr (GListStore) list = g_list_store_new (LIA_TYPE_FINDING);

  for (guint i = 0; i < self->findings->len; i++)
    g_list_store_append (list, self->findings->pdata[i]);
  g_list_store_sort (list, compare_customers, NULL);
  show (self, G_LIST_MODEL (list));
}

static void
on_found_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      asked)
{
  LiaFindingMerge *self = owner;
  LiaValuePage    *page = value != NULL ? g_value_get_object (value) : NULL;
  g_autoptr (GListStore) others = g_list_store_new (LIA_TYPE_FINDING);

  if (GPOINTER_TO_UINT (asked) != self->asked)
    return;
  if (page == NULL)
    lia_complain (GTK_WIDGET (self), _ ("Findings could not be looked for"), error);
  for (guint i = 0; page != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (page->values)); i++)
    {
      g_autoptr (LiaFinding) finding = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      if (!is_one_of (self, finding))
        g_list_store_append (others, finding);
    }
  show (self, G_LIST_MODEL (others));
}

static void
look_for (LiaFindingMerge *self,
          const char      *words)
{
  lia_then (lia_client_get_findings_like (self->client, words, N_LIKELY), self, on_found_cb, GUINT_TO_POINTER (self->asked), NULL);
}

static void
on_search_changed_cb (LiaFindingMerge *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  self->asked++;
  if (*words != '\0')
    look_for (self, words);
  else if (self->findings->len > 1)
    show_chosen (self);
  else
    look_for (self, ((LiaFinding *)self->findings->pdata[0])->title);
}

static void
take (LiaFindingMerge *self,
      GtkListBoxRow   *row)
{
  if (row == NULL)
    return;
  g_set_object (&self->stays, lia_finding_row_of_list (row));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_row_activated_cb (LiaFindingMerge *self,
                     GtkListBoxRow   *row)
{
  take (self, row);
}

static void
on_search_activate_cb (LiaFindingMerge *self)
{
  take (self, gtk_list_box_get_selected_row (self->list));
}

/* Escape, which the search would keep for itself */
static void
on_search_stopped_cb (LiaFindingMerge *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static gboolean
on_search_key_pressed_cb (LiaFindingMerge *self,
                          guint            key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (row));

  return GDK_EVENT_STOP;
}

/* Not before: a dialog that goes gives the keyboard back to whoever had it. */
static void
on_closed_cb (LiaFindingMerge *self)
{
  g_autoptr (GStrvBuilder) merged = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  if (self->stays == NULL)
    return;
  for (guint i = 0; i < self->findings->len; i++)
    {
      LiaFinding *finding = self->findings->pdata[i];

      if (!g_str_equal (finding->id, self->stays->id))
        g_strv_builder_add (merged, finding->id);
    }
  ids = g_strv_builder_end (merged);
  g_signal_emit (self, signals[CHOSEN], 0, self->stays, ids);
}

static void
lia_finding_merge_dispose (GObject *object)
{
  LiaFindingMerge *self = LIA_FINDING_MERGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDING_MERGE);
  g_clear_object (&self->client);
  g_clear_object (&self->stays);
  g_clear_pointer (&self->findings, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_finding_merge_parent_class)->dispose (object);
}

static void
lia_finding_merge_class_init (LiaFindingMergeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_finding_merge_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_FINDING_MERGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, LIA_TYPE_FINDING, G_TYPE_STRV);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-finding-merge.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFindingMerge, hint);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingMerge, search);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingMerge, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingMerge, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_closed_cb);
}

static void
lia_finding_merge_init (LiaFindingMerge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** lia_finding_merge_new: @findings: of LiaFinding, at least one */
AdwDialog *
lia_finding_merge_new (LiaClient *client,
                       GPtrArray *findings)
{
  LiaFindingMerge *self = g_object_new (LIA_TYPE_FINDING_MERGE, NULL);
  g_autofree char *words = NULL;

  self->client = g_object_ref (client);
  self->findings = g_ptr_array_ref (findings);
  words = findings->len > 1 ? g_strdup_printf (ngettext ("What was said of %d finding counts for one of them. Which one stays?", "What was said of %d findings counts for one of them. Which one stays?", findings->len), (int)findings->len)
                            : g_strdup_printf (_ ("What was said of “%s” counts for another finding that says the same. Which one?"), ((LiaFinding *)findings->pdata[0])->title);
  gtk_label_set_text (self->hint, words);
  on_search_changed_cb (self);

  return ADW_DIALOG (self);
}
