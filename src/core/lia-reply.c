/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-reply.h"

#include <string.h>

/*
 * Who gets an answer, what its subject is, and how the original is quoted below it. Pure functions: the composer shows what they say, and
 * the agent may change all of it before it goes out.
 */

#define QUOTE_MAX_BYTES (64 * 1024)

/* What mail programs put before a subject, by language; longest first is not needed, as a colon must follow. */
static const char *const reply_prefixes[] = { "re", "aw", "sv", "antw", "odp", "ynt", "res", "ré", "回复", "答复", "返信", NULL };
static const char *const forward_prefixes[] = { "fwd", "fw", "wg", "tr", "rv", "enc", "doorst", "转发", "轉寄", NULL };

/* The mailbox without its tag: `support+c7token@example.org` is ours when `support@example.org` is (RFC 5233). */
static char *
without_tag (const char *address)
{
  char       *folded = lia_address_fold (address);
  char       *plus = strchr (folded, '+');
  const char *at = strrchr (folded, '@');

  if (plus != NULL && plus != folded && at != NULL && plus < at)
    memmove (plus, at, strlen (at) + 1);

  return folded;
}

/**
 * lia_reply_is_own:
 * @own: (element-type LiaAddress): the addresses of our mailboxes
 *
 * Whether mail to @address comes back to us: one of our mailboxes, also with a `+tag`.
 */
gboolean
lia_reply_is_own (const LiaAddress *address,
                  GPtrArray        *own)
{
  g_autofree char *wanted = without_tag (address->address);

  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      const LiaAddress *candidate = own->pdata[i];
      g_autofree char  *mailbox = without_tag (candidate->address);

      if (strcmp (wanted, mailbox) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
contains (GPtrArray        *list,
          const LiaAddress *address)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (lia_address_equal (list->pdata[i], address))
        return TRUE;
    }

  return FALSE;
}

static void
add (GPtrArray  *list,
     LiaAddress *address,
     GPtrArray  *own,
     GPtrArray  *already)
{
  if (*address->address != '\0' && !lia_reply_is_own (address, own) && !contains (list, address) &&
      (already == NULL || !contains (already, address)))
    g_ptr_array_add (list, lia_address_ref (address));
}

static void
add_all (GPtrArray *list,
         GPtrArray *addresses,
         GPtrArray *own,
         GPtrArray *already)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    add (list, addresses->pdata[i], own, already);
}

/**
 * lia_reply_recipients:
 * @entry: what is answered
 * @reply: "reply", "all", "forward" or "new"
 * @own: (nullable) (element-type LiaAddress): the addresses of our mailboxes, which never get our own mail
 * @to: (out) (transfer full) (element-type LiaAddress): whom to
 * @cc: (out) (transfer full) (element-type LiaAddress): with copies to
 *
 * RFC 5322 §3.6.3: an answer goes to Reply-To, else to From; an answer to our own message goes to those it was sent to. Reply to all adds
 * everybody else of To and Cc as Cc. Forwarding begins with nobody. Blind copies are never answered.
 */
void
lia_reply_recipients (LiaEntry   *entry,
                      const char *reply,
                      GPtrArray  *own,
                      GPtrArray **to,
                      GPtrArray **cc)
{
  *to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  *cc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);

  if (g_str_equal (reply, "forward") || g_str_equal (reply, "new"))
    return;

  if (entry->direction == LIA_DIRECTION_OUT)
    {
      add_all (*to, entry->to, own, NULL);
    }
  else
    {
      if (entry->reply_to != NULL)
        add (*to, entry->reply_to, own, NULL);
      if ((*to)->len == 0 && entry->from != NULL)
        add (*to, entry->from, own, NULL);
    }

  if (g_str_equal (reply, "all"))
    {
      add_all (*cc, entry->to, own, *to);
      add_all (*cc, entry->cc, own, *to);
    }
}

/* The length of a prefix like "Re: ", "RE[2]:", "AW :" at the start of @subject; 0 = none of them. */
static gsize
prefix_length (const char        *subject,
               const char *const *prefixes)
{
  for (gsize i = 0; prefixes[i] != NULL; i++)
    {
      g_autofree char *start = g_utf8_substring (subject, 0, MIN (g_utf8_strlen (prefixes[i], -1), g_utf8_strlen (subject, -1)));
      g_autofree char *folded = g_utf8_strdown (start, -1);
      const char      *rest = subject + strlen (start);

      if (strcmp (folded, prefixes[i]) != 0)
        continue;

      if (*rest == '[')
        {
          rest += 1 + strspn (rest + 1, "0123456789");
          if (*rest != ']')
            continue;
          rest++;
        }

      rest += strspn (rest, " ");

      if (*rest == ':')
        rest++;
      else if (g_str_has_prefix (rest, "："))
        rest += strlen ("：");
      else
        continue;

      return (gsize)(rest - subject) + strspn (rest, " \t");
    }

  return 0;
}

/**
 * lia_reply_subject:
 * @subject: (nullable): of what is answered
 *
 * `Re: ` or `Fwd: ` before the subject, once: prefixes of the same meaning that stand there already, in any usual language, are taken off.
 */
char *
lia_reply_subject (const char *subject,
                   const char *reply)
{
  gboolean           forward = g_str_equal (reply, "forward");
  const char *const *prefixes = forward ? forward_prefixes : reply_prefixes;
  g_autofree char   *text = g_utf8_make_valid (subject != NULL ? subject : "", -1);
  const char        *rest = g_strstrip (text);

  if (g_str_equal (reply, "new"))
    return g_strdup (rest);

  for (gsize length = prefix_length (rest, prefixes); length > 0; length = prefix_length (rest, prefixes))
    rest += length;

  return g_strconcat (forward ? "Fwd: " : "Re: ", rest, NULL);
}

/* The text up to a last signature, which says nothing new to the one who wrote it. */
static gsize
length_without_signature (LiaEntry *entry)
{
  gsize length = strlen (entry->text);

  if (entry->folds != NULL && entry->folds->len > 0)
    {
      const LiaFold *last = &g_array_index (entry->folds, LiaFold, entry->folds->len - 1);
      const char    *after = entry->text + MIN (last->end, length);

      if (last->kind == LIA_FOLD_SIGNATURE && last->start <= length && after[strspn (after, " \t\r\n")] == '\0')
        length = last->start;
    }

  while (length > 0 && strchr (" \t\r\n", entry->text[length - 1]) != NULL)
    length--;

  return length;
}

static void
append_line (GString    *quote,
             const char *line,
             gboolean    forward)
{
  if (!forward)
    g_string_append (quote, *line == '>' ? ">" : *line == '\0' ? ">"
                                                               : "> ");

  g_string_append (quote, line);
  g_string_append_c (quote, '\n');
}

/**
 * lia_reply_quote:
 * @entry: what is answered or forwarded
 * @heading: the words above: "On … Ann Lee wrote:", or the headers of a forwarded message
 *
 * The original as plain text: each line behind `> ` (RFC 3676 §4.5), or as it is when forwarded. At most 64 KiB, cut at a line's end: the
 * recipient has the original, and long threads quote themselves over and over.
 *
 * Returns: (transfer full) (nullable): NULL when there is nothing to quote
 */
char *
lia_reply_quote (LiaEntry   *entry,
                 const char *reply,
                 const char *heading)
{
  gboolean         forward = g_str_equal (reply, "forward");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *quote;

  if (entry->text == NULL || g_str_equal (reply, "new"))
    return NULL;

  text = g_strndup (entry->text, forward ? strlen (entry->text) : length_without_signature (entry));

  if (*g_strchomp (text) == '\0' && !forward)
    return NULL;

  quote = g_string_new (heading);
  g_string_append_c (quote, '\n');
  lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (quote->len + strlen (lines[i]) > QUOTE_MAX_BYTES)
        {
          append_line (quote, "[…]", forward);
          break;
        }

      append_line (quote, g_strchomp (lines[i]), forward);
    }

  g_string_truncate (quote, quote->len - 1);

  return g_string_free (quote, FALSE);
}

/* What stands below the own words: the signature behind its mark (RFC 3676 §4.3), then the quote. */
static char *
tail (const char *signature,
      const char *quote)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (signature != NULL ? signature : ""));
  GString         *text = g_string_new (NULL);

  if (*trimmed != '\0')
    g_string_append_printf (text, "\n\n-- \n%s", trimmed);
  if (quote != NULL && *quote != '\0')
    g_string_append_printf (text, "\n\n%s", quote);

  return g_string_free (text, FALSE);
}

/**
 * lia_reply_assemble:
 * @body: the own words
 * @signature: (nullable): without its mark
 * @quote: (nullable): from lia_reply_quote()
 *
 * The text as it goes out.
 */
char *
lia_reply_assemble (const char *body,
                    const char *signature,
                    const char *quote)
{
  g_autofree char *words = g_strchomp (g_strdup (body));
  g_autofree char *below = tail (signature, quote);

  return g_strconcat (words, below, NULL);
}

/**
 * lia_reply_own_words:
 * @text: made by lia_reply_assemble(), perhaps with another signature or quote
 *
 * The way back, for a message that was taken back: the own words alone, or all of @text when it does not end as expected.
 */
char *
lia_reply_own_words (const char *text,
                     const char *signature,
                     const char *quote)
{
  g_autofree char *below = tail (signature, quote);

  if (g_str_has_suffix (text, below))
    return g_strndup (text, strlen (text) - strlen (below));

  return g_strdup (text);
}
