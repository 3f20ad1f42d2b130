/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/*
 * HTML -> what a plain text mail would say: paragraphs, lists, links as `text <address>`, rows of tables as lines, quotes as `> `. Without a tree:
 * libxml2's SAX events write straight into a string, so memory is the output's. Nesting and output are limited; what lies deeper than
 * MAX_DEPTH elements is read by a plain tag stripper instead, because libxml2's cost per end tag grows with the depth. In the engine it runs in the parse worker.
 */

#define MAX_DEPTH 256
#define MAX_LISTS 16
#define MAX_LINK 500
#define MAX_QUOTES 20

typedef struct
{
  GString       *out;
  gsize          max_bytes;
  guint          depth;
  guint          skip; /* inside something unseen, this many elements deep */
  guint          pre;
  guint          quotes;
  guint          shown_quotes;     /* of the last text */
  guint          lists[MAX_LISTS]; /* of the next item; 0 = bullets */
  guint          n_lists;
  guint          breaks; /* line ends owed before the next text */
  gboolean       space;  /* a blank owed */
  gboolean       cell;   /* a tab owed */
  gboolean       item;   /* the next text starts a list item */
  char          *href;
  gsize          href_start; /* where its text begins */
  gboolean       stopped;
  guint8         quote_at[MAX_DEPTH + 1]; /* the element at this depth began a quote */
  xmlParserCtxt *parser;
} Writer;

static gboolean
is_one_of (const char *name,
           const char *names)
{
  const char *hit = strstr (names, name);
  size_t      length = strlen (name);

  while (hit != NULL && !(hit[-1] == ' ' && hit[length] == ' '))
    hit = strstr (hit + 1, name);

  return hit != NULL;
}

static const char *
attribute (const xmlChar **attributes,
           const char     *name)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    {
      if (strcmp ((const char *)attributes[i], name) == 0)
        return attributes[i + 1] != NULL ? (const char *)attributes[i + 1] : "";
    }

  return NULL;
}

static gboolean
is_hidden (const xmlChar **attributes)
{
  const char      *style = attribute (attributes, "style");
  g_autofree char *low = NULL;
  char            *write;

  if (style == NULL || strlen (style) > 4096)
    return FALSE;

  low = write = g_ascii_strdown (style, -1);

  for (const char *read = low; *read != '\0'; read++)
    {
      if (!g_ascii_isspace (*read))
        *write++ = *read;
    }

  *write = '\0';

  return strstr (low, "display:none") != NULL || strstr (low, "mso-hide:all") != NULL;
}

static void
owe_breaks (Writer *self,
            guint   breaks)
{
  self->breaks = MAX (self->breaks, breaks);
  self->space = FALSE;
  self->cell = FALSE;
}

static void
start_line (Writer *self)
{
  for (guint i = 0; i < self->quotes; i++)
    g_string_append (self->out, "> ");

  for (guint i = 1; i < self->n_lists; i++)
    g_string_append (self->out, "  ");
}

/* Pays what is owed before text. */
static void
settle (Writer *self)
{
  gboolean at_start = self->out->len == 0;

  for (guint i = 0; i < self->breaks && !at_start; i++)
    {
      g_string_append_c (self->out, '\n');

      if (i + 1 < self->breaks)
        {
          for (guint quote = 0; quote < MIN (self->quotes, self->shown_quotes); quote++)
            g_string_append_c (self->out, '>');
        }
    }

  if (self->breaks > 0 || at_start)
    start_line (self);
  else if (self->cell)
    g_string_append_c (self->out, '\t');
  else if (self->space)
    g_string_append_c (self->out, ' ');

  self->breaks = 0;
  self->space = FALSE;
  self->cell = FALSE;
  self->shown_quotes = self->quotes;

  if (self->item)
    {
      guint *number = self->n_lists > 0 && self->n_lists <= MAX_LISTS ? &self->lists[self->n_lists - 1] : NULL;

      if (number != NULL && *number > 0)
        g_string_append_printf (self->out, "%u. ", (*number)++);
      else
        g_string_append (self->out, "• ");

      self->item = FALSE;
    }
}

static void
stop (Writer *self)
{
  self->stopped = TRUE;
  xmlStopParser (self->parser);
}

/* The number of bytes that are white space or filler at @p; *blank tells white space. */
static guint
filler (const char *p,
        guint       left,
        gboolean   *blank)
{
  static const char *const fillers[] = { "\xe2\x80\x8b", "\xef\xbb\xbf", "\xc2\xad", "\xcd\x8f", "\xe2\x81\xa0" };

  *blank = TRUE;

  if (g_ascii_isspace (*p))
    return 1;

  if (left >= 2 && p[0] == '\xc2' && p[1] == '\xa0')
    return 2;

  *blank = FALSE;

  /* Nearly every byte of a text: none of them begins so. */
  if ((guchar)*p < 0xc2)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      guint length = strlen (fillers[i]);

      if (left >= length && memcmp (p, fillers[i], length) == 0)
        return length;
    }

  return 0;
}

static void
on_characters (void          *data,
               const xmlChar *text,
               int            length)
{
  Writer     *self = data;
  const char *p = (const char *)text;
  const char *end = p + length;

  if (self->skip > 0 || self->stopped)
    return;

  while (p < end)
    {
      gboolean    blank;
      guint       skipped = filler (p, end - p, &blank);
      const char *word = p;

      if (self->pre > 0 && *p == '\n')
        {
          self->breaks = MIN (self->breaks + 1, 3);
          p++;
          continue;
        }

      if (skipped > 0 && !(self->pre > 0 && *p != '\r' && blank))
        {
          self->space |= blank && self->breaks == 0 && !self->cell && self->out->len > 0;
          p += skipped;
          continue;
        }

      while (p < end && (filler (p, end - p, &blank) == 0 || (self->pre > 0 && *p != '\n' && *p != '\r')))
        p++;

      settle (self);
      g_string_append_len (self->out, word, p - word);
    }

  if (self->out->len > self->max_bytes)
    stop (self);
}

static void
append (Writer     *self,
        const char *text)
{
  on_characters (self, (const xmlChar *)text, strlen (text));
}

static gboolean
is_quote (const char     *name,
          const xmlChar **attributes)
{
  const char *id;

  if (strcmp (name, "blockquote") == 0)
    return TRUE;

  id = attribute (attributes, "id");

  return id != NULL && strcmp (id, "OLK_SRC_BODY_SECTION") == 0;
}

static void
start_list (Writer     *self,
            const char *name)
{
  owe_breaks (self, self->n_lists > 0 ? 1 : 2);

  if (self->n_lists < MAX_LISTS)
    self->lists[self->n_lists] = strcmp (name, "ol") == 0 ? 1 : 0;

  self->n_lists++;
}

static void
start_link (Writer         *self,
            const xmlChar **attributes)
{
  const char *href = attribute (attributes, "href");

  g_clear_pointer (&self->href, g_free);

  if (href != NULL && strlen (href) <= MAX_LINK &&
      (g_ascii_strncasecmp (href, "http://", 7) == 0 || g_ascii_strncasecmp (href, "https://", 8) == 0 || g_ascii_strncasecmp (href, "mailto:", 7) == 0))
    {
      self->href = g_strdup (href);
      self->href_start = self->out->len;
    }
}

static void
end_link (Writer *self)
{
  g_autofree char *href = g_steal_pointer (&self->href);
  const char      *target = href;
  g_autofree char *text = NULL;

  if (href == NULL)
    return;

  text = g_strstrip (g_strdup (self->out->str + MIN (self->href_start, self->out->len)));

  if (g_ascii_strncasecmp (href, "mailto:", 7) == 0)
    target = href + 7;

  /* A link without text is a picture's: its address says nothing to a reader. */
  if (*text == '\0' || strstr (text, target) != NULL || (strstr (href, "://") != NULL && strcmp (strstr (href, "://") + 3, text) == 0))
    return;

  g_string_append_printf (self->out, " <%s>", target);
}

#define BLOCKS \
  " address article aside center dd details dialog div dl dt fieldset figcaption figure footer form header main nav section summary tr table caption "
#define PARAGRAPHS " p h1 h2 h3 h4 h5 h6 pre "
#define UNSEEN " script style head title object embed applet iframe select textarea template noframes map "

static void
on_start (void           *data,
          const xmlChar  *element,
          const xmlChar **attributes)
{
  Writer     *self = data;
  const char *name = (const char *)element;

  if (self->stopped)
    return;

  if (++self->depth > MAX_DEPTH)
    {
      stop (self);
      return;
    }

  self->quote_at[self->depth] = FALSE;

  if (self->skip > 0 || is_one_of (name, UNSEEN) || is_hidden (attributes))
    {
      self->skip++;
      return;
    }

  if (is_quote (name, attributes) && self->quotes < MAX_QUOTES)
    {
      owe_breaks (self, 2);
      self->quotes++;
      self->quote_at[self->depth] = TRUE;
    }
  else if (is_one_of (name, PARAGRAPHS))
    owe_breaks (self, 2);
  else if (is_one_of (name, BLOCKS))
    owe_breaks (self, 1);
  else if (strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0)
    start_list (self, name);
  else if (strcmp (name, "li") == 0)
    {
      owe_breaks (self, 1);
      self->item = TRUE;
    }
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    self->cell = self->breaks == 0 && self->out->len > 0;
  else if (strcmp (name, "a") == 0)
    start_link (self, attributes);

  if (strcmp (name, "br") == 0)
    self->breaks = MIN (self->breaks + 1, 3);
  else if (strcmp (name, "hr") == 0)
    {
      owe_breaks (self, 1);
      append (self, "________________________________");
      owe_breaks (self, 1);
    }
  else if (strcmp (name, "img") == 0)
    {
      const char *alt = attribute (attributes, "alt");

      if (alt != NULL && *alt != '\0' && strlen (alt) <= 200)
        append (self, alt);
    }
  else if (strcmp (name, "pre") == 0)
    self->pre++;
}

static void
on_end (void          *data,
        const xmlChar *element)
{
  Writer     *self = data;
  const char *name = (const char *)element;
  guint       depth = self->depth;

  if (self->stopped || depth == 0)
    return;

  self->depth--;

  if (self->skip > 0)
    {
      self->skip--;
      return;
    }

  if (self->quote_at[depth])
    {
      self->quotes--;
      owe_breaks (self, 2);
    }
  else if (is_one_of (name, PARAGRAPHS))
    owe_breaks (self, 2);
  else if (is_one_of (name, BLOCKS) || strcmp (name, "li") == 0)
    owe_breaks (self, 1);
  else if ((strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0) && self->n_lists > 0)
    {
      self->n_lists--;
      owe_breaks (self, self->n_lists > 0 ? 1 : 2);
    }
  else if (strcmp (name, "a") == 0)
    end_link (self);

  if (strcmp (name, "li") == 0)
    self->item = FALSE;
  else if (strcmp (name, "pre") == 0 && self->pre > 0)
    self->pre--;
}

/* For what nests too deep: tags become blanks. Linear, knows nothing. */
static void
strip_tags (GString    *out,
            const char *html,
            gsize       length,
            gsize       max_bytes)
{
  gboolean in_tag = FALSE;

  g_string_truncate (out, 0);

  for (gsize i = 0; i < length && out->len < max_bytes; i++)
    {
      if (html[i] == '<')
        in_tag = TRUE;
      else if (html[i] == '>' && in_tag)
        in_tag = FALSE;
      else if (!in_tag && (!g_ascii_isspace (html[i]) || (out->len > 0 && !g_ascii_isspace (out->str[out->len - 1]))))
        g_string_append_c (out, html[i]);
    }
}

/**
 * lia_html_to_text:
 * @html: valid UTF-8
 * @max_bytes: about how long the text may become
 *
 * Returns: (transfer full): the text; valid UTF-8
 */
char *
lia_html_to_text (const char *html,
                  gsize       length,
                  gsize       max_bytes)
{
  Writer   writer = { .out = g_string_new (NULL), .max_bytes = max_bytes };
  gboolean too_deep;

  writer.parser = htmlNewParserCtxt ();

  if (writer.parser == NULL || length > G_MAXINT)
    {
      if (writer.parser != NULL)
        htmlFreeParserCtxt (writer.parser);

      return g_string_free_and_steal (writer.out);
    }

  memset (writer.parser->sax, 0, sizeof *writer.parser->sax);
  writer.parser->sax->startElement = on_start;
  writer.parser->sax->endElement = on_end;
  writer.parser->sax->characters = on_characters;
  writer.parser->sax->ignorableWhitespace = on_characters;
  writer.parser->userData = &writer;
  htmlCtxtReadMemory (writer.parser, html, length, NULL, "UTF-8",
                      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  too_deep = writer.depth > MAX_DEPTH;
  htmlFreeParserCtxt (writer.parser);
  g_clear_pointer (&writer.href, g_free);

  if (too_deep)
    strip_tags (writer.out, html, length, max_bytes);

  if (writer.out->len > max_bytes)
    g_string_truncate (writer.out, max_bytes);

  if (!g_utf8_validate (writer.out->str, writer.out->len, NULL))
    {
      g_autofree char *raw = g_string_free_and_steal (writer.out);

      return g_utf8_make_valid (raw, -1);
    }

  return g_string_free_and_steal (writer.out);
}
