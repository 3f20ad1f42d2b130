/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-message.h"

G_BEGIN_DECLS

/* The headers of one message while it is being read, and what can be said about them alone. Used again for the next message. */
typedef struct
{
  GArray  *fields; /* of LiaAmiField */
  GString *text;
  guint64  names;  /* a bit for each name that was seen, as a first sieve */
  guint    custom; /* index of the field "UserEvent", or 0 */
} LiaAmiHeaders;

void        lia_ami_headers_init (LiaAmiHeaders *self);
void        lia_ami_headers_clear (LiaAmiHeaders *self);
gboolean    lia_ami_headers_cut (LiaAmiHeaders *self,
                                 const char    *message,
                                 gsize          length,
                                 guint          max_fields,
                                 LiaAmiTaint   *taint);
const char *lia_ami_headers_name (const LiaAmiHeaders *self,
                                  guint                index);
const char *lia_ami_headers_value (const LiaAmiHeaders *self,
                                   guint                index);
const char *lia_ami_headers_find (const LiaAmiHeaders *self,
                                  const char          *name);
LiaAmiTaint lia_ami_headers_check_channels (const LiaAmiHeaders *self);
gboolean    lia_ami_headers_is_cel (const LiaAmiHeaders *self);
gboolean    lia_ami_headers_ends_inside (const LiaAmiHeaders *self,
                                         gboolean             inside);

G_END_DECLS
