/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-codes.h"

#include "lia-auth.h"

#define DIGITS 6
#define ALL 1000000
#define MAX_LIVING 2000 /* so that a guess is right once in 500 times at most */

struct _LiaChatCodes
{
  GHashTable *by_text;    /* of LiaChatCode *, which it owns */
  GHashTable *by_visitor; /* of LiaChatCode * */
};

static void
code_free (gpointer data)
{
  LiaChatCode *code = data;

  lia_chat_visitor_unref (code->visitor);
  g_free (code->text);
  g_free (code->url);
  g_free (code->title);
  g_free (code->call);
  g_free (code);
}

LiaChatCodes *
lia_chat_codes_new (void)
{
  LiaChatCodes *self = g_new0 (LiaChatCodes, 1);

  self->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, code_free);
  self->by_visitor = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
lia_chat_codes_free (LiaChatCodes *self)
{
  g_hash_table_unref (self->by_visitor);
  g_hash_table_unref (self->by_text);
  g_free (self);
}

static void
forget (LiaChatCodes *self,
        LiaChatCode  *code)
{
  g_hash_table_remove (self->by_visitor, code->visitor->visitor);
  g_hash_table_remove (self->by_text, code->text);
}

static void
forget_old (LiaChatCodes *self,
            gint64        now_ms)
{
  g_autoptr (GPtrArray) codes = g_hash_table_get_values_as_ptr_array (self->by_text);

  for (guint i = 0; i < codes->len; i++)
    if (((LiaChatCode *)codes->pdata[i])->until_ms <= now_ms)
      forget (self, codes->pdata[i]);
}

/* Nobody can guess it, and nobody has it now. */
static char *
make_text (LiaChatCodes *self)
{
  for (;;)
    {
      g_autofree char *random = lia_auth_random_token ("");
      g_autofree char *hash = lia_auth_token_hash (random);
      char            *text;

      hash[8] = '\0';
      text = g_strdup_printf ("%0*u", DIGITS, (guint)(g_ascii_strtoull (hash, NULL, 16) % ALL));
      if (!g_hash_table_contains (self->by_text, text))
        return text;
      g_free (text);
    }
}

/**
 * lia_chat_codes_give:
 *
 * Returns: (transfer none) (nullable): hers, which stays the same while it is good and was read out in no call; NULL when too many are shown already
 */
LiaChatCode *
lia_chat_codes_give (LiaChatCodes   *self,
                     LiaChatVisitor *visitor,
                     const char     *url,
                     const char     *title,
                     gint64          now_ms)
{
  LiaChatCode *code;

  forget_old (self, now_ms);
  code = g_hash_table_lookup (self->by_visitor, visitor->visitor);
  if (code != NULL && code->call != NULL)
    {
      forget (self, code);
      code = NULL;
    }
  if (code == NULL)
    {
      if (g_hash_table_size (self->by_text) >= MAX_LIVING)
        return NULL;
      code = g_new0 (LiaChatCode, 1);
      code->visitor = lia_chat_visitor_ref (visitor);
      code->text = make_text (self);
      code->until_ms = now_ms + LIA_CHAT_CODE_LIFE_MS;
      g_hash_table_insert (self->by_text, code->text, code);
      g_hash_table_insert (self->by_visitor, code->visitor->visitor, code);
    }
  g_set_str (&code->url, url);
  g_set_str (&code->title, title);

  return code;
}

/** lia_chat_codes_find: (transfer none) (nullable): the one that is shown with these digits. */
LiaChatCode *
lia_chat_codes_find (LiaChatCodes *self,
                     const char   *text,
                     gint64        now_ms)
{
  LiaChatCode *code = g_hash_table_lookup (self->by_text, text);

  return code != NULL && code->until_ms > now_ms ? code : NULL;
}

/** lia_chat_code_read: (transfer full) (nullable): six digits of what was typed, whatever stands between them; NULL where it is no code. */
char *
lia_chat_code_read (const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (digits, (char)('0' + g_unichar_digit_value (c)));
      else if (!g_unichar_isspace (c) && c != '-')
        return NULL;
    }

  return digits->len == DIGITS ? g_string_free_and_steal (g_steal_pointer (&digits)) : NULL;
}
