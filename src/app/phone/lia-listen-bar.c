/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-listen-bar.h"

#include "lia-line-words.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaListenBar
{
  AdwBin parent_instance;

  GtkLabel       *words;
  GtkLabel       *state;
  AdwToggleGroup *modes;

  LiaPhoneLine *line;
  gboolean      filling;
};

G_DEFINE_FINAL_TYPE (LiaListenBar, lia_listen_bar, ADW_TYPE_BIN)

/* Shown again as it is: the other one is shown when the telephone system says so. */
static void
on_mode_changed_cb (LiaListenBar *self)
{
  g_autofree char *mode = g_strdup (adw_toggle_group_get_active_name (self->modes));

  if (self->filling || self->line == NULL || mode == NULL)
    return;
  lia_phone_line_set_mode (self->line, mode);
  lia_listen_bar_fill (self);
}

static void
on_stop_clicked_cb (LiaListenBar *self)
{
  lia_phone_line_hang_up (self->line);
}

/* Who hears me, where the customer may not know */
static const char *
words_of_mode (const char *mode)
{
  if (g_str_equal (mode, "listen"))
    return _ ("Nobody hears you");
  if (g_str_equal (mode, "whisper"))
    return _ ("Only your colleague hears you");
  if (g_str_equal (mode, "barge"))
    return _ ("Both hear you");

  return _ ("Waiting for the telephone system…");
}

void
lia_listen_bar_fill (LiaListenBar *self)
{
  const char      *mode = lia_phone_line_get_mode (self->line);
  const char      *problem = lia_phone_line_get_problem (self->line);
  g_autofree char *words = lia_line_words_listening (self->line);
  g_autofree char *time = lia_line_words_time (lia_time_now () - lia_phone_line_get_since_ms (self->line));
  g_autofree char *state = problem != NULL ? g_strdup (problem) : g_strdup_printf ("%s · %s", words_of_mode (mode), time);

  self->filling = TRUE;
  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->state, state);
  gtk_widget_set_sensitive (GTK_WIDGET (self->modes), *mode != '\0');
  if (*mode != '\0')
    adw_toggle_group_set_active_name (self->modes, mode);
  self->filling = FALSE;
}

void
lia_listen_bar_set_line (LiaListenBar *self,
                         LiaPhoneLine *line)
{
  g_set_object (&self->line, line);
}

static void
lia_listen_bar_dispose (GObject *object)
{
  LiaListenBar *self = LIA_LISTEN_BAR (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_LISTEN_BAR);
  g_clear_object (&self->line);
  G_OBJECT_CLASS (lia_listen_bar_parent_class)->dispose (object);
}

static void
lia_listen_bar_class_init (LiaListenBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_listen_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-listen-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaListenBar, words);
  gtk_widget_class_bind_template_child (widget_class, LiaListenBar, state);
  gtk_widget_class_bind_template_child (widget_class, LiaListenBar, modes);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked_cb);
}

static void
lia_listen_bar_init (LiaListenBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
