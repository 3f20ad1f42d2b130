/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-findings-window-private.h"

#include "lia-finding-row.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

enum {
  CONVERSATION_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingsWindow, lia_findings_window, ADW_TYPE_WINDOW)

/** lia_findings_window_get_query: what is listed; its words are the widgets' own. */
LiaFindingsQuery
lia_findings_window_get_query (LiaFindingsWindow *self)
{
  LiaFindingsQuery query = lia_findings_filter_get_query (self->filter);
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  query.text = *text != '\0' ? text : NULL;

  return query;
}

/* What is chosen --------------------------------------------------------------------------------------------------------------------------- */

static LiaFinding *
finding_at (LiaFindingsWindow *self,
            int                place)
{
  return lia_finding_row_of_list (gtk_list_box_get_row_at_index (self->list, place));
}

/** lia_findings_window_dup_chosen: (transfer full) (element-type LiaFinding): as they stand in the list */
GPtrArray *
lia_findings_window_dup_chosen (LiaFindingsWindow *self)
{
  GPtrArray  *findings = g_ptr_array_new_with_free_func (g_object_unref);
  LiaFinding *finding;

  for (int i = 0; (finding = finding_at (self, i)) != NULL; i++)
    if (g_hash_table_contains (self->chosen, finding->id))
      g_ptr_array_add (findings, g_object_ref (finding));

  return findings;
}

/** lia_findings_window_choose: @finding is what is chosen as soon as it is listed. */
void
lia_findings_window_choose (LiaFindingsWindow *self,
                            const char        *finding)
{
  g_hash_table_remove_all (self->chosen);
  g_hash_table_add (self->chosen, g_strdup (finding));
}

static void
show_chosen (LiaFindingsWindow *self)
{
  g_autoptr (GPtrArray) findings = lia_findings_window_dup_chosen (self);
  g_autofree char *words = g_strdup_printf (ngettext ("%d Finding Chosen", "%d Findings Chosen", findings->len), (int)findings->len);

  adw_status_page_set_title (self->several, words);
  gtk_stack_set_visible_child_name (self->detail, findings->len == 0 ? "none" : findings->len == 1 ? "finding"
                                                                                                   : "several");
  if (findings->len == 1)
    lia_finding_view_set_finding (self->view, findings->pdata[0]);
  lia_findings_window_update_actions (self);
}

/* Those that were chosen, as far as they are still there; else the first one. The first row of them. */
static GtkListBoxRow *
select_chosen (LiaFindingsWindow *self)
{
  g_autoptr (GPtrArray) findings = lia_findings_window_dup_chosen (self);
  GtkListBoxRow *first = NULL;
  LiaFinding    *finding;

  if (findings->len == 0)
    g_hash_table_remove_all (self->chosen);
  if (findings->len == 0 && (finding = finding_at (self, 0)) != NULL)
    g_hash_table_add (self->chosen, g_strdup (finding->id));
  for (int i = 0; (finding = finding_at (self, i)) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (!g_hash_table_contains (self->chosen, finding->id))
        continue;
      gtk_list_box_select_row (self->list, row);
      first = first != NULL ? first : row;
    }

  return first;
}

static void
add_selected (GtkListBox    *list,
              GtkListBoxRow *row,
              gpointer       data)
{
  LiaFindingsWindow *self = data;

  g_hash_table_add (self->chosen, g_strdup (lia_finding_row_of_list (row)->id));
}

static void
on_selected_rows_changed_cb (LiaFindingsWindow *self)
{
  if (self->filling)
    return;
  g_hash_table_remove_all (self->chosen);
  gtk_list_box_selected_foreach (self->list, add_selected, self);
  show_chosen (self);
}

/* The list ---------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
shows_pages (LiaFindingsWindow *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->lists), "pages") == 0;
}

static void
show_list (LiaFindingsWindow *self)
{
  LiaFindingsQuery query = lia_findings_window_get_query (self);
  gboolean         any = self->fresh != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->search), !shows_pages (self));
  gtk_widget_set_visible (GTK_WIDGET (self->filter), !shows_pages (self));
  if (shows_pages (self))
    gtk_stack_set_visible_child_name (self->stack, "pages");
  else if (any)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, query.text != NULL || lia_findings_filter_is_set (self->filter) ? "none" : "empty");
}

/* The keyboard stays on the finding that it was on. */
static void
fill (LiaFindingsWindow *self)
{
  GtkWidget     *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean       focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkListBoxRow *row;

  self->filling = TRUE;
  lia_finding_row_fill_list (self->list, G_LIST_MODEL (self->fresh));
  row = select_chosen (self);
  if (focused && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->filling = FALSE;

  show_chosen (self);
  show_list (self);
}

static void read_page (LiaFindingsWindow *self);

static void
on_page_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      asked)
{
  LiaFindingsWindow *self = owner;
  LiaValuePage      *page = value != NULL ? g_value_get_object (value) : NULL;

  if (GPOINTER_TO_UINT (asked) != self->asked)
    return;
  self->reading = FALSE;
  if (page == NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      adw_status_page_set_description (self->problem, words);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->values)); i++)
    {
      g_autoptr (LiaFinding) finding = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      g_list_store_append (self->fresh, finding);
    }
  g_set_str (&self->next, page->next);
  if (self->next != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) < self->wanted)
    read_page (self);
  else
    fill (self);
}

static void
read_page (LiaFindingsWindow *self)
{
  LiaFindingsQuery query = lia_findings_window_get_query (self);

  self->asked++;
  self->reading = TRUE;
  lia_then (lia_client_get_findings (self->client, &query, self->next), self, on_page_cb, GUINT_TO_POINTER (self->asked), NULL);
}

static void
show_figures (LiaFindingsWindow *self,
              LiaFindingFigures *figures)
{
  g_autofree char *words = NULL;

  self->total = figures != NULL ? lia_finding_figures_get_total (figures) : 0;
  words = figures != NULL ? g_strdup_printf (ngettext ("%d finding", "%d findings", (gulong)self->total), (int)self->total) : g_strdup ("");
  adw_window_title_set_subtitle (self->heading, words);
  lia_findings_figures_show (self->figures, figures);
}

static void
on_figures_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      data)
{
  LiaFindingsWindow *self = owner;

  if (value != NULL && self->figures_of == GPOINTER_TO_UINT (data))
    show_figures (self, g_value_get_object (value));
}

/* @wanted: so many at least, from the first on */
static void
read_anew (LiaFindingsWindow *self,
           guint              wanted)
{
  LiaFindingsQuery query = lia_findings_window_get_query (self);

  g_clear_object (&self->fresh);
  self->fresh = g_list_store_new (LIA_TYPE_FINDING);
  g_clear_pointer (&self->next, g_free);
  self->wanted = wanted;
  read_page (self);
  self->figures_of++;
  if (query.text != NULL)
    show_figures (self, NULL);
  else
    lia_then (lia_client_get_finding_figures (self->client, &query), self, on_figures_cb, GUINT_TO_POINTER (self->figures_of), NULL);
}

static void
on_changed_cb (LiaFindingsWindow *self)
{
  read_anew (self, self->fresh != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->fresh)) : 0);
  lia_findings_filter_refresh (self->filter);
  if (shows_pages (self))
    lia_failing_pages_refresh (self->pages, self->client);
}

static void
on_filter_changed_cb (LiaFindingsWindow *self)
{
  if (self->client != NULL)
    read_anew (self, 0);
}

static void
on_edge_reached_cb (LiaFindingsWindow *self,
                    GtkPositionType    edge)
{
  if (edge != GTK_POS_BOTTOM || self->next == NULL || self->reading)
    return;
  self->wanted = 0;
  read_page (self);
}

static void
on_row_activated_cb (LiaFindingsWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* Where the list is all there is, one press opens. */
static void
on_list_released_cb (LiaFindingsWindow *self,
                     int                n_press,
                     double             x,
                     double             y,
                     GtkGestureClick   *gesture)
{
  GdkModifierType held = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (adw_navigation_split_view_get_collapsed (self->split) && (held & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/** lia_findings_window_take_keyboard: to the first one that is chosen. */
void
lia_findings_window_take_keyboard (LiaFindingsWindow *self)
{
  g_autoptr (GList) rows = gtk_list_box_get_selected_rows (self->list);

  if (rows != NULL)
    gtk_widget_grab_focus (rows->data);
}

static void
on_search_activate_cb (LiaFindingsWindow *self)
{
  lia_findings_window_take_keyboard (self);
}

/* As in every list below a search. */
static gboolean
on_search_key_pressed_cb (LiaFindingsWindow *self,
                          guint              key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  lia_findings_window_take_keyboard (self);
  return GDK_EVENT_STOP;
}

static void
on_conversation_activated_cb (LiaFindingsWindow *self,
                              const char        *conversation,
                              const char        *entry)
{
  g_signal_emit (self, signals[CONVERSATION_ACTIVATED], 0, conversation, entry);
}

/* Pages of the web site --------------------------------------------------------------------------------------------------------------------- */

static void
on_lists_changed_cb (LiaFindingsWindow *self)
{
  if (self->client == NULL)
    return;
  if (shows_pages (self))
    lia_failing_pages_refresh (self->pages, self->client);
  show_list (self);
}

static void
on_page_activated_cb (LiaFindingsWindow *self,
                      const char        *url)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  lia_findings_filter_set_page (self->filter, url);
  adw_toggle_group_set_active_name (self->lists, "findings");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_findings_window_dispose (GObject *object)
{
  LiaFindingsWindow *self = LIA_FINDINGS_WINDOW (object);

  self->filling = TRUE;
  lia_findings_window_stop_export (self);
  if (self->chosen != NULL)
    lia_findings_window_forget_deed (self);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDINGS_WINDOW);
  g_clear_object (&self->watch);
  g_clear_object (&self->fresh);
  g_clear_object (&self->running);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->chosen, g_hash_table_unref);

  G_OBJECT_CLASS (lia_findings_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, split);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, lists);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, filter);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, export_bar);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, export_progress);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, figures);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, several);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingsWindow, view);
}

static void
lia_findings_window_class_init (LiaFindingsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_findings_window_dispose;

  signals[CONVERSATION_ACTIVATED] =
      g_signal_new ("conversation-activated", LIA_TYPE_FINDINGS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_FAILING_PAGES);
  g_type_ensure (LIA_TYPE_FINDINGS_FIGURES);
  g_type_ensure (LIA_TYPE_FINDINGS_FILTER);
  g_type_ensure (LIA_TYPE_FINDING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-findings-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lists_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, lia_findings_window_stop_export);
  lia_findings_window_install_actions (widget_class);
}

static void
lia_findings_window_init (LiaFindingsWindow *self)
{
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  lia_findings_window_update_actions (self);
}

GtkWindow *
lia_findings_window_new (LiaClient *client)
{
  LiaFindingsWindow *self = g_object_new (LIA_TYPE_FINDINGS_WINDOW, NULL);

  self->client = g_object_ref (client);
  self->watch = lia_findings_watch_new (client);
  lia_findings_filter_set_client (self->filter, client);
  lia_finding_view_set_client (self->view, client);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  on_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));

  return GTK_WINDOW (self);
}

/* By its own title, so that it stands in the list, whatever was chosen above that before. */
static void
on_shown_read_cb (gpointer      owner,
                  const GValue *value,
                  GError       *error,
                  gpointer      data)
{
  LiaFindingsWindow *self = owner;
  LiaFindingPage    *page = value != NULL ? g_value_get_object (value) : NULL;

  if (page == NULL)
    {
      lia_complain (GTK_WIDGET (self->split), _ ("The finding could not be found"), error);
      return;
    }
  self->filling = TRUE;
  lia_findings_filter_clear (self->filter);
  gtk_editable_set_text (GTK_EDITABLE (self->search), page->finding->title);
  self->filling = FALSE;
  g_hash_table_remove_all (self->chosen);
  g_hash_table_add (self->chosen, g_strdup (page->finding->id));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  read_anew (self, 0);
}

/** lia_findings_window_show_finding: @finding: its id; one that was merged is the one that it was merged into */
void
lia_findings_window_show_finding (LiaFindingsWindow *self,
                                  const char        *finding)
{
  lia_then (lia_client_get_finding (self->client, finding, NULL), self, on_shown_read_cb, NULL, NULL);
}
