/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the API does with one finding or quote at a time, done with several: one after the other, and wholly or not at all. When one is refused, those before
 * it are taken back; what then cannot be taken back, because there is no engine any more, shows itself as soon as there is one.
 */

#include "lia-client-findings.h"

#include "lia-async.h"

typedef struct
{
  LiaClient *client;
  GStrv      findings;
  GPtrArray *quotes; /* of LiaQuote */
  char      *into;   /* finding, or NULL */
  char      *title;  /* of a new one */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->client);
  g_strfreev (work->findings);
  g_clear_pointer (&work->quotes, g_ptr_array_unref);
  g_free (work->into);
  g_free (work->title);
  g_free (work);
}

static Work *
work_new (LiaClient *client)
{
  Work *work = g_new0 (Work, 1);

  work->client = g_object_ref (client);

  return work;
}

/* The last one first, as it was done. */
static gboolean
unmerge (Work    *work,
         guint    n,
         GError **error)
{
  for (guint i = n; i > 0; i--)
    {
      if (!dex_await (lia_client_unmerge_finding (work->client, work->findings[i - 1]), error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
merge_fiber (gpointer data)
{
  Work *work = data;

  for (guint i = 0; work->findings[i] != NULL; i++)
    {
      GError *error = NULL;

      if (dex_await (lia_client_merge_finding (work->client, work->findings[i], work->into), &error))
        continue;
      unmerge (work, i, NULL);
      return dex_future_new_for_error (error);
    }

  return dex_future_new_take_boxed (G_TYPE_STRV, g_strdupv (work->findings));
}

/** lia_client_merge_findings: all that was said of each of them counts for @into; what that was is answered, to be taken back. */
DexFuture *
lia_client_merge_findings (LiaClient         *self,
                           const char *const *findings,
                           const char        *into)
{
  Work *work;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (findings != NULL && into != NULL);

  work = work_new (self);
  work->findings = g_strdupv ((GStrv)findings);
  work->into = g_strdup (into);

  return lia_spawn (merge_fiber, work, work_free);
}

static DexFuture *
unmerge_fiber (gpointer data)
{
  Work   *work = data;
  GError *error = NULL;

  return unmerge (work, g_strv_length (work->findings), &error) ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

/** lia_client_unmerge_findings: each is one of its own again. */
DexFuture *
lia_client_unmerge_findings (LiaClient         *self,
                             const char *const *findings)
{
  Work *work;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (findings != NULL);

  work = work_new (self);
  work->findings = g_strdupv ((GStrv)findings);

  return lia_spawn (unmerge_fiber, work, work_free);
}

/* Where each of the first @n belonged before. */
static gboolean
put_back (Work    *work,
          guint    n,
          GError **error)
{
  for (guint i = n; i > 0; i--)
    {
      LiaQuote *quote = work->quotes->pdata[i - 1];

      if (!dex_await (lia_client_split_finding (work->client, quote->entry, quote->finding, NULL), error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
split_fiber (gpointer data)
{
  Work *work = data;

  for (guint i = 0; i < work->quotes->len; i++)
    {
      GError          *error = NULL;
      LiaQuote        *quote = work->quotes->pdata[i];
      g_autofree char *finding = dex_await_string (lia_client_split_finding (work->client, quote->entry, work->into, work->into == NULL ? work->title : NULL), &error);

      if (finding == NULL)
        {
          put_back (work, i, NULL);
          return dex_future_new_for_error (error);
        }
      g_set_str (&work->into, finding);
    }

  return dex_future_new_for_string (work->into);
}

/** lia_client_split_quotes: @quotes (of LiaQuote, at least one) become a finding of their own, which is called @title; its id is answered. */
DexFuture *
lia_client_split_quotes (LiaClient  *self,
                         GPtrArray  *quotes,
                         const char *title)
{
  Work *work;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (quotes != NULL && quotes->len > 0);

  work = work_new (self);
  work->quotes = g_ptr_array_ref (quotes);
  work->title = g_strdup (title);

  return lia_spawn (split_fiber, work, work_free);
}

static DexFuture *
put_back_fiber (gpointer data)
{
  Work   *work = data;
  GError *error = NULL;

  return put_back (work, work->quotes->len, &error) ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

/** lia_client_put_back_quotes: @quotes (of LiaQuote) belong to the findings that they name, as they did when they were read. */
DexFuture *
lia_client_put_back_quotes (LiaClient *self,
                            GPtrArray *quotes)
{
  Work *work;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (quotes != NULL);

  work = work_new (self);
  work->quotes = g_ptr_array_ref (quotes);

  return lia_spawn (put_back_fiber, work, work_free);
}
