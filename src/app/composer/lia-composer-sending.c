/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-async.h"
#include "lia-problem.h"
#include "lia-reply.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * How text goes out: checks, send or add note, what is said when it did not work, and taking it back. A message goes with `seen`, the newest entry
 * that its writer knows of; the engine refuses it when there is something newer, and the notice shows what. The editor keeps the text until the
 * engine has it. A note takes its own way, by a call that cannot send.
 *
 * A draft has its key from its beginning and goes with it however often that is tried, also by the next app after a crash: the engine takes one
 * key once. Only what is something else gets another: when this is sent, taken back, or an earlier try of it turns out to have arrived.
 */

#define SEND_TIMEOUT_MS (60 * 1000)

typedef struct
{
  LiaComposer     *composer;
  LiaClient       *client;
  char            *conversation;
  LiaDraft        *typed; /* as it stands in the editor */
  LiaDraft        *draft; /* as it goes out */
  gboolean         note;
  gboolean         chat;
  const char      *by; /* of a chat: how it goes out, or NULL */
  gint64           seen;
  gboolean         force;
  char            *then;
  char            *outbox;  /* for taking back */
  GPtrArray       *actions; /* of LiaCannedAction: what is done once it is on its way */
  GStrv            tags;    /* that they give the conversation, or NULL */
  LiaQuote        *quote;   /* what the customer said last before it */
  GPtrArray       *links;   /* of DexFuture: of an action, for taking back */
  LiaConversation *before;  /* the conversation, before they were done */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->composer);
  g_object_unref (sending->client);
  g_clear_object (&sending->typed);
  g_clear_object (&sending->draft);
  g_free (sending->conversation);
  g_free (sending->then);
  g_free (sending->outbox);
  g_clear_pointer (&sending->actions, g_ptr_array_unref);
  g_strfreev (sending->tags);
  g_clear_object (&sending->quote);
  g_clear_pointer (&sending->links, g_ptr_array_unref);
  g_clear_object (&sending->before);
  g_free (sending);
}

static gboolean
is_shown (LiaComposer *self,
          const char  *conversation)
{
  return self->model != NULL && g_strcmp0 (lia_timeline_model_get_id (self->model), conversation) == 0;
}

static gint64
sum_bytes (GPtrArray *attachments)
{
  gint64 bytes = 0;

  for (guint i = 0; i < attachments->len; i++)
    bytes += ((LiaAttachment *)attachments->pdata[i])->size_bytes;

  return bytes;
}

static const char *
find_invalid (LiaComposer *self)
{
  LiaAddressEntry *entries[] = { self->to_entry, self->cc_entry, self->bcc_entry };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const char *invalid = lia_address_entry_find_invalid (entries[i]);

      if (invalid != NULL)
        return invalid;
    }

  return NULL;
}

static char *
find_too_large (LiaComposer *self,
                GtkWidget  **where)
{
  g_autoptr (GPtrArray) attachments = lia_attachment_bar_dup_attachments (self->attachment_bar);

  *where = self->attach_button;
  if (sum_bytes (attachments) <= LIA_DRAFT_MAX_FILE_BYTES)
    return NULL;

  return g_strdup (lia_composer_is_chat (self) ? _ ("The files are together larger than 18 MiB. Remove some, and send them with another message.")
                                               : _ ("The files are together larger than 18 MiB, more than most mailboxes take. Remove some."));
}

/* Why this cannot go out as it is, in words for its writer, and where to mend it; NULL = it can. */
static char *
find_obstacle (LiaComposer *self,
               GtkWidget  **where)
{
  gboolean    forwards = g_str_equal (self->kind, "forward") && self->quote != NULL;
  const char *invalid;
  char       *unfilled;
  char       *impossible;

  *where = GTK_WIDGET (self->body_view);

  if (lia_composer_is_empty (self) && !forwards)
    return g_strdup (lia_composer_is_note (self) ? _ ("Write the note first.") : _ ("Write something first."));

  if (lia_attachment_bar_is_busy (self->attachment_bar))
    {
      *where = self->attach_button;
      return g_strdup (_ ("A file is still being added. Try again in a moment."));
    }

  unfilled = lia_composer_find_unfilled (self);
  if (unfilled != NULL || lia_composer_is_note (self))
    return unfilled;

  impossible = lia_composer_find_impossible (self);
  if (impossible != NULL)
    {
      *where = GTK_WIDGET (self->action_bar);
      return impossible;
    }
  if (lia_composer_is_chat (self))
    return find_too_large (self, where);

  lia_address_entry_commit (self->to_entry);
  lia_address_entry_commit (self->cc_entry);
  lia_address_entry_commit (self->bcc_entry);
  *where = GTK_WIDGET (self->to_entry);

  invalid = find_invalid (self);

  if (invalid != NULL)
    return g_strdup_printf (_ ("“%s” is not a valid address. Correct or remove it."), invalid);

  if (lia_address_entry_is_empty (self->to_entry) && lia_address_entry_is_empty (self->cc_entry) && lia_address_entry_is_empty (self->bcc_entry))
    return g_strdup (_ ("Add somebody to send it to."));

  return find_too_large (self, where);
}

static void
say_not_sent (LiaComposer  *self,
              Sending      *sending,
              const GError *error)
{
  gboolean    note = sending->note;
  const char *title = note ? _ ("The note was not added. Your text is kept.") : _ ("Not sent. Your text is kept.");
  const char *detail = _ ("Please try again.");

  if (error->domain != LIA_PROBLEM)
    {
      title = note ? _ ("It is not certain that the note was added") : _ ("It is not certain that this was sent");
      detail = _ ("The engine did not answer. Your text is kept. Try again: even if the first try arrived, it counts only once.");
    }
  else if (error->code == LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED)
    {
      title = _ ("The first try did arrive, as it was before your last changes");
      detail = _ ("Your changed text is kept. Send it if it should go out as well, or discard it.");
    }
  else if (error->code == LIA_PROBLEM_CHANNEL_DOWN)
    {
      gboolean sample = FALSE;

      g_object_get (self->client, "sample", &sample, NULL);
      detail = sending->chat ? _ ("Nobody is at the other end of this chat. Choose “Reply” to write an e-mail.")
               : sample      ? _ ("This is the sample workspace: it has no mailbox. Set one up in Preferences to send mail.")
                             : _ ("There is no mailbox to send it with. Set one up in Preferences.");
    }
  else if (error->code == LIA_PROBLEM_TOO_LARGE)
    {
      detail = _ ("It is too large. Remove a file, or shorten the text.");
    }
  else if (error->code == LIA_PROBLEM_STORE_FULL)
    {
      detail = _ ("The disk is full. Free some space, then try again.");
    }
  else if (error->code == LIA_PROBLEM_VALIDATION)
    {
      detail = _ ("Something in it is not valid. Check the recipients.");
    }
  else if (error->code == LIA_PROBLEM_NOT_FOUND)
    {
      detail = _ ("This conversation is not there any more.");
    }

  lia_composer_notice_show (self->notice, "dialog-warning-symbolic", title, detail, LIA_NOTICE_CLOSE);
}

static void
on_failed (LiaComposer  *self,
           Sending      *sending,
           const GError *error)
{
  if (!is_shown (self, sending->conversation))
    {
      /* Another conversation is open now: the text goes back to its own. */
      if (!g_hash_table_contains (self->unsaved, sending->conversation))
        g_hash_table_replace (self->unsaved, g_strdup (sending->conversation), g_object_ref (sending->typed));
      g_signal_emit_by_name (self, "toast", _ ("A message was not sent. It is kept as a draft in its conversation."));
    }
  else if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_STALE_VIEW))
    {
      self->stale_refused = TRUE;
      lia_composer_show_news (self);
    }
  else
    {
      /* What it names went out; what stands here now is something else. */
      if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED))
        g_clear_pointer (&self->key, g_free);
      say_not_sent (self, sending, error);
    }

  if (is_shown (self, sending->conversation))
    self->dirty = TRUE;
}

static void
on_succeeded (LiaComposer *self,
              Sending     *sending,
              const char  *outbox)
{
  g_hash_table_remove (self->unsaved, sending->conversation);

  if (is_shown (self, sending->conversation))
    {
      lia_composer_notice_hide (self->notice);
      lia_composer_clear (self);
      if (sending->chat)
        lia_composer_next_line (self);
      else
        lia_composer_set_open (self, FALSE);
    }

  if (!sending->note)
    sending->links = lia_composer_do_actions (self, sending->conversation, sending->actions, (const char *const *)sending->tags, sending->quote);

  /* What went to the visitor's page cannot be taken back. */
  if (!sending->note && *outbox != '\0')
    {
      int undo_s = 0;

      g_set_str (&self->sent_outbox, outbox);
      g_set_str (&self->sent_conversation, sending->conversation);
      g_set_object (&self->sent_before, sending->before);
      g_clear_pointer (&self->sent_actions, g_ptr_array_unref);
      self->sent_actions = g_ptr_array_ref (sending->actions);
      g_clear_pointer (&self->sent_links, g_ptr_array_unref);
      self->sent_links = g_ptr_array_ref (sending->links);
      g_object_get (self->client, "undo-send-s", &undo_s, NULL);
      g_signal_emit_by_name (self, "sent", outbox, undo_s);
    }
}

static DexFuture *
ask (Sending *sending)
{
  if (sending->note)
    return lia_client_add_note (sending->client, sending->conversation, sending->draft);

  if (sending->chat)
    return lia_client_send_chat (sending->client, sending->conversation, sending->draft, sending->by, sending->then);

  return lia_client_send_message (sending->client, sending->conversation, sending->draft, sending->seen, sending->force, sending->then);
}

static DexFuture *
send_fiber (gpointer data)
{
  Sending     *sending = data;
  LiaComposer *self = sending->composer;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  /* An older draft must not arrive after the message that it became. */
  if (self->saving != NULL)
    dex_await (dex_ref (self->saving), NULL);

  answer = dex_await_string (lia_with_timeout (ask (sending), SEND_TIMEOUT_MS), &error);
  g_clear_pointer (&self->sending_conversation, g_free);

  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->client == NULL)
    return dex_future_new_true ();

  if (answer != NULL)
    on_succeeded (self, sending, answer);
  else
    on_failed (self, sending, error);

  lia_composer_update (self);
  lia_composer_save_draft (self);
  lia_composer_save_unsaved (self);

  return dex_future_new_true ();
}

/* What stands in the editor, as it goes out. */
static LiaDraft *
make_message (LiaComposer *self)
{
  LiaDraft        *message = lia_composer_make_draft (self);
  gboolean         plain = lia_composer_is_note (self) || lia_composer_is_chat (self);
  g_autofree char *own_words = g_steal_pointer (&message->body);
  g_autofree char *signature = NULL;

  g_object_get (self->client, "signature", &signature, NULL);
  message->body = lia_reply_assemble (own_words, plain ? NULL : signature, plain ? NULL : self->quote);

  return message;
}

/**
 * lia_composer_send:
 * @then: what happens with the conversation: "pending", "close", "keep"
 * @force: although there is something newer
 */
void
lia_composer_send (LiaComposer *self,
                   const char  *then,
                   gboolean     force)
{
  g_autofree char *obstacle = NULL;
  GtkWidget       *where;
  Sending         *sending;

  if (!self->open || self->model == NULL || self->client == NULL || self->sending_conversation != NULL)
    return;

  obstacle = find_obstacle (self, &where);

  if (obstacle != NULL)
    {
      lia_composer_hint (self, obstacle, TRUE);
      gtk_widget_grab_focus (where);
      return;
    }
  if (!force && lia_composer_guard_stops (self))
    return;
  /* In a chat both write at once, and see what the other wrote. */
  force = force || lia_composer_is_chat (self);

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->dirty = FALSE;

  sending = g_new0 (Sending, 1);
  sending->composer = g_object_ref (self);
  sending->client = g_object_ref (self->client);
  sending->conversation = lia_composer_dup_conversation (self);
  sending->typed = lia_composer_make_draft (self);
  sending->draft = make_message (self);
  sending->note = lia_composer_is_note (self);
  sending->chat = lia_composer_is_chat (self);
  sending->by = self->by;
  sending->seen = self->seen;
  sending->force = force;
  sending->actions = lia_response_fields_dup_actions (self->fields);
  g_set_object (&sending->before, lia_timeline_model_get_conversation (self->model));
  sending->tags = lia_composer_dup_tags (self, sending->actions);
  sending->quote = lia_composer_dup_last_quote (self);
  sending->then = g_strdup (lia_composer_closes (sending->actions) && g_str_equal (then, "pending") ? "close" : then);

  g_set_str (&self->sending_conversation, sending->conversation);
  lia_composer_hint (self, NULL, FALSE);
  lia_composer_update (self);

  dex_clear (&self->sending);
  self->sending = lia_spawn (send_fiber, sending, sending_free);
}

/* The taken back message, with what was begun since. */
static void
show_again (LiaComposer *self,
            LiaDraft    *draft)
{
  g_autofree char *begun = self->open ? lia_composer_dup_body (self) : g_strdup ("");

  lia_composer_fill (self, draft);

  if (*g_strstrip (begun) != '\0')
    {
      GtkTextIter end;

      gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self->body_buffer), &end);
      gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->body_buffer), &end, "\n\n", -1);
      gtk_text_buffer_insert (GTK_TEXT_BUFFER (self->body_buffer), &end, begun, -1);
    }

  self->seen = MAX (self->seen, lia_timeline_model_get_last_seq (self->model));
  lia_composer_set_open (self, TRUE);
  lia_composer_draft_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

static DexFuture *
undo_fiber (gpointer data)
{
  Sending     *sending = data;
  LiaComposer *self = sending->composer;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaDraft) draft = dex_await_object (lia_with_timeout (lia_client_cancel_message (sending->client, sending->outbox), SEND_TIMEOUT_MS), &error);

  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->client == NULL)
    return dex_future_new_true ();

  if (draft != NULL && sending->before != NULL)
    lia_composer_undo_actions (self, sending->before, sending->actions, sending->links);
  if (draft == NULL)
    g_signal_emit_by_name (self, "toast",
                           g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT) ? _ ("Too late: the message has gone out")
                                                                                              : _ ("The message could not be taken back"));
  else if (is_shown (self, sending->conversation))
    show_again (self, draft);
  else
    g_signal_emit_by_name (self, "toast", _ ("Not sent. The message is a draft in its conversation."));

  return dex_future_new_true ();
}

/**
 * lia_composer_undo_send:
 * @outbox: from the signal `sent`
 *
 * Takes a message back while it can be. It is a draft again, and in the editor when its conversation is open.
 */
void
lia_composer_undo_send (LiaComposer *self,
                        const char  *outbox)
{
  Sending *sending;

  g_return_if_fail (LIA_IS_COMPOSER (self));
  g_return_if_fail (outbox != NULL);

  if (self->client == NULL)
    return;

  sending = g_new0 (Sending, 1);
  sending->composer = g_object_ref (self);
  sending->client = g_object_ref (self->client);
  sending->outbox = g_strdup (outbox);
  if (g_strcmp0 (outbox, self->sent_outbox) == 0)
    {
      sending->conversation = g_strdup (self->sent_conversation);
      g_set_object (&sending->before, self->sent_before);
      sending->actions = g_ptr_array_ref (self->sent_actions);
      sending->links = g_ptr_array_ref (self->sent_links);
    }
  dex_future_disown (lia_spawn (undo_fiber, sending, sending_free));
}
