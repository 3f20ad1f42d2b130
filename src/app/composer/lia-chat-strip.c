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
};

G_DEFINE_FINAL_TYPE (LiaChatStrip, lia_chat_strip, ADW_TYPE_BIN)

static char *
dup_words (const char *name,
           LiaVisitor  visitor,
           gboolean    typing,
           gboolean    has_address)
{
  switch (visitor)
    {
    case LIA_VISITOR_HERE:
      if (typing)
        return g_strdup_printf (_ ("%s types…"), name);
      /* Translators: who chats has the page open */
      return g_strdup_printf (_ ("%s is here"), name);
    case LIA_VISITOR_GONE:
      return has_address ? g_strdup_printf (_ ("%s has left the page and reads this on coming back. An e-mail arrives at once."), name)
                         : g_strdup_printf (_ ("%s has left the page and reads this on coming back. No e-mail address is known."), name);
    case LIA_VISITOR_NONE:
    default:
      return g_strdup_printf (_ ("Chat with %s"), name);
    }
}

/**
 * lia_chat_strip_show:
 * @name: whom one chats with
 * @typing: they write at this moment
 * @has_address: mail can reach them
 */
void
lia_chat_strip_show (LiaChatStrip *self,
                     const char   *name,
                     LiaVisitor    visitor,
                     gboolean      typing,
                     gboolean      has_address)
{
  g_autofree char *words = dup_words (name, visitor, typing, has_address);
  gboolean         left = visitor == LIA_VISITOR_GONE && self->visitor != LIA_VISITOR_GONE;

  self->visitor = visitor;
  gtk_image_set_from_icon_name (self->icon, visitor == LIA_VISITOR_GONE ? "dialog-warning-symbolic" : "lia-chat-symbolic");
  gtk_label_set_label (self->label, words);
  gtk_widget_set_visible (self->button, visitor == LIA_VISITOR_GONE && has_address);
  if (visitor == LIA_VISITOR_GONE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "gone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "gone");

  if (left && gtk_widget_get_mapped (GTK_WIDGET (self)))
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
  self->button = gtk_button_new_with_mnemonic (_ ("Go On by _E-Mail"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "composer.reply");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
}
