/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-page-code-popover.h"

#include "lia-joined-page.h"
#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define DIGITS 6

struct _LiaPageCodePopover
{
  GtkPopover parent_instance;

  GtkEntry  *code;
  GtkLabel  *words;
  GtkWidget *join_button;
  GtkWidget *same_button;
  GtkWidget *chat_button;

  LiaPhoneLine *line;
  LiaClient    *client;
  char         *joined; /* the code that was, or NULL */
  char         *conversation;
  gboolean      asking;
};

G_DEFINE_FINAL_TYPE (LiaPageCodePopover, lia_page_code_popover, GTK_TYPE_POPOVER)

static guint
count_digits (LiaPageCodePopover *self)
{
  guint n = 0;

  for (const char *p = gtk_editable_get_text (GTK_EDITABLE (self->code)); *p != '\0'; p = g_utf8_next_char (p))
    n += g_unichar_isdigit (g_utf8_get_char (p));

  return n;
}

static void
update (LiaPageCodePopover *self)
{
  gtk_widget_set_visible (self->join_button, self->joined == NULL);
  gtk_widget_set_sensitive (self->join_button, !self->asking && count_digits (self) == DIGITS);
  gtk_widget_set_sensitive (self->same_button, !self->asking);
  gtk_widget_set_visible (self->chat_button, self->conversation != NULL && *self->conversation != '\0');
}

static void
say (LiaPageCodePopover *self,
     const char         *words,
     gboolean            is_wrong)
{
  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->words), *words != '\0');
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->words), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->words), "error");
  if (*words != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self->words), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
forget (LiaPageCodePopover *self)
{
  g_clear_pointer (&self->joined, g_free);
  g_clear_pointer (&self->conversation, g_free);
  gtk_widget_set_visible (self->same_button, FALSE);
  say (self, "", FALSE);
  update (self);
}

static char *
problem_words (const GError *error)
{
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    return g_strdup (_ ("No page shows this code now. Please ask them to read it out again."));
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED))
    return g_strdup (_ ("That were too many wrong codes. Please wait a moment."));

  return lia_problem_words (error);
}

static char *
joined_words (LiaJoinedPage *page)
{
  const char *where = *page->title != '\0' ? page->title : page->url;
  const char *who = *page->name != '\0' ? page->name : page->email;

  if (*where == '\0')
    where = _ ("a page of yours");
  if (*who == '\0')
    return g_strdup_printf (_ ("They are on “%s”."), where);
  if (page->verified)
    /* Translators: a name; the title of a page */
    return g_strdup_printf (_ ("%s is signed in there, and on “%s”."), who, where);

  /* Translators: a name; the title of a page */
  return g_strdup_printf (_ ("They call themselves %s there, and are on “%s”."), who, where);
}

static void
on_joined_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaPageCodePopover *self = owner;
  LiaJoinedPage      *page = value != NULL ? g_value_get_object (value) : NULL;
  g_autofree char    *words = page != NULL ? joined_words (page) : problem_words (error);
  gboolean            had_focus = self->joined == NULL;

  self->asking = FALSE;
  say (self, words, page == NULL);
  if (page != NULL)
    {
      g_set_str (&self->joined, data);
      g_set_str (&self->conversation, page->conversation);
      gtk_widget_set_visible (self->same_button, !page->same);
    }
  update (self);
  if (page != NULL && had_focus)
    gtk_widget_grab_focus (gtk_widget_get_visible (self->same_button) ? self->same_button : self->chat_button);
}

static void
ask (LiaPageCodePopover *self,
     gboolean            same)
{
  g_autofree char *code = g_strdup (same ? self->joined : gtk_editable_get_text (GTK_EDITABLE (self->code)));
  DexFuture       *future;

  self->asking = TRUE;
  update (self);
  future = lia_client_join_page (self->client, lia_phone_line_get_call (self->line), code, same);
  lia_then (future, self, on_joined_cb, g_steal_pointer (&code), g_free);
}

static void
on_join_cb (LiaPageCodePopover *self)
{
  if (gtk_widget_get_sensitive (self->join_button) && self->joined == NULL)
    ask (self, FALSE);
}

static void
on_same_cb (LiaPageCodePopover *self)
{
  ask (self, TRUE);
}

static void
on_chat_cb (LiaPageCodePopover *self)
{
  g_autofree char *conversation = g_strdup (self->conversation);

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.open", "s", conversation);
}

static void
on_changed_cb (LiaPageCodePopover *self)
{
  forget (self);
}

static void
on_show_cb (LiaPageCodePopover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  forget (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
lia_page_code_popover_dispose (GObject *object)
{
  LiaPageCodePopover *self = LIA_PAGE_CODE_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_PAGE_CODE_POPOVER);
  g_clear_object (&self->line);
  g_clear_object (&self->client);
  g_clear_pointer (&self->joined, g_free);
  g_clear_pointer (&self->conversation, g_free);
  G_OBJECT_CLASS (lia_page_code_popover_parent_class)->dispose (object);
}

static void
lia_page_code_popover_class_init (LiaPageCodePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_page_code_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-page-code-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPageCodePopover, code);
  gtk_widget_class_bind_template_child (widget_class, LiaPageCodePopover, words);
  gtk_widget_class_bind_template_child (widget_class, LiaPageCodePopover, join_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPageCodePopover, same_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPageCodePopover, chat_button);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_join_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_cb);
}

static void
lia_page_code_popover_init (LiaPageCodePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_page_code_popover_set_line (LiaPageCodePopover *self,
                                LiaPhoneLine       *line,
                                LiaClient          *client)
{
  g_set_object (&self->line, line);
  g_set_object (&self->client, client);
}
