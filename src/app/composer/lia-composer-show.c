/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include <glib/gi18n.h>

/* Brings what is shown in line with the state. */

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

      label = g_strdup_printf (_ ("Reply to %s…"), name);
    }
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

/* Four cut words say less than four pictures; a screen reader says the words all the same. */
void
lia_composer_set_narrow (LiaComposer *self,
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
