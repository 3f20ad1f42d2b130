/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-first-start.h"
#include "lia-journal.h"
#include "lia-migrations.h"
#include "lia-time.h"

/* A store in memory, filled through the journal. */

#define TEST_NOON G_GINT64_CONSTANT (1800000000000) /* 2027-01-15T08:00Z */
#define TEST_MINUTE (G_GINT64_CONSTANT (60) * 1000)
#define TEST_HOUR (60 * TEST_MINUTE)

static inline LiaDb *
test_open_memory (void)
{
  GError *error = NULL;
  LiaDb  *db = lia_db_open (":memory:", FALSE, &error);
  gint64  head = 0;

  g_assert_no_error (error);
  lia_migrations_run (db, &error);
  g_assert_no_error (error);
  lia_first_start (db, &head, &error);
  g_assert_no_error (error);
  g_assert_cmpint (head, ==, 2);

  return db;
}

static inline gint64
test_append (LiaDb      *db,
             const char *kind,
             gint64      conversation,
             gint64      customer,
             gint64      actor,
             gint64      at_ms,
             const char *data)
{
  LiaJournalEvent event = { kind, conversation, customer, actor, NULL, at_ms, data };
  GError         *error = NULL;
  gint64          seq = lia_journal_append (db, &event, &error);

  g_assert_no_error (error);
  g_assert_cmpint (seq, >, 0);

  return seq;
}

/* The one number that @sql reads. */
static inline gint64
test_get_int (LiaDb      *db,
              const char *sql)
{
  gint64  value = 0;
  GError *error = NULL;

  lia_db_get_int (db, &value, &error, sql, "");
  g_assert_no_error (error);

  return value;
}
