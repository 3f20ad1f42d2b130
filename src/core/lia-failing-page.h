/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_FAILING_PAGE (lia_failing_page_get_type ())

G_DECLARE_FINAL_TYPE (LiaFailingPage, lia_failing_page, LIA, FAILING_PAGE, GObject)

/**
 * LiaFailingPage:
 *
 * A page of the web site that left customers without an answer, with all that is said of it. Immutable once published; texts are never NULL.
 */
struct _LiaFailingPage
{
  GObject parent_instance;

  char  *url;
  gint64 findings;
  gint64 quotes;
  gint64 contacts;  /* conversations in which it was said */
  gint64 customers; /* different ones */
  gint64 last_ms;   /* when it was said last */
};

LiaFailingPage *lia_failing_page_new (void);

G_END_DECLS
