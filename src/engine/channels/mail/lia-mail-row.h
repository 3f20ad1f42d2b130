/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"
#include "lia-secrets.h"
#include "lia-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LiaMailRow:
 *
 * A row of `channel` whose kind is mail.
 */
typedef struct
{
  gint64      id;
  char       *name;
  gint64      queue_id;
  JsonObject *config;
} LiaMailRow;

LiaMailRow *lia_mail_row_load (LiaStore *store,
                               gint64    channel_id,
                               GError  **error);
LiaMailbox *lia_mail_row_to_mailbox (LiaMailRow *row,
                                     GError    **error);
char       *lia_mail_row_load_password (LiaMailRow *row,
                                        LiaSecrets *secrets,
                                        GError    **error);
void        lia_mail_row_free (gpointer row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaMailRow, lia_mail_row_free)

G_END_DECLS
