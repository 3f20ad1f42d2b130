/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-choices.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LiaLibraryChoices
{
  AdwExpanderRow parent_instance;

  GPtrArray *rows; /* of AdwSwitchRow, whose "id" is what is chosen by it */
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (LiaLibraryChoices, lia_library_choices, ADW_TYPE_EXPANDER_ROW)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
lia_library_choices_finalize (GObject *object)
{
  g_ptr_array_unref (LIA_LIBRARY_CHOICES (object)->rows);

  G_OBJECT_CLASS (lia_library_choices_parent_class)->finalize (object);
}

static void
lia_library_choices_class_init (LiaLibraryChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_library_choices_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_LIBRARY_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_library_choices_init (LiaLibraryChoices *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

static const char *
id_of (AdwSwitchRow *row)
{
  return g_object_get_data (G_OBJECT (row), "id");
}

static void
show_chosen (LiaLibraryChoices *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    if (adw_switch_row_get_active (self->rows->pdata[i]))
      g_strv_builder_add (names, adw_preferences_row_get_title (self->rows->pdata[i]));
  list = g_strv_builder_end (names);
  words = g_strjoinv (_ (", "), list);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), *words != '\0' ? words : _ ("Everywhere"));
}

static void
on_switched_cb (LiaLibraryChoices *self)
{
  show_chosen (self);
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
lia_library_choices_clear (LiaLibraryChoices *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  show_chosen (self);
}

/** lia_library_choices_add: @name: as people call it, of a colleague's making or a file's */
void
lia_library_choices_add (LiaLibraryChoices *self,
                         const char        *id,
                         const char        *name)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_switched_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
has (LiaLibraryChoices *self,
     const char        *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (id_of (self->rows->pdata[i]), id) == 0)
      return TRUE;

  return FALSE;
}

/** lia_library_choices_set_chosen: one that is not among the choices any more becomes one of them, so that it can be seen and taken away. */
void
lia_library_choices_set_chosen (LiaLibraryChoices *self,
                                GStrv              ids)
{
  self->filling = TRUE;
  for (guint i = 0; ids[i] != NULL; i++)
    if (!has (self, ids[i]))
      lia_library_choices_add (self, ids[i], ids[i]);
  for (guint i = 0; i < self->rows->len; i++)
    adw_switch_row_set_active (self->rows->pdata[i], g_strv_contains ((const char *const *)ids, id_of (self->rows->pdata[i])));
  self->filling = FALSE;
  show_chosen (self);
}

GStrv
lia_library_choices_dup_chosen (LiaLibraryChoices *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++)
    if (adw_switch_row_get_active (self->rows->pdata[i]))
      g_strv_builder_add (ids, id_of (self->rows->pdata[i]));

  return g_strv_builder_end (ids);
}
