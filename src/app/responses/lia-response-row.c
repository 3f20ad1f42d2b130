/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-row.h"

#include "lia-response-words.h"

#include <glib/gi18n.h>

struct _LiaResponseRow
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *languages;
  GtkLabel *shortcut;
  GtkLabel *place;

  LiaCannedHit *hit;
};

G_DEFINE_FINAL_TYPE (LiaResponseRow, lia_response_row, ADW_TYPE_BIN)

/* Made when somebody points at the row: most are never pointed at. */
static gboolean
on_query_tooltip_cb (LiaResponseRow *self,
                     int             x,
                     int             y,
                     gboolean        keyboard,
                     GtkTooltip     *tooltip)
{
  g_autofree char *reason = self->hit != NULL ? lia_response_words_reason (self->hit) : NULL;

  if (reason == NULL || *reason == '\0')
    return FALSE;

  gtk_tooltip_set_text (tooltip, reason);

  return TRUE;
}

static void
lia_response_row_dispose (GObject *object)
{
  LiaResponseRow *self = LIA_RESPONSE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_RESPONSE_ROW);
  g_clear_object (&self->hit);

  G_OBJECT_CLASS (lia_response_row_parent_class)->dispose (object);
}

static void
lia_response_row_class_init (LiaResponseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_response_row_dispose;

  gtk_widget_class_set_css_name (widget_class, "response");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-response-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaResponseRow, title);
  gtk_widget_class_bind_template_child (widget_class, LiaResponseRow, languages);
  gtk_widget_class_bind_template_child (widget_class, LiaResponseRow, shortcut);
  gtk_widget_class_bind_template_child (widget_class, LiaResponseRow, place);
}

static void
lia_response_row_init (LiaResponseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
}

GtkWidget *
lia_response_row_new (void)
{
  return g_object_new (LIA_TYPE_RESPONSE_ROW, NULL);
}

static void
set_marked (GtkLabel     *label,
            const char   *text,
            const GArray *marks,
            gsize         offset)
{
  PangoAttrList *bold = lia_response_words_bold (marks, offset);

  gtk_label_set_attributes (label, bold);
  gtk_label_set_label (label, text);
  pango_attr_list_unref (bold);
}

/**
 * lia_response_row_set_hit:
 * @position: of @hit in all that was found, from 0
 */
void
lia_response_row_set_hit (LiaResponseRow *self,
                          LiaCannedHit   *hit,
                          guint           position,
                          guint           n_hits)
{
  LiaCanned       *canned = hit->canned;
  g_autofree char *shortcut = *canned->shortcut != '\0' ? g_strconcat ("/", canned->shortcut, NULL) : g_strdup ("");
  g_autofree char *place = lia_response_words_place (canned);
  g_autofree char *languages = lia_response_words_languages (canned);
  g_autofree char *spoken = lia_response_words_spoken (hit);

  g_set_object (&self->hit, hit);
  set_marked (self->title, canned->title, hit->title_marks, 0);
  set_marked (self->shortcut, shortcut, hit->shortcut_marks, 1);
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->languages, languages);
  gtk_widget_set_visible (GTK_WIDGET (self->shortcut), *shortcut != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int)position + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int)n_hits, -1);
}

void
lia_response_row_set_selected (LiaResponseRow *self,
                               gboolean        selected)
{
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
