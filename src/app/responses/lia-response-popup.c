/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-popup-private.h"

#include <string.h>

/*
 * A search begins with a slash at the start of a line or after a blank, or with the key. Whoever means a slash is not to be disturbed: a second
 * slash, a blank right after the first, many letters, and several words that find nothing together end the search, and nothing of the text is
 * ever taken away without a response being chosen. (After the key, what was typed was meant for the search alone: Escape takes it away.)
 * What is shown, and where, is in lia-response-popup-show.c.
 */

#define MAX_HITS 50
#define MAX_TYPED 48 /* characters */

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaResponsePopup, lia_response_popup, GTK_TYPE_POPOVER)

static void
get_bounds (LiaResponsePopup *self,
            GtkTextIter      *start,
            GtkTextIter      *end)
{
  gtk_text_buffer_get_iter_at_mark (self->buffer, start, self->start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, end, gtk_text_buffer_get_insert (self->buffer));
}

/* What was typed to search; NULL when the caret is somewhere else by now, or the slash is gone. */
static char *
dup_typed (LiaResponsePopup *self)
{
  GtkTextIter start, end;

  get_bounds (self, &start, &end);
  if (gtk_text_iter_compare (&end, &start) < 0 || gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return NULL;
  if (!self->slash)
    return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  if (gtk_text_iter_get_char (&start) != '/' || gtk_text_iter_equal (&start, &end))
    return NULL;
  gtk_text_iter_forward_char (&start);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* Whether @typed can still be meant as a search: "/usr/bin", "/ month" and sentences are not. */
static gboolean
is_meant (LiaResponsePopup *self,
          const char       *typed)
{
  return !self->slash || (strchr (typed, '/') == NULL && !g_unichar_isspace (g_utf8_get_char (typed)) && g_utf8_strlen (typed, -1) <= MAX_TYPED);
}

/* A slash that stands in front of @iter: does it begin something? */
static gboolean
begins_search (const GtkTextIter *iter)
{
  GtkTextIter before = *iter;

  gtk_text_iter_backward_char (&before);
  if (gtk_text_iter_starts_line (&before))
    return TRUE;
  gtk_text_iter_backward_char (&before);

  return g_unichar_isspace (gtk_text_iter_get_char (&before));
}

/* Several words have to be found together: else a sentence is being written. */
static gboolean
is_sentence (LiaResponsePopup *self,
             GPtrArray        *hits)
{
  const LiaCannedHit *best = hits->len > 0 ? hits->pdata[0] : NULL;

  return self->slash && strchr (self->typed, ' ') != NULL && (best == NULL || best->partial);
}

static void
look (LiaResponsePopup *self)
{
  g_autofree char *typed = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick);
  self->tick = 0;

  typed = dup_typed (self);
  if (typed == NULL || !is_meant (self, typed))
    {
      lia_response_popup_close (self);
      return;
    }
  if (g_strcmp0 (typed, self->typed) == 0)
    return;

  g_set_str (&self->typed, typed);
  hits = lia_response_finder_find (self->finder, typed, *typed != '\0' ? MAX_HITS : LIA_RESPONSE_POPUP_MAX_UNASKED);
  if (is_sentence (self, hits))
    lia_response_popup_close (self);
  else
    lia_response_popup_show_found (self, hits);
}

static gboolean
tick_cb (GtkWidget     *view,
         GdkFrameClock *clock,
         gpointer       data)
{
  LiaResponsePopup *self = data;

  self->tick = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* In the next frame, before it is painted: with the letter, once for several. */
static void
look_soon (LiaResponsePopup *self)
{
  if (self->start != NULL && !self->choosing && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}

static void
on_finder_changed_cb (LiaResponsePopup *self)
{
  g_clear_pointer (&self->typed, g_free);
  look_soon (self);
  lia_response_popup_warm_up_soon (self);
}

static void
begin (LiaResponsePopup  *self,
       const GtkTextIter *start,
       gboolean           slash)
{
  lia_response_popup_close (self);
  self->start = gtk_text_buffer_create_mark (self->buffer, NULL, start, TRUE);
  self->slash = slash;
  look_soon (self);
}

/* --- Keys --- */

static void
choose (LiaResponsePopup *self)
{
  LiaCannedHit *hit = lia_response_list_get_selected (self->list);
  g_autoptr (LiaCanned) canned = hit != NULL ? g_object_ref (hit->canned) : NULL;
  g_autoptr (LiaResponseWording) wording = canned != NULL ? lia_response_finder_word (self->finder, canned) : NULL;
  GtkTextIter start, end;

  if (wording == NULL || wording->result == NULL)
    {
      lia_response_popup_show_preview (self, TRUE);
      return;
    }

  self->choosing = TRUE;
  get_bounds (self, &start, &end);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  lia_response_popup_close (self);
  g_signal_emit (self, signals[CHOSEN], 0, canned);
  gtk_text_buffer_end_user_action (self->buffer);
  self->choosing = FALSE;
}

static void
on_selected_cb (LiaResponsePopup *self)
{
  lia_response_popup_show_selected (self);
}

static void
on_activated_cb (LiaResponsePopup *self)
{
  choose (self);
}

static void
give_up (LiaResponsePopup *self)
{
  GtkTextIter start, end;

  if (!self->slash)
    {
      get_bounds (self, &start, &end);
      gtk_text_buffer_begin_user_action (self->buffer);
      gtk_text_buffer_delete (self->buffer, &start, &end);
      gtk_text_buffer_end_user_action (self->buffer);
    }
  lia_response_popup_close (self);
}

static gboolean
take_escape (LiaResponsePopup *self)
{
  if (lia_response_popup_shows_preview (self))
    lia_response_popup_show_preview (self, FALSE);
  else
    give_up (self);

  return GDK_EVENT_STOP;
}

static gboolean
take_key (LiaResponsePopup *self,
          guint             key,
          gboolean          shift)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self->view)) == GTK_TEXT_DIR_RTL;

  if (lia_response_list_get_n_hits (self->list) == 0)
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    {
      if (shift && !lia_response_popup_shows_preview (self))
        lia_response_popup_show_preview (self, TRUE);
      else
        choose (self);
      return GDK_EVENT_STOP;
    }
  if (shift)
    return GDK_EVENT_PROPAGATE;
  if (!lia_response_popup_shows_preview (self) && key == (rtl ? GDK_KEY_Left : GDK_KEY_Right))
    {
      lia_response_popup_show_preview (self, TRUE);
      return GDK_EVENT_STOP;
    }
  if (lia_response_popup_shows_preview (self) && key == (rtl ? GDK_KEY_Right : GDK_KEY_Left))
    {
      lia_response_popup_show_preview (self, FALSE);
      return GDK_EVENT_STOP;
    }

  return lia_response_list_take_key (self->list, key);
}

/* Into the library with the chosen one: what was typed to find it is not part of the answer. */
static gboolean
edit (LiaResponsePopup *self)
{
  LiaCannedHit    *hit = lia_response_list_get_selected (self->list);
  g_autofree char *id = hit != NULL ? g_strdup (hit->canned->id) : NULL;

  if (id == NULL)
    return GDK_EVENT_PROPAGATE;
  give_up (self);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "workbench.edit-response", "s", id);

  return GDK_EVENT_STOP;
}

/* How the customer is addressed: of what is previewed, so that one sees what becomes of it. */
static gboolean
change_form (LiaResponsePopup *self)
{
  lia_response_popup_show_preview (self, TRUE);
  lia_response_preview_change_formality (self->preview);

  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed_cb (LiaResponsePopup *self,
                   guint             key,
                   guint             code,
                   GdkModifierType   modifiers)
{
  const gboolean control = (modifiers & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK;
  const gboolean is_edit = key == GDK_KEY_e && control;
  const gboolean is_form = key == GDK_KEY_g && control;

  if (self->start == NULL || self->composing || (!is_edit && !is_form && (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0))
    return GDK_EVENT_PROPAGATE;

  /* The letters before this key count, even if no frame came between. */
  if (self->tick != 0)
    look (self);
  if (self->start == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Escape)
    return take_escape (self);
  if (is_edit)
    return edit (self);
  if (is_form)
    return change_form (self);

  return take_key (self, key, (modifiers & GDK_SHIFT_MASK) != 0);
}

/* --- The text --- */

static void
on_inserted_cb (LiaResponsePopup *self,
                GtkTextIter      *location,
                const char       *text,
                int               length)
{
  GtkTextIter start = *location;

  if (self->start == NULL && length == 1 && text[0] == '/' && gtk_widget_has_focus (GTK_WIDGET (self->view)) && begins_search (location))
    {
      gtk_text_iter_backward_char (&start);
      begin (self, &start, TRUE);
    }
}

static void
on_preedit_cb (LiaResponsePopup *self,
               const char       *preedit)
{
  self->composing = *preedit != '\0';
}

static void
on_left_cb (LiaResponsePopup *self)
{
  if (!self->choosing)
    lia_response_popup_close (self);
}

static void
lia_response_popup_dispose (GObject *object)
{
  LiaResponsePopup *self = LIA_RESPONSE_POPUP (object);

  g_clear_handle_id (&self->announce_source, g_source_remove);
  g_clear_handle_id (&self->warm_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_RESPONSE_POPUP);
  g_clear_object (&self->finder);
  g_clear_pointer (&self->typed, g_free);

  G_OBJECT_CLASS (lia_response_popup_parent_class)->dispose (object);
}

static void
lia_response_popup_class_init (LiaResponsePopupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_response_popup_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_RESPONSE_POPUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CANNED);

  g_type_ensure (LIA_TYPE_RESPONSE_LIST);
  g_type_ensure (LIA_TYPE_RESPONSE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-response-popup.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, headings);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, no_answer);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, list);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, preview);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, preview_title);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, nothing);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, status_box);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, status);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePopup, count);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
}

static void
lia_response_popup_init (LiaResponsePopup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
watch_text (LiaResponsePopup *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), self->keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);

  g_signal_connect_object (self->view, "map", G_CALLBACK (lia_response_popup_warm_up_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_inserted_cb), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "preedit-changed", G_CALLBACK (on_preedit_cb), self, G_CONNECT_SWAPPED);
}

/**
 * lia_response_popup_new:
 * @view: whose child it becomes; lia_response_popup_detach() before that goes away
 *
 * Returns: (transfer none)
 */
LiaResponsePopup *
lia_response_popup_new (GtkTextView       *view,
                        LiaResponseFinder *finder)
{
  LiaResponsePopup *self = g_object_new (LIA_TYPE_RESPONSE_POPUP, NULL);

  self->view = view;
  self->buffer = gtk_text_view_get_buffer (view);
  self->finder = g_object_ref (finder);
  lia_response_preview_set_finder (self->preview, finder);
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (view));
  g_signal_connect_object (finder, "changed", G_CALLBACK (on_finder_changed_cb), self, G_CONNECT_SWAPPED);
  watch_text (self);
  lia_response_popup_warm_up_soon (self);

  return self;
}

/** lia_response_popup_open: at the caret; what is typed from here on is looked for. */
void
lia_response_popup_open (LiaResponsePopup *self)
{
  GtkTextIter caret;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &caret, gtk_text_buffer_get_insert (self->buffer));
  begin (self, &caret, FALSE);
}

/** lia_response_popup_close: the text stays as it is. */
void
lia_response_popup_close (LiaResponsePopup *self)
{
  if (self->start == NULL)
    return;

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->announce_source, g_source_remove);
  gtk_text_buffer_delete_mark (self->buffer, self->start);
  self->start = NULL;
  g_clear_pointer (&self->typed, g_free);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_popover_popdown (GTK_POPOVER (self));
}

/** lia_response_popup_detach: takes it off its text. */
void
lia_response_popup_detach (LiaResponsePopup *self)
{
  lia_response_popup_close (self);
  gtk_widget_unparent (GTK_WIDGET (self));
}
