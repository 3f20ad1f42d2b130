/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include <glib/gi18n.h>

/* Brings what is shown in line with the state. */

#define BODY_HEIGHT 96
#define CHAT_HEIGHT 48

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
    { "chat", N_ ("Chat message") },
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
  gtk_widget_set_visible (self->tail_box, !lia_composer_is_note (self) && !lia_composer_is_chat (self));
}

/** lia_composer_update_open_label: what stands on the closed editor. */
void
lia_composer_update_open_label (LiaComposer *self)
{
  LiaConversation *conversation = self->model != NULL ? lia_timeline_model_get_conversation (self->model) : NULL;
  g_autofree char *label = NULL;

  if (!lia_composer_is_empty (self))
    label = g_strdup (_ ("Continue the draft…"));
  else if (conversation != NULL && conversation->customer != NULL)
    {
      g_autofree char *name = lia_address_show (conversation->customer);

      /* Translators: the field in which one writes to who is at the other end of a chat */
      label = g_strdup_printf (g_str_equal (lia_composer_get_answer_kind (self), "chat") ? _ ("Chat with %s…") : _ ("Reply to %s…"), name);
    }
  else
    label = g_strdup (_ ("Reply…"));

  gtk_label_set_label (self->open_label, label);
}

static const struct
{
  const char *kind;
  const char *label;
  const char *tooltip;
  const char *icon;
  gboolean    of_chat; /* only where one can chat */
} kinds[] = {
  { "chat", N_ ("Chat"), N_ ("Write to the Visitor at Once (Ctrl+H)"), "lia-chat-symbolic", TRUE },
  { "reply", N_ ("Reply"), N_ ("Reply to the Sender (Ctrl+R)"), "mail-reply-sender-symbolic", FALSE },
  { "all", N_ ("Reply All"), N_ ("Reply to Everybody (Ctrl+Shift+R)"), "mail-reply-all-symbolic", FALSE },
  { "forward", N_ ("Forward"), N_ ("Send On to Somebody Else (Ctrl+L)"), "mail-forward-symbolic", FALSE },
  { "note", N_ ("Note"), N_ ("Write for Colleagues Only (Ctrl+M)"), "document-edit-symbolic", FALSE },
};

/* Four cut words say less than four pictures; a screen reader says the words all the same. */
static GtkWidget *
make_picture (gsize i)
{
  GtkWidget *image = gtk_image_new_from_icon_name (kinds[i].icon);

  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (kinds[i].label), -1);

  return image;
}

/* A group cannot hide one of its toggles, so all are made anew when there is one more or less to choose. */
static void
make_kinds (LiaComposer *self)
{
  adw_toggle_group_remove_all (self->kind_group);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      AdwToggle *toggle;

      if (kinds[i].of_chat && !self->can_chat)
        continue;
      toggle = adw_toggle_new ();
      adw_toggle_set_name (toggle, kinds[i].kind);
      adw_toggle_set_label (toggle, _ (kinds[i].label));
      adw_toggle_set_tooltip (toggle, _ (kinds[i].tooltip));
      if (self->narrow)
        adw_toggle_set_child (toggle, make_picture (i));
      adw_toggle_group_add (self->kind_group, toggle);
    }
}

/* What one can choose to write here. */
static void
update_kinds (LiaComposer *self)
{
  gboolean can_chat = lia_composer_can_chat (self);

  if (adw_toggle_group_get_n_toggles (self->kind_group) > 0 && can_chat == self->can_chat)
    return;

  self->can_chat = can_chat;
  make_kinds (self);
}

void
lia_composer_set_narrow (LiaComposer *self,
                         gboolean     narrow)
{
  self->narrow = narrow;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->kind_group, kinds[i].kind);

      if (toggle != NULL)
        adw_toggle_set_child (toggle, narrow ? make_picture (i) : NULL);
    }
}

/* The same words are other ones in a chat than in a mail; colleagues are told what fits the conversation. */
static void
update_channel (LiaComposer *self)
{
  const char *channel = lia_composer_is_chat (self) ? "chat" : "email";

  lia_response_finder_set_channel (self->finder, self->open && !lia_composer_is_note (self) ? channel : NULL);
}

/** lia_composer_update_enter: what the keys do that send. */
void
lia_composer_update_enter (LiaComposer *self)
{
  gboolean at_once = lia_composer_is_chat (self) && !lia_composer_is_by_mail (self);

  gtk_scrolled_window_set_min_content_height (self->body_scroller, at_once ? CHAT_HEIGHT : BODY_HEIGHT);
  gtk_widget_set_tooltip_text (self->send_button, at_once ? _ ("Send (Enter); Shift+Enter Begins a New Line") : _ ("Send (Ctrl+Enter)"));
}

/** lia_composer_update: brings what is shown in line with the state. */
void
lia_composer_update (LiaComposer *self)
{
  gboolean note = lia_composer_is_note (self);
  gboolean chat = lia_composer_is_chat (self);
  gboolean busy = self->sending_conversation != NULL && self->model != NULL &&
                  g_str_equal (self->sending_conversation, lia_timeline_model_get_id (self->model));
  gboolean filling = self->filling;

  self->filling = TRUE;
  update_kinds (self);
  adw_toggle_group_set_active_name (self->kind_group, self->kind);
  self->filling = filling;

  set_class (self->editor, "note", note);
  set_class (self->editor, "chat", chat);
  gtk_widget_set_visible (self->headers, !note && !chat);
  gtk_widget_set_visible (GTK_WIDGET (self->chat_strip), chat);
  gtk_widget_set_visible (self->note_label, note);
  gtk_widget_set_visible (self->note_button, note);
  gtk_widget_set_visible (self->send_button, !note);
  lia_composer_update_enter (self);
  gtk_widget_set_visible (GTK_WIDGET (self->attachment_bar), !lia_attachment_bar_is_empty (self->attachment_bar));
  gtk_widget_set_visible (self->spinner, busy);
  /* A chat's field keeps the focus while a line goes out. */
  gtk_widget_set_sensitive (self->editor, !busy || chat);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->body_view), !busy);
  gtk_stack_set_visible_child_name (self->stack, self->open ? "open" : "closed");
  gtk_widget_set_visible (GTK_WIDGET (self), self->model != NULL);

  update_channel (self);
  lia_composer_update_chat (self);
  update_tail (self);
  update_body_name (self);
  lia_composer_update_open_label (self);
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
