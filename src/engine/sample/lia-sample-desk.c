/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-desk.h"

#include "lia-journal.h"
#include "lia-json.h"
#include "lia-sample-callers.h"
#include "lia-sample-phone.h"
#include "lia-wire.h"

/* Who answers in the sample workspace, in which queues, at which telephones. */

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)

const LiaSampleQueue lia_sample_queues[LIA_SAMPLE_N_QUEUES] = {
  { "Support", LIA_SAMPLE_SUPPORT, 8 * HOUR_MS, 4 * HOUR_MS },
  { "Orders", LIA_SAMPLE_ORDERS, 8 * HOUR_MS, 4 * HOUR_MS },
  { "Workshop", NULL, 24 * HOUR_MS, 8 * HOUR_MS },
};

/* The agents' telephones; the first one is the person's who looks around. */
static const struct
{
  const char *phone;
  const char *extension;
} phones[LIA_SAMPLE_N_AGENTS] = {
  { LIA_SAMPLE_OWN_PHONE, "201" },
  { "PJSIP/tom", "202" },
  { "PJSIP/sofie", "203" },
  { "PJSIP/kenji", "204" },
};

gint64
lia_sample_append (LiaDb      *db,
                   const char *kind,
                   gint64      at_ms,
                   JsonObject *data,
                   GError    **error)
{
  g_autofree char *text = lia_json_to_text (data);
  LiaJournalEvent  event = { .kind = kind, .at_ms = at_ms, .data = text };

  return lia_journal_append (db, &event, error);
}

/** lia_sample_write_agents: @agents: LIA_SAMPLE_N_AGENTS, whose numbers are filled in. */
gboolean
lia_sample_write_agents (LiaDb *db, LiaSampleAgent *agents, gint64 at_ms, GError **error)
{
  for (gsize i = 0; i < LIA_SAMPLE_N_AGENTS; i++)
    {
      g_autoptr (JsonObject) data = json_object_new ();
      gint64 id;

      /* lia-sample-day.c lets them come to work. */
      if (i == 0)
        json_object_set_int_member (data, "agent", 1);
      json_object_set_string_member (data, "name", agents[i].name);
      json_object_set_string_member (data, "address", agents[i].address);
      json_object_set_string_member (data, "role", i == 0 ? "admin" : "agent");
      json_object_set_string_member (data, "availability", i == 2 ? "paused" : "offline");
      json_object_set_string_member (data, "reason", i == 2 ? "Lunch" : "");
      json_object_set_string_member (data, "phone", phones[i].phone);
      json_object_set_string_member (data, "extension", phones[i].extension);

      id = lia_sample_append (db, "agent.changed", at_ms, data, error);
      if (id == 0)
        return FALSE;
      agents[i].id = i == 0 ? 1 : id;
    }

  return TRUE;
}

/* The telephone system, which is in lia-sample-phone.h. */
static gint64
write_telephones (LiaDb   *db,
                  gint64   at_ms,
                  GError **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (LiaPbx) pbx = lia_pbx_new ();

  g_set_str (&pbx->system, "sample");
  g_set_str (&pbx->name, "Larkspur Telephones");
  g_set_str (&pbx->country, "GB");
  json_object_set_string_member (data, "kind", "phone");
  json_object_set_string_member (data, "name", pbx->name);
  json_object_set_object_member (data, "config", lia_wire_encode_pbx (pbx));

  return lia_sample_append (db, "channel.changed", at_ms, data, error);
}

static void
add_phone_queue (JsonObject *queue,
                 gint64      telephones,
                 const char *name)
{
  json_object_set_int_member (queue, "phone_channel", telephones);
  json_object_set_string_member (queue, "phone_name", name);
  json_object_set_int_member (queue, "service_target_ms", 30 * SECOND_MS);
  json_object_set_int_member (queue, "wrapup_ms", 15 * SECOND_MS);
  json_object_set_int_member (queue, "callback_target_ms", 30 * MINUTE_MS);
}

/** lia_sample_write_queues: with the telephone system that calls come from. @ids: (out): LIA_SAMPLE_N_QUEUES numbers. */
gboolean
lia_sample_write_queues (LiaDb *db, gint64 *ids, gint64 at_ms, GError **error)
{
  gint64 telephones = write_telephones (db, at_ms, error);

  for (gsize i = 0; i < LIA_SAMPLE_N_QUEUES && telephones != 0; i++)
    {
      g_autoptr (JsonObject) data = json_object_new ();
      gint64 id;

      if (i == 0)
        json_object_set_int_member (data, "queue", 1);
      json_object_set_string_member (data, "name", lia_sample_queues[i].name);
      json_object_set_int_member (data, "first_target_ms", lia_sample_queues[i].first_ms);
      json_object_set_int_member (data, "next_target_ms", lia_sample_queues[i].next_ms);
      if (lia_sample_queues[i].phone_name != NULL)
        add_phone_queue (data, telephones, lia_sample_queues[i].phone_name);

      id = lia_sample_append (db, "queue.changed", at_ms, data, error);
      if (id == 0)
        return FALSE;
      ids[i] = i == 0 ? 1 : id;
    }

  return telephones != 0;
}
