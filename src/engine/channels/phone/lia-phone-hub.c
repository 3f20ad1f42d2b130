/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-hub-private.h"

#include "lia-ami-provider.h"
#include "lia-async.h"
#include "lia-id.h"
#include "lia-phone-replay.h"
#include "lia-problem.h"
#include "lia-sample-day.h"
#include "lia-sample-phone.h"
#include "lia-secrets.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

/*
 * As with mailboxes, changes of channels are carried out one after the other by one fiber, and an old line has ended before its new one begins.
 */

#define DESK_STOP_MS 1000

G_DEFINE_FINAL_TYPE (LiaPhoneHub, lia_phone_hub, G_TYPE_OBJECT)

static LiaPhoneLine *
find_line (LiaPhoneHub *self,
           const char  *pbx)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      if (pbx == NULL || g_str_equal (lia_phone_line_get_id (self->lines->pdata[i]), pbx))
        return self->lines->pdata[i];
    }

  return NULL;
}

/* Carrying changes out -------------------------------------------------------------------------------------------------------------------- */

static gboolean
read_config (LiaDb    *db,
             gpointer  channel_id,
             gpointer *result,
             GError  **error)
{
  gint64 n = 0;

  if (!lia_db_get_int (db, &n, error, "SELECT count(*) FROM channel WHERE id = $1 AND kind = 'phone'", "i", *(gint64 *)channel_id))
    return FALSE;
  if (n > 0)
    *result = lia_workspace_channel_config (db, *(gint64 *)channel_id, error);

  return n == 0 || *result != NULL;
}

static void
drop_line (LiaPhoneHub  *self,
           LiaPhoneLine *line)
{
  g_autoptr (LiaPhoneLine) owned = g_object_ref (line);

  g_signal_handlers_disconnect_by_data (line, self);
  g_ptr_array_remove (self->lines, line);
  dex_await (lia_phone_line_stop (owned), NULL);
  lia_phone_hub_tell_all (self);
}

static LiaPhoneProvider *
new_provider (const char *id,
              LiaPbx     *pbx,
              const char *password,
              const char *recordings_password,
              GError    **error)
{
  if (g_str_equal (pbx->system, "replay"))
    return lia_phone_replay_new (id, pbx);
  if (g_str_equal (pbx->system, "sample"))
    return LIA_PHONE_PROVIDER (lia_sample_phone_new (id, LIA_SAMPLE_SEED));
  if (g_str_equal (pbx->system, "asterisk"))
    return lia_ami_provider_new (id, pbx, password, recordings_password);

  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "There is no telephone system of the kind “%s”.", pbx->system);

  return NULL;
}

/* "" where none is kept. */
static char *
await_password (LiaPhoneHub *self,
                JsonObject  *config,
                GError     **error)
{
  const char *account;

  if (!lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, error))
    return NULL;
  if (account == NULL)
    return g_strdup ("");

  return dex_await_string (lia_secrets_lookup (lia_engine_get_secrets (self->engine), account, "password"), error);
}

static void
await_setup (LiaPhoneHub *self)
{
  g_autoptr (GError) error = NULL;
  LiaPhoneSetup *setup = lia_store_await (lia_store_read (lia_engine_get_store (self->engine), lia_phone_setup_read, NULL, NULL, (GDestroyNotify)lia_phone_setup_unref), &error);

  if (setup == NULL)
    {
      g_warning ("the telephones: %s", error->message);
      return;
    }
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  self->setup = setup;
  lia_phone_desk_set_setup (self->desk, setup);
  for (guint i = 0; i < self->lines->len; i++)
    lia_phone_line_set_setup (self->lines->pdata[i], setup);
  /* With another role, or another telephone, somebody sees more or less than before. */
  lia_phone_hub_tell_all (self);
}

/* For a fiber. The day so far, which says who is here, too. */
static gboolean
await_sample_day (LiaPhoneHub *self,
                  gint64       channel_id,
                  GError     **error)
{
  if (!dex_await (lia_store_write (lia_engine_get_store (self->engine), lia_sample_day_write, &channel_id, NULL, NULL), error))
    return FALSE;
  await_setup (self);

  return !self->stopped;
}

/* NULL where none is kept: recordings are no reason for calls not to come. */
static char *
await_recordings_password (LiaPhoneHub *self,
                           JsonObject  *config,
                           LiaPbx      *pbx)
{
  const char *account;

  if (pbx->recordings_url[0] == '\0' || !lia_json_str (config, "secret", LIA_JSON_REQUIRED, 64, &account, NULL))
    return NULL;

  return dex_await_string (lia_secrets_lookup (lia_engine_get_secrets (self->engine), account, LIA_PHONE_RECORDINGS_SECRET), NULL);
}

/* For a fiber. */
static void
start_line (LiaPhoneHub *self,
            gint64       channel_id,
            JsonObject  *config,
            GError     **error)
{
  g_autofree char *id = lia_id_format ("h", channel_id);
  g_autoptr (LiaPbx) pbx = lia_wire_decode_pbx (config, error);
  g_autofree char *password = pbx != NULL ? await_password (self, config, error) : NULL;
  g_autofree char *files = password != NULL ? await_recordings_password (self, config, pbx) : NULL;
  g_autoptr (LiaPhoneProvider) provider = password != NULL ? new_provider (id, pbx, password, files, error) : NULL;
  g_autoptr (LiaPhoneLine) line = NULL;

  if (provider == NULL || self->stopped)
    return;
  if (LIA_IS_SAMPLE_PHONE (provider) && !await_sample_day (self, channel_id, error))
    return;

  line = lia_phone_line_new (self->engine, channel_id, pbx, provider, self->setup);
  lia_phone_hub_listen (self, line);
  g_ptr_array_add (self->lines, g_object_ref (line));
  dex_await (lia_phone_line_start (line), error);
}

static void
update_one (LiaPhoneHub *self,
            gint64       channel_id)
{
  g_autofree char *id = lia_id_format ("h", channel_id);
  LiaPhoneLine    *line = find_line (self, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) config = NULL;

  if (line != NULL)
    drop_line (self, line);
  g_hash_table_remove (self->problems, id);
  /* Which of its queues are ours stands in its own setup. */
  await_setup (self);
  if (self->stopped)
    return;

  config = lia_store_await (lia_store_read (lia_engine_get_store (self->engine), read_config, &channel_id, NULL, (GDestroyNotify)json_object_unref), &error);
  if (config != NULL)
    start_line (self, channel_id, config, &error);
  if (error == NULL)
    return;
  g_hash_table_insert (self->problems, g_strdup (id), g_strdup (error->message));
  lia_phone_hub_tell_changed (self, id);
}

static DexFuture *
update_fiber (gpointer data)
{
  LiaPhoneHub *self = data;

  while (!g_queue_is_empty (&self->changed))
    {
      g_autofree gint64 *channel_id = g_queue_pop_head (&self->changed);

      if (*channel_id == 0)
        await_setup (self);
      else
        update_one (self, *channel_id);
    }
  self->busy = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

void
lia_phone_hub_update (LiaPhoneHub *self,
                      gint64       channel_id)
{
  if (self->stopped)
    return;
  g_queue_push_tail (&self->changed, g_memdup2 (&channel_id, sizeof channel_id));
  if (self->busy)
    return;
  self->busy = TRUE;
  dex_clear (&self->updating);
  self->updating = lia_spawn (update_fiber, g_object_ref (self), g_object_unref);
}

void
lia_phone_hub_sync (LiaPhoneHub *self,
                    gint64       channel_id)
{
  g_autofree char *id = lia_id_format ("h", channel_id);
  LiaPhoneLine    *line = find_line (self, id);

  /* What is known of its calls while it is connected is not given up for this. */
  if (line == NULL || lia_phone_provider_get_link (lia_phone_line_get_provider (line))->state == LIA_PHONE_LINK_DOWN)
    lia_phone_hub_update (self, channel_id);
}

void
lia_phone_hub_reload (LiaPhoneHub *self)
{
  lia_phone_hub_update (self, 0);
}

static DexFuture *
start_fiber (gpointer data)
{
  LiaPhoneHub *self = data;
  GError      *error = NULL;
  g_autoptr (GArray) ids = lia_store_await (lia_store_read (lia_engine_get_store (self->engine), lia_workspace_read_channel_ids, (gpointer) "phone", NULL, (GDestroyNotify)g_array_unref), &error);

  if (ids == NULL)
    return dex_future_new_for_error (error);
  await_setup (self);
  for (guint i = 0; i < ids->len; i++)
    lia_phone_hub_update (self, g_array_index (ids, gint64, i));

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
lia_phone_hub_start (LiaPhoneHub *self)
{
  return lia_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
stop_fiber (gpointer data)
{
  LiaPhoneHub *self = data;

  dex_await (lia_with_timeout (lia_phone_desk_stop (self->desk), DESK_STOP_MS), NULL);
  while (self->lines->len > 0)
    {
      g_autoptr (LiaPhoneLine) line = g_object_ref (self->lines->pdata[0]);

      g_ptr_array_remove_index (self->lines, 0);
      dex_await (lia_phone_line_stop (line), NULL);
    }

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
lia_phone_hub_stop (LiaPhoneHub *self)
{
  self->stopped = TRUE;
  g_queue_clear_full (&self->changed, g_free);

  return lia_spawn (stop_fiber, g_object_ref (self), g_object_unref);
}

/* Requests --------------------------------------------------------------------------------------------------------------------------------- */

DexFuture *
lia_phone_hub_run (LiaPhoneHub     *self,
                   const char      *pbx,
                   LiaPhoneCommand *command)
{
  LiaPhoneLine *line = find_line (self, pbx);

  if (line == NULL)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "There is no telephone system.");

  return lia_phone_provider_run (lia_phone_line_get_provider (line), command);
}

const LiaPhoneLink *
lia_phone_hub_get_link (LiaPhoneHub *self,
                        const char  *pbx)
{
  LiaPhoneLine *line = find_line (self, pbx);

  return line != NULL ? lia_phone_provider_get_link (lia_phone_line_get_provider (line)) : NULL;
}

LiaPbx *
lia_phone_hub_get_pbx (LiaPhoneHub *self,
                       const char  *pbx)
{
  LiaPhoneLine *line = find_line (self, pbx);

  return line != NULL ? lia_phone_line_get_pbx (line) : NULL;
}

gboolean
lia_phone_hub_count_dial (LiaPhoneHub *self,
                          gint64       agent_id,
                          guint        per_minute)
{
  return lia_dial_counter_take (self->dialled, agent_id, per_minute, g_get_monotonic_time ());
}

void
lia_phone_hub_expect (LiaPhoneHub *self,
                      const char  *pbx,
                      const char  *uniqueid,
                      gint64       agent_id,
                      gint64       conversation_id)
{
  LiaPhoneLine *line = find_line (self, pbx);

  if (line != NULL)
    lia_phone_line_expect (line, uniqueid, agent_id, conversation_id);
}

void
lia_phone_hub_set_availability (LiaPhoneHub *self,
                                const char  *agent,
                                const char  *availability,
                                const char  *reason)
{
  lia_phone_desk_set_availability (self->desk, agent, availability, reason);
}

gboolean
lia_phone_hub_extend_wrapup (LiaPhoneHub *self,
                             const char  *agent,
                             gint64       by_ms)
{
  return lia_phone_desk_extend_wrapup (self->desk, agent, by_ms);
}

gboolean
lia_phone_hub_is_away (LiaPhoneHub *self,
                       const char  *agent)
{
  return lia_phone_desk_is_away (self->desk, agent);
}

void
lia_phone_hub_end_wrapup (LiaPhoneHub *self,
                          const char  *agent)
{
  lia_phone_desk_end_wrapup (self->desk, agent);
}

LiaPhoneHub *
lia_phone_hub_new (LiaEngine *engine)
{
  LiaPhoneHub *self = g_object_new (LIA_TYPE_PHONE_HUB, NULL);

  self->engine = engine;
  self->desk = lia_phone_desk_new (engine, self->lines);

  return self;
}

static void
lia_phone_hub_dispose (GObject *object)
{
  LiaPhoneHub *self = LIA_PHONE_HUB (object);

  self->stopped = TRUE;
  dex_clear (&self->updating);
  g_clear_pointer (&self->desk, lia_phone_desk_free);
  g_ptr_array_set_size (self->lines, 0);

  G_OBJECT_CLASS (lia_phone_hub_parent_class)->dispose (object);
}

static void
lia_phone_hub_finalize (GObject *object)
{
  LiaPhoneHub *self = LIA_PHONE_HUB (object);

  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->problems);
  g_hash_table_unref (self->found);
  lia_dial_counter_free (self->dialled);
  g_queue_clear_full (&self->changed, g_free);

  G_OBJECT_CLASS (lia_phone_hub_parent_class)->finalize (object);
}

static void
lia_phone_hub_class_init (LiaPhoneHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_phone_hub_dispose;
  object_class->finalize = lia_phone_hub_finalize;
}

static void
lia_phone_hub_init (LiaPhoneHub *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->dialled = lia_dial_counter_new ();
  g_queue_init (&self->changed);
}
