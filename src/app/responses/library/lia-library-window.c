/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three parts: places (states, folders, tags, languages), by which is filtered; the responses that lie in all of those, or what of them is searched for;
 * and the one that is chosen. The list holds values of the index, or drafts in their place; whatever changes, it is made anew soon, and the choice stays.
 */
#include "lia-library-window-private.h"

#include "lia-library-row.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FOUND 500
#define UPDATE_MS 120
#define ANNOUNCE_MS 600

G_DEFINE_FINAL_TYPE (LiaLibraryWindow, lia_library_window, ADW_TYPE_WINDOW)

static LiaCannedIndex *
get_index (LiaLibraryWindow *self)
{
  return lia_responses_get_index (lia_client_get_responses (self->client));
}

/* (transfer full): what was saved, with what was typed since in its place, and what was never saved */
GPtrArray *
lia_library_window_get_library (LiaLibraryWindow *self)
{
  GPtrArray *library = lia_canned_index_list (get_index (self));
  g_autoptr (GPtrArray) drafts = lia_library_drafts_list (self->drafts);

  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];
      LiaCanned *draft = lia_library_drafts_get (self->drafts, canned->id);

      if (draft != NULL)
        g_set_object ((LiaCanned **)&library->pdata[i], draft);
    }
  for (guint i = 0; i < drafts->len; i++)
    {
      LiaCanned *draft = drafts->pdata[i];

      if (lia_canned_index_get (get_index (self), draft->id) == NULL)
        g_ptr_array_add (library, g_object_ref (draft));
    }

  return library;
}

/* The list --------------------------------------------------------------------------------------------------------------------------------- */

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const LiaCanned *x = *(LiaCanned *const *)a;
  const LiaCanned *y = *(LiaCanned *const *)b;
  int              order = g_utf8_collate (x->title, y->title);

  return order != 0 ? order : strcmp (x->id, y->id);
}

/* (transfer full): what is searched for, the best first */
static GPtrArray *
find (LiaLibraryWindow *self,
      const char       *typed)
{
  g_autoptr (LiaCannedContext) context = lia_canned_context_new ();
  g_autoptr (GPtrArray) hits = NULL;
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  LiaAgent  *me = lia_client_get_me (self->client);

  g_set_str (&context->agent, me != NULL ? me->id : "");
  context->now_ms = lia_time_now ();
  context->retired = TRUE;
  hits = lia_canned_index_query (get_index (self), typed, context, MAX_FOUND);
  for (guint i = 0; i < hits->len; i++)
    {
      LiaCanned *canned = ((LiaCannedHit *)hits->pdata[i])->canned;
      LiaCanned *draft = lia_library_drafts_get (self->drafts, canned->id);

      g_ptr_array_add (found, g_object_ref (draft != NULL ? draft : canned));
    }

  return found;
}

static guint
position_of (LiaLibraryWindow *self,
             const char       *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (LiaCanned) canned = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (strcmp (canned->id, id) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static gboolean
is_as_shown (LiaLibraryWindow *self,
             GPtrArray        *list)
{
  if (list->len != g_list_model_get_n_items (G_LIST_MODEL (self->shown)))
    return FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (LiaCanned) canned = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (canned != list->pdata[i])
        return FALSE;
    }

  return TRUE;
}

/* @from: what there is without the filter */
static void
show_list (LiaLibraryWindow *self,
           GPtrArray        *list,
           GPtrArray        *from,
           gboolean          any)
{
  LiaResponses    *responses = lia_client_get_responses (self->client);
  const char      *page = list->len > 0 ? "list" : !lia_responses_get_loaded (responses) ? "loading"
                                               : any                                     ? "nothing"
                                                                                         : "empty";
  g_autofree char *words = g_strdup_printf (ngettext ("%'u response", "%'u responses", list->len), list->len);

  gtk_label_set_label (self->count, words);
  gtk_widget_set_visible (GTK_WIDGET (self->count), any);
  if (list->len == 0)
    lia_library_window_say_nothing (self, from);
  gtk_stack_set_visible_child_name (self->list_stack, page);
  if (is_as_shown (self, list))
    return;

  self->filling = TRUE;
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), list->pdata, list->len);
  gtk_single_selection_set_selected (self->selection, position_of (self, lia_library_editor_get_id (self->editor)));
  self->filling = FALSE;
}

/* Everything anew, at once. */
void
lia_library_window_update (LiaLibraryWindow *self)
{
  g_autoptr (GPtrArray) library = lia_library_window_get_library (self);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = NULL;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GPtrArray  *from = library;
  gint64      now_ms = lia_time_now ();

  g_clear_handle_id (&self->update_source, g_source_remove);
  lia_library_window_update_places (self, library);
  if (*typed != '\0')
    from = found = find (self, typed);
  for (guint i = 0; i < from->len; i++)
    if (lia_library_filter_has (self->filter, from->pdata[i], now_ms))
      g_ptr_array_add (list, g_object_ref (from->pdata[i]));
  if (found == NULL)
    g_ptr_array_sort (list, compare_titles);
  show_list (self, list, from, library->len > 0);
}

static void
announce_cb (gpointer data)
{
  LiaLibraryWindow *self = data;

  self->announce_source = 0;
  gtk_accessible_announce (GTK_ACCESSIBLE (self->list), gtk_label_get_label (self->count), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* How many there are now is said once somebody has stopped typing. */
void
lia_library_window_announce (LiaLibraryWindow *self)
{
  g_clear_handle_id (&self->announce_source, g_source_remove);
  self->announce_source = g_timeout_add_once (ANNOUNCE_MS, announce_cb, self);
}

static void
update_cb (gpointer data)
{
  LiaLibraryWindow *self = data;

  self->update_source = 0;
  lia_library_window_update (self);
}

/* An import changes thousands: they are shown together. */
static void
update_soon (LiaLibraryWindow *self)
{
  if (self->update_source == 0)
    self->update_source = g_timeout_add_once (UPDATE_MS, update_cb, self);
}

static void
on_responses_changed_cb (LiaLibraryWindow *self,
                         const char       *id)
{
  if (id == NULL || g_strcmp0 (id, lia_library_editor_get_id (self->editor)) == 0)
    lia_library_editor_refresh (self->editor);
  lia_library_published_read (self->published);
  update_soon (self);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, lia_library_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             LiaLibraryWindow         *self)
{
  LiaCanned       *canned = gtk_list_item_get_item (item);
  gboolean         edited = lia_library_drafts_get (self->drafts, canned->id) != NULL;
  gboolean         is_public = lia_library_published_is_public (self->published, canned);
  g_autofree char *words = lia_library_row_words (canned, edited, is_public);

  lia_library_row_show (LIA_LIBRARY_ROW (gtk_list_item_get_child (item)), canned, edited, is_public);
  gtk_list_item_set_accessible_label (item, words);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
on_changed_cb (LiaLibraryWindow *self)
{
  lia_library_window_update (self);
  lia_library_window_announce (self);
}

static void
on_search_activate_cb (LiaLibraryWindow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
}

/* The entry has no use for these: down into the list, and back over the filters before it. */
static gboolean
on_search_key_cb (LiaLibraryWindow *self,
                  guint             key,
                  guint             code,
                  GdkModifierType   modifiers)
{
  GPtrArray *filters = self->filter->places;

  if (key == GDK_KEY_BackSpace && filters->len > 0 && *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    {
      lia_library_filter_remove (self->filter, filters->pdata[filters->len - 1]);
      on_changed_cb (self);
      return GDK_EVENT_STOP;
    }
  if (key != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  on_search_activate_cb (self);

  return GDK_EVENT_STOP;
}

static void
on_selected_cb (LiaLibraryWindow *self)
{
  LiaCanned *canned = gtk_single_selection_get_selected_item (self->selection);

  if (self->filling || canned == NULL || g_strcmp0 (canned->id, lia_library_editor_get_id (self->editor)) == 0)
    return;
  lia_library_editor_show (self->editor, canned->id);
  adw_navigation_split_view_set_show_content (self->list_split, TRUE);
}

static void
on_list_activate_cb (LiaLibraryWindow *self,
                     guint             position)
{
  adw_navigation_split_view_set_show_content (self->list_split, TRUE);
  lia_library_editor_focus (self->editor);
}

static void
on_edited_cb (LiaLibraryWindow *self)
{
  update_soon (self);
}

static void
on_saved_cb (LiaLibraryWindow *self,
             const char       *id,
             const char       *before)
{
  lia_library_window_drop_undo (self);
  lia_library_window_update (self);
  if (*id != '\0' && g_strcmp0 (id, before) != 0 && g_str_has_prefix (id, "new-"))
    lia_library_window_show (self, id);
  else if (*id != '\0')
    lia_toast (GTK_WIDGET (self->editor), _ ("The response is saved"));
}

static void
on_removed_cb (LiaLibraryWindow *self,
               LiaCanned        *canned)
{
  g_set_object (&self->removed, canned);
  lia_library_editor_show (self->editor, NULL);
  lia_library_window_update (self);
}

static gboolean
on_close_request_cb (LiaLibraryWindow *self)
{
  /* What was typed a moment ago goes to the drafts before the window is gone. */
  lia_library_editor_show (self->editor, NULL);

  return FALSE;
}

/** lia_library_window_show: @response: its id, which need not have come yet. */
void
lia_library_window_show (LiaLibraryWindow *self,
                         const char       *response)
{
  guint position;

  lia_library_window_show_responses (self);
  lia_library_editor_show (self->editor, response);
  position = position_of (self, response);
  if (position == GTK_INVALID_LIST_POSITION)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      lia_library_filter_clear (self->filter);
      lia_library_window_update (self);
      position = position_of (self, response);
    }
  if (position != GTK_INVALID_LIST_POSITION)
    {
      self->filling = TRUE;
      gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_SELECT, NULL);
      self->filling = FALSE;
    }
  adw_navigation_split_view_set_show_content (self->list_split, TRUE);
}

/** lia_library_window_edit: the same, with the keyboard in its text. */
void
lia_library_window_edit (LiaLibraryWindow *self,
                         const char       *response)
{
  lia_library_window_show (self, response);
  lia_library_editor_focus (self->editor);
}

static void
customer_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      conversation)
{
  LiaLibraryWindow *self = owner;

  if (self->conversation == conversation)
    lia_library_editor_set_customer (self->editor, self->conversation, value != NULL ? g_value_get_object (value) : NULL);
}

/** lia_library_window_set_conversation: (nullable): the one that is open in the main window: its values can be seen in the preview. */
void
lia_library_window_set_conversation (LiaLibraryWindow *self,
                                     LiaConversation  *conversation)
{
  if (!g_set_object (&self->conversation, conversation))
    return;

  lia_library_editor_set_customer (self->editor, conversation, NULL);
  if (conversation != NULL && conversation->customer_id != NULL)
    lia_then (lia_client_get_customer (self->client, conversation->customer_id), self, customer_cb, g_object_ref (conversation), g_object_unref);
}

static void
lia_library_window_dispose (GObject *object)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->announce_source, g_source_remove);
  g_clear_weak_pointer (&self->undo);
  g_clear_object (&self->suggestions);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_LIBRARY_WINDOW);
  g_clear_object (&self->shown);
  g_clear_object (&self->drafts);
  g_clear_object (&self->published);
  g_clear_object (&self->client);
  g_clear_object (&self->filter);
  g_clear_object (&self->narrowest);
  g_clear_object (&self->removed);
  g_clear_object (&self->last_import);
  g_clear_object (&self->conversation);

  G_OBJECT_CLASS (lia_library_window_parent_class)->dispose (object);
}

static void
lia_library_window_class_init (LiaLibraryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_library_window_dispose;

  g_type_ensure (LIA_TYPE_LIBRARY_CHIPS);
  g_type_ensure (LIA_TYPE_LIBRARY_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-library-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, places_split);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, list_split);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, places);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, chips);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, count);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, take_away);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, list_stack);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, editor);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_saved_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_removed_cb);
  lia_library_window_install_places (widget_class);
  lia_library_window_install_suggestions (widget_class);
  lia_library_window_install_actions (widget_class);
}

static void
lia_library_window_init (LiaLibraryWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = g_list_store_new (LIA_TYPE_CANNED);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  g_object_unref (self->selection); /* the view keeps it */
  lia_library_window_init_places (self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "library.last-import", FALSE);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request_cb), NULL);
}

/** lia_library_window_new: @drafts: the folder for what is not saved yet. */
GtkWindow *
lia_library_window_new (LiaClient *client,
                        GFile     *drafts)
{
  LiaLibraryWindow *self = g_object_new (LIA_TYPE_LIBRARY_WINDOW, NULL);
  LiaResponses     *responses = lia_client_get_responses (client);

  self->client = g_object_ref (client);
  self->drafts = lia_library_drafts_new (drafts);
  self->published = lia_library_published_new (client);
  lia_library_editor_set_client (self->editor, client, self->drafts, self->published);
  g_signal_connect_object (self->published, "changed", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (responses, "changed", G_CALLBACK (on_responses_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (responses, "notify::loaded", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  lia_library_window_update (self);
  lia_library_window_set_suggestions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));

  return GTK_WINDOW (self);
}
