/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-site-dialog.h"

#include "lia-client-sites.h"
#include "lia-problem.h"
#include "lia-site-form.h"
#include "lia-site-key-group.h"
#include "lia-site-line-group.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaSiteDialog
{
  AdwDialog parent_instance;

  LiaSiteForm      *form;
  LiaSiteLineGroup *line;
  LiaSiteKeyGroup  *key;
  GtkWidget        *save_button;

  LiaClient  *client;
  LiaChannel *channel; /* that is changed, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaSiteDialog, lia_site_dialog, ADW_TYPE_DIALOG)

static void
on_key_changed_cb (LiaSiteDialog *self)
{
  g_autofree char *key = NULL;

  g_object_get (self->form, "key", &key, NULL);
  lia_site_line_group_set_key (self->line, key);
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaSiteDialog   *self = owner;
  g_autofree char *words = error != NULL ? lia_problem_words (error) : NULL;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error == NULL)
    adw_dialog_close (ADW_DIALOG (self));
  else if (!lia_site_form_show_refusal (self->form, error->domain == LIA_PROBLEM ? lia_problem_get_pointer (error) : NULL, words))
    lia_complain (self->save_button, _ ("The web site could not be saved"), error);
}

static DexFuture *
save (LiaSiteDialog *self)
{
  g_autoptr (LiaChatSite) site = lia_site_form_dup_site (self->form);
  g_autofree char *queue = lia_site_form_dup_queue (self->form);
  const char      *kid = lia_site_key_group_get_kid (self->key);
  const char      *secret = lia_site_key_group_get_secret (self->key);

  site->url = lia_site_line_group_dup_address (self->line);

  return self->channel != NULL ? lia_client_update_site (self->client, self->channel->id, site, queue, kid, secret)
                               : lia_client_add_site (self->client, site, queue, kid, secret);
}

static void
on_save_clicked_cb (LiaSiteDialog *self)
{
  if (!lia_site_form_check (self->form) || !lia_site_line_group_check (self->line))
    return;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  lia_then (save (self), self, saved_cb, NULL, NULL);
}

static void
lia_site_dialog_dispose (GObject *object)
{
  LiaSiteDialog *self = LIA_SITE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SITE_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (lia_site_dialog_parent_class)->dispose (object);
}

static void
lia_site_dialog_class_init (LiaSiteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_site_dialog_dispose;

  g_type_ensure (LIA_TYPE_SITE_FORM);
  g_type_ensure (LIA_TYPE_SITE_LINE_GROUP);
  g_type_ensure (LIA_TYPE_SITE_KEY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-site-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSiteDialog, form);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteDialog, line);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteDialog, key);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
lia_site_dialog_init (LiaSiteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->save_button);
}

AdwDialog *
lia_site_dialog_new (LiaClient *client)
{
  LiaSiteDialog *self = g_object_new (LIA_TYPE_SITE_DIALOG, NULL);

  self->client = g_object_ref (client);
  lia_site_form_set_client (self->form, client);

  return ADW_DIALOG (self);
}

/** lia_site_dialog_new_for_channel: (nullable): to change it. */
AdwDialog *
lia_site_dialog_new_for_channel (LiaClient  *client,
                                 LiaChannel *channel,
                                 GError    **error)
{
  g_autoptr (LiaChatSite) site = lia_channel_dup_site (channel, error);
  LiaSiteDialog *self;

  if (site == NULL)
    return NULL;
  self = LIA_SITE_DIALOG (lia_site_dialog_new (client));
  self->channel = g_object_ref (channel);
  adw_dialog_set_title (ADW_DIALOG (self), channel->name);
  lia_site_form_set_site (self->form, site, channel->queue);
  lia_site_line_group_set_key (self->line, site->key);
  lia_site_line_group_set_address (self->line, site->url);
  lia_site_key_group_set_kids (self->key, (const char *const *)site->jwt_kids);

  return ADW_DIALOG (self);
}
