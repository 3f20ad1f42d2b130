/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What our login may do, and who answers it. Asterisk tells nobody his rights: what may be asked for is what ListCommands lists, and what is told is
 * found out by causing an event of each kind that changes nothing: one of our own, the failure to call a telephone that cannot exist, and a penalty
 * that a member has already.
 */

#include "lia-ami-doctor-private.h"

#include "lia-ami-needs.h"
#include "lia-async.h"

#define HEAR_MS (2 * 1000)
#define MAX_OFFSET_MS (2 * 1000)
#define NOBODY "PJSIP/liaison-doctor" /* a telephone that cannot exist */

#define RIGHTS "read = " LIA_AMI_READ_RIGHTS "\nwrite = " LIA_AMI_WRITE_RIGHTS "\n"

/* Rights ------------------------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *right;
  const char *command;
} dangers[] = {
  { "system", "ModuleLoad" },
  { "command", "Command" },
  { "config", "UpdateConfig" },
};

/* What is heard of the PBX by itself. */
typedef struct
{
  GHashTable *wanted; /* rights that an event is still to prove */
  DexPromise *done;
  guint64     dropped; /* before we listened */
  gboolean    heard;
} Ear;

static void
on_events_cb (Ear       *ear,
              GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const char *privilege = lia_ami_message_get (events->pdata[i], "Privilege");
      g_auto (GStrv) rights = g_strsplit (privilege != NULL ? privilege : "", ",", -1);

      ear->heard = TRUE;
      for (guint j = 0; rights[j] != NULL; j++)
        g_hash_table_remove (ear->wanted, rights[j]);
    }
  if (g_hash_table_size (ear->wanted) == 0 && dex_future_is_pending (DEX_FUTURE (ear->done)))
    dex_promise_resolve_boolean (ear->done, TRUE);
}

static guint64
count_dropped (LiaAmiDoctor *self)
{
  const LiaAmiCounts *counts = lia_ami_client_get_counts (self->client);

  return counts->unstamped + counts->unasked + counts->behind;
}

static LiaAmiMessage *
first_member (LiaAmiDoctor *self)
{
  for (guint i = 0; self->queues != NULL && i < self->queues->len; i++)
    if (g_str_equal (lia_ami_message_get_name (self->queues->pdata[i]), "QueueMember"))
      return self->queues->pdata[i];

  return NULL;
}

static void
send (LiaAmiDoctor *self,
      LiaAmiAction *action)
{
  dex_future_disown (lia_ami_client_send (self->client, action));
}

static void
cause_events (LiaAmiDoctor *self,
              Ear          *ear)
{
  LiaAmiMessage *member = first_member (self);
  LiaAmiAction  *action;

  if (!lia_ami_client_has_booted (self->client))
    g_hash_table_add (ear->wanted, (gpointer) "system");
  if (lia_ami_doctor_may (self, "UserEvent"))
    {
      g_hash_table_add (ear->wanted, (gpointer) "user");
      action = lia_ami_action_new ("UserEvent");
      lia_ami_action_add (action, "UserEvent", "LiaisonDoctor");
      send (self, action);
    }
  if (lia_ami_doctor_may (self, "Originate"))
    {
      g_hash_table_add (ear->wanted, (gpointer) "call");
      action = lia_ami_action_new ("Originate");
      lia_ami_action_add (action, "Channel", NOBODY);
      lia_ami_action_add (action, "Application", "Wait");
      lia_ami_action_add (action, "Data", "1");
      lia_ami_action_add (action, "Async", "true");
      send (self, action);
    }
  if (member != NULL && lia_ami_doctor_may (self, "QueuePenalty"))
    {
      g_hash_table_add (ear->wanted, (gpointer) "agent");
      action = lia_ami_action_new ("QueuePenalty");
      lia_ami_action_add (action, "Interface", lia_ami_message_get (member, "Location"));
      lia_ami_action_add (action, "Queue", lia_ami_message_get (member, "Queue"));
      lia_ami_action_add (action, "Penalty", lia_ami_message_get (member, "Penalty"));
      send (self, action);
    }
}

static void
listen (LiaAmiDoctor *self,
        Ear          *ear)
{
  gulong handler = g_signal_connect_swapped (self->client, "events", G_CALLBACK (on_events_cb), ear);

  cause_events (self, ear);
  if (g_hash_table_size (ear->wanted) > 0)
    dex_await (lia_with_timeout (dex_ref (DEX_FUTURE (ear->done)), HEAR_MS), NULL);
  g_signal_handler_disconnect (self->client, handler);
}

static char *
missing_rights (LiaAmiDoctor *self,
                Ear          *ear,
                gboolean      can_hear)
{
  static const char *const told[] = { "system", "call", "agent", "user" };
  g_autofree char         *write = lia_ami_needs_missing_rights (self->commands);
  g_autoptr (GString) read = g_string_new (NULL);
  GString *words = g_string_new (NULL);

  for (guint i = 0; can_hear && i < G_N_ELEMENTS (told); i++)
    if (g_hash_table_contains (ear->wanted, told[i]))
      lia_ami_needs_add_word (read, told[i]);
  if (write[0] != '\0')
    g_string_append_printf (words, "Missing in “write”: %s.", write);
  if (read->len > 0)
    g_string_append_printf (words, "%sMissing in “read”: %s.", words->len > 0 ? " " : "", read->str);

  return g_string_free_and_steal (words);
}

static void
judge_dangers (LiaAmiDoctor *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dangers); i++)
    if (lia_ami_doctor_may (self, dangers[i].command))
      lia_ami_needs_add_word (words, dangers[i].right);
  if (words->len == 0)
    lia_ami_doctor_ok (self, "");
  else
    {
      g_autofree char *detail = g_strdup_printf ("Not needed in “write”: %s.", words->str);

      lia_ami_doctor_advise (self, "many-rights", detail, "manager.conf", RIGHTS);
    }
}

static gboolean
judge_login (LiaAmiDoctor *self,
             Ear          *ear)
{
  gboolean         unstamped = !ear->heard && g_hash_table_size (ear->wanted) > 0 && count_dropped (self) > ear->dropped;
  g_autofree char *missing = missing_rights (self, ear, !unstamped);

  if (missing[0] != '\0')
    return lia_ami_doctor_fail (self, "few-rights", missing, "manager.conf", RIGHTS);
  judge_dangers (self);
  if (unstamped)
    return lia_ami_doctor_fail (self, "no-timestamps", "", "manager.conf", "[general]\ntimestampevents = yes\n");
  lia_ami_doctor_ok (self, "");

  return TRUE;
}

/* Clock -------------------------------------------------------------------------------------------------------------------------------- */

/* "2 s", "3 min 2 s", "25 h 3 min" */
static char *
dup_span (gint64 span_ms)
{
  const gint64 seconds = (span_ms + 500) / 1000;

  if (seconds < 60)
    return g_strdup_printf ("%" G_GINT64_FORMAT " s", seconds);
  if (seconds < 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT " min %" G_GINT64_FORMAT " s", seconds / 60, seconds % 60);

  return g_strdup_printf ("%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min", seconds / 3600, seconds / 60 % 60);
}

static void
check_clock (LiaAmiDoctor *self)
{
  const gint64     offset_ms = lia_ami_client_get_offset (self->client);
  g_autofree char *span = dup_span (ABS (offset_ms));
  g_autofree char *detail = g_strdup_printf ("The telephone system is %s %s.", span, offset_ms > 0 ? "behind" : "ahead");

  if (ABS (offset_ms) > MAX_OFFSET_MS)
    lia_ami_doctor_advise (self, "wrong-clock", detail, NULL, NULL);
  else
    lia_ami_doctor_ok (self, "");
}

/** lia_ami_doctor_check_login: "rights", "timestamps" and "clock". */
gboolean
lia_ami_doctor_check_login (LiaAmiDoctor *self)
{
  Ear ear = { .wanted = g_hash_table_new (g_str_hash, g_str_equal), .done = dex_promise_new () };
  g_autoptr (GError) error = NULL;
  gboolean go_on;

  self->commands = lia_ami_doctor_ask (self, lia_ami_action_new ("ListCommands"), &error);
  if (self->commands != NULL)
    {
      self->queues = lia_ami_doctor_list (self, "QueueStatus", NULL);
      ear.dropped = count_dropped (self);
      listen (self, &ear);
      go_on = judge_login (self, &ear);
    }
  else
    go_on = lia_ami_doctor_lose (self, error);
  if (go_on)
    check_clock (self);
  g_hash_table_unref (ear.wanted);
  dex_unref (ear.done);

  return go_on;
}

/* Version and modules ------------------------------------------------------------------------------------------------------------------ */

static gboolean
read_version (LiaAmiDoctor  *self,
              LiaAmiVersion *version,
              GError       **error)
{
  g_autoptr (LiaAmiMessage) settings = lia_ami_doctor_ask (self, lia_ami_action_new ("CoreSettings"), error);
  const char *text;

  if (settings == NULL)
    return FALSE;
  text = lia_ami_message_get (settings, "AsteriskVersion");
  *version = lia_ami_needs_read_version (text);
  text = text != NULL ? text + strcspn (text, "0123456789") : "";
  g_free (self->report->version);
  self->report->version = g_strndup (text, strspn (text, "0123456789."));

  return TRUE;
}

static gboolean
is_before (const LiaAmiVersion *version,
           int                  minor,
           int                  patch)
{
  return version->minor < minor || (version->minor == minor && version->patch < patch);
}

/* CVE-2024-42365: whoever may call can write files. Repaired in 18.24.2, 20.9.2 and 21.4.2. */
static gboolean
is_dangerous (const LiaAmiVersion *version)
{
  switch (version->major)
    {
    case 18:
      return is_before (version, 24, 2);
    case 20:
      return is_before (version, 9, 2);
    case 21:
      return is_before (version, 4, 2);
    default:
      return version->major == 19;
    }
}

static void
check_modules (LiaAmiDoctor *self)
{
  static const struct
  {
    const char *command;
    const char *module;
  } modules[] = {
    { "QueueStatus", "app_queue" },
    { "PlayDTMF", "app_senddtmf" },
    { "MixMonitorMute", "app_mixmonitor" },
    { "Park", "res_parking" },
    { "DeviceStateList", "res_manager_devicestate" },
  };
  g_autoptr (GString) paste = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (!lia_ami_doctor_may (self, modules[i].command))
      {
        lia_ami_needs_add_word (words, modules[i].module);
        g_string_append_printf (paste, "load = %s.so\n", modules[i].module);
      }
  if (words->len > 0)
    lia_ami_doctor_advise (self, "no-modules", words->str, "modules.conf", paste->str);
  else
    lia_ami_doctor_ok (self, "");
}

/** lia_ami_doctor_check_version: "version" and "modules". */
gboolean
lia_ami_doctor_check_version (LiaAmiDoctor *self)
{
  LiaAmiVersion version = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;

  if (!read_version (self, &version, &error))
    return lia_ami_doctor_lose (self, error);

  detail = g_strdup_printf ("Asterisk %s", self->report->version);
  if (lia_ami_needs_is_too_old (&version))
    return lia_ami_doctor_fail (self, "too-old", detail, NULL, NULL);
  if (is_dangerous (&version))
    lia_ami_doctor_advise (self, "unsafe-version", detail, NULL, NULL);
  else
    lia_ami_doctor_ok (self, detail);
  check_modules (self);

  return TRUE;
}

gboolean
lia_ami_doctor_has_filters (LiaAmiDoctor *self)
{
  LiaAmiVersion version = { 0 };

  if (!read_version (self, &version, NULL))
    return FALSE;
  switch (version.major)
    {
    case 20:
      return !is_before (&version, 11, 0);
    case 21:
      return !is_before (&version, 6, 0);
    case 22:
      return !is_before (&version, 1, 0);
    default:
      return version.major > 22;
    }
}
