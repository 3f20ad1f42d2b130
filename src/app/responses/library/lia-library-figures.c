/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-figures.h"

#include "lia-client-responses.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LiaLibraryFigures
{
  AdwBin parent_instance;

  GtkLabel *label;
  char     *response; /* that is asked about, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaLibraryFigures, lia_library_figures, ADW_TYPE_BIN)

/** lia_library_figures_words: "Sent 41 times · edited before sending 12 times (8 of 100 words) · 3 times the customer wrote again" */
char *
lia_library_figures_words (LiaCannedFigures *figures)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (figures->sent == 0)
    return g_strdup (_ ("Not sent yet"));

  g_string_append_printf (words, ngettext ("Sent %u time", "Sent %u times", (gulong)figures->sent), (guint)figures->sent);
  if (figures->edited == 0)
    g_string_append (words, _ (" · never edited before sending"));
  else
    g_string_append_printf (words, ngettext (" · edited before sending %u time", " · edited before sending %u times", (gulong)figures->edited), (guint)figures->edited);
  if (figures->edited > 0 && figures->words > 0 && figures->of_words > 0)
    g_string_append_printf (words, _ (" (%u of 100 words)"), (guint)MAX (1, (100 * figures->words + figures->of_words / 2) / figures->of_words));
  if (figures->reopened == 0)
    g_string_append (words, _ (" · the customer never wrote again"));
  else
    g_string_append_printf (words, ngettext (" · %u time the customer wrote again", " · %u times the customer wrote again", (gulong)figures->reopened),
                            (guint)figures->reopened);

  return g_string_free_and_steal (g_steal_pointer (&words));
}

static void
read_cb (gpointer      owner,
         const GValue *value,
         GError       *error,
         gpointer      response)
{
  LiaLibraryFigures *self = owner;
  g_autofree char   *words = value != NULL ? lia_library_figures_words (g_value_get_object (value)) : NULL;

  if (g_strcmp0 (self->response, response) != 0)
    return;
  if (words != NULL)
    gtk_label_set_label (self->label, words);
  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
}

/** lia_library_figures_read: @response: (nullable): NULL: nothing is to be said. */
void
lia_library_figures_read (LiaLibraryFigures *self,
                          LiaClient         *client,
                          const char        *response)
{
  if (g_set_str (&self->response, response))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (response != NULL)
    lia_then (lia_client_get_response_figures (client, response), self, read_cb, g_strdup (response), g_free);
}

static void
lia_library_figures_finalize (GObject *object)
{
  g_free (LIA_LIBRARY_FIGURES (object)->response);

  G_OBJECT_CLASS (lia_library_figures_parent_class)->finalize (object);
}

static void
lia_library_figures_class_init (LiaLibraryFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_library_figures_finalize;
}

static void
lia_library_figures_init (LiaLibraryFigures *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
