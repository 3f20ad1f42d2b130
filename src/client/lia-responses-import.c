/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   parcels:  [rows 0 … 199] [200 … 399] [400 … ]        one command each, which the engine carries out wholly or not at all
 *   lane 0:   parcel 0 -> answer -> parcel 2 -> …
 *   lane 1:   parcel 1 -> answer -> …                    each answer takes the next parcel that nobody has
 *
 * Two lanes, so that one parcel is read while the other is written. A parcel whose answer did not come stays to be sent, with its key: the engine
 * answers a repeat as the first time. Taking back is the same with parcels of what was saved.
 */

#include "lia-responses-import.h"

#include "lia-client-responses.h"
#include "lia-problem.h"

#include <string.h>

#define LANES 2
#define PARCEL_ROWS 200
#define PARCEL_BYTES (256 * 1024) /* of texts; the API takes 1 MiB, which one response alone may come near */

typedef struct
{
  LiaCannedImportRow *row;
  LiaResponseOutcome *saved;  /* NULL: not asked yet */
  LiaResponseOutcome *undone; /* NULL: not asked yet */
} Item;

typedef struct
{
  char      *key;
  GPtrArray *items; /* of Item */
  gboolean   sent;  /* on its way, or answered */
} Parcel;

struct _LiaResponsesImport
{
  GObject parent_instance;

  LiaClient                *client;
  GPtrArray                *rows;    /* all of the import */
  GPtrArray                *items;   /* of Item */
  GHashTable               *by_row;  /* LiaCannedImportRow -> Item */
  GPtrArray                *parcels; /* of Parcel: what is done now, saved or taken back */
  LiaResponsesImportState   state;
  LiaResponsesImportFigures figures;
  gboolean                  is_undo;
  guint                     next;
  guint                     n_on_its_way;
};

G_DEFINE_FINAL_TYPE (LiaResponsesImport, lia_responses_import, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void send_next (LiaResponsesImport *self,
                       guint               lane);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->row);
  g_clear_object (&item->saved);
  g_clear_object (&item->undone);
  g_free (item);
}

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  g_free (parcel->key);
  g_ptr_array_unref (parcel->items);
  g_free (parcel);
}

static void
lia_responses_import_dispose (GObject *object)
{
  LiaResponsesImport *self = LIA_RESPONSES_IMPORT (object);

  g_clear_pointer (&self->by_row, g_hash_table_unref);
  g_clear_pointer (&self->parcels, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
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

static gsize
count_bytes (const LiaCanned *canned)
{
  gsize bytes = 0;

  for (guint i = 0; i < canned->variants->len; i++)
    bytes += strlen (((const LiaCannedVariant *)canned->variants->pdata[i])->body);

  return bytes;
}

static Parcel *
add_parcel (GPtrArray *parcels)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->key = g_uuid_string_random ();
  parcel->items = g_ptr_array_new ();
  g_ptr_array_add (parcels, parcel);

  return parcel;
}

static GPtrArray *
pack (GPtrArray *items)
{
  GPtrArray *parcels = g_ptr_array_new_with_free_func (parcel_free);
  Parcel    *parcel = NULL;
  gsize      bytes = 0;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = items->pdata[i];
      gsize more = count_bytes (item->row->canned);

      if (parcel == NULL || parcel->items->len == PARCEL_ROWS || bytes + more > PARCEL_BYTES)
        {
          parcel = add_parcel (parcels);
          bytes = 0;
        }
      g_ptr_array_add (parcel->items, item);
      bytes += more;
    }

  return parcels;
}

static void
set_work (LiaResponsesImport *self,
          GPtrArray          *items)
{
  g_clear_pointer (&self->parcels, g_ptr_array_unref);
  self->parcels = pack (items);
  self->state = LIA_RESPONSES_IMPORT_WAITING;
  self->figures.total = items->len;
  self->figures.done = 0;
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
  self->rows = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      LiaCannedImportRow *row = rows->pdata[i];
      Item               *item;

      if (row->verdict != LIA_CANNED_IMPORT_NEW && row->verdict != LIA_CANNED_IMPORT_CHANGED)
        continue;
      item = g_new0 (Item, 1);
      item->row = g_object_ref (row);
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (self->by_row, row, item);
    }
  set_work (self, self->items);

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
  Parcel             *parcel;
  guint               lane;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->import);
  g_free (sending);
}

static void
take_outcome (LiaResponsesImport *self,
              Item               *item,
              LiaResponseOutcome *outcome)
{
  LiaResponsesImportFigures *figures = &self->figures;

  figures->done++;
  if (self->is_undo)
    {
      g_set_object (&item->undone, outcome);
      figures->undone += outcome->error == NULL;
      figures->kept += outcome->error != NULL;
      return;
    }
  g_set_object (&item->saved, outcome);
  if (outcome->error != NULL)
    figures->refused++;
  else if (item->row->verdict == LIA_CANNED_IMPORT_NEW)
    figures->added++;
  else
    figures->changed++;
}

/* @outcomes: (nullable): one for each; NULL: @error of the whole command */
static void
take_answer (LiaResponsesImport *self,
             Parcel             *parcel,
             GPtrArray          *outcomes,
             const GError       *error)
{
  g_autoptr (LiaResponseOutcome) refused = NULL;

  if (outcomes == NULL && !is_refusal (error))
    {
      parcel->sent = FALSE;
      lia_responses_import_stop (self);
      return;
    }
  if (outcomes == NULL)
    refused = lia_response_outcome_new (NULL, 0, error);
  for (guint i = 0; i < parcel->items->len; i++)
    take_outcome (self, parcel->items->pdata[i], outcomes != NULL ? outcomes->pdata[i] : refused);
}

static DexFuture *
answered_cb (DexFuture *future,
             gpointer   data)
{
  Sending            *sending = data;
  LiaResponsesImport *self = sending->import;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->n_on_its_way--;
  take_answer (self, sending->parcel, value != NULL ? g_value_get_boxed (value) : NULL, error);
  if (self->state == LIA_RESPONSES_IMPORT_RUNNING)
    send_next (self, sending->lane);
  if (self->figures.done == self->figures.total)
    self->state = LIA_RESPONSES_IMPORT_DONE;
  g_signal_emit (self, signals[CHANGED], 0);

  return dex_future_new_true ();
}

static DexFuture *
ask (LiaResponsesImport *self,
     const char         *lane,
     Parcel             *parcel)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; i < parcel->items->len; i++)
    {
      Item *item = parcel->items->pdata[i];

      g_ptr_array_add (values, self->is_undo ? (gpointer)item->saved : (gpointer)item->row->canned);
    }

  return self->is_undo ? lia_client_revert_responses (self->client, lane, parcel->key, values)
                       : lia_client_import_responses (self->client, lane, parcel->key, values);
}

static void
send_parcel (LiaResponsesImport *self,
             Parcel             *parcel,
             guint               lane)
{
  g_autofree char *lane_name = g_strdup_printf ("import-%u", lane);
  Sending         *sending = g_new (Sending, 1);

  *sending = (Sending){ g_object_ref (self), parcel, lane };
  parcel->sent = TRUE;
  self->n_on_its_way++;
  dex_future_disown (dex_future_finally (ask (self, lane_name, parcel), answered_cb, sending, sending_free));
}

static void
send_next (LiaResponsesImport *self,
           guint               lane)
{
  while (self->next < self->parcels->len)
    {
      Parcel *parcel = self->parcels->pdata[self->next++];

      if (!parcel->sent)
        {
          send_parcel (self, parcel, lane);
          return;
        }
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
  self->state = self->figures.done < self->figures.total ? LIA_RESPONSES_IMPORT_RUNNING : LIA_RESPONSES_IMPORT_DONE;
  for (guint lane = self->n_on_its_way; lane < LANES; lane++)
    send_next (self, lane);
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

/**
 * lia_responses_import_undo: takes back what was saved, the last first, once nothing is on its way any more. What somebody has changed since is kept.
 */
void
lia_responses_import_undo (LiaResponsesImport *self)
{
  g_autoptr (GPtrArray) saved = g_ptr_array_new ();

  g_return_if_fail (LIA_IS_RESPONSES_IMPORT (self));

  if (self->is_undo || self->state == LIA_RESPONSES_IMPORT_RUNNING || self->n_on_its_way > 0)
    return;

  for (guint i = self->items->len; i > 0; i--)
    {
      Item *item = self->items->pdata[i - 1];

      if (item->saved != NULL && item->saved->error == NULL)
        g_ptr_array_add (saved, item);
    }
  self->is_undo = TRUE;
  set_work (self, saved);
  lia_responses_import_start (self);
}

/** lia_responses_import_is_undo: whether it is taken back: the state is of that, then. */
gboolean
lia_responses_import_is_undo (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), FALSE);

  return self->is_undo;
}

LiaResponsesImportState
lia_responses_import_get_state (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), LIA_RESPONSES_IMPORT_WAITING);

  return self->state;
}

LiaResponsesImportFigures
lia_responses_import_get_figures (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), (LiaResponsesImportFigures){ 0 });

  return self->figures;
}

/** lia_responses_import_get_rows: (transfer none): as they were given. */
GPtrArray *
lia_responses_import_get_rows (LiaResponsesImport *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), NULL);

  return self->rows;
}

/** lia_responses_import_get_error: (nullable): why the engine refused it, or kept it when it was taken back. */
const GError *
lia_responses_import_get_error (LiaResponsesImport *self,
                                LiaCannedImportRow *row)
{
  Item *item;

  g_return_val_if_fail (LIA_IS_RESPONSES_IMPORT (self), NULL);

  item = g_hash_table_lookup (self->by_row, row);
  if (item == NULL || item->saved == NULL)
    return NULL;

  return item->saved->error != NULL ? item->saved->error : item->undone != NULL ? item->undone->error
                                                                                : NULL;
}
