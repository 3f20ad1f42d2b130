/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers who are to be told of a fix, in memory: nobody, until a test says who. What is sent is written into the client's log. */
#include "sample-client.h"
#include "sample-notices.h"

#include "lia-client-notices.h"
#include "lia-notices-watch.h"
#include "lia-value-page.h"

struct _LiaNoticesWatch
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (LiaNoticesWatch, lia_notices_watch, G_TYPE_OBJECT)

static GPtrArray       *due;   /* of LiaNotice */
static LiaNoticesWatch *watch; /* the last one */

static void
lia_notices_watch_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_uint (value, lia_notices_watch_get_due (LIA_NOTICES_WATCH (object)));
}

static void
lia_notices_watch_class_init (LiaNoticesWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = lia_notices_watch_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_uint ("due", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("changed", LIA_TYPE_NOTICES_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_notices_watch_init (LiaNoticesWatch *self)
{
}

LiaNoticesWatch *
lia_notices_watch_new (LiaClient *client)
{
  LiaNoticesWatch *self = g_object_new (LIA_TYPE_NOTICES_WATCH, NULL);

  g_set_weak_pointer (&watch, self);

  return self;
}

guint
lia_notices_watch_get_due (LiaNoticesWatch *self)
{
  return due != NULL ? due->len : 0;
}

static void
tell_changed (void)
{
  if (watch == NULL)
    return;
  g_object_notify (G_OBJECT (watch), "due");
  g_signal_emit_by_name (watch, "changed");
}

/** sample_notices_set: @notices: (nullable) (element-type LiaNotice): who is to be told from now on */
void
sample_notices_set (GPtrArray *notices)
{
  g_clear_pointer (&due, g_ptr_array_unref);
  due = notices != NULL ? g_ptr_array_ref (notices) : NULL;
  tell_changed ();
}

DexFuture *
lia_client_get_notices (LiaClient  *self,
                        const char *state,
                        const char *finding,
                        const char *after)
{
  LiaValuePage *page = lia_value_page_new (LIA_TYPE_NOTICE);

  for (guint i = 0; due != NULL && g_str_equal (state, "due") && i < due->len; i++)
    g_list_store_append (page->values, due->pdata[i]);

  return dex_future_new_take_object (page);
}

static void
drop (const char *id)
{
  for (guint i = 0; due != NULL && i < due->len; i++)
    {
      if (g_str_equal (((LiaNotice *)due->pdata[i])->id, id))
        {
          g_ptr_array_remove_index (due, i);
          break;
        }
    }
  tell_changed ();
}

DexFuture *
lia_client_send_notice (LiaClient   *self,
                        const char  *key,
                        LiaNotice   *notice,
                        LiaNoticeWay way,
                        gboolean     anyway,
                        gboolean     many)
{
  DexFuture *answer;

  sample_client_log (self, "tell %s by %s%s: “%s”", notice->id, lia_notice_way_to_string (way), anyway ? " anyway" : "", notice->body);
  answer = sample_client_answer (self, "told");
  if (!dex_future_is_rejected (answer))
    drop (notice->id);

  return dex_future_is_rejected (answer) ? answer : (dex_unref (answer), dex_future_new_for_string (way == LIA_NOTICE_BY_EMAIL ? "o_9" : NULL));
}

DexFuture *
lia_client_save_notice (LiaClient *self,
                        LiaNotice *notice)
{
  sample_client_log (self, "keep %s: “%s”", notice->id, notice->body);

  return sample_client_answer (self, "kept");
}

DexFuture *
lia_client_skip_notice (LiaClient  *self,
                        const char *notice,
                        const char *reason)
{
  sample_client_log (self, "skip %s: %s", notice, reason);
  drop (notice);

  return sample_client_answer (self, "skipped");
}

DexFuture *
lia_client_restore_notice (LiaClient  *self,
                           const char *notice)
{
  return sample_client_answer (self, notice);
}

DexFuture *
lia_client_snooze_notice (LiaClient  *self,
                          const char *notice,
                          gint64      until_ms)
{
  return sample_client_answer (self, notice);
}
