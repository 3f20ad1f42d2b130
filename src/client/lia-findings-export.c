/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-findings-export.h"

#include "lia-async.h"
#include "lia-finding-csv.h"
#include "lia-value-page.h"

struct _LiaFindingsExport
{
  GObject parent_instance;

  LiaClient       *client;
  GFile           *file;
  LiaFindingsQuery query; /* its texts are those in `texts` */
  GPtrArray       *texts; /* char * */
  GCancellable    *cancellable;
  guint            count;
};

enum {
  PROGRESSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingsExport, lia_findings_export, G_TYPE_OBJECT)

static void
lia_findings_export_finalize (GObject *object)
{
  LiaFindingsExport *self = LIA_FINDINGS_EXPORT (object);

  g_clear_object (&self->client);
  g_clear_object (&self->file);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (lia_findings_export_parent_class)->finalize (object);
}

static void
lia_findings_export_class_init (LiaFindingsExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_findings_export_finalize;

  signals[PROGRESSED] = g_signal_new ("progressed", LIA_TYPE_FINDINGS_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_findings_export_init (LiaFindingsExport *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
}

static const char *
keep (LiaFindingsExport *self,
      const char        *text)
{
  char *copy = g_strdup (text);

  g_ptr_array_add (self->texts, copy);

  return copy;
}

/** lia_findings_export_new: @query: which, and in which order; copied */
LiaFindingsExport *
lia_findings_export_new (LiaClient              *client,
                         const LiaFindingsQuery *query,
                         GFile                  *file)
{
  LiaFindingsExport *self = g_object_new (LIA_TYPE_FINDINGS_EXPORT, NULL);

  self->client = g_object_ref (client);
  self->file = g_object_ref (file);
  self->query = *query;
  self->query.text = keep (self, query->text);
  self->query.kind = keep (self, query->kind);
  self->query.state = keep (self, query->state);
  self->query.product = keep (self, query->product);
  self->query.url = keep (self, query->url);
  self->query.tracker = keep (self, query->tracker);
  self->query.conversation = keep (self, query->conversation);
  self->query.customer = keep (self, query->customer);

  return self;
}

static gboolean
write_text (GOutputStream *stream,
            GString       *csv,
            GError       **error)
{
  for (gsize at = 0; at < csv->len;)
    {
      gint64 n = dex_await_int64 (dex_output_stream_write (stream, csv->str + at, csv->len - at, G_PRIORITY_DEFAULT), error);

      if (n <= 0)
        return FALSE;
      at += (gsize)n;
    }

  return TRUE;
}

static gboolean
write_page (LiaFindingsExport *self,
            LiaValuePage      *page,
            GOutputStream     *stream,
            GError           **error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->values));
  g_autoptr (GString) csv = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiaFinding) finding = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      lia_finding_csv_append (csv, finding);
    }
  if (!write_text (stream, csv, error))
    return FALSE;
  self->count += n;
  g_signal_emit (self, signals[PROGRESSED], 0);

  return TRUE;
}

static gboolean
write_pages (LiaFindingsExport *self,
             GOutputStream     *stream,
             GError           **error)
{
  g_autoptr (GString) header = g_string_new (NULL);
  g_autofree char *after = NULL;

  lia_finding_csv_append_header (header);
  if (!write_text (stream, header, error))
    return FALSE;
  do
    {
      g_autoptr (LiaValuePage) page = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          (page = dex_await_object (lia_client_get_findings (self->client, &self->query, after), error)) == NULL || !write_page (self, page, stream, error))
        return FALSE;
      g_set_str (&after, page->next);
    }
  while (after != NULL);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* What was in the file before stays: the new text takes its place when it is closed, and not when that is cancelled. */
static void
give_up (GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
}

static DexFuture *
run_fiber (gpointer data)
{
  LiaFindingsExport *self = data;
  GError            *error = NULL;
  g_autoptr (GOutputStream) stream = dex_await_object (dex_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_NONE, G_PRIORITY_DEFAULT), &error);

  if (stream == NULL)
    return dex_future_new_for_error (error);
  if (!write_pages (self, stream, &error))
    {
      give_up (stream);
      return dex_future_new_for_error (error);
    }
  if (!dex_await (dex_output_stream_close (stream, G_PRIORITY_DEFAULT), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_uint (self->count);
}

/** lia_findings_export_run: once. %G_IO_ERROR_CANCELLED; where it fails, the file is as it was before. */
DexFuture *
lia_findings_export_run (LiaFindingsExport *self)
{
  dex_return_error_if_fail (LIA_IS_FINDINGS_EXPORT (self));

  return lia_spawn (run_fiber, g_object_ref (self), g_object_unref);
}

/** lia_findings_export_cancel: after the page that is being read. */
void
lia_findings_export_cancel (LiaFindingsExport *self)
{
  g_return_if_fail (LIA_IS_FINDINGS_EXPORT (self));

  g_cancellable_cancel (self->cancellable);
}

/** lia_findings_export_get_count: how many are written. */
guint
lia_findings_export_get_count (LiaFindingsExport *self)
{
  g_return_val_if_fail (LIA_IS_FINDINGS_EXPORT (self), 0);

  return self->count;
}
