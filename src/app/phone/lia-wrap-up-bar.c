/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-wrap-up-bar.h"

#include "lia-line-words.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaWrapUpBar
{
  AdwBin parent_instance;

  GtkLabel    *who;
  GtkLabel    *state;
  GtkDropDown *disposition;
  GtkEditable *note;
  GtkWidget   *more;
  GtkWidget   *done;

  LiaPhoneLine *line;
};

G_DEFINE_FINAL_TYPE (LiaWrapUpBar, lia_wrap_up_bar, ADW_TYPE_BIN)

/* What a call may have come to: the word that is kept, and what the agent reads */
static const struct
{
  const char *word;
  const char *title;
} dispositions[] = {
  { "", N_ ("Nothing special") },
  { "solved", N_ ("Solved") },
  { "information", N_ ("Gave information") },
  { "order", N_ ("Order") },
  { "complaint", N_ ("Complaint") },
  { "follow-up", N_ ("To be followed up") },
  { "passed-on", N_ ("Passed on") },
  { "wrong-number", N_ ("Wrong number") },
};

static void
on_done_cb (LiaWrapUpBar *self)
{
  lia_phone_line_finish (self->line);
}

static void
on_more_cb (LiaWrapUpBar *self)
{
  lia_phone_line_extend_wrap_up (self->line);
}

static void
on_disposition_changed_cb (LiaWrapUpBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->disposition);

  if (self->line != NULL && selected < G_N_ELEMENTS (dispositions))
    lia_phone_line_set_disposition (self->line, dispositions[selected].word);
}

/* The line keeps what is being written, so that it is not taken away under the agent's hands. */
static void
on_note_changed_cb (LiaWrapUpBar *self)
{
  if (self->line != NULL)
    lia_phone_line_set_note (self->line, gtk_editable_get_text (self->note));
}

/** lia_wrap_up_bar_begin: the call has just ended. */
void
lia_wrap_up_bar_begin (LiaWrapUpBar *self)
{
  g_autofree char *note = g_strdup (lia_phone_line_get_note (self->line));

  gtk_editable_set_text (self->note, note);
}

void
lia_wrap_up_bar_fill (LiaWrapUpBar *self)
{
  g_autofree char *who = lia_line_words_who (self->line);
  const char      *problem = lia_phone_line_get_problem (self->line);
  g_autofree char *state = problem != NULL ? g_strdup (problem) : lia_line_words_wrap_up (self->line, lia_time_now ());
  const char      *why_not;
  gboolean         can = lia_phone_line_can (self->line, LIA_LINE_FINISH, &why_not);

  gtk_label_set_label (self->who, who);
  gtk_label_set_label (self->state, state);
  gtk_widget_set_visible (self->more, lia_phone_line_get_until_ms (self->line) != 0);
  gtk_widget_set_sensitive (self->done, can);
  gtk_widget_set_tooltip_text (self->done, can ? _ ("Save, and be ready for the next call") : why_not);
}

void
lia_wrap_up_bar_set_line (LiaWrapUpBar *self,
                          LiaPhoneLine *line)
{
  g_set_object (&self->line, line);
}

static void
lia_wrap_up_bar_dispose (GObject *object)
{
  LiaWrapUpBar *self = LIA_WRAP_UP_BAR (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_WRAP_UP_BAR);
  g_clear_object (&self->line);
  G_OBJECT_CLASS (lia_wrap_up_bar_parent_class)->dispose (object);
}

static gboolean
lia_wrap_up_bar_grab_focus (GtkWidget *widget)
{
  LiaWrapUpBar *self = LIA_WRAP_UP_BAR (widget);

  if (!gtk_widget_grab_focus (GTK_WIDGET (self->note)))
    return FALSE;
  /* What was written during the call is selected now, and the next key would take its place. */
  gtk_editable_set_position (self->note, -1);

  return TRUE;
}

static void
lia_wrap_up_bar_class_init (LiaWrapUpBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_wrap_up_bar_dispose;
  widget_class->grab_focus = lia_wrap_up_bar_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-wrap-up-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaWrapUpBar, who);
  gtk_widget_class_bind_template_child (widget_class, LiaWrapUpBar, state);
  gtk_widget_class_bind_template_child (widget_class, LiaWrapUpBar, disposition);
  gtk_widget_class_bind_template_child (widget_class, LiaWrapUpBar, note);
  gtk_widget_class_bind_template_child (widget_class, LiaWrapUpBar, more);
  gtk_widget_class_bind_template_child (widget_class, LiaWrapUpBar, done);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_disposition_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_changed_cb);
}

static void
lia_wrap_up_bar_init (LiaWrapUpBar *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (dispositions); i++)
    gtk_string_list_append (titles, _ (dispositions[i].title));
  gtk_drop_down_set_model (self->disposition, G_LIST_MODEL (titles));
}
