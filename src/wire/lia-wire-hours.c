/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening hours of queues. */

#include "lia-wire.h"

#include "lia-json.h"
#include "lia-problem.h"
#include "lia-zone.h"

#define MAX_DAY_BYTES 200
#define MAX_CLOSED_BYTES (LIA_HOURS_MAX_CLOSED * 12)

JsonObject *
lia_wire_encode_hours (LiaHours *hours)
{
  JsonObject      *object = json_object_new ();
  JsonArray       *days = json_array_new ();
  g_autofree char *closed = lia_hours_show_closed (hours);

  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    {
      g_autofree char *day = lia_hours_show_day (hours, i);

      json_array_add_string_element (days, day);
    }
  json_object_set_string_member (object, "zone", hours->zone);
  json_object_set_array_member (object, "days", days);
  json_object_set_string_member (object, "closed", closed);

  return object;
}

static gboolean
decode_days (LiaHours  *hours,
             JsonArray *days,
             GError   **error)
{
  if (json_array_get_length (days) != LIA_HOURS_N_DAYS)
    {
      lia_problem_set_invalid (error, "/days", "value", "A week has seven days");
      return FALSE;
    }

  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    {
      const char      *day;
      g_autofree char *pointer = g_strdup_printf ("/days/%u", i);

      if (!lia_json_arr_str (days, i, MAX_DAY_BYTES, &day, error))
        {
          lia_problem_prefix (error, "days", -1);
          return FALSE;
        }
      if (!lia_hours_read_day (hours, i, day))
        {
          lia_problem_set_invalid (error, pointer, "value", "“%s” are no hours of a day, such as 9:00-17:00", day);
          return FALSE;
        }
    }

  return TRUE;
}

/** lia_wire_decode_hours: {zone, days:[7], closed?} */
LiaHours *
lia_wire_decode_hours (JsonObject *object,
                       GError    **error)
{
  g_autoptr (LiaHours) hours = lia_hours_new ();
  g_autoptr (GTimeZone) zone = NULL;
  const char *name;
  const char *closed;
  JsonArray  *days;

  if (!lia_json_str (object, "zone", LIA_JSON_OPTIONAL, 100, &name, error) || !lia_json_arr (object, "days", LIA_JSON_REQUIRED, G_MAXUINT, &days, error) ||
      !lia_json_str (object, "closed", LIA_JSON_OPTIONAL, MAX_CLOSED_BYTES, &closed, error) || !decode_days (hours, days, error))
    return NULL;

  zone = lia_zone_open (name);
  if (name != NULL && *name != '\0' && zone == NULL)
    {
      lia_problem_set_invalid (error, "/zone", "unknown", "“%s” is no time zone", name);
      return NULL;
    }
  if (closed != NULL && !lia_hours_read_closed (hours, closed))
    {
      lia_problem_set_invalid (error, "/closed", "value", "“%s” are no days, such as 2026-12-24", closed);
      return NULL;
    }
  g_set_str (&hours->zone, name != NULL ? name : "");

  return g_steal_pointer (&hours);
}
