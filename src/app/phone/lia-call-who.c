/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-call-who.h"

#include "lia-effort-words.h"
#include "lia-line-words.h"
#include "lia-time.h"

struct _LiaCallWho
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *who;
  GtkLabel *number;
  GtkLabel *state;
  GtkLabel *match;
  GtkLabel *effort;
};

G_DEFINE_FINAL_TYPE (LiaCallWho, lia_call_who, ADW_TYPE_BIN)

static gboolean
is_consulting (LiaPhoneLine *line)
{
  LiaLineState state = lia_phone_line_get_state (line);

  return state == LIA_LINE_CONSULT_RINGING || state == LIA_LINE_CONSULTING;
}

static void
fill_match (LiaCallWho   *self,
            LiaPhoneLine *line)
{
  LiaCall         *call = lia_phone_line_get_call (line);
  const char      *match = lia_line_words_match (line);
  g_autofree char *effort = lia_effort_words_call (call != NULL ? call->effort : NULL);

  gtk_label_set_label (self->match, match != NULL ? match : "");
  gtk_label_set_label (self->effort, effort);
  /* Whom one speaks to needs the room then. */
  gtk_widget_set_visible (GTK_WIDGET (self->match), match != NULL && !is_consulting (line));
  gtk_widget_set_visible (GTK_WIDGET (self->effort), *effort != '\0');
}

/** lia_call_who_fill: all of it, as it is now. */
void
lia_call_who_fill (LiaCallWho   *self,
                   LiaPhoneLine *line)
{
  g_autofree char *who = lia_line_words_who (line);
  g_autofree char *number = lia_line_words_number (line);

  gtk_image_set_from_icon_name (self->icon, lia_line_words_state_icon (line));
  gtk_label_set_label (self->who, who);
  gtk_label_set_label (self->number, number);
  gtk_widget_set_visible (GTK_WIDGET (self->number), !g_str_equal (who, number));
  fill_match (self, line);
  lia_call_who_tick (self, line);
}

/** lia_call_who_tick: the time goes on. */
void
lia_call_who_tick (LiaCallWho   *self,
                   LiaPhoneLine *line)
{
  const char      *problem = lia_phone_line_get_problem (line);
  g_autofree char *words = lia_line_words_state (line);
  g_autofree char *time = lia_line_words_time (lia_time_now () - lia_phone_line_get_since_ms (line));
  g_autofree char *state = g_strdup_printf ("%s · %s", time, problem != NULL ? problem : words);

  gtk_label_set_label (self->state, state);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
}

static void
lia_call_who_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_CALL_WHO);
  G_OBJECT_CLASS (lia_call_who_parent_class)->dispose (object);
}

static void
lia_call_who_class_init (LiaCallWhoClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_call_who_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-call-who.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaCallWho, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaCallWho, who);
  gtk_widget_class_bind_template_child (widget_class, LiaCallWho, number);
  gtk_widget_class_bind_template_child (widget_class, LiaCallWho, state);
  gtk_widget_class_bind_template_child (widget_class, LiaCallWho, match);
  gtk_widget_class_bind_template_child (widget_class, LiaCallWho, effort);
}

static void
lia_call_who_init (LiaCallWho *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
