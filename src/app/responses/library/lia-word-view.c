/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-word-view.h"

#include "lia-canned-change.h"
#include "lia-word-changes.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static GtkTextTag *
find_tag (GtkTextBuffer *buffer,
          const char    *name)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
}

static void
make_tags (GtkTextBuffer *buffer)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (find_tag (buffer, "removed") != NULL)
    return;

  gtk_text_buffer_create_tag (buffer, "removed", "strikethrough", TRUE, "foreground", dark ? "#ff938c" : "#a51d2d", "background", dark ? "#4a2226" : "#fbdcdc", NULL);
  gtk_text_buffer_create_tag (buffer, "added", "underline", PANGO_UNDERLINE_SINGLE, "foreground", dark ? "#8ff0a4" : "#0f5132", "background", dark ? "#1c3f2a" : "#d7f5e0", NULL);
}

/* A screen reader says which words are gone and which are new. */
static void
speak (GtkTextView *view,
       GArray      *changes,
       const char  *before,
       const char  *after)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const LiaWordChange *change = &g_array_index (changes, LiaWordChange, i);
      const char          *of = change->change == LIA_WORDS_ADDED ? after : before;
      g_autofree char     *text = g_strndup (of + change->start, change->end - change->start);

      if (change->change == LIA_WORDS_REMOVED)
        g_string_append_printf (words, _ ("Removed: “%s”. "), text);
      else if (change->change == LIA_WORDS_ADDED)
        g_string_append_printf (words, _ ("Added: “%s”. "), text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->len > 0 ? words->str : _ ("Nothing is different."), -1);
}

void
lia_word_view_show (GtkTextView *view,
                    const char  *before,
                    const char  *after)
{
  static const char *const names[] = { NULL, "removed", "added" };
  GtkTextBuffer           *buffer = gtk_text_view_get_buffer (view);
  g_autoptr (GArray) changes = lia_word_changes (before, after);
  GtkTextIter end;

  make_tags (buffer);
  gtk_text_buffer_set_text (buffer, "", 0);
  for (guint i = 0; i < changes->len; i++)
    {
      const LiaWordChange *change = &g_array_index (changes, LiaWordChange, i);
      const char          *of = change->change == LIA_WORDS_ADDED ? after : before;

      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, of + change->start, (int)(change->end - change->start), names[change->change], NULL);
    }
  speak (view, changes, before, after);
}

static void
append_line (GString    *text,
             const char *name,
             const char *value)
{
  if (*value != '\0')
    g_string_append_printf (text, "%s: %s\n", name, value);
}

/** lia_word_view_describe: all that an author wrote, as a text to compare with another. */
char *
lia_word_view_describe (LiaCanned *canned)
{
  static const char *const states[] = { N_ ("Draft"), N_ ("Reviewed"), N_ ("Retired") };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *tags = g_strjoinv (", ", canned->tags);
  g_autofree char *aliases = g_strjoinv (", ", canned->aliases);

  append_line (text, _ ("Title"), canned->title);
  append_line (text, _ ("Shortcut"), canned->shortcut);
  append_line (text, _ ("Folder"), canned->folder);
  append_line (text, _ ("Tags"), tags);
  append_line (text, _ ("Other names"), aliases);
  append_line (text, _ ("State"), _ (states[canned->state]));
  append_line (text, _ ("For"), canned->scope == LIA_CANNED_TEAM ? _ ("The team") : _ ("Only me"));
  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *variant = canned->variants->pdata[i];

      g_string_append_c (text, '\n');
      append_line (text, _ ("Language"), variant->language);
      append_line (text, _ ("Subject"), variant->subject);
      g_string_append_printf (text, "%s\n", variant->body);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}
