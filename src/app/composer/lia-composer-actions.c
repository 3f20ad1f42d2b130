/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-client-findings.h"
#include "lia-queue.h"
#include "lia-snooze.h"

#include <glib/gi18n.h>

/*
 * What canned responses do with a conversation when a message goes out, and how that is taken back with the message. Tags come before the sleep,
 * and whose it is last: who gets it finds it as it is meant to be.
 */

/** lia_composer_closes: whether one of @actions closes the conversation. */
gboolean
lia_composer_closes (GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    {
      if (g_str_equal (((LiaCannedAction *)actions->pdata[i])->kind, "close"))
        return TRUE;
    }

  return FALSE;
}

/** lia_composer_dup_tags: (nullable): the conversation's tags with those of @actions; NULL: no other ones. */
GStrv
lia_composer_dup_tags (LiaComposer *self,
                       GPtrArray   *actions)
{
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean more = FALSE;

  if (conversation == NULL)
    return NULL;
  g_strv_builder_addv (builder, (const char **)conversation->tags);
  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];

      if (!g_str_equal (action->kind, "tag") || *action->value == '\0' ||
          g_strv_contains ((const char *const *)conversation->tags, action->value))
        continue;
      g_strv_builder_add (builder, action->value);
      more = TRUE;
    }

  return more ? g_strv_builder_end (builder) : NULL;
}

typedef struct
{
  const char *agent; /* exactly one of the two is set */
  const char *queue;
} Target;

static gboolean
is_called (const char *wanted,
           const char *id,
           const char *name)
{
  g_autofree char *folded = g_utf8_casefold (wanted, -1);
  g_autofree char *folded_name = name != NULL ? g_utf8_casefold (name, -1) : NULL;

  return g_strcmp0 (wanted, id) == 0 || g_strcmp0 (folded, folded_name) == 0;
}

/* "me", an agent or a queue by name. FALSE: there is none. */
static gboolean
find_target (LiaClient  *client,
             const char *wanted,
             Target     *target)
{
  GListModel *agents = lia_client_get_agents (client);
  GListModel *queues = lia_client_get_queues (client);
  LiaAgent   *me = lia_client_get_me (client);

  *target = (Target){ NULL, NULL };
  if (me != NULL && (*wanted == '\0' || g_ascii_strcasecmp (wanted, "me") == 0))
    target->agent = me->id;
  /* Borrowed from the lists, which outlive this. */
  for (guint i = 0; target->agent == NULL && i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (is_called (wanted, agent->id, agent->name))
        target->agent = agent->id;
    }
  for (guint i = 0; target->agent == NULL && target->queue == NULL && i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      if (is_called (wanted, queue->id, queue->name))
        target->queue = queue->id;
    }

  return target->agent != NULL || target->queue != NULL;
}

static DexFuture *
on_action_failed_cb (DexFuture *future,
                     gpointer   data)
{
  LiaComposer *self = data;

  g_signal_emit_by_name (self, "toast", _ ("The message is on its way, but not everything that the response does could be done."));

  return dex_ref (future);
}

static void
watch (LiaComposer *self,
       DexFuture   *future)
{
  dex_future_disown (dex_future_catch (future, on_action_failed_cb, g_object_ref (self), g_object_unref));
}

static void
snooze (LiaComposer *self,
        const char  *conversation,
        const char  *when)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 until_ms = lia_snooze_until (when, now);

  if (until_ms > 0)
    watch (self, lia_client_snooze (self->client, conversation, until_ms));
}

static void
assign (LiaComposer *self,
        const char  *conversation,
        const char  *wanted)
{
  Target target;

  if (!find_target (self->client, wanted, &target))
    return;
  if (target.agent != NULL)
    watch (self, lia_client_assign (self->client, conversation, target.agent));
  else
    watch (self, lia_client_move (self->client, conversation, target.queue));
}

/**
 * lia_composer_dup_last_quote: (transfer full): what the customer said last, as evidence of what is linked to the answer.
 *
 * It is taken before the answer goes out: after that another conversation may be open.
 */
LiaQuote *
lia_composer_dup_last_quote (LiaComposer *self)
{
  GListModel *entries = G_LIST_MODEL (self->model);
  LiaQuote   *quote = lia_quote_new ();

  g_set_str (&quote->conv, lia_timeline_model_get_id (self->model));
  for (guint i = g_list_model_get_n_items (entries); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (entries, i - 1);
      g_autofree char *words = NULL;

      if (entry->author_kind != LIA_AUTHOR_CUSTOMER || (entry->kind != LIA_ENTRY_EMAIL && entry->kind != LIA_ENTRY_CHAT))
        continue;
      words = g_strstrip (lia_entry_dup_own_words (entry));
      g_set_str (&quote->source, entry->id);
      lia_quote_set_text (quote, words);
      break;
    }

  return quote;
}

static DexFuture *
on_link_failed_cb (DexFuture *future,
                   gpointer   data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  dex_future_get_value (future, &error);
  words = g_strdup_printf (_ ("The message is on its way. %s"), error->message);
  g_signal_emit_by_name (data, "toast", words);

  return dex_ref (future);
}

static GPtrArray *
link_issues (LiaComposer *self,
             GPtrArray   *actions,
             LiaQuote    *quote)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];
      DexFuture             *link;

      if (!g_str_equal (action->kind, "issue") || *action->value == '\0')
        continue;
      link = lia_client_link_issue (self->client, action->value, quote);
      dex_future_disown (dex_future_catch (dex_ref (link), on_link_failed_cb, g_object_ref (self), g_object_unref));
      g_ptr_array_add (links, link);
    }

  return links;
}

static DexFuture *
unlink_cb (DexFuture *future,
           gpointer   client)
{
  const char *entry = g_value_get_string (dex_future_get_value (future, NULL));

  return *entry != '\0' ? lia_client_uncapture_finding (client, entry) : dex_future_new_true ();
}

/* Also those of which it is not known yet whether they are there; a link that failed has been told of. */
static void
unlink_issues (LiaComposer *self,
               GPtrArray   *links)
{
  for (guint i = 0; i < links->len; i++)
    dex_future_disown (dex_future_then (dex_ref (links->pdata[i]), unlink_cb, g_object_ref (self->client), g_object_unref));
}

static void
do_kind (LiaComposer *self,
         const char  *conversation,
         GPtrArray   *actions,
         const char  *kind,
         void (*act) (LiaComposer *self, const char *conversation, const char *value))
{
  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];

      if (g_str_equal (action->kind, kind))
        act (self, conversation, action->value);
    }
}

/**
 * lia_composer_do_actions: what the responses of a message that went out do with its conversation, besides closing it.
 * @tags: (nullable): from lia_composer_dup_tags()
 * @quote: from lia_composer_dup_last_quote()
 *
 * Returns: (transfer full) (element-type DexFuture): the links with issues that it makes
 */
GPtrArray *
lia_composer_do_actions (LiaComposer       *self,
                         const char        *conversation,
                         GPtrArray         *actions,
                         const char *const *tags,
                         LiaQuote          *quote)
{
  if (tags != NULL)
    watch (self, lia_client_set_tags (self->client, conversation, tags));
  do_kind (self, conversation, actions, "snooze", snooze);
  do_kind (self, conversation, actions, "assign", assign);

  return link_issues (self, actions, quote);
}

static gboolean
has_kind (GPtrArray  *actions,
          const char *kind)
{
  for (guint i = 0; i < actions->len; i++)
    {
      if (g_str_equal (((LiaCannedAction *)actions->pdata[i])->kind, kind))
        return TRUE;
    }

  return FALSE;
}

/**
 * lia_composer_undo_actions: the message was taken back: its conversation is again as it was.
 * @before: as it was before the message went out
 * @links: from lia_composer_do_actions()
 */
void
lia_composer_undo_actions (LiaComposer     *self,
                           LiaConversation *before,
                           GPtrArray       *actions,
                           GPtrArray       *links)
{
  unlink_issues (self, links);
  if (has_kind (actions, "assign"))
    {
      watch (self, lia_client_assign (self->client, before->id, before->assignee));
      if (before->queue != NULL)
        watch (self, lia_client_move (self->client, before->id, before->queue));
    }
  if (has_kind (actions, "snooze") && before->state != LIA_CONVERSATION_SNOOZED)
    watch (self, lia_client_reopen (self->client, before->id));
  if (has_kind (actions, "tag"))
    watch (self, lia_client_set_tags (self->client, before->id, (const char *const *)before->tags));
}

/**
 * lia_composer_find_impossible: (transfer full) (nullable): why an action of what is being written cannot be done, in words for its writer.
 */
char *
lia_composer_find_impossible (LiaComposer *self)
{
  g_autoptr (GPtrArray) actions = lia_response_fields_dup_actions (self->fields);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  Target target;

  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];

      if (g_str_equal (action->kind, "assign") && !find_target (self->client, action->value, &target))
        return g_strdup_printf (_ ("There is no agent and no queue “%s” to hand this to. Strike that out below to send without it."), action->value);
      if (g_str_equal (action->kind, "snooze") && lia_snooze_until (action->value, now) == 0)
        return g_strdup_printf (_ ("“%s” is no time to snooze until. Strike that out below to send without it."), action->value);
    }

  return NULL;
}
