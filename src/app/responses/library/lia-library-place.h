/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  LIA_LIBRARY_ALL,
  LIA_LIBRARY_UNSAVED,
  LIA_LIBRARY_REVIEW,
  LIA_LIBRARY_PROPOSED,
  LIA_LIBRARY_MINE,
  LIA_LIBRARY_RETIRED,
  LIA_LIBRARY_FOLDER,
  LIA_LIBRARY_TAG,
  LIA_LIBRARY_LANGUAGE,
} LiaLibraryPlaceKind;

#define LIA_TYPE_LIBRARY_PLACE (lia_library_place_get_type ())

G_DECLARE_FINAL_TYPE (LiaLibraryPlace, lia_library_place, LIA, LIBRARY_PLACE, GObject)

/**
 * LiaLibraryPlace:
 *
 * A part of the library that one can look at: a state, a folder with what is below it, a tag, a language. What is retired lies in folders and has
 * tags, too. Immutable.
 */
struct _LiaLibraryPlace
{
  GObject parent_instance;

  LiaLibraryPlaceKind kind;
  char               *name; /* a folder's whole path, a tag, a language's code */
  char               *title;
  guint               depth; /* of a folder */
  guint               count; /* of the responses in it, without retired ones where it is not theirs */
};

GPtrArray  *lia_library_places (GPtrArray *library,
                                gint64     now_ms);
gboolean    lia_library_place_has (LiaLibraryPlace *self,
                                   LiaCanned       *canned,
                                   gint64           now_ms);
gboolean    lia_library_place_equal (LiaLibraryPlace *a,
                                     LiaLibraryPlace *b);
const char *lia_library_place_get_title (LiaLibraryPlace *self);
const char *lia_library_place_get_icon (LiaLibraryPlace *self);
gboolean    lia_library_needs_review (LiaCanned *canned,
                                      gint64     now_ms);

G_END_DECLS
