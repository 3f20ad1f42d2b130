/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-desk-private.h"

#include "lia-time.h"

/*
 * What an agent has said last has to be so at each PBX. It is owed until the PBX has agreed: asked for as soon as there is a link, and again when it
 * was refused or not answered. Only the newest wish counts.
 */

#define RETRY_MS 2000 /* doubled each time */
#define MOST_DOUBLINGS 4

typedef struct
{
  LiaPhoneSeat *seat;
  char         *pbx;
  guint         number; /* of the newest wish that was sent */
  guint         tries;
  guint         timer;
  gboolean      owed;
  DexFuture    *asked; /* the newest one on its way */
} Wish;

typedef struct
{
  LiaPhoneSeat *seat;
  char         *pbx;
  guint         number;
} Sent;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_clear_handle_id (&wish->timer, g_source_remove);
  dex_clear (&wish->asked);
  g_free (wish->pbx);
  g_free (wish);
}

static void
sent_free (gpointer data)
{
  Sent *sent = data;

  lia_phone_seat_unref (sent->seat);
  g_free (sent->pbx);
  g_free (sent);
}

/** lia_phone_wishes_new: (transfer full): for a seat. */
GHashTable *
lia_phone_wishes_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, wish_free);
}

static Wish *
ensure_wish (LiaPhoneSeat *self,
             const char   *pbx)
{
  Wish *wish = g_hash_table_lookup (self->wishes, pbx);

  if (wish != NULL)
    return wish;

  wish = g_new0 (Wish, 1);
  wish->seat = self;
  wish->pbx = g_strdup (pbx);
  g_hash_table_insert (self->wishes, wish->pbx, wish);

  return wish;
}

static LiaPhoneLine *
find_line (LiaPhoneDesk *desk,
           const char   *pbx)
{
  for (guint i = 0; i < desk->lines->len; i++)
    {
      if (g_str_equal (lia_phone_line_get_id (desk->lines->pdata[i]), pbx))
        return desk->lines->pdata[i];
    }

  return NULL;
}

gboolean
lia_phone_seat_is_away (LiaPhoneSeat *self)
{
  return !g_str_equal (self->availability, "available");
}

/** lia_phone_seat_get_pause: (transfer none): what a PBX is to show as the reason; "" while the agent is there. */
const char *
lia_phone_seat_get_pause (LiaPhoneSeat *self)
{
  if (!lia_phone_seat_is_away (self))
    return "";
  if (g_str_equal (self->availability, "wrap-up"))
    return LIA_WRAPUP_REASON;

  return self->reason[0] != '\0' ? self->reason : self->availability;
}

/* Asking ---------------------------------------------------------------------------------------------------------------------------------- */

static DexFuture *on_answered (DexFuture *future,
                               gpointer   data);

static LiaPhoneCommand *
new_command (LiaPhoneSeat *self,
             const char   *member)
{
  LiaPhoneCommand *command = lia_phone_command_new (LIA_PHONE_PAUSE);

  g_set_str (&command->target, member);
  g_set_str (&command->text, lia_phone_seat_get_pause (self));
  command->on = lia_phone_seat_is_away (self);

  return command;
}

/* Without a link nothing is sent: its coming up asks for what is owed. */
static void
send_wish (Wish *wish)
{
  LiaPhoneSeat     *seat = wish->seat;
  LiaPhoneLine     *line = find_line (seat->desk, wish->pbx);
  LiaAgent         *agent = lia_phone_setup_find_agent (seat->desk->setup, seat->agent);
  LiaPhoneProvider *provider = line != NULL ? lia_phone_line_get_provider (line) : NULL;
  g_autoptr (LiaPhoneCommand) command = NULL;
  Sent *sent;

  if (provider == NULL || agent == NULL || lia_phone_provider_get_link (provider)->state != LIA_PHONE_LINK_UP)
    return;

  command = new_command (seat, lia_phone_setup_member_of (agent));
  sent = g_new0 (Sent, 1);
  sent->seat = lia_phone_seat_ref (seat);
  sent->pbx = g_strdup (wish->pbx);
  sent->number = ++wish->number;
  seat->asked_ms = lia_time_now ();
  dex_clear (&wish->asked);
  wish->asked = dex_future_finally (lia_phone_provider_run (provider, command), on_answered, sent, sent_free);
}

static gboolean
on_retry_cb (gpointer data)
{
  Wish *wish = data;

  wish->timer = 0;
  send_wish (wish);

  return G_SOURCE_REMOVE;
}

/* A telephone that is in no queue rings for none: there is nothing to pause. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_NO_TARGET) || g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNSUPPORTED);
}

static DexFuture *
on_answered (DexFuture *future,
             gpointer   data)
{
  Sent *sent = data;
  Wish *wish = sent->seat->desk != NULL ? g_hash_table_lookup (sent->seat->wishes, sent->pbx) : NULL;
  g_autoptr (GError) error = NULL;
  const gboolean is_done = dex_future_get_value (future, &error) != NULL || is_final (error);

  if (wish == NULL || wish->number != sent->number || wish->timer != 0)
    return dex_future_new_for_boolean (TRUE);
  if (is_done)
    {
      wish->owed = FALSE;
      wish->tries = 0;
      return dex_future_new_for_boolean (TRUE);
    }

  if (wish->tries == 0)
    g_message ("the telephone system %s was asked to %s %s, and is asked again: %s", wish->pbx,
               lia_phone_seat_is_away (wish->seat) ? "pause" : "ring", wish->seat->agent, error->message);
  wish->timer = g_timeout_add (RETRY_MS << MIN (wish->tries, MOST_DOUBLINGS), on_retry_cb, wish);
  wish->tries++;

  return dex_future_new_for_boolean (TRUE);
}

/** lia_phone_seat_wish_of: that the telephones of one PBX are as the agent is. */
void
lia_phone_seat_wish_of (LiaPhoneSeat *self,
                        LiaPhoneLine *line)
{
  LiaAgent *agent = lia_phone_setup_find_agent (self->desk->setup, self->agent);
  Wish     *wish;

  if (agent == NULL || lia_phone_setup_member_of (agent)[0] == '\0')
    return;
  wish = ensure_wish (self, lia_phone_line_get_id (line));
  g_clear_handle_id (&wish->timer, g_source_remove);
  wish->tries = 0;
  wish->owed = TRUE;
  send_wish (wish);
}

/** lia_phone_seat_wish: the same of all PBXs. */
void
lia_phone_seat_wish (LiaPhoneSeat *self)
{
  for (guint i = 0; i < self->desk->lines->len; i++)
    lia_phone_seat_wish_of (self, self->desk->lines->pdata[i]);
}

/** lia_phone_seat_is_owed: whether what the agent has said has not arrived there yet; what that PBX tells is then older. */
gboolean
lia_phone_seat_is_owed (LiaPhoneSeat *self,
                        LiaPhoneLine *line)
{
  const Wish *wish = g_hash_table_lookup (self->wishes, lia_phone_line_get_id (line));

  return wish != NULL && wish->owed;
}

/** lia_phone_seat_add_asked: adds a reference to what is on its way to each PBX. */
void
lia_phone_seat_add_asked (LiaPhoneSeat *self,
                          GPtrArray    *futures)
{
  GHashTableIter iter;
  Wish          *wish;

  g_hash_table_iter_init (&iter, self->wishes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&wish))
    if (wish->asked != NULL)
      g_ptr_array_add (futures, dex_ref (wish->asked));
}
