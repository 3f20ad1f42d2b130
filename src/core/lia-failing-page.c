/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-failing-page.h"

G_DEFINE_FINAL_TYPE (LiaFailingPage, lia_failing_page, G_TYPE_OBJECT)

static void
lia_failing_page_finalize (GObject *object)
{
  LiaFailingPage *self = (LiaFailingPage *)object;

  g_free (self->url);

  G_OBJECT_CLASS (lia_failing_page_parent_class)->finalize (object);
}

static void
lia_failing_page_class_init (LiaFailingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_failing_page_finalize;
}

static void
lia_failing_page_init (LiaFailingPage *self)
{
  self->url = g_strdup ("");
}

/** lia_failing_page_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaFailingPage *
lia_failing_page_new (void)
{
  return g_object_new (LIA_TYPE_FAILING_PAGE, NULL);
}
