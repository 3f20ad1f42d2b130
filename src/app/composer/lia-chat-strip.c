/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-strip.h"

#include "lia-config.h"

#include <glib/gi18n.h>

struct _LiaChatStrip
{
  AdwBin parent_instance;

  GtkImage  *icon;
  GtkLabel  *label;
  GtkWidget *button;
  LiaVisitor visitor;
  gboolean   by_mail;
};

G_DEFINE_FINAL_TYPE (LiaChatStrip, lia_chat_strip, ADW_TYPE_BIN)

static char *
dup_gone (const char *name,
          const char *address,
          gboolean    by_mail)
{
  if (by_mail)
    /* Translators: %s are a visitor of the web site, who does not have the page open any more, and an e-mail address */
    return g_strdup_printf (_ ("%s has left the page: this goes by e-mail to %s."), name, address);

  return address != NULL ? g_strdup_printf (_ ("%s has left the page and reads this on coming back."), name)
                         : g_strdup_printf (_ ("%s has left the page and reads this on coming back. E-mail does not reach them."), name);
}

static char *
dup_words (const char *name,
           LiaVisitor  visitor,
           gboolean    typing,
           const char *address,
           gboolean    by_mail)
{
  switch (visitor)
    {
    case LIA_VISITOR_HERE:
      if (typing)
        return g_strdup_printf (_ ("%s types…"), name);
      /* Translators: who chats has the page open */
      return g_strdup_printf (_ ("%s is here"), name);
    case LIA_VISITOR_GONE:
      return dup_gone (name, address, by_mail);
    case LIA_VISITOR_NONE:
    default:
      return g_strdup_printf (_ ("Chat with %s"), name);
    }
}

static void
show_choice (LiaChatStrip *self,
             gboolean      shown,
             gboolean      by_mail)
{
  gtk_widget_set_visible (self->button, shown);
  gtk_button_set_label (GTK_BUTTON (self->button), by_mail ? _ ("Keep in the _Chat") : _ ("Send by _E-Mail"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), by_mail ? "composer.by-chat" : "composer.by-email");
}

/**
 * lia_chat_strip_show:
 * @name: whom one chats with
 * @typing: they write at this moment
 * @address: (nullable): where mail reaches them
 * @by_mail: what is written goes there
 */
void
lia_chat_strip_show (LiaChatStrip *self,
                     const char   *name,
                     LiaVisitor    visitor,
                     gboolean      typing,
                     const char   *address,
                     gboolean      by_mail)
{
  gboolean         gone = visitor == LIA_VISITOR_GONE;
  g_autofree char *words = dup_words (name, visitor, typing, address, by_mail);
  gboolean         news = gone && (self->visitor != LIA_VISITOR_GONE || self->by_mail != by_mail);

  self->visitor = visitor;
  self->by_mail = by_mail;
  gtk_image_set_from_icon_name (self->icon, !gone ? "lia-chat-symbolic" : by_mail ? "mail-send-symbolic"
                                                                                  : "dialog-warning-symbolic");
  gtk_label_set_label (self->label, words);
  show_choice (self, gone && address != NULL, by_mail);
  if (gone)
    gtk_widget_add_css_class (GTK_WIDGET (self), "gone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "gone");

  if (news && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->label), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

LiaVisitor
lia_chat_strip_get_visitor (LiaChatStrip *self)
{
  return self->visitor;
}

static void
lia_chat_strip_class_init (LiaChatStripClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lia_chat_strip_init (LiaChatStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (GTK_WIDGET (self), "chat-strip");
  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "wrap", TRUE, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  self->button = gtk_button_new_with_mnemonic ("");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
}
