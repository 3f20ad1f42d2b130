/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The buttons of a state are shown, the others are not; of those that are shown, what cannot be done is insensitive and says why. A toggle shows what
 * is, not what was asked for: that is pending, and pulses.
 */
#include "lia-call-bar.h"

#include "lia-call-sound.h"
#include "lia-call-who.h"
#include "lia-keypad.h"
#include "lia-line-words.h"
#include "lia-listen-bar.h"
#include "lia-page-code-popover.h"
#include "lia-record-popover.h"
#include "lia-transfer-popover.h"
#include "lia-wrap-up-bar.h"

#include <glib/gi18n.h>

struct _LiaCallBar
{
  AdwBin parent_instance;

  GtkStack           *stack;
  GtkWidget          *who_button;
  LiaCallWho         *who;
  LiaCallSound       *sound;
  GtkWidget          *answer;
  GtkWidget          *complete;
  GtkWidget          *cancel;
  GtkWidget          *mute;
  GtkWidget          *hold;
  GtkWidget          *keys;
  GtkWidget          *transfer;
  GtkWidget          *park;
  GtkWidget          *record;
  GtkWidget          *page;
  GtkWidget          *note;
  GtkWidget          *hang_up;
  LiaTransferPopover *transfer_popover;
  LiaRecordPopover   *record_popover;
  LiaPageCodePopover *page_popover;
  GtkPopover         *note_popover;
  GtkTextView        *note_view;
  LiaWrapUpBar       *wrap_up;
  LiaListenBar       *listen;

  LiaPhoneLine *line;
  guint         tick;
  char         *announced;
};

enum {
  SIGNAL_WHO_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaCallBar, lia_call_bar, ADW_TYPE_BIN)

#define IN(state) (1u << (state))
#define IN_TALK (IN (LIA_LINE_TALKING) | IN (LIA_LINE_HELD))
#define IN_CONSULTATION (IN (LIA_LINE_CONSULT_RINGING) | IN (LIA_LINE_CONSULTING))

static const struct
{
  LiaLineAction action;
  gsize         button;
  guint         shown; /* in which states */
  const char   *title;
  const char   *title_on; /* of a toggle that is on */
  const char   *keys;
} buttons[] = {
  { LIA_LINE_ANSWER, G_STRUCT_OFFSET (LiaCallBar, answer), IN (LIA_LINE_RINGING), N_ ("Answer"), NULL, "F2" },
  { LIA_LINE_COMPLETE, G_STRUCT_OFFSET (LiaCallBar, complete), IN_CONSULTATION, N_ ("Hand the Customer Over"), NULL, "F3" },
  { LIA_LINE_CANCEL, G_STRUCT_OFFSET (LiaCallBar, cancel), IN_CONSULTATION, N_ ("Go Back to the Customer"), NULL, "Shift+F3" },
  { LIA_LINE_MUTE, G_STRUCT_OFFSET (LiaCallBar, mute), IN_TALK | IN_CONSULTATION, N_ ("Mute"), N_ ("Be Heard Again"), "F7" },
  { LIA_LINE_HOLD, G_STRUCT_OFFSET (LiaCallBar, hold), IN_TALK, N_ ("Hold"), N_ ("Take off Hold"), "F8" },
  { LIA_LINE_KEYS, G_STRUCT_OFFSET (LiaCallBar, keys), IN_TALK | IN_CONSULTATION, N_ ("Keypad"), NULL, "Ctrl+Shift+K" },
  { LIA_LINE_TRANSFER, G_STRUCT_OFFSET (LiaCallBar, transfer), IN_TALK, N_ ("Transfer"), NULL, "F3" },
  { LIA_LINE_PARK, G_STRUCT_OFFSET (LiaCallBar, park), IN_TALK | IN (LIA_LINE_PARKED), N_ ("Park"), N_ ("Take Back"), "Ctrl+Shift+P" },
  { LIA_LINE_RECORD, G_STRUCT_OFFSET (LiaCallBar, record), IN_TALK | IN_CONSULTATION, N_ ("Record"), N_ ("Being Recorded"), "Ctrl+Shift+L" },
  { LIA_LINE_PAGE, G_STRUCT_OFFSET (LiaCallBar, page), IN_TALK, N_ ("Join Their Web Page"), NULL, "Ctrl+Shift+X" },
  { LIA_LINE_NOTE, G_STRUCT_OFFSET (LiaCallBar, note), IN_TALK | IN_CONSULTATION | IN (LIA_LINE_PARKED), N_ ("Note"), NULL, "Ctrl+Shift+E" },
  { LIA_LINE_HANG_UP, G_STRUCT_OFFSET (LiaCallBar, hang_up), IN (LIA_LINE_RINGING) | IN (LIA_LINE_DIALLING) | IN_TALK | IN_CONSULTATION,
    N_ ("Hang Up"), NULL, "F4" },
};

static GtkWidget *
nth_button (LiaCallBar *self,
            guint       n)
{
  return G_STRUCT_MEMBER (GtkWidget *, self, buttons[n].button);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static const char *
title_of (LiaCallBar *self,
          guint       n)
{
  if (buttons[n].action == LIA_LINE_HANG_UP && lia_phone_line_get_state (self->line) == LIA_LINE_RINGING)
    return _ ("Reject");
  if (buttons[n].title_on != NULL && lia_phone_line_is_on (self->line, buttons[n].action))
    return _ (buttons[n].title_on);

  return _ (buttons[n].title);
}

static void
fill_button (LiaCallBar *self,
             guint       n)
{
  LiaLineAction    action = buttons[n].action;
  GtkWidget       *button = nth_button (self, n);
  const char      *title = title_of (self, n);
  const char      *why_not;
  gboolean         can = lia_phone_line_can (self->line, action, &why_not);
  g_autofree char *tip = can ? g_strdup_printf ("%s (%s)", title, buttons[n].keys) : g_strdup_printf ("%s: %s", title, why_not);
  gboolean         pending = lia_phone_line_is_pending (self->line, action);
  gboolean         on = lia_phone_line_is_on (self->line, action);

  gtk_widget_set_visible (button, (buttons[n].shown & IN (lia_phone_line_get_state (self->line))) != 0);
  gtk_widget_set_sensitive (button, can);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  can ? "" : why_not, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_BUSY, pending, -1);
  set_class (button, "pending", pending);
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), on);
  if (action == LIA_LINE_RECORD)
    set_class (button, "error", on);
}

/* Who cannot see it is told when it changes, but not of every second. */
static void
announce (LiaCallBar *self)
{
  g_autofree char *who = lia_line_words_who (self->line);
  const char      *problem = lia_phone_line_get_problem (self->line);
  g_autofree char *words = lia_line_words_state (self->line);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", who, problem != NULL ? problem : words);

  if (!g_set_str (&self->announced, spoken))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
fill_who (LiaCallBar *self)
{
  gboolean can_show = lia_phone_line_get_conversation (self->line) != NULL;

  lia_call_who_fill (self->who, self->line);
  /* Not greyed out while there is nothing to show: it is who calls. */
  gtk_widget_set_can_target (self->who_button, can_show);
  gtk_widget_set_focusable (self->who_button, can_show);
  announce (self);
}

/* Who is writing goes on writing, in the field that is there now. */
static void
begin_wrap_up (LiaCallBar *self)
{
  gboolean writing = gtk_widget_get_visible (GTK_WIDGET (self->note_popover));

  lia_wrap_up_bar_begin (self->wrap_up);
  gtk_stack_set_visible_child_name (self->stack, "wrap-up");
  if (writing)
    gtk_widget_grab_focus (GTK_WIDGET (self->wrap_up));
}

static void
fill (LiaCallBar *self)
{
  LiaLineState state = lia_phone_line_get_state (self->line);

  lia_call_sound_fill (self->sound, self->line);
  if (state == LIA_LINE_WRAP_UP)
    {
      if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "wrap-up") != 0)
        begin_wrap_up (self);
      lia_wrap_up_bar_fill (self->wrap_up);
      announce (self);
      return;
    }

  if (lia_phone_line_listens (self->line))
    {
      gtk_stack_set_visible_child_name (self->stack, "listen");
      lia_listen_bar_fill (self->listen);
      announce (self);
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, "call");
  set_class (GTK_WIDGET (self), "ringing", state == LIA_LINE_RINGING);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    fill_button (self, i);
  fill_who (self);
}

static gboolean
on_tick_cb (gpointer data)
{
  LiaCallBar *self = data;

  if (lia_phone_line_get_state (self->line) == LIA_LINE_WRAP_UP)
    lia_wrap_up_bar_fill (self->wrap_up);
  else if (lia_phone_line_listens (self->line))
    lia_listen_bar_fill (self->listen);
  else
    lia_call_who_tick (self->who, self->line);

  return G_SOURCE_CONTINUE;
}

static void
on_who_clicked_cb (LiaCallBar *self)
{
  g_signal_emit (self, signals[SIGNAL_WHO_CLICKED], 0);
}

static void
on_answer_clicked_cb (LiaCallBar *self)
{
  lia_phone_line_answer (self->line);
}

static void
on_hang_up_clicked_cb (LiaCallBar *self)
{
  lia_phone_line_hang_up (self->line);
}

static void
on_complete_clicked_cb (LiaCallBar *self)
{
  lia_phone_line_complete (self->line);
}

static void
on_cancel_clicked_cb (LiaCallBar *self)
{
  lia_phone_line_cancel (self->line);
}

static void
toggle (LiaCallBar   *self,
        LiaLineAction action)
{
  lia_phone_line_set_on (self->line, action, !lia_phone_line_is_on (self->line, action));
  fill (self);
}

static void
on_mute_clicked_cb (LiaCallBar *self)
{
  toggle (self, LIA_LINE_MUTE);
}

static void
on_hold_clicked_cb (LiaCallBar *self)
{
  toggle (self, LIA_LINE_HOLD);
}

static void
on_park_clicked_cb (LiaCallBar *self)
{
  toggle (self, LIA_LINE_PARK);
}

static void
on_key_cb (LiaCallBar *self,
           const char *key)
{
  lia_phone_line_send_keys (self->line, key);
}

static void
on_note_show_cb (LiaCallBar *self)
{
  /* The line follows the field, and so changes its own text meanwhile. */
  g_autofree char *note = g_strdup (lia_phone_line_get_note (self->line));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note_view), note, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->note_view));
}

static void
on_note_changed_cb (LiaCallBar *self)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->note_view);
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  lia_phone_line_set_note (self->line, text);
}

static void
on_note_closed_cb (LiaCallBar *self)
{
  lia_phone_line_save_note (self->line);
}

/**
 * lia_call_bar_activate:
 *
 * As if its button were pressed.
 */
void
lia_call_bar_activate (LiaCallBar   *self,
                       LiaLineAction action)
{
  /* After the call its note has a field of its own. */
  if (action == LIA_LINE_NOTE && lia_phone_line_get_state (self->line) == LIA_LINE_WRAP_UP)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->wrap_up));
      return;
    }
  if (action == LIA_LINE_FINISH || (action == LIA_LINE_HANG_UP && lia_phone_line_listens (self->line)))
    {
      (action == LIA_LINE_FINISH ? lia_phone_line_finish : lia_phone_line_hang_up) (self->line);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = nth_button (self, i);

      if (buttons[i].action != action || !gtk_widget_get_visible (button) || !gtk_widget_get_sensitive (button))
        continue;
      if (GTK_IS_MENU_BUTTON (button))
        gtk_menu_button_popup (GTK_MENU_BUTTON (button));
      else
        g_signal_emit_by_name (button, "clicked");
    }
}

LiaPhoneLine *
lia_call_bar_get_line (LiaCallBar *self)
{
  return self->line;
}

GtkWidget *
lia_call_bar_new (LiaPhoneLine *line,
                  LiaClient    *client)
{
  LiaCallBar *self = g_object_new (LIA_TYPE_CALL_BAR, NULL);

  self->line = g_object_ref (line);
  lia_transfer_popover_set_line (self->transfer_popover, line, client);
  lia_record_popover_set_line (self->record_popover, line);
  lia_page_code_popover_set_line (self->page_popover, line, client);
  lia_wrap_up_bar_set_line (self->wrap_up, line);
  lia_listen_bar_set_line (self->listen, line);
  g_signal_connect_object (line, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);

  return GTK_WIDGET (self);
}

static gboolean
lia_call_bar_grab_focus (GtkWidget *widget)
{
  LiaCallBar *self = LIA_CALL_BAR (widget);

  if (lia_phone_line_get_state (self->line) == LIA_LINE_WRAP_UP)
    return gtk_widget_grab_focus (GTK_WIDGET (self->wrap_up));

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
lia_call_bar_map (GtkWidget *widget)
{
  LiaCallBar *self = LIA_CALL_BAR (widget);

  GTK_WIDGET_CLASS (lia_call_bar_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (1, on_tick_cb, self);
}

static void
lia_call_bar_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LIA_CALL_BAR (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (lia_call_bar_parent_class)->unmap (widget);
}

static void
lia_call_bar_dispose (GObject *object)
{
  LiaCallBar *self = LIA_CALL_BAR (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CALL_BAR);
  g_clear_object (&self->line);
  g_clear_pointer (&self->announced, g_free);
  G_OBJECT_CLASS (lia_call_bar_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, who_button);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, who);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, sound);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, answer);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, complete);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, cancel);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, mute);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, hold);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, keys);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, transfer);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, park);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, record);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, page);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, note);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, hang_up);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, transfer_popover);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, record_popover);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, page_popover);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, note_popover);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, note_view);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, wrap_up);
  gtk_widget_class_bind_template_child (widget_class, LiaCallBar, listen);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_who_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hang_up_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_complete_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_mute_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_park_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_closed_cb);
}

static void
lia_call_bar_class_init (LiaCallBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_call_bar_dispose;
  widget_class->grab_focus = lia_call_bar_grab_focus;
  widget_class->map = lia_call_bar_map;
  widget_class->unmap = lia_call_bar_unmap;

  signals[SIGNAL_WHO_CLICKED] = g_signal_new ("who-clicked", LIA_TYPE_CALL_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIA_TYPE_CALL_SOUND);
  g_type_ensure (LIA_TYPE_CALL_WHO);
  g_type_ensure (LIA_TYPE_KEYPAD);
  g_type_ensure (LIA_TYPE_LISTEN_BAR);
  g_type_ensure (LIA_TYPE_PAGE_CODE_POPOVER);
  g_type_ensure (LIA_TYPE_RECORD_POPOVER);
  g_type_ensure (LIA_TYPE_TRANSFER_POPOVER);
  g_type_ensure (LIA_TYPE_WRAP_UP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-call-bar.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
lia_call_bar_init (LiaCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
