/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether something that looks like a number of a kind is one, by its own check digits. All take the part between @start and @end of @text. */

typedef gboolean (*LiaPersonalCheck) (const char *text,
                                      gsize       start,
                                      gsize       end);

gboolean lia_personal_is_card (const char *text,
                               gsize       start,
                               gsize       end);
gboolean lia_personal_is_iban (const char *text,
                               gsize       start,
                               gsize       end);
gboolean lia_personal_is_ip (const char *text,
                             gsize       start,
                             gsize       end);
gboolean lia_personal_is_random (const char *text,
                                 gsize       start,
                                 gsize       end);
gboolean lia_personal_is_hidden (const char *text,
                                 gsize       start,
                                 gsize       end);
gboolean lia_personal_is_mixed (const char *text,
                                gsize       start,
                                gsize       end);
gboolean lia_personal_is_secret (const char *text,
                                 gsize       start,
                                 gsize       end);
gboolean lia_personal_is_telephone (const char *text,
                                    gsize       start,
                                    gsize       end);
gboolean lia_personal_is_login (const char *text,
                                gsize       start,
                                gsize       end);
gboolean lia_personal_is_pesel (const char *text,
                                gsize       start,
                                gsize       end);
gboolean lia_personal_is_tckn (const char *text,
                               gsize       start,
                               gsize       end);
gboolean lia_personal_is_luhn (const char *text,
                               gsize       start,
                               gsize       end);

G_END_DECLS
