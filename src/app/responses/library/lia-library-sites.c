/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-sites.h"

#include "lia-canned-public.h"
#include "lia-channel.h"
#include "lia-client-publish.h"
#include "lia-library-rights.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaLibrarySites
{
  AdwExpanderRow parent_instance;

  LiaClient           *client;
  LiaLibraryPublished *published;
  GPtrArray           *rows; /* of AdwSwitchRow, whose "site" is a channel's id */

  LiaCanned *saved; /* or NULL: it is new */
  gboolean   edited;
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (LiaLibrarySites, lia_library_sites, ADW_TYPE_EXPANDER_ROW)

static void show (LiaLibrarySites *self);

static const char *
site_of (gpointer row)
{
  return g_object_get_data (row, "site");
}

/* (transfer full) (nullable): why it cannot be published, in plain words */
static char *
find_obstacle (LiaLibrarySites *self)
{
  char *unfit = NULL;

  if (self->saved == NULL || self->edited)
    return g_strdup (_ ("Save it first"));
  if (!lia_library_supervises (self->client))
    return g_strdup (_ ("A supervisor can publish it"));

  return lia_canned_public_fits (self->saved, &unfit) ? NULL : unfit;
}

static void
show_words (LiaLibrarySites *self,
            const char      *obstacle)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *on = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    if (adw_switch_row_get_active (self->rows->pdata[i]))
      g_strv_builder_add (names, adw_preferences_row_get_title (self->rows->pdata[i]));
  list = g_strv_builder_end (names);
  on = list[0] != NULL ? g_strjoinv (_ (", "), list) : g_strdup (_ ("Not Published"));
  words = obstacle != NULL ? g_strdup_printf ("%s. %s", on, obstacle) : g_steal_pointer (&on);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
}

/* What stands on a site can always be taken away, by who may publish. */
static void
show_rows (LiaLibrarySites *self,
           gboolean         can_add)
{
  const gboolean can_remove = self->saved != NULL && !self->edited && lia_library_supervises (self->client);

  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwSwitchRow  *row = self->rows->pdata[i];
      const gboolean is_on = self->saved != NULL && lia_library_published_has (self->published, self->saved->id, site_of (row));

      adw_switch_row_set_active (row, is_on);
      gtk_widget_set_sensitive (GTK_WIDGET (row), is_on ? can_remove : can_add);
    }
  self->filling = FALSE;
}

static void
published_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaLibrarySites *self = owner;

  if (error != NULL)
    lia_complain (GTK_WIDGET (self), _ ("It could not be published"), error);
  if (error != NULL)
    show (self);
  else
    lia_library_published_read (self->published);
}

static void
on_switched_cb (LiaLibrarySites *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sites = NULL;

  if (self->filling || self->saved == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    if (adw_switch_row_get_active (self->rows->pdata[i]))
      g_strv_builder_add (builder, site_of (self->rows->pdata[i]));
  sites = g_strv_builder_end (builder);
  show_words (self, NULL);
  lia_then (lia_client_publish_response (self->client, self->saved->id, (const char *const *)sites), self, published_cb, NULL, NULL);
}

static void
add_row (LiaLibrarySites *self,
         LiaChannel      *channel)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), channel->name);
  g_object_set_data_full (G_OBJECT (row), "site", g_strdup (channel->id), g_free);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_switched_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
lists (LiaLibrarySites *self,
       GPtrArray       *sites)
{
  if (sites->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < sites->len; i++)
    {
      LiaChannel *channel = sites->pdata[i];

      if (!g_str_equal (channel->id, site_of (self->rows->pdata[i])) || !g_str_equal (channel->name, adw_preferences_row_get_title (self->rows->pdata[i])))
        return FALSE;
    }

  return TRUE;
}

/* The rows stay while nothing is new: somebody may stand on one. */
static void
list_sites (LiaLibrarySites *self)
{
  g_autoptr (GPtrArray) sites = lia_library_published_get_sites (self->published);

  if (lists (self, sites))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < sites->len; i++)
    add_row (self, sites->pdata[i]);
}

static void
show (LiaLibrarySites *self)
{
  g_autofree char *obstacle = NULL;

  if (self->published == NULL)
    return;
  obstacle = find_obstacle (self);
  list_sites (self);
  show_rows (self, obstacle == NULL);
  show_words (self, obstacle);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
lia_library_sites_dispose (GObject *object)
{
  LiaLibrarySites *self = LIA_LIBRARY_SITES (object);

  g_clear_object (&self->client);
  g_clear_object (&self->published);
  g_clear_object (&self->saved);

  G_OBJECT_CLASS (lia_library_sites_parent_class)->dispose (object);
}

static void
lia_library_sites_finalize (GObject *object)
{
  g_ptr_array_unref (LIA_LIBRARY_SITES (object)->rows);

  G_OBJECT_CLASS (lia_library_sites_parent_class)->finalize (object);
}

static void
lia_library_sites_class_init (LiaLibrarySitesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_library_sites_dispose;
  object_class->finalize = lia_library_sites_finalize;
}

static void
lia_library_sites_init (LiaLibrarySites *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** lia_library_sites_set_client: once. */
void
lia_library_sites_set_client (LiaLibrarySites     *self,
                              LiaClient           *client,
                              LiaLibraryPublished *published)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  self->published = g_object_ref (published);
  g_signal_connect_object (published, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

/**
 * lia_library_sites_show:
 * @saved: (nullable): as the library has it; NULL: it is not there yet
 * @edited: something else is typed
 */
void
lia_library_sites_show (LiaLibrarySites *self,
                        LiaCanned       *saved,
                        gboolean         edited)
{
  g_set_object (&self->saved, saved);
  self->edited = edited;
  show (self);
}
