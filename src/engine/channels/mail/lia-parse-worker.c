/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-parse-worker.h"

#include "lia-mime.h"
#include "lia-sandbox.h"

#include <errno.h>
#include <malloc.h>
#include <unistd.h>

/*
 * `liaisond parse-worker`: the process that GMime and libxml2 run in. It is started by LiaParsePool, reads messages from standard input and
 * writes what they say to standard output, in order, each as a frame: 32 bits of length in this machine's order, then the bytes (of the message;
 * of the serialised GVariant). The first frame it writes is empty: it is ready. It ends with its input; when a message is too much for
 * it, it just dies.
 */

#define MAX_MEMORY (768ul * 1024 * 1024)
#define MAX_SECONDS 10
#define BIG (1024 * 1024) /* after such a message its memory is given back */

static gboolean
read_all (void *bytes,
          gsize length)
{
  for (gsize done = 0; done < length;)
    {
      ssize_t count = read (STDIN_FILENO, (char *)bytes + done, length - done);

      if (count == 0 || (count < 0 && errno != EINTR))
        return FALSE;

      done += count > 0 ? (gsize)count : 0;
    }

  return TRUE;
}

static gboolean
write_all (const void *bytes,
           gsize       length)
{
  for (gsize done = 0; done < length;)
    {
      ssize_t count = write (STDOUT_FILENO, (const char *)bytes + done, length - done);

      if (count < 0 && errno != EINTR)
        return FALSE;

      done += count > 0 ? (gsize)count : 0;
    }

  return TRUE;
}

static gboolean
answer (GBytes *raw)
{
  g_autoptr (LiaMime) mime = lia_mime_parse (raw);
  g_autoptr (GVariant) variant = g_variant_ref_sink (lia_mime_to_variant (mime));
  gsize   size = g_variant_get_size (variant);
  guint32 length = (guint32)size;

  return size <= G_MAXUINT32 && write_all (&length, sizeof length) && write_all (g_variant_get_data (variant), size);
}

/** lia_parse_worker_main: the whole program; returns its exit status. */
int
lia_parse_worker_main (void)
{
  guint32 length = 0;

  lia_mime_init ();
  lia_sandbox_enter (MAX_MEMORY);

  if (!write_all (&length, sizeof length))
    return 1;

  while (read_all (&length, sizeof length) && length <= LIA_MIME_MAX_BYTES)
    {
      g_autofree char *bytes = g_malloc (MAX (length, 1));
      g_autoptr (GBytes) raw = NULL;

      if (!read_all (bytes, length))
        return 1;

      lia_sandbox_limit_cpu (MAX_SECONDS);
      raw = g_bytes_new_static (bytes, length);

      if (!answer (raw))
        return 1;

      if (length > BIG)
        malloc_trim (0);
    }

  return 0;
}
