/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-sdp.h"

#include <string.h>

#define KEY "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"

#define ASTERISK_OFFER                                                                                         \
  "v=0\r\no=- 1 2 IN IP4 192.0.2.7\r\ns=Asterisk\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"                           \
  "m=audio 26056 RTP/AVP 3 8 0 101\r\na=rtpmap:3 GSM/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n" \
  "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=sendrecv\r\n"

static void
test_offer_of_asterisk (void)
{
  g_autoptr (LiaPhoneSession) session = lia_phone_sdp_parse (ASTERISK_OFFER);
  g_autofree char *answer = NULL;

  g_assert_nonnull (session);
  g_assert_cmpstr (session->host, ==, "192.0.2.7");
  g_assert_cmpuint (session->rtp_port, ==, 26056);
  g_assert_cmpuint (session->rtcp_port, ==, 26057);
  g_assert_cmpstr (session->codec->name, ==, "PCMA");
  g_assert_cmpuint (session->payload, ==, 8);
  g_assert_cmpuint (session->events, ==, 101);
  g_assert_false (session->secure);
  g_assert_true (session->sends);

  answer = lia_phone_sdp_answer (session, 20000, NULL);
  g_assert_cmpstr (answer, ==,
                   "m=audio 20000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
                   "a=fmtp:101 0-16\r\na=ptime:20\r\n");
}

static void
test_their_numbers (void)
{
  g_autoptr (LiaPhoneSession) session = lia_phone_sdp_parse ("v=0\r\no=- 1 2 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"
                                                             "m=audio 4000 RTP/AVP 96 97\r\na=rtpmap:96 opus/48000/2\r\n"
                                                             "a=rtpmap:97 telephone-event/48000\r\na=rtcp:5001\r\n");
  g_autofree char *answer = NULL;

  g_assert_nonnull (session);
  g_assert_cmpuint (session->payload, ==, 96);
  g_assert_cmpuint (session->events, ==, 97);
  g_assert_cmpuint (session->rtcp_port, ==, 5001);
  answer = lia_phone_sdp_answer (session, 20000, NULL);
  g_assert_nonnull (strstr (answer, "a=rtpmap:96 opus/48000/2\r\n"));
  g_assert_nonnull (strstr (answer, "a=fmtp:97 0-16\r\n"));
}

static void
test_enciphered (void)
{
  g_autoptr (LiaPhoneSession) session =
      lia_phone_sdp_parse ("v=0\r\no=- 1 2 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\n"
                           "a=crypto:1 F8_128_HMAC_SHA1_80 inline:" KEY "\r\na=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" KEY "|2^20\r\n");
  g_autoptr (LiaSrtpKey) ours = NULL;
  g_autofree char *answer = NULL;

  g_assert_nonnull (session);
  g_assert_true (session->secure);
  g_assert_cmpuint (session->key->tag, ==, 2);
  g_assert_cmpstr (session->key->auth, ==, "hmac-sha1-32");

  ours = lia_srtp_key_generate_for (session->key);
  answer = lia_phone_sdp_answer (session, 20000, ours);
  g_assert_nonnull (strstr (answer, "m=audio 20000 RTP/SAVP 0\r\n"));
  g_assert_nonnull (strstr (answer, "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:"));
  g_assert_false (g_bytes_equal (ours->secret, session->key->secret));
}

/* Nothing that we could talk over: no codec, no key, no port, no sound, no SDP */
static void
test_unusable (void)
{
  static const char *const texts[] = {
    "",
    "hello",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4 1.1.1.1\r\nt=0 0\r\n",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4 1.1.1.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 3\r\n",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4 1.1.1.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 8\r\n",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4 1.1.1.1\r\nt=0 0\r\nm=video 4000 RTP/AVP 8\r\n",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4 1.1.1.1\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 8\r\n",
    "v=0\r\no=- 1 2 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4 1.1.1.1\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 8\r\n"
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (lia_phone_sdp_parse (texts[i]));
}

static void
test_keys (void)
{
  static const char *const refused[] = {
    "",
    "1",
    "1 AES_CM_128_HMAC_SHA1_80",
    "0 AES_CM_128_HMAC_SHA1_80 inline:" KEY,
    "x AES_CM_128_HMAC_SHA1_80 inline:" KEY,
    "1 AES_CM_128_HMAC_SHA1_80 outline:" KEY,
    "1 AES_CM_128_HMAC_SHA1_80 inline:",
    "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "|2^20|1:4",
    "1 AES_CM_128_HMAC_SHA1_80 inline:" KEY " UNENCRYPTED_SRTP",
    "1 AES_256_CM_HMAC_SHA1_80 inline:" KEY,
  };
  g_autoptr (LiaSrtpKey) first = lia_srtp_key_generate ();
  g_autoptr (LiaSrtpKey) second = lia_srtp_key_generate ();
  g_autofree char *text = lia_srtp_key_to_attribute (first);
  g_autoptr (LiaSrtpKey) again = lia_srtp_key_parse (text);

  g_assert_false (g_bytes_equal (first->secret, second->secret));
  g_assert_true (g_bytes_equal (first->secret, again->secret));
  g_assert_cmpstr (first->suite, ==, again->suite);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (lia_srtp_key_parse (refused[i]));
}

static void
test_own_offer (void)
{
  g_autoptr (LiaSrtpKey) key = lia_srtp_key_generate ();
  g_autofree char *media = lia_phone_sdp_offer (20000, key);
  g_autofree char *offer = g_strconcat ("v=0\r\no=- 1 2 IN IP6 2001:db8::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\n", media, NULL);
  g_autoptr (LiaPhoneSession) session = lia_phone_sdp_parse (offer);

  g_assert_nonnull (session);
  g_assert_cmpstr (session->host, ==, "2001:db8::1");
  g_assert_cmpstr (session->codec->name, ==, "opus");
  g_assert_cmpuint (session->events, ==, 110);
  g_assert_true (g_bytes_equal (session->key->secret, key->secret));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone-sdp/offer-of-asterisk", test_offer_of_asterisk);
  g_test_add_func ("/phone-sdp/their-numbers", test_their_numbers);
  g_test_add_func ("/phone-sdp/enciphered", test_enciphered);
  g_test_add_func ("/phone-sdp/unusable", test_unusable);
  g_test_add_func ("/phone-sdp/keys", test_keys);
  g_test_add_func ("/phone-sdp/own-offer", test_own_offer);

  return g_test_run ();
}
