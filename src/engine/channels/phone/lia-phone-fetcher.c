/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-fetcher.h"

#include "lia-async.h"
#include "lia-blobs.h"
#include "lia-phone-fetch-rules.h"
#include "lia-phone-file.h"
#include "lia-phone-recordings.h"
#include "lia-time.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PATIENT_TRIES 6 /* of a file that does not seem to be whole: about a minute */
#define PAUSE_MS (60 * 1000)
#define SNIFF_BYTES 4096

/* One recording's tries, since the engine was started. */
typedef struct
{
  guint  n;
  gint64 due_us; /* monotonic */
} Tries;

struct _LiaPhoneFetcher
{
  GObject parent_instance;

  LiaEngine        *engine; /* it owns us */
  LiaPhoneProvider *provider;
  gint64            channel_id;
  GHashTable       *tries; /* char *: "seq file" -> Tries */
  DexPromise       *wake;
  DexPromise       *halt; /* resolved when it is to stop */
  gboolean          started;
  gboolean          woken;
  gboolean          stopped;
};

G_DEFINE_FINAL_TYPE (LiaPhoneFetcher, lia_phone_fetcher, G_TYPE_OBJECT)

/* What is next ---------------------------------------------------------------------------------------------------------------------------- */

static Tries *
ensure_tries (LiaPhoneFetcher *self,
              LiaPhoneWanted  *wanted)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", wanted->seq, wanted->file);
  Tries           *tries = g_hash_table_lookup (self->tries, key);

  if (tries == NULL)
    {
      tries = g_new0 (Tries, 1);
      tries->due_us = g_get_monotonic_time () + lia_phone_fetch_delay (0) * 1000;
      g_hash_table_insert (self->tries, g_steal_pointer (&key), tries);
    }

  return tries;
}

/* @due_us: when the first of them is due; 0 = there is none */
static LiaPhoneWanted *
find_due (LiaPhoneFetcher *self,
          GPtrArray       *list,
          gint64          *due_us)
{
  LiaPhoneWanted *first = NULL;

  *due_us = 0;
  for (guint i = 0; i < list->len; i++)
    {
      const Tries *tries = ensure_tries (self, list->pdata[i]);

      if (first != NULL && tries->due_us >= *due_us)
        continue;
      first = list->pdata[i];
      *due_us = tries->due_us;
    }

  return first != NULL && *due_us <= g_get_monotonic_time () ? first : NULL;
}

static void
rest (LiaPhoneFetcher *self,
      gint64           due_us)
{
  gint64 left_ms = due_us != 0 ? CLAMP ((due_us - g_get_monotonic_time ()) / 1000 + 1, 1, PAUSE_MS) : G_MAXINT;

  dex_clear (&self->wake);
  self->wake = dex_promise_new ();
  if (!self->woken)
    dex_await (dex_future_first (dex_timeout_new_msec ((int)left_ms), dex_ref (DEX_FUTURE (self->wake)), NULL), NULL);
  self->woken = FALSE;
}

/* From the file to the blobs, on a thread ------------------------------------------------------------------------------------------------- */

typedef struct
{
  char    *directory;
  int      fd;
  char    *name;
  gboolean patient; /* a file that is not whole is not taken yet */
  char    *blob;
  char    *type;
  gint64   size;
} Keeping;

static void
keeping_clear (Keeping *keeping)
{
  g_free (keeping->directory);
  g_free (keeping->name);
  g_free (keeping->blob);
  g_free (keeping->type);
  if (keeping->fd >= 0)
    close (keeping->fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keeping, keeping_clear)

static gboolean
judge_sound (Keeping      *keeping,
             const guint8 *bytes,
             gsize         length,
             GError      **error)
{
  g_autofree char *content_type = g_content_type_guess (keeping->name, bytes, MIN (length, SNIFF_BYTES), NULL);

  keeping->type = g_content_type_get_mime_type (content_type);
  if (keeping->type == NULL || !g_str_has_prefix (keeping->type, "audio/"))
    g_set_error_literal (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNSUPPORTED, "What the telephone system sent is no sound.");
  else if (keeping->patient && (length == 0 || !lia_phone_fetch_is_whole (bytes, length)))
    g_set_error_literal (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_STATE, "The recording is not complete yet.");
  else
    return TRUE;

  return FALSE;
}

static DexFuture *
keep_in_thread (gpointer data)
{
  Keeping *keeping = data;
  GError  *error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (keeping->fd, FALSE, &error);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

  if (bytes == NULL || !judge_sound (keeping, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error))
    return dex_future_new_for_error (error);

  keeping->size = (gint64)g_bytes_get_size (bytes);
  keeping->blob = lia_blobs_put (keeping->directory, bytes, &error);

  return keeping->blob != NULL ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

static LiaAttachment *
new_attachment (Keeping *keeping)
{
  LiaAttachment *attachment = lia_attachment_new ();

  attachment->blob = g_strdup (keeping->blob);
  attachment->name = lia_phone_file_show_name (keeping->name);
  attachment->type = g_strdup (keeping->type);
  attachment->size_bytes = keeping->size;

  return attachment;
}

/* One recording --------------------------------------------------------------------------------------------------------------------------- */

static LiaAttachment *
await_sound (LiaPhoneFetcher *self,
             LiaPhoneWanted  *wanted,
             gboolean         patient,
             GError         **error)
{
  g_auto (Keeping) keeping = { .fd = -1 };

  keeping.directory = g_strdup (lia_store_get_directory (lia_engine_get_store (self->engine)));
  keeping.name = g_strdup (wanted->file);
  keeping.patient = patient;
  keeping.fd = open (keeping.directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (keeping.fd < 0)
    {
      g_set_error (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_REFUSED, "There is no place for the recording: %s.", g_strerror (errno));
      return NULL;
    }
  if (!dex_await (dex_future_first (lia_phone_provider_fetch (self->provider, wanted->file, keeping.fd), dex_ref (DEX_FUTURE (self->halt)), NULL), error) || self->stopped ||
      !dex_await (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, keep_in_thread, &keeping, NULL), error))
    return NULL;

  return new_attachment (&keeping);
}

static LiaPhoneFetched *
new_fetched (LiaPhoneWanted *wanted,
             LiaAttachment  *attachment,
             const GError   *error)
{
  LiaPhoneFetched *fetched = g_new0 (LiaPhoneFetched, 1);
  gboolean         hopeless = attachment == NULL && lia_phone_fetch_is_hopeless (error, lia_time_now () - wanted->ended_ms);

  fetched->seq = wanted->seq;
  fetched->file = g_strdup (wanted->file);
  fetched->state = attachment != NULL ? LIA_RECORDING_KEPT : hopeless ? LIA_RECORDING_FAILED
                                                                      : LIA_RECORDING_FETCHING;
  fetched->problem = g_strdup (attachment != NULL || g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_STATE) ? "" : error->message);
  g_set_object (&fetched->attachment, attachment);

  return fetched;
}

static void
work (LiaPhoneFetcher *self,
      LiaPhoneWanted  *wanted,
      GError         **error)
{
  Tries *tries = ensure_tries (self, wanted);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaAttachment) sound = await_sound (self, wanted, tries->n < PATIENT_TRIES, &failure);
  LiaPhoneFetched *fetched;

  if (self->stopped)
    return;

  fetched = new_fetched (wanted, sound, failure);
  if (failure != NULL)
    g_info ("recording %s: %s", wanted->file, failure->message);
  tries->n++;
  tries->due_us = g_get_monotonic_time () + lia_phone_fetch_delay (tries->n) * 1000;
  dex_await (lia_store_write (lia_engine_get_store (self->engine), lia_phone_recordings_settle, fetched, lia_phone_fetched_free, NULL), error);
}

static gboolean
work_once (LiaPhoneFetcher *self,
           GError         **error)
{
  DexFuture *reading = lia_store_read (lia_engine_get_store (self->engine), lia_phone_recordings_read, &self->channel_id, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) list = lia_store_await (reading, error);
  LiaPhoneWanted *wanted;
  gint64          due_us;

  if (list == NULL)
    return FALSE;

  wanted = find_due (self, list, &due_us);
  if (wanted == NULL)
    rest (self, due_us);
  else
    work (self, wanted, error);

  return *error == NULL;
}

static DexFuture *
fetcher_fiber (gpointer data)
{
  LiaPhoneFetcher *self = data;

  while (!self->stopped)
    {
      g_autoptr (GError) error = NULL;

      if (work_once (self, &error) || self->stopped)
        continue;
      g_warning ("recordings wait: %s", error->message);
      rest (self, g_get_monotonic_time () + PAUSE_MS * 1000);
    }

  return dex_future_new_for_boolean (TRUE);
}

void
lia_phone_fetcher_start (LiaPhoneFetcher *self)
{
  if (self->started || self->stopped || !lia_phone_provider_can_fetch (self->provider))
    return;
  self->started = TRUE;
  dex_future_disown (lia_spawn (fetcher_fiber, g_object_ref (self), g_object_unref));
}

void
lia_phone_fetcher_wake (LiaPhoneFetcher *self)
{
  self->woken = TRUE;
  if (self->wake != NULL && dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

void
lia_phone_fetcher_stop (LiaPhoneFetcher *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  dex_promise_resolve_boolean (self->halt, FALSE);
  lia_phone_fetcher_wake (self);
}

LiaPhoneFetcher *
lia_phone_fetcher_new (LiaEngine        *engine,
                       gint64            channel_id,
                       LiaPhoneProvider *provider)
{
  LiaPhoneFetcher *self = g_object_new (LIA_TYPE_PHONE_FETCHER, NULL);

  self->engine = engine;
  self->channel_id = channel_id;
  self->provider = g_object_ref (provider);

  return self;
}

static void
lia_phone_fetcher_finalize (GObject *object)
{
  LiaPhoneFetcher *self = LIA_PHONE_FETCHER (object);

  dex_clear (&self->halt);
  dex_clear (&self->wake);
  g_clear_object (&self->provider);
  g_hash_table_unref (self->tries);

  G_OBJECT_CLASS (lia_phone_fetcher_parent_class)->finalize (object);
}

static void
lia_phone_fetcher_class_init (LiaPhoneFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_phone_fetcher_finalize;
}

static void
lia_phone_fetcher_init (LiaPhoneFetcher *self)
{
  self->tries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->halt = dex_promise_new ();
}
