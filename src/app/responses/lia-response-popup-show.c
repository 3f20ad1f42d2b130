/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-popup-private.h"

#include "lia-response-words.h"

#include <glib/gi18n.h>

/* What the popup shows and says, and its place. */

#define MAX_ROWS 8u
#define MIN_ROWS 3u
#define WIDTH 460
#define EDGE 6 /* pixels that stay free at the window's edges */
#define ANNOUNCE_AFTER_MS 150

/* What is seen: the headings, how many, which one. */
static char *
dup_announcement (LiaResponsePopup *self)
{
  g_autofree char *found = NULL;

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "nothing"))
    return g_strdup (gtk_label_get_label (self->nothing));

  found = lia_response_list_dup_announcement (self->list);
  if (!gtk_widget_get_visible (self->headings))
    return g_steal_pointer (&found);
  if (!gtk_widget_get_visible (self->no_answer))
    return g_strdup_printf ("%s: %s", gtk_label_get_label (self->heading), found);

  return g_strdup_printf ("%s. %s: %s", _ ("No good answer known: type to search"), gtk_label_get_label (self->heading), found);
}

static gboolean
announce_cb (gpointer data)
{
  LiaResponsePopup *self = data;
  g_autofree char  *words = NULL;

  self->announce_source = 0;
  words = dup_announcement (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->view), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);

  return G_SOURCE_REMOVE;
}

/* Once the typing rests: what is said for each letter is never said to the end. */
static void
announce (LiaResponsePopup *self)
{
  g_clear_handle_id (&self->announce_source, g_source_remove);
  self->announce_source = g_timeout_add (ANNOUNCE_AFTER_MS, announce_cb, self);
}

/*
 * A popover is as large as it was shown, and closed when that is too small, unless it is shown anew. That asks the window system for its place
 * again, which takes longer than all rows: only when it needs another height.
 */
static void
fit (LiaResponsePopup *self)
{
  int height;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  gtk_widget_measure (gtk_popover_get_child (GTK_POPOVER (self)), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  if (height == self->height)
    return;

  self->height = height;
  gtk_popover_present (GTK_POPOVER (self));
}

/** lia_response_popup_shows_preview: instead of the list. */
gboolean
lia_response_popup_shows_preview (LiaResponsePopup *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "preview");
}

/** lia_response_popup_show_preview: @shown: of the selected response; else the list. */
void
lia_response_popup_show_preview (LiaResponsePopup *self,
                                 gboolean          shown)
{
  LiaCannedHit *hit = lia_response_list_get_selected (self->list);

  if (shown && hit != NULL)
    {
      g_autoptr (LiaResponseWording) wording = lia_response_finder_word (self->finder, hit->canned);

      gtk_label_set_label (self->preview_title, hit->canned->title);
      lia_response_preview_set_wording (self->preview, wording);
      if (wording->result != NULL)
        gtk_accessible_announce (GTK_ACCESSIBLE (self->view), wording->result->text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  gtk_stack_set_visible_child_name (self->stack, shown && hit != NULL ? "preview" : "list");
  fit (self);
}

/** lia_response_popup_show_selected: why it stands where it stands. */
void
lia_response_popup_show_selected (LiaResponsePopup *self)
{
  LiaCannedHit    *hit = lia_response_list_get_selected (self->list);
  g_autofree char *reason = hit != NULL ? lia_response_words_reason (hit) : NULL;
  g_autofree char *count = NULL;

  /* Translators: which of how many. */
  count = g_strdup_printf (_ ("%u of %u"), lia_response_list_get_position (self->list) + 1, lia_response_list_get_n_hits (self->list));
  gtk_label_set_label (self->status, reason != NULL ? reason : "");
  gtk_label_set_label (self->count, hit != NULL ? count : "");
  if (self->start == NULL)
    return;
  if (lia_response_popup_shows_preview (self))
    lia_response_popup_show_preview (self, TRUE);
  announce (self);
}

/* How many rows there is room for, above or below the caret, without leaving the window. */
static guint
fit_rows (LiaResponsePopup *self,
          int               above,
          int               below)
{
  int row = MAX (lia_response_list_get_row_height (self->list), 1);
  int headings, status;

  gtk_widget_measure (self->headings, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &headings, NULL, NULL);
  gtk_widget_measure (self->status_box, GTK_ORIENTATION_VERTICAL, -1, NULL, &status, NULL, NULL);

  return CLAMP ((guint)MAX (MAX (above, below) - headings - status - 4 * EDGE, 0) / (guint)row, MIN_ROWS, MAX_ROWS);
}

/* Beside the first letter, where it stays while one types; towards where there is more room. */
static void
place (LiaResponsePopup *self)
{
  GtkWidget      *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self->view)));
  gboolean        rtl = gtk_widget_get_direction (GTK_WIDGET (self->view)) == GTK_TEXT_DIR_RTL;
  GtkTextIter     start;
  GdkRectangle    caret;
  graphene_rect_t bounds;
  int             width, above, below, left, right;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->start);
  gtk_text_view_get_iter_location (self->view, &start, &caret);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, caret.x, caret.y, &caret.x, &caret.y);
  caret.width = 1;
  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->view), root, &bounds))
    return;

  above = (int)bounds.origin.y + caret.y;
  below = gtk_widget_get_height (root) - above - caret.height;
  width = MIN (WIDTH, gtk_widget_get_width (root) - 4 * EDGE);
  left = (int)bounds.origin.x + caret.x - (rtl ? width : 0);
  right = left + width;
  lia_response_list_set_max_rows (self->list, fit_rows (self, above, below));
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), width, -1);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START); /* which is the right in a window that is read from there */
  gtk_popover_set_position (GTK_POPOVER (self), above > below ? GTK_POS_TOP : GTK_POS_BOTTOM);
  gtk_popover_set_offset (GTK_POPOVER (self), MAX (2 * EDGE - left, 0) - MAX (right + 2 * EDGE - gtk_widget_get_width (root), 0), 0);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &caret);
}

/* Rows that nobody typed for say why they are there. */
static void
show_headings (LiaResponsePopup *self,
               GPtrArray        *hits,
               gboolean          unasked)
{
  const LiaCannedHit *best = hits->len > 0 ? hits->pdata[0] : NULL;
  gboolean            answers = best != NULL && best->suggested;

  gtk_widget_set_visible (self->headings, unasked && best != NULL);
  gtk_widget_set_visible (self->no_answer, !answers);
  gtk_label_set_label (self->heading, answers ? _ ("What may answer the customer") : _ ("Used most in conversations like this one"));
}

static gboolean
warm_up_cb (gpointer data)
{
  LiaResponsePopup *self = data;
  g_autoptr (GPtrArray) hits = NULL;

  self->warm_source = 0;
  if (self->start != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return G_SOURCE_REMOVE;

  hits = lia_response_finder_find (self->finder, "", LIA_RESPONSE_POPUP_MAX_UNASKED);
  show_headings (self, hits, TRUE);
  lia_response_list_set_hits (self->list, hits);
  gtk_widget_realize (GTK_WIDGET (self));
  gtk_widget_measure (gtk_popover_get_child (GTK_POPOVER (self)), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * lia_response_popup_warm_up_soon:
 *
 * What makes a first search slow is done before it, once there is nothing else to do: a look at all responses for this conversation, the popup's
 * surface, styles and letters.
 */
void
lia_response_popup_warm_up_soon (LiaResponsePopup *self)
{
  if (self->warm_source == 0)
    self->warm_source = g_idle_add_full (G_PRIORITY_LOW, warm_up_cb, self, NULL);
}

/** lia_response_popup_show_found: @hits: (element-type LiaCannedHit): with what is typed, best first. */
void
lia_response_popup_show_found (LiaResponsePopup *self,
                               GPtrArray        *hits)
{
  gboolean nothing = hits->len == 0;

  /* A path is none of our business; what was asked for with the key gets an answer. */
  if (nothing && self->slash && *self->typed != '\0')
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, nothing ? "nothing" : lia_response_popup_shows_preview (self) ? "preview"
                                                                                                               : "list");
  gtk_label_set_label (self->nothing, *self->typed != '\0' ? _ ("Nothing found") : _ ("No good answer known: type to search"));
  gtk_widget_set_visible (self->status_box, !nothing);
  show_headings (self, hits, *self->typed == '\0');
  lia_response_list_set_hits (self->list, hits);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      place (self);
      gtk_popover_popup (GTK_POPOVER (self));
    }
  fit (self);
}
