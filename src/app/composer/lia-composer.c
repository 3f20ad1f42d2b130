/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-channel.h"
#include "lia-reply.h"

#include <glib/gi18n.h>
#include <string.h>

enum {
  PROP_0,
  PROP_CLIENT,
  PROP_MODEL,
  PROP_CHECK_SPELLING,
  PROP_QUOTE_ORIGINAL,
  N_PROPS
};

enum {
  SENT,
  TOAST,
  LOOK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaComposer, lia_composer, ADW_TYPE_BIN)

gboolean
lia_composer_is_note (LiaComposer *self)
{
  return g_str_equal (self->kind, "note");
}

char *
lia_composer_dup_body (LiaComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->body_buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->body_buffer), &start, &end, TRUE);
}

char *
lia_composer_dup_conversation (LiaComposer *self)
{
  return self->model != NULL ? g_strdup (lia_timeline_model_get_id (self->model)) : NULL;
}

/* The name of the kind that @name means, as a static string. */
static const char *
find_kind (const char *name)
{
  static const char *const kinds[] = { "reply", "all", "forward", "note" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i], name) == 0)
        return kinds[i];
    }

  return kinds[0];
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

  if (self->entry != NULL && self->entry->kind == LIA_ENTRY_EMAIL && !lia_composer_is_note (self) &&
      (self->quote_original || g_str_equal (self->kind, "forward")))
    {
      g_autofree char *heading = format_heading (self->entry, self->kind);

      self->quote = lia_reply_quote (self->entry, self->kind, heading);
    }

  gtk_toggle_button_set_active (self->quote_button, FALSE);
  gtk_label_set_label (self->quote_text, self->quote != NULL ? self->quote : "");
}

static void
on_unquote_cb (LiaComposer *self)
{
  g_clear_pointer (&self->quote, g_free);
  gtk_toggle_button_set_active (self->quote_button, FALSE);
  lia_composer_update (self);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_body_name (LiaComposer *self)
{
  static const struct
  {
    const char *kind;
    const char *name;
  } names[] = {
    { "reply", N_ ("Reply") },
    { "all", N_ ("Reply to all") },
    { "forward", N_ ("Message to forward with") },
    { "note", N_ ("Note for colleagues") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].kind, self->kind))
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->body_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (names[i].name), -1);
    }
}

/* In one line. */
static char *
dup_signature_words (const char *signature)
{
  g_auto (GStrv) lines = g_strsplit (signature, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (builder, lines[i]);
  words = g_strv_builder_end (builder);

  return g_strjoinv (" · ", words);
}

static void
update_tail (LiaComposer *self)
{
  g_autofree char *signature = NULL;
  g_autofree char *words = NULL;

  if (self->client != NULL)
    g_object_get (self->client, "signature", &signature, NULL);

  words = dup_signature_words (signature != NULL ? signature : "");
  gtk_label_set_label (self->signature_label, words);

  if (self->quote != NULL && self->entry != NULL)
    {
      g_autofree char *what = g_strdup_printf (g_str_equal (self->kind, "forward") ? _ ("The message of %s follows") : _ ("Quotes %s below"), lia_address_display_name (self->entry->author));

      gtk_label_set_label (self->quote_label, what);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->signature_label), *words != '\0');
  gtk_widget_set_visible (self->quote_box, self->quote != NULL);
  gtk_widget_set_visible (self->tail_box, !lia_composer_is_note (self));
}

static void
update_open_label (LiaComposer *self)
{
  LiaConversation *conversation = self->model != NULL ? lia_timeline_model_get_conversation (self->model) : NULL;
  g_autofree char *label = NULL;

  if (!lia_composer_is_empty (self))
    label = g_strdup (_ ("Continue the draft…"));
  else if (conversation != NULL && conversation->customer != NULL)
    label = g_strdup_printf (_ ("Reply to %s…"), lia_address_display_name (conversation->customer));
  else
    label = g_strdup (_ ("Reply…"));

  gtk_label_set_label (self->open_label, label);
}

/** lia_composer_update: brings what is shown in line with the state. */
void
lia_composer_update (LiaComposer *self)
{
  gboolean note = lia_composer_is_note (self);
  gboolean busy = self->sending_conversation != NULL && self->model != NULL &&
                  g_str_equal (self->sending_conversation, lia_timeline_model_get_id (self->model));
  gboolean filling = self->filling;

  self->filling = TRUE;
  adw_toggle_group_set_active_name (self->kind_group, self->kind);
  self->filling = filling;

  set_class (self->editor, "note", note);
  gtk_widget_set_visible (self->headers, !note);
  gtk_widget_set_visible (self->note_label, note);
  gtk_widget_set_visible (self->note_button, note);
  gtk_widget_set_visible (self->send_button, !note);
  gtk_widget_set_visible (GTK_WIDGET (self->attachment_bar), !lia_attachment_bar_is_empty (self->attachment_bar));
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (self->editor, !busy);
  gtk_stack_set_visible_child_name (self->stack, self->open ? "open" : "closed");
  gtk_widget_set_visible (GTK_WIDGET (self), self->model != NULL);

  update_tail (self);
  update_body_name (self);
  update_open_label (self);
}

/**
 * lia_composer_hint:
 * @text: (nullable): one sentence beside the Send button; NULL takes it away
 */
void
lia_composer_hint (LiaComposer *self,
                   const char  *text,
                   gboolean     is_error)
{
  gtk_label_set_label (self->hint_label, text != NULL ? text : "");
  set_class (GTK_WIDGET (self->hint_label), "warning", is_error);
  set_class (GTK_WIDGET (self->hint_label), "dimmed", !is_error);

  if (text != NULL && is_error)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->hint_label), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/** lia_composer_clear: an empty editor. */
void
lia_composer_clear (LiaComposer *self)
{
  self->filling = TRUE;
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->body_buffer), "", -1);
  gtk_editable_set_text (GTK_EDITABLE (self->subject_text), "");
  lia_address_entry_set_addresses (self->to_entry, NULL);
  lia_address_entry_set_addresses (self->cc_entry, NULL);
  lia_address_entry_set_addresses (self->bcc_entry, NULL);
  lia_attachment_bar_set_attachments (self->attachment_bar, NULL);
  gtk_toggle_button_set_active (self->copies_button, FALSE);
  self->filling = FALSE;

  g_clear_pointer (&self->key, g_free);
  self->kind = find_kind ("reply");
  self->stale_refused = FALSE;
  lia_composer_set_entry (self, NULL, NULL);
  lia_composer_hint (self, NULL, FALSE);
}

void
lia_composer_set_kind (LiaComposer *self,
                       const char  *kind)
{
  self->kind = find_kind (kind);
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

void
lia_composer_set_open (LiaComposer *self,
                       gboolean     open)
{
  self->open = open;
  lia_composer_update (self);
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

/* Where there is no mail to answer, the customer is written to, if an address is known. */
static void
add_customer (LiaComposer *self,
              GPtrArray   *to)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);

  if (to->len == 0 && conversation != NULL && conversation->customer != NULL && lia_address_is_valid_email (conversation->customer->address))
    g_ptr_array_add (to, lia_address_ref (conversation->customer));
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

static void
focus_first (LiaComposer *self)
{
  if (g_str_equal (self->kind, "forward") && lia_address_entry_is_empty (self->to_entry))
    gtk_widget_grab_focus (GTK_WIDGET (self->to_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

/* Another kind for what is being written: the words stay. */
static void
change_kind (LiaComposer *self,
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

  if (!lia_composer_is_note (self))
    fill_headers (self);

  lia_composer_hint (self, NULL, FALSE);
  lia_composer_update (self);
  lia_composer_draft_changed (self);
}

static void
on_kind_chosen_cb (LiaComposer *self)
{
  if (self->filling || self->model == NULL)
    return;

  change_kind (self, find_kind (adw_toggle_group_get_active_name (self->kind_group)));
  focus_first (self);
}

static void
on_edited_cb (LiaComposer *self)
{
  if (self->filling)
    return;

  lia_composer_hint (self, NULL, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->attachment_bar), !lia_attachment_bar_is_empty (self->attachment_bar));
  lia_composer_draft_changed (self);
}

static void
on_body_left_cb (LiaComposer *self)
{
  lia_composer_save_draft (self);
}

static void
on_attachment_failed_cb (LiaComposer *self,
                         const char  *text)
{
  lia_composer_hint (self, text, TRUE);
}

static void
on_paste_cb (LiaComposer *self)
{
  lia_composer_paste (self);
}

static gboolean
on_drop_cb (LiaComposer  *self,
            const GValue *value)
{
  return lia_composer_take_drop (self, value);
}

static void
on_model_loaded_cb (LiaComposer *self)
{
  lia_composer_restore_draft (self);
  update_open_label (self);
}

static void
on_client_state_cb (LiaComposer *self)
{
  if (lia_client_get_state (self->client) == LIA_CLIENT_LIVE)
    lia_composer_save_unsaved (self);
}

static void
set_client (LiaComposer *self,
            LiaClient   *client)
{
  if (self->client == client)
    return;

  if (self->client != NULL)
    {
      lia_composer_save_draft (self);
      g_signal_handlers_disconnect_by_data (self->client, self);
    }

  g_set_object (&self->client, client);
  lia_attachment_bar_set_client (self->attachment_bar, client);

  if (client != NULL)
    {
      g_signal_connect_object (client, "notify::state", G_CALLBACK (on_client_state_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (client, "notify::signature", G_CALLBACK (lia_composer_update), self, G_CONNECT_SWAPPED);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
}

static void
set_model (LiaComposer      *self,
           LiaTimelineModel *model)
{
  if (self->model == model)
    return;

  lia_composer_save_draft (self);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);

  g_set_object (&self->model, model);
  g_clear_object (&self->discarded);
  self->opened = FALSE;
  self->open = FALSE;
  lia_composer_notice_hide (self->notice);
  lia_composer_clear (self);

  if (model != NULL)
    {
      g_signal_connect_object (model, "items-changed", G_CALLBACK (lia_composer_check_news), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (model, "notify", G_CALLBACK (on_model_loaded_cb), self, G_CONNECT_SWAPPED);
      lia_composer_restore_draft (self);
    }

  lia_composer_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static void
set_check_spelling (LiaComposer *self,
                    gboolean     check)
{
  if (self->check_spelling == check)
    return;

  self->check_spelling = check;
  if (self->speller != NULL)
    spelling_text_buffer_adapter_set_enabled (self->speller, check);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECK_SPELLING]);
}

/* Four cut words say less than four pictures; a screen reader says the words all the same. */
static void
set_narrow (LiaComposer *self,
            gboolean     narrow)
{
  static const struct
  {
    const char *kind;
    const char *icon;
  } icons[] = {
    { "reply", "mail-reply-sender-symbolic" },
    { "all", "mail-reply-all-symbolic" },
    { "forward", "mail-forward-symbolic" },
    { "note", "document-edit-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->kind_group, icons[i].kind);
      GtkWidget *image = narrow ? gtk_image_new_from_icon_name (icons[i].icon) : NULL;

      if (image != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, adw_toggle_get_label (toggle), -1);
      adw_toggle_set_child (toggle, image);
    }
}

static void
on_narrow_cb (LiaComposer *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide_cb (LiaComposer *self)
{
  set_narrow (self, FALSE);
}

static void
start_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  const char *kind = name + strlen ("composer.");

  lia_composer_start (LIA_COMPOSER (widget), NULL, g_str_equal (kind, "reply-all") ? "all" : kind);
}

static void
resume_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaComposer *self = LIA_COMPOSER (widget);

  if (lia_composer_is_empty (self))
    {
      lia_composer_start (self, NULL, "reply");
      return;
    }

  lia_composer_set_open (self, TRUE);
  focus_first (self);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  const char *then = g_str_equal (name, "composer.send-and-close") ? "close" : g_str_equal (name, "composer.send-and-keep") ? "keep"
                                                                                                                            : "pending";

  lia_composer_send (LIA_COMPOSER (widget), then, g_str_equal (name, "composer.send-anyway"));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LiaComposer *self = LIA_COMPOSER (widget);

  if (g_str_equal (name, "composer.discard"))
    lia_composer_discard (self);
  else if (g_str_equal (name, "composer.restore-discarded"))
    lia_composer_restore_discarded (self);
  else if (g_str_equal (name, "composer.look"))
    lia_composer_look (self);
  else if (self->open && g_str_equal (name, "composer.attach"))
    lia_composer_pick_files (self);
}

static void
fold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LiaComposer *self = LIA_COMPOSER (widget);

  lia_composer_save_draft (self);
  lia_composer_set_open (self, FALSE);
  gtk_widget_grab_focus (self->open_button);
}

static void
lia_composer_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  LiaComposer *self = LIA_COMPOSER (object);

  switch (id)
    {
    case PROP_CLIENT:
      set_client (self, g_value_get_object (value));
      break;

    case PROP_MODEL:
      set_model (self, g_value_get_object (value));
      break;

    case PROP_CHECK_SPELLING:
      set_check_spelling (self, g_value_get_boolean (value));
      break;

    case PROP_QUOTE_ORIGINAL:
      self->quote_original = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_composer_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  LiaComposer *self = LIA_COMPOSER (object);

  switch (id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;

    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;

    case PROP_CHECK_SPELLING:
      g_value_set_boolean (value, self->check_spelling);
      break;

    case PROP_QUOTE_ORIGINAL:
      g_value_set_boolean (value, self->quote_original);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_composer_dispose (GObject *object)
{
  LiaComposer *self = LIA_COMPOSER (object);

  if (self->body_view != NULL)
    lia_composer_save_draft (self);

  self->open = FALSE;
  g_clear_handle_id (&self->save_source, g_source_remove);
  dex_clear (&self->sending);
  g_clear_object (&self->model);
  g_clear_object (&self->client);
  g_clear_object (&self->speller);
  g_clear_object (&self->entry);
  g_clear_object (&self->discarded);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_COMPOSER);

  G_OBJECT_CLASS (lia_composer_parent_class)->dispose (object);
}

static void
lia_composer_finalize (GObject *object)
{
  LiaComposer *self = LIA_COMPOSER (object);

  dex_clear (&self->saving);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
  g_free (self->entry_id);
  g_free (self->quote);
  g_free (self->sending_conversation);
  g_free (self->key);
  g_free (self->sent_outbox);
  g_free (self->sent_conversation);

  G_OBJECT_CLASS (lia_composer_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, LIA_TYPE_CLIENT, flags);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, LIA_TYPE_TIMELINE_MODEL, flags);
  properties[PROP_CHECK_SPELLING] = g_param_spec_boolean ("check-spelling", NULL, NULL, TRUE, flags);
  properties[PROP_QUOTE_ORIGINAL] = g_param_spec_boolean ("quote-original", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SENT] = g_signal_new ("sent", LIA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  signals[TOAST] = g_signal_new ("toast", LIA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOOK] = g_signal_new ("look", LIA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_ENTRY);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "composer.reply", start_action },
    { "composer.reply-all", start_action },
    { "composer.forward", start_action },
    { "composer.note", start_action },
    { "composer.resume", resume_action },
    { "composer.send", send_action },
    { "composer.send-and-close", send_action },
    { "composer.send-and-keep", send_action },
    { "composer.send-anyway", send_action },
    { "composer.discard", edit_action },
    { "composer.restore-discarded", edit_action },
    { "composer.look", edit_action },
    { "composer.attach", edit_action },
    { "composer.fold", fold_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, notice);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, open_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, open_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, editor);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, kind_group);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, headers);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, to_entry);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, cc_entry);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, bcc_entry);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, copies_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, subject_text);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, note_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, body_view);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, body_buffer);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, tail_box);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, signature_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_box);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_text);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, attachment_bar);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, attach_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, hint_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, spinner);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, note_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_body_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unquote_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_attachment_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_cb);
}

static void
lia_composer_class_init (LiaComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  g_type_ensure (LIA_TYPE_ADDRESS_ENTRY);
  g_type_ensure (LIA_TYPE_ATTACHMENT_BAR);
  g_type_ensure (LIA_TYPE_COMPOSER_NOTICE);
  gtk_source_init ();
  spelling_init ();

  object_class->set_property = lia_composer_set_property;
  object_class->get_property = lia_composer_get_property;
  object_class->dispose = lia_composer_dispose;
  object_class->finalize = lia_composer_finalize;

  install_properties (object_class);
  install_actions (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

/* When somebody begins to write: reading a dictionary takes as long as making a window. */
static void
need_speller (LiaComposer *self)
{
  if (self->speller != NULL)
    return;

  self->speller = spelling_text_buffer_adapter_new (self->body_buffer, spelling_checker_get_default ());
  /* A check that is under way looks at the text once more, and warns where the text is gone before its checker. */
  g_object_set_data_full (G_OBJECT (self->speller), "buffer", g_object_ref (self->body_buffer), g_object_unref);
  spelling_text_buffer_adapter_set_enabled (self->speller, self->check_spelling);
  gtk_widget_insert_action_group (GTK_WIDGET (self->body_view), "spelling", G_ACTION_GROUP (self->speller));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self->body_view), spelling_text_buffer_adapter_get_menu_model (self->speller));
}

static void
lia_composer_init (LiaComposer *self)
{
  self->kind = find_kind ("reply");
  self->check_spelling = TRUE;
  self->quote_original = TRUE;
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;

  gtk_source_buffer_set_style_scheme (self->body_buffer, NULL); /* the theme's colours, also in the dark */
  g_signal_connect_object (self->body_view, "map", G_CALLBACK (need_speller), self, G_CONNECT_SWAPPED);

  lia_composer_init_files (self);
  lia_composer_update (self);
}

GtkWidget *
lia_composer_new (void)
{
  return g_object_new (LIA_TYPE_COMPOSER, NULL);
}

/**
 * lia_composer_start:
 * @entry: (nullable): what is answered or forwarded; NULL: the newest mail
 * @reply_mode: "reply", "all", "forward" or "note"
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
      change_kind (self, reply_mode);
      lia_composer_update (self);
      focus_first (self);
      return;
    }

  self->opened = TRUE;
  self->open = TRUE;
  self->stale_refused = FALSE;
  self->seen = lia_timeline_model_get_last_seq (self->model);
  answered = entry != NULL ? g_object_ref (entry) : find_answered (self);
  self->kind = find_kind (reply_mode);
  lia_composer_set_entry (self, answered, answered != NULL ? answered->id : NULL);
  fill_headers (self);
  lia_composer_notice_hide (self->notice);
  lia_composer_hint (self, NULL, FALSE);
  lia_composer_update (self);
  focus_first (self);
}
