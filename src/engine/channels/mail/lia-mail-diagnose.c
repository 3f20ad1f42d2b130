/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A live test of a mailbox, step by step in the order in which things can go wrong, each step's outcome in plain words. The first failure
 * ends it: what follows is `skipped`. Nothing is sent, nothing is changed on the server, and the password leaves only over a verified connection.
 */

#include "lia-mail-diagnose.h"

#include "lia-async.h"
#include "lia-diagnosis.h"
#include "lia-imap.h"
#include "lia-smtp.h"

#include <string.h>

#define STEP_MS (30 * 1000)

static const char *const steps[] = { "name", "reach", "certificate", "login", "folders", "sending" };

enum {
  STEP_NAME,
  STEP_REACH,
  STEP_CERTIFICATE,
  STEP_LOGIN,
  STEP_FOLDERS,
  STEP_SENDING,
};

typedef struct
{
  LiaMailbox *mailbox;
  char       *password;
  GPtrArray  *report; /* of LiaDiagnosis */
} Diagnosis;

static void
diagnosis_free (gpointer data)
{
  Diagnosis *self = data;

  g_object_unref (self->mailbox);
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_ptr_array_unref (self->report);
  g_free (self);
}

static void
add_step (Diagnosis  *self,
          const char *state,
          const char *code,
          const char *detail)
{
  LiaDiagnosis *step = lia_diagnosis_new ();

  step->step = g_strdup (steps[self->report->len]);
  step->state = g_strdup (state);
  step->code = g_strdup (code);
  step->detail = g_strdup (detail);
  g_ptr_array_add (self->report, step);
}

/* The steps before @failed went well, the ones after it were not tried. */
static void
fail_with (Diagnosis    *self,
           guint         failed,
           const char   *code,
           const GError *error)
{
  while (self->report->len < failed)
    add_step (self, "ok", NULL, "");
  add_step (self, "failed", code, error->message);
  while (self->report->len < G_N_ELEMENTS (steps))
    add_step (self, "skipped", NULL, "");
}

static void
fail_at (Diagnosis    *self,
         guint         failed,
         const char   *prefix,
         const GError *error)
{
  g_autofree char *code = g_strconcat (prefix, lia_mail_error_to_code (error), NULL);

  fail_with (self, failed, code, error);
}

static gboolean
resolve (const char *host,
         GError    **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GError) cause = NULL;

  if (g_hostname_is_ip_address (host) || dex_await (lia_with_timeout (dex_resolver_lookup_by_name (resolver, host), STEP_MS), &cause))
    return TRUE;

  g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO_SUCH_HOST, "There is no server called “%s”.", host);

  return FALSE;
}

static guint
failed_step (const GError *error)
{
  if (lia_mail_error_is_certificate (error) || g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO_TLS))
    return STEP_CERTIFICATE;
  if (g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO_SUCH_HOST))
    return STEP_NAME;

  return STEP_REACH;
}

static gboolean
try_receiving (Diagnosis *self)
{
  g_autoptr (LiaImap) imap = NULL;
  g_autoptr (GError) error = NULL;

  if (!resolve (self->mailbox->imap_host, &error) || !(imap = lia_imap_connect (self->mailbox, &error)))
    {
      fail_at (self, failed_step (error), "", error);
      return FALSE;
    }
  if (!lia_imap_log_in (imap, self->mailbox->login, self->password, &error))
    {
      fail_at (self, STEP_LOGIN, "", error);
      return FALSE;
    }
  if (!lia_imap_run (imap, &error, "EXAMINE INBOX"))
    {
      gboolean refused = g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO);
      fail_with (self, STEP_FOLDERS, refused ? "no-inbox" : lia_mail_error_to_code (error), error);
      return FALSE;
    }

  lia_imap_run (imap, NULL, "LOGOUT");
  lia_imap_close (imap);

  return TRUE;
}

static gboolean
try_sending (Diagnosis *self)
{
  g_autoptr (LiaSmtp) smtp = NULL;
  g_autoptr (GError) error = NULL;

  if (!resolve (self->mailbox->smtp_host, &error) || !(smtp = lia_smtp_connect (self->mailbox, &error)) ||
      !lia_smtp_log_in (smtp, self->mailbox->login, self->password, &error) || !lia_smtp_try_sender (smtp, self->mailbox->address, &error))
    {
      fail_at (self, STEP_SENDING, "smtp-", error);
      return FALSE;
    }

  lia_smtp_close (smtp);

  return TRUE;
}

static DexFuture *
diagnose_fiber (gpointer data)
{
  Diagnosis *self = data;

  if (try_receiving (self) && try_sending (self))
    {
      while (self->report->len < G_N_ELEMENTS (steps))
        add_step (self, "ok", NULL, "");
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (self->report));
}

DexFuture *
lia_mail_diagnose (LiaMailbox *mailbox,
                   const char *password)
{
  Diagnosis *self = g_new0 (Diagnosis, 1);

  self->mailbox = g_object_ref (mailbox);
  self->password = g_strdup (password);
  self->report = g_ptr_array_new_with_free_func (g_object_unref);

  return lia_spawn (diagnose_fiber, self, diagnosis_free);
}
