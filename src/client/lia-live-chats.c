/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Who is there is read once a connection stands (GET /v1/chats); the `chat.` frames of the stream tell what changes, also while that is being read, and
 * are the newer ones then. Who types has stopped when nothing was heard of it for some seconds, or when what they typed is there.
 */

#include "lia-live-chats.h"

#define MAX_PAGES 100
#define MAX_PAGE_TEXT 4096
#define TYPING_MS 5000     /* how long a frame is good */
#define TELL_AFTER_MS 3000 /* the engine is told of typing at most that often */

typedef struct
{
  LiaLiveChats *chats; /* not owned */
  char         *conversation;
  gboolean      here;
  gboolean      told; /* by a frame */
  gint64        seen;
  guint         typing; /* source: ends it; 0 = nobody types */
  gint64        told_us;
  GPtrArray    *pages; /* of LiaPageSeen, or NULL */
} Moment;

struct _LiaLiveChats
{
  GObject parent_instance;

  GHashTable    *moments; /* char* conversation -> Moment */
  LiaChatOffers *offers;
  gboolean       known; /* who is there was read */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaLiveChats, lia_live_chats, G_TYPE_OBJECT)

static void
moment_free (gpointer data)
{
  Moment *moment = data;

  g_clear_handle_id (&moment->typing, g_source_remove);
  g_clear_pointer (&moment->pages, g_ptr_array_unref);
  g_free (moment->conversation);
  g_free (moment);
}

static Moment *
find_moment (LiaLiveChats *self,
             const char   *conversation)
{
  return conversation != NULL ? g_hash_table_lookup (self->moments, conversation) : NULL;
}

static Moment *
need_moment (LiaLiveChats *self,
             const char   *conversation)
{
  Moment *moment = find_moment (self, conversation);

  if (moment == NULL)
    {
      moment = g_new0 (Moment, 1);
      moment->chats = self;
      moment->conversation = g_strdup (conversation);
      g_hash_table_insert (self->moments, moment->conversation, moment);
    }

  return moment;
}

static void
changed (LiaLiveChats *self,
         const char   *conversation)
{
  g_signal_emit (self, signals[CHANGED], 0, conversation);
}

static void
on_typing_over_cb (gpointer data)
{
  Moment *moment = data;

  moment->typing = 0;
  changed (moment->chats, moment->conversation);
}

static void
take_typing (LiaLiveChats *self,
             const char   *conversation)
{
  Moment  *moment = need_moment (self, conversation);
  gboolean began = moment->typing == 0;

  g_clear_handle_id (&moment->typing, g_source_remove);
  moment->typing = g_timeout_add_once (TYPING_MS, on_typing_over_cb, moment);
  if (began)
    changed (self, conversation);
}

static void
take_presence (LiaLiveChats *self,
               const char   *conversation,
               JsonObject   *d)
{
  Moment  *moment;
  gboolean online;

  if (!lia_json_bool (d, "online", LIA_JSON_REQUIRED, &online, NULL))
    return;

  moment = need_moment (self, conversation);
  moment->told = TRUE;
  moment->here = online;
  if (!online)
    {
      g_clear_handle_id (&moment->typing, g_source_remove);
      g_clear_pointer (&moment->pages, g_ptr_array_unref);
    }
  changed (self, conversation);
}

static void
take_seen (LiaLiveChats *self,
           const char   *conversation,
           JsonObject   *d)
{
  gint64  seq;
  Moment *moment;

  if (!lia_json_int (d, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &seq, NULL))
    return;

  moment = need_moment (self, conversation);
  if (seq <= moment->seen)
    return;
  moment->seen = seq;
  changed (self, conversation);
}

static void
page_free (gpointer data)
{
  LiaPageSeen *page = data;

  g_free (page->url);
  g_free (page->title);
  g_free (page);
}

static LiaPageSeen *
read_page (JsonArray *pages,
           guint      index)
{
  JsonObject  *object;
  const char  *url;
  const char  *title;
  gint64       at_ms;
  LiaPageSeen *page;

  if (!lia_json_arr_obj (pages, index, &object, NULL) || !lia_json_str (object, "url", LIA_JSON_REQUIRED, MAX_PAGE_TEXT, &url, NULL) ||
      !lia_json_str (object, "title", LIA_JSON_REQUIRED, MAX_PAGE_TEXT, &title, NULL) || !lia_json_time (object, "at", LIA_JSON_REQUIRED, &at_ms, NULL))
    return NULL;
  page = g_new0 (LiaPageSeen, 1);
  page->url = g_strdup (url);
  page->title = g_strdup (title);
  page->at_ms = at_ms;

  return page;
}

/** lia_live_chats_take_pages: where the visitor was and is; what cannot be read is left out. */
void
lia_live_chats_take_pages (LiaLiveChats *self,
                           const char   *conversation,
                           JsonArray    *pages)
{
  Moment *moment = need_moment (self, conversation);

  g_clear_pointer (&moment->pages, g_ptr_array_unref);
  moment->pages = g_ptr_array_new_with_free_func (page_free);
  for (guint i = 0; i < json_array_get_length (pages); i++)
    {
      LiaPageSeen *page = read_page (pages, i);

      if (page != NULL)
        g_ptr_array_add (moment->pages, page);
    }
  changed (self, conversation);
}

/** lia_live_chats_get_pages: (transfer none) (nullable): of LiaPageSeen, the last one last; NULL where the visitor shows none. */
GPtrArray *
lia_live_chats_get_pages (LiaLiveChats *self,
                          const char   *conversation)
{
  Moment *moment = find_moment (self, conversation);

  return moment != NULL && moment->pages != NULL && moment->pages->len > 0 ? moment->pages : NULL;
}

/** lia_live_chats_take: an ephemeral frame; others than those of chats, and what cannot be read of those, are left alone. */
void
lia_live_chats_take (LiaLiveChats *self,
                     LiaFrame     *frame)
{
  const char *conversation = NULL;
  JsonArray  *pages = NULL;

  if (frame->d == NULL || frame->kind == NULL ||
      !lia_json_str (frame->d, "conv", LIA_JSON_OPTIONAL, 256, &conversation, NULL) || conversation == NULL)
    return;

  if (g_str_equal (frame->kind, "chat.presence"))
    take_presence (self, conversation, frame->d);
  else if (g_str_equal (frame->kind, "chat.read"))
    take_seen (self, conversation, frame->d);
  else if (g_str_equal (frame->kind, "chat.typing"))
    take_typing (self, conversation);
  else if (g_str_equal (frame->kind, "chat.pages") && lia_json_arr (frame->d, "pages", LIA_JSON_REQUIRED, MAX_PAGES, &pages, NULL))
    lia_live_chats_take_pages (self, conversation, pages);
}

/** lia_live_chats_take_here: the conversations whose visitors are there, all of them; what a frame has told since the connection stands is newer. */
void
lia_live_chats_take_here (LiaLiveChats      *self,
                          const char *const *conversations)
{
  self->known = TRUE;
  for (guint i = 0; conversations[i] != NULL; i++)
    {
      Moment *moment = need_moment (self, conversations[i]);

      if (!moment->told)
        moment->here = TRUE;
    }
  changed (self, NULL);
}

/** lia_live_chats_end_typing: what was typed has come. */
void
lia_live_chats_end_typing (LiaLiveChats *self,
                           const char   *conversation)
{
  Moment *moment = find_moment (self, conversation);

  if (moment == NULL || moment->typing == 0)
    return;

  g_clear_handle_id (&moment->typing, g_source_remove);
  changed (self, conversation);
}

/** lia_live_chats_lose: the stream has ended: nothing is known of this moment. */
void
lia_live_chats_lose (LiaLiveChats *self)
{
  lia_chat_offers_lose (self->offers);
  if (!self->known && g_hash_table_size (self->moments) == 0)
    return;

  self->known = FALSE;
  g_hash_table_remove_all (self->moments);
  changed (self, NULL);
}

/** lia_live_chats_get_offers: (transfer none): what is offered to me. */
LiaChatOffers *
lia_live_chats_get_offers (LiaLiveChats *self)
{
  return self->offers;
}

/** lia_live_chats_get_visitor: whether who chats in @conversation is there. */
LiaVisitor
lia_live_chats_get_visitor (LiaLiveChats    *self,
                            LiaConversation *conversation)
{
  Moment *moment = find_moment (self, conversation->id);

  if (g_strcmp0 (conversation->channel, "chat") != 0 || !(self->known || (moment != NULL && moment->told)))
    return LIA_VISITOR_NONE;

  return moment != NULL && moment->here ? LIA_VISITOR_HERE : LIA_VISITOR_GONE;
}

/** lia_live_chats_get_seen: seq of the last entry that the visitor was told to have seen since the connection stands, or 0. */
gint64
lia_live_chats_get_seen (LiaLiveChats *self,
                         const char   *conversation)
{
  Moment *moment = find_moment (self, conversation);

  return moment != NULL ? moment->seen : 0;
}

gboolean
lia_live_chats_is_typing (LiaLiveChats *self,
                          const char   *conversation)
{
  Moment *moment = find_moment (self, conversation);

  return moment != NULL && moment->typing != 0;
}

/** lia_live_chats_may_tell: whether the engine is to be told now that the agent types; the next one is due in three seconds. */
gboolean
lia_live_chats_may_tell (LiaLiveChats *self,
                         const char   *conversation)
{
  Moment *moment = need_moment (self, conversation);
  gint64  now_us = g_get_monotonic_time ();

  if (moment->told_us != 0 && now_us - moment->told_us < TELL_AFTER_MS * 1000)
    return FALSE;
  moment->told_us = now_us;

  return TRUE;
}

static void
lia_live_chats_finalize (GObject *object)
{
  g_hash_table_unref (LIA_LIVE_CHATS (object)->moments);
  g_object_unref (LIA_LIVE_CHATS (object)->offers);

  G_OBJECT_CLASS (lia_live_chats_parent_class)->finalize (object);
}

static void
lia_live_chats_class_init (LiaLiveChatsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_live_chats_finalize;

  /* LiaLiveChats::changed: (nullable): NULL for all of them */
  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_LIVE_CHATS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_live_chats_init (LiaLiveChats *self)
{
  self->moments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, moment_free);
  self->offers = lia_chat_offers_new ();
}

LiaLiveChats *
lia_live_chats_new (void)
{
  return g_object_new (LIA_TYPE_LIVE_CHATS, NULL);
}
