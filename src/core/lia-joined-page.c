/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-joined-page.h"

G_DEFINE_FINAL_TYPE (LiaJoinedPage, lia_joined_page, G_TYPE_OBJECT)

static void
lia_joined_page_finalize (GObject *object)
{
  LiaJoinedPage *self = (LiaJoinedPage *)object;

  g_free (self->entry);
  g_free (self->conversation);
  g_free (self->customer);
  g_free (self->name);
  g_free (self->email);
  g_free (self->url);
  g_free (self->title);

  G_OBJECT_CLASS (lia_joined_page_parent_class)->finalize (object);
}

static void
lia_joined_page_class_init (LiaJoinedPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_joined_page_finalize;
}

static void
lia_joined_page_init (LiaJoinedPage *self)
{
}

/** lia_joined_page_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaJoinedPage *
lia_joined_page_new (void)
{
  return g_object_new (LIA_TYPE_JOINED_PAGE, NULL);
}
