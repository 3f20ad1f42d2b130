/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the telephone means to the window: keys that act on a call wherever the focus is, and a caller's conversation that opens by itself, unless
 * something is being written: then it is only offered.
 */
#include "lia-workbench-private.h"

#include "lia-dial-dialog.h"
#include "lia-then.h"

#include <glib/gi18n.h>

static const struct
{
  const char   *name;
  LiaLineAction action;
  LiaLineAction or ; /* what the same key does in another state of a call; the same where there is none */
} actions[] = {
  { "call.answer", LIA_LINE_ANSWER, LIA_LINE_ANSWER },
  { "call.hang-up", LIA_LINE_HANG_UP, LIA_LINE_HANG_UP },
  { "call.mute", LIA_LINE_MUTE, LIA_LINE_MUTE },
  { "call.hold", LIA_LINE_HOLD, LIA_LINE_HOLD },
  { "call.keys", LIA_LINE_KEYS, LIA_LINE_KEYS },
  { "call.transfer", LIA_LINE_COMPLETE, LIA_LINE_TRANSFER },
  { "call.cancel-transfer", LIA_LINE_CANCEL, LIA_LINE_CANCEL },
  { "call.park", LIA_LINE_PARK, LIA_LINE_PARK },
  { "call.record", LIA_LINE_RECORD, LIA_LINE_RECORD },
  { "call.page", LIA_LINE_PAGE, LIA_LINE_PAGE },
  { "call.note", LIA_LINE_NOTE, LIA_LINE_NOTE },
  { "call.finish", LIA_LINE_FINISH, LIA_LINE_FINISH },
};

static gboolean
dialog_is_open (LiaWorkbench *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return ADW_IS_APPLICATION_WINDOW (root) && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root)) != NULL;
}

static void
call_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, action_name) && !lia_call_dock_activate (self->calls, actions[i].action) &&
        (actions[i].or == actions[i].action || !lia_call_dock_activate (self->calls, actions[i].or)))
      lia_toast (GTK_WIDGET (self->page), _ ("There is no call with which that can be done now"));
}

static const char *
open_conversation (LiaWorkbench *self)
{
  LiaConversation *conversation = lia_conversation_page_get_conversation (self->page);

  return conversation != NULL ? conversation->id : NULL;
}

/**
 * lia_workbench_dial:
 * @number: (nullable): what stands in the dialog at first
 */
void
lia_workbench_dial (LiaWorkbench *self,
                    const char   *number)
{
  if (!dialog_is_open (self))
    adw_dialog_present (lia_dial_dialog_new (self->station, number, NULL), GTK_WIDGET (self));
}

static void
dial_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  lia_workbench_dial (LIA_WORKBENCH (widget), NULL);
}

/* A number that was clicked in what is open */
static void
call_number_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  lia_phone_station_dial (self->station, g_variant_get_string (parameter, NULL), open_conversation (self));
}

/* Another conversation that something in this one leads to */
static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  lia_workbench_open (LIA_WORKBENCH (widget), g_variant_get_string (parameter, NULL), NULL);
}

static void
pause_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  lia_then_complain (lia_client_set_availability (self->client, "paused", g_variant_get_string (parameter, NULL)), GTK_WIDGET (self->page),
                     _ ("Your availability could not be changed"));
}

static void
focus_calls_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LIA_WORKBENCH (widget)->calls));
}

static void
switch_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (!lia_phone_station_switch (self->station))
    lia_toast (GTK_WIDGET (self->page), _ ("There is no call on hold"));
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) > 0;

  return GTK_IS_EDITABLE (widget) && *gtk_editable_get_text (GTK_EDITABLE (widget)) != '\0';
}

/* Whether the agent would lose their place */
static gboolean
is_writing (LiaWorkbench *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return dialog_is_open (self) || (focus != NULL && has_text (focus));
}

static void
on_show_line_cb (LiaWorkbench *self,
                 LiaPhoneLine *line)
{
  const char *conversation = lia_phone_line_get_conversation (line);

  if (conversation != NULL)
    lia_workbench_open (self, conversation, NULL);
}

/* Once a call: its conversation may be made a moment after it rings. */
static void
pop (LiaWorkbench *self,
     LiaPhoneLine *line)
{
  const char *conversation = lia_phone_line_get_conversation (line);

  if (conversation == NULL)
    return;
  g_signal_handlers_disconnect_by_func (line, pop, self);
  if (g_strcmp0 (conversation, open_conversation (self)) == 0)
    return;
  if (is_writing (self))
    lia_call_dock_offer (self->calls, line);
  else
    lia_workbench_open (self, conversation, NULL);
}

static void
on_ringing_cb (LiaWorkbench *self,
               LiaPhoneLine *line)
{
  g_signal_handlers_disconnect_by_func (line, pop, self);
  g_signal_connect_object (line, "changed", G_CALLBACK (pop), self, G_CONNECT_SWAPPED);
  pop (self, line);
}

static void
on_notice_cb (LiaWorkbench *self,
              const char   *words)
{
  lia_toast (GTK_WIDGET (self->page), words);
}

void
lia_workbench_set_station (LiaWorkbench    *self,
                           LiaPhoneStation *station)
{
  self->station = g_object_ref (station);
  lia_call_dock_set_station (self->calls, station);
  g_signal_connect_object (station, "ringing", G_CALLBACK (on_ringing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "talking", G_CALLBACK (on_ringing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notice", G_CALLBACK (on_notice_cb), self, G_CONNECT_SWAPPED);
}

void
lia_workbench_install_phone (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, call_action);
  gtk_widget_class_install_action (widget_class, "call.dial", NULL, dial_action);
  gtk_widget_class_install_action (widget_class, "call.number", "s", call_number_action);
  gtk_widget_class_install_action (widget_class, "call.switch", NULL, switch_action);
  gtk_widget_class_install_action (widget_class, "call.focus", NULL, focus_calls_action);
  gtk_widget_class_install_action (widget_class, "workbench.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "workbench.pause", "s", pause_action);
  gtk_widget_class_bind_template_callback (widget_class, on_show_line_cb);
}
