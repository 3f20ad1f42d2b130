/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What must hold of anything that a client may send: it ends (lia-test-ws.c looks at what is handed out), and where it is cut makes no difference. The
 * first byte decides how it is cut.
 */

#include "fuzz-ws.h"

#include "lia-test-ws.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (size > 0 ? data[0] : 0);
  const uint8_t   *bytes = data + MIN (size, 1);
  const size_t     length = size - MIN (size, 1);
  g_autofree char *whole = test_ws_tell (bytes, length, &(LiaTestCuts){ 0 });
  g_autofree char *one_by_one = test_ws_tell (bytes, length, &(LiaTestCuts){ .every = 1 });
  g_autofree char *cut = test_ws_tell (bytes, length, &(LiaTestCuts){ .chance = random });

  g_assert_cmpstr (one_by_one, ==, whole);
  g_assert_cmpstr (cut, ==, whole);

  return 0;
}
