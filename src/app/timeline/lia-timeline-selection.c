/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Selected text, from a place in one entry to a place in another. It is kept as two places in the model, so it survives that rows are recycled while
 * one drags or scrolls on; live rows only paint their share.
 */

#include "lia-timeline-private.h"

#include "lia-attachment-chip.h"
#include "lia-entry-words.h"

#include "lia-config.h"

#include <glib/gi18n.h>
#include <string.h>

#define EDGE 24 /* pixels at top and bottom in which dragging scrolls */
#define SCROLL_MAX 40

static int
compare_places (TextPlace a,
                TextPlace b)
{
  if (a.row != b.row)
    return a.row < b.row ? -1 : 1;

  return a.offset < b.offset ? -1 : a.offset > b.offset;
}

static void
in_order (LiaTimeline *self,
          TextPlace   *first,
          TextPlace   *last)
{
  gboolean forward = compare_places (self->selection_from, self->selection_to) <= 0;

  *first = forward ? self->selection_from : self->selection_to;
  *last = forward ? self->selection_to : self->selection_from;
}

/** lia_timeline_show_selection: paints @row's share. */
void
lia_timeline_show_selection (LiaTimeline *self,
                             LiveRow     *row)
{
  LiaMessageText *text = lia_timeline_row_get_text (row->widget);
  TextPlace       first, last;
  gsize           start = 0, end = 0;

  in_order (self, &first, &last);
  if (self->has_selection && row->position >= first.row && row->position <= last.row)
    {
      start = row->position == first.row ? first.offset : 0;
      end = row->position == last.row ? last.offset : G_MAXSIZE;
    }

  if (text != NULL)
    lia_message_text_set_selection (text, start, end);
}

static void
show_all (LiaTimeline *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];

      if (row->position != G_MAXUINT && !row->stale)
        lia_timeline_show_selection (self, row);
    }
}

/** lia_timeline_select: from one place to another, in any order. */
void
lia_timeline_select (LiaTimeline *self,
                     TextPlace    from,
                     TextPlace    to)
{
  self->selection_from = from;
  self->selection_to = to;
  self->has_selection = compare_places (from, to) != 0;
  show_all (self);
}

void
lia_timeline_select_all (LiaTimeline *self)
{
  guint n = lia_timeline_get_n_rows (self);

  if (n > 0)
    lia_timeline_select (self, (TextPlace){ 0, 0 }, (TextPlace){ n - 1, G_MAXSIZE });
}

void
lia_timeline_clear_selection (LiaTimeline *self)
{
  self->has_selection = FALSE;
  show_all (self);
}

static void
move_place (TextPlace *place,
            guint      position,
            guint      removed,
            guint      added)
{
  if (place->row >= position + removed)
    place->row += added - removed;
  else if (place->row >= position && removed != added)
    *place = (TextPlace){ position, 0 };
}

void
lia_timeline_splice_selection (LiaTimeline *self,
                               guint        position,
                               guint        removed,
                               guint        added)
{
  move_place (&self->selection_from, position, removed, added);
  move_place (&self->selection_to, position, removed, added);

  if (compare_places (self->selection_from, self->selection_to) == 0 || lia_timeline_get_n_rows (self) == 0)
    self->has_selection = FALSE;
}

static void
append_entry (LiaTimeline *self,
              GString     *out,
              LiaEntry    *entry,
              gsize        start,
              gsize        end,
              gboolean     with_header)
{
  const LiaFolding *folding = g_hash_table_lookup (self->foldings, entry->id);

  if (entry->text == NULL || *entry->text == '\0' || entry->kind == LIA_ENTRY_STATE)
    return;

  if (out->len > 0)
    g_string_append (out, "\n\n");

  if (with_header)
    {
      g_autofree char *time = lia_words_full_time (entry->at_ms);

      /* Translators: the head of a copied message: its author and its time */
      g_string_append_printf (out, _ ("%s, %s:"), lia_address_display_name (entry->author), time);
      g_string_append_c (out, '\n');
    }

  lia_folding_append_visible (folding, entry, start, end, out);
}

/** lia_timeline_dup_selected_text: as it is copied: with author and time when it is of several entries. NULL when nothing is selected. */
char *
lia_timeline_dup_selected_text (LiaTimeline *self)
{
  GString  *out;
  TextPlace first, last;

  if (!self->has_selection)
    return NULL;

  in_order (self, &first, &last);
  out = g_string_new (NULL);

  for (guint row = first.row; row <= last.row && row < lia_timeline_get_n_rows (self); row++)
    {
      g_autoptr (LiaEntry) entry = lia_timeline_dup_entry (self, row);

      append_entry (self, out, entry, row == first.row ? first.offset : 0, row == last.row ? last.offset : G_MAXSIZE, first.row != last.row);
    }

  return g_string_free (out, FALSE);
}

/* What is shown of @entry between two places; NULL: nothing. */
static char *
dup_words (LiaTimeline *self,
           LiaEntry    *entry,
           gsize        start,
           gsize       *end)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (entry->text == NULL || entry->kind == LIA_ENTRY_STATE || entry->kind == LIA_ENTRY_FINDING)
    return NULL;
  *end = MIN (*end, strlen (entry->text));
  if (start < *end)
    lia_folding_append_visible (g_hash_table_lookup (self->foldings, entry->id), entry, start, *end, words);
  g_strstrip (words->str);

  return *words->str != '\0' ? g_strdup (words->str) : NULL;
}

/**
 * lia_timeline_dup_quoted:
 * @words: (out): what of the returned entry is selected, and visible
 * @start: (out): where that begins and ends in its text, in bytes
 *
 * Of several entries it is the first. Without a selection it is all of the entry that has the keyboard.
 *
 * Returns: (transfer full) (nullable): whose words they are
 */
LiaEntry *
lia_timeline_dup_quoted (LiaTimeline *self,
                         char       **words,
                         gsize       *start,
                         gsize       *end)
{
  LiveRow  *focused = self->has_selection ? NULL : lia_timeline_get_focused (self);
  TextPlace first = { focused != NULL ? focused->position : 0, 0 };
  TextPlace last = { first.row, G_MAXSIZE };

  if (!self->has_selection && focused == NULL)
    return NULL;
  if (self->has_selection)
    in_order (self, &first, &last);

  for (guint row = first.row; row <= last.row && row < lia_timeline_get_n_rows (self); row++)
    {
      g_autoptr (LiaEntry) entry = lia_timeline_dup_entry (self, row);

      *start = row == first.row ? first.offset : 0;
      *end = row == last.row ? last.offset : G_MAXSIZE;
      *words = dup_words (self, entry, *start, end);
      if (*words != NULL)
        return g_steal_pointer (&entry);
    }

  return NULL;
}

static gboolean
find_place (LiaTimeline *self,
            double       x,
            double       y,
            TextPlace   *place)
{
  LiveRow *near = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];

      if (row->position != G_MAXUINT && (near == NULL || row->y <= y))
        near = row;
    }

  if (near == NULL)
    return FALSE;

  *place = (TextPlace){ near->position, 0 };
  if (lia_timeline_row_get_text (near->widget) != NULL)
    {
      LiaMessageText  *text = lia_timeline_row_get_text (near->widget);
      graphene_point_t point;

      if (gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (text), &GRAPHENE_POINT_INIT (x, y), &point))
        place->offset = lia_message_text_locate (text, point.x, point.y);
    }

  return TRUE;
}

/* Buttons, attachments and the like have their own clicks and drags. */
static gboolean
is_text_at (LiaTimeline *self,
            double       x,
            double       y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (; picked != NULL && picked != GTK_WIDGET (self); picked = gtk_widget_get_parent (picked))
    {
      if (GTK_IS_BUTTON (picked) || LIA_IS_ATTACHMENT_CHIP (picked))
        return FALSE;
    }

  return TRUE;
}

static void
own_primary (LiaTimeline *self)
{
  g_autofree char *text = lia_timeline_dup_selected_text (self);

  if (text != NULL && *text != '\0')
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), text);
}

static void
extend_to (LiaTimeline *self,
           double       x,
           double       y)
{
  TextPlace place;

  if (find_place (self, x, y, &place))
    lia_timeline_select (self, self->selection_from, place);
}

static gboolean
on_drag_scroll (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  float        height = (float)gtk_widget_get_height (widget);
  float        beyond = self->drag_point.y < EDGE ? self->drag_point.y - EDGE : MAX (0, self->drag_point.y - height + EDGE);

  if (beyond != 0)
    {
      lia_timeline_scroll_pixels (self, (int)CLAMP (beyond, -SCROLL_MAX, SCROLL_MAX));
      extend_to (self, self->drag_point.x, self->drag_point.y);
    }

  return G_SOURCE_CONTINUE;
}

static void
stop_drag_scroll (LiaTimeline *self)
{
  if (self->drag_scroll != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drag_scroll);
  self->drag_scroll = 0;
}

static void
on_drag_begin (GtkGestureDrag *drag,
               double          x,
               double          y,
               LiaTimeline    *self)
{
  TextPlace place;

  if (!is_text_at (self, x, y) || !find_place (self, x, y, &place))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  if (!(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag)) & GDK_SHIFT_MASK))
    self->selection_from = place;
}

static void
on_drag_update (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                LiaTimeline    *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);

  if (self->drag_scroll == 0)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int)dx, (int)dy))
        return;
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
      self->drag_scroll = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_drag_scroll, NULL, NULL);
    }

  graphene_point_init (&self->drag_point, (float)(x + dx), (float)(y + dy));
  extend_to (self, x + dx, y + dy);
}

static void
on_drag_end (GtkGestureDrag *drag,
             double          dx,
             double          dy,
             LiaTimeline    *self)
{
  if (self->drag_scroll != 0)
    own_primary (self);
  stop_drag_scroll (self);
}

static void
select_word (LiaTimeline *self,
             TextPlace    place)
{
  LiveRow        *row = lia_timeline_find_row (self, place.row);
  LiaMessageText *text = row != NULL ? lia_timeline_row_get_text (row->widget) : NULL;
  gsize           start, end;

  if (text == NULL)
    return;

  lia_message_text_get_word (text, place.offset, &start, &end);
  lia_timeline_select (self, (TextPlace){ place.row, start }, (TextPlace){ place.row, end });
}

static void
on_pressed (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            LiaTimeline     *self)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  TextPlace       place;
  LiveRow        *row;

  if (!is_text_at (self, x, y) || !find_place (self, x, y, &place))
    return;

  row = lia_timeline_find_row (self, place.row);
  lia_timeline_focus_row (self, row);

  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) == GDK_BUTTON_SECONDARY)
    {
      lia_timeline_open_menu (self, row, x, y);
      return;
    }

  if (n_press == 1 && (modifiers & GDK_SHIFT_MASK))
    lia_timeline_select (self, self->selection_from, place);
  else if (n_press == 1)
    lia_timeline_clear_selection (self);
  else if (n_press == 2)
    select_word (self, place);
  else if (n_press == 3)
    lia_timeline_select (self, (TextPlace){ place.row, 0 }, (TextPlace){ place.row, G_MAXSIZE });

  if (n_press > 1)
    own_primary (self);
}

static void
on_unmap (GtkWidget *widget,
          gpointer   user_data)
{
  stop_drag_scroll (LIA_TIMELINE (widget));
}

void
lia_timeline_init_selection (LiaTimeline *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
}
