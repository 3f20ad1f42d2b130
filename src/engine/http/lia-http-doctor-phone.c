/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Testing telephone systems, set up or not. */

#include "lia-http-doctor-phone.h"

#include "lia-ami-diagnose.h"
#include "lia-id.h"
#include "lia-phone-hub.h"
#include "lia-secrets.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define MAX_CA_BYTES (64 * 1024)

static gboolean
read_agents (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  *result = lia_workspace_agent_values (db, error);
  return *result != NULL;
}

static gboolean
check_pbx (LiaPbx  *pbx,
           GError **error)
{
  if (!g_str_equal (pbx->system, "asterisk"))
    lia_problem_set_invalid (error, "/system", "unknown", "This telephone system cannot be tested");
  else if (pbx->host[0] == '\0')
    lia_problem_set_invalid (error, "/host", "missing", "The telephone system’s address is missing");
  else if (pbx->port == 0)
    lia_problem_set_invalid (error, "/port", "range", "A port is between 1 and 65535");
  else if (pbx->ca != NULL && strlen (pbx->ca) > MAX_CA_BYTES)
    lia_problem_set_invalid (error, "/ca", "length", "The certificate is too long");
  else
    return TRUE;

  return FALSE;
}

/* One telephone that is the PBX's own: whoever could name a way out of the house here could call anybody. */
static gboolean
check_phone (const char *phone,
             GError    **error)
{
  if (phone == NULL || g_regex_match_simple ("^(PJSIP|SIP|IAX2|SCCP)/[A-Za-z0-9._-]{1,80}$", phone, G_REGEX_DOLLAR_ENDONLY, G_REGEX_MATCH_DEFAULT))
    return TRUE;
  lia_problem_set_invalid (error, "/phone", "no-target", "This is not a telephone of the telephone system");

  return FALSE;
}

/* To let a telephone ring is more than to look. */
static gboolean
check_administrator (GPtrArray *agents,
                     gint64     agent_id,
                     GError   **error)
{
  g_autofree char *id = lia_id_format ("a", agent_id);

  for (guint i = 0; i < agents->len; i++)
    {
      LiaAgent *agent = agents->pdata[i];

      if (g_str_equal (agent->id, id) && lia_agent_is_admin (agent))
        return TRUE;
    }
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "Only administrators may let a telephone ring for a test.");

  return FALSE;
}

static gboolean
diagnose (LiaHttpCall *call,
          LiaPbx      *pbx,
          const char  *password,
          const char  *recordings_password,
          const char  *channel,
          const char  *phone,
          GError     **error)
{
  LiaPhoneHub *hub = lia_engine_get_phone (call->engine);
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (LiaPbxReport) report = NULL;

  if (!check_pbx (pbx, error) || !check_phone (phone, error))
    return FALSE;
  agents = lia_store_await (lia_store_read (lia_engine_get_store (call->engine), read_agents, NULL, NULL, (GDestroyNotify)g_ptr_array_unref), error);
  if (agents == NULL || (phone != NULL && !check_administrator (agents, call->agent_id, error)))
    return FALSE;
  report = dex_await_object (lia_ami_diagnose (pbx, password, recordings_password, agents, channel != NULL ? lia_phone_hub_get_link (hub, channel) : NULL, phone), error);
  if (report == NULL)
    return FALSE;
  lia_http_answer_object (call, SOUP_STATUS_OK, lia_wire_encode_pbx_report (report));

  return TRUE;
}

gboolean
lia_http_post_doctor_phone (LiaHttpCall *call,
                            GError     **error)
{
  g_autoptr (JsonObject) body = lia_http_body (call, error);
  g_autoptr (LiaPbx) pbx = NULL;
  const char *password;
  const char *files;
  const char *phone;

  if (body == NULL || !lia_json_str (body, "password", LIA_JSON_REQUIRED, 1024, &password, error) ||
      !lia_json_str (body, "recordings_password", LIA_JSON_OPTIONAL, 1024, &files, error) ||
      !lia_json_str (body, "phone", LIA_JSON_OPTIONAL, 256, &phone, error) || (pbx = lia_wire_decode_pbx (body, error)) == NULL)
    return FALSE;

  return diagnose (call, pbx, password, files, NULL, phone, error);
}

/* The password of this kind that is kept for a channel. */
static char *
load_password (LiaHttpCall *call,
               JsonObject  *config,
               const char  *kind,
               GError     **error)
{
  const char *account;

  if (!lia_json_str (config, "secret", LIA_JSON_REQUIRED, 128, &account, error))
    return NULL;

  return dex_await_string (lia_secrets_lookup (lia_engine_get_secrets (call->engine), account, kind), error);
}

/**
 * lia_http_diagnose_pbx:
 * @channel: "h_2"
 * @config: the channel's
 * @body: how it would be, or empty
 *
 * Answers a call with the test of a telephone system that is set up.
 */
gboolean
lia_http_diagnose_pbx (LiaHttpCall *call,
                       const char  *channel,
                       JsonObject  *config,
                       JsonObject  *body,
                       GError     **error)
{
  g_autoptr (LiaPbx) pbx = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_files = NULL;
  const char      *given;
  const char      *files;
  const char      *phone;

  if (!lia_json_str (body, "password", LIA_JSON_OPTIONAL, 1024, &given, error) ||
      !lia_json_str (body, "recordings_password", LIA_JSON_OPTIONAL, 1024, &files, error) ||
      !lia_json_str (body, "phone", LIA_JSON_OPTIONAL, 256, &phone, error) ||
      (pbx = lia_wire_decode_pbx (json_object_has_member (body, "system") ? body : config, error)) == NULL ||
      (given == NULL && (kept = load_password (call, config, "password", error)) == NULL))
    return FALSE;
  if (files == NULL)
    kept_files = load_password (call, config, LIA_PHONE_RECORDINGS_SECRET, NULL);

  return diagnose (call, pbx, given != NULL ? given : kept, files != NULL ? files : kept_files, channel, phone, error);
}
