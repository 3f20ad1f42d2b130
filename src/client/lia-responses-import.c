/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   lane 0:  save row 0 -> answer -> save row 8 -> …
 *   lane 1:  save row 1 -> answer -> …              each answer takes the next row that nobody has
 *
 * Several lanes, because the engine writes what waits in one transaction. A row is done with its answer; one whose answer did not come stays to be
 * saved, with its key: the engine answers a repeat as the first time.
 */

#include "lia-responses-import.h"

#include "lia-client-responses.h"
#include "lia-problem.h"

#define LANES 8

typedef enum {
  TO_SAVE,
  ON_ITS_WAY,
  SAVED,
  REFUSED,
} Progress;

typedef struct
{
  LiaCannedImportRow *row;
  char               *key;
  Progress            progress;
  GError             *error; /* why it was refused */
} Item;

struct _LiaResponsesImport
{
  GObject parent_instance;

  LiaClient              *client;
  GPtrArray              *items;  /* of Item */
  GHashTable             *by_row; /* LiaCannedImportRow -> Item */
  LiaResponsesImportState state;
  guint                   next;
  guint                   n_on_its_way;
  guint                   n_saved;
  guint                   n_refused;
};

G_DEFINE_FINAL_TYPE (LiaResponsesImport, lia_responses_import, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void save_next (LiaResponsesImport *self,
                       guint               lane);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->row);
  g_free (item->key);
  g_clear_error (&item->error);
  g_free (item);
}

static void
lia_responses_import_dispose (GObject *object)
{
  LiaResponsesImport *self = LIA_RESPONSES_IMPORT (object);

  g_clear_pointer (&self->by_row, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_responses_import_parent_class)->dispose (object);
}

static void
lia_responses_import_class_init (LiaResponsesImportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_responses_import_dispose;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_RESPONSES_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_responses_import_init (LiaResponsesImport *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->by_row = g_hash_table_new (NULL, NULL);
}

/**
 * lia_responses_import_new:
 * @rows: of LiaCannedImportRow, compared; what is the same or wrong in them is left alone
 */
LiaResponsesImport *
lia_responses_import_new (LiaClient *client,
                          GPtrArray *rows)
{
  LiaResponsesImport *self = g_object_new (LIA_TYPE_RESPONSES_IMPORT, NULL);

  self->client = g_object_ref (client);
  for (guint i = 0; i < rows->len; i++)
    {
      LiaCannedImportRow *row = rows->pdata[i];
      Item               *item;

      if (row->verdict != LIA_CANNED_IMPORT_NEW && row->verdict != LIA_CANNED_IMPORT_CHANGED)
        continue;
      item = g_new0 (Item, 1);
      item->row = g_object_ref (row);
      item->key = g_uuid_string_random ();
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (self->by_row, row, item);
    }

  return self;
}

static gboolean
is_refusal (const GError *error)
{
  return error->domain == LIA_PROBLEM && error->code != LIA_PROBLEM_RATE_LIMITED && error->code != LIA_PROBLEM_UNAUTHORIZED &&
         error->code != LIA_PROBLEM_STORE_FULL && error->code != LIA_PROBLEM_INTERNAL;
}

typedef struct
{
  LiaResponsesImport *import;
  Item               *item;
  guint               lane;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->import);
  g_free (saving);
}

static void
take_answer (LiaResponsesImport *self,
             Item               *item,
             GError             *error)
{
  self->n_on_its_way--;
  if (error == NULL)
    {
      item->progress = SAVED;
      self->n_saved++;
    }
  else if (is_refusal (error))
    {
      item->progress = REFUSED;
      item->error = error;
      self->n_refused++;
    }
  else
    {
      item->progress = TO_SAVE;
      g_error_free (error);
      lia_responses_import_stop (self);
    }
}

static DexFuture *
answered_cb (DexFuture *future,
             gpointer   data)
{
  Saving             *saving = data;
  LiaResponsesImport *self = saving->import;
  GError             *error = NULL;

  dex_future_get_value (future, &error);
  take_answer (self, saving->item, error);
  if (self->state == LIA_RESPONSES_IMPORT_RUNNING)
    save_next (self, saving->lane);
  if (self->n_saved + self->n_refused == self->items->len)
    self->state = LIA_RESPONSES_IMPORT_DONE;
  g_signal_emit (self, signals[CHANGED], 0);

  return dex_future_new_true ();
}

static void
save (LiaResponsesImport *self,
      Item               *item,
      guint               lane)
{
  g_autofree char *lane_name = g_strdup_printf ("import-%u", lane);
  Saving          *saving = g_new (Saving, 1);

  *saving = (Saving){ g_object_ref (self), item, lane };
  item->progress = ON_ITS_WAY;
  self->n_on_its_way++;
  dex_future_disown (dex_future_finally (lia_client_import_response (self->client, lane_name, item->key, item->row->canned), answered_cb, saving, saving_free));
}

static void
save_next (LiaResponsesImport *self,
           guint               lane)
{
  for (; self->next < self->items->len; self->next++)
    {
      Item *item = self->items->pdata[self->next];

      if (item->progress != TO_SAVE)
        continue;
      self->next++;
      save (self, item, lane);
      return;
    }
}

/** lia_responses_import_start: begins, or goes on. */
void
lia_responses_import_start (LiaResponsesImport *self)
{
  g_return_if_fail (LIA_IS_RESPONSES_IMPORT (self));

  if (self->state != LIA_RESPONSES_IMPORT_WAITING)
    return;

  self->next = 0;
  self->state = self->n_saved + self->n_refused < self->items->len ? LIA_RESPONSES_IMPORT_RUNNING : LIA_RESPONSES_IMPORT_DONE;
  for (guint lane = self->n_on_its_way; lane < LANES; lane++)
    save_next (self, lane);
  g_signal_emit (self, signals[CHANGED], 0);
}

/** lia_responses_import_stop: what is on its way still arrives; nothing more is sent. */
void
lia_responses_import_stop (LiaResponsesImport *self)
{
  g_return_if_fail (LIA_IS_RESPONSES_IMPORT (self));

  if (self->state != LIA_RESPONSES_IMPORT_RUNNING)
    return;

  self->state = LIA_RESPONSES_IMPORT_WAITING;
  g_signal_emit (self, signals[CHANGED], 0);
}

LiaResponsesImportState
lia_responses_import_get_state (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), LIA_RESPONSES_IMPORT_WAITING);

  return self->state;
}

/** lia_responses_import_get_total: how many there are to save, saved ones included. */
guint
lia_responses_import_get_total (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), 0);

  return self->items->len;
}

guint
lia_responses_import_get_saved (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), 0);

  return self->n_saved;
}

guint
lia_responses_import_get_refused (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), 0);

  return self->n_refused;
}

/** lia_responses_import_get_error: (nullable): why the engine refused it. */
const GError *
lia_responses_import_get_error (LiaResponsesImport *self,
                                LiaCannedImportRow *row)
{
  Item *item;

  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), NULL);

  item = g_hash_table_lookup (self->by_row, row);

  return item != NULL ? item->error : NULL;
}
