/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-format.h"
#include "lia-greeting.h"
#include "lia-response-traces.h"
#include "lia-time.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * What is better said before a message goes out: it greets somebody else, or says what was sent here before. A quiet bar says so while the text is
 * written; one that was closed does not come back for the same. Nothing is kept from going out: with a wrong name the first try to send stops
 * and says why, the next one sends.
 */

#define CHECK_AFTER_MS 200
#define MIN_SAME_CHARS 60 /* "Kind regards" is said twice */

static void
add_address (GPtrArray  *names,
             LiaAddress *address)
{
  if (address == NULL)
    return;
  if (address->name != NULL)
    g_ptr_array_add (names, g_strdup (address->name));
  if (address->address != NULL)
    g_ptr_array_add (names, g_strdup (address->address));
}

static void
add_entry_addresses (GPtrArray       *names,
                     LiaAddressEntry *entry)
{
  g_autoptr (GPtrArray) addresses = lia_address_entry_dup_addresses (entry);

  for (guint i = 0; i < addresses->len; i++)
    add_address (names, addresses->pdata[i]);
}

/* The customer, whom it goes to, and who wrote here; ended by NULL, the customer's name first */
static GPtrArray *
list_names (LiaComposer *self)
{
  GPtrArray       *names = g_ptr_array_new_with_free_func (g_free);
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);
  LiaAddress      *customer = conversation != NULL ? conversation->customer : NULL;

  g_ptr_array_add (names, g_strdup (customer != NULL && customer->name != NULL ? customer->name : ""));
  add_address (names, customer);
  add_entry_addresses (names, self->to_entry);
  add_entry_addresses (names, self->cc_entry);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (entry->direction == LIA_DIRECTION_IN)
        add_address (names, entry->author);
    }
  g_ptr_array_add (names, NULL);

  return names;
}

/* (transfer full) (nullable): the greeting, when it is wrong. @right: (out): what could stand there */
static LiaGreeting *
find_wrong_name (LiaComposer *self,
                 char       **customer,
                 char       **right)
{
  g_autofree char *body = lia_composer_dup_body (self);
  g_autoptr (LiaGreeting) greeting = lia_greeting_find (body);
  g_autoptr (GPtrArray) names = greeting != NULL ? list_names (self) : NULL;

  if (greeting == NULL || !lia_greeting_is_wrong (greeting, (const char *const *)names->pdata))
    return NULL;

  *customer = g_strdup (names->pdata[0]);
  *right = lia_greeting_dup_right (greeting, names->pdata[0]);

  return g_steal_pointer (&greeting);
}

/* Its longest paragraph, which says what it is about; NULL: none is long enough */
static char *
dup_core (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *longest = "";

  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (g_strstrip (lines[i])) > strlen (longest))
      longest = lines[i];

  return g_utf8_strlen (longest, -1) >= MIN_SAME_CHARS ? g_strdup (longest) : NULL;
}

/* (transfer full) (nullable): the newest message of ours that says the same, as typed text shows it */
static LiaEntry *
find_same_text (LiaComposer *self)
{
  g_autofree char *body = lia_composer_dup_body (self);
  g_autofree char *core = dup_core (body);

  if (core == NULL)
    return NULL;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->model)); i > 0; i--)
    {
      g_autoptr (LiaEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), i - 1);

      if (entry->direction == LIA_DIRECTION_OUT && entry->kind != LIA_ENTRY_CALL && entry->send_state != LIA_SEND_CANCELLED && entry->text != NULL &&
          strstr (entry->text, core) != NULL)
        return g_steal_pointer (&entry);
    }

  return NULL;
}

/* (transfer full) (nullable): a response that went out here is told by its name, however it was edited; what was typed by its text. */
static LiaEntry *
find_sent_before (LiaComposer *self)
{
  g_auto (GStrv) responses = lia_response_fields_dup_bodies (self->fields);
  LiaEntry *sent = lia_response_traces_sent (G_LIST_MODEL (self->model), (const char *const *)responses);

  return sent != NULL ? sent : find_same_text (self);
}

/* @key: what it is about: the same is not said again once it was closed */
static void
show (LiaComposer *self,
      const char  *key,
      const char  *icon_name,
      const char  *title,
      const char  *fix)
{
  g_autofree char *whole_key = g_strconcat (lia_timeline_model_get_id (self->model), " ", key, NULL);

  if (!g_set_str (&self->guarded, whole_key))
    return;
  lia_composer_notice_set_fix (self->guard, fix);
  lia_composer_notice_show (self->guard, icon_name, title, NULL, LIA_NOTICE_CLOSE | (fix != NULL ? LIA_NOTICE_FIX : LIA_NOTICE_NONE));
}

static void
show_wrong_name (LiaComposer *self,
                 const char  *name,
                 const char  *customer,
                 const char  *right)
{
  g_autofree char *title = g_strdup_printf (_ ("This greets %s, but it goes to %s"), name, customer);
  g_autofree char *fix = g_strdup_printf (_ ("_Use “%s”"), right);

  show (self, name, "dialog-warning-symbolic", title, fix);
}

static void
show_sent_before (LiaComposer *self,
                  LiaEntry    *entry)
{
  LiaAgent        *me = self->client != NULL ? lia_client_get_me (self->client) : NULL;
  g_autofree char *moment = lia_format_moment (entry->at_ms, lia_time_now ());
  g_autofree char *title = NULL;

  if (me != NULL && g_strcmp0 (entry->author_id, me->id) == 0)
    title = g_strdup_printf (_ ("You sent this answer here already: %s"), moment);
  else
    title = g_strdup_printf (_ ("This answer was sent here already: %s"), moment);
  show (self, entry->id, "dialog-information-symbolic", title, NULL);
}

/** lia_composer_check_guards: says what is to be said of the text as it stands there now, or nothing any more. */
void
lia_composer_check_guards (LiaComposer *self)
{
  g_autoptr (LiaGreeting) greeting = NULL;
  g_autoptr (LiaEntry) before = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *right = NULL;
  gboolean         looks = self->open && self->model != NULL && !lia_composer_is_note (self);

  g_clear_handle_id (&self->guard_source, g_source_remove);
  greeting = looks ? find_wrong_name (self, &customer, &right) : NULL;
  before = looks && greeting == NULL ? find_sent_before (self) : NULL;
  if (greeting != NULL)
    show_wrong_name (self, greeting->name, customer, right);
  else if (before != NULL)
    show_sent_before (self, before);
  else if (g_set_str (&self->guarded, NULL))
    lia_composer_notice_hide (self->guard);
}

/** lia_composer_guard_stops: whether a wrong name keeps the text from going out this time; the bar says so, and the next time it goes. */
gboolean
lia_composer_guard_stops (LiaComposer *self)
{
  g_autoptr (LiaGreeting) greeting = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *right = NULL;
  g_autofree char *words = NULL;

  lia_composer_check_guards (self);
  greeting = self->guarded != NULL && lia_composer_notice_is_shown (self->guard) ? find_wrong_name (self, &customer, &right) : NULL;
  if (greeting == NULL || !g_set_str (&self->guard_stopped, self->guarded))
    return FALSE;

  words = g_strdup_printf (_ ("Not sent: this greets %s, but it goes to %s. Send it again to send it as it is."), greeting->name, customer);
  lia_composer_hint (self, words, TRUE);

  return TRUE;
}

/** lia_composer_use_name: greets the customer instead, as one step of undo. */
void
lia_composer_use_name (LiaComposer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->body_buffer);
  g_autoptr (LiaGreeting) greeting = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *right = NULL;
  GtkTextIter      start, end;

  greeting = self->open && self->model != NULL ? find_wrong_name (self, &customer, &right) : NULL;
  if (greeting == NULL)
    return;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int)greeting->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int)greeting->end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, right, -1);
  gtk_text_buffer_end_user_action (buffer);
  lia_composer_check_guards (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

static void
check_cb (gpointer data)
{
  LiaComposer *self = data;

  self->guard_source = 0;
  lia_composer_check_guards (self);
}

static void
on_changed_cb (LiaComposer *self)
{
  if (self->guard_source == 0)
    self->guard_source = g_timeout_add_once (CHECK_AFTER_MS, check_cb, self);
}

void
lia_composer_init_guards (LiaComposer *self)
{
  g_signal_connect_object (self->body_buffer, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}
