/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Issue trackers in memory: none is set up unless a test does, and nothing leaves. What is asked for is written into the client's log. */
#include "sample-push.h"

#include "sample-client.h"

#include "lia-client-push.h"
#include "lia-client-trackers.h"

G_DEFINE_FINAL_TYPE (LiaTrackerTrial, lia_tracker_trial, G_TYPE_OBJECT)

static void
lia_tracker_trial_class_init (LiaTrackerTrialClass *klass)
{
}

static void
lia_tracker_trial_init (LiaTrackerTrial *self)
{
}

static GListStore *
get_trackers (void)
{
  static GListStore *trackers = NULL;

  if (trackers == NULL)
    trackers = g_list_store_new (LIA_TYPE_TRACKER_SETUP);

  return trackers;
}

GListModel *
lia_client_get_trackers (LiaClient *self)
{
  return G_LIST_MODEL (get_trackers ());
}

void
sample_push_add_tracker (LiaTrackerSetup *tracker)
{
  g_list_store_append (get_trackers (), tracker);
}

/* What is offered, and of which file the tracker would say what */
static GPtrArray *offered;
static char      *refused;
static char      *problem;

void
sample_push_offer (GPtrArray *files)
{
  g_clear_pointer (&offered, g_ptr_array_unref);
  offered = files != NULL ? g_ptr_array_ref (files) : NULL;
}

void
sample_push_refuse_file (const char *name,
                         const char *words)
{
  g_set_str (&refused, name);
  g_set_str (&problem, words);
}

DexFuture *
lia_client_set_tracker (LiaClient       *self,
                        LiaTrackerSetup *tracker,
                        const char      *token)
{
  return sample_client_answer (self, "t_1");
}

DexFuture *
lia_client_test_tracker (LiaClient       *self,
                         LiaTrackerSetup *tracker,
                         const char      *token)
{
  return sample_client_answer (self, tracker->url);
}

DexFuture *
lia_client_remove_tracker (LiaClient  *self,
                           const char *tracker)
{
  return sample_client_answer (self, tracker);
}

DexFuture *
lia_client_sync_tracker (LiaClient  *self,
                         const char *tracker)
{
  return sample_client_answer (self, tracker);
}

static LiaPushFile *
make_sent (LiaAttachment *attachment)
{
  LiaPushFile *sent = lia_push_file_new ();

  g_set_str (&sent->blob, attachment->blob);
  g_set_str (&sent->name, attachment->name);
  g_set_str (&sent->type, attachment->type);
  sent->size_bytes = attachment->size_bytes;
  sent->metadata = g_str_has_prefix (attachment->type, "image/") ? LIA_METADATA_STRIPPED : LIA_METADATA_STAYS;
  if (g_strcmp0 (attachment->name, refused) == 0)
    g_set_str (&sent->problem, problem);

  return sent;
}

static char *
list_names (GPtrArray *files)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    g_string_append_printf (names, "[%s]", ((LiaAttachment *)files->pdata[i])->name);

  return g_string_free_and_steal (g_steal_pointer (&names));
}

DexFuture *
lia_client_preview_push (LiaClient      *self,
                         LiaPushPreview *wish)
{
  g_autoptr (LiaPushPreview) preview = lia_push_preview_new ();
  g_autofree char *names = list_names (wish->files);
  GListModel      *trackers = lia_client_get_trackers (self);

  sample_client_log (self, "preview %s for %s marker=%s files=%s\n", wish->finding, wish->tracker, wish->marker, names);
  g_set_str (&preview->finding, wish->finding);
  g_set_str (&preview->tracker, wish->tracker);
  g_set_str (&preview->title, *wish->title != '\0' ? wish->title : "The total is wrong");
  g_set_str (&preview->source, *wish->source != '\0' ? wish->source : "## What happens\n> It is not what we agreed.");
  g_set_str (&preview->marker, *wish->marker != '\0' ? wish->marker : "liaison-1");
  g_set_str (&preview->sent_title, preview->title);
  g_set_str (&preview->sent_text, preview->source);
  g_free (preview->hash);
  preview->hash = g_strdup_printf ("hash of %s", names);
  for (guint i = 0; i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (trackers, i);

      preview->is_public = preview->is_public || (g_str_equal (tracker->id, wish->tracker) && tracker->is_public);
    }
  if (offered != NULL)
    g_ptr_array_extend (preview->offered, offered, (GCopyFunc)g_object_ref, NULL);
  g_ptr_array_extend (preview->files, wish->files, (GCopyFunc)g_object_ref, NULL);
  for (guint i = 0; i < wish->files->len; i++)
    g_ptr_array_add (preview->sent_files, make_sent (wish->files->pdata[i]));

  return dex_future_new_take_object (g_steal_pointer (&preview));
}

DexFuture *
lia_client_push_finding (LiaClient      *self,
                         LiaPushPreview *preview)
{
  sample_client_log (self, "push %s to %s marker=%s: %s\n", preview->finding, preview->tracker, preview->marker, preview->hash);

  return dex_future_new_for_string ("p_1");
}

DexFuture *
lia_client_retry_push (LiaClient  *self,
                       const char *push)
{
  return sample_client_answer (self, push);
}

DexFuture *
lia_client_cancel_push (LiaClient  *self,
                        const char *push)
{
  return sample_client_answer (self, push);
}

DexFuture *
lia_client_link_finding (LiaClient  *self,
                         const char *finding,
                         const char *tracker,
                         const char *key)
{
  return sample_client_answer (self, key);
}

DexFuture *
lia_client_unlink_finding (LiaClient  *self,
                           const char *finding,
                           const char *issue)
{
  return sample_client_answer (self, issue);
}

DexFuture *
lia_client_get_issues (LiaClient  *self,
                       const char *conversation,
                       const char *customer)
{
  return dex_future_new_take_object (lia_value_page_new (LIA_TYPE_ISSUE));
}

DexFuture *
lia_client_search_issues (LiaClient  *self,
                          const char *tracker,
                          const char *text)
{
  return dex_future_new_take_object (lia_value_page_new (LIA_TYPE_ISSUE));
}

DexFuture *
lia_client_finish_question (LiaClient  *self,
                            const char *entry)
{
  return sample_client_answer (self, "finish-question");
}

static GPtrArray *ledger;

void
sample_push_set_ledger (GPtrArray *pushes)
{
  g_clear_pointer (&ledger, g_ptr_array_unref);
  ledger = pushes != NULL ? g_ptr_array_ref (pushes) : NULL;
}

DexFuture *
lia_client_get_pushes (LiaClient  *self,
                       const char *finding,
                       const char *before)
{
  LiaValuePage *page = lia_value_page_new (LIA_TYPE_PUSH);

  for (guint i = 0; ledger != NULL && i < ledger->len; i++)
    g_list_store_append (page->values, ledger->pdata[i]);

  return dex_future_new_take_object (page);
}

DexFuture *
lia_client_retract_push (LiaClient  *self,
                         const char *push)
{
  sample_client_log (self, "withdraw %s\n", push);

  return dex_future_new_true ();
}
