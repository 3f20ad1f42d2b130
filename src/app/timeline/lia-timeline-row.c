/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-timeline-row.h"

#include "lia-entry-card.h"
#include "lia-entry-details.h"
#include "lia-entry-words.h"

#include "lia-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define CONVERSATION_LINK "conversation:"
#define INSET 56
#define NARROW_INSET 24
#define COMPACT_MS (5 * 60 * 1000)

struct _LiaTimelineRow
{
  GtkWidget parent_instance;

  LiaEntry     *entry;
  GtkLabel     *day; /* these are made when first needed */
  GtkWidget    *unread;
  GtkLabel     *line;
  LiaEntryCard *card;
  guint         position;
  guint         n_entries;
};

G_DEFINE_FINAL_TYPE (LiaTimelineRow, lia_timeline_row, GTK_TYPE_WIDGET)

static void
bind_day (LiaTimelineRow      *self,
          const LiaRowContext *context)
{
  gboolean needed = context->previous == NULL || !lia_words_same_day (context->previous->at_ms, self->entry->at_ms);

  if (needed)
    {
      g_autofree char *day = lia_words_day (self->entry->at_ms, context->now_ms);

      if (self->day == NULL)
        {
          self->day = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "halign", GTK_ALIGN_CENTER, "ellipsize", PANGO_ELLIPSIZE_END,
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL));
          gtk_widget_add_css_class (GTK_WIDGET (self->day), "day");
          gtk_widget_insert_after (GTK_WIDGET (self->day), GTK_WIDGET (self), NULL);
        }
      gtk_label_set_text (self->day, day);
    }

  if (self->day != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->day), needed);
}

static void
bind_unread (LiaTimelineRow *self,
             gboolean        needed)
{
  if (needed && self->unread == NULL)
    {
      GtkWidget *label = gtk_label_new (C_ ("entries not read yet", "New"));
      GtkWidget *before = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      GtkWidget *after = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      self->unread = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      gtk_widget_add_css_class (self->unread, "unread-line");
      gtk_widget_set_hexpand (before, TRUE);
      gtk_widget_set_hexpand (after, TRUE);
      gtk_widget_set_valign (before, GTK_ALIGN_CENTER);
      gtk_widget_set_valign (after, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->unread), before);
      gtk_box_append (GTK_BOX (self->unread), label);
      gtk_box_append (GTK_BOX (self->unread), after);
      gtk_widget_insert_after (self->unread, GTK_WIDGET (self), GTK_WIDGET (self->day));
    }

  if (self->unread != NULL)
    gtk_widget_set_visible (self->unread, needed);
}

static gboolean
on_line_link_cb (LiaTimelineRow *self,
                 const char     *uri)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.open", "s", uri + strlen (CONVERSATION_LINK));

  return TRUE;
}

/* Where what happened concerns another conversation, too, it leads there. */
static char *
line_markup (LiaEntry   *entry,
             const char *text)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *id = g_markup_escape_text (details->conversation, -1);

  if (*id == '\0')
    return g_steal_pointer (&escaped);

  return g_strdup_printf ("%s · <a href=\"" CONVERSATION_LINK "%s\">%s</a>", escaped, id,
                          entry->kind == LIA_ENTRY_VISIT ? _ ("Open the Chat") : _ ("Open the Call"));
}

static void
bind_line (LiaTimelineRow      *self,
           const LiaRowContext *context)
{
  g_autofree char *state = lia_words_state (self->entry, context->agents);
  g_autofree char *time = lia_words_time (self->entry->at_ms);
  g_autofree char *text = g_strdup_printf ("%s · %s", state, time);
  g_autofree char *markup = line_markup (self->entry, text);

  if (self->line == NULL)
    {
      self->line = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify", GTK_JUSTIFY_CENTER,
                                            "width-chars", 20, "halign", GTK_ALIGN_CENTER, NULL));
      gtk_widget_add_css_class (GTK_WIDGET (self->line), "event");
      g_signal_connect_object (self->line, "activate-link", G_CALLBACK (on_line_link_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (GTK_WIDGET (self->line), GTK_WIDGET (self));
    }
  gtk_label_set_markup (self->line, markup);
}

/* Of one run in a chat: said by the same person in one breath. */
static gboolean
follows (LiaEntry *entry,
         LiaEntry *previous)
{
  return entry != NULL && previous != NULL && entry->kind == LIA_ENTRY_CHAT && previous->kind == LIA_ENTRY_CHAT &&
         entry->direction == previous->direction && entry->at_ms - previous->at_ms < COMPACT_MS &&
         g_strcmp0 (entry->author_id, previous->author_id) == 0 && lia_address_equal (entry->author, previous->author) &&
         lia_words_same_day (previous->at_ms, entry->at_ms);
}

static LiaCardPlace
find_place (LiaEntry            *entry,
            const LiaRowContext *context)
{
  return (!context->unread && follows (entry, context->previous) ? LIA_CARD_FOLLOWS : 0) | (follows (context->next, entry) ? LIA_CARD_GOES_ON : 0);
}

static void
bind_card (LiaTimelineRow      *self,
           const LiaRowContext *context)
{
  LiaEntry *entry = self->entry;
  int       inset = context->narrow ? NARROW_INSET : INSET;
  gboolean  out = entry->direction == LIA_DIRECTION_OUT;
  gboolean  whole = entry->kind == LIA_ENTRY_NOTE || entry->kind == LIA_ENTRY_CALL || entry->kind == LIA_ENTRY_VOICEMAIL;

  LiaCardPlace place = find_place (entry, context);

  if (self->card == NULL)
    {
      self->card = lia_entry_card_new ();
      gtk_widget_set_parent (GTK_WIDGET (self->card), GTK_WIDGET (self));
    }

  gtk_widget_set_margin_start (GTK_WIDGET (self->card), out || whole ? inset / (whole ? 2 : 1) : 0);
  gtk_widget_set_margin_end (GTK_WIDGET (self->card), !out || whole ? inset / (whole ? 2 : 1) : 0);
  lia_entry_card_bind (self->card, entry, context, place);

  if (place & LIA_CARD_FOLLOWS)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
}

/** lia_timeline_row_bind: show @entry. */
void
lia_timeline_row_bind (LiaTimelineRow      *self,
                       LiaEntry            *entry,
                       const LiaRowContext *context)
{
  gboolean         is_line = entry->kind == LIA_ENTRY_STATE || entry->kind == LIA_ENTRY_VISIT;
  g_autofree char *label = lia_words_row (entry, context->agents);

  g_set_object (&self->entry, entry);
  bind_day (self, context);
  bind_unread (self, context->unread);

  if (is_line)
    bind_line (self, context);
  else
    bind_card (self, context);

  if (self->line != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->line), is_line);
  if (self->card != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->card), !is_line);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

LiaEntry *
lia_timeline_row_get_entry (LiaTimelineRow *self)
{
  return self->entry;
}

/** lia_timeline_row_get_text: the text of the card, or NULL for a line. */
LiaMessageText *
lia_timeline_row_get_text (LiaTimelineRow *self)
{
  return self->card != NULL && gtk_widget_get_visible (GTK_WIDGET (self->card)) ? lia_entry_card_get_text (self->card) : NULL;
}

/** lia_timeline_row_get_menu_button: where the row's menu is to point, or NULL. */
GtkWidget *
lia_timeline_row_get_menu_button (LiaTimelineRow *self)
{
  GtkWidget *button = self->card != NULL ? lia_entry_card_get_menu_button (self->card) : NULL;

  return button != NULL && gtk_widget_get_mapped (button) ? button : NULL;
}

/** lia_timeline_row_set_place: for screen readers: the row is the @position-th (from 0) of @n_entries. */
void
lia_timeline_row_set_place (LiaTimelineRow *self,
                            guint           position,
                            guint           n_entries)
{
  if (self->position == position && self->n_entries == n_entries)
    return;

  self->position = position;
  self->n_entries = n_entries;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int)position + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int)n_entries, -1);
}

static void
lia_timeline_row_dispose (GObject *object)
{
  LiaTimelineRow *self = LIA_TIMELINE_ROW (object);
  GtkWidget      *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->card = NULL;
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (lia_timeline_row_parent_class)->dispose (object);
}

static void
lia_timeline_row_class_init (LiaTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_timeline_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timeline-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
lia_timeline_row_init (LiaTimelineRow *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->position = G_MAXUINT;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

LiaTimelineRow *
lia_timeline_row_new (void)
{
  return g_object_new (LIA_TYPE_TIMELINE_ROW, NULL);
}
