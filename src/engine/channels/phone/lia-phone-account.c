/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-account.h"

#include "lia-async.h"
#include "lia-problem.h"
#include "lia-wire.h"

#define KIND "softphone"
#define LABEL "Liaison: telephone"

static char *
account_of (gint64 agent_id)
{
  return g_strdup_printf ("softphone-%" G_GINT64_FORMAT, agent_id);
}

DexFuture *
lia_phone_account_save (LiaSecrets   *secrets,
                        gint64        agent_id,
                        LiaSoftphone *softphone)
{
  g_autofree char *account = account_of (agent_id);
  g_autoptr (JsonObject) object = softphone != NULL ? lia_wire_encode_softphone (softphone) : NULL;
  g_autofree char *text = object != NULL ? lia_json_to_text (object) : NULL;

  return text != NULL ? lia_secrets_store (secrets, account, KIND, LABEL, text) : lia_secrets_forget (secrets, account);
}

typedef struct
{
  LiaSecrets *secrets;
  char       *account;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_object_unref (loading->secrets);
  g_free (loading->account);
  g_free (loading);
}

static DexFuture *
load_fiber (gpointer data)
{
  Loading         *loading = data;
  GError          *error = NULL;
  g_autofree char *text = dex_await_string (lia_secrets_lookup (loading->secrets, loading->account, KIND), &error);
  g_autoptr (JsonObject) object = text != NULL ? lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, &error) : NULL;
  LiaSoftphone *softphone = object != NULL ? lia_wire_decode_softphone (object, &error) : NULL;

  if (softphone != NULL)
    return dex_future_new_take_object (softphone);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      error = g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "You have no telephone in the app.");
    }

  return dex_future_new_for_error (error);
}

DexFuture *
lia_phone_account_load (LiaSecrets *secrets,
                        gint64      agent_id)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->secrets = g_object_ref (secrets);
  loading->account = account_of (agent_id);

  return lia_spawn (load_fiber, loading, loading_free);
}
