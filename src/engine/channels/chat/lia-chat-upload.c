/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A file of a stranger on its way: into a file without a name, which is gone with the connection, and never into memory. Only so many at once: who
 * sends is not known before its last byte is there.
 */

#include "lia-chat-upload.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define MAX_AT_ONCE 64 /* 640 MiB of the disk */
#define MAX_OF_HOST 4
#define KEY "lia-chat-upload"

struct _LiaChatUploads
{
  GHashTable *hosts; /* char * -> how many */
  guint       n;
};

typedef struct
{
  LiaChatUploads *uploads;
  char           *host;
} Counted;

LiaChatUploads *
lia_chat_uploads_new (void)
{
  LiaChatUploads *self = g_rc_box_new0 (LiaChatUploads);

  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
clear (gpointer data)
{
  g_hash_table_unref (((LiaChatUploads *)data)->hosts);
}

void
lia_chat_uploads_unref (LiaChatUploads *self)
{
  g_rc_box_release_full (self, clear);
}

static guint
count (LiaChatUploads *self,
       const char     *host)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->hosts, host));
}

static void
counted_free (gpointer data)
{
  Counted        *counted = data;
  LiaChatUploads *self = counted->uploads;
  guint           n = count (self, counted->host);

  self->n--;
  if (n > 1)
    g_hash_table_replace (self->hosts, g_strdup (counted->host), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (self->hosts, counted->host);
  g_free (counted->host);
  lia_chat_uploads_unref (self);
  g_free (counted);
}

static gboolean
fail (GError **error)
{
  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_STORE_FULL, "The file cannot be kept: %s.", g_strerror (errno));
  return FALSE;
}

/** lia_chat_uploads_begin: its headers are there; it counts as long as its message lives. */
gboolean
lia_chat_uploads_begin (LiaChatUploads *self,
                        LiaHttpCall    *call,
                        const char     *host,
                        GError        **error)
{
  Counted *counted;

  if (self->n >= MAX_AT_ONCE || count (self, host) >= MAX_OF_HOST)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED, "Too many files are on their way; try again a little later.");
      return FALSE;
    }
  call->upload_fd = open (lia_store_get_directory (lia_engine_get_store (call->engine)), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (call->upload_fd < 0)
    return fail (error);

  counted = g_new0 (Counted, 1);
  counted->uploads = g_rc_box_acquire (self);
  counted->host = g_strdup (host);
  self->n++;
  g_hash_table_replace (self->hosts, g_strdup (host), GUINT_TO_POINTER (count (self, host) + 1));
  g_object_set_data_full (G_OBJECT (call->message), KEY, counted, counted_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (call->message), FALSE);

  return TRUE;
}

/** lia_chat_upload_take: the next of its bytes. */
gboolean
lia_chat_upload_take (LiaHttpCall *call,
                      GBytes      *chunk,
                      GError     **error)
{
  gsize       length;
  const char *data = g_bytes_get_data (chunk, &length);

  while (length > 0)
    {
      gssize n = write (call->upload_fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail (error);
      data += n;
      length -= n;
    }

  return TRUE;
}
