/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-channel.h"
#include "lia-reply.h"

#include <glib/gi18n.h>

/* What is answered, and what follows from it: the kind of message, whom it goes to, its subject, what it quotes. */

/* The name of the kind that @name means, as a static string. */
static const char *
find_kind (const char *name)
{
  static const char *const kinds[] = { "reply", "all", "forward", "chat", "note" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i], name) == 0)
        return kinds[i];
    }

  return kinds[0];
}

void
lia_composer_set_kind (LiaComposer *self,
                       const char  *kind)
{
  self->kind = find_kind (kind);
}

static char *
format_heading (LiaEntry   *entry,
                const char *kind)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (entry->at_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *date = g_date_time_format (local, "%x");
  g_autofree char *time = g_date_time_format (local, "%H:%M");
  LiaAddress      *from = entry->from != NULL ? entry->from : entry->author;
  g_autofree char *author = lia_address_to_string (from);
  g_autofree char *when = g_strdup_printf ("%s %s", date, time);

  if (!g_str_equal (kind, "forward"))
    return g_strdup_printf (_ ("On %s at %s, %s wrote:"), date, time, lia_address_display_name (from));

  return g_strdup_printf (_ ("---------- Forwarded message ----------\nFrom: %s\nDate: %s\nSubject: %s\n"), author, when,
                          entry->subject != NULL ? entry->subject : "");
}

static void
update_quote (LiaComposer *self)
{
  g_clear_pointer (&self->quote, g_free);

  if (self->entry != NULL && self->entry->kind == LIA_ENTRY_EMAIL && !lia_composer_is_note (self) && !lia_composer_is_chat (self) &&
      (self->quote_original || g_str_equal (self->kind, "forward")))
    {
      g_autofree char *heading = format_heading (self->entry, self->kind);

      self->quote = lia_reply_quote (self->entry, self->kind, heading);
    }

  gtk_toggle_button_set_active (self->quote_button, FALSE);
  gtk_label_set_label (self->quote_text, self->quote != NULL ? self->quote : "");
}

/**
 * lia_composer_set_entry:
 * @entry: (nullable): what is answered, when it is at hand
 * @entry_id: (nullable): its id
 */
void
lia_composer_set_entry (LiaComposer *self,
                        LiaEntry    *entry,
                        const char  *entry_id)
{
  g_set_object (&self->entry, entry);
  g_set_str (&self->entry_id, entry_id);
  update_quote (self);
}

static GPtrArray *
dup_own_addresses (LiaComposer *self)
{
  GPtrArray  *own = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  GListModel *channels = lia_client_get_channels (self->client);

  for (guint i = 0; channels != NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);

      if (g_strcmp0 (channel->kind, "mail") == 0 && channel->name != NULL)
        g_ptr_array_add (own, lia_address_new (NULL, channel->name));
    }

  return own;
}

/* What the visitor said of themselves stands beside their lines. */
static LiaAddress *
dup_visitor_address (LiaComposer *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->model)); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);

      if (entry->author_kind == LIA_AUTHOR_CUSTOMER && lia_address_is_valid_email (entry->author->address))
        return lia_address_ref (entry->author);
    }

  return NULL;
}

/** lia_composer_dup_mail_address: (nullable): where mail reaches the customer. By a chat's conversation they have only the name that the site gave them. */
LiaAddress *
lia_composer_dup_mail_address (LiaComposer *self)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);

  if (lia_composer_can_chat (self))
    return dup_visitor_address (self);

  return conversation != NULL && conversation->customer != NULL && lia_address_is_valid_email (conversation->customer->address)
             ? lia_address_ref (conversation->customer)
             : NULL;
}

/* Where there is no mail to answer, the customer is written to, if an address is known. */
static void
add_customer (LiaComposer *self,
              GPtrArray   *to)
{
  LiaAddress *customer = to->len == 0 ? lia_composer_dup_mail_address (self) : NULL;

  if (customer != NULL)
    g_ptr_array_add (to, customer);
}

/* Recipients and subject as the kind has them. */
static void
fill_headers (LiaComposer *self)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);
  gboolean         forward = g_str_equal (self->kind, "forward");
  const char      *answered = conversation != NULL ? conversation->subject : NULL;
  g_autofree char *subject = NULL;
  g_autoptr (GPtrArray) own = dup_own_addresses (self);
  g_autoptr (GPtrArray) to = NULL;
  g_autoptr (GPtrArray) cc = NULL;

  if (self->entry != NULL && self->entry->kind == LIA_ENTRY_EMAIL)
    {
      lia_reply_recipients (self->entry, self->kind, own, &to, &cc);

      if (self->entry->subject != NULL && *self->entry->subject != '\0')
        answered = self->entry->subject;
    }
  else
    {
      to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
      cc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
    }

  if (!forward)
    add_customer (self, to);

  subject = lia_reply_subject (answered, self->kind);

  self->filling = TRUE;
  lia_address_entry_set_addresses (self->to_entry, to);
  lia_address_entry_set_addresses (self->cc_entry, cc);
  gtk_toggle_button_set_active (self->copies_button, cc->len > 0 || !lia_address_entry_is_empty (self->bcc_entry));
  gtk_editable_set_text (GTK_EDITABLE (self->subject_text), subject);

  if (forward && self->entry != NULL && lia_attachment_bar_is_empty (self->attachment_bar))
    lia_attachment_bar_set_attachments (self->attachment_bar, self->entry->attachments);

  self->filling = FALSE;
}

/* The mail that a plain "reply" answers: the customer's last one, else our own last. */
static LiaEntry *
find_answered (LiaComposer *self)
{
  g_autoptr (LiaEntry) ours = NULL;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->model)); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);

      if (entry->kind != LIA_ENTRY_EMAIL || entry->send_state == LIA_SEND_CANCELLED)
        continue;

      if (entry->direction != LIA_DIRECTION_OUT)
        return g_steal_pointer (&entry);
      if (ours == NULL)
        ours = g_steal_pointer (&entry);
    }

  return g_steal_pointer (&ours);
}

void
lia_composer_focus (LiaComposer *self)
{
  if (g_str_equal (self->kind, "forward") && lia_address_entry_is_empty (self->to_entry))
    gtk_widget_grab_focus (GTK_WIDGET (self->to_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

/* Another kind for what is being written: the words stay. */
void
lia_composer_change_kind (LiaComposer *self,
                          const char  *kind)
{
  gboolean from_forward = g_str_equal (self->kind, "forward");

  if (g_strcmp0 (self->kind, kind) == 0)
    return;

  /* The original's files came with forwarding, and go with it. */
  if (from_forward && self->entry != NULL && self->entry->attachments != NULL && self->entry->attachments->len > 0)
    {
      g_autoptr (GPtrArray) attachments = lia_attachment_bar_dup_attachments (self->attachment_bar);

      if (attachments->len == self->entry->attachments->len)
        lia_attachment_bar_set_attachments (self->attachment_bar, NULL);
    }

  self->kind = find_kind (kind);
  update_quote (self);

  if (!lia_composer_is_note (self) && !lia_composer_is_chat (self))
    fill_headers (self);

  lia_composer_hint (self, NULL, FALSE);
  lia_composer_update (self);
  lia_composer_draft_changed (self);
}

/**
 * lia_composer_start:
 * @entry: (nullable): what is answered or forwarded; NULL: the newest mail
 * @reply_mode: "reply", "all", "forward", "chat" or "note"
 *
 * Opens the editor and puts the focus where one types. What is being written already stays, as the new kind.
 */
void
lia_composer_start (LiaComposer *self,
                    LiaEntry    *entry,
                    const char  *reply_mode)
{
  g_autoptr (LiaEntry) answered = NULL;

  g_return_if_fail (LIA_IS_COMPOSER (self));
  g_return_if_fail (reply_mode != NULL);

  if (self->model == NULL || self->client == NULL || self->sending_conversation != NULL)
    return;

  if (!lia_composer_is_empty (self) && (entry == NULL || g_strcmp0 (entry->id, self->entry_id) == 0))
    {
      self->open = TRUE;
      lia_composer_change_kind (self, reply_mode);
      lia_composer_update (self);
      lia_composer_focus (self);
      return;
    }

  self->opened = TRUE;
  self->open = TRUE;
  self->stale_refused = FALSE;
  self->seen = lia_timeline_model_get_last_seq (self->model);
  answered = entry != NULL ? g_object_ref (entry) : find_answered (self);
  lia_composer_set_kind (self, reply_mode);
  lia_composer_set_entry (self, answered, answered != NULL ? answered->id : NULL);
  if (!lia_composer_is_chat (self))
    fill_headers (self);
  lia_composer_notice_hide (self->notice);
  lia_composer_hint (self, NULL, FALSE);
  lia_composer_update (self);
  lia_composer_focus (self);
}
