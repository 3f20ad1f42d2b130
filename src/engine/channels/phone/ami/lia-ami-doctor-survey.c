/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is on the PBX: queues, telephones and their three names, and whether Liaison's part of the dialplan was pasted. */

#include "lia-ami-doctor-private.h"

#include "lia-ari.h"
#include "lia-phone-command.h"

#include "lia-agent.h"

#define MAX_FOUND 1000 /* LIA_WIRE_MAX_ITEMS: no list on the wire is longer */

static const char *
get (LiaAmiMessage *message,
     const char    *name)
{
  const char *value = lia_ami_message_get (message, name);

  return value != NULL ? value : "";
}

static gboolean
is_named (LiaAmiMessage *message,
          const char    *name)
{
  return g_str_equal (lia_ami_message_get_name (message), name) && lia_ami_message_get_taint (message) == 0;
}

static void
add_word (GString    *words,
          const char *separator,
          const char *word)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? separator : "", word);
}

/* Queues ------------------------------------------------------------------------------------------------------------------------------- */

static LiaPbxQueue *
make_queue (LiaAmiDoctor  *self,
            LiaAmiMessage *params)
{
  LiaPbxQueue *queue = lia_pbx_queue_new ();
  g_autoptr (GStrvBuilder) members = g_strv_builder_new ();

  g_set_str (&queue->name, get (params, "Queue"));
  g_set_str (&queue->strategy, get (params, "Strategy"));
  for (guint i = 0; i < self->queues->len; i++)
    if (is_named (self->queues->pdata[i], "QueueMember") && g_str_equal (get (self->queues->pdata[i], "Queue"), queue->name))
      g_strv_builder_add (members, get (self->queues->pdata[i], "Location"));
  g_strfreev (queue->members);
  queue->members = g_strv_builder_end (members);

  return queue;
}

/* The PBX lists them in no order. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (((const LiaPbxQueue *)a)->name, ((const LiaPbxQueue *)b)->name);
}

static void
check_queues (LiaAmiDoctor *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; self->queues != NULL && i < self->queues->len && self->report->queues->len < MAX_FOUND; i++)
    if (is_named (self->queues->pdata[i], "QueueParams"))
      g_ptr_array_add (self->report->queues, make_queue (self, self->queues->pdata[i]));
  g_ptr_array_sort_values (self->report->queues, compare_names);
  for (guint i = 0; i < self->report->queues->len; i++)
    add_word (words, ", ", ((LiaPbxQueue *)self->report->queues->pdata[i])->name);
  if (words->len > 0)
    lia_ami_doctor_ok (self, words->str);
  else
    lia_ami_doctor_advise (self, "no-queues", "", "queues.conf", "#include \"liaison/queues.conf\"\n[support](liaison-queue)\nstrategy = rrmemory\n");
}

/* Telephones --------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_telephone (const char *device)
{
  return g_str_has_prefix (device, "PJSIP/") || g_str_has_prefix (device, "SIP/") || g_str_has_prefix (device, "IAX2/") ||
         g_str_has_prefix (device, "SCCP/");
}

/* "PJSIP/bob&Custom:DND202,CustomPresence:202", as FreePBX writes hints, is about PJSIP/bob. */
static char *
first_device (const char *hint)
{
  return g_strndup (hint, strcspn (hint, "&,"));
}

/* What queues ring to reach this telephone: as they do already, else as FreePBX would. */
static char *
find_member (LiaAmiDoctor *self,
             LiaPbxPhone  *phone)
{
  g_autofree char *hint = g_strdup_printf ("hint:%s@%s", phone->extension, phone->context);

  for (guint i = 0; self->queues != NULL && i < self->queues->len; i++)
    {
      LiaAmiMessage *member = self->queues->pdata[i];
      const char    *state = get (member, "StateInterface");

      if (is_named (member, "QueueMember") && (g_str_equal (state, phone->phone) || g_str_equal (state, hint)))
        return g_strdup (g_str_equal (get (member, "Location"), phone->phone) ? "" : get (member, "Location"));
    }

  return g_str_equal (phone->context, "ext-local") ? g_strdup_printf ("Local/%s@from-queue/n", phone->extension) : g_strdup ("");
}

static void
add_phone (LiaAmiDoctor  *self,
           GHashTable    *known,
           const char    *device,
           LiaAmiMessage *hint)
{
  LiaPbxPhone *phone;

  if (!is_telephone (device) || self->report->phones->len >= MAX_FOUND || !g_hash_table_add (known, g_strdup (device)))
    return;
  phone = lia_pbx_phone_new ();
  g_set_str (&phone->phone, device);
  if (hint != NULL)
    {
      g_set_str (&phone->extension, get (hint, "Exten"));
      g_set_str (&phone->context, get (hint, "Context"));
    }
  g_free (phone->member);
  phone->member = find_member (self, phone);
  g_ptr_array_add (self->report->phones, phone);
}

static gboolean
is_reachable (const char *state)
{
  return !g_str_equal (state, "UNAVAILABLE") && !g_str_equal (state, "INVALID") && !g_str_equal (state, "UNKNOWN");
}

static void
mark_reachable (LiaAmiDoctor *self,
                GPtrArray    *devices)
{
  for (guint i = 0; i < self->report->phones->len; i++)
    {
      LiaPbxPhone *phone = self->report->phones->pdata[i];

      for (guint j = 0; devices != NULL && j < devices->len; j++)
        if (g_str_equal (get (devices->pdata[j], "Device"), phone->phone))
          phone->reachable = is_reachable (get (devices->pdata[j], "State"));
    }
}

static int
compare_phones (gconstpointer a,
                gconstpointer b)
{
  const LiaPbxPhone *one = *(LiaPbxPhone *const *)a;
  const LiaPbxPhone *other = *(LiaPbxPhone *const *)b;
  int                by_length = (int)strlen (one->extension) - (int)strlen (other->extension);

  return by_length != 0 ? by_length : g_strcmp0 (one->extension, other->extension);
}

/* A telephone has a hint; where nobody wrote hints, every device may be one. */
static void
find_phones (LiaAmiDoctor *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) hints = lia_ami_doctor_list (self, "ExtensionStateList", NULL);
  g_autoptr (GPtrArray) devices = lia_ami_doctor_list (self, "DeviceStateList", NULL);

  for (guint i = 0; hints != NULL && i < hints->len; i++)
    {
      g_autofree char *device = first_device (get (hints->pdata[i], "Hint"));

      add_phone (self, known, device, hints->pdata[i]);
    }
  if (self->report->phones->len == 0)
    for (guint i = 0; devices != NULL && i < devices->len; i++)
      add_phone (self, known, get (devices->pdata[i], "Device"), NULL);
  mark_reachable (self, devices);
  g_ptr_array_sort (self->report->phones, compare_phones);
}

static gboolean
has_phone (LiaAmiDoctor *self,
           const char   *name)
{
  for (guint i = 0; i < self->report->phones->len; i++)
    if (g_strcmp0 (((LiaPbxPhone *)self->report->phones->pdata[i])->phone, name) == 0)
      return TRUE;

  return FALSE;
}

/* Agents whose telephone is none of the PBX's. */
static char *
lost_agents (LiaAmiDoctor *self)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < self->agents->len; i++)
    {
      LiaAgent *agent = self->agents->pdata[i];

      if (agent->phone != NULL && agent->phone[0] != '\0' && !has_phone (self, agent->phone))
        {
          g_autofree char *word = g_strdup_printf ("%s (%s)", agent->name, agent->phone);

          add_word (words, ", ", word);
        }
    }

  return g_string_free_and_steal (words);
}

/* "201 PJSIP/alice, Ann": whose it is, as far as that is known. */
static char *
describe_phone (LiaAmiDoctor *self,
                LiaPbxPhone  *phone)
{
  const char *owner = NULL;

  for (guint i = 0; i < self->agents->len; i++)
    if (g_strcmp0 (((LiaAgent *)self->agents->pdata[i])->phone, phone->phone) == 0)
      owner = ((LiaAgent *)self->agents->pdata[i])->name;

  return g_strdup_printf ("%s%s%s%s%s", phone->extension, phone->extension[0] != '\0' ? " " : "", phone->phone, owner != NULL ? ", " : "",
                          owner != NULL ? owner : "");
}

static char *
describe_phones (LiaAmiDoctor *self)
{
  const guint max_told = 8;
  GString    *words = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->report->phones->len, max_told); i++)
    {
      g_autofree char *word = describe_phone (self, self->report->phones->pdata[i]);

      add_word (words, "; ", word);
    }
  if (self->report->phones->len > max_told)
    g_string_append (words, "; …");

  return g_string_free_and_steal (words);
}

static void
check_phones (LiaAmiDoctor *self)
{
  g_autofree char *lost = NULL;
  g_autofree char *found = NULL;

  find_phones (self);
  lost = lost_agents (self);
  found = describe_phones (self);
  if (lost[0] != '\0')
    lia_ami_doctor_advise (self, "unknown-phone", lost, NULL, NULL);
  else if (self->report->phones->len == 0 || ((LiaPbxPhone *)self->report->phones->pdata[0])->extension[0] == '\0')
    lia_ami_doctor_advise (self, "no-hints", found, "extensions.conf", "exten => 201,hint,PJSIP/ann\n");
  else
    lia_ami_doctor_ok (self, found);
}

/* Dialplan ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
exists (LiaAmiDoctor *self,
        const char   *context,
        const char   *extension)
{
  g_autofree char *question = g_strdup_printf ("DIALPLAN_EXISTS(%s,%s,1)", context, extension);
  g_autofree char *answer = lia_ami_doctor_get (self, question);

  return g_str_equal (answer, "1");
}

/* Where the dialplan notes what became of callers, there is a database: the function answers 0 or 1. */
static gboolean
notes_callers (LiaAmiDoctor *self)
{
  g_autofree char *answer = lia_ami_doctor_get (self, "DB_EXISTS(liaison-left/0)");

  return answer[0] != '\0';
}

/* It writes most files itself. */
static gboolean
is_freepbx (LiaAmiDoctor *self)
{
  return g_str_equal (self->report->profile, "freepbx");
}

static char *
missing_contexts (LiaAmiDoctor *self)
{
  static const struct
  {
    const char *context;
    const char *extension;
  } parts[] = {
    { "liaison-inbound", "s" },
    { "liaison-queue", "s" },
    { "liaison-left", "s" },
    { "liaison-transfer", "00" },
    { "liaison-return", "s" },
    { "liaison-grab", "s" },
    { "liaison-spy", "listen" },
    { "liaison-hold", "s" },
  };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!exists (self, parts[i].context, parts[i].extension))
      add_word (words, ", ", parts[i].context);
  if (is_freepbx (self) && !exists (self, "liaison-freepbx-queue", "00"))
    add_word (words, ", ", "liaison-freepbx-queue");
  if (!notes_callers (self))
    add_word (words, ", ", "func_db.so");

  return g_string_free_and_steal (words);
}

static const char *
telephones_context (LiaAmiDoctor *self)
{
  LiaPbxPhone *phone = self->report->phones->len > 0 ? self->report->phones->pdata[0] : NULL;

  return phone != NULL ? phone->context : "";
}

/* Where agents dial: as the dialplan says, else as FreePBX has it, else where the telephones' hints are. */
static char *
find_context (LiaAmiDoctor *self)
{
  g_autofree char *said = lia_ami_doctor_get (self, "LIAISON_INTERNAL");

  if (said[0] != '\0')
    return g_steal_pointer (&said);

  return g_strdup (is_freepbx (self) ? "from-internal" : telephones_context (self));
}

/* NULL when an agent's telephone can be dialled where Liaison would do it, and the name of the place otherwise. */
static char *
wrong_context (LiaAmiDoctor *self)
{
  LiaPbxPhone     *phone = self->report->phones->len > 0 ? self->report->phones->pdata[0] : NULL;
  g_autofree char *internal = lia_ami_doctor_get (self, "LIAISON_INTERNAL");
  const char      *transfers = internal[0] != '\0' ? internal : "from-internal";
  const char      *dials = self->pbx->context != NULL && self->pbx->context[0] != '\0' ? self->pbx->context : transfers;

  if (phone == NULL || phone->extension[0] == '\0')
    return NULL;
  if (!exists (self, transfers, phone->extension))
    return g_strdup (transfers);

  return exists (self, dials, phone->extension) ? NULL : g_strdup (dials);
}

static void
advise_include (LiaAmiDoctor *self,
                const char   *missing)
{
  if (is_freepbx (self))
    lia_ami_doctor_advise (self, "no-dialplan", missing, "extensions_custom.conf", "#include \"liaison/freepbx/extensions_custom.conf\"\n");
  else
    lia_ami_doctor_advise (self, "no-dialplan", missing, "extensions.conf", "#include \"liaison/extensions.conf\"\n");
}

static void
check_dialplan (LiaAmiDoctor *self)
{
  g_autofree char *missing = NULL;
  g_autofree char *wrong = NULL;

  g_set_str (&self->report->profile, g_str_equal (telephones_context (self), "ext-local") ? "freepbx" : "asterisk");
  missing = missing_contexts (self);
  g_free (self->report->context);
  self->report->context = find_context (self);
  wrong = wrong_context (self);
  if (missing[0] != '\0')
    advise_include (self, missing);
  else if (wrong != NULL)
    {
      g_autofree char *paste = g_strdup_printf ("[globals]\nLIAISON_INTERNAL = %s\n", telephones_context (self));

      lia_ami_doctor_advise (self, "wrong-context", wrong, "extensions.conf", paste);
    }
  else
    lia_ami_doctor_ok (self, "");
}

/* FreePBX' own one-touch recording is no feature of the map. *3 to *6 are the keys of its attended transfer. */
#define FREEPBX_KEYS "automixmon => *9\n"

static void
check_keys (LiaAmiDoctor *self)
{
  g_autofree char *consult = lia_ami_doctor_get (self, "FEATUREMAP(atxfer)");
  g_autofree char *record = lia_ami_doctor_get (self, "FEATUREMAP(automixmon)");

  if (is_freepbx (self) && (consult[0] == '\0' || record[0] == '\0'))
    lia_ami_doctor_advise (self, "no-keys", consult[0] == '\0' ? "atxfer" : "automixmon", "features_featuremap_custom.conf", FREEPBX_KEYS);
  else if (consult[0] == '\0' || record[0] == '\0')
    lia_ami_doctor_advise (self, "no-keys", consult[0] == '\0' ? "atxfer" : "automixmon", "features.conf", "#include \"liaison/features.conf\"\n");
  else
    lia_ami_doctor_ok (self, "");
}

#define ARI_LINES "[general]\n#include \"liaison/ari.conf\"\n[%s](liaison-recordings)\npassword = \n"

/* Why recordings cannot be fetched, as a word of API.md. */
static const char *
code_of_recordings (const GError *error)
{
  if (g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_REFUSED))
    return "recordings-refused";
  if (g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNREACHABLE))
    return "recordings-untrusted";
  if (g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNSUPPORTED))
    return "recordings-missing";

  return "recordings-unreachable";
}

static void
check_recordings (LiaAmiDoctor *self)
{
  const char *url = self->pbx->recordings_url;
  g_autoptr (LiaAri) ari = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *paste = NULL;

  if (url == NULL || url[0] == '\0')
    {
      lia_ami_doctor_note (self, "no-recordings");
      return;
    }

  ari = lia_ari_new (self->pbx, self->recordings_password != NULL ? self->recordings_password : "");
  if (lia_ari_is_url (url) && dex_await (lia_ari_check (ari), &error))
    {
      lia_ami_doctor_ok (self, "");
      return;
    }
  paste = g_strdup_printf (ARI_LINES, self->pbx->recordings_login);
  if (error == NULL)
    lia_ami_doctor_advise (self, "recordings-unreachable", "It has to be an https address, or an http address of this computer.", NULL, NULL);
  else
    lia_ami_doctor_advise (self, code_of_recordings (error), "", "ari.conf", paste);
}

/* What callers have tried while we were connected: nothing to be done about here, but one may want to know. */
static void
check_callers (LiaAmiDoctor *self)
{
  g_autoptr (GDateTime) last = self->forged > 0 ? g_date_time_new_from_unix_local_usec (self->forged_ms * 1000) : NULL;
  g_autofree char *when = last != NULL ? g_date_time_format (last, "%F %R") : NULL;
  g_autofree char *detail = NULL;

  if (when == NULL)
    {
      lia_ami_doctor_ok (self, "");
      return;
    }
  detail = g_strdup_printf (self->forged == 1 ? "%" G_GUINT64_FORMAT " message, on %s" : "%" G_GUINT64_FORMAT " messages, the last on %s", self->forged, when);
  lia_ami_doctor_advise (self, "forged", detail, NULL, NULL);
}

/** lia_ami_doctor_survey: "queues", "phones", "dialplan", "keys", "recordings" and "callers", and what the report says beside its steps. */
gboolean
lia_ami_doctor_survey (LiaAmiDoctor *self)
{
  check_queues (self);
  check_phones (self);
  check_dialplan (self);
  check_keys (self);
  check_recordings (self);
  check_callers (self);

  return TRUE;
}
