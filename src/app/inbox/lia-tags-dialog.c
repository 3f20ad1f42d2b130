/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-tags-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  char         *conversation;
  LiaTagsEdited edited;
  GtkEditable  *entry;
} Editing;

static void
editing_free (gpointer  data,
              GClosure *closure)
{
  Editing *editing = data;

  g_free (editing->conversation);
  g_free (editing);
}

/**
 * lia_tags_parse:
 *
 * Returns: (transfer full): the words between commas, trimmed, without empty and repeated ones
 */
GStrv
lia_tags_parse (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *tag = g_strstrip (parts[i]);

      if (*tag != '\0' && g_hash_table_add (known, g_utf8_casefold (tag, -1)))
        g_strv_builder_add (builder, tag);
    }
  return g_strv_builder_end (builder);
}

static void
on_response_cb (AdwAlertDialog *dialog,
                const char     *response,
                gpointer        user_data)
{
  Editing   *editing = user_data;
  GtkWidget *owner = g_object_get_data (G_OBJECT (dialog), "owner");
  g_auto (GStrv) tags = lia_tags_parse (gtk_editable_get_text (editing->entry));

  if (g_strcmp0 (response, "save") == 0)
    editing->edited (owner, editing->conversation, tags);
}

/**
 * lia_tags_dialog_present:
 * @owner: above which it is shown; given to @edited
 *
 * Lets the user edit the tags of @conversation.
 */
void
lia_tags_dialog_present (GtkWidget       *owner,
                         LiaConversation *conversation,
                         LiaTagsEdited    edited)
{
  AdwDialog       *dialog = adw_alert_dialog_new (_ ("Tags"), _ ("Separate them by commas."));
  GtkWidget       *list = gtk_list_box_new ();
  GtkWidget       *entry = adw_entry_row_new ();
  g_autofree char *text = g_strjoinv (", ", conversation->tags);
  Editing         *editing = g_new0 (Editing, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Tags"));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);

  editing->conversation = g_strdup (conversation->id);
  editing->edited = edited;
  editing->entry = GTK_EDITABLE (entry);

  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), list);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_dialog_set_focus (dialog, entry);
  g_object_set_data_full (G_OBJECT (dialog), "owner", g_object_ref (owner), g_object_unref);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), editing, editing_free, 0);
  adw_dialog_present (dialog, owner);
}
