/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which evidence leads where, over rows made by hand. */

#include "lia-compose.h"
#include "lia-journal.h"
#include "lia-mail-store.h"
#include "lia-test-store.h"
#include "lia-thread.h"

#include <string.h>

#define DAY_MS (24ll * 3600 * 1000)

/* Answers "WHY CONVERSATION" with the conversation as A or B, "-" for a new one. */
typedef struct
{
  const char *name;
  const char *in_reply_to; /* A = a Message-ID of ours in A, a = A's, forged */
  const char *reference;
  const char *to; /* A = A's reply address, a = A's, forged */
  const char *own_id;
  const char *index;
  const char *sender;
  gint64      late_ms;
  gboolean    history;
  const char *expected;
} Case;

static const Case cases[] = {
  { .name = "nothing", .sender = "ann@example.com", .expected = "new -" },
  { .name = "address", .to = "A", .sender = "ann@example.com", .expected = "token A" },
  { .name = "address-of-a-stranger", .to = "A", .sender = "eve@elsewhere.example", .expected = "token A new" },
  { .name = "forged-address", .to = "a", .sender = "ann@example.com", .expected = "new -" },
  { .name = "own-id", .in_reply_to = "A", .sender = "ann@example.com", .expected = "own-id A" },
  { .name = "own-id-stranger", .in_reply_to = "A", .sender = "eve@elsewhere.example", .expected = "own-id A new" },
  { .name = "forged-own-id", .in_reply_to = "a", .sender = "ann@example.com", .expected = "new -" },
  { .name = "address-before-reference", .in_reply_to = "b1@x", .to = "A", .sender = "ann@example.com", .expected = "token A" },
  { .name = "reference", .in_reply_to = "a1@x", .sender = "ann@example.com", .expected = "reference A" },
  { .name = "reference-of-a-colleague", .in_reply_to = "a1@x", .sender = "carl@example.com", .expected = "reference A" },
  { .name = "reference-of-a-stranger", .in_reply_to = "a1@x", .sender = "eve@elsewhere.example", .expected = "new -" },
  { .name = "same-free-provider", .in_reply_to = "b1@x", .sender = "other@gmail.com", .expected = "new -" },
  { .name = "nearest-first", .in_reply_to = "b1@x", .reference = "a1@x", .sender = "both@both.example", .expected = "reference B" },
  { .name = "unknown-then-known", .in_reply_to = "z@x", .reference = "a1@x", .sender = "ann@example.com", .expected = "reference A" },
  { .name = "ghost", .own_id = "ghost@x", .sender = "ann@example.com", .expected = "ghost A" },
  { .name = "ghost-of-a-stranger", .own_id = "ghost@x", .sender = "eve@elsewhere.example", .expected = "new -" },
  { .name = "pinned", .in_reply_to = "pinned@x", .sender = "eve@elsewhere.example", .expected = "pinned B" },
  { .name = "thread-index", .index = "0011", .sender = "ann@example.com", .expected = "thread-index A" },
  { .name = "thread-index-of-a-stranger", .index = "0011", .sender = "eve@elsewhere.example", .expected = "new -" },
  { .name = "closed-lately", .in_reply_to = "c1@x", .sender = "ann@example.com", .late_ms = 13 * DAY_MS, .expected = "reference C" },
  { .name = "closed-long-ago", .in_reply_to = "c1@x", .sender = "ann@example.com", .late_ms = 15 * DAY_MS, .expected = "closed-long-ago -" },
  { .name = "history", .in_reply_to = "c1@x", .sender = "ann@example.com", .late_ms = 15 * DAY_MS, .history = TRUE, .expected = "reference C" },
};

typedef struct
{
  gint64  ids[3];
  GBytes *key;
} World;

static gint64
append (LiaDb      *db,
        const char *kind,
        gint64      customer,
        const char *data)
{
  g_autoptr (GError) error = NULL;
  LiaJournalEvent event = { .kind = kind, .customer_id = customer, .data = data };
  gint64          seq = lia_journal_append (db, &event, &error);

  g_assert_no_error (error);

  return seq;
}

static gboolean
make_world (LiaDb   *db,
            World   *world,
            GError **error)
{
  gint64 customer = append (db, "customer.created", 0, "{\"name\":\"Ann\",\"addresses\":[]}");

  world->ids[0] = append (db, "conversation.created", customer, "{\"subject\":\"a\",\"channel\":\"email\"}");
  world->ids[1] = append (db, "conversation.created", customer, "{\"subject\":\"b\",\"channel\":\"email\"}");
  world->ids[2] = append (db, "conversation.created", customer, "{\"subject\":\"c\",\"channel\":\"email\",\"state\":\"closed\"}");
  world->key = lia_mail_store_key (db, error);

  return world->key != NULL &&
         lia_db_exec (db, error,
                      "INSERT INTO mail_participant (conversation_id, address) VALUES ($1, 'ann@example.com'), ($1, 'both@both.example'), "
                      "($2, 'someone@gmail.com'), ($2, 'both@both.example'), ($3, 'ann@example.com')",
                      "iii", world->ids[0], world->ids[1], world->ids[2]) &&
         lia_db_exec (db, error,
                      "INSERT INTO mail_ref (message_id, conversation_id, entry_seq, pinned) VALUES ('a1@x', $1, 1, 0), ('b1@x', $2, 2, 0), ('c1@x', $3, 3, 0), "
                      "('ghost@x', $1, NULL, 0), ('pinned@x', $1, 4, 0), ('pinned@x', $2, NULL, 1)",
                      "iii", world->ids[0], world->ids[1], world->ids[2]) &&
         lia_db_exec (db, error, "INSERT INTO mail_thread_index (thread_index, conversation_id) VALUES ('0011', $1)", "i", world->ids[0]);
}

/* One digit of the MAC is another one. */
static char *
forge (char *token)
{
  char *at = strchr (token, '@');

  at[-1] = at[-1] == '0' ? '1' : '0';

  return token;
}

static char *
message_id_for (const World *world,
                const char  *word)
{
  if (word == NULL)
    return NULL;

  if (g_str_equal (word, "A"))
    return lia_mail_token_message_id (world->key, world->ids[0], "example.org");

  return g_str_equal (word, "a") ? forge (lia_mail_token_message_id (world->key, world->ids[0], "example.org")) : g_strdup (word);
}

static gboolean
ask (LiaDb       *db,
     const World *world,
     const Case  *c,
     char       **answer_text,
     GError     **error)
{
  g_autoptr (LiaMime) mime = lia_mime_new ();
  g_autoptr (GPtrArray) parties = g_ptr_array_new ();
  g_autoptr (GBytes) raw = g_bytes_new_static ("", 0);
  LiaThreadQuestion question = { .mime = mime, .raw = raw, .key = world->key, .parties = parties, .at_ms = g_get_real_time () / 1000 + c->late_ms, .new_work = !c->history };
  LiaThreadAnswer   answer;
  const char       *where = "-";

  mime->in_reply_to = message_id_for (world, c->in_reply_to);
  mime->message_id = g_strdup (c->own_id);
  mime->thread_index = g_strdup (c->index);
  g_ptr_array_add (parties, (char *)c->sender);

  if (c->reference != NULL)
    g_ptr_array_add (mime->references, g_strdup (c->reference));

  if (c->to != NULL)
    {
      g_autofree char *address = lia_mail_token_reply_address (world->key, world->ids[0], "support@example.org");

      g_ptr_array_add (mime->to, lia_address_new ("", g_str_equal (c->to, "A") ? address : forge (address)));
    }

  if (!lia_thread_find (db, &question, &answer, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (world->ids); i++)
    {
      if (answer.conversation_id == world->ids[i])
        where = (const char *[]){ "A", "B", "C" }[i];
    }

  *answer_text = g_strdup_printf ("%s %s%s", answer.why, where, answer.new_participant ? " new" : "");

  return TRUE;
}

static gboolean
run_cases (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  World    world = { 0 };
  gboolean done = make_world (db, &world, error);

  for (guint i = 0; i < G_N_ELEMENTS (cases) && done; i++)
    {
      g_autofree char *answer = NULL;

      done = ask (db, &world, &cases[i], &answer, error);

      if (done && !g_str_equal (answer, cases[i].expected))
        g_test_fail_printf ("%s: %s, not %s", cases[i].name, answer, cases[i].expected);
    }

  g_clear_pointer (&world.key, g_bytes_unref);

  return done;
}

static void
test_cases (TestStore    *self,
            gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  test_wait (lia_store_write (self->store, run_cases, NULL, NULL, NULL), &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add ("/thread/cases", TestStore, NULL, test_store_set_up, test_cases, test_store_tear_down);

  return g_test_run ();
}
