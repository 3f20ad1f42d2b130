/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Issue trackers in memory: none is set up, and nothing leaves. */
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

GListModel *
lia_client_get_trackers (LiaClient *self)
{
  static GListStore *none = NULL;

  if (none == NULL)
    none = g_list_store_new (LIA_TYPE_TRACKER_SETUP);

  return G_LIST_MODEL (none);
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

DexFuture *
lia_client_preview_push (LiaClient      *self,
                         LiaPushPreview *wish)
{
  return sample_client_answer (self, wish->finding);
}

DexFuture *
lia_client_push_finding (LiaClient      *self,
                         LiaPushPreview *preview)
{
  return sample_client_answer (self, preview->finding);
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
