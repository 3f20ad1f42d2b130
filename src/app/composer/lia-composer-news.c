/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What others did in the conversation while somebody writes: shown in the notice above the editor, so that no answer crosses a question. */

#define SHOWN_MAX_CHARS 240

/* What others said after `seen`: the first such entry, and how many there are. */
static LiaEntry *
find_news (LiaComposer *self,
           guint       *n_news)
{
  LiaAgent *me = self->client != NULL ? lia_client_get_me (self->client) : NULL;
  g_autoptr (LiaEntry) first = NULL;

  *n_news = 0;

  for (guint i = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0; i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);

      if (entry->seq <= self->seen)
        break;

      if (entry->kind == LIA_ENTRY_STATE || entry->author_kind == LIA_AUTHOR_SYSTEM ||
          (entry->author_kind == LIA_AUTHOR_AGENT && me != NULL && g_strcmp0 (entry->author_id, me->id) == 0))
        continue;

      *n_news += 1;
      g_set_object (&first, entry);
    }

  return g_steal_pointer (&first);
}

static char *
first_words (LiaEntry *entry)
{
  g_autofree char *text = g_utf8_make_valid (entry->text != NULL ? entry->text : "", -1);
  g_autofree char *shown = NULL;

  if (entry->folds != NULL && entry->folds->len > 0 && g_utf8_validate (entry->text, -1, NULL))
    text[MIN (g_array_index (entry->folds, LiaFold, 0).start, strlen (text))] = '\0';

  g_strdelimit (g_strstrip (text), "\r\n\t", ' ');
  shown = g_utf8_strlen (text, -1) > SHOWN_MAX_CHARS ? g_utf8_substring (text, 0, SHOWN_MAX_CHARS) : g_strdup (text);

  return g_steal_pointer (&shown);
}

static void
show_news (LiaComposer *self,
           LiaEntry    *first,
           guint        n_news)
{
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  LiaNoticeButtons buttons = LIA_NOTICE_LOOK | (self->stale_refused ? LIA_NOTICE_SEND_ANYWAY : LIA_NOTICE_NONE);

  if (first == NULL)
    {
      title = g_strdup (_ ("Something happened here while you were typing"));
    }
  else
    {
      const char *name = lia_address_display_name (first->author);

      words = first_words (first);
      title = n_news == 1 ? g_strdup_printf (_ ("%s wrote while you were typing"), name)
                          : g_strdup_printf (ngettext ("%u new entry while you were typing, the first by %s",
                                                       "%u new entries while you were typing, the first by %s", n_news),
                                             n_news, name);
    }

  lia_composer_notice_show (self->notice, "mail-unread-symbolic", title, words, buttons);
}

/** lia_composer_show_news: tells what others did since the writer began. */
void
lia_composer_show_news (LiaComposer *self)
{
  guint n_news;
  g_autoptr (LiaEntry) first = find_news (self, &n_news);

  show_news (self, first, n_news);
}

/**
 * lia_composer_check_news:
 *
 * The timeline has grown: tells a writer what is new before the engine has to. Who has not written a word yet has nothing to change.
 */
void
lia_composer_check_news (LiaComposer *self)
{
  guint n_news;
  g_autoptr (LiaEntry) first = NULL;

  if (!self->open || self->model == NULL)
    return;

  if ((lia_composer_is_empty (self) && !self->stale_refused) || lia_composer_is_chat (self))
    {
      self->seen = MAX (self->seen, lia_timeline_model_get_last_seq (self->model));
      return;
    }

  first = find_news (self, &n_news);

  if (first != NULL)
    show_news (self, first, n_news);
}

/** lia_composer_look: the writer goes to what is new, and so knows of it. */
void
lia_composer_look (LiaComposer *self)
{
  guint n_news;
  g_autoptr (LiaEntry) first = find_news (self, &n_news);

  lia_composer_notice_hide (self->notice);
  self->stale_refused = FALSE;

  if (self->model != NULL)
    self->seen = MAX (self->seen, lia_timeline_model_get_last_seq (self->model));

  if (first != NULL)
    g_signal_emit_by_name (self, "look", first);
}
