/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-limits.h"

#include "lia-token-bucket.h"

#include <gio/gio.h>
#include <string.h>

#define SWEEP_EVERY 1024 /* new ones */

static const struct
{
  guint size;
  guint refill_ms;
} limits[LIA_CHAT_LIMIT_N] = {
  [LIA_CHAT_LIMIT_SESSION] = { 10, 6000 },
  [LIA_CHAT_LIMIT_BEGIN_HOST] = { 20, 180000 },
  [LIA_CHAT_LIMIT_BEGIN] = { 3, 1200000 },
  [LIA_CHAT_LIMIT_MESSAGE] = { 10, 3000 },
  [LIA_CHAT_LIMIT_TYPING] = { 1, 3000 },
  [LIA_CHAT_LIMIT_READ] = { 20, 500 },
  [LIA_CHAT_LIMIT_CODE] = { 10, 6000 },
  [LIA_CHAT_LIMIT_CODE_HOST] = { 30, 2000 },
  [LIA_CHAT_LIMIT_CALL] = { 5, 600000 },
  [LIA_CHAT_LIMIT_CALL_HOST] = { 20, 180000 },
  [LIA_CHAT_LIMIT_GUESS] = { 6, 20000 },
  [LIA_CHAT_LIMIT_FILE_HOST] = { 40, 90000 },
  [LIA_CHAT_LIMIT_FILE] = { 10, 180000 },
  [LIA_CHAT_LIMIT_DOWNLOAD] = { 60, 2000 },
  [LIA_CHAT_LIMIT_PAGES] = { 10, 3000 },
  [LIA_CHAT_LIMIT_AFTER] = { 10, 6000 },
  [LIA_CHAT_LIMIT_TALK] = { 4, 1800000 },
  [LIA_CHAT_LIMIT_TALK_HOST] = { 10, 360000 },
  [LIA_CHAT_LIMIT_ANSWERS] = { 30, 2000 },
  [LIA_CHAT_LIMIT_ANSWERS_HOST] = { 120, 500 },
};

struct _LiaChatLimits
{
  GHashTable *buckets; /* char * -> LiaTokenBucket * */
  guint       n_new;
};

LiaChatLimits *
lia_chat_limits_new (void)
{
  LiaChatLimits *self = g_new0 (LiaChatLimits, 1);

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
lia_chat_limits_free (LiaChatLimits *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static gboolean
is_full (gpointer who,
         gpointer bucket,
         gpointer now_ms)
{
  return ((LiaTokenBucket *)bucket)->full_ms <= *(gint64 *)now_ms;
}

static char *
key_of (LiaChatLimit limit,
        const char  *who)
{
  return g_strdup_printf ("%u %s", limit, who);
}

/** lia_chat_limits_take: FALSE when it was too often; then it is not counted. */
gboolean
lia_chat_limits_take (LiaChatLimits *self,
                      LiaChatLimit   limit,
                      const char    *who,
                      gint64         now_ms)
{
  g_autofree char *key = key_of (limit, who);
  LiaTokenBucket  *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket == NULL)
    {
      if (++self->n_new % SWEEP_EVERY == 0)
        g_hash_table_foreach_remove (self->buckets, is_full, &now_ms);
      bucket = g_new0 (LiaTokenBucket, 1);
      g_hash_table_insert (self->buckets, g_steal_pointer (&key), bucket);
    }

  return lia_token_bucket_take (bucket, 1, limits[limit].size, limits[limit].refill_ms, now_ms);
}

/** lia_chat_limits_may: whether lia_chat_limits_take() would say yes. */
gboolean
lia_chat_limits_may (LiaChatLimits *self,
                     LiaChatLimit   limit,
                     const char    *who,
                     gint64         now_ms)
{
  g_autofree char *key = key_of (limit, who);
  LiaTokenBucket  *known = g_hash_table_lookup (self->buckets, key);
  LiaTokenBucket   copy = known != NULL ? *known : (LiaTokenBucket){ 0 };

  return lia_token_bucket_take (&copy, 1, limits[limit].size, limits[limit].refill_ms, now_ms);
}

guint
lia_chat_limits_get_n (LiaChatLimits *self)
{
  return g_hash_table_size (self->buckets);
}

/** lia_chat_limits_host: (transfer full): whom an address stands for: of IPv6 the network of one household (/64), which changes the rest at will. */
char *
lia_chat_limits_host (const char *address)
{
  const char *plain = g_str_has_prefix (address, "::ffff:") && strchr (address, '.') != NULL ? address + 7 : address; /* IPv4 in IPv6's clothes */
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (plain);
  g_autoptr (GInetAddress) network = NULL;
  guint8 bytes[16] = { 0 };

  if (inet == NULL)
    return g_strdup ("unknown");
  if (g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (inet);

  memcpy (bytes, g_inet_address_to_bytes (inet), 8);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}
