/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A job and the box that carries its result to the caller. The box is shared by the future and its copies; the result in it can be taken once.
 */

#include "lia-store-job.h"

typedef struct
{
  gatomicrefcount ref_count;
  gpointer        result;
  GDestroyNotify  free_result;
} ResultBox;

static ResultBox *
result_box_ref (ResultBox *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
result_box_unref (ResultBox *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->result != NULL && self->free_result != NULL)
    self->free_result (self->result);
  g_free (self);
}

static GType result_box_get_type (void);

G_DEFINE_BOXED_TYPE (ResultBox, result_box, result_box_ref, result_box_unref)

LiaStoreJob *
lia_store_job_new (LiaStoreFunc   func,
                   gpointer       data,
                   GDestroyNotify free_data,
                   GDestroyNotify free_result)
{
  LiaStoreJob *self = g_new0 (LiaStoreJob, 1);

  self->func = func;
  self->data = data;
  self->free_data = free_data;
  self->free_result = free_result;
  self->promise = dex_promise_new ();

  return self;
}

/** lia_store_job_run: on a store thread, in a transaction; leaves the result or the error. */
void
lia_store_job_run (LiaStoreJob *self,
                   LiaDb       *db)
{
  gpointer result = NULL;

  if (self->func (db, self->data, &result, &self->error))
    {
      self->result = result;
      return;
    }

  if (result != NULL && self->free_result != NULL)
    self->free_result (result);
  if (self->error == NULL)
    self->error = g_error_new_literal (LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "A store function failed without a reason");
}

/** lia_store_job_fail: what it did was undone; an earlier error of its own stays. */
void
lia_store_job_fail (LiaStoreJob  *self,
                    const GError *error)
{
  gpointer result = g_steal_pointer (&self->result);

  if (result != NULL && self->free_result != NULL)
    self->free_result (result);
  if (self->error == NULL)
    self->error = g_error_copy (error);
}

/** lia_store_job_finish: (transfer full): on the main context; settles the future. */
void
lia_store_job_finish (LiaStoreJob *self)
{
  if (self->error != NULL)
    dex_promise_reject (self->promise, g_steal_pointer (&self->error));
  else
    {
      ResultBox *box = g_new0 (ResultBox, 1);
      GValue     value = G_VALUE_INIT;

      g_atomic_ref_count_init (&box->ref_count);
      box->result = self->result;
      box->free_result = self->free_result;
      g_value_init (&value, result_box_get_type ());
      g_value_take_boxed (&value, box);
      dex_promise_resolve (self->promise, &value);
      g_value_unset (&value);
    }

  if (self->free_data != NULL)
    self->free_data (self->data);
  dex_unref (self->promise);
  g_free (self);
}

/**
 * lia_store_take:
 * @settled: a settled future of lia_store_read() or lia_store_write()
 *
 * Takes the result out, once. For the callback of dex_future_then(); in fibers lia_store_await() is shorter.
 *
 * Returns: (transfer full) (nullable): the function's result; NULL with @error set when it failed
 */
gpointer
lia_store_take (DexFuture *settled,
                GError   **error)
{
  const GValue *value = dex_future_get_value (settled, error);
  ResultBox    *box;

  if (value == NULL)
    return NULL;

  g_return_val_if_fail (G_VALUE_HOLDS (value, result_box_get_type ()), NULL);
  box = g_value_get_boxed (value);

  return g_atomic_pointer_exchange (&box->result, NULL);
}

/**
 * lia_store_await:
 * @future: (transfer full): of lia_store_read() or lia_store_write()
 *
 * Waits in a fiber and takes the result out.
 *
 * Returns: (transfer full) (nullable): the function's result; NULL with @error set when it failed
 */
gpointer
lia_store_await (DexFuture *future,
                 GError   **error)
{
  ResultBox *box = dex_await_boxed (future, error);
  gpointer   result;

  if (box == NULL)
    return NULL;

  result = g_atomic_pointer_exchange (&box->result, NULL);
  result_box_unref (box);

  return result;
}
