/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-phone-keeper.h"

#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _LiaPhoneKeeper
{
  GObject parent_instance;

  LiaClient *client;
  GSettings *settings;
  LiaPhone  *phone;     /* or NULL: there is none in this app */
  char      *account;   /* what the telephone was connected with, without the secret */
  char      *address;   /* of its account: "ann@pbx.example.org" */
  char      *authority; /* a file, or NULL */
  gboolean   waits;     /* with another account, for the end of a call */
};

enum {
  PROP_0,
  PROP_PHONE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPhoneKeeper, lia_phone_keeper, G_TYPE_OBJECT)

static void load_account (LiaPhoneKeeper *self);

static void
on_phone_state_changed_cb (LiaPhoneKeeper *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_phone (LiaPhoneKeeper *self,
           LiaPhone       *phone)
{
  if (!g_set_object (&self->phone, phone))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHONE]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
drop_phone (LiaPhoneKeeper *self)
{
  if (self->phone == NULL)
    return;
  g_signal_handlers_disconnect_by_data (lia_phone_get_calls (self->phone), self);
  g_signal_handlers_disconnect_by_data (self->phone, self);
  lia_phone_disconnect (self->phone);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->address, g_free);
  set_phone (self, NULL);
}

static void
on_calls_changed_cb (LiaPhoneKeeper *self)
{
  if (!self->waits || lia_phone_keeper_count_calls (self) > 0)
    return;
  self->waits = FALSE;
  load_account (self);
}

/** lia_phone_keeper_use_phone: @phone: connected, or about to be. From now on it is the telephone in the app. */
void
lia_phone_keeper_use_phone (LiaPhoneKeeper *self,
                            LiaPhone       *phone)
{
  drop_phone (self);
  g_signal_connect_object (phone, "notify::state", G_CALLBACK (on_phone_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_phone_get_calls (phone), "items-changed", G_CALLBACK (on_calls_changed_cb), self, G_CONNECT_SWAPPED);
  set_phone (self, phone);
}

static LiaPhone *
make_phone (LiaPhoneKeeper *self)
{
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new ();

  g_settings_bind (self->settings, "phone-microphone", audio, "microphone", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "phone-loudspeaker", audio, "loudspeaker", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "phone-ringer", audio, "ringer", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "phone-cancel-echo", audio, "cancels-echo", G_SETTINGS_BIND_GET);

  return lia_phone_new (audio);
}

static void
forget_authority (LiaPhoneKeeper *self)
{
  if (self->authority != NULL)
    g_unlink (self->authority);
  g_clear_pointer (&self->authority, g_free);
}

/* The telephone wants a file. */
static void
write_authority (LiaPhoneKeeper *self,
                 const char     *pem)
{
  g_autoptr (GError) error = NULL;
  int file;

  forget_authority (self);
  if (pem == NULL)
    return;
  file = g_file_open_tmp ("liaison-authority-XXXXXX.pem", &self->authority, &error);
  if (file < 0 || !g_close (file, &error) || !g_file_set_contents (self->authority, pem, -1, &error))
    g_warning ("The telephone’s authority cannot be kept: %s", error->message);
}

static void
connect_phone (LiaPhoneKeeper *self,
               LiaSoftphone   *softphone)
{
  g_autoptr (LiaPhoneAccount) account = g_new0 (LiaPhoneAccount, 1);
  LiaAgent *me = lia_client_get_me (self->client);

  write_authority (self, softphone->ca);
  g_free (self->address);
  self->address = g_strdup_printf ("%s@%s", softphone->user, softphone->server);
  account->server = g_strdup (softphone->server);
  account->port = (guint)softphone->port;
  account->transport = g_str_equal (softphone->transport, "tls") ? LIA_PHONE_TLS : g_str_equal (softphone->transport, "tcp") ? LIA_PHONE_TCP
                                                                                                                             : LIA_PHONE_UDP;
  account->user = g_strdup (softphone->user);
  account->secret = g_strdup (softphone->secret);
  account->name = me != NULL ? g_strdup (me->name) : NULL;
  account->authority = g_strdup (self->authority);
  lia_phone_connect (self->phone, account);
}

static char *
fingerprint (LiaSoftphone *softphone)
{
  g_autofree char *all = g_strdup_printf ("%s\n%d\n%s\n%s\n%s\n%s", softphone->server, (int)softphone->port, softphone->transport, softphone->user,
                                          softphone->secret, softphone->ca != NULL ? softphone->ca : "");

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

static void
use_account (LiaPhoneKeeper *self,
             LiaSoftphone   *softphone)
{
  g_autofree char *account = fingerprint (softphone);

  if (self->phone == NULL)
    {
      g_autoptr (LiaPhone) phone = make_phone (self);

      lia_phone_keeper_use_phone (self, phone);
    }
  g_free (self->account);
  self->account = g_steal_pointer (&account);
  connect_phone (self, softphone);
}

static gboolean
is_used (LiaPhoneKeeper *self,
         LiaSoftphone   *softphone)
{
  g_autofree char *account = softphone != NULL ? fingerprint (softphone) : NULL;

  return softphone != NULL ? self->phone != NULL && g_strcmp0 (account, self->account) == 0 : self->phone == NULL;
}

/* Another account, or none any more, ends the calls: it waits until there is none. */
static void
account_loaded_cb (gpointer      owner,
                   const GValue *value,
                   GError       *error,
                   gpointer      data)
{
  LiaPhoneKeeper *self = owner;
  LiaSoftphone   *softphone = error == NULL ? g_value_get_object (value) : NULL;

  /* No answer: what is connected stays so. */
  if (error != NULL && !g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    return;

  self->waits = !is_used (self, softphone) && lia_phone_keeper_count_calls (self) > 0;
  if (self->waits || is_used (self, softphone))
    return;
  if (softphone != NULL)
    use_account (self, softphone);
  else
    drop_phone (self);
}

static void
load_account (LiaPhoneKeeper *self)
{
  if (lia_client_get_state (self->client) == LIA_CLIENT_LIVE)
    lia_then (lia_client_get_softphone (self->client), self, account_loaded_cb, NULL, NULL);
}

/** lia_phone_keeper_get_address: (nullable): as whom, and where, the telephone in this app registers: "ann@pbx.example.org". */
const char *
lia_phone_keeper_get_address (LiaPhoneKeeper *self)
{
  return self->address;
}

/** lia_phone_keeper_get_phone: (transfer none) (nullable). */
LiaPhone *
lia_phone_keeper_get_phone (LiaPhoneKeeper *self)
{
  return self->phone;
}

/** lia_phone_keeper_try_again: with what was refused, or did not reach the telephone system, and without waiting. */
void
lia_phone_keeper_try_again (LiaPhoneKeeper *self)
{
  if (self->phone != NULL)
    lia_phone_try_again (self->phone);
}

/** lia_phone_keeper_count_calls: that go on at the telephone in the app. */
guint
lia_phone_keeper_count_calls (LiaPhoneKeeper *self)
{
  return self->phone != NULL ? g_list_model_get_n_items (lia_phone_get_calls (self->phone)) : 0;
}

static DexFuture *
account_set_cb (DexFuture *future,
                gpointer   user_data)
{
  LiaPhoneKeeper *self = user_data;

  /* Also where nothing has changed: one that was refused is to try again. */
  g_clear_pointer (&self->account, g_free);
  load_account (self);

  return dex_future_new_true ();
}

/**
 * lia_phone_keeper_set_account:
 * @account: (nullable): NULL: the telephone on the desk is used
 *
 * Has the engine keep where the telephone in this app registers, and connects it. That drops calls, so it is refused with
 * %LIA_PROBLEM_VALIDATION while there is one.
 */
DexFuture *
lia_phone_keeper_set_account (LiaPhoneKeeper *self,
                              LiaSoftphone   *account)
{
  LiaAgent *me = lia_client_get_me (self->client);

  if (lia_phone_keeper_count_calls (self) > 0)
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "%s", _ ("you are in a call"));
  if (me == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "There is no connection to the engine");

  return dex_future_then (lia_client_set_softphone (self->client, me->id, account), account_set_cb, g_object_ref (self), g_object_unref);
}

LiaPhoneKeeper *
lia_phone_keeper_new (LiaClient *client,
                      GSettings *settings)
{
  LiaPhoneKeeper *self = g_object_new (LIA_TYPE_PHONE_KEEPER, NULL);

  self->client = g_object_ref (client);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (load_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (load_account), self, G_CONNECT_SWAPPED);
  load_account (self);

  return self;
}

static void
lia_phone_keeper_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_object (value, LIA_PHONE_KEEPER (object)->phone);
}

static void
lia_phone_keeper_dispose (GObject *object)
{
  LiaPhoneKeeper *self = LIA_PHONE_KEEPER (object);

  drop_phone (self);
  forget_authority (self);
  g_clear_object (&self->client);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lia_phone_keeper_parent_class)->dispose (object);
}

static void
lia_phone_keeper_class_init (LiaPhoneKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_phone_keeper_dispose;
  object_class->get_property = lia_phone_keeper_get_property;

  properties[PROP_PHONE] = g_param_spec_object ("phone", NULL, NULL, LIA_TYPE_PHONE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIA_TYPE_PHONE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_phone_keeper_init (LiaPhoneKeeper *self)
{
}
