/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-shortcuts.h"

#include <glib/gi18n.h>

static const LiaShortcut shortcuts[] = {
  { N_ ("Writing"), N_ ("Reply"), "conversation.write", "'reply'", "<Control>r" },
  { N_ ("Writing"), N_ ("Reply to All"), "conversation.write", "'reply-all'", "<Control><Shift>r" },
  { N_ ("Writing"), N_ ("Forward"), "conversation.write", "'forward'", "<Control>l" },
  { N_ ("Writing"), N_ ("Write in the Chat"), "conversation.write", "'chat'", "<Control>h" },
  { N_ ("Writing"), N_ ("Write an Internal Note"), "conversation.write", "'note'", "<Control>m" },
  { N_ ("Writing"), N_ ("Attach a File"), "conversation.write", "'attach'", "<Control><Shift>a" },
  { N_ ("Writing"), N_ ("Find a Canned Response"), "conversation.write", "'responses'", "<Control>semicolon" },
  { N_ ("Writing"), N_ ("Send"), "conversation.write", "'send'", "<Control>Return" },
  { N_ ("Conversation"), N_ ("Take the Most Urgent Conversation or Caller"), "workbench.take-next", NULL, "<Control>j" },
  { N_ ("Conversation"), N_ ("Take This Conversation or Caller"), "conversation.take", NULL, "<Control>t" },
  { N_ ("Conversation"), N_ ("Take the Chat That Is Offered"), "workbench.take-offer", NULL, "<Shift>F2" },
  { N_ ("Conversation"), N_ ("Let Somebody Else Take the Chat That Is Offered"), "workbench.decline-offer", NULL, "<Shift>F4" },
  { N_ ("Conversation"), N_ ("Close This Conversation"), "conversation.close", NULL, "<Control>d" },
  { N_ ("Conversation"), N_ ("Reopen This Conversation"), "conversation.reopen", NULL, "<Control><Shift>o" },
  { N_ ("Conversation"), N_ ("Mark as Unread"), "conversation.mark-unread", NULL, "<Control><Shift>y" },
  { N_ ("Conversation"), N_ ("Release to the Queue"), "conversation.release", NULL, NULL },
  { N_ ("Conversation"), N_ ("Edit Tags"), "conversation.edit-tags", NULL, "<Control><Shift>t" },
  { N_ ("Conversation"), N_ ("Send the Chat to Its Visitor by E-Mail"), "conversation.send-chat", NULL, NULL },
  { N_ ("Conversation"), N_ ("Snooze for an Hour"), "conversation.snooze", "'hour'", NULL },
  { N_ ("Conversation"), N_ ("Snooze until Tomorrow"), "conversation.snooze", "'tomorrow'", NULL },
  { N_ ("Conversation"), N_ ("Snooze until Next Week"), "conversation.snooze", "'week'", NULL },
  { N_ ("Conversation"), N_ ("Write a New Message"), "workbench.compose", NULL, "<Control>n" },
  { N_ ("Conversation"), N_ ("Keep What the Customer Says of the Product"), "workbench.feedback", NULL, "<Control><Shift>f" },
  { N_ ("Calls"), N_ ("Answer"), "call.answer", NULL, "F2" },
  { N_ ("Calls"), N_ ("Hang Up or Reject"), "call.hang-up", NULL, "F4" },
  { N_ ("Calls"), N_ ("Call This Customer Back"), "conversation.call-back", NULL, "<Control><Shift>b" },
  { N_ ("Calls"), N_ ("Offer a Call in the Chat"), "conversation.offer-call", NULL, "<Control><Shift>c" },
  { N_ ("Calls"), N_ ("Mute or Be Heard Again"), "call.mute", NULL, "F7" },
  { N_ ("Calls"), N_ ("Hold or Take off Hold"), "call.hold", NULL, "F8" },
  { N_ ("Calls"), N_ ("Switch to the Call on Hold"), "call.switch", NULL, "<Shift>F8" },
  { N_ ("Calls"), N_ ("Transfer, or Hand Over after Asking"), "call.transfer", NULL, "F3" },
  { N_ ("Calls"), N_ ("Go Back to the Customer"), "call.cancel-transfer", NULL, "<Shift>F3" },
  { N_ ("Calls"), N_ ("Keypad"), "call.keys", NULL, "<Control><Shift>k" },
  { N_ ("Calls"), N_ ("Park or Take Back"), "call.park", NULL, "<Control><Shift>p" },
  { N_ ("Calls"), N_ ("Record"), "call.record", NULL, "<Control><Shift>l" },
  { N_ ("Calls"), N_ ("Join the Web Page That They Are On"), "call.page", NULL, "<Control><Shift>x" },
  { N_ ("Calls"), N_ ("Write a Note about the Call"), "call.note", NULL, "<Control><Shift>e" },
  { N_ ("Calls"), N_ ("Finish the Wrap-Up"), "call.finish", NULL, "<Control><Shift>Return" },
  { N_ ("Calls"), N_ ("Go to the Calls"), "call.focus", NULL, "<Control><Shift>j" },
  { N_ ("Calls"), N_ ("New Call"), "call.dial", NULL, "<Control><Shift>n" },
  { N_ ("Lists"), N_ ("Next Conversation"), "workbench.step", "1", "<Alt>Down" },
  { N_ ("Lists"), N_ ("Previous Conversation"), "workbench.step", "-1", "<Alt>Up" },
  { N_ ("Lists"), N_ ("Go to the List"), "workbench.focus-list", NULL, "<Control>i" },
  { N_ ("Lists"), N_ ("Next Part of the Window"), "workbench.travel", "1", "F6" },
  { N_ ("Lists"), N_ ("Previous Part of the Window"), "workbench.travel", "-1", "<Shift>F6" },
  { N_ ("Lists"), N_ ("First View"), "workbench.view-at", "0", "<Control>1" },
  { N_ ("Lists"), N_ ("Second View"), "workbench.view-at", "1", "<Control>2" },
  { N_ ("Lists"), N_ ("Third View"), "workbench.view-at", "2", "<Control>3" },
  { N_ ("Lists"), N_ ("Fourth View"), "workbench.view-at", "3", "<Control>4" },
  { N_ ("Lists"), N_ ("Fifth View"), "workbench.view-at", "4", "<Control>5" },
  { N_ ("Lists"), N_ ("Sixth View"), "workbench.view-at", "5", "<Control>6" },
  { N_ ("Lists"), N_ ("Seventh View"), "workbench.view-at", "6", "<Control>7" },
  { N_ ("Lists"), N_ ("Eighth View"), "workbench.view-at", "7", "<Control>8" },
  { N_ ("Lists"), N_ ("Ninth View"), "workbench.view-at", "8", "<Control>9" },
  { N_ ("General"), N_ ("Search"), "workbench.search", NULL, "<Control>f" },
  { N_ ("General"), N_ ("Do Something by Its Name"), "workbench.palette", NULL, "<Control>k" },
  { N_ ("General"), N_ ("Show or Hide the Side Pane"), "workbench.toggle-customer", NULL, "F9" },
  { N_ ("General"), N_ ("Search Canned Responses in the Side Pane"), "workbench.responses", NULL, "<Shift>F9" },
  { N_ ("General"), N_ ("Fetch Mail Now"), "workbench.sync", NULL, "F5" },
  { N_ ("General"), N_ ("I Am Available"), "workbench.availability", "'available'", NULL },
  { N_ ("General"), N_ ("I Am Busy"), "workbench.availability", "'busy'", NULL },
  { N_ ("General"), N_ ("I Have a Pause"), "workbench.availability", "'paused'", NULL },
  { N_ ("General"), N_ ("I Am Offline"), "workbench.availability", "'offline'", NULL },
  { N_ ("General"), N_ ("Library of Canned Responses"), "workbench.library", NULL, "<Control>b" },
  { N_ ("General"), N_ ("Findings"), "workbench.findings", NULL, "<Control><Shift>h" },
  { N_ ("General"), N_ ("Customers to Tell of a Fix"), "workbench.notices", NULL, "<Control><Shift>s" },
  { N_ ("General"), N_ ("Wallboard"), "workbench.wallboard", NULL, "<Control><Shift>w" },
  { N_ ("General"), N_ ("Audit Log"), "workbench.audit", NULL, NULL },
  { N_ ("General"), N_ ("Preferences"), "win.preferences", NULL, "<Control>comma" },
  { N_ ("General"), N_ ("Keyboard Shortcuts"), "workbench.shortcuts", NULL, "<Control>question" },
  { N_ ("General"), N_ ("Close the Window"), "window.close", NULL, "<Control>w" },
  { N_ ("General"), N_ ("Quit"), "app.quit", NULL, "<Control>q" },
};

const LiaShortcut *
lia_shortcuts_get (guint *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

static GVariant *
shortcut_target (const LiaShortcut *shortcut)
{
  return shortcut->target != NULL ? g_variant_parse (NULL, shortcut->target, NULL, NULL, NULL) : NULL;
}

static gboolean
shortcut_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   shortcut)
{
  return lia_shortcut_activate (shortcut, g_object_get_data (G_OBJECT (widget), "shortcuts-target"));
}

/**
 * lia_shortcuts_install:
 * @widget: which is always on screen: GTK asks nothing that is hidden
 * @target: inside of @widget; from here all the actions can be reached
 *
 * Makes the keys work wherever the focus is in the window of @widget.
 */
void
lia_shortcuts_install (GtkWidget *widget,
                       GtkWidget *target)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const char *action = shortcuts[i].action;

      /* The application's, the window's and the composer's own are bound there. */
      if (shortcuts[i].accel == NULL || g_str_has_prefix (action, "app.") || g_str_has_prefix (action, "win") ||
          g_strcmp0 (action, "conversation.write") == 0)
        continue;
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].accel),
                                                              gtk_callback_action_new (shortcut_cb, (gpointer)&shortcuts[i], NULL)));
    }
  g_object_set_data (G_OBJECT (widget), "shortcuts-target", target);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_widget_add_controller (widget, controller);
}

gboolean
lia_shortcut_activate (const LiaShortcut *shortcut,
                       GtkWidget         *widget)
{
  g_autoptr (GVariant) target = shortcut_target (shortcut);

  return gtk_widget_activate_action_variant (widget, shortcut->action, target);
}
