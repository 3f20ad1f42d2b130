/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The steps are made when somebody unfolds them: that is fold 0 of the entry, which a call's text does not have otherwise. What grows is written into the
 * labels that are there, once a second and only while the call goes on and is on the screen.
 */

#include "lia-call-card.h"

#include "lia-call-words.h"
#include "lia-clock.h"
#include "lia-entry-details.h"
#include "lia-entry-words.h"
#include "lia-recording-words.h"
#include "lia-sound-player.h"
#include "lia-time.h"
#include "lia-tooltip.h"

#include "lia-config.h"

#include <glib/gi18n.h>

#define STEPS_FOLD 0

struct _LiaCallCard
{
  GtkWidget parent_instance;

  LiaCall    *call; /* or NULL: what is known of it cannot be read */
  GListModel *agents;
  GListModel *queues;
  GtkLabel   *outcome;
  GtkLabel   *disposition;
  GtkLabel   *match;
  GtkLabel   *marks;
  GtkLabel   *recordings;
  GtkLabel   *consent;
  GtkWidget  *unfold;
  GtkWidget  *steps;
  GPtrArray  *lines; /* of the labels in `steps`: a time and a text each in turn, borrowed */
  GtkWidget  *players;
};

G_DEFINE_FINAL_TYPE (LiaCallCard, lia_call_card, GTK_TYPE_WIDGET)

static void
show_label (GtkLabel   *label,
            const char *text)
{
  gboolean visible = text != NULL && *text != '\0';

  gtk_widget_set_visible (GTK_WIDGET (label), visible);
  if (visible)
    gtk_label_set_text (label, text);
}

static GtkLabel *
add_line_label (LiaCallCard *self,
                const char  *style,
                int          column,
                int          row)
{
  GtkLabel *label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "yalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL));

  gtk_widget_add_css_class (GTK_WIDGET (label), style);
  gtk_grid_attach (GTK_GRID (self->steps), GTK_WIDGET (label), column, row, 1, 1);
  g_ptr_array_add (self->lines, label);

  return label;
}

static void
show_step (LiaCallCard       *self,
           guint              i,
           const LiaCallStep *step)
{
  g_autofree char *time = lia_words_time (step->at_ms);

  if (i * 2 == self->lines->len)
    {
      add_line_label (self, "time", 0, (int)i);
      gtk_widget_set_hexpand (GTK_WIDGET (add_line_label (self, "step", 1, (int)i)), TRUE);
    }
  show_label (self->lines->pdata[i * 2], time);
  show_label (self->lines->pdata[i * 2 + 1], step->text);
}

static void
update_steps (LiaCallCard *self)
{
  g_autoptr (GPtrArray) steps = NULL;

  if (self->call == NULL || !gtk_widget_get_visible (self->steps))
    return;

  steps = lia_call_words_steps (self->call, self->agents, self->queues, lia_time_now ());
  for (guint i = 0; i < steps->len; i++)
    show_step (self, i, steps->pdata[i]);
  for (guint i = steps->len * 2; i < self->lines->len; i++)
    gtk_widget_set_visible (self->lines->pdata[i], FALSE);
}

static void
on_second (LiaCallCard *self)
{
  g_autofree char *outcome = lia_call_words_outcome (self->call, lia_time_now ());

  gtk_label_set_text (self->outcome, outcome);
  update_steps (self);
}

static void
follow_clock (LiaCallCard *self)
{
  gboolean live = self->call != NULL && self->call->ended_ms == 0 && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (live)
    lia_clock_count (lia_clock_get_default (), G_CALLBACK (on_second), self);
  else
    lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (on_second), self);
}

static void
bind_unfold (LiaCallCard         *self,
             LiaEntry            *entry,
             const LiaRowContext *context)
{
  gboolean    has_steps = self->call != NULL && self->call->waits->len + self->call->offers->len + self->call->segments->len > 0;
  gboolean    open = has_steps && context->folding != NULL && lia_folding_is_open (context->folding, STEPS_FOLD);
  const char *words = open ? _ ("Hide the Steps of the Call") : _ ("Show the Steps of the Call");

  gtk_widget_set_visible (self->unfold, has_steps);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->unfold), "(si)", entry->id, STEPS_FOLD);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->unfold), "timeline.toggle-fold");
  gtk_button_set_icon_name (GTK_BUTTON (self->unfold), open ? "pan-up-symbolic" : "pan-down-symbolic");
  lia_tooltip_set (self->unfold, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfold), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->unfold), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  gtk_widget_set_visible (self->steps, open);
  update_steps (self);
}

static void
bind_players (LiaCallCard *self,
              LiaEntry    *entry)
{
  GtkWidget *player = self->players != NULL ? gtk_widget_get_first_child (self->players) : NULL;

  for (guint i = 0; entry->attachments != NULL && i < entry->attachments->len; i++)
    {
      if (!lia_sound_player_can_play (entry->attachments->pdata[i]))
        continue;

      if (self->players == NULL)
        {
          self->players = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
          gtk_widget_insert_before (self->players, GTK_WIDGET (self), GTK_WIDGET (self->recordings));
        }
      if (player == NULL)
        {
          player = GTK_WIDGET (lia_sound_player_new ());
          gtk_box_append (GTK_BOX (self->players), player);
        }
      lia_sound_player_bind (LIA_SOUND_PLAYER (player), entry, i);
      gtk_widget_set_visible (player, TRUE);
      player = gtk_widget_get_next_sibling (player);
    }

  for (; player != NULL; player = gtk_widget_get_next_sibling (player))
    gtk_widget_set_visible (player, FALSE);
}

/** lia_call_card_bind: show the call that @entry is. */
void
lia_call_card_bind (LiaCallCard         *self,
                    LiaEntry            *entry,
                    const LiaRowContext *context)
{
  g_autoptr (LiaCall) call = lia_entry_details_call (entry);
  g_autofree char *outcome = call != NULL ? lia_call_words_outcome (call, lia_time_now ()) : NULL;
  g_autofree char *marks = call != NULL ? lia_call_words_marks (call) : NULL;
  g_autofree char *recordings = call != NULL ? lia_recording_words (call) : NULL;
  g_autofree char *consent = call != NULL ? lia_recording_words_consent (call, context->agents) : NULL;

  g_set_object (&self->call, call);
  g_set_object (&self->agents, context->agents);
  g_set_object (&self->queues, context->queues);
  show_label (self->outcome, outcome);
  show_label (self->disposition, call != NULL ? call->disposition : NULL);
  show_label (self->match, call != NULL && call->match != LIA_MATCH_EXACT ? lia_call_words_match (call) : NULL);
  show_label (self->marks, marks);
  show_label (self->recordings, recordings);
  show_label (self->consent, consent);
  bind_unfold (self, entry, context);
  bind_players (self, entry);
  follow_clock (self);
}

static void
lia_call_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_call_card_parent_class)->map (widget);
  follow_clock (LIA_CALL_CARD (widget));
}

static void
lia_call_card_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_call_card_parent_class)->unmap (widget);
  follow_clock (LIA_CALL_CARD (widget));
}

static void
lia_call_card_dispose (GObject *object)
{
  LiaCallCard *self = LIA_CALL_CARD (object);
  GtkWidget   *child;

  lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (on_second), self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_object (&self->call);
  g_clear_object (&self->agents);
  g_clear_object (&self->queues);

  G_OBJECT_CLASS (lia_call_card_parent_class)->dispose (object);
}

static void
lia_call_card_class_init (LiaCallCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_call_card_dispose;
  widget_class->map = lia_call_card_map;
  widget_class->unmap = lia_call_card_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "call-card");
}

static GtkLabel *
make_label (const char *style)
{
  GtkLabel *label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "width-chars", 20,
                                             "visible", FALSE, NULL));

  gtk_widget_add_css_class (GTK_WIDGET (label), style);

  return label;
}

static GtkWidget *
make_first_line (LiaCallCard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->outcome = make_label ("outcome");
  gtk_widget_add_css_class (GTK_WIDGET (self->outcome), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->outcome), TRUE);
  self->disposition = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "visible", FALSE, "valign", GTK_ALIGN_CENTER, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->disposition), "tag");
  self->unfold = gtk_button_new ();
  gtk_widget_add_css_class (self->unfold, "flat");
  gtk_widget_add_css_class (self->unfold, "circular");
  gtk_widget_set_valign (self->unfold, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->outcome));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->disposition));
  gtk_box_append (GTK_BOX (line), self->unfold);

  return line;
}

static void
lia_call_card_init (LiaCallCard *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);

  self->lines = g_ptr_array_new ();
  self->match = make_label ("flags");
  self->marks = make_label ("flags");
  gtk_widget_add_css_class (GTK_WIDGET (self->marks), "warning");
  self->recordings = make_label ("flags");
  self->consent = make_label ("flags");
  self->steps = g_object_new (GTK_TYPE_GRID, "column-spacing", 9, "row-spacing", 3, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->steps, "steps");
  gtk_widget_set_parent (make_first_line (self), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->match), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->marks), GTK_WIDGET (self));
  gtk_widget_set_parent (self->steps, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->recordings), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->consent), GTK_WIDGET (self));
}

LiaCallCard *
lia_call_card_new (void)
{
  return g_object_new (LIA_TYPE_CALL_CARD, NULL);
}
