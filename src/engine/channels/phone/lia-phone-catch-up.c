/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-catch-up.h"

#include "lia-async.h"

/*
 * One fiber: a day of notes at a time, of which so many calls as fit into one commit are written together. What somebody says or asks meanwhile comes
 * between two of these. Calls that go on, or whose end is being written, are left alone: their note is found again at the next look.
 */

#define TOGETHER 50
#define SETTLE_MS 500       /* a queue that the PBX has just told of becomes one of ours */
#define SECOND_LOOK_MS 2000 /* what was just being written when the link came up */
#define LOOK_MS (60 * 1000)
#define RECENT_DAYS 2 /* a call may end at midnight */

struct _LiaPhoneCatchUp
{
  GObject parent_instance;

  LiaPhoneLine *line; /* it owns us */
  LiaStore     *store;
  gint64        channel_id;
  DexPromise   *wake;
  guint         days; /* to look through next time */
  gboolean      stopped;
};

G_DEFINE_FINAL_TYPE (LiaPhoneCatchUp, lia_phone_catch_up, G_TYPE_OBJECT)

static void
wake (LiaPhoneCatchUp *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

static void
doze (LiaPhoneCatchUp *self,
      guint            timeout_ms)
{
  dex_await (dex_future_first (dex_ref (DEX_FUTURE (self->wake)), dex_timeout_new_msec ((int)timeout_ms), NULL), NULL);
  if (!dex_future_is_pending (DEX_FUTURE (self->wake)))
    {
      dex_clear (&self->wake);
      self->wake = dex_promise_new ();
    }
}

static gboolean
is_up (LiaPhoneCatchUp *self)
{
  return !self->stopped && lia_phone_provider_get_link (lia_phone_line_get_provider (self->line))->state == LIA_PHONE_LINK_UP;
}

static DexFuture *
write_note (LiaPhoneCatchUp *self,
            LiaCall         *left)
{
  g_autoptr (LiaCall) call = lia_phone_line_translate (self->line, left);
  LiaPhoneRecord *record = lia_phone_line_new_record (self->line, call);

  return lia_store_write (self->store, lia_phone_record_write_left, record, lia_phone_record_free, g_object_unref);
}

/* @left: of LiaCall. What could not be kept stays noted, and is tried again; what is no concern of ours is forgotten. */
static void
keep_some (LiaPhoneCatchUp *self,
           GPtrArray       *left,
           guint            from)
{
  g_autoptr (GPtrArray) tried = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < MIN (left->len, from + TOGETHER); i++)
    {
      LiaCall *call = left->pdata[i];

      if (lia_phone_line_find_call (self->line, call->uniqueid) != NULL)
        continue;
      if (lia_phone_line_is_others (self->line, call))
        {
          g_ptr_array_add (kept, g_object_ref (call));
          continue;
        }
      g_ptr_array_add (tried, g_object_ref (call));
      g_ptr_array_add (writes, write_note (self, call));
    }
  for (guint i = 0; i < writes->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiaCall) known = lia_store_await (dex_ref (writes->pdata[i]), &error);

      if (known != NULL)
        g_ptr_array_add (kept, g_object_ref (tried->pdata[i]));
      else
        g_warning ("a call that was missed could not be kept: %s", error->message);
    }
  if (kept->len > 0 && !self->stopped)
    lia_phone_line_wake_fetcher (self->line);
  if (kept->len > 0 && is_up (self))
    dex_await (lia_phone_provider_forget_left (lia_phone_line_get_provider (self->line), kept), NULL);
}

/* FALSE: it is to be done once more. */
static gboolean
look_through (LiaPhoneCatchUp *self,
              guint            day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) left = dex_await_boxed (lia_phone_provider_list_left (lia_phone_line_get_provider (self->line), day), &error);

  if (left == NULL)
    g_debug ("no notes of day %u: %s", day, error->message);
  for (guint i = 0; left != NULL && i < left->len && is_up (self); i += TOGETHER)
    keep_some (self, left, i);

  return left != NULL && is_up (self);
}

/* From the oldest on, so that who got through after all settles what was before. Returns when to look again, in ms. */
static guint
look (LiaPhoneCatchUp *self)
{
  const guint days = self->days;

  self->days = RECENT_DAYS;
  if (days > RECENT_DAYS)
    dex_await (dex_timeout_new_msec (SETTLE_MS), NULL);
  for (guint day = days; day-- > 0;)
    {
      if (is_up (self) && look_through (self, day))
        continue;
      self->days = MAX (self->days, days);
      break;
    }

  return days > self->days ? SECOND_LOOK_MS : LOOK_MS;
}

static DexFuture *
life_fiber (gpointer data)
{
  LiaPhoneCatchUp *self = data;

  while (!self->stopped)
    doze (self, is_up (self) ? look (self) : LOOK_MS);

  return dex_future_new_for_boolean (TRUE);
}

void
lia_phone_catch_up_start (LiaPhoneCatchUp *self)
{
  dex_future_disown (lia_spawn (life_fiber, g_object_ref (self), g_object_unref));
}

void
lia_phone_catch_up_look_back (LiaPhoneCatchUp *self)
{
  self->days = LIA_PHONE_LEFT_DAYS;
  wake (self);
}

void
lia_phone_catch_up_stop (LiaPhoneCatchUp *self)
{
  self->stopped = TRUE;
  wake (self);
}

LiaPhoneCatchUp *
lia_phone_catch_up_new (LiaPhoneLine *line,
                        LiaStore     *store,
                        gint64        channel_id)
{
  LiaPhoneCatchUp *self = g_object_new (LIA_TYPE_PHONE_CATCH_UP, NULL);

  self->line = line;
  self->store = g_object_ref (store);
  self->channel_id = channel_id;

  return self;
}

static void
lia_phone_catch_up_finalize (GObject *object)
{
  LiaPhoneCatchUp *self = LIA_PHONE_CATCH_UP (object);

  dex_clear (&self->wake);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_phone_catch_up_parent_class)->finalize (object);
}

static void
lia_phone_catch_up_class_init (LiaPhoneCatchUpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_phone_catch_up_finalize;
}

static void
lia_phone_catch_up_init (LiaPhoneCatchUp *self)
{
  self->wake = dex_promise_new ();
  self->days = LIA_PHONE_LEFT_DAYS;
}
