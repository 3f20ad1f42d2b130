/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-parse.h"

#include <string.h>

/*
 * Two steps: find where a response ends (lines, and literals counted in bytes), then cut it into tokens. A status response ("OK", "NO", …) is one
 * line and its text is never cut: it may end in what looks like a literal. An error means that we lost the thread: the connection is of no use.
 */

#define MAX_TOKENS 2000000

struct _LiaImapParser
{
  GByteArray *buffer;
  gsize       start;    /* of the response that is being collected */
  gsize       line;     /* where its current line starts */
  gsize       searched; /* no line end before this */
  gsize       literal;  /* bytes of a literal that are still to come */
  gsize       literals; /* bytes of literals in this response */
};

LiaImapParser *
lia_imap_parser_new (void)
{
  LiaImapParser *self = g_new0 (LiaImapParser, 1);

  self->buffer = g_byte_array_new ();
  return self;
}

void
lia_imap_parser_free (LiaImapParser *self)
{
  g_byte_array_unref (self->buffer);
  g_free (self);
}

void
lia_imap_parser_feed (LiaImapParser *self,
                      const char    *data,
                      gsize          length)
{
  if (self->start > 0 && self->start >= self->buffer->len / 2)
    {
      g_byte_array_remove_range (self->buffer, 0, self->start);
      self->line -= self->start;
      self->searched -= self->start;
      self->start = 0;
    }
  g_byte_array_append (self->buffer, (const guint8 *)data, length);
}

/** lia_imap_parser_is_empty: no bytes are left over. Asked before TLS begins, as what comes before it must not be believed. */
gboolean
lia_imap_parser_is_empty (LiaImapParser *self)
{
  return self->buffer->len == self->start;
}

static gboolean
fail (GError    **error,
      const char *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL, message);
  return FALSE;
}

static gboolean
is_status_word (const char *text,
                gsize       length)
{
  static const char *const words[] = { "OK", "NO", "BAD", "PREAUTH", "BYE" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]);
      if (length >= n && g_ascii_strncasecmp (text, words[i], n) == 0 && (length == n || text[n] == ' '))
        return TRUE;
    }

  return FALSE;
}

/* Only data ("* FETCH …") can hold literals. */
static gboolean
may_have_literals (const char *response,
                   gsize       length)
{
  return length > 2 && response[0] == '*' && response[1] == ' ' && !is_status_word (response + 2, length - 2);
}

/* The n of a line that ends in "{n}", "{n+}", "~{n}"; -1 when it does not end so. */
static gint64
literal_at_end (const char *line,
                gsize       length)
{
  gsize  i = length;
  gint64 size = 0, digit = 1;

  if (i < 3 || line[--i] != '}')
    return -1;
  if (line[i - 1] == '+')
    i--;
  for (; i > 0 && g_ascii_isdigit (line[i - 1]); i--)
    {
      if (digit > G_MAXINT32)
        return G_MAXINT64;
      size += (line[i - 1] - '0') * digit;
      digit *= 10;
    }

  return i > 0 && line[i - 1] == '{' && digit > 1 ? size : -1;
}

/* Moves on until the response is complete: *end is then behind its last CR LF. FALSE without error: more bytes are needed. */
static gboolean
find_end (LiaImapParser *self,
          gsize         *content_end,
          gsize         *end,
          GError       **error)
{
  for (;;)
    {
      if (self->literal > 0)
        {
          if (self->buffer->len - self->line < self->literal)
            return FALSE;
          self->line += self->literal;
          self->literal = 0;
          self->searched = self->line;
        }

      const char *data = (const char *)self->buffer->data;
      const char *newline = self->buffer->len > self->searched ? memchr (data + self->searched, '\n', self->buffer->len - self->searched) : NULL;
      if (newline == NULL)
        {
          self->searched = self->buffer->len;
          if (self->buffer->len - self->start - self->literals > LIA_IMAP_MAX_LINE_BYTES)
            return fail (error, "a line of the server is too long");
          return FALSE;
        }

      gsize line_end = newline - data;
      if (line_end > self->line && data[line_end - 1] == '\r')
        line_end--;
      gint64 literal = may_have_literals (data + self->start, line_end - self->start) ? literal_at_end (data + self->line, line_end - self->line) : -1;
      self->line = self->searched = newline - data + 1;
      if (literal < 0)
        {
          *content_end = line_end;
          *end = self->line;
          return TRUE;
        }
      self->literals += literal;
      if (literal > LIA_IMAP_MAX_LITERAL_BYTES || self->literals > LIA_IMAP_MAX_LITERAL_BYTES + LIA_IMAP_MAX_LINE_BYTES)
        return fail (error, "the server sends a message that is too large");
      self->literal = literal;
    }
}

static void
push (GArray          *tokens,
      LiaImapTokenKind kind,
      gsize            offset,
      gsize            length)
{
  LiaImapToken token = { kind, offset, length };

  g_array_append_val (tokens, token);
}

/* A quoted string at @at, unescaped in place; returns what follows it, or 0. */
static gsize
cut_quoted (char   *data,
            gsize   at,
            gsize   length,
            GArray *tokens)
{
  gsize out = at + 1;

  for (gsize i = at + 1; i < length; i++)
    {
      if (data[i] == '"')
        {
          push (tokens, LIA_IMAP_TOKEN_QUOTED, at + 1, out - at - 1);
          return i + 1;
        }
      if (data[i] == '\\' && i + 1 < length)
        i++;
      data[out++] = data[i];
    }

  return 0;
}

/* A literal at @at ("{n}" CR LF bytes); returns what follows it, or 0 when it is none. */
static gsize
cut_literal (const char *data,
             gsize       at,
             gsize       length,
             GArray     *tokens)
{
  guint64 size = 0;
  gsize   i = at + 1;

  for (; i < length && g_ascii_isdigit (data[i]) && size < G_MAXUINT32; i++)
    size = size * 10 + (data[i] - '0');
  if (i < length && data[i] == '+')
    i++;
  if (i + 1 >= length || data[i] != '}')
    return 0;
  i += data[i + 1] == '\r' ? 2 : 1;
  if (i >= length || data[i] != '\n' || size > length - i - 1)
    return 0;
  push (tokens, LIA_IMAP_TOKEN_LITERAL, i + 1, size);

  return i + 1 + size;
}

/* An atom, with sections in brackets: BODY[HEADER.FIELDS (SUBJECT)]<0>. */
static gsize
cut_atom (const char *data,
          gsize       at,
          gsize       length,
          GArray     *tokens)
{
  gboolean bracket = FALSE;
  gsize    i = at;

  for (; i < length; i++)
    {
      char c = data[i];
      if (c == '[')
        bracket = TRUE;
      else if (c == ']')
        bracket = FALSE;
      else if (!bracket && (c == ' ' || c == '(' || c == ')' || c == '"' || c == '\r' || c == '\n'))
        break;
    }
  push (tokens, LIA_IMAP_TOKEN_ATOM, at, i - at);

  return i;
}

static gboolean
cut_tokens (char    *data,
            gsize    length,
            GArray  *tokens,
            GError **error)
{
  guint depth = 0;

  for (gsize i = 2; i < length;)
    {
      gsize next = 0;

      if (tokens->len >= MAX_TOKENS)
        return fail (error, "a response of the server is too long");
      switch (data[i])
        {
        case ' ':
        case '\r':
        case '\n':
          i++;
          continue;
        case '(':
          push (tokens, LIA_IMAP_TOKEN_OPEN, i++, 1);
          if (++depth > LIA_IMAP_MAX_NESTING)
            return fail (error, "a response of the server is nested too deeply");
          continue;
        case ')':
          push (tokens, LIA_IMAP_TOKEN_CLOSE, i++, 1);
          if (depth-- == 0)
            return fail (error, "a response of the server has a bracket too many");
          continue;
        case '"':
          next = cut_quoted (data, i, length, tokens);
          break;
        case '~':
          next = i + 1 < length && data[i + 1] == '{' ? cut_literal (data, i + 1, length, tokens) : cut_atom (data, i, length, tokens);
          break;
        case '{':
          next = cut_literal (data, i, length, tokens);
          break;
        default:
          next = cut_atom (data, i, length, tokens);
          break;
        }
      if (next <= i)
        return fail (error, "a response of the server cannot be read");
      i = next;
    }

  return depth == 0 || fail (error, "a response of the server lacks a bracket");
}

/* resp-text: "[CODE args] text" */
static void
parse_text (LiaImapResponse *response,
            const char      *text)
{
  const char *close = text[0] == '[' ? strchr (text, ']') : NULL;

  if (close != NULL)
    {
      g_autofree char *inside = g_strndup (text + 1, close - text - 1);
      char            *space = strchr (inside, ' ');

      if (space != NULL)
        {
          *space = '\0';
          response->code_args = g_strdup (space + 1);
        }
      response->code = g_ascii_strup (inside, -1);
      text = close + 1 + (close[1] == ' ');
    }
  response->text = g_utf8_make_valid (text, -1);
}

static LiaImapStatus
status_from_word (const char  *text,
                  const char **rest)
{
  static const struct
  {
    const char   *word;
    LiaImapStatus status;
  } words[] = { { "OK", LIA_IMAP_STATUS_OK }, { "NO", LIA_IMAP_STATUS_NO }, { "BAD", LIA_IMAP_STATUS_BAD }, { "PREAUTH", LIA_IMAP_STATUS_PREAUTH }, { "BYE", LIA_IMAP_STATUS_BYE } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i].word);
      if (g_ascii_strncasecmp (text, words[i].word, n) == 0 && (text[n] == ' ' || text[n] == '\0'))
        {
          *rest = text + n + (text[n] == ' ');
          return words[i].status;
        }
    }

  return LIA_IMAP_STATUS_NONE;
}

static LiaImapResponse *
parse_response (char    *data,
                gsize    length,
                GError **error)
{
  g_autoptr (LiaImapResponse) response = g_new0 (LiaImapResponse, 1);
  const char *rest = NULL;

  if (length > 0 && data[0] == '+')
    {
      response->status = LIA_IMAP_STATUS_CONTINUE;
      response->text = g_strdup (length > 1 && data[1] == ' ' ? data + 2 : data + 1);
      return g_steal_pointer (&response);
    }
  if (length > 2 && data[0] == '*' && data[1] == ' ')
    {
      response->status = status_from_word (data + 2, &rest);
      if (response->status != LIA_IMAP_STATUS_NONE)
        {
          parse_text (response, rest);
          return g_steal_pointer (&response);
        }

      g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (LiaImapToken));
      if (!cut_tokens (data, length, tokens, error))
        return NULL;
      response->n_tokens = tokens->len;
      response->tokens = (LiaImapToken *)g_array_free (g_steal_pointer (&tokens), FALSE);
      return g_steal_pointer (&response);
    }

  const char *space = memchr (data, ' ', length);
  if (space != NULL && space > data && space - data <= 64)
    response->status = status_from_word (space + 1, &rest);
  if (response->status == LIA_IMAP_STATUS_NONE)
    {
      fail (error, "what the server says is not IMAP");
      return NULL;
    }
  response->tag = g_strndup (data, space - data);
  parse_text (response, rest);

  return g_steal_pointer (&response);
}

/**
 * lia_imap_parser_next:
 *
 * Returns: (nullable): the next whole response; NULL without error when more bytes are needed. After an error the parser is of no use
 */
LiaImapResponse *
lia_imap_parser_next (LiaImapParser *self,
                      GError       **error)
{
  gsize content_end, end;

  if (!find_end (self, &content_end, &end, error))
    return NULL;

  gsize            length = content_end - self->start;
  g_autofree char *data = g_malloc (length + 1);
  memcpy (data, self->buffer->data + self->start, length);
  data[length] = '\0';
  self->start = end;
  self->literals = 0;
  if (self->start == self->buffer->len)
    {
      g_byte_array_set_size (self->buffer, 0);
      self->start = self->line = self->searched = 0;
    }

  LiaImapResponse *response = parse_response (data, length, error);
  if (response != NULL)
    response->bytes = g_bytes_new_take (g_steal_pointer (&data), length);

  return response;
}

void
lia_imap_response_free (LiaImapResponse *self)
{
  g_free (self->tag);
  g_free (self->code);
  g_free (self->code_args);
  g_free (self->text);
  g_free (self->tokens);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/** lia_imap_response_peek: the token's bytes, not terminated; NULL when there is no such token. */
const char *
lia_imap_response_peek (const LiaImapResponse *self,
                        guint                  token,
                        gsize                 *length)
{
  *length = 0;
  if (token >= self->n_tokens)
    return NULL;
  *length = self->tokens[token].length;

  return (const char *)g_bytes_get_data (self->bytes, NULL) + self->tokens[token].offset;
}

/** lia_imap_response_is: whether the token is the atom @name, in any case. */
gboolean
lia_imap_response_is (const LiaImapResponse *self,
                      guint                  token,
                      const char            *name)
{
  gsize       length;
  const char *text = lia_imap_response_peek (self, token, &length);

  return text != NULL && self->tokens[token].kind == LIA_IMAP_TOKEN_ATOM && length == strlen (name) && g_ascii_strncasecmp (text, name, length) == 0;
}

gboolean
lia_imap_response_is_open (const LiaImapResponse *self,
                           guint                  token)
{
  return token < self->n_tokens && self->tokens[token].kind == LIA_IMAP_TOKEN_OPEN;
}

gboolean
lia_imap_response_get_number (const LiaImapResponse *self,
                              guint                  token,
                              guint64               *number)
{
  gsize       length;
  const char *text = lia_imap_response_peek (self, token, &length);
  guint64     value = 0;

  if (text == NULL || length == 0 || length > 19)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      value = value * 10 + (text[i] - '0');
    }
  *number = value;

  return TRUE;
}

/** lia_imap_response_dup: the token as text; NULL for a missing one and for the atom NIL. */
char *
lia_imap_response_dup (const LiaImapResponse *self,
                       guint                  token)
{
  gsize       length;
  const char *text = lia_imap_response_peek (self, token, &length);

  if (text == NULL || lia_imap_response_is (self, token, "NIL"))
    return NULL;

  return g_strndup (text, length);
}

/** lia_imap_response_get_bytes: the token's bytes without a copy; NULL for a missing one. */
GBytes *
lia_imap_response_get_bytes (const LiaImapResponse *self,
                             guint                  token)
{
  if (token >= self->n_tokens)
    return NULL;

  return g_bytes_new_from_bytes (self->bytes, self->tokens[token].offset, self->tokens[token].length);
}

/** lia_imap_response_skip: the index behind the value at @token: behind its closing bracket when it is a list. */
guint
lia_imap_response_skip (const LiaImapResponse *self,
                        guint                  token)
{
  guint depth = 0;

  for (; token < self->n_tokens; token++)
    {
      if (self->tokens[token].kind == LIA_IMAP_TOKEN_OPEN)
        depth++;
      else if (self->tokens[token].kind == LIA_IMAP_TOKEN_CLOSE && (depth == 0 || --depth == 0))
        return token + 1;
      else if (depth == 0)
        return token + 1;
    }

  return token;
}
