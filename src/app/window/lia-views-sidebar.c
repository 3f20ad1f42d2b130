/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list box instead of a list view: a view's counts change all the time, and each change is a new LiaView in the model. Rows are updated in
 * place, so that selection and focus stay where they are.
 */
#include "lia-views-sidebar.h"

#include "lia-channel.h"
#include "lia-view-row.h"

#include <glib/gi18n.h>

struct _LiaViewsSidebar
{
  AdwBin parent_instance;

  GtkListBox     *list;
  GtkRevealer    *progress_revealer;
  GtkLabel       *progress_label;
  GtkProgressBar *progress_bar;

  LiaClient *client;
};

enum {
  SIGNAL_VIEW_SELECTED,
  SIGNAL_VIEW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaViewsSidebar, lia_views_sidebar, ADW_TYPE_BIN)

static void
on_views_changed_cb (LiaViewsSidebar *self,
                     guint            position,
                     guint            removed,
                     guint            added,
                     GListModel      *views)
{
  guint kept = MIN (removed, added);

  for (guint i = 0; i < kept; i++)
    {
      g_autoptr (LiaView) view = g_list_model_get_item (views, position + i);

      lia_view_row_set_view (LIA_VIEW_ROW (gtk_list_box_get_row_at_index (self->list, position + i)), view);
    }
  for (guint i = kept; i < removed; i++)
    gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, position + kept)));
  for (guint i = kept; i < added; i++)
    {
      g_autoptr (LiaView) view = g_list_model_get_item (views, position + i);

      gtk_list_box_insert (self->list, lia_view_row_new (view), position + i);
    }
  gtk_list_box_invalidate_headers (self->list);
}

static void
on_channels_changed_cb (LiaViewsSidebar *self)
{
  GListModel      *channels = lia_client_get_channels (self->client);
  gint64           done = 0, total = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);

      done += channel->total > 0 ? channel->done : 0;
      total += channel->total;
    }
  gtk_revealer_set_reveal_child (self->progress_revealer, total > 0);
  if (total <= 0)
    return;

  text = g_strdup_printf (_ ("Fetching mail: %d of %d"), (int)done, (int)total);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP ((double)done / total, 0, 1));
}

static void
on_row_selected_cb (LiaViewsSidebar *self,
                    LiaViewRow      *row)
{
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_VIEW_SELECTED], 0, lia_view_row_get_view (row));
}

static void
on_row_activated_cb (LiaViewsSidebar *self,
                     LiaViewRow      *row)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_ACTIVATED], 0, lia_view_row_get_view (row));
}

static int
section_of (GtkListBoxRow *row)
{
  const char *kind = lia_view_row_get_view (LIA_VIEW_ROW (row))->kind;

  if (g_strcmp0 (kind, "mine") == 0 || g_strcmp0 (kind, "waiting") == 0)
    return 0;
  return g_strcmp0 (kind, "queue") == 0 ? 1 : 2;
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  gboolean needed = before != NULL && section_of (row) != section_of (before);

  if (!needed)
    gtk_list_box_row_set_header (row, NULL);
  else if (gtk_list_box_row_get_header (row) == NULL)
    gtk_list_box_row_set_header (row, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
}

static void
lia_views_sidebar_dispose (GObject *object)
{
  LiaViewsSidebar *self = LIA_VIEWS_SIDEBAR (object);

  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_VIEWS_SIDEBAR);
  G_OBJECT_CLASS (lia_views_sidebar_parent_class)->dispose (object);
}

static void
lia_views_sidebar_class_init (LiaViewsSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_views_sidebar_dispose;

  signals[SIGNAL_VIEW_SELECTED] = g_signal_new ("view-selected", LIA_TYPE_VIEWS_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_VIEW);
  signals[SIGNAL_VIEW_ACTIVATED] = g_signal_new ("view-activated", LIA_TYPE_VIEWS_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-views-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaViewsSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, LiaViewsSidebar, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, LiaViewsSidebar, progress_label);
  gtk_widget_class_bind_template_child (widget_class, LiaViewsSidebar, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_views_sidebar_init (LiaViewsSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
}

void
lia_views_sidebar_set_client (LiaViewsSidebar *self,
                              LiaClient       *client)
{
  GListModel *views = lia_client_get_views (client);
  GListModel *channels = lia_client_get_channels (client);

  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (views, "items-changed", G_CALLBACK (on_views_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (channels, "items-changed", G_CALLBACK (on_channels_changed_cb), self, G_CONNECT_SWAPPED);
  on_views_changed_cb (self, 0, 0, g_list_model_get_n_items (views), views);
  on_channels_changed_cb (self);
}

/**
 * lia_views_sidebar_select:
 *
 * Returns: whether there is such a view
 */
gboolean
lia_views_sidebar_select (LiaViewsSidebar *self,
                          const char      *view)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (lia_view_row_get_view (LIA_VIEW_ROW (row))->id, view) == 0)
      {
        gtk_list_box_select_row (self->list, row);
        return TRUE;
      }
  return FALSE;
}

void
lia_views_sidebar_select_nth (LiaViewsSidebar *self,
                              guint            nth)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, nth);

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}
