/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-diagnosis-row.h"

#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaDiagnosisRow
{
  AdwActionRow parent_instance;

  GtkStack  *stack; /* spinner or image */
  GtkImage  *image;
  GtkWidget *copy_button;
  char      *kind;
  char      *step;
  char      *paste; /* what the button copies, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaDiagnosisRow, lia_diagnosis_row, ADW_TYPE_ACTION_ROW)

/* The first that fits: what is said of one kind of channel stands before what is said of all. */
static const struct
{
  const char *kind;
  const char *step;
  const char *title;
} steps[] = {
  { "mail", "name", N_ ("Find the Servers by Name") },
  { "mail", "reach", N_ ("Reach the Servers") },
  { "mail", "certificate", N_ ("Check That They Are the Right Ones") },
  { NULL, "name", N_ ("Find It by Name") },
  { NULL, "reach", N_ ("Reach It") },
  { NULL, "certificate", N_ ("Check That It Is the Right One") },
  { NULL, "login", N_ ("Log In") },
  { NULL, "folders", N_ ("Open the Inbox") },
  { NULL, "sending", N_ ("Be Allowed to Send") },
  { NULL, "rights", N_ ("Have the Rights That Are Needed") },
  { NULL, "timestamps", N_ ("Be Told the Time of Every Event") },
  { NULL, "clock", N_ ("Have the Same Time") },
  { NULL, "version", N_ ("Know Its Version") },
  { NULL, "modules", N_ ("Find the Modules") },
  { NULL, "queues", N_ ("Find the Queues") },
  { NULL, "phones", N_ ("Find the Telephones") },
  { NULL, "dialplan", N_ ("Find Liaison’s Part of the Dialplan") },
  { NULL, "keys", N_ ("Find the Keys for Transfer and Recording") },
  { NULL, "recordings", N_ ("Fetch Recordings and Voicemail") },
  { NULL, "callers", N_ ("Be Deceived by No Caller") },
  { NULL, "ring", N_ ("Let the Telephone Ring") },
  { NULL, "answer", N_ ("Be Answered, and Sound a Tone") },
  { NULL, "filters", N_ ("Get No Needless Events") },
};

static const struct
{
  const char *kind;
  const char *code;
  const char *help;
} helps[] = {
  { "phone", "refused", N_ ("The computer is there, but nothing answers at this port. Check the port, and that Asterisk’s manager interface is switched on and listens beyond its own machine.") },
  { "phone", "no-tls", N_ ("Nothing is encrypted there. Liaison sends a password unencrypted only to this very computer: switch on TLS in the telephone system, and enter its port.") },
  { "phone", "wrong-password", N_ ("The telephone system does not let this login in. Check name and password, and that it permits the address of this computer.") },
  { NULL, "no-such-host", N_ ("There is no server of this name. Check the spelling of the server’s name, and that you are online.") },
  { NULL, "refused", N_ ("The server is there, but does not answer at this port. Check the port and the kind of encryption.") },
  { NULL, "timeout", N_ ("The server does not answer. Check its name and port; a firewall may be in between.") },
  { NULL, "not-a-server", N_ ("Something answers there, but it is not a mail server. Check the port and the kind of encryption.") },
  { NULL, "no-tls", N_ ("The server does not offer encryption there. Liaison never sends a password unencrypted; try the other kind of encryption.") },
  { NULL, "wrong-host", N_ ("The server’s certificate is for another name. Use the name in the certificate, or ask who runs the server.") },
  { NULL, "expired", N_ ("The server’s certificate has expired. Ask who runs the server to renew it.") },
  { NULL, "unknown-ca", N_ ("Nobody that this computer trusts vouches for the server. If it is your company’s own, add your company’s certificate authority below the servers.") },
  { NULL, "wrong-password", N_ ("The server does not accept this login and password. Many providers want an app password made for this purpose.") },
  { NULL, "no-inbox", N_ ("The login works, but there is no inbox.") },
  { NULL, "lost", N_ ("The telephone system closed the connection, or stopped answering. Check the port and the encryption, and test again.") },
  { NULL, "not-a-pbx", N_ ("Something answers there, but it is not Asterisk’s manager interface. Check the port; usual ones are 5038, and 5039 with encryption.") },
  { NULL, "few-rights", N_ ("The login lacks rights that Liaison needs.") },
  { NULL, "many-rights", N_ ("The login may do more than Liaison needs. Whoever got hold of it could take over the telephone system.") },
  { NULL, "no-timestamps", N_ ("The telephone system’s events have no time in them, by which true ones are told from forged ones.") },
  { NULL, "wrong-clock", N_ ("The clocks of the telephone system and of this computer differ. Liaison allows for it, so its times are right by this computer’s clock. Let both get their time over the network (NTP).") },
  { NULL, "too-old", N_ ("This Asterisk is too old. Liaison works with Asterisk 18 and newer.") },
  { NULL, "unsafe-version", N_ ("This Asterisk has a known hole: a login that may call can write files. Please update it.") },
  { NULL, "no-modules", N_ ("Some modules of Asterisk are not loaded. What they are for will not work.") },
  { NULL, "no-queues", N_ ("There is no queue yet, in which callers could wait.") },
  { NULL, "no-hints", N_ ("No telephone has a hint in the dialplan, from which its extension and state are known.") },
  { NULL, "unknown-phone", N_ ("The telephone system does not know the telephones of these agents.") },
  { NULL, "no-dialplan", N_ ("Liaison’s part of the dialplan is not there yet, or not all of it. Without it callers can be seen, but not taken out of the line, brought back or listened to, and who calls while Liaison is off is not told of.") },
  { NULL, "wrong-context", N_ ("Agents’ telephones cannot be dialled in this context of the dialplan, so transfers would fail.") },
  { NULL, "no-keys", N_ ("Without these keys nobody can consult a colleague before a transfer, or record a call.") },
  { NULL, "no-recordings", N_ ("No address is entered for them: they stay on the telephone system.") },
  { NULL, "recordings-refused", N_ ("The telephone system does not let the login for recordings in. Check name and password; it stands in ari.conf, not in manager.conf.") },
  { NULL, "recordings-untrusted", N_ ("The certificate there is not one that this computer trusts, or it is for another name. If it is your company’s own, add your company’s certificate authority.") },
  { NULL, "recordings-unreachable", N_ ("Nothing answers at the address for recordings. Check it, and that Asterisk’s HTTP server is switched on.") },
  { NULL, "recordings-missing", N_ ("Something answers at the address for recordings, but not Asterisk’s HTTP interface (ARI). Check that it is enabled and its modules are loaded.") },
  { NULL, "forged", N_ ("Somebody who called tried to forge messages of the telephone system. Liaison ignored them: what it shows is right, and nothing has to be done. To keep such calls out, update Asterisk to its newest version, or bar the caller there.") },
  { NULL, "unreachable", N_ ("The telephone did not ring. Is it switched on and logged in, and not busy?") },
  { NULL, "no-answer", N_ ("The telephone rang, and nobody answered.") },
  { NULL, "no-filters", N_ ("The telephone system sends many events that Liaison has no use for. It works, and costs some time.") },
};

static gboolean
fits (const char *kind,
      const char *only)
{
  return only == NULL || g_strcmp0 (kind, only) == 0;
}

static const char *
find_help (LiaDiagnosis *diagnosis,
           const char   *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    if (fits (kind, helps[i].kind) && g_strcmp0 (diagnosis->code, helps[i].code) == 0)
      return _ (helps[i].help);
  if (diagnosis->code != NULL && g_str_has_prefix (diagnosis->code, "smtp-"))
    return _ ("The server for sending does not take messages from this login.");
  return NULL;
}

/**
 * lia_diagnosis_words:
 * @kind: of the channel: "mail", "phone"
 *
 * Returns: (transfer full): what is wrong and what to do about it; empty when nothing is
 */
char *
lia_diagnosis_words (LiaDiagnosis *diagnosis,
                     const char   *kind)
{
  const char *help = find_help (diagnosis, kind);
  const char *detail = diagnosis->detail != NULL ? diagnosis->detail : "";

  if (help == NULL)
    return g_strdup (detail);
  return *detail != '\0' ? g_strdup_printf ("%s\n%s", help, detail) : g_strdup (help);
}

static void
lia_diagnosis_row_finalize (GObject *object)
{
  LiaDiagnosisRow *self = LIA_DIAGNOSIS_ROW (object);

  g_free (self->kind);
  g_free (self->step);
  g_free (self->paste);
  G_OBJECT_CLASS (lia_diagnosis_row_parent_class)->finalize (object);
}

static void
lia_diagnosis_row_class_init (LiaDiagnosisRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_diagnosis_row_finalize;
}

static void
on_copy_clicked_cb (LiaDiagnosisRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->paste);
  lia_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
add_copy_button (LiaDiagnosisRow *self)
{
  self->copy_button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_tooltip_text (self->copy_button, _ ("Copy the Lines"));
  gtk_widget_set_valign (self->copy_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy_button, "flat");
  gtk_widget_set_visible (self->copy_button, FALSE);
  g_signal_connect_object (self->copy_button, "clicked", G_CALLBACK (on_copy_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->copy_button);
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
  add_copy_button (self);
}

GtkWidget *
lia_diagnosis_row_new (const char *kind,
                       const char *step)
{
  LiaDiagnosisRow *self = g_object_new (LIA_TYPE_DIAGNOSIS_ROW, NULL);

  self->kind = g_strdup (kind);
  self->step = g_strdup (step);
  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    if (fits (kind, steps[i].kind) && g_strcmp0 (step, steps[i].step) == 0)
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
  gtk_widget_set_visible (self->copy_button, FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "");
}

/* What is wrong, what to do about it, and the lines that do it. */
static void
show_words (LiaDiagnosisRow *self,
            LiaDiagnosis    *diagnosis)
{
  g_autofree char *words = lia_diagnosis_words (diagnosis, self->kind);
  g_autofree char *place = diagnosis->file != NULL ? g_strdup_printf (_ ("In %s:"), diagnosis->file) : NULL;
  g_autofree char *lines = diagnosis->paste != NULL ? g_strchomp (g_strdup (diagnosis->paste)) : NULL;
  g_autofree char *text = lines != NULL && place != NULL ? g_strdup_printf ("%s\n\n%s\n%s", words, place, lines) : g_strdup (words);

  g_set_str (&self->paste, diagnosis->paste);
  gtk_widget_set_visible (self->copy_button, diagnosis->paste != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
}

void
lia_diagnosis_row_set_diagnosis (LiaDiagnosisRow *self,
                                 LiaDiagnosis    *diagnosis)
{
  const char *icon = "list-remove-symbolic";
  const char *css_class = "dimmed";
  const char *said = _ ("Not tried");

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
  else if (g_strcmp0 (diagnosis->state, "advice") == 0)
    {
      icon = "dialog-warning-symbolic";
      css_class = "warning";
      said = _ ("Could be better");
    }
  gtk_image_set_from_icon_name (self->image, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->image), (const char *[]){ css_class, NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->image), said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->image), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  show_words (self, diagnosis);
  gtk_stack_set_visible_child_name (self->stack, "image");
}
