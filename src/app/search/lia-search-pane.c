/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searches are numbered: an answer to an older one is dropped. The old hits stay on screen until the new ones are there.
 */
#include "lia-search-pane.h"

#include "lia-format.h"
#include "lia-search-hit.h"
#include "lia-search-page.h"
#include "lia-search-row.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaSearchPane
{
  AdwBin parent_instance;

  GtkStack      *stack;
  GtkGridView   *list;
  AdwStatusPage *problem_page;

  LiaClient  *client;
  GListStore *hits; /* of LiaSearchHit */
  char       *text;
  char       *next; /* cursor for older hits, or NULL */
  guint       number;
  gboolean    fetching;
};

enum {
  SIGNAL_HIT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaSearchPane, lia_search_pane, ADW_TYPE_BIN)

static void
add_page (LiaSearchPane *self,
          LiaSearchPage *page,
          gboolean       first)
{
  guint kept = first ? 0 : g_list_model_get_n_items (G_LIST_MODEL (self->hits));
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *hits = G_LIST_MODEL (page->hits);

  for (guint i = 0; i < g_list_model_get_n_items (hits); i++)
    g_ptr_array_add (found, g_list_model_get_item (hits, i));
  g_list_store_splice (self->hits, kept, g_list_model_get_n_items (G_LIST_MODEL (self->hits)) - kept, found->pdata, found->len);
  g_set_str (&self->next, page->next);
}

static void
found_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      number)
{
  LiaSearchPane *self = owner;

  if (GPOINTER_TO_UINT (number) != self->number)
    return;
  self->fetching = FALSE;
  if (error != NULL)
    {
      g_autofree char *words = lia_problem_words (error);
      g_autofree char *description = g_markup_escape_text (words, -1);

      adw_status_page_set_description (self->problem_page, description);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  add_page (self, g_value_get_object (value), self->next == NULL);
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->hits)) > 0 ? "hits" : "nothing");
}

static void
fetch (LiaSearchPane *self)
{
  self->fetching = TRUE;
  lia_then (lia_client_search (self->client, self->text, self->next), self, found_cb, GUINT_TO_POINTER (self->number), NULL);
}

static void
on_edge_reached_cb (LiaSearchPane  *self,
                    GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM && self->next != NULL && !self->fetching)
    fetch (self);
}

static void
on_activate_cb (LiaSearchPane *self,
                guint          position)
{
  g_autoptr (LiaSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  if (hit != NULL)
    g_signal_emit (self, signals[SIGNAL_HIT_ACTIVATED], 0, hit->conversation->id, hit->entry);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, lia_search_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  LiaSearchHit    *hit = gtk_list_item_get_item (item);
  g_autofree char *who = lia_format_customer (hit->conversation->customer);
  g_autofree char *label = g_strjoin (", ", who, hit->conversation->subject, hit->snippet, NULL);

  lia_search_row_set_hit (LIA_SEARCH_ROW (gtk_list_item_get_child (item)), hit);
  gtk_list_item_set_accessible_label (item, label);
}

static void
lia_search_pane_dispose (GObject *object)
{
  LiaSearchPane *self = LIA_SEARCH_PANE (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SEARCH_PANE);
  g_clear_object (&self->client);
  g_clear_object (&self->hits);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->next, g_free);
  G_OBJECT_CLASS (lia_search_pane_parent_class)->dispose (object);
}

static void
lia_search_pane_class_init (LiaSearchPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_search_pane_dispose;

  signals[SIGNAL_HIT_ACTIVATED] = g_signal_new ("hit-activated", LIA_TYPE_SEARCH_PANE, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-search-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSearchPane, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaSearchPane, list);
  gtk_widget_class_bind_template_child (widget_class, LiaSearchPane, problem_page);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
lia_search_pane_init (LiaSearchPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->hits = g_list_store_new (LIA_TYPE_SEARCH_HIT);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->hits))));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (selection), FALSE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_grid_view_set_factory (self->list, factory);
  gtk_grid_view_set_model (self->list, selection);
}

void
lia_search_pane_set_client (LiaSearchPane *self,
                            LiaClient     *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
}

/**
 * lia_search_pane_search:
 * @text: as typed; a search for nothing empties the list
 */
void
lia_search_pane_search (LiaSearchPane *self,
                        const char    *text)
{
  self->number++;
  self->fetching = FALSE;
  g_set_str (&self->text, text);
  g_clear_pointer (&self->next, g_free);
  if (*text == '\0')
    {
      g_list_store_remove_all (self->hits);
      return;
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->hits)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "searching");
  fetch (self);
}

void
lia_search_pane_activate_first (LiaSearchPane *self)
{
  on_activate_cb (self, 0);
}
