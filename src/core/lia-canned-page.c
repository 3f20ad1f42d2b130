/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-page-private.h"

#include "lia-canned-import-private.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * A library as a folder for Git: a text file a response, in folders as in the library. A file:
 *
 *   ---
 *   id: r_40
 *   title: Refund on its way
 *   shortcut: refund
 *   tags: billing; money
 *   ---
 *   Your money is on its way.
 *   === language: de; formality: formal; channel: chat; subject: Ihre Erstattung
 *   Ihr Geld ist unterwegs.
 *
 * Fields that say nothing are left out, the order is always the same, and nothing in a file depends on when or by whom it was written. A line of a
 * text that begins with === gets a backslash in front, as does one that begins with backslashes and ===.
 */

typedef struct
{
  const char *name;
  char *(*write) (LiaCanned *canned); /* "" is left out */
  gboolean (*read) (LiaCanned  *canned,
                    const char *text);
} PageField;

#define TEXT_FIELD(field)                      \
  static char *write_##field (LiaCanned *c)    \
  {                                            \
    return g_strdup (c->field);                \
  }                                            \
  static gboolean read_##field (LiaCanned  *c, \
                                const char *t) \
  {                                            \
    g_free (c->field);                         \
    c->field = g_strdup (t);                   \
    return TRUE;                               \
  }

#define WORDS_FIELD(field)                          \
  static char *write_##field (LiaCanned *c)         \
  {                                                 \
    return lia_canned_words_to_text (c->field);     \
  }                                                 \
  static gboolean read_##field (LiaCanned  *c,      \
                                const char *t)      \
  {                                                 \
    g_strfreev (c->field);                          \
    c->field = lia_canned_words_from_text (t, ";"); \
    return TRUE;                                    \
  }

TEXT_FIELD (id)
TEXT_FIELD (title)
TEXT_FIELD (shortcut)
WORDS_FIELD (tags)
WORDS_FIELD (aliases)
WORDS_FIELD (channels)
WORDS_FIELD (queues)
WORDS_FIELD (products)

/* Only where the path cannot say it */
static char *
write_folder (LiaCanned *canned)
{
  g_autofree char *path = lia_canned_page_folder (canned->folder);
  g_autofree char *said = g_strconcat (canned->folder, *canned->folder != '\0' ? "/" : "", NULL);

  return g_strdup (strcmp (path, said) != 0 ? canned->folder : "");
}

static gboolean
read_folder (LiaCanned  *canned,
             const char *text)
{
  g_free (canned->folder);
  canned->folder = g_strdup (text);

  return TRUE;
}

static char *
write_scope (LiaCanned *canned)
{
  return g_strdup (canned->scope != LIA_CANNED_TEAM ? lia_canned_scope_to_string (canned->scope) : "");
}

static gboolean
read_scope (LiaCanned  *canned,
            const char *text)
{
  return lia_canned_scope_from_string (text, &canned->scope);
}

static char *
write_state (LiaCanned *canned)
{
  return g_strdup (canned->state != LIA_CANNED_REVIEWED ? lia_canned_state_to_string (canned->state) : "");
}

static gboolean
read_state (LiaCanned  *canned,
            const char *text)
{
  return lia_canned_state_from_string (text, &canned->state);
}

static char *
write_review_by (LiaCanned *canned)
{
  return lia_canned_day_to_text (canned->review_by_ms);
}

static gboolean
read_review_by (LiaCanned  *canned,
                const char *text)
{
  return lia_canned_day_from_text (text, &canned->review_by_ms);
}

static char *
write_place (LiaCanned *canned)
{
  return lia_canned_place_to_text (canned);
}

static gboolean
read_place (LiaCanned  *canned,
            const char *text)
{
  lia_canned_place_from_text (canned, text);

  return canned->greeting || canned->farewell;
}

static char *
write_actions (LiaCanned *canned)
{
  return lia_canned_actions_to_text (canned->actions);
}

static gboolean
read_actions (LiaCanned  *canned,
              const char *text)
{
  lia_canned_actions_from_text (canned, text);

  return TRUE;
}

static char *
write_attachments (LiaCanned *canned)
{
  return lia_canned_files_to_text (canned->attachments);
}

static gboolean
read_attachments (LiaCanned  *canned,
                  const char *text)
{
  lia_canned_files_from_text (canned, text);

  return TRUE;
}

static const PageField fields[] = {
  { "id", write_id, read_id },
  { "title", write_title, read_title },
  { "shortcut", write_shortcut, read_shortcut },
  { "tags", write_tags, read_tags },
  { "other-names", write_aliases, read_aliases },
  { "scope", write_scope, read_scope },
  { "state", write_state, read_state },
  { "review-by", write_review_by, read_review_by },
  { "place", write_place, read_place },
  { "channels", write_channels, read_channels },
  { "queues", write_queues, read_queues },
  { "products", write_products, read_products },
  { "actions", write_actions, read_actions },
  { "attachments", write_attachments, read_attachments },
  { "folder", write_folder, read_folder },
};

static void
append_lines (GString    *page,
              const char *body)
{
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (lines[i]);

      if (g_str_has_prefix (lines[i] + strspn (lines[i], "\\"), "==="))
        g_string_append_c (page, '\\');
      if (length > 0 && lines[i][length - 1] == '\r')
        length--;
      g_string_append_len (page, lines[i], length);
      g_string_append_c (page, '\n');
    }
}

static void
append_variant (GString                *page,
                const LiaCannedVariant *variant,
                gboolean                first)
{
  g_autoptr (GString) head = g_string_new (NULL);

  if (*variant->language != '\0')
    g_string_append_printf (head, "language: %s; ", variant->language);
  if (variant->formality != LIA_CANNED_FORMALITY_ANY)
    g_string_append_printf (head, "formality: %s; ", lia_canned_formality_to_string (variant->formality));
  if (*variant->channel != '\0')
    g_string_append_printf (head, "channel: %s; ", variant->channel);
  if (*variant->subject != '\0')
    g_string_append_printf (head, "subject: %s", variant->subject);
  else if (head->len > 0)
    g_string_truncate (head, head->len - 2);

  if (head->len > 0)
    g_string_append_printf (page, "=== %s\n", head->str);
  else if (!first)
    g_string_append (page, "===\n");
  append_lines (page, variant->body);
}

/**
 * lia_canned_export_page: the text of its file.
 * @alone: it lies in no folder that says where it belongs
 */
char *
lia_canned_export_page (LiaCanned *canned,
                        gboolean   alone)
{
  g_autoptr (GString) page = g_string_new ("---\n");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = alone && fields[i].write == write_folder ? g_strdup (canned->folder) : fields[i].write (canned);

      if (*text != '\0')
        g_string_append_printf (page, "%s: %s\n", fields[i].name, text);
    }
  g_string_append (page, "---\n");
  for (guint i = 0; i < canned->variants->len; i++)
    append_variant (page, canned->variants->pdata[i], i == 0);

  return g_string_free_and_steal (g_steal_pointer (&page));
}

typedef struct
{
  LiaCannedImportRow *row;
  const char         *at;
  guint               line;
  LiaCannedVariant   *variant;
  GString            *body;
} Page;

static char *
next_line (Page *self)
{
  const char *end = strchr (self->at, '\n');
  char       *line;

  if (*self->at == '\0')
    return NULL;
  line = end != NULL ? g_strndup (self->at, end - self->at) : g_strdup (self->at);
  self->at += strlen (line) + (end != NULL);
  self->line++;
  if (g_str_has_suffix (line, "\r"))
    line[strlen (line) - 1] = '\0';

  return line;
}

static void
read_field (Page *self,
            char *line)
{
  char *value = strchr (line, ':');

  if (value == NULL)
    {
      lia_canned_import_row_fail (self->row, _ ("Line %u is “%.60s”. Here a field belongs, as “title: Refund”."), self->line, line);
      return;
    }
  *value++ = '\0';
  g_strstrip (line);
  g_strstrip (value);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, line) == 0)
      {
        if (*value != '\0' && !fields[i].read (self->row->canned, value))
          lia_canned_import_row_fail (self->row, _ ("Line %u: “%.60s” is not understood as %s."), self->line, value, line);
        return;
      }
  lia_canned_import_row_note (self->row, _ ("The field “%.60s” is not known and was left out."), line);
}

static void
end_variant (Page *self)
{
  if (self->variant == NULL)
    return;

  if (self->body->len > 0)
    g_string_truncate (self->body, self->body->len - 1);
  g_free (self->variant->body);
  self->variant->body = g_strdup (self->body->str);
  if (*self->variant->body == '\0')
    lia_canned_import_row_fail (self->row, _ ("There is no text in front of line %u."), self->line + 1);
  g_ptr_array_add (self->row->canned->variants, g_steal_pointer (&self->variant));
  g_string_truncate (self->body, 0);
}

/* "language: de", of the head of a text. FALSE: not understood */
static gboolean
read_head_field (LiaCannedVariant *variant,
                 const char       *name,
                 const char       *value)
{
  if (strcmp (name, "language") == 0)
    {
      g_free (variant->language);
      variant->language = lia_canned_language_from_text (value);
      if (variant->language == NULL)
        variant->language = g_strdup ("");
      return *variant->language != '\0';
    }
  if (strcmp (name, "formality") == 0)
    return lia_canned_formality_from_string (value, &variant->formality);
  if (strcmp (name, "channel") == 0)
    {
      g_free (variant->channel);
      variant->channel = g_strdup (value);
      return TRUE;
    }

  return FALSE;
}

static void
read_head (Page       *self,
           const char *head)
{
  g_autofree char *rest = g_strstrip (g_strdup (head));

  self->variant = lia_canned_variant_new ();
  for (char *at = rest; *at != '\0';)
    {
      char *colon = strchr (at, ':');
      char *end;

      if (colon != NULL)
        *colon = '\0';
      if (colon != NULL && strcmp (g_strstrip (at), "subject") == 0)
        {
          g_free (self->variant->subject);
          self->variant->subject = g_strstrip (g_strdup (colon + 1));
          return;
        }
      end = colon != NULL ? strchr (colon + 1, ';') : NULL;
      if (end != NULL)
        *end = '\0';
      if (colon == NULL || !read_head_field (self->variant, at, g_strstrip (colon + 1)))
        {
          lia_canned_import_row_fail (self->row, _ ("Line %u: “%.60s” is not understood. A text begins as “=== language: de; formality: formal; channel: chat”."), self->line, at);
          return;
        }
      if (end == NULL)
        return;
      at = end + 1 + strspn (end + 1, " ");
    }
}

static void
read_texts (Page *self)
{
  char *next;

  while ((next = next_line (self)) != NULL)
    {
      g_autofree char *line = next;
      const char      *behind = line + strspn (line, "\\");

      if (g_str_has_prefix (line, "==="))
        {
          end_variant (self);
          read_head (self, line + 3);
          continue;
        }
      if (self->variant == NULL)
        self->variant = lia_canned_variant_new ();
      g_string_append (self->body, line + (behind != line && g_str_has_prefix (behind, "===")));
      g_string_append_c (self->body, '\n');
    }
  end_variant (self);
}

static void
read_page (Page *self)
{
  g_autofree char *opening = next_line (self);
  char            *next = NULL;

  if (g_strcmp0 (opening, "---") != 0)
    {
      lia_canned_import_row_fail (self->row, _ ("The file does not begin with --- and the response’s fields."));
      return;
    }
  while ((next = next_line (self)) != NULL && strcmp (next, "---") != 0)
    {
      if (*next != '\0')
        read_field (self, next);
      g_free (next);
    }
  if (next == NULL)
    lia_canned_import_row_fail (self->row, _ ("The fields have no end: a line with --- is missing."));
  else
    read_texts (self);
  g_free (next);
}

/**
 * lia_canned_import_page:
 * @path: of the file within the folder; "" = it was written alone
 *
 * On any thread.
 */
LiaCannedImportRow *
lia_canned_import_page (const char *path,
                        const char *text,
                        gsize       length)
{
  LiaCannedImportRow *row = lia_canned_import_row_new (path, 1);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *copy = g_strndup (text, length);
  Page             page = { row, copy, 0, NULL, body };

  if (length > LIA_CANNED_MAX_PAGE_BYTES)
    lia_canned_import_row_fail (row, _ ("The file is too large."));
  else if (!g_utf8_validate_len (text, length, NULL))
    lia_canned_import_row_fail (row, _ ("The file has characters that cannot be read. Save it as UTF-8."));
  else
    read_page (&page);
  g_clear_pointer (&page.variant, lia_canned_variant_unref);
  lia_canned_page_take_path (row->canned, path);

  return row;
}
