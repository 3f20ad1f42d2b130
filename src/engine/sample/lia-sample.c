/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-sample-findings.h"
#include "lia-sample-responses.h"
#include "lia-time.h"

#include <string.h>

/*
 * A workspace to look around in: the support desk of a bicycle maker. The same seed gives the same conversations; only their times follow the
 * clock, so that something is overdue whenever one looks. All stories are told first, put in the order of time, and then appended to the
 * journal as if they had happened.
 */

#define SEED 20260
#define N_STORIES 300
#define N_LONG_TURNS 400
#define LONG_CUSTOMER "Peter Vandermeer"
#define EVENTS_A_WRITE 1500
#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* How many conversations are how; the rest is closed. */
static const struct
{
  LiaConversationState state;
  gint                 agent; /* index, -1 = nobody, -2 = any other than me */
  guint                n;
} shares[] = {
  { LIA_CONVERSATION_OPEN, 0, 17 },
  { LIA_CONVERSATION_OPEN, -1, 14 },
  { LIA_CONVERSATION_OPEN, -2, 16 },
  { LIA_CONVERSATION_PENDING, 0, 12 },
  { LIA_CONVERSATION_PENDING, -2, 18 },
  { LIA_CONVERSATION_SNOOZED, 0, 7 },
  { LIA_CONVERSATION_SNOOZED, -2, 5 },
};

typedef struct
{
  LiaStore       *store;
  LiaSampleFiles *files;
  GRand          *rand;
  gint64          now_ms;
  GPtrArray      *scripts;
  GPtrArray      *customers;
  GPtrArray      *events;
  LiaSampleAgent  agents[LIA_SAMPLE_N_AGENTS];
  gint64          queue_ids[LIA_SAMPLE_N_QUEUES];
  GHashTable     *told; /* "customer script" */
  GArray         *customer_ids;
  gint64          conversation_ids[N_STORIES + 1];
  gint64          newest[N_STORIES + 1]; /* entry of each conversation */
  guint           written;
} Sample;

static void
add_address (JsonArray  *addresses,
             const char *kind,
             const char *value)
{
  JsonObject *address = json_object_new ();

  json_object_set_string_member (address, "kind", kind);
  json_object_set_string_member (address, "value", value);
  json_array_add_object_element (addresses, address);
}

static gboolean
write_customers (Sample  *self,
                 LiaDb   *db,
                 gint64   at_ms,
                 GError **error)
{
  for (guint i = 0; i < self->customers->len; i++)
    {
      const LiaSampleCustomer *customer = self->customers->pdata[i];
      g_autoptr (JsonObject) data = json_object_new ();
      JsonArray *addresses = json_array_new ();
      gint64     id;

      json_object_set_string_member (data, "name", customer->name);
      json_object_set_string_member (data, "org", customer->org);
      json_object_set_string_member (data, "lang", customer->lang);
      add_address (addresses, "email", customer->email);
      add_address (addresses, "phone", customer->phone);
      json_object_set_array_member (data, "addresses", addresses);

      id = lia_sample_append (db, "customer.created", at_ms + i * MINUTE_MS, data, error);
      if (id == 0)
        return FALSE;
      g_array_append_val (self->customer_ids, id);
    }

  return TRUE;
}

static gboolean
write_workspace (LiaDb    *db,
                 gpointer  data,
                 gpointer *result,
                 GError  **error)
{
  Sample *self = data;
  gint64  at_ms = self->now_ms - 500 * DAY_MS;
  g_autoptr (JsonObject) settings = json_object_new ();
  const LiaSampleResponses responses = {
    .agents = self->agents,
    .queue_ids = self->queue_ids,
    .at_ms = at_ms,
    .now_ms = self->now_ms,
    .uses = self->events,
  };
  gint64 n_customers = 0;

  if (!lia_db_get_int (db, &n_customers, error, "SELECT count (*) FROM customer", ""))
    return FALSE;

  if (n_customers > 0)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT, "There are customers in %s already", lia_store_get_directory (self->store));
      return FALSE;
    }

  json_object_set_boolean_member (settings, "sample", TRUE);
  json_object_set_string_member (settings, "signature", "Larkspur Cycles\nUnit 7, Canal Wharf, Leeds · larkspur.example");

  return lia_sample_append (db, "settings.changed", at_ms, settings, error) != 0 &&
         lia_sample_write_agents (db, self->agents, at_ms, error) &&
         lia_sample_write_queues (db, self->queue_ids, at_ms, error) &&
         lia_sample_write_responses (db, &responses, error) &&
         write_customers (self, db, at_ms, error);
}

static gboolean
write_event (Sample         *self,
             LiaDb          *db,
             LiaSampleEvent *event,
             GError        **error)
{
  g_autofree char *text = NULL;
  LiaJournalEvent  journal = { .kind = event->kind, .actor_id = event->actor, .at_ms = event->at_ms };
  gint64           seq;

  if (event->special == LIA_SAMPLE_EVENT_CREATED)
    journal.customer_id = g_array_index (self->customer_ids, gint64, event->customer);
  else if (event->special != LIA_SAMPLE_EVENT_ALONE)
    journal.conversation_id = self->conversation_ids[event->conversation];

  if (event->special == LIA_SAMPLE_EVENT_READ)
    json_object_set_int_member (event->data, "seq", self->newest[event->conversation]);

  if (event->special == LIA_SAMPLE_EVENT_DRAFT)
    {
      g_autofree char *entry = lia_id_format ("e", self->newest[event->conversation]);
      JsonObject      *draft;

      if (lia_json_obj (event->data, "draft", LIA_JSON_REQUIRED, &draft, NULL))
        json_object_set_string_member (draft, "entry", entry);
    }

  text = lia_json_to_text (event->data);
  journal.data = text;
  seq = lia_journal_append (db, &journal, error);

  if (event->special == LIA_SAMPLE_EVENT_CREATED)
    self->conversation_ids[event->conversation] = seq;
  else if (event->special == LIA_SAMPLE_EVENT_PLAIN)
    self->newest[event->conversation] = seq;

  return seq != 0;
}

static gboolean
write_events (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Sample *self = data;
  guint   end = MIN (self->written + EVENTS_A_WRITE, self->events->len);

  for (; self->written < end; self->written++)
    {
      if (!write_event (self, db, self->events->pdata[self->written], error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
on_written_cb (DexFuture *completed,
               gpointer   user_data)
{
  g_main_context_wakeup (NULL);

  return dex_ref (completed);
}

/* Runs the main context until the store is done: this is a command of its own, nothing else waits. */
static gboolean
write_findings (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  Sample *self = data;

  return lia_sample_write_findings (db, self->agents[0].id, self->now_ms, error);
}

static gboolean
write_now (Sample      *self,
           LiaStoreFunc func,
           GError     **error)
{
  DexFuture *future = dex_future_finally (lia_store_write (self->store, func, self, NULL, NULL), on_written_cb, NULL, NULL);
  gboolean   ok;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  ok = dex_future_get_value (future, error) != NULL;
  dex_unref (future);

  return ok;
}

static gboolean
is_long (const LiaSampleScript *script)
{
  return g_str_has_prefix (script->name, "fleet-");
}

static LiaSampleScript *
pick_script (Sample *self,
             guint   story)
{
  /* Each in turn, so that neighbours in a list differ; every second one in English, as most customers are. */
  guint            at = (story * 7 + (guint)g_rand_int_range (self->rand, 0, 2)) % self->scripts->len;
  LiaSampleScript *script = self->scripts->pdata[at];

  return is_long (script) ? self->scripts->pdata[story % (self->scripts->len / 2)] : script;
}

/* Somebody who speaks the script's language and did not tell the same before; FALSE when there is nobody left. */
static gboolean
pick_customer (Sample                *self,
               const LiaSampleScript *script,
               guint                 *picked)
{
  for (guint attempt = 0; attempt < 500; attempt++)
    {
      guint                    index = (guint)g_rand_int_range (self->rand, 0, (gint32)self->customers->len);
      const LiaSampleCustomer *customer = self->customers->pdata[index];
      g_autofree char         *told = g_strdup_printf ("%u %s", index, script->name);

      if (g_str_equal (customer->lang, script->lang) && g_strcmp0 (customer->name, LONG_CUSTOMER) != 0 &&
          !g_hash_table_contains (self->told, told))
        {
          g_hash_table_add (self->told, g_steal_pointer (&told));
          *picked = index;
          return TRUE;
        }
    }

  return FALSE;
}

static gsize
find_queue (const LiaSampleScript *script)
{
  for (gsize i = 0; i < LIA_SAMPLE_N_QUEUES; i++)
    {
      if (g_str_equal (lia_sample_queues[i].name, script->queue))
        return i;
    }

  return 0;
}

/* When the customer wrote who waits now: some are overdue, some due within the hour, most later. */
static gint64
pick_waiting_since (Sample         *self,
                    LiaSampleStory *story,
                    guint           nth)
{
  gsize    queue = find_queue (story->script);
  gboolean first = TRUE;
  gint64   target, left;

  for (guint i = 0; i < story->turns->len; i++)
    {
      const LiaSampleTurn *turn = story->turns->pdata[i];

      first = first && turn->kind != LIA_SAMPLE_AGENT && turn->kind != LIA_SAMPLE_CHAT_AGENT && turn->kind != LIA_SAMPLE_CALL_OUT &&
              g_strcmp0 (turn->outcome, "answered") != 0;
    }

  target = first ? lia_sample_queues[queue].first_ms : lia_sample_queues[queue].next_ms;

  if (nth % 8 == 1)
    left = -g_rand_int_range (self->rand, 12, 300) * MINUTE_MS;
  else if (nth % 8 == 4)
    left = g_rand_int_range (self->rand, 6, 56) * MINUTE_MS;
  else
    left = g_rand_int_range (self->rand, 60, (gint32)(target / MINUTE_MS) - 4) * MINUTE_MS;

  return self->now_ms + left - target;
}

static void
set_times (Sample         *self,
           LiaSampleStory *story,
           guint           nth)
{
  double u;

  switch (story->state)
    {
    case LIA_CONVERSATION_OPEN:
      story->end_ms = pick_waiting_since (self, story, nth);
      break;

    case LIA_CONVERSATION_PENDING:
      story->end_ms = self->now_ms - g_rand_int_range (self->rand, 25, 6 * 24 * 60) * MINUTE_MS;
      break;

    case LIA_CONVERSATION_SNOOZED:
      story->end_ms = self->now_ms - g_rand_int_range (self->rand, 60, 4 * 24 * 60) * MINUTE_MS;
      story->until_ms = self->now_ms + g_rand_int_range (self->rand, 90, 9 * 24 * 60) * MINUTE_MS;
      break;

    case LIA_CONVERSATION_CLOSED:
    default:
      u = g_rand_double (self->rand);
      story->until_ms = self->now_ms - 2 * HOUR_MS - (gint64)(u * u * 420 * (double)DAY_MS);
      story->end_ms = story->until_ms - g_rand_int_range (self->rand, 10, 600) * MINUTE_MS;
    }
}

static void
tell_story (Sample              *self,
            guint                index,
            LiaConversationState state,
            int                  agent,
            guint                nth)
{
  guint          n_agents = G_N_ELEMENTS (self->agents);
  guint          answerer = agent == -2 ? 1 + (guint)g_rand_int_range (self->rand, 0, (gint32)n_agents - 1) : (guint)MAX (agent, 0);
  LiaSampleStory story = { .conversation = index, .agent = &self->agents[answerer], .assigned = agent != -1 };
  guint          attempt = index;

  do
    {
      g_clear_pointer (&story.turns, g_ptr_array_unref);
      story.script = pick_script (self, attempt++);
    }
  while (!lia_sample_story_cut (&story, state, self->rand) || !pick_customer (self, story.script, &story.customer_index));

  story.customer = self->customers->pdata[story.customer_index];
  story.queue = self->queue_ids[find_queue (story.script)];
  story.read = state != LIA_CONVERSATION_OPEN || (agent == 0 && nth % 3 != 0) || (agent == -2 && nth % 2 == 0);
  story.draft = state == LIA_CONVERSATION_OPEN && agent == 0 && nth == 5;
  set_times (self, &story, nth);
  lia_sample_story_tell (&story, self->files, self->rand, self->events);
  g_ptr_array_unref (story.turns);
}

/* One customer has been writing for months. */
static void
tell_long_story (Sample *self,
                 guint   index)
{
  LiaSampleStory story = { .conversation = index, .agent = &self->agents[0], .assigned = TRUE, .state = LIA_CONVERSATION_OPEN };
  g_autoptr (GPtrArray) turns = g_ptr_array_new ();
  guint at = 0;

  for (guint i = 0; i < self->customers->len; i++)
    {
      if (g_str_equal (((LiaSampleCustomer *)self->customers->pdata[i])->name, LONG_CUSTOMER))
        story.customer_index = i;
    }

  while (turns->len < N_LONG_TURNS)
    {
      LiaSampleScript *script = self->scripts->pdata[at++ % self->scripts->len];

      if (!is_long (script) || g_rand_int_range (self->rand, 0, 3) == 0)
        continue;
      story.script = script;
      for (guint t = 0; t < script->turns->len; t++)
        g_ptr_array_add (turns, script->turns->pdata[t]);
    }

  /* It ends with the customer, who waits. */
  while (((LiaSampleTurn *)turns->pdata[turns->len - 1])->kind != LIA_SAMPLE_CUSTOMER)
    g_ptr_array_set_size (turns, (gint)turns->len - 1);

  story.turns = turns;
  story.customer = self->customers->pdata[story.customer_index];
  story.queue = self->queue_ids[find_queue (story.script)];
  story.end_ms = self->now_ms - 95 * MINUTE_MS;
  lia_sample_story_tell (&story, self->files, self->rand, self->events);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const LiaSampleEvent *left = *(const LiaSampleEvent *const *)a;
  const LiaSampleEvent *right = *(const LiaSampleEvent *const *)b;

  if (left->at_ms != right->at_ms)
    return left->at_ms < right->at_ms ? -1 : 1;

  return left->order < right->order ? -1 : 1;
}

static void
tell_all (Sample *self)
{
  guint index = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      for (guint n = 0; n < shares[i].n; n++)
        tell_story (self, index++, shares[i].state, shares[i].agent, n);
    }

  while (index < N_STORIES)
    {
      tell_story (self, index, LIA_CONVERSATION_CLOSED, index % 3 == 0 ? 0 : -2, index);
      index++;
    }

  tell_long_story (self, index);
  g_ptr_array_sort (self->events, compare_events);
}

static gboolean
fill (Sample  *self,
      GError **error)
{
  self->scripts = lia_sample_scripts_load (error);
  self->customers = self->scripts != NULL ? lia_sample_customers_load (error) : NULL;
  self->files = self->customers != NULL ? lia_sample_files_new (lia_store_get_directory (self->store), error) : NULL;

  if (self->files == NULL || !write_now (self, write_workspace, error))
    return FALSE;

  tell_all (self);

  while (self->written < self->events->len)
    {
      if (!write_now (self, write_events, error))
        return FALSE;
    }

  return write_now (self, write_findings, error);
}

/**
 * lia_sample_fill:
 * @store: a new one
 *
 * Fills a store with the sample workspace, and marks it as such. Blocks, while it runs the main context: for `liaisond sample`. A store with
 * customers is refused with %LIA_STORE_ERROR_CONFLICT.
 */
gboolean
lia_sample_fill (LiaStore *store,
                 GError  **error)
{
  Sample sample = {
    .store = store,
    .rand = g_rand_new_with_seed (SEED),
    .now_ms = lia_time_now (),
    .events = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_sample_event_free),
    .told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .customer_ids = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .agents = {
        { 1, "Mara Lindqvist", "mara@larkspur.example" },
        { 0, "Tom Okafor", "tom@larkspur.example" },
        { 0, "Sofie Brandt", "sofie@larkspur.example" },
        { 0, "Kenji Watanabe", "kenji@larkspur.example" },
    },
  };
  gboolean ok = fill (&sample, error);

  g_clear_pointer (&sample.files, lia_sample_files_free);
  g_clear_pointer (&sample.scripts, g_ptr_array_unref);
  g_clear_pointer (&sample.customers, g_ptr_array_unref);
  g_ptr_array_unref (sample.events);
  g_hash_table_unref (sample.told);
  g_array_unref (sample.customer_ids);
  g_rand_free (sample.rand);

  return ok;
}
