/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * That something is asked is the engine's word, in the conversation; what stands in the entries of the timeline: the oldest that nobody has answered is shown first.
 */
#include "lia-config.h"

#include "lia-question-strip.h"

#include "lia-client-push.h"
#include "lia-entry-details.h"
#include "lia-link.h"
#include "lia-push-actions.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaQuestionStrip
{
  AdwBin parent_instance;

  GtkLabel  *text;
  GtkWidget *open_button;
  GtkWidget *done_button;
  GtkWidget *answer_button;

  LiaClient        *client;
  LiaConversation  *conversation; /* or NULL */
  LiaTimelineModel *timeline;     /* or NULL */
  LiaEntry         *entry;        /* what is asked, or NULL */
  LiaEntryDetails  *details;      /* of it, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaQuestionStrip, lia_question_strip, ADW_TYPE_BIN)

/* The oldest question that is open, of those that are read, and how many there are. */
static guint
find_open (LiaQuestionStrip *self)
{
  const guint n_entries = self->timeline != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) : 0;
  guint       n = 0;

  g_clear_object (&self->entry);
  g_clear_pointer (&self->details, lia_entry_details_free);
  for (guint i = 0; i < n_entries; i++)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->timeline), i);
      g_autoptr (LiaEntryDetails) details = entry->kind == LIA_ENTRY_NOTE ? lia_entry_details_new (entry) : NULL;

      if (details == NULL || !g_str_equal (details->what, "question") || details->settled)
        continue;
      if (n++ > 0)
        continue;
      self->entry = g_steal_pointer (&entry);
      self->details = g_steal_pointer (&details);
    }

  return n;
}

/* (transfer full): what is asked, in one line */
static char *
new_words (LiaQuestionStrip *self)
{
  g_autofree char *line = g_strdelimit (g_strdup (self->entry->text), "\r\n\t", ' ');
  const char      *who = self->entry->author != NULL && *self->entry->author->name != '\0' ? self->entry->author->name : _ ("The engineers");

  if (*line == '\0')
    /* Translators: an issue of the engineers */
    return g_strdup_printf (_ ("The engineers’ issue %s waits for an answer of yours"), self->details->key);

  /* Translators: an engineer, the issue, the question */
  return g_strdup_printf (_ ("%s asks in issue %s: %s"), who, self->details->key, line);
}

static void
update (LiaQuestionStrip *self)
{
  const gboolean asks = self->conversation != NULL && self->conversation->question;
  const guint    n = find_open (self);
  g_autoptr (GString) words = g_string_new (NULL);

  if (asks && n > 0)
    {
      g_autofree char *question = new_words (self);

      g_string_assign (words, question);
      if (n > 1)
        /* Translators: after a question of the engineers */
        g_string_append_printf (words, ngettext (" (and %u more)", " (and %u more)", n - 1), n - 1);
      if (*self->details->problem != '\0')
        /* Translators: after a question of the engineers: why the answer could not be given */
        g_string_append_printf (words, _ (" · The answer was not taken: %s"), self->details->problem);
    }
  gtk_label_set_label (self->text, words->str);
  gtk_widget_set_visible (self->open_button, n > 0 && lia_link_is_safe (self->details->url));
  gtk_widget_set_visible (GTK_WIDGET (self), asks && n > 0);
}

static void
done_cb (gpointer      owner,
         const GValue *value,
         GError       *error,
         gpointer      data)
{
  LiaQuestionStrip *self = owner;

  gtk_widget_set_sensitive (self->done_button, TRUE);
  if (error != NULL)
    lia_complain (GTK_WIDGET (self), _ ("The question could not be finished"), error);
}

static void
on_done_cb (LiaQuestionStrip *self)
{
  if (self->entry == NULL)
    return;
  gtk_widget_set_sensitive (self->done_button, FALSE);
  lia_then (lia_client_finish_question (self->client, self->entry->id), self, done_cb, NULL, NULL);
}

static void
on_open_cb (LiaQuestionStrip *self)
{
  if (self->details != NULL)
    lia_link_open (GTK_WIDGET (self), self->details->url);
}

static void
on_answer_cb (LiaQuestionStrip *self)
{
  g_autofree char *asked = NULL;

  if (self->entry == NULL)
    return;
  asked = *self->entry->text != '\0' ? g_strdup (self->entry->text) : new_words (self);
  gtk_widget_activate_action (GTK_WIDGET (self), LIA_PUSH_ANSWER_ACTION, "(sssss)", self->entry->id, self->details->finding, self->details->tracker, self->details->key,
                              asked);
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

static void
forget_timeline (LiaQuestionStrip *self)
{
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, update, self);
  g_clear_object (&self->timeline);
  g_clear_object (&self->conversation);
}

static void
lia_question_strip_dispose (GObject *object)
{
  LiaQuestionStrip *self = LIA_QUESTION_STRIP (object);

  forget_timeline (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_QUESTION_STRIP);
  g_clear_object (&self->client);
  g_clear_object (&self->entry);
  g_clear_pointer (&self->details, lia_entry_details_free);

  G_OBJECT_CLASS (lia_question_strip_parent_class)->dispose (object);
}

static void
lia_question_strip_class_init (LiaQuestionStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_question_strip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-question-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaQuestionStrip, text);
  gtk_widget_class_bind_template_child (widget_class, LiaQuestionStrip, open_button);
  gtk_widget_class_bind_template_child (widget_class, LiaQuestionStrip, done_button);
  gtk_widget_class_bind_template_child (widget_class, LiaQuestionStrip, answer_button);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_cb);
}

static void
lia_question_strip_init (LiaQuestionStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_question_strip_set_client (LiaQuestionStrip *self,
                               LiaClient        *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
}

/** lia_question_strip_set_conversation: (nullable) @conversation, (nullable) @timeline: NULL for none. */
void
lia_question_strip_set_conversation (LiaQuestionStrip *self,
                                     LiaConversation  *conversation,
                                     LiaTimelineModel *timeline)
{
  if (timeline != self->timeline)
    {
      forget_timeline (self);
      if (g_set_object (&self->timeline, timeline) && timeline != NULL)
        g_signal_connect_object (timeline, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  g_set_object (&self->conversation, (timeline != NULL ? conversation : NULL));
  update (self);
}
