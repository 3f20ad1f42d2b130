/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-trackers.h"

#include "lia-client-private.h"

G_DEFINE_FINAL_TYPE (LiaTrackerTrial, lia_tracker_trial, G_TYPE_OBJECT)

static void
lia_tracker_trial_finalize (GObject *object)
{
  LiaTrackerTrial *self = (LiaTrackerTrial *)object;

  g_free (self->code);
  g_free (self->detail);
  g_free (self->login);
  g_free (self->project);

  G_OBJECT_CLASS (lia_tracker_trial_parent_class)->finalize (object);
}

static void
lia_tracker_trial_class_init (LiaTrackerTrialClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_tracker_trial_finalize;
}

static void
lia_tracker_trial_init (LiaTrackerTrial *self)
{
}

/* What a person has set; the engine knows how it is. */
static JsonObject *
encode (LiaTrackerSetup *tracker,
        const char      *token)
{
  static const char *const known_there[] = { "id", "ver", "state", "detail", "last_ok" };
  JsonObject              *d = lia_wire_encode_tracker (tracker);

  for (guint i = 0; i < G_N_ELEMENTS (known_there); i++)
    json_object_remove_member (d, known_there[i]);
  if (*tracker->id != '\0')
    json_object_set_string_member (d, "tracker", tracker->id);
  if (token != NULL)
    json_object_set_string_member (d, "token", token);

  return d;
}

/**
 * lia_client_set_tracker:
 * @tracker: with an id one that is there; else a new one
 * @token: (nullable): its key; NULL for the one that is kept
 */
DexFuture *
lia_client_set_tracker (LiaClient       *self,
                        LiaTrackerSetup *tracker,
                        const char      *token)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_TRACKER_SETUP (tracker));

  return dex_future_then (lia_client_command (self, NULL, "tracker.set", NULL, 0, 0, FALSE, encode (tracker, token)), lia_client_to_string_cb,
                          (gpointer) "tracker", NULL);
}

static DexFuture *
read_trial_cb (DexFuture *future,
               gpointer   data)
{
  JsonObject *reply = lia_client_get_reply (future);
  g_autoptr (LiaTrackerTrial) trial = g_object_new (LIA_TYPE_TRACKER_TRIAL, NULL);
  GError     *error = NULL;
  const char *code;
  const char *detail;
  const char *login;
  const char *project;

  if (!lia_json_bool (reply, "ok", LIA_JSON_REQUIRED, &trial->ok, &error) || !lia_json_str (reply, "code", LIA_JSON_REQUIRED, 256, &code, &error) ||
      !lia_json_str (reply, "detail", LIA_JSON_REQUIRED, LIA_JSON_MAX_BYTES, &detail, &error) ||
      !lia_json_str (reply, "login", LIA_JSON_REQUIRED, LIA_JSON_MAX_BYTES, &login, &error) ||
      !lia_json_str (reply, "project", LIA_JSON_REQUIRED, LIA_JSON_MAX_BYTES, &project, &error))
    return dex_future_new_for_error (error);

  trial->code = g_strdup (code);
  trial->detail = g_strdup (detail);
  trial->login = g_strdup (login);
  trial->project = g_strdup (project);

  return dex_future_new_take_object (g_steal_pointer (&trial));
}

/** lia_client_test_tracker: as lia_client_set_tracker(), and nothing is changed. It takes up to a minute. */
DexFuture *
lia_client_test_tracker (LiaClient       *self,
                         LiaTrackerSetup *tracker,
                         const char      *token)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_TRACKER_SETUP (tracker));

  return dex_future_then (lia_client_command (self, NULL, "tracker.test", NULL, 0, 0, FALSE, encode (tracker, token)), read_trial_cb, NULL, NULL);
}

/** lia_client_remove_tracker: what was filed there stays known as it was seen last. */
DexFuture *
lia_client_remove_tracker (LiaClient  *self,
                           const char *tracker)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (tracker != NULL);

  return dex_future_then (lia_client_command (self, NULL, "tracker.remove", NULL, 0, 0, FALSE, lia_client_with_text ("tracker", tracker)), lia_client_to_true_cb,
                          NULL, NULL);
}

/** lia_client_sync_tracker: it is tried now, whatever went wrong before. */
DexFuture *
lia_client_sync_tracker (LiaClient  *self,
                         const char *tracker)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (tracker != NULL);

  return dex_future_then (lia_client_command (self, NULL, "tracker.sync", NULL, 0, 0, FALSE, lia_client_with_text ("tracker", tracker)), lia_client_to_true_cb,
                          NULL, NULL);
}
