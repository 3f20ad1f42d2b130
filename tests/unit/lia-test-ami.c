/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-ami.h"

#include <stdlib.h>
#include <string.h>

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

static void
message_clear (gpointer data)
{
  lia_ami_message_unref (((LiaTestMessage *)data)->message);
}

static void
cut_pieces (LiaTestTrace *self,
            const char   *bytes,
            gsize         length)
{
  const char *end = bytes + length;

  for (const char *at = bytes; at < end;)
    {
      const char *stop = memmem (at, end - at, "\r\n\r\n", 4);
      gsize       size = stop != NULL ? stop + 4 - at : end - at;

      g_ptr_array_add (self->pieces, g_strndup (at, size));
      at += size;
    }
}

static void
read_messages (LiaTestTrace *self)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      LiaTestMessage next = { .piece = i };

      lia_ami_parser_feed (parser, self->pieces->pdata[i], strlen (self->pieces->pdata[i]), LIA_AMI_NO_CLOCK);
      while ((next.message = lia_ami_parser_next (parser)) != NULL)
        {
          if (self->start_ms == 0)
            self->start_ms = lia_ami_message_get_time (next.message);
          g_array_append_val (self->messages, next);
        }
    }
}

/** lia_test_trace_load: "01-answer-agent-hangup" of the fixtures. */
LiaTestTrace *
lia_test_trace_load (const char *directory,
                     const char *name)
{
  LiaTestTrace    *self = g_new0 (LiaTestTrace, 1);
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_build_filename (directory, file, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  self->name = g_strdup (name);
  self->pieces = g_ptr_array_new_with_free_func (g_free);
  self->messages = g_array_new (FALSE, FALSE, sizeof (LiaTestMessage));
  g_array_set_clear_func (self->messages, message_clear);
  cut_pieces (self, bytes, length);
  read_messages (self);

  return self;
}

void
lia_test_trace_free (LiaTestTrace *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->pieces);
  g_array_unref (self->messages);
  g_free (self);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

/** lia_test_list_traces: the names of all that have an expectation beside them. */
GPtrArray *
lia_test_list_traces (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  GPtrArray  *names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (file, ".calls"))
        g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".calls")));
    }
  g_ptr_array_sort_values (names, compare_names);

  return names;
}

/** lia_test_directory: who sits where in the traces. */
LiaAmiDirectory *
lia_test_directory (void)
{
  LiaAmiDirectory *directory = lia_ami_directory_new ();

  lia_ami_directory_add (directory, "alice", "PJSIP/alice", "201", "PJSIP/alice");
  lia_ami_directory_add (directory, "bob", "PJSIP/bob", "202", "PJSIP/bob");
  lia_ami_directory_add (directory, "sue", "PJSIP/sue", "203", "PJSIP/sue");

  return directory;
}

/* Listening ----------------------------------------------------------------------------------------------------------------------------- */

/* What must be true of each value that is told. */
static void
check_call (LiaCall *call)
{
  gint64 wait_ms = 0;

  g_assert_cmpint (call->created_ms, >, 0);
  g_assert_true (call->ended_ms == 0 || call->ended_ms >= call->created_ms);
  g_assert_true (call->answered_ms == 0 || call->answered_ms >= call->created_ms);
  g_assert_true ((call->ended_ms != 0) == (call->state == LIA_CALL_ENDED));
  g_assert_true ((call->ended_ms != 0) == (call->outcome != LIA_CALL_OUTCOME_NONE));
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      g_assert_true (segment->to_ms == 0 || segment->to_ms >= segment->from_ms);
      g_assert_true (call->ended_ms == 0 || segment->to_ms != 0);
    }
  for (guint i = 0; i < call->offers->len; i++)
    {
      const LiaCallOffer *offer = call->offers->pdata[i];

      g_assert_true (offer->to_ms == 0 || offer->to_ms >= offer->from_ms);
      g_assert_true ((offer->to_ms == 0) == (offer->result == LIA_OFFER_OPEN));
      g_assert_true (call->ended_ms == 0 || offer->to_ms != 0);
    }
  for (guint i = 0; i < call->waits->len; i++)
    {
      const LiaCallWait *wait = call->waits->pdata[i];

      g_assert_true (wait->to_ms == 0 || wait->to_ms >= wait->from_ms);
      g_assert_true (call->ended_ms == 0 || wait->result != LIA_WAIT_OPEN);
      wait_ms += wait->to_ms != 0 && (call->answered_ms == 0 || wait->from_ms < call->answered_ms) ? wait->to_ms - wait->from_ms : 0;
    }
  g_assert_cmpint (call->wait_ms, ==, wait_ms);
}

static void
call_changed_cb (LiaAmiModel     *model,
                 LiaCall         *call,
                 LiaTestListener *self)
{
  const LiaCall *known = g_hash_table_lookup (self->calls, call->uniqueid);

  check_call (call);
  g_assert_true (known == NULL || known->ended_ms == 0); /* it ends once */
  g_hash_table_insert (self->calls, g_strdup (call->uniqueid), g_object_ref (call));
}

static void
call_gone_cb (LiaAmiModel     *model,
              const char      *uniqueid,
              const char      *into,
              LiaTestListener *self)
{
  g_assert_true (g_hash_table_remove (self->calls, uniqueid));
  g_assert_nonnull (into);
}

LiaTestListener *
lia_test_listener_new (gint64 start_ms)
{
  LiaTestListener *self = g_new0 (LiaTestListener, 1);
  g_autoptr (LiaAmiDirectory) directory = lia_test_directory ();

  self->start_ms = start_ms;
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->model = lia_ami_model_new ("pbx", directory);
  g_signal_connect (self->model, "call-changed", G_CALLBACK (call_changed_cb), self);
  g_signal_connect (self->model, "call-gone", G_CALLBACK (call_gone_cb), self);

  return self;
}

void
lia_test_listener_free (LiaTestListener *self)
{
  g_assert_finalize_object (self->model);
  g_hash_table_unref (self->calls);
  g_free (self);
}

void
lia_test_listener_handle (LiaTestListener *self,
                          LiaAmiMessage   *message)
{
  lia_ami_model_handle (self->model, message);
  lia_ami_model_flush (self->model);
}

/** lia_test_listener_merge: takes over what had ended before this model began. No call may be in both. */
void
lia_test_listener_merge (LiaTestListener *self,
                         LiaTestListener *earlier)
{
  GHashTableIter iter;
  const char    *uniqueid;
  LiaCall       *call;

  g_hash_table_iter_init (&iter, earlier->calls);
  while (g_hash_table_iter_next (&iter, (gpointer *)&uniqueid, (gpointer *)&call))
    {
      if (call->ended_ms == 0)
        continue;
      g_assert_false (g_hash_table_contains (self->calls, uniqueid));
      g_hash_table_insert (self->calls, g_strdup (uniqueid), g_object_ref (call));
    }
}

/* Describing ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 at_ms;
  int    rank;
  char  *text;
} Line;

static void
line_clear (gpointer data)
{
  g_free (((Line *)data)->text);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const Line *one = a;
  const Line *other = b;

  if (one->at_ms != other->at_ms)
    return one->at_ms < other->at_ms ? -1 : 1;
  if (one->rank != other->rank)
    return one->rank - other->rank;

  return strcmp (one->text, other->text);
}

static char *
format_time (gint64 at_ms,
             gint64 start_ms)
{
  return at_ms == 0 ? g_strdup ("") : g_strdup_printf ("%.3f", (at_ms - start_ms) / 1000.0);
}

static void
add_line (GArray     *lines,
          int         rank,
          const char *what,
          const char *who,
          const char *result,
          gint64      from_ms,
          gint64      to_ms,
          gint64      start_ms)
{
  g_autofree char *from = format_time (from_ms, start_ms);
  g_autofree char *to = format_time (to_ms, start_ms);
  Line             line = { .at_ms = from_ms, .rank = rank };

  line.text = g_strdup_printf ("  %s %s%s%s %s-%s", what, who, *result != '\0' ? " " : "", result, from, to);
  g_array_append_val (lines, line);
}

/* Segments "ring" are what offers are, and have to agree with them. */
static guint
count_rings (LiaCall *call)
{
  guint n = 0;

  for (guint i = 0; i < call->segments->len; i++)
    n += ((LiaCallSegment *)call->segments->pdata[i])->kind == LIA_SEGMENT_RING;

  return n;
}

static void
add_parts (GArray  *lines,
           LiaCall *call,
           gint64   start_ms)
{
  guint n_offers = 0;

  for (guint i = 0; i < call->waits->len; i++)
    {
      const LiaCallWait *wait = call->waits->pdata[i];
      const char        *result = lia_wait_result_to_string (wait->result);

      add_line (lines, 0, "wait", wait->queue, *result != '\0' ? result : "open", wait->from_ms, wait->to_ms, start_ms);
    }
  for (guint i = 0; i < call->offers->len; i++)
    {
      const LiaCallOffer *offer = call->offers->pdata[i];
      const char         *result = lia_offer_result_to_string (offer->result);

      n_offers += offer->to_ms != offer->from_ms;
      add_line (lines, 1, "offer", offer->agent, *result != '\0' ? result : "open", offer->from_ms, offer->to_ms, start_ms);
    }
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      if (segment->kind != LIA_SEGMENT_RING)
        add_line (lines, 2, lia_segment_kind_to_string (segment->kind), segment->agent, "", segment->from_ms, segment->to_ms, start_ms);
    }
  g_assert_cmpuint (count_rings (call), ==, n_offers);
}

static void
describe_leg (GString          *out,
              const LiaCallLeg *leg)
{
  if (leg->kind == LIA_LEG_PLUMBING)
    g_string_append (out, " local");
  else if (leg->kind == LIA_LEG_SPY)
    g_string_append_printf (out, " spy:%s", leg->agent);
  else if (leg->kind == LIA_LEG_AGENT)
    g_string_append_printf (out, " %s", leg->agent);
  else
    g_string_append_printf (out, " %s", lia_leg_kind_to_string (leg->kind));
}

static void
describe_call (GString *out,
               LiaCall *call,
               gint64   start_ms)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autofree char *from = format_time (call->created_ms, start_ms);
  g_autofree char *to = format_time (call->ended_ms, start_ms);

  g_array_set_clear_func (lines, line_clear);
  g_string_append_printf (out, "call %s %s ", lia_call_direction_to_string (call->direction), *call->number != '\0' ? call->number : "-");
  if (call->ended_ms == 0)
    g_string_append_printf (out, "open:%s", lia_call_state_to_string (call->state));
  else
    g_string_append (out, lia_call_outcome_to_string (call->outcome));
  g_string_append_printf (out, " %s-%s", from, to);
  if (call->hold_ms > 0)
    g_string_append_printf (out, " hold %.3f", call->hold_ms / 1000.0);
  if (call->tainted)
    g_string_append (out, " tainted");
  if (call->withheld)
    g_string_append (out, " withheld");
  g_string_append_c (out, '\n');
  add_parts (lines, call, start_ms);
  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s\n", g_array_index (lines, Line, i).text);
  g_string_append (out, "  legs");
  for (guint i = 0; i < call->legs->len; i++)
    describe_leg (out, call->legs->pdata[i]);
  g_string_append_c (out, '\n');
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  const LiaCall *one = a;
  const LiaCall *other = b;

  if (one->created_ms != other->created_ms)
    return one->created_ms < other->created_ms ? -1 : 1;

  return strcmp (one->uniqueid, other->uniqueid);
}

/** lia_test_listener_describe: all calls, as the expectations are written. */
char *
lia_test_listener_describe (LiaTestListener *self)
{
  g_autoptr (GPtrArray) calls = g_hash_table_get_values_as_ptr_array (self->calls);
  GString *out = g_string_new (NULL);

  g_ptr_array_sort_values (calls, compare_calls);
  for (guint i = 0; i < calls->len; i++)
    describe_call (out, calls->pdata[i], self->start_ms);

  return g_string_free (out, FALSE);
}

/* Comparing ----------------------------------------------------------------------------------------------------------------------------- */

/* "0.30-0.80", "0.30-", "3.02": a number and what follows it; FALSE when both have none. */
static gboolean
next_number (const char **one,
             const char **other,
             double      *a,
             double      *b)
{
  char *one_end, *other_end;

  *a = g_ascii_strtod (*one, &one_end);
  *b = g_ascii_strtod (*other, &other_end);
  if (one_end == *one || other_end == *other)
    return FALSE;
  *one = one_end;
  *other = other_end;

  return TRUE;
}

static gboolean
is_near (const char *one,
         const char *other,
         double      slack)
{
  double a, b;

  if (strcmp (one, other) == 0)
    return TRUE;
  if (strchr (one, '.') == NULL || strchr (other, '.') == NULL)
    return FALSE;
  do
    {
      if (!next_number (&one, &other, &a, &b) || ABS (a - b) > slack + 1e-9 || *one != *other)
        return FALSE;
      one += *one == '-';
      other += *other == '-';
    }
  while (*one != '\0' && *other != '\0');

  return *one == *other;
}

static gboolean
is_same_line (const char *one,
              const char *other,
              double      slack)
{
  g_auto (GStrv) ones = g_strsplit_set (one, " ", -1);
  g_auto (GStrv) others = g_strsplit_set (other, " ", -1);

  if (g_strv_length (ones) != g_strv_length (others))
    return FALSE;
  for (guint i = 0; ones[i] != NULL; i++)
    {
      if (!is_near (ones[i], others[i], slack))
        return FALSE;
    }

  return TRUE;
}

/* Comments go, and parts of one call may stand in any order when their times say nothing. */
static GPtrArray *
split_lines (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (*all[i] != '\0' && *all[i] != '#')
        g_ptr_array_add (lines, g_strdup (all[i]));
    }

  return lines;
}

static gboolean
take_line (GPtrArray  *lines,
           guint       from,
           const char *line,
           double      slack)
{
  for (guint i = from; i < lines->len && (i == from || g_str_has_prefix (lines->pdata[i], "  ")); i++)
    {
      if (!is_same_line (lines->pdata[i], line, slack))
        continue;
      g_ptr_array_insert (lines, from, g_ptr_array_steal_index (lines, i));
      return TRUE;
    }

  return FALSE;
}

static gboolean
is_same (const char *found,
         const char *expected,
         double      slack)
{
  g_autoptr (GPtrArray) ones = split_lines (found);
  g_autoptr (GPtrArray) others = split_lines (expected);

  if (ones->len != others->len)
    return FALSE;
  for (guint i = 0; i < ones->len; i++)
    {
      if (!take_line (ones, i, others->pdata[i], slack))
        return FALSE;
    }

  return TRUE;
}

/**
 * lia_test_compare:
 * @slack: seconds by which times may differ
 *
 * Fails the test, showing both, when they are not the same.
 */
void
lia_test_compare (const char *name,
                  const char *found,
                  const char *expected,
                  double      slack)
{
  if (is_same (found, expected, slack))
    return;

  g_test_message ("%s: expected\n%s\nfound\n%s", name, expected, found);
  g_test_fail_printf ("%s: the calls are not as expected", name);
}
