/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-files.h"

#include "lia-blobs.h"
#include "lia-sample-draw.h"

#include <string.h>

/* All files are made and stored at once, as storing waits for the disk. */

#define N_PHOTOS 6
#define N_INVOICES 4

struct _LiaSampleFiles
{
  char      *directory;
  GPtrArray *attachments; /* of LiaAttachment */
  GPtrArray *kinds;       /* of static strings, in step */
};

static void
add (LiaSampleFiles *self,
     GPtrArray      *all_bytes,
     const char     *kind,
     const char     *name,
     const char     *type,
     GBytes         *bytes)
{
  LiaAttachment *attachment = lia_attachment_new ();

  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->size_bytes = (gint64)g_bytes_get_size (bytes);
  g_ptr_array_add (self->attachments, attachment);
  g_ptr_array_add (self->kinds, (gpointer)kind);
  g_ptr_array_add (all_bytes, bytes);
}

static void
add_papers (LiaSampleFiles *self,
            GPtrArray      *bytes)
{
  static const char *const label[] = { "RETURN LABEL", "", "Larkspur Cycles, Returns", "Unit 7, Canal Wharf", "LS99 0XY Leeds", "",
                                       "Please fold here and put it on the outside of the box.", NULL };
  static const char *const report[] = { "YEARLY SERVICE: WHAT WE DO", "", "[x] Gears indexed, cable friction measured", "[x] Brakes: pads, discs, fluid",
                                        "[x] Bearings: headset, bottom bracket, hubs", "[x] Wheels trued to 0.3 mm", "[x] Chain measured, bolts to torque",
                                        "[x] Test ride of 3 km", NULL };
  static const char        log_text[] = "2026-11-02 08:14:02 app 3.2.0 start\n"
                                        "2026-11-02 08:14:03 account: request token\n"
                                        "2026-11-02 08:14:03 account: answer 401, clock skew 661 s\n"
                                        "2026-11-02 08:14:03 ui: show \"Something went wrong\"\n";

  for (guint i = 0; i < N_INVOICES; i++)
    {
      g_autofree char *number = g_strdup_printf ("Invoice LC-24-%u", 10411 + 17 * i);
      g_autofree char *sum = g_strdup_printf ("Total, VAT included: %u.00", 89 + 400 * i);
      g_autofree char *name = g_strconcat (number, ".pdf", NULL);
      const char      *lines[] = { "LARKSPUR CYCLES", "Unit 7, Canal Wharf, Leeds", "", number, "", "1 x goods as ordered", "1 x delivery", "", sum,
                                   "", "Thank you for riding with us.", NULL };

      add (self, bytes, "invoice", name, "application/pdf", lia_sample_draw_pdf (lines));
    }

  add (self, bytes, "label", "Return label.pdf", "application/pdf", lia_sample_draw_pdf (label));
  add (self, bytes, "report", "Service check list.pdf", "application/pdf", lia_sample_draw_pdf (report));
  add (self, bytes, "log", "larkspur-app.log.txt", "text/plain", g_bytes_new_static (log_text, sizeof log_text - 1));
  add (self, bytes, "voice", "Voice message.wav", "audio/x-wav", lia_sample_draw_wav (3));
}

/** lia_sample_files_new: makes and stores the files. Blocks. */
LiaSampleFiles *
lia_sample_files_new (const char *directory,
                      GError    **error)
{
  g_autoptr (LiaSampleFiles) self = g_new0 (LiaSampleFiles, 1);
  g_autoptr (GPtrArray) bytes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autofree char **ids = NULL;

  self->directory = g_strdup (directory);
  self->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  self->kinds = g_ptr_array_new ();

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *name = g_strdup_printf ("IMG_%u.png", 2041 + 13 * i);

      add (self, bytes, "photo", name, "image/png", lia_sample_draw_png (i));
    }

  add_papers (self, bytes);
  ids = g_new0 (char *, bytes->len);

  if (!lia_blobs_put_many (directory, (GBytes *const *)bytes->pdata, bytes->len, ids, error))
    return NULL;

  for (guint i = 0; i < bytes->len; i++)
    ((LiaAttachment *)self->attachments->pdata[i])->blob = ids[i];

  return g_steal_pointer (&self);
}

/** lia_sample_files_pick: (transfer full): one of the kind "photo", "invoice", "label", "report", "log", "voice". */
LiaAttachment *
lia_sample_files_pick (LiaSampleFiles *self,
                       const char     *kind,
                       GRand          *rand)
{
  guint first = 0;
  guint n = 0;

  for (guint i = 0; i < self->kinds->len; i++)
    {
      if (g_str_equal (self->kinds->pdata[i], kind))
        {
          first = n == 0 ? i : first;
          n++;
        }
    }

  g_assert (n > 0); /* our own files */

  return g_object_ref (self->attachments->pdata[first + (guint)g_rand_int_range (rand, 0, (gint32)n)]);
}

/** lia_sample_files_put_html: (transfer full): the blob of a message's HTML body. Blocks. */
char *
lia_sample_files_put_html (LiaSampleFiles *self,
                           const char     *html,
                           GError        **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (html, strlen (html));

  return lia_blobs_put (self->directory, bytes, error);
}

void
lia_sample_files_free (LiaSampleFiles *self)
{
  g_free (self->directory);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->kinds);
  g_free (self);
}
