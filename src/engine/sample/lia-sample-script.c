/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-script.h"

#include "liaison-sample.h"

#include <string.h>

#define PREFIX "/org/liaisondesk/Liaison/sample/"
#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)

static const char *const files[] = { "scripts-en.txt", "scripts-de.txt", "scripts-fr.txt", "scripts-es.txt", "scripts-more.txt", "scripts-fleet.txt" };

static const struct
{
  const char       *mark;
  LiaSampleTurnKind kind;
} marks[] = {
  { "[customer", LIA_SAMPLE_CUSTOMER },
  { "[agent", LIA_SAMPLE_AGENT },
  { "[note", LIA_SAMPLE_NOTE },
  { "[chat customer", LIA_SAMPLE_CHAT_CUSTOMER },
  { "[chat agent", LIA_SAMPLE_CHAT_AGENT },
  { "[call in", LIA_SAMPLE_CALL_IN },
  { "[call out", LIA_SAMPLE_CALL_OUT },
  { "[voicemail", LIA_SAMPLE_VOICEMAIL },
  { "[promise", LIA_SAMPLE_PROMISE },
};

static void
turn_free (gpointer data)
{
  LiaSampleTurn *turn = data;

  g_free (turn->outcome);
  g_free (turn->attach);
  g_free (turn->text);
  g_free (turn);
}

static void
script_free (gpointer data)
{
  LiaSampleScript *script = data;

  g_free (script->name);
  g_free (script->lang);
  g_free (script->channel);
  g_free (script->queue);
  g_free (script->subject);
  g_strfreev (script->tags);
  g_ptr_array_unref (script->turns);
  g_free (script);
}

static void
customer_free (gpointer data)
{
  LiaSampleCustomer *customer = data;

  g_free (customer->name);
  g_free (customer->email);
  g_free (customer->phone);
  g_free (customer->lang);
  g_free (customer->city);
  g_free (customer->org);
  g_free (customer);
}

static GStrv
read_lines (const char *name,
            GError    **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (liaison_sample_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;

  return text != NULL ? g_strsplit (text, "\n", -1) : NULL;
}

/* "a | b | c" without the blanks around. */
static GStrv
split_fields (const char *line)
{
  GStrv fields = g_strsplit (line, "|", -1);

  for (gsize i = 0; fields[i] != NULL; i++)
    g_strstrip (fields[i]);

  return fields;
}

static LiaSampleScript *
begin_script (const char *line,
              const char *subject)
{
  LiaSampleScript *script = g_new0 (LiaSampleScript, 1);
  g_auto (GStrv) fields = split_fields (line + strlen ("==="));

  g_assert (g_strv_length (fields) == 5); /* our own file */
  script->name = g_strdup (fields[0]);
  script->lang = g_strdup (fields[1]);
  script->channel = g_strdup (fields[2]);
  script->queue = g_strdup (fields[3]);
  script->tags = g_strsplit (fields[4], ", ", -1);
  script->subject = g_strdup (subject);
  script->turns = g_ptr_array_new_with_free_func (turn_free);

  return script;
}

static void
read_option (LiaSampleTurn *turn,
             const char    *word)
{
  if (g_str_has_prefix (word, "attach="))
    g_set_str (&turn->attach, word + strlen ("attach="));
  else if (*word == '+')
    turn->delay_ms = g_ascii_strtoll (word + 1, NULL, 10) * HOUR_MS;
  else if (g_ascii_isdigit (*word))
    turn->number = (int)g_ascii_strtoll (word, NULL, 10);
  else
    g_set_str (&turn->outcome, word);
}

static LiaSampleTurn *
begin_turn (const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *rest = line + strlen (marks[i].mark);

      if (g_str_has_prefix (line, marks[i].mark) && (*rest == ' ' || *rest == ']'))
        {
          LiaSampleTurn   *turn = g_new0 (LiaSampleTurn, 1);
          g_autofree char *options = g_strndup (rest, strcspn (rest, "]"));
          g_auto (GStrv) words = g_strsplit (g_strstrip (options), " ", -1);

          turn->kind = marks[i].kind;
          turn->text = g_strdup ("");
          for (gsize w = 0; words[w] != NULL; w++)
            read_option (turn, words[w]);

          return turn;
        }
    }

  return NULL;
}

static void
add_line (LiaSampleTurn *turn,
          const char    *line)
{
  g_autofree char *before = turn->text;

  turn->text = *before == '\0' ? g_strdup (line) : g_strconcat (before, "\n", line, NULL);
}

static gboolean
load_file (GPtrArray  *scripts,
           const char *name,
           GError    **error)
{
  g_auto (GStrv) lines = read_lines (name, error);
  LiaSampleScript *script = NULL;
  LiaSampleTurn   *turn = NULL;

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      LiaSampleTurn *next = script != NULL ? begin_turn (lines[i]) : NULL;

      if (g_str_has_prefix (lines[i], "==="))
        {
          script = begin_script (lines[i], lines[i + 1]);
          g_ptr_array_add (scripts, script);
          turn = NULL;
          i++;
        }
      else if (next != NULL)
        {
          turn = next;
          g_ptr_array_add (script->turns, turn);
        }
      else if (turn != NULL)
        {
          add_line (turn, lines[i]);
        }
    }

  return lines != NULL;
}

/** lia_sample_scripts_load: (transfer full) (element-type LiaSampleScript): all of them, those of the long conversation too. */
GPtrArray *
lia_sample_scripts_load (GError **error)
{
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func (script_free);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      if (!load_file (scripts, files[i], error))
        return NULL;
    }

  for (guint i = 0; i < scripts->len; i++)
    {
      LiaSampleScript *script = scripts->pdata[i];

      for (guint t = 0; t < script->turns->len; t++)
        g_strchomp (((LiaSampleTurn *)script->turns->pdata[t])->text);
    }

  return g_steal_pointer (&scripts);
}

/** lia_sample_customers_load: (transfer full) (element-type LiaSampleCustomer) */
GPtrArray *
lia_sample_customers_load (GError **error)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func (customer_free);
  g_auto (GStrv) lines = read_lines ("customers.txt", error);

  if (lines == NULL)
    return NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = split_fields (lines[i]);
      LiaSampleCustomer *customer;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;

      g_assert (g_strv_length (fields) == 6); /* our own file */
      customer = g_new0 (LiaSampleCustomer, 1);
      customer->name = g_strdup (fields[0]);
      customer->email = g_strdup (fields[1]);
      customer->phone = g_strdup (fields[2]);
      customer->lang = g_strdup (fields[3]);
      customer->city = g_strdup (fields[4]);
      customer->org = g_strdup (fields[5]);
      g_ptr_array_add (customers, customer);
    }

  return g_steal_pointer (&customers);
}

/**
 * lia_sample_expand:
 * @words: (element-type utf8 utf8): what the {words} are
 *
 * Puts words and choices in, the inner braces first.
 */
char *
lia_sample_expand (const char *text,
                   GHashTable *words,
                   GRand      *rand)
{
  g_autoptr (GString) expanded = g_string_new (text);
  char *close;

  while ((close = strchr (expanded->str, '}')) != NULL)
    {
      char            *open = g_strrstr_len (expanded->str, close - expanded->str, "{");
      gssize           at = open - expanded->str;
      g_autofree char *inner = g_strndup (open + 1, close - open - 1);
      g_auto (GStrv) choices = g_strsplit (inner, "|", -1);
      guint       n_choices = g_strv_length (choices);
      const char *word = n_choices > 1 ? choices[g_rand_int_range (rand, 0, (gint32)n_choices)] : g_hash_table_lookup (words, inner);

      g_string_erase (expanded, at, close - open + 1);
      g_string_insert (expanded, at, word != NULL ? word : inner);
    }

  return g_string_free_and_steal (g_steal_pointer (&expanded));
}
