/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-published.h"

#include "lia-channel-site.h"
#include "lia-client-publish.h"
#include "lia-then.h"

struct _LiaLibraryPublished
{
  GObject parent_instance;

  LiaClient  *client;
  GHashTable *published; /* response's id -> GPtrArray of channels' ids; or NULL */
  gboolean    reading;
  gboolean    again; /* something was told of meanwhile */
};

G_DEFINE_FINAL_TYPE (LiaLibraryPublished, lia_library_published, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
read_cb (gpointer      owner,
         const GValue *value,
         GError       *error,
         gpointer      data)
{
  LiaLibraryPublished *self = owner;

  self->reading = FALSE;
  if (value != NULL)
    {
      g_clear_pointer (&self->published, g_hash_table_unref);
      self->published = g_value_dup_boxed (value);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  if (self->again)
    lia_library_published_read (self);
}

/** lia_library_published_read: somebody may have changed it. Where no web site has a chat nothing is asked. */
void
lia_library_published_read (LiaLibraryPublished *self)
{
  g_autoptr (GPtrArray) sites = lia_library_published_get_sites (self);

  self->again = self->reading;
  if (self->reading || sites->len == 0)
    return;
  self->reading = TRUE;
  lia_then (lia_client_read_published (self->client), self, read_cb, NULL, NULL);
}

static void
lia_library_published_finalize (GObject *object)
{
  LiaLibraryPublished *self = LIA_LIBRARY_PUBLISHED (object);

  g_clear_pointer (&self->published, g_hash_table_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_library_published_parent_class)->finalize (object);
}

static void
lia_library_published_class_init (LiaLibraryPublishedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_library_published_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_LIBRARY_PUBLISHED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_library_published_init (LiaLibraryPublished *self)
{
}

LiaLibraryPublished *
lia_library_published_new (LiaClient *client)
{
  LiaLibraryPublished *self = g_object_new (LIA_TYPE_LIBRARY_PUBLISHED, NULL);

  self->client = g_object_ref (client);
  lia_library_published_read (self);

  return self;
}

/** lia_library_published_get_sites: (transfer full): of LiaChannel: the web sites with a chat that there are. */
GPtrArray *
lia_library_published_get_sites (LiaLibraryPublished *self)
{
  GListModel *channels = lia_client_get_channels (self->client);
  GPtrArray  *sites = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);

      if (lia_channel_is_site (channel))
        g_ptr_array_add (sites, g_steal_pointer (&channel));
    }

  return sites;
}

/** lia_library_published_has: as it was read last. */
gboolean
lia_library_published_has (LiaLibraryPublished *self,
                           const char          *response,
                           const char          *site)
{
  GPtrArray *sites = self->published != NULL ? g_hash_table_lookup (self->published, response) : NULL;

  return sites != NULL && g_ptr_array_find_with_equal_func (sites, site, g_str_equal, NULL);
}

/** lia_library_published_is_public: whether visitors of any site find it as it is now. */
gboolean
lia_library_published_is_public (LiaLibraryPublished *self,
                                 LiaCanned           *canned)
{
  g_autoptr (GPtrArray) sites = lia_library_published_get_sites (self);

  if (canned->scope != LIA_CANNED_TEAM || canned->state != LIA_CANNED_REVIEWED)
    return FALSE;
  for (guint i = 0; i < sites->len; i++)
    if (lia_library_published_has (self, canned->id, ((LiaChannel *)sites->pdata[i])->id))
      return TRUE;

  return FALSE;
}
