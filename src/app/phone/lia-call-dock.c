/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-call-dock.h"

#include "lia-call-bar.h"
#include "lia-line-words.h"

#include <glib/gi18n.h>

struct _LiaCallDock
{
  AdwBin parent_instance;

  AdwBanner *offer;
  AdwBanner *problem;
  GtkBox    *bars;

  LiaPhoneStation *station;
  LiaPhoneLine    *offered; /* whose conversation is offered, or NULL */
};

enum {
  SIGNAL_SHOW_LINE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaCallDock, lia_call_dock, ADW_TYPE_BIN)

static void
show_line (LiaCallDock  *self,
           LiaPhoneLine *line)
{
  if (line == self->offered)
    lia_call_dock_offer (self, NULL);
  g_signal_emit (self, signals[SIGNAL_SHOW_LINE], 0, line);
}

static void
on_who_clicked_cb (LiaCallDock *self,
                   LiaCallBar  *bar)
{
  show_line (self, lia_call_bar_get_line (bar));
}

static void
on_offer_clicked_cb (LiaCallDock *self)
{
  g_autoptr (LiaPhoneLine) line = self->offered != NULL ? g_object_ref (self->offered) : NULL;

  if (line != NULL)
    show_line (self, line);
}

static void
on_try_again_clicked_cb (LiaCallDock *self)
{
  lia_phone_station_try_again (self->station);
}

static LiaCallBar *
find_bar (LiaCallDock  *self,
          LiaPhoneLine *line)
{
  for (GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (self->bars)); bar != NULL; bar = gtk_widget_get_next_sibling (bar))
    if (lia_call_bar_get_line (LIA_CALL_BAR (bar)) == line)
      return LIA_CALL_BAR (bar);
  return NULL;
}

static gboolean
is_listed (LiaCallDock  *self,
           LiaPhoneLine *line)
{
  return lia_phone_station_find (self->station, lia_phone_line_get_id (line)) == line;
}

static void
remove_old_bars (LiaCallDock *self)
{
  GtkWidget *next;

  for (GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (self->bars)); bar != NULL; bar = next)
    {
      next = gtk_widget_get_next_sibling (bar);
      if (!is_listed (self, lia_call_bar_get_line (LIA_CALL_BAR (bar))))
        gtk_box_remove (self->bars, bar);
    }
}

static void
on_lines_changed_cb (LiaCallDock *self)
{
  GListModel *lines = lia_phone_station_get_lines (self->station);

  remove_old_bars (self);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (LiaPhoneLine) line = g_list_model_get_item (lines, i);
      GtkWidget *bar;

      if (find_bar (self, line) != NULL)
        continue;
      bar = lia_call_bar_new (line, lia_phone_station_get_client (self->station));
      g_signal_connect_object (bar, "who-clicked", G_CALLBACK (on_who_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->bars, bar);
    }
  if (self->offered != NULL && !is_listed (self, self->offered))
    lia_call_dock_offer (self, NULL);
}

static void
update_problem (LiaCallDock *self)
{
  LiaPhoneState    state = lia_phone_station_get_phone_state (self->station);
  const char      *problem = lia_phone_station_get_phone_problem (self->station);
  gboolean         wrong = state == LIA_PHONE_REFUSED || state == LIA_PHONE_UNREACHABLE;
  g_autofree char *title = wrong ? g_strdup_printf (_ ("Nobody can call you: %s"), problem != NULL ? problem : "") : NULL;

  if (title != NULL)
    adw_banner_set_title (self->problem, title);
  adw_banner_set_use_markup (self->problem, FALSE);
  adw_banner_set_revealed (self->problem, wrong);
}

/** lia_call_dock_offer: @line: (nullable): whose conversation could be shown, without taking away what is being written. */
void
lia_call_dock_offer (LiaCallDock  *self,
                     LiaPhoneLine *line)
{
  g_set_object (&self->offered, line);
  if (line != NULL)
    {
      g_autofree char *who = lia_line_words_who (line);
      g_autofree char *title = g_strdup_printf (_ ("%s is on the telephone"), who);

      adw_banner_set_use_markup (self->offer, FALSE);
      adw_banner_set_title (self->offer, title);
    }
  adw_banner_set_revealed (self->offer, line != NULL);
}

/** lia_call_dock_activate: does it with the call that a key means. FALSE when there is none with which it can be done. */
gboolean
lia_call_dock_activate (LiaCallDock  *self,
                        LiaLineAction action)
{
  LiaPhoneLine *line = lia_phone_station_find_for (self->station, action);
  LiaCallBar   *bar = line != NULL ? find_bar (self, line) : NULL;

  if (bar == NULL)
    return FALSE;
  lia_call_bar_activate (bar, action);
  return TRUE;
}

static gboolean
lia_call_dock_grab_focus (GtkWidget *widget)
{
  GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (LIA_CALL_DOCK (widget)->bars));

  return bar != NULL && gtk_widget_grab_focus (bar);
}

void
lia_call_dock_set_station (LiaCallDock     *self,
                           LiaPhoneStation *station)
{
  g_return_if_fail (self->station == NULL);

  self->station = g_object_ref (station);
  g_signal_connect_object (lia_phone_station_get_lines (station), "items-changed", G_CALLBACK (on_lines_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::phone-state", G_CALLBACK (update_problem), self, G_CONNECT_SWAPPED);
  on_lines_changed_cb (self);
  update_problem (self);
}

/* The last one who holds it: its lines end with it, which is no news for us any more. */
static void
forget_station (LiaCallDock *self)
{
  if (self->station == NULL)
    return;

  g_signal_handlers_disconnect_by_data (lia_phone_station_get_lines (self->station), self);
  g_signal_handlers_disconnect_by_data (self->station, self);
  g_clear_object (&self->station);
}

static void
lia_call_dock_dispose (GObject *object)
{
  LiaCallDock *self = LIA_CALL_DOCK (object);

  forget_station (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CALL_DOCK);
  g_clear_object (&self->offered);
  G_OBJECT_CLASS (lia_call_dock_parent_class)->dispose (object);
}

static void
lia_call_dock_class_init (LiaCallDockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_call_dock_dispose;
  widget_class->grab_focus = lia_call_dock_grab_focus;

  signals[SIGNAL_SHOW_LINE] =
      g_signal_new ("show-line", LIA_TYPE_CALL_DOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_PHONE_LINE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-call-dock.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaCallDock, offer);
  gtk_widget_class_bind_template_child (widget_class, LiaCallDock, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaCallDock, bars);
  gtk_widget_class_bind_template_callback (widget_class, on_offer_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_clicked_cb);
}

static void
lia_call_dock_init (LiaCallDock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
