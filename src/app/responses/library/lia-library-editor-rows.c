/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows below the text: where a response fits best, when it is looked at again, and what else happens when it is sent. */
#include "lia-library-editor-private.h"

#include "lia-canned-import-private.h"
#include "lia-finding.h"
#include "lia-library-day.h"
#include "lia-queue.h"
#include "lia-tags-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* What can be chosen for snoozing; another length that a file brought is kept as it is. */
static const char *const snoozes[] = { "", "4 hours", "1 day", "2 days", "3 days", "1 week", "2 weeks" };

static void
set_words (AdwEntryRow *row,
           GStrv        words)
{
  g_autofree char *text = g_strjoinv (", ", words);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* The ids are the API's words for kinds of channels. */
static void
fill_channels (LiaLibraryEditor *self)
{
  lia_library_choices_clear (self->channels_row);
  lia_library_choices_add (self->channels_row, "email", _ ("E-mail"));
  lia_library_choices_add (self->channels_row, "chat", _ ("Chat"));
  lia_library_choices_add (self->channels_row, "phone", _ ("Phone"));
}

static void
fill_queues (LiaLibraryEditor *self)
{
  GListModel *queues = lia_client_get_queues (self->client);

  lia_library_choices_clear (self->queues_row);
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      lia_library_choices_add (self->queues_row, queue->id, queue->name);
    }
}

/* --- When it is looked at again --- */

static void
on_day_selected_cb (LiaLibraryEditor *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) midnight =
      g_date_time_new_utc (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), 0, 0, 0);
  g_autofree char *words = lia_library_day_to_words (g_date_time_to_unix (midnight) * 1000);

  if (!self->showing_day)
    gtk_editable_set_text (GTK_EDITABLE (self->review_row), words);
}

/* The calendar opens at the day that is typed. */
static void
on_calendar_shown_cb (LiaLibraryEditor *self)
{
  g_autoptr (GDateTime) day = NULL;

  if (self->edited == NULL || self->edited->review_by_ms == 0)
    return;
  day = g_date_time_new_from_unix_utc (self->edited->review_by_ms / 1000);
  self->showing_day = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->showing_day = FALSE;
}

static void
on_no_day_cb (LiaLibraryEditor *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->review_row), "");
  gtk_menu_button_popdown (self->calendar_button);
}

/* A day that is half typed is none yet; the row says so. */
static void
take_day (LiaLibraryEditor *self,
          LiaCanned        *edited)
{
  gint64   day_ms;
  gboolean understood = lia_library_day_from_words (get_text (self->review_row), &day_ms);

  if (understood)
    {
      edited->review_by_ms = day_ms;
      gtk_widget_remove_css_class (GTK_WIDGET (self->review_row), "error");
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->review_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->review_row), GTK_ACCESSIBLE_STATE_INVALID,
                               understood ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* --- What else happens --- */

/* The first one for good: a list of all lengths would be long */
static void
fill_snoozes (LiaLibraryEditor *self,
              const char       *now)
{
  const char *const names[] = { _ ("Do not"), _ ("4 hours"), _ ("1 day"), _ ("2 days"), _ ("3 days"), _ ("1 week"), _ ("2 weeks"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  guint selected = 0;

  while (selected < G_N_ELEMENTS (snoozes) && strcmp (snoozes[selected], now) != 0)
    selected++;
  if (selected == G_N_ELEMENTS (snoozes))
    gtk_string_list_append (model, now);
  adw_combo_row_set_model (self->snooze_row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->snooze_row, selected);
}

enum {
  ASSIGN_NOBODY,
  ASSIGN_ME,
  N_ASSIGN_WORDS,
};

static void
append_names (GtkStringList *model,
              GListModel    *values,
              gsize          name_offset)
{
  for (guint i = 0; i < g_list_model_get_n_items (values); i++)
    {
      g_autoptr (GObject) value = g_list_model_get_item (values, i);

      gtk_string_list_append (model, G_STRUCT_MEMBER (char *, value, name_offset));
    }
}

/* Colleagues and queues by their names, as they stand in the response. @now: (nullable): one that is there no more stays to be chosen */
static void
fill_assign (LiaLibraryEditor *self,
             const char       *now)
{
  const char *const words[] = { _ ("Nobody Else"), _ ("Whoever Sends It"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);
  guint selected = ASSIGN_NOBODY;

  append_names (model, lia_client_get_agents (self->client), G_STRUCT_OFFSET (LiaAgent, name));
  append_names (model, lia_client_get_queues (self->client), G_STRUCT_OFFSET (LiaQueue, name));
  if (now != NULL)
    {
      gboolean is_me = *now == '\0' || g_ascii_strcasecmp (now, "me") == 0;

      selected = is_me ? (guint)ASSIGN_ME : N_ASSIGN_WORDS;
      while (!is_me && selected < g_list_model_get_n_items (G_LIST_MODEL (model)) && strcmp (gtk_string_list_get_string (model, selected), now) != 0)
        selected++;
      if (selected == g_list_model_get_n_items (G_LIST_MODEL (model)))
        gtk_string_list_append (model, now);
    }
  adw_combo_row_set_model (self->assign_row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->assign_row, selected);
}

/* (nullable): whom the row names; NULL: it stays whose it is */
static char *
dup_assign (LiaLibraryEditor *self)
{
  guint            selected = adw_combo_row_get_selected (self->assign_row);
  GtkStringObject *item = adw_combo_row_get_selected_item (self->assign_row);

  if (item == NULL || selected == ASSIGN_NOBODY)
    return NULL;

  return g_strdup (selected == ASSIGN_ME ? "me" : gtk_string_object_get_string (item));
}

static void
fill_actions (LiaLibraryEditor *self,
              LiaCanned        *canned)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  gboolean    closes = FALSE;
  const char *snooze = "";
  const char *assign = NULL;
  const char *issue = "";

  for (guint i = 0; i < canned->actions->len; i++)
    {
      const LiaCannedAction *action = canned->actions->pdata[i];

      if (strcmp (action->kind, "tag") == 0)
        g_strv_builder_add (tags, action->value);
      else if (strcmp (action->kind, "snooze") == 0)
        snooze = action->value;
      else if (strcmp (action->kind, "assign") == 0)
        assign = action->value;
      else if (strcmp (action->kind, "issue") == 0)
        issue = action->value;
      closes = closes || strcmp (action->kind, "close") == 0;
    }
  list = g_strv_builder_end (tags);
  set_words (self->gives_tags_row, list);
  adw_switch_row_set_active (self->closes_row, closes);
  fill_snoozes (self, snooze);
  fill_assign (self, assign);
  gtk_editable_set_text (GTK_EDITABLE (self->issue_row), issue);
}

/* (transfer full): what the row says; a length of another making stands behind ours */
static char *
dup_snooze (LiaLibraryEditor *self)
{
  guint            selected = adw_combo_row_get_selected (self->snooze_row);
  GtkStringObject *item = adw_combo_row_get_selected_item (self->snooze_row);

  if (selected < G_N_ELEMENTS (snoozes))
    return g_strdup (snoozes[selected]);

  return g_strdup (item != NULL ? gtk_string_object_get_string (item) : "");
}

/* What the rows do not know stays. */
static GPtrArray *
take_actions (LiaLibraryEditor *self)
{
  static const char *const known[] = { "tag", "close", "snooze", "assign", "issue", NULL };
  GPtrArray               *actions = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_action_unref);
  g_auto (GStrv) tags = lia_tags_parse (get_text (self->gives_tags_row));
  g_autofree char *snooze = dup_snooze (self);
  g_autofree char *assign = dup_assign (self);
  g_autofree char *issue = g_strstrip (g_strdup (get_text (self->issue_row)));

  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (actions, lia_canned_action_new ("tag", tags[i]));
  if (*snooze != '\0')
    g_ptr_array_add (actions, lia_canned_action_new ("snooze", snooze));
  if (assign != NULL)
    g_ptr_array_add (actions, lia_canned_action_new ("assign", assign));
  if (*issue != '\0')
    g_ptr_array_add (actions, lia_canned_action_new ("issue", issue));
  for (guint i = 0; i < self->edited->actions->len; i++)
    {
      LiaCannedAction *action = self->edited->actions->pdata[i];

      if (!g_strv_contains (known, action->kind))
        g_ptr_array_add (actions, lia_canned_action_ref (action));
    }
  if (adw_switch_row_get_active (self->closes_row))
    g_ptr_array_add (actions, lia_canned_action_new ("close", ""));

  return actions;
}

/* As the tracker shows it; anything else would find no issue. */
static void
on_issue_cb (LiaLibraryEditor *self)
{
  g_autofree char *issue = g_strstrip (g_strdup (get_text (self->issue_row)));
  gboolean         is_strange = *issue != '\0' && !lia_finding_is_web_address (issue);

  if (is_strange)
    gtk_widget_add_css_class (GTK_WIDGET (self->issue_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->issue_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->issue_row), GTK_ACCESSIBLE_STATE_INVALID, is_strange ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  lia_library_editor_changed (self);
}

/* A conversation that is closed is not snoozed. */
static void
on_closes_cb (LiaLibraryEditor *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->snooze_row), !adw_switch_row_get_active (self->closes_row));
  lia_library_editor_changed (self);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

/* lia_library_editor_fill_more: what these rows show of @canned */
void
lia_library_editor_fill_more (LiaLibraryEditor *self,
                              LiaCanned        *canned)
{
  g_autofree char *day = lia_library_day_to_words (canned->review_by_ms);

  gtk_editable_set_text (GTK_EDITABLE (self->review_row), day);
  fill_channels (self);
  fill_queues (self);
  lia_library_choices_set_chosen (self->channels_row, canned->channels);
  lia_library_choices_set_chosen (self->queues_row, canned->queues);
  set_words (self->products_row, canned->products);
  fill_actions (self, canned);
}

/* lia_library_editor_take_more: what these rows say, into @edited */
void
lia_library_editor_take_more (LiaLibraryEditor *self,
                              LiaCanned        *edited)
{
  g_autoptr (GPtrArray) actions = take_actions (self);

  take_day (self, edited);
  g_strfreev (edited->channels);
  g_strfreev (edited->queues);
  g_strfreev (edited->products);
  edited->channels = lia_library_choices_dup_chosen (self->channels_row);
  edited->queues = lia_library_choices_dup_chosen (self->queues_row);
  edited->products = lia_canned_words_from_text (get_text (self->products_row), ",");
  g_ptr_array_unref (edited->actions);
  edited->actions = g_steal_pointer (&actions);
}

void
lia_library_editor_init_rows (LiaLibraryEditor *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *example = g_date_time_format (now, "%x");
  g_autofree char *title = g_strdup_printf (_ ("Review It Again On, as %s"), example);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->review_row), title);
}

void
lia_library_editor_install_rows (GtkWidgetClass *widget_class)
{
  g_type_ensure (LIA_TYPE_LIBRARY_CHOICES);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, review_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, calendar_button);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, calendar);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, channels_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, queues_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, products_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, gives_tags_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, closes_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, snooze_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, assign_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, issue_row);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_calendar_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_no_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_closes_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_issue_cb);
}
