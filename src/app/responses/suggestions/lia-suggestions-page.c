/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows are made anew whenever the lists change, at most two hundred of them; whoever has the keyboard in one keeps it there, or has it in the next. */
#include "lia-suggestions-page.h"

#include "lia-library-rights.h"
#include "lia-suggestion-row.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIRST_ROWS 8 /* of a group, until somebody wants to see all */

typedef struct
{
  GtkWidget  *box;
  GtkListBox *list;
  GtkButton  *more;
  gboolean    all; /* are shown */
} Group;

struct _LiaSuggestionsPage
{
  AdwBin parent_instance;

  GtkStack      *stack;
  AdwStatusPage *problem;
  GtkBox        *groups_box;
  Group          groups[LIA_SUGGESTION_N_KINDS];

  LiaClient      *client;
  LiaSuggestions *suggestions;
};

G_DEFINE_FINAL_TYPE (LiaSuggestionsPage, lia_suggestions_page, ADW_TYPE_BIN)

enum {
  CHOSEN,
  DISMISSED,
  LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Rows ------------------------------------------------------------------------------------------------------------------------------------- */

static void
on_chosen_cb (LiaSuggestionRow *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (row), LIA_TYPE_SUGGESTIONS_PAGE);
  g_autoptr (LiaSuggestion) suggestion = g_object_ref (lia_suggestion_row_get_suggestion (row));

  g_signal_emit (page, signals[CHOSEN], 0, suggestion, lia_suggestion_row_get_act (row));
}

static void
on_dismissed_cb (LiaSuggestionRow *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (row), LIA_TYPE_SUGGESTIONS_PAGE);
  g_autoptr (LiaSuggestion) suggestion = g_object_ref (lia_suggestion_row_get_suggestion (row));

  g_signal_emit (page, signals[DISMISSED], 0, suggestion);
}

static GtkWidget *
make_row (LiaSuggestionsPage *self,
          LiaSuggestion      *suggestion)
{
  LiaCannedIndex  *index = lia_responses_get_index (lia_client_get_responses (self->client));
  LiaCanned       *canned = lia_canned_index_get (index, suggestion->response);
  LiaCanned       *other = lia_canned_index_get (index, suggestion->other);
  gboolean         may = (canned == NULL || lia_library_may_change (self->client, canned)) && (other == NULL || lia_library_may_change (self->client, other));
  LiaSuggestionAct act = lia_suggestion_get_act (suggestion, may);
  GtkWidget       *row = lia_suggestion_row_new (suggestion, act, canned, other);

  g_signal_connect (row, "chosen", G_CALLBACK (on_chosen_cb), NULL);
  g_signal_connect (row, "dismissed", G_CALLBACK (on_dismissed_cb), NULL);

  return row;
}

static void
fill_group (LiaSuggestionsPage *self,
            LiaSuggestionKind   kind)
{
  Group           *group = &self->groups[kind];
  GPtrArray       *list = lia_suggestions_get (self->suggestions, kind);
  guint            n = group->all || list->len <= FIRST_ROWS ? list->len : FIRST_ROWS;
  g_autofree char *words = g_strdup_printf (ngettext ("Show %u _More", "Show %u _More", list->len - n), list->len - n);

  gtk_list_box_remove_all (group->list);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (group->list, make_row (self, list->pdata[i]));
  gtk_button_set_label (group->more, words);
  gtk_widget_set_visible (GTK_WIDGET (group->more), n < list->len);
  gtk_widget_set_visible (group->box, list->len > 0);
}

/* The keyboard ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  LiaSuggestionPart part;
  char             *key;
  guint             kind, index;
} Place;

/* FALSE: it is in none of the rows */
static gboolean
find_keyboard (LiaSuggestionsPage *self,
               Place              *place)
{
  for (guint kind = 0; kind < LIA_SUGGESTION_N_KINDS; kind++)
    {
      GtkWidget        *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->groups[kind].list));
      LiaSuggestionRow *row = focused != NULL && LIA_IS_SUGGESTION_ROW (focused) ? LIA_SUGGESTION_ROW (focused) : NULL;

      if (row == NULL)
        continue;
      place->part = lia_suggestion_row_get_focused (row);
      place->key = g_strdup (lia_suggestion_row_get_suggestion (row)->key);
      place->kind = kind;
      place->index = (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
      return TRUE;
    }

  return FALSE;
}

static LiaSuggestionRow *
nth_row (LiaSuggestionsPage *self,
         guint               kind,
         int                 index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->groups[kind].list, index) : NULL;

  return row != NULL ? LIA_SUGGESTION_ROW (row) : NULL;
}

static LiaSuggestionRow *
find_row (LiaSuggestionsPage *self,
          const Place        *place)
{
  LiaSuggestionRow *row;

  for (int i = 0; (row = nth_row (self, place->kind, i)) != NULL; i++)
    if (strcmp (lia_suggestion_row_get_suggestion (row)->key, place->key) == 0)
      return row;

  return NULL;
}

/* The same row; else what stands in its place now, the one before it, or the first of another group */
static void
give_keyboard (LiaSuggestionsPage *self,
               const Place        *place)
{
  LiaSuggestionRow *row = find_row (self, place);

  row = row != NULL ? row : nth_row (self, place->kind, (int)place->index);
  row = row != NULL ? row : nth_row (self, place->kind, (int)place->index - 1);
  for (guint i = 1; row == NULL && i < LIA_SUGGESTION_N_KINDS; i++)
    row = nth_row (self, (place->kind + i) % LIA_SUGGESTION_N_KINDS, 0);
  if (row != NULL)
    lia_suggestion_row_focus (row, place->part);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static const char *
page_name (LiaSuggestionsPage *self)
{
  switch (lia_suggestions_get_state (self->suggestions))
    {
    case LIA_SUGGESTIONS_FAILED:
      return "problem";
    case LIA_SUGGESTIONS_READING:
      return lia_suggestions_count (self->suggestions) > 0 ? "list" : "reading";
    case LIA_SUGGESTIONS_READY:
    default:
      return lia_suggestions_count (self->suggestions) > 0 ? "list" : "empty";
    }
}

static void
update (LiaSuggestionsPage *self)
{
  const GError *error = lia_suggestions_get_error (self->suggestions);
  Place         place = { 0 };
  gboolean      had_keyboard = find_keyboard (self, &place);

  for (LiaSuggestionKind kind = 0; kind < LIA_SUGGESTION_N_KINDS; kind++)
    fill_group (self, kind);
  if (error != NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      adw_status_page_set_description (self->problem, words);
    }
  gtk_stack_set_visible_child_name (self->stack, page_name (self));
  if (had_keyboard)
    give_keyboard (self, &place);
  g_free (place.key);
}

static void
on_row_activated_cb (LiaSuggestionsPage *self,
                     LiaSuggestionRow   *row)
{
  on_chosen_cb (row);
}

/* The row above or below the one that has the keyboard, also in another group */
static LiaSuggestionRow *
find_neighbour (LiaSuggestionsPage *self,
                const Place        *place,
                int                 step)
{
  LiaSuggestionRow *row = nth_row (self, place->kind, (int)place->index + step);

  for (int kind = (int)place->kind + step; row == NULL && kind >= 0 && kind < LIA_SUGGESTION_N_KINDS; kind += step)
    for (int i = 0; nth_row (self, (guint)kind, i) != NULL && (row == NULL || step < 0); i++)
      row = nth_row (self, (guint)kind, i);

  return row;
}

/* The list knows neither the other groups nor, when the keyboard is in a button of a new row, where it is. */
static gboolean
on_keynav_failed_cb (LiaSuggestionsPage *self,
                     GtkDirectionType    direction)
{
  int               step = direction == GTK_DIR_DOWN ? 1 : direction == GTK_DIR_UP ? -1
                                                                                   : 0;
  Place             place = { 0 };
  LiaSuggestionRow *row = step != 0 && find_keyboard (self, &place) ? find_neighbour (self, &place, step) : NULL;

  g_free (place.key);
  if (row != NULL)
    lia_suggestion_row_focus (row, LIA_SUGGESTION_PART_ROW);

  return row != NULL;
}

static void
on_more_clicked_cb (LiaSuggestionsPage *self,
                    GtkButton          *more)
{
  for (LiaSuggestionKind kind = 0; kind < LIA_SUGGESTION_N_KINDS; kind++)
    if (self->groups[kind].more == more)
      {
        self->groups[kind].all = TRUE;
        fill_group (self, kind);
        lia_suggestion_row_focus (nth_row (self, kind, FIRST_ROWS), LIA_SUGGESTION_PART_ROW);
      }
}

static void
on_again_clicked_cb (LiaSuggestionsPage *self)
{
  lia_suggestions_refresh (self->suggestions);
}

static void
on_left_cb (LiaSuggestionsPage *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
add_group (LiaSuggestionsPage *self,
           LiaSuggestionKind   kind,
           const char         *title,
           const char         *description)
{
  Group     *group = &self->groups[kind];
  GtkWidget *heading = gtk_label_new (title), *words = gtk_label_new (description);

  group->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  group->list = GTK_LIST_BOX (gtk_list_box_new ());
  group->more = GTK_BUTTON (gtk_button_new ());
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_add_css_class (heading, "title-4");
  gtk_widget_add_css_class (words, "dimmed");
  gtk_widget_set_margin_bottom (words, 6);
  gtk_list_box_set_selection_mode (group->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (group->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_button_set_use_underline (group->more, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (group->more), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (GTK_WIDGET (group->more), 6);
  gtk_widget_add_css_class (GTK_WIDGET (group->more), "flat");
  g_signal_connect_object (group->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group->list, "keynav-failed", G_CALLBACK (on_keynav_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group->more, "clicked", G_CALLBACK (on_more_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (group->box), heading);
  gtk_box_append (GTK_BOX (group->box), words);
  gtk_box_append (GTK_BOX (group->box), GTK_WIDGET (group->list));
  gtk_box_append (GTK_BOX (group->box), GTK_WIDGET (group->more));
  gtk_box_append (self->groups_box, group->box);
}

static void
lia_suggestions_page_dispose (GObject *object)
{
  LiaSuggestionsPage *self = LIA_SUGGESTIONS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SUGGESTIONS_PAGE);
  g_clear_object (&self->client);
  g_clear_object (&self->suggestions);

  G_OBJECT_CLASS (lia_suggestions_page_parent_class)->dispose (object);
}

static void
lia_suggestions_page_class_init (LiaSuggestionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_suggestions_page_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", LIA_TYPE_SUGGESTIONS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, LIA_TYPE_SUGGESTION, G_TYPE_UINT);
  signals[DISMISSED] = g_signal_new ("dismissed", LIA_TYPE_SUGGESTIONS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_SUGGESTION);
  signals[LEFT] = g_signal_new ("left", LIA_TYPE_SUGGESTIONS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-suggestions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSuggestionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaSuggestionsPage, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaSuggestionsPage, groups_box);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_left_cb);
}

static void
lia_suggestions_page_init (LiaSuggestionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_group (self, LIA_SUGGESTION_EDITED, _ ("Always Edited at the Same Place"), _ ("With the edit in the response nobody has to make it again."));
  add_group (self, LIA_SUGGESTION_BY_HAND, _ ("Answered by Hand Again and Again"), _ ("As a response it is found while typing, with / in any message."));
  add_group (self, LIA_SUGGESTION_TWINS, _ ("Nearly the Same"), _ ("Two become one, which is found by the names of both."));
  add_group (self, LIA_SUGGESTION_UNUSED, _ ("Not Used for Long"), _ ("What is retired is not found any more, and can be brought back at any time."));
}

void
lia_suggestions_page_set_client (LiaSuggestionsPage *self,
                                 LiaClient          *client,
                                 LiaSuggestions     *suggestions)
{
  self->client = g_object_ref (client);
  self->suggestions = g_object_ref (suggestions);
  g_signal_connect_object (suggestions, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/** lia_suggestions_page_open: as the responses are called now, with the keyboard on the first row, or on what can be done where there is none. */
void
lia_suggestions_page_open (LiaSuggestionsPage *self)
{
  update (self);
  for (LiaSuggestionKind kind = 0; kind < LIA_SUGGESTION_N_KINDS; kind++)
    if (nth_row (self, kind, 0) != NULL)
      {
        lia_suggestion_row_focus (nth_row (self, kind, 0), LIA_SUGGESTION_PART_ROW);
        return;
      }
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
