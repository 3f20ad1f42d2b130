/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queue of a chat is read once for all who ask at a time, and says where somebody stands who is not in it, too. */

#include "lia-async.h"
#include "lia-chat-lines.h"
#include "lia-test-journal.h"
#include "lia-test-store.h"
#include "lia-test-wait.h"

#define N_WAITING 5
#define N_ASKING 50
#define ENTRY "{\"kind\":\"chat\",\"dir\":\"in\",\"at\":\"2027-01-15T08:00:00.000Z\",\"author\":{\"kind\":\"customer\",\"name\":\"N\",\"address\":\"\"},\"text\":\"Hello\",\"d\":{}}"

typedef struct
{
  LiaChatLines *lines;
  GPtrArray    *found; /* of LiaChatLine */
  gint64        conversations[N_WAITING];
} Fixture;

/* Each has waited a minute less than the one before. */
static gboolean
fill (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  Fixture *self = data;

  for (guint i = 0; i < N_WAITING; i++)
    {
      const gint64 at_ms = TEST_NOON + i * TEST_MINUTE;
      const gint64 customer = test_append (db, "customer.created", 0, 0, 0, at_ms, "{\"name\":\"Ann\",\"addresses\":[]}");

      self->conversations[i] = test_append (db, "conversation.created", 0, customer, 0, at_ms, "{\"subject\":\"\",\"channel\":\"chat\",\"queue\":1}");
      test_append (db, "entry.added", self->conversations[i], 0, 0, at_ms, ENTRY);
      if (!lia_db_exec (db, error, "UPDATE conversation SET waiting_since = $1 WHERE id = $2", "ii", at_ms, self->conversations[i]))
        return FALSE;
    }
  *result = g_strdup ("");

  return TRUE;
}

static DexFuture *
ask_fiber (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GError) error = NULL;
  LiaChatLine *line = lia_chat_lines_await (self->lines, &error);

  g_assert_no_error (error);
  g_ptr_array_add (self->found, line);

  return dex_future_new_for_boolean (TRUE);
}

static void
ask (Fixture *self,
     guint    n)
{
  const guint before = self->found->len;

  for (guint i = 0; i < n; i++)
    dex_future_disown (lia_spawn (ask_fiber, self, NULL));
  wait_until (self->found->len == before + n);
}

static void
set_up (Fixture   *self,
        TestStore *store)
{
  g_autofree char *done = NULL;
  g_autoptr (GError) error = NULL;

  test_store_set_up (store, NULL);
  self->lines = lia_chat_lines_new (store->store);
  self->found = g_ptr_array_new_with_free_func (lia_chat_line_unref);
  done = test_wait (lia_store_write (store->store, fill, self, NULL, g_free), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture   *self,
           TestStore *store)
{
  g_ptr_array_unref (self->found);
  g_object_unref (self->lines);
  test_store_tear_down (store, NULL);
}

static void
test_shared (void)
{
  Fixture   self = { 0 };
  TestStore store;

  set_up (&self, &store);
  ask (&self, N_ASKING);
  for (guint i = 1; i < N_ASKING; i++)
    g_assert_true (self.found->pdata[i] == self.found->pdata[0]);

  /* Who asks later is told how it is then. */
  ask (&self, 1);
  g_assert_true (self.found->pdata[N_ASKING] != self.found->pdata[0]);
  tear_down (&self, &store);
}

static gint64
stand (Fixture *self,
       gint64   queue,
       gint64   since_ms,
       gint64   conversation)
{
  gint64 position = -1;
  gint64 wait_ms = -1;

  lia_chat_line_stand (self->found->pdata[0], queue, since_ms, conversation, TEST_NOON + TEST_HOUR, &position, &wait_ms);
  g_assert_cmpint (wait_ms, ==, 0);

  return position;
}

static void
test_stand (void)
{
  Fixture   self = { 0 };
  TestStore store;
  gint64    position;
  gint64    wait_ms;

  set_up (&self, &store);
  ask (&self, 1);
  for (guint i = 0; i < N_WAITING; i++)
    {
      g_assert_true (lia_chat_line_find (self.found->pdata[0], self.conversations[i], TEST_NOON, &position, &wait_ms));
      g_assert_cmpint (position, ==, i + 1);
      g_assert_cmpint (stand (&self, 1, TEST_NOON, self.conversations[i]), ==, i + 1);
    }
  g_assert_false (lia_chat_line_find (self.found->pdata[0], 1, TEST_NOON, &position, &wait_ms));
  g_assert_cmpint (stand (&self, 1, TEST_NOON - 1, 1), ==, 1);
  g_assert_cmpint (stand (&self, 1, TEST_NOON + 2 * TEST_MINUTE, 1), ==, 3);
  g_assert_cmpint (stand (&self, 1, TEST_NOON + 2 * TEST_MINUTE, G_MAXINT64), ==, 4);
  g_assert_cmpint (stand (&self, 1, TEST_NOON + TEST_HOUR, 1), ==, N_WAITING + 1);
  g_assert_cmpint (stand (&self, 0, TEST_NOON + TEST_HOUR, 1), ==, 1);
  g_assert_cmpint (stand (&self, 2, TEST_NOON + TEST_HOUR, 1), ==, 1);
  tear_down (&self, &store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/chat-lines/shared", test_shared);
  g_test_add_func ("/chat-lines/stand", test_stand);

  return g_test_run ();
}
