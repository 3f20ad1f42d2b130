/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One view. A page and the frames of the stream come on two sockets in no order, so what frames say while a page is on its way is kept
 * and said again after it. That may be older than the page, but then another frame follows: for each change of a row there is a frame
 * after it. `ver` keeps an older row from replacing a newer one.
 */

#include "lia-conversation-list.h"

#include "lia-client-private.h"
#include "lia-problem.h"
#include "lia-replies.h"
#include "lia-row-window.h"
#include "lia-shown.h"

#define PAGE_ROWS 50
#define MOST_ROWS 200 /* the engine's limit of a page */
#define AHEAD_ROWS 20 /* reading so near the end reads the next page */
#define RETRY_MS 2000

struct _LiaConversationList
{
  GObject parent_instance;

  LiaClient    *client;
  char         *view;
  LiaRowWindow *window;
  GPtrArray    *shown;
  guint         total;
  guint         shown_total;
  char         *problem;
  char         *shown_problem;
  char         *next;      /* cursor behind the window */
  gint64        seq;       /* of the last page */
  gint64        least_seq; /* what is being read may be older than that: then again */
  gboolean      loaded;
  gboolean      loading;
  gboolean      dirty;

  DexFuture *fetch; /* derived: dropping it cancels the request */
  guint      retry_source;
  gboolean   fetching;  /* or waiting to try again */
  gboolean   replacing; /* from the top, not the next page */
  gboolean   rereading; /* counted by the client */
  GPtrArray *collected; /* of LiaConversation, of the pages so far */
  GPtrArray *meanwhile; /* of LiaFrame */
};

enum {
  PROP_0,
  PROP_VIEW,
  PROP_LOADING,
  PROP_TOTAL,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void fetch_page (LiaConversationList *self,
                        const char          *cursor);
static void fetch_next (LiaConversationList *self);

static GType
get_item_type (GListModel *model)
{
  return LIA_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return LIA_CONVERSATION_LIST (model)->shown->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LiaConversationList *self = LIA_CONVERSATION_LIST (model);

  if (position >= self->shown->len)
    return NULL;

  if (position + AHEAD_ROWS >= self->shown->len)
    fetch_next (self);

  return g_object_ref (self->shown->pdata[position]);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaConversationList, lia_conversation_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
set_dirty (LiaConversationList *self)
{
  self->dirty = TRUE;
  lia_client_publish_soon (self->client);
}

static void
set_loading (LiaConversationList *self,
             gboolean             loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
apply_frame (LiaConversationList *self,
             LiaFrame            *frame)
{
  for (guint i = 0; frame->rm[i] != NULL; i++)
    lia_row_window_remove (self->window, frame->rm[i]);
  for (guint i = 0; i < frame->up->len; i++)
    lia_row_window_put (self->window, frame->up->pdata[i]);

  self->total = (guint)frame->total;
  set_dirty (self);
}

static void
on_view_frame_cb (LiaClient           *client,
                  LiaFrame            *frame,
                  LiaConversationList *self)
{
  if (!g_str_equal (frame->view, self->view))
    return;

  if (self->fetching)
    g_ptr_array_add (self->meanwhile, lia_frame_ref (frame));
  if (self->loaded)
    apply_frame (self, frame);
}

static void
end_fetch (LiaConversationList *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->fetching = FALSE;
  self->replacing = FALSE;
  g_ptr_array_set_size (self->collected, 0);
  g_ptr_array_set_size (self->meanwhile, 0);
  if (self->rereading)
    {
      self->rereading = FALSE;
      lia_client_end_reading (self->client);
    }
}

static void
fetch_all (LiaConversationList *self)
{
  g_assert (!self->fetching);

  self->fetching = TRUE;
  self->replacing = TRUE;
  if (self->loaded)
    {
      self->rereading = TRUE;
      lia_client_begin_reading (self->client);
    }
  fetch_page (self, NULL);
}

static void
fetch_next (LiaConversationList *self)
{
  if (self->fetching || self->next == NULL)
    return;

  self->fetching = TRUE;
  fetch_page (self, self->next);
}

static void
take_rows (LiaConversationList *self,
           LiaRowsPage         *page)
{
  if (self->replacing)
    lia_row_window_replace (self->window, self->collected, page->next != NULL);
  else
    lia_row_window_add_page (self->window, self->collected, page->next != NULL);

  g_set_str (&self->next, page->next);
  self->seq = page->seq;
  self->total = (guint)page->total;
  self->loaded = TRUE;
  g_clear_pointer (&self->problem, g_free);

  for (guint i = 0; i < self->meanwhile->len; i++)
    apply_frame (self, self->meanwhile->pdata[i]);
}

static void
take_page (LiaConversationList *self,
           LiaRowsPage         *page)
{
  for (guint i = 0; i < page->rows->len; i++)
    g_ptr_array_add (self->collected, g_object_ref (page->rows->pdata[i]));

  /* When the list is read again, as many rows as were there: nobody's scroll position jumps */
  if (self->replacing && page->next != NULL && self->collected->len < self->window->rows->len)
    {
      fetch_page (self, page->next);
      return;
    }

  take_rows (self, page);
  end_fetch (self);
  set_dirty (self);

  if (self->seq < self->least_seq)
    {
      self->least_seq = 0;
      fetch_all (self);
    }
}

static void
on_retry_cb (gpointer data)
{
  LiaConversationList *self = data;

  self->retry_source = 0;
  fetch_page (self, NULL);
}

/* Nobody else would read the list again while the engine is there; the next page is asked for again by who scrolls. */
static void
take_error (LiaConversationList *self,
            const GError        *error)
{
  if (!self->loaded)
    g_set_str (&self->problem, error->message);
  set_dirty (self);

  if (!self->replacing || g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    {
      end_fetch (self);
      return;
    }

  g_ptr_array_set_size (self->collected, 0);
  self->retry_source = g_timeout_add_once (RETRY_MS, on_retry_cb, self);
}

static DexFuture *
on_page_cb (DexFuture *future,
            gpointer   data)
{
  g_autoptr (LiaConversationList) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaRowsPage) page = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    page = lia_rows_page_decode (g_value_get_boxed (value), &error);

  if (page != NULL)
    take_page (self, page);
  else
    take_error (self, error);

  return NULL;
}

static void
fetch_page (LiaConversationList *self,
            const char          *cursor)
{
  guint            wanted = self->replacing && self->window->rows->len > self->collected->len ? self->window->rows->len - self->collected->len : 0;
  g_autofree char *view = g_uri_escape_string (self->view, ":", FALSE);
  g_autofree char *after = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf ("/v1/views/%s/rows?limit=%u%s%s",
                                           view, CLAMP (wanted, PAGE_ROWS, MOST_ROWS), after != NULL ? "&after=" : "", after != NULL ? after : "");

  dex_clear (&self->fetch);
  self->fetch = dex_future_finally (lia_api_get (lia_client_get_api (self->client), path), on_page_cb, self, NULL);
}

static void
on_missed_cb (LiaClient           *client,
              gint64               rows,
              gint64               entries,
              LiaConversationList *self)
{
  if (self->fetching)
    self->least_seq = rows;
  else if (!self->loaded || self->seq < rows)
    fetch_all (self);
}

static void
on_publish_cb (LiaClient           *client,
               LiaConversationList *self)
{
  if (!self->dirty)
    return;
  self->dirty = FALSE;

  lia_shown_update (G_LIST_MODEL (self), &self->shown, self->window->rows);

  if (self->shown_total != self->total)
    {
      self->shown_total = self->total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
    }
  if (g_set_str (&self->shown_problem, self->problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  set_loading (self, !self->loaded && self->problem == NULL);

  /* Rows left, and nobody reads near an end that is no longer there */
  if (self->loaded && self->shown->len < AHEAD_ROWS)
    fetch_next (self);
}

static void
lia_conversation_list_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  LiaConversationList *self = LIA_CONVERSATION_LIST (object);

  switch (property_id)
    {
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->shown_total);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->shown_problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lia_conversation_list_dispose (GObject *object)
{
  LiaConversationList *self = LIA_CONVERSATION_LIST (object);

  dex_clear (&self->fetch);
  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      end_fetch (self);
    }
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_conversation_list_parent_class)->dispose (object);
}

static void
lia_conversation_list_finalize (GObject *object)
{
  LiaConversationList *self = LIA_CONVERSATION_LIST (object);

  g_clear_pointer (&self->window, lia_row_window_free);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->collected, g_ptr_array_unref);
  g_clear_pointer (&self->meanwhile, g_ptr_array_unref);
  g_free (self->view);
  g_free (self->problem);
  g_free (self->shown_problem);
  g_free (self->next);

  G_OBJECT_CLASS (lia_conversation_list_parent_class)->finalize (object);
}

static void
lia_conversation_list_class_init (LiaConversationListClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lia_conversation_list_get_property;
  object_class->dispose = lia_conversation_list_dispose;
  object_class->finalize = lia_conversation_list_finalize;

  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lia_conversation_list_init (LiaConversationList *self)
{
  self->window = lia_row_window_new ();
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->collected = g_ptr_array_new_with_free_func (g_object_unref);
  self->meanwhile = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_frame_unref);
  self->loading = TRUE;
}

/**
 * lia_conversation_list_new:
 * @view: its id, "mine", "queue:q_1", …
 *
 * Begins to read at once.
 */
LiaConversationList *
lia_conversation_list_new (LiaClient  *client,
                           const char *view)
{
  LiaConversationList *self = g_object_new (LIA_TYPE_CONVERSATION_LIST, NULL);

  self->client = g_object_ref (client);
  self->view = g_strdup (view);
  g_signal_connect_object (client, "view-frame", G_CALLBACK (on_view_frame_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "publish", G_CALLBACK (on_publish_cb), self, G_CONNECT_DEFAULT);
  fetch_all (self);

  return self;
}

const char *
lia_conversation_list_get_view (LiaConversationList *self)
{
  g_return_val_if_fail (LIA_IS_CONVERSATION_LIST (self), NULL);

  return self->view;
}

gboolean
lia_conversation_list_get_loading (LiaConversationList *self)
{
  g_return_val_if_fail (LIA_IS_CONVERSATION_LIST (self), FALSE);

  return self->loading;
}

/** lia_conversation_list_get_total: rows of the view, loaded or not. */
guint
lia_conversation_list_get_total (LiaConversationList *self)
{
  g_return_val_if_fail (LIA_IS_CONVERSATION_LIST (self), 0);

  return self->shown_total;
}

/** lia_conversation_list_find: the position of a loaded conversation, or %G_MAXUINT. */
guint
lia_conversation_list_find (LiaConversationList *self,
                            const char          *conversation)
{
  g_return_val_if_fail (LIA_IS_CONVERSATION_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->shown->len; i++)
    {
      const LiaConversation *row = self->shown->pdata[i];

      if (g_str_equal (row->id, conversation))
        return i;
    }

  return G_MAXUINT;
}
