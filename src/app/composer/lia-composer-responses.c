/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

/* Canned responses in what is being written. */

static void
open_editor (LiaComposer *self)
{
  if (!self->open)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.resume", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

/** lia_composer_get_finder: (transfer none) */
LiaResponseFinder *
lia_composer_get_finder (LiaComposer *self)
{
  return self->finder;
}

/** lia_composer_insert_response: what @canned says to this customer, at the caret. Opens the editor first, if it is closed. */
void
lia_composer_insert_response (LiaComposer *self,
                              LiaCanned   *canned)
{
  g_autoptr (LiaResponseWording) wording = NULL;

  if (self->model == NULL)
    return;

  /* Its words depend on how they go out. */
  open_editor (self);
  wording = lia_response_finder_word (self->finder, canned);
  if (wording->result != NULL)
    lia_composer_insert_wording (self, wording);
}

/** lia_composer_need_responses: when somebody begins to write: rows that nobody needs would make the window's start slower. */
void
lia_composer_need_responses (LiaComposer *self)
{
  if (self->popup != NULL)
    return;

  self->popup = lia_response_popup_new (GTK_TEXT_VIEW (self->body_view), self->finder);
  g_signal_connect_object (self->popup, "chosen", G_CALLBACK (lia_composer_insert_response), self, G_CONNECT_SWAPPED);
}

/** lia_composer_open_responses: at the caret; opens the editor first, if it is closed. */
void
lia_composer_open_responses (LiaComposer *self)
{
  if (self->model == NULL)
    return;

  open_editor (self);
  lia_composer_need_responses (self);
  lia_response_popup_open (self->popup);
}
