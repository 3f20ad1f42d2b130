/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-address.h"

#include "lia-phone-number.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (LiaAddress, lia_address, lia_address_ref, lia_address_unref)

static char *
clean (const char *text)
{
  char *copy = g_strdup (text != NULL ? text : "");

  for (char *c = copy; *c != '\0'; c++)
    {
      if ((guchar)*c < 0x20 || *c == 0x7f)
        *c = ' ';
    }

  return g_strstrip (copy);
}

/**
 * lia_address_new:
 * @name: (nullable): the display name
 * @address: (nullable): the address
 *
 * Control characters become blanks, so that no address can add a line to a header.
 */
LiaAddress *
lia_address_new (const char *name,
                 const char *address)
{
  LiaAddress *self = g_rc_box_new0 (LiaAddress);

  self->name = clean (name);
  self->address = clean (address);

  return self;
}

LiaAddress *
lia_address_ref (LiaAddress *self)
{
  return g_rc_box_acquire (self);
}

static void
lia_address_clear (gpointer data)
{
  LiaAddress *self = data;

  g_free ((char *)self->name);
  g_free ((char *)self->address);
}

void
lia_address_unref (LiaAddress *self)
{
  g_rc_box_release_full (self, lia_address_clear);
}

/**
 * lia_address_fold:
 * @address: an e-mail address
 *
 * The form by which addresses are compared: lower case, no blanks around it. RFC 5321 leaves the local part's case to its server, but
 * no server in use distinguishes it, and people do not either.
 */
char *
lia_address_fold (const char *address)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address != NULL ? address : ""));

  return g_utf8_validate (stripped, -1, NULL) ? g_utf8_strdown (stripped, -1) : g_ascii_strdown (stripped, -1);
}

/** lia_address_equal: whether both are the same mailbox or number; names do not count. */
gboolean
lia_address_equal (const LiaAddress *a,
                   const LiaAddress *b)
{
  g_autofree char *left = lia_address_fold (a->address);
  g_autofree char *right = lia_address_fold (b->address);

  return strcmp (left, right) == 0;
}

/**
 * lia_address_is_valid_email:
 *
 * Whether mail can be addressed to it: RFC 5321's limits (64 bytes before the @, 254 in all), no blanks or brackets, a domain with a
 * letter or digit at both ends of each label. Non-ASCII is allowed (RFC 6531).
 */
gboolean
lia_address_is_valid_email (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  if (at == NULL || at == address || at - address > 64 || strlen (address) > 254 || !g_utf8_validate (address, -1, NULL))
    return FALSE;

  for (const char *c = address; *c != '\0'; c++)
    {
      if ((guchar)*c <= 0x20 || *c == 0x7f || strchr ("()<>[]:;,\\\"", *c) != NULL || (*c == '@' && c != at))
        return FALSE;
    }

  for (const char *c = at; *c != '\0'; c++)
    {
      gboolean label_edge = *c == '@' || *c == '.';

      if (label_edge && (c[1] == '\0' || c[1] == '.' || c[1] == '-'))
        return FALSE;
    }

  return TRUE;
}

/** lia_address_display_name: what to call them in a list: the name, else the address. */
const char *
lia_address_display_name (const LiaAddress *self)
{
  return *self->name != '\0' ? self->name : self->address;
}

/* E.164, in which numbers are kept */
static gboolean
is_phone_number (const char *text)
{
  return *text == '+' && text[1] != '\0' && text[1 + strspn (text + 1, "0123456789")] == '\0';
}

/** lia_address_show_bare: (transfer full): @address; a telephone number as people write it. */
char *
lia_address_show_bare (const char *address)
{
  return is_phone_number (address) ? lia_phone_number_show (address, NULL) : g_strdup (address);
}

/** lia_address_find_site: (nullable): "shop", of "visitor-5c0ff1e5c0ff1e00#shop": of somebody who chats and has not said who they are. */
const char *
lia_address_find_site (const char *address)
{
  const char *site = g_str_has_prefix (address, LIA_ADDRESS_VISITOR) ? strchr (address, '#') : NULL;

  return site != NULL ? site + 1 : NULL;
}

/** lia_address_show: (transfer full): as lia_address_display_name(), a telephone number as people write it. */
char *
lia_address_show (const LiaAddress *self)
{
  return lia_address_show_bare (lia_address_display_name (self));
}

/** lia_address_to_string: `Ann Lee <ann@example.com>`, the name quoted where RFC 5322 asks for it. */
char *
lia_address_to_string (const LiaAddress *self)
{
  if (*self->name == '\0')
    return g_strdup (self->address);

  if (strpbrk (self->name, "()<>[]:;@\\,.\"") != NULL)
    {
      g_autoptr (GString) quoted = g_string_new (self->name);

      g_string_replace (quoted, "\\", "\\\\", 0);
      g_string_replace (quoted, "\"", "\\\"", 0);

      return g_strdup_printf ("\"%s\" <%s>", quoted->str, self->address);
    }

  return g_strdup_printf ("%s <%s>", self->name, self->address);
}

static void
take_one (GPtrArray *list,
          GString   *text)
{
  g_autofree char *one = g_strstrip (g_strdup (text->str));
  char            *open = strrchr (one, '<');
  char            *close = open != NULL ? strchr (open, '>') : NULL;

  g_string_truncate (text, 0);

  if (*one == '\0')
    return;

  if (close != NULL)
    {
      g_autofree char *address = g_strndup (open + 1, close - open - 1);
      size_t           length;

      *open = '\0';
      g_strstrip (one);
      length = strlen (one);

      if (length >= 2 && one[0] == '"' && one[length - 1] == '"')
        {
          one[length - 1] = '\0';
          memmove (one, one + 1, length - 1);
        }

      g_ptr_array_add (list, lia_address_new (one, address));
    }
  else
    {
      g_ptr_array_add (list, lia_address_new (NULL, one));
    }
}

/**
 * lia_address_parse_list:
 * @text: what a person typed or pasted: addresses with or without names, parted by commas, semicolons or line ends
 *
 * Takes everything; ask lia_address_is_valid_email() of each. Mail headers are the mail worker's, not this function's.
 *
 * Returns: (transfer full) (element-type LiaAddress): the addresses in their order
 */
GPtrArray *
lia_address_parse_list (const char *text)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_autoptr (GString) one = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        quoted = !quoted;

      if (!quoted && strchr (",;\r\n", *c) != NULL)
        take_one (list, one);
      else
        g_string_append_c (one, *c);
    }

  take_one (list, one);

  return list;
}
