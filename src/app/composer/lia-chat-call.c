/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That a call is offered in a chat is known from the timeline alone: all the apps of all agents read the same out of it. */

#include "lia-chat-call.h"

#include "lia-entry-details.h"

#define LONG_AGO_MS (2 * G_GINT64_CONSTANT (3600000)) /* no offer stands for so long */

/* Whether @entry decides it. */
static gboolean
judge (LiaEntry         *entry,
       gint64            now_ms,
       gboolean          spoke,
       LiaChatCallState *state,
       gint64           *until_ms)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);

  *state = LIA_CHAT_CALL_NONE;
  if (entry->kind == LIA_ENTRY_PROMISE && g_str_equal (details->what, "callback"))
    {
      if (!details->settled)
        *state = LIA_CHAT_CALL_WANTED;
      return !details->settled || *details->offer != '\0';
    }
  if (g_str_equal (details->what, "call-offered"))
    {
      *until_ms = details->until_ms;
      if (details->until_ms > now_ms)
        *state = LIA_CHAT_CALL_OFFERED;
      return TRUE;
    }
  if (g_str_equal (details->what, "call-declined"))
    {
      if (!spoke)
        *state = LIA_CHAT_CALL_DECLINED;
      return TRUE;
    }

  return g_str_equal (details->what, "closed");
}

/**
 * lia_chat_call_read:
 * @timeline: of LiaEntry, oldest first
 * @until_ms: (out): of an offer that is not answered: for how long it stands
 */
LiaChatCallState
lia_chat_call_read (GListModel *timeline,
                    gint64      now_ms,
                    gint64     *until_ms)
{
  LiaChatCallState state = LIA_CHAT_CALL_NONE;
  gboolean         spoke = FALSE;

  *until_ms = 0;
  for (guint i = g_list_model_get_n_items (timeline); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (timeline, i - 1);

      if (entry->at_ms != 0 && entry->at_ms < now_ms - LONG_AGO_MS)
        break;
      spoke = spoke || (entry->kind == LIA_ENTRY_CHAT && entry->author_kind == LIA_AUTHOR_AGENT);
      if ((entry->kind == LIA_ENTRY_STATE || entry->kind == LIA_ENTRY_PROMISE) && judge (entry, now_ms, spoke, &state, until_ms))
        return state;
    }

  return LIA_CHAT_CALL_NONE;
}
