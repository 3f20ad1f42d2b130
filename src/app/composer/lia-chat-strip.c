/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-strip.h"

#include "lia-config.h"

#include <glib/gi18n.h>

#define SHOWN_BEFORE 3

struct _LiaChatStrip
{
  AdwBin parent_instance;

  GtkImage  *icon;
  GtkLabel  *label;
  GtkLabel  *pages;
  GtkWidget *button;
  GtkWidget *call_button;
  GtkLabel  *call_news;
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
  gtk_widget_set_visible (self->call_button, !gone);
  if (gone)
    gtk_widget_add_css_class (GTK_WIDGET (self), "gone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "gone");

  if (news && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->label), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static char *
dup_page (const LiaPageSeen *page)
{
  const char *path = strstr (page->url, "://") != NULL ? strchr (strstr (page->url, "://") + 3, '/') : NULL;
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local_usec (page->at_ms * 1000);
  g_autofree char *time = at != NULL ? g_date_time_format (at, "%H:%M") : g_strdup ("");

  /* Translators: a page of the web site (its title) and since when the visitor was there: “Kettles” (10:41) */
  return g_strdup_printf (_ ("“%s” (%s)"), *page->title != '\0' ? page->title : path != NULL ? path
                                                                                             : page->url,
                          time);
}

/* The last one first; @most: pages before it */
static char *
dup_pages (GPtrArray *pages,
           guint      most)
{
  g_autofree char *now = dup_page (pages->pdata[pages->len - 1]);
  g_autoptr (GString) before = g_string_new (NULL);

  for (guint i = pages->len - 1; i > 0 && pages->len - 1 - i < most; i--)
    {
      g_autofree char *one = dup_page (pages->pdata[i - 1]);

      g_string_append_printf (before, "%s%s", before->len > 0 ? ", " : "", one);
    }

  if (before->len == 0)
    /* Translators: the page of the web site on which the visitor is */
    return g_strdup_printf (_ ("On %s"), now);

  /* Translators: the page of the web site on which the visitor is, and a list of those before it */
  return g_strdup_printf (_ ("On %s, before on %s"), now, before->str);
}

/** lia_chat_strip_show_pages: @pages: (nullable): of LiaPageSeen: where the visitor was and is, as they have agreed to show. */
void
lia_chat_strip_show_pages (LiaChatStrip *self,
                           GPtrArray    *pages)
{
  g_autofree char *words = pages != NULL ? dup_pages (pages, SHOWN_BEFORE) : NULL;
  g_autofree char *all = pages != NULL ? dup_pages (pages, G_MAXUINT) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->pages), words != NULL);
  gtk_label_set_label (self->pages, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pages), all);
}

/**
 * lia_chat_strip_show_call:
 * @news: (nullable): what there is to say of a call that was offered
 * @why_not: (nullable): why none can be offered now
 */
void
lia_chat_strip_show_call (LiaChatStrip *self,
                          const char   *news,
                          const char   *why_not)
{
  gboolean is_new = news != NULL && g_strcmp0 (gtk_label_get_label (self->call_news), news) != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->call_news), news != NULL);
  gtk_label_set_label (self->call_news, news != NULL ? news : "");
  gtk_widget_set_sensitive (self->call_button, why_not == NULL);
  gtk_widget_set_tooltip_text (self->call_button, why_not != NULL ? why_not : _ ("Ask Whether They Want to Be Called Now (Ctrl+Shift+C)"));
  if (is_new && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->call_news), news, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Not the button's own action: what cannot be done would grey it without a reason. */
static void
on_call_cb (LiaChatStrip *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "conversation.offer-call", NULL);
}

GtkWidget *
lia_chat_strip_get_call_button (LiaChatStrip *self)
{
  return self->call_button;
}

GtkLabel *
lia_chat_strip_get_call_news (LiaChatStrip *self)
{
  return self->call_news;
}

GtkLabel *
lia_chat_strip_get_pages_label (LiaChatStrip *self)
{
  return self->pages;
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
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (GTK_WIDGET (self), "chat-strip");
  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "wrap", TRUE, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  self->button = gtk_button_new_with_mnemonic ("");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->call_button = gtk_button_new_with_mnemonic (_ ("Offer a Ca_ll"));
  gtk_widget_set_valign (self->call_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->call_button, "clicked", G_CALLBACK (on_call_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->call_button);
  gtk_box_append (GTK_BOX (box), self->button);

  self->call_news = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->call_news), "caption");
  self->pages = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->pages), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->pages), "dim-label");
  gtk_box_append (GTK_BOX (lines), box);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->call_news));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->pages));
  adw_bin_set_child (ADW_BIN (self), lines);
}
