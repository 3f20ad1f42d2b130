/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-enums.h"

#include <string.h>

static int
find (const char *const *names,
      guint              n_names,
      const char        *name)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        return i;
    }

  return -1;
}

static const char *const lia_conversation_state_names[] = { "open", "pending", "snoozed", "closed" };

const char *
lia_conversation_state_to_string (LiaConversationState value)
{
  g_return_val_if_fail ((guint)value < G_N_ELEMENTS (lia_conversation_state_names), "");

  return lia_conversation_state_names[value];
}

/** lia_conversation_state_from_string: FALSE for an unknown name, and @value is left alone. */
gboolean
lia_conversation_state_from_string (const char *name, LiaConversationState *value)
{
  int i = find (lia_conversation_state_names, G_N_ELEMENTS (lia_conversation_state_names), name);

  if (i >= 0)
    *value = i;

  return i >= 0;
}

static const char *const lia_entry_kind_names[] = { "email", "chat", "call", "voicemail", "note", "state", "visit", "finding", "promise", "survey" };

const char *
lia_entry_kind_to_string (LiaEntryKind value)
{
  g_return_val_if_fail ((guint)value < G_N_ELEMENTS (lia_entry_kind_names), "");

  return lia_entry_kind_names[value];
}

/** lia_entry_kind_from_string: FALSE for an unknown name, and @value is left alone. */
gboolean
lia_entry_kind_from_string (const char *name, LiaEntryKind *value)
{
  int i = find (lia_entry_kind_names, G_N_ELEMENTS (lia_entry_kind_names), name);

  if (i >= 0)
    *value = i;

  return i >= 0;
}

static const char *const lia_direction_names[] = { "", "in", "out" };

const char *
lia_direction_to_string (LiaDirection value)
{
  g_return_val_if_fail ((guint)value < G_N_ELEMENTS (lia_direction_names), "");

  return lia_direction_names[value];
}

/** lia_direction_from_string: FALSE for an unknown name, and @value is left alone. */
gboolean
lia_direction_from_string (const char *name, LiaDirection *value)
{
  int i = find (lia_direction_names, G_N_ELEMENTS (lia_direction_names), name);

  if (i >= 0)
    *value = i;

  return i >= 0;
}

static const char *const lia_author_kind_names[] = { "system", "customer", "agent" };

const char *
lia_author_kind_to_string (LiaAuthorKind value)
{
  g_return_val_if_fail ((guint)value < G_N_ELEMENTS (lia_author_kind_names), "");

  return lia_author_kind_names[value];
}

/** lia_author_kind_from_string: FALSE for an unknown name, and @value is left alone. */
gboolean
lia_author_kind_from_string (const char *name, LiaAuthorKind *value)
{
  int i = find (lia_author_kind_names, G_N_ELEMENTS (lia_author_kind_names), name);

  if (i >= 0)
    *value = i;

  return i >= 0;
}

static const char *const lia_send_state_names[] = { "", "queued", "sending", "deferred", "sent", "partial", "failed", "unconfirmed", "cancelled" };

const char *
lia_send_state_to_string (LiaSendState value)
{
  g_return_val_if_fail ((guint)value < G_N_ELEMENTS (lia_send_state_names), "");

  return lia_send_state_names[value];
}

/** lia_send_state_from_string: FALSE for an unknown name, and @value is left alone. */
gboolean
lia_send_state_from_string (const char *name, LiaSendState *value)
{
  int i = find (lia_send_state_names, G_N_ELEMENTS (lia_send_state_names), name);

  if (i >= 0)
    *value = i;

  return i >= 0;
}
