/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-async.h"
#include "lia-reply.h"

#include <glib/gi18n.h>

/*
 * Drafts: kept by conversation at the engine, at most SAVE_AFTER_MS after the first change. One save is on its way at a time, so that an older
 * one cannot arrive last. What could not be saved stays in `unsaved`, is shown again when its conversation is opened, and is tried again when the
 * engine is back. An empty draft stands for "none any more".
 */

#define SAVE_AFTER_MS 700
#define SAVE_TIMEOUT_MS (15 * 1000)

static gboolean
has_words (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isspace (g_utf8_get_char (text)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_nothing (LiaDraft *draft)
{
  return !has_words (draft->body) && (draft->attachments == NULL || draft->attachments->len == 0);
}

/** lia_composer_is_empty: whether there is nothing that somebody wrote or added. */
gboolean
lia_composer_is_empty (LiaComposer *self)
{
  g_autofree char *body = lia_composer_dup_body (self);

  return !has_words (body) && lia_attachment_bar_is_empty (self->attachment_bar);
}

/** lia_composer_make_draft: (transfer full): what is being written, without signature and quote. */
LiaDraft *
lia_composer_make_draft (LiaComposer *self)
{
  LiaDraft *draft = lia_draft_new ();

  if (self->key == NULL)
    self->key = g_uuid_string_random ();

  draft->key = g_strdup (self->key);
  draft->mode = g_strdup (lia_composer_is_note (self) ? "note" : lia_composer_is_chat (self) ? "chat"
                                                                                             : "email");
  draft->reply = g_strdup (g_str_equal (draft->mode, "email") ? self->kind : "reply");
  draft->entry = g_strdup (self->entry_id);
  draft->body = lia_composer_dup_body (self);
  draft->subject = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject_text)));
  draft->to = lia_address_entry_dup_addresses (self->to_entry);
  draft->cc = lia_address_entry_dup_addresses (self->cc_entry);
  draft->bcc = lia_address_entry_dup_addresses (self->bcc_entry);
  draft->attachments = lia_attachment_bar_dup_attachments (self->attachment_bar);
  draft->responses = lia_response_fields_dup_used (self->fields);
  draft->fields = lia_response_fields_save (self->fields);

  return draft;
}

static LiaEntry *
find_entry (LiaComposer *self,
            const char  *id)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->model)); id != NULL && i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);

      if (g_strcmp0 (entry->id, id) == 0)
        return g_steal_pointer (&entry);
    }

  return NULL;
}

/**
 * lia_composer_fill:
 *
 * Puts @draft into the open conversation's editor. A message that was taken back carries signature and quote in its body: they are taken off
 * again, to be put below when it goes out.
 */
void
lia_composer_fill (LiaComposer *self,
                   LiaDraft    *draft)
{
  g_autoptr (LiaEntry) entry = find_entry (self, draft->entry);
  gboolean         plain = g_strcmp0 (draft->mode, "note") == 0 || g_strcmp0 (draft->mode, "chat") == 0;
  g_autofree char *signature = NULL;
  g_autofree char *own_words = NULL;

  self->filling = TRUE;
  g_set_str (&self->key, draft->key);
  lia_composer_set_kind (self, plain ? draft->mode : draft->reply);
  lia_composer_set_entry (self, entry, draft->entry);

  g_object_get (self->client, "signature", &signature, NULL);
  own_words = lia_reply_own_words (draft->body != NULL ? draft->body : "", plain ? NULL : signature, plain ? NULL : self->quote);

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->body_buffer), own_words, -1);
  lia_composer_restore_fields (self, draft);
  gtk_editable_set_text (GTK_EDITABLE (self->subject_text), draft->subject != NULL ? draft->subject : "");
  lia_address_entry_set_addresses (self->to_entry, draft->to);
  lia_address_entry_set_addresses (self->cc_entry, draft->cc);
  lia_address_entry_set_addresses (self->bcc_entry, draft->bcc);
  lia_attachment_bar_set_attachments (self->attachment_bar, draft->attachments);
  gtk_toggle_button_set_active (self->copies_button, !lia_address_entry_is_empty (self->cc_entry) || !lia_address_entry_is_empty (self->bcc_entry));
  self->filling = FALSE;

  lia_composer_update (self);
}

typedef struct
{
  LiaComposer *composer;
  LiaClient   *client;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->composer);
  g_object_unref (saving->client);
  g_free (saving);
}

/* A draft to save, but not one whose message is on its way: sending deletes it. */
static gboolean
next_unsaved (LiaComposer *self,
              char       **conversation,
              LiaDraft   **draft)
{
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, self->unsaved);

  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (key, self->sending_conversation) != 0)
        {
          g_set_str (conversation, key);
          g_set_object (draft, value);
          return TRUE;
        }
    }

  return FALSE;
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving          *saving = data;
  LiaComposer     *self = saving->composer;
  g_autofree char *conversation = NULL;
  g_autoptr (LiaDraft) draft = NULL;

  while (next_unsaved (self, &conversation, &draft))
    {
      g_autoptr (GError) error = NULL;

      if (!dex_await (lia_with_timeout (lia_client_save_draft (saving->client, conversation, is_nothing (draft) ? NULL : draft), SAVE_TIMEOUT_MS), &error))
        {
          g_debug ("draft of %s is not saved yet: %s", conversation, error->message);
          return dex_future_new_for_error (g_steal_pointer (&error));
        }

      if (g_hash_table_lookup (self->unsaved, conversation) == draft)
        g_hash_table_remove (self->unsaved, conversation);
    }

  return dex_future_new_true ();
}

static DexFuture *
on_saved_cb (DexFuture *completed,
             gpointer   user_data)
{
  LiaComposer *self = user_data;

  dex_clear (&self->saving);

  if (dex_future_is_rejected (completed) && self->open)
    lia_composer_hint (self, _ ("The draft is kept here and saved as soon as the engine answers again."), FALSE);

  return dex_ref (completed);
}

/** lia_composer_save_unsaved: sends the engine what it does not have yet. */
void
lia_composer_save_unsaved (LiaComposer *self)
{
  Saving *saving;

  if (self->saving != NULL || self->client == NULL || g_hash_table_size (self->unsaved) == 0)
    return;

  saving = g_new0 (Saving, 1);
  saving->composer = g_object_ref (self);
  saving->client = g_object_ref (self->client);
  self->saving = dex_future_finally (lia_spawn (save_fiber, saving, saving_free), on_saved_cb, g_object_ref (self), g_object_unref);
}

/** lia_composer_keep_draft: @draft is now what is written in @conversation; the engine is told. */
void
lia_composer_keep_draft (LiaComposer *self,
                         const char  *conversation,
                         LiaDraft    *draft)
{
  g_hash_table_replace (self->unsaved, g_strdup (conversation), g_object_ref (draft));

  if (g_strcmp0 (self->sending_conversation, conversation) != 0) /* else: after the answer, if the message did not go */
    lia_composer_save_unsaved (self);
}

/** lia_composer_save_draft: saves now, if there is a change. */
void
lia_composer_save_draft (LiaComposer *self)
{
  g_autofree char *conversation = lia_composer_dup_conversation (self);

  g_clear_handle_id (&self->save_source, g_source_remove);

  if (self->dirty && conversation != NULL)
    {
      g_autoptr (LiaDraft) draft = lia_composer_make_draft (self);

      self->dirty = FALSE;
      lia_composer_keep_draft (self, conversation, draft);
    }
}

static void
on_save_time_cb (gpointer user_data)
{
  LiaComposer *self = LIA_COMPOSER (user_data);

  self->save_source = 0;
  lia_composer_save_draft (self);
}

/** lia_composer_draft_changed: something was typed, added or removed. */
void
lia_composer_draft_changed (LiaComposer *self)
{
  if (self->filling || !self->open)
    return;

  self->dirty = TRUE;

  if (self->save_source == 0)
    self->save_source = g_timeout_add_once (SAVE_AFTER_MS, on_save_time_cb, self);
}

/** lia_composer_restore_draft: shows the draft of a conversation that was just opened, once. */
void
lia_composer_restore_draft (LiaComposer *self)
{
  LiaDraft *draft;

  if (self->opened || self->model == NULL || lia_timeline_model_get_conversation (self->model) == NULL)
    return;

  self->opened = TRUE;

  if (self->open)
    return;

  draft = g_hash_table_lookup (self->unsaved, lia_timeline_model_get_id (self->model));

  if (draft == NULL)
    draft = lia_timeline_model_get_draft (self->model);

  if (draft == NULL || is_nothing (draft))
    return;

  self->seen = lia_timeline_model_get_last_seq (self->model);
  lia_composer_fill (self, draft);
  lia_composer_set_open (self, TRUE);
}

/** lia_composer_discard: throws the draft away; it can be had back until something else is begun. */
void
lia_composer_discard (LiaComposer *self)
{
  g_clear_object (&self->discarded);

  if (!lia_composer_is_empty (self))
    self->discarded = lia_composer_make_draft (self);

  lia_composer_clear (self);
  self->dirty = TRUE;
  lia_composer_save_draft (self);
  lia_composer_set_open (self, FALSE);

  if (self->discarded != NULL)
    lia_composer_notice_show (self->notice, "user-trash-symbolic", _ ("Draft discarded"), NULL, LIA_NOTICE_RESTORE | LIA_NOTICE_CLOSE);
}

void
lia_composer_restore_discarded (LiaComposer *self)
{
  g_autoptr (LiaDraft) draft = g_steal_pointer (&self->discarded);

  lia_composer_notice_hide (self->notice);

  if (draft == NULL || self->model == NULL)
    return;

  lia_composer_fill (self, draft);
  lia_composer_set_open (self, TRUE);
  lia_composer_draft_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

/**
 * lia_composer_flush:
 *
 * Before the window closes: saves what has changed.
 *
 * Returns: (transfer full): resolves when all drafts are saved; rejects when one could not be saved
 */
DexFuture *
lia_composer_flush (LiaComposer *self)
{
  lia_composer_save_draft (self);
  lia_composer_save_unsaved (self);

  return self->saving != NULL ? dex_ref (self->saving) : dex_future_new_true ();
}
