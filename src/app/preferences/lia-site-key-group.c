/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-site-key-group.h"

#include "lia-then.h"

#include <glib/gi18n.h>
#include <sys/random.h>

#define SECRET_BYTES 32

struct _LiaSiteKeyGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *state_row;
  AdwActionRow *secret_row;
  GtkButton    *button;

  GStrv kids;   /* of the keys that there are; never NULL */
  char *kid;    /* of a new one, or NULL */
  char *secret; /* the new one */
};

G_DEFINE_FINAL_TYPE (LiaSiteKeyGroup, lia_site_key_group, ADW_TYPE_PREFERENCES_GROUP)

/* "k1", "k2" …: one that was never there, so that the site's server sees which key is meant */
static char *
make_kid (LiaSiteKeyGroup *self)
{
  for (guint i = g_strv_length (self->kids) + 1;; i++)
    {
      g_autofree char *kid = g_strdup_printf ("k%u", i);

      if (!g_strv_contains ((const char *const *)self->kids, kid))
        return g_steal_pointer (&kid);
    }
}

static char *
make_secret (void)
{
  guint8   bytes[SECRET_BYTES];
  GString *secret = g_string_new (NULL);

  while (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    ;
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (secret, "%02x", bytes[i]);

  return g_string_free_and_steal (secret);
}

static char *
words_of_state (LiaSiteKeyGroup *self)
{
  g_autofree char *names = g_strjoinv (", ", self->kids);

  if (self->kid != NULL)
    return g_strdup_printf (_ ("New Key “%s”"), self->kid);

  return *names != '\0' ? g_strdup_printf (_ ("Key “%s”"), names) : g_strdup (_ ("There Is No Key"));
}

static void
show (LiaSiteKeyGroup *self)
{
  g_autofree char *words = words_of_state (self);
  const gboolean   replaces = self->kid != NULL && self->kids[0] != NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), words);
  adw_action_row_set_subtitle (self->state_row, replaces ? _ ("Nobody is believed any more by what the old key has signed, once you save") : "");
  gtk_button_set_label (self->button, self->kid != NULL ? _ ("_Discard") : self->kids[0] != NULL ? _ ("_Renew…")
                                                                                                 : _ ("_Make a Key"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row), self->secret != NULL ? self->secret : "");
  gtk_widget_set_visible (GTK_WIDGET (self->secret_row), self->secret != NULL);
}

static void
on_clicked_cb (LiaSiteKeyGroup *self)
{
  char *kid = self->kid == NULL ? make_kid (self) : NULL;

  g_free (self->kid);
  g_free (self->secret);
  self->kid = kid;
  self->secret = kid != NULL ? make_secret () : NULL;
  show (self);
}

static void
on_copy_clicked_cb (LiaSiteKeyGroup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->secret);
  lia_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
lia_site_key_group_dispose (GObject *object)
{
  LiaSiteKeyGroup *self = LIA_SITE_KEY_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SITE_KEY_GROUP);
  g_clear_pointer (&self->kids, g_strfreev);
  g_clear_pointer (&self->kid, g_free);
  g_clear_pointer (&self->secret, g_free);

  G_OBJECT_CLASS (lia_site_key_group_parent_class)->dispose (object);
}

static void
lia_site_key_group_class_init (LiaSiteKeyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_site_key_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-site-key-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSiteKeyGroup, state_row);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteKeyGroup, secret_row);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteKeyGroup, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
lia_site_key_group_init (LiaSiteKeyGroup *self)
{
  self->kids = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

/** lia_site_key_group_set_kids: the names of the keys that there are; nobody is told more of them. */
void
lia_site_key_group_set_kids (LiaSiteKeyGroup   *self,
                             const char *const *kids)
{
  g_strfreev (self->kids);
  self->kids = g_strdupv ((GStrv)kids);
  show (self);
}

/** lia_site_key_group_get_kid: (nullable): the name of the new key; NULL where there is none. */
const char *
lia_site_key_group_get_kid (LiaSiteKeyGroup *self)
{
  return self->kid;
}

/** lia_site_key_group_get_secret: (nullable): the new key. */
const char *
lia_site_key_group_get_secret (LiaSiteKeyGroup *self)
{
  return self->secret;
}
