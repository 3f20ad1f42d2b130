/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-canned.h"
#include "lia-effort.h"

G_BEGIN_DECLS

#define LIA_TYPE_CUSTOMER (lia_customer_get_type ())

G_DECLARE_FINAL_TYPE (LiaCustomer, lia_customer, LIA, CUSTOMER, GObject)

/**
 * LiaCustomer:
 *
 * A person or company, with several addresses. Immutable once published.
 */
struct _LiaCustomer
{
  GObject parent_instance;

  char              *id;
  gint64             ver;
  char              *name;
  char              *org;
  char              *lang;
  char              *notes;
  char              *zone;      /* "Europe/Berlin", where somebody said so, else "" or NULL */
  LiaCannedFormality formality; /* how they are addressed, where somebody said so */
  gint64             created_ms;
  GPtrArray         *addresses; /* of LiaAddress; name is the kind: "email", "phone", "chat" */
  gint64             conversations;
  gint64             open;
  LiaEffort         *effort; /* NULL where it was not asked for */
};

LiaCustomer *lia_customer_new (void);

G_END_DECLS
