/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the two hear of each other: the devices, and key tones. */

#include "lia-phone-call-private.h"

#include <string.h>

/* How long a key is heard, and the silence after it: ITU-T Q.24 asks for 40 ms each, machines at the other end for more. */
enum {
  KEY_MS = 160,
  KEY_PAUSE_MS = 90,
};

/* lia_phone_call_start_sound: as was agreed on; a call in which neither can hear the other ends. */
void
lia_phone_call_start_sound (LiaPhoneCall *self)
{
  g_autoptr (GError) error = NULL;

  if (self->theirs == NULL || (self->theirs->secure && self->ours == NULL))
    return;

  if (!lia_phone_media_start (self->media, self->theirs, self->ours, &error))
    {
      g_warning ("A call has no sound: %s", error->message);
      if (self->handle != NULL)
        nua_bye (self->handle, TAG_END ());
      lia_phone_call_finish (self, LIA_PHONE_END_NO_SOUND);
    }
}

static void
on_level (LiaPhoneMedia *media,
          double         level,
          LiaPhoneCall  *self)
{
  self->level = level;
  g_object_notify (G_OBJECT (self), "level");
}

static void
set_sound (LiaPhoneCall *self,
           LiaPhoneSound sound)
{
  self->sound = sound;
  g_object_notify (G_OBJECT (self), "sound");
}

/* A device is gone: once more with others, rather than a call in which neither hears the other. */
static void
on_failed (LiaPhoneMedia *media,
           const char    *problem,
           LiaPhoneCall  *self)
{
  g_autoptr (LiaPhoneCall) alive = g_object_ref (self);

  g_info ("The sound of a call goes on without a device: %s", problem);
  lia_phone_media_stop (media);
  if (self->sound != LIA_PHONE_SOUND_CHOSEN)
    {
      set_sound (self, LIA_PHONE_SOUND_NONE);
      return;
    }

  lia_phone_media_use_default (media);
  set_sound (self, LIA_PHONE_SOUND_DEFAULT);
  lia_phone_call_start_sound (self);
}

/* lia_phone_call_follow_sound: once, when its media is known. */
void
lia_phone_call_follow_sound (LiaPhoneCall *self)
{
  g_signal_connect_object (self->media, "level", G_CALLBACK (on_level), self, 0);
  g_signal_connect_object (self->media, "failed", G_CALLBACK (on_failed), self, 0);
}

static int
key_of (char c)
{
  static const char keys[] = "0123456789*#ABCD";
  const char       *found = c != '\0' ? strchr (keys, g_ascii_toupper (c)) : NULL;

  return found != NULL ? (int)(found - keys) : -1;
}

static void
next_key (gpointer user_data)
{
  LiaPhoneCall *self = user_data;

  self->key_timeout = 0;
  if (self->key_is_down)
    {
      lia_phone_media_set_key (self->media, -1);
      self->key_is_down = FALSE;
      self->key_timeout = g_timeout_add_once (KEY_PAUSE_MS, next_key, self);
    }
  else if (self->keys->len > 0)
    {
      lia_phone_media_set_key (self->media, key_of (self->keys->str[0]));
      g_string_erase (self->keys, 0, 1);
      self->key_is_down = TRUE;
      self->key_timeout = g_timeout_add_once (KEY_MS, next_key, self);
    }
}

/**
 * lia_phone_call_send_keys:
 * @self: a call that was answered
 * @keys: 0 to 9, *, #, A to D; anything else is left out
 *
 * Presses them one after the other (RFC 4733).
 */
void
lia_phone_call_send_keys (LiaPhoneCall *self,
                          const char   *keys)
{
  for (const char *key = keys; *key != '\0'; key++)
    {
      if (key_of (*key) >= 0)
        g_string_append_c (self->keys, *key);
    }

  if (self->key_timeout == 0 && self->state == LIA_PHONE_CALL_TALKING)
    next_key (self);
}
