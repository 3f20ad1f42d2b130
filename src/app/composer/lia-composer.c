/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

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

static void
on_unquote_cb (LiaComposer *self)
{
  g_clear_pointer (&self->quote, g_free);
  gtk_toggle_button_set_active (self->quote_button, FALSE);
  lia_composer_update (self);
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
  lia_composer_restore_fields (self, NULL);
  gtk_toggle_button_set_active (self->copies_button, FALSE);
  self->filling = FALSE;

  g_clear_pointer (&self->key, g_free);
  lia_composer_set_kind (self, "reply");
  self->stale_refused = FALSE;
  lia_composer_set_entry (self, NULL, NULL);
  lia_composer_hint (self, NULL, FALSE);
}

void
lia_composer_set_open (LiaComposer *self,
                       gboolean     open)
{
  self->open = open;
  lia_composer_update (self);
}

static void
on_kind_chosen_cb (LiaComposer *self)
{
  if (self->filling || self->model == NULL)
    return;

  lia_composer_change_kind (self, adw_toggle_group_get_active_name (self->kind_group));
  lia_composer_focus (self);
}

static void
on_edited_cb (LiaComposer *self)
{
  if (self->filling)
    return;

  lia_composer_hint (self, NULL, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->attachment_bar), !lia_attachment_bar_is_empty (self->attachment_bar));
  lia_composer_tell_typing (self);
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
  if (self->way == NULL && self->asking_way == NULL)
    lia_composer_ask_way (self);
  lia_composer_update_chat (self);
  lia_composer_update_open_label (self);
}

/* Whether they are there decides how they are answered. */
static void
on_chats_changed_cb (LiaComposer *self)
{
  LiaVisitor before = lia_chat_strip_get_visitor (self->chat_strip);

  lia_composer_update_chat (self);
  if (before != lia_chat_strip_get_visitor (self->chat_strip))
    lia_composer_ask_way (self);
  lia_composer_update_open_label (self);
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
      g_signal_handlers_disconnect_by_data (lia_client_get_chats (self->client), self);
      g_signal_handlers_disconnect_by_data (self->client, self);
    }

  g_set_object (&self->client, client);
  lia_attachment_bar_set_client (self->attachment_bar, client);
  lia_response_finder_set_client (self->finder, client);

  if (client != NULL)
    {
      g_signal_connect_object (client, "notify::state", G_CALLBACK (on_client_state_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lia_client_get_chats (client), "changed", G_CALLBACK (on_chats_changed_cb), self, G_CONNECT_SWAPPED);
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
  if (self->popup != NULL)
    lia_response_popup_close (self->popup);
  lia_composer_clear (self);
  lia_composer_forget_way (self);
  lia_response_finder_set_model (self->finder, model);

  if (model != NULL)
    {
      g_signal_connect_object (model, "items-changed", G_CALLBACK (lia_composer_check_news), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (model, "items-changed", G_CALLBACK (lia_composer_update_call), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (model, "notify", G_CALLBACK (on_model_loaded_cb), self, G_CONNECT_SWAPPED);
      lia_composer_restore_draft (self);
      lia_composer_ask_way (self);
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

static void
on_narrow_cb (LiaComposer *self)
{
  lia_composer_set_narrow (self, TRUE);
}

static void
on_wide_cb (LiaComposer *self)
{
  lia_composer_set_narrow (self, FALSE);
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
  g_clear_pointer (&self->popup, lia_response_popup_detach);
  lia_response_finder_set_model (self->finder, NULL);
  lia_response_finder_set_client (self->finder, NULL);
  g_clear_object (&self->fields);
  lia_composer_forget_way (self);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_handle_id (&self->guard_source, g_source_remove);
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
  g_object_unref (self->finder);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
  g_clear_pointer (&self->guarded, g_free);
  g_clear_pointer (&self->guard_stopped, g_free);
  g_free (self->entry_id);
  g_free (self->quote);
  g_free (self->sending_conversation);
  g_free (self->key);
  g_free (self->sent_outbox);
  g_free (self->sent_conversation);
  g_clear_pointer (&self->sent_actions, g_ptr_array_unref);
  g_clear_pointer (&self->sent_links, g_ptr_array_unref);
  g_clear_object (&self->sent_before);

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
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, chat_strip);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, body_scroller);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, body_view);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, body_buffer);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, tail_box);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, signature_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_box);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_label);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, quote_text);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, field_bar);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, action_bar);
  gtk_widget_class_bind_template_child (widget_class, LiaComposer, guard);
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
  g_type_ensure (LIA_TYPE_ACTION_BAR);
  g_type_ensure (LIA_TYPE_CHAT_STRIP);
  g_type_ensure (LIA_TYPE_FIELD_BAR);
  gtk_source_init ();
  spelling_init ();

  object_class->set_property = lia_composer_set_property;
  object_class->get_property = lia_composer_get_property;
  object_class->dispose = lia_composer_dispose;
  object_class->finalize = lia_composer_finalize;

  install_properties (object_class);
  lia_composer_install_actions (GTK_WIDGET_CLASS (klass));
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
  lia_composer_set_kind (self, "reply");
  self->check_spelling = TRUE;
  self->quote_original = TRUE;
  self->finder = lia_response_finder_new ();
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;

  gtk_source_buffer_set_style_scheme (self->body_buffer, NULL); /* the theme's colours, also in the dark */
  g_signal_connect_object (self->body_view, "map", G_CALLBACK (need_speller), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->body_view, "map", G_CALLBACK (lia_composer_need_responses), self, G_CONNECT_SWAPPED);

  lia_composer_init_fields (self);
  lia_composer_init_guards (self);
  lia_composer_init_files (self);
  lia_composer_init_chat (self);
  lia_composer_update (self);
}

GtkWidget *
lia_composer_new (void)
{
  return g_object_new (LIA_TYPE_COMPOSER, NULL);
}
