/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-responses-pane.h"

#include "lia-response-list.h"
#include "lia-response-preview.h"
#include "lia-response-words.h"

#include <glib/gi18n.h>

#define MAX_HITS 50
#define MAX_SUGGESTIONS 5
#define MAX_ROWS 6

struct _LiaResponsesPane
{
  AdwBin parent_instance;

  GtkSearchEntry     *entry;
  GtkLabel           *heading;
  GtkWidget          *found;
  LiaResponseList    *list;
  GtkLabel           *reason;
  LiaResponsePreview *preview;
  GtkWidget          *insert_button;

  LiaResponseFinder *finder;
  guint              tick; /* something has changed since */
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaResponsesPane, lia_responses_pane, ADW_TYPE_BIN)

static void
set_heading (LiaResponsesPane *self,
             const char       *typed,
             GPtrArray        *hits)
{
  const LiaCannedHit *best = hits->len > 0 ? hits->pdata[0] : NULL;
  g_autofree char    *count = g_strdup_printf (ngettext ("%u response", "%u responses", hits->len), hits->len);

  if (*typed != '\0')
    gtk_label_set_label (self->heading, best != NULL ? count : _ ("Nothing found"));
  else if (best == NULL)
    gtk_label_set_label (self->heading, _ ("No good answer known: search for one"));
  else
    gtk_label_set_label (self->heading, best->suggested ? _ ("What may answer the customer")
                                                        : _ ("No good answer known. Used most in conversations like this one:"));
}

static void
look (LiaResponsesPane *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GPtrArray) hits = NULL;

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->finder == NULL)
    return;

  hits = lia_response_finder_find (self->finder, typed, *typed != '\0' ? MAX_HITS : MAX_SUGGESTIONS);
  set_heading (self, typed, hits);
  gtk_widget_set_visible (self->found, hits->len > 0);
  lia_response_list_set_hits (self->list, hits);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  LIA_RESPONSES_PANE (widget)->tick = 0;
  look (LIA_RESPONSES_PANE (widget));

  return G_SOURCE_REMOVE;
}

/* A pane that nobody sees looks for nothing; what changes at once is looked at once. */
static void
look_soon (LiaResponsesPane *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
on_selected_cb (LiaResponsesPane *self)
{
  LiaCannedHit    *hit = lia_response_list_get_selected (self->list);
  g_autofree char *reason = hit != NULL ? lia_response_words_reason (hit) : NULL;
  g_autoptr (LiaResponseWording) wording = hit != NULL && self->finder != NULL ? lia_response_finder_word (self->finder, hit->canned) : NULL;

  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  lia_response_preview_set_wording (self->preview, wording);
  gtk_widget_set_sensitive (self->insert_button, wording != NULL && wording->result != NULL);

  if ((gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    {
      g_autofree char *words = lia_response_list_dup_announcement (self->list);

      gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

static void
choose (LiaResponsesPane *self)
{
  LiaCannedHit *hit = lia_response_list_get_selected (self->list);

  if (hit != NULL && gtk_widget_get_sensitive (self->insert_button))
    g_signal_emit (self, signals[CHOSEN], 0, hit->canned);
}

static void
edit (LiaResponsesPane *self)
{
  LiaCannedHit *hit = lia_response_list_get_selected (self->list);

  gtk_widget_activate_action (GTK_WIDGET (self), "workbench.edit-response", "s", hit != NULL ? hit->canned->id : "");
}

static void
on_activated_cb (LiaResponsesPane *self,
                 int               n_clicks)
{
  if (n_clicks == 2)
    choose (self);
}

static gboolean
on_key_pressed_cb (LiaResponsesPane *self,
                   guint             key,
                   guint             code,
                   GdkModifierType   modifiers)
{
  modifiers &= gtk_accelerator_get_default_mod_mask ();
  if (key == GDK_KEY_e && modifiers == GDK_CONTROL_MASK)
    {
      edit (self);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_g && modifiers == GDK_CONTROL_MASK)
    {
      lia_response_preview_change_formality (self->preview);
      return GDK_EVENT_STOP;
    }
  if (modifiers != 0)
    return GDK_EVENT_PROPAGATE;

  return lia_response_list_take_key (self->list, key);
}

static void
on_stop_search_cb (LiaResponsesPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
lia_responses_pane_dispose (GObject *object)
{
  LiaResponsesPane *self = LIA_RESPONSES_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_RESPONSES_PANE);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (lia_responses_pane_parent_class)->dispose (object);
}

static void
lia_responses_pane_class_init (LiaResponsesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_responses_pane_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_RESPONSES_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CANNED);

  g_type_ensure (LIA_TYPE_RESPONSE_LIST);
  g_type_ensure (LIA_TYPE_RESPONSE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-responses-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, entry);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, found);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, list);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, reason);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, preview);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsesPane, insert_button);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, edit);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
}

static void
lia_responses_pane_init (LiaResponsesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lia_response_list_set_max_rows (self->list, MAX_ROWS);
  g_signal_connect (self, "map", G_CALLBACK (look_soon), NULL);
}

/** lia_responses_pane_set_finder: the one of the conversation that is shown beside. Once. */
void
lia_responses_pane_set_finder (LiaResponsesPane  *self,
                               LiaResponseFinder *finder)
{
  g_return_if_fail (self->finder == NULL);

  self->finder = g_object_ref (finder);
  lia_response_preview_set_finder (self->preview, finder);
  g_signal_connect_object (finder, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
}

/** lia_responses_pane_start_search: with the keyboard in the search field. */
void
lia_responses_pane_start_search (LiaResponsesPane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
