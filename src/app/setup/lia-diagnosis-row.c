/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-diagnosis-row.h"

#include <glib/gi18n.h>

struct _LiaDiagnosisRow
{
  AdwActionRow parent_instance;

  GtkStack *stack; /* spinner or image */
  GtkImage *image;
  char     *step;
};

G_DEFINE_FINAL_TYPE (LiaDiagnosisRow, lia_diagnosis_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *step;
  const char *title;
} steps[] = {
  { "name", N_ ("Find the Servers by Name") },
  { "reach", N_ ("Reach the Servers") },
  { "certificate", N_ ("Check That They Are the Right Ones") },
  { "login", N_ ("Log In") },
  { "folders", N_ ("Open the Inbox") },
  { "sending", N_ ("Be Allowed to Send") },
};

static const struct
{
  const char *code;
  const char *help;
} helps[] = {
  { "no-such-host", N_ ("There is no server of this name. Check the spelling of the server’s name, and that you are online.") },
  { "refused", N_ ("The server is there, but does not answer at this port. Check the port and the kind of encryption.") },
  { "timeout", N_ ("The server does not answer. Check its name and port; a firewall may be in between.") },
  { "not-a-server", N_ ("Something answers there, but it is not a mail server. Check the port and the kind of encryption.") },
  { "no-tls", N_ ("The server does not offer encryption there. Liaison never sends a password unencrypted; try the other kind of encryption.") },
  { "wrong-host", N_ ("The server’s certificate is for another name. Use the name in the certificate, or ask who runs the server.") },
  { "expired", N_ ("The server’s certificate has expired. Ask who runs the server to renew it.") },
  { "unknown-ca", N_ ("Nobody that this computer trusts vouches for the server. If it is your company’s own, add your company’s certificate authority below the servers.") },
  { "wrong-password", N_ ("The server does not accept this login and password. Many providers want an app password made for this purpose.") },
  { "no-inbox", N_ ("The login works, but there is no inbox.") },
};

/**
 * lia_diagnosis_words:
 *
 * Returns: (transfer full): what is wrong and what to do about it; empty when nothing is
 */
char *
lia_diagnosis_words (LiaDiagnosis *diagnosis)
{
  const char *help = NULL;
  const char *detail = diagnosis->detail != NULL ? diagnosis->detail : "";

  if (g_strcmp0 (diagnosis->state, "failed") != 0)
    return g_strdup (detail);
  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    if (g_strcmp0 (diagnosis->code, helps[i].code) == 0)
      help = _ (helps[i].help);
  if (help == NULL && diagnosis->code != NULL && g_str_has_prefix (diagnosis->code, "smtp-"))
    help = _ ("The server for sending does not take messages from this login.");
  if (help == NULL)
    return g_strdup (detail);
  return *detail != '\0' ? g_strdup_printf ("%s\n%s", help, detail) : g_strdup (help);
}

static void
lia_diagnosis_row_finalize (GObject *object)
{
  g_free (LIA_DIAGNOSIS_ROW (object)->step);
  G_OBJECT_CLASS (lia_diagnosis_row_parent_class)->finalize (object);
}

static void
lia_diagnosis_row_class_init (LiaDiagnosisRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_diagnosis_row_finalize;
}

static void
lia_diagnosis_row_init (LiaDiagnosisRow *self)
{
  GtkWidget *spinner = adw_spinner_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  self->image = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->stack), GTK_ALIGN_CENTER);
  gtk_stack_add_named (self->stack, spinner, "waiting");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->image), "image");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->stack));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
lia_diagnosis_row_new (const char *step)
{
  LiaDiagnosisRow *self = g_object_new (LIA_TYPE_DIAGNOSIS_ROW, NULL);

  self->step = g_strdup (step);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (step, steps[i].step) == 0)
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (steps[i].title));
  lia_diagnosis_row_set_waiting (self);
  return GTK_WIDGET (self);
}

const char *
lia_diagnosis_row_get_step (LiaDiagnosisRow *self)
{
  return self->step;
}

void
lia_diagnosis_row_set_waiting (LiaDiagnosisRow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "");
}

void
lia_diagnosis_row_set_diagnosis (LiaDiagnosisRow *self,
                                 LiaDiagnosis    *diagnosis)
{
  g_autofree char *words = lia_diagnosis_words (diagnosis);
  const char      *icon = "list-remove-symbolic";
  const char      *css_class = "dimmed";
  const char      *said = _ ("Not tried");

  if (g_strcmp0 (diagnosis->state, "ok") == 0)
    {
      icon = "lia-check-round-symbolic";
      css_class = "success";
      said = _ ("Works");
    }
  else if (g_strcmp0 (diagnosis->state, "failed") == 0)
    {
      icon = "dialog-error-symbolic";
      css_class = "error";
      said = _ ("Failed");
    }
  gtk_image_set_from_icon_name (self->image, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->image), (const char *[]){ css_class, NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->image), said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->image), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_stack_set_visible_child_name (self->stack, "image");
}
