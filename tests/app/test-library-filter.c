/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters of the library: which stand beside each other, which take another's place, and which is to be taken away when nothing is found. */

#include "lia-library-filter.h"

#define NOW_MS G_GINT64_CONSTANT (1790000000000)

static void
add (GPtrArray     *library,
     const char    *folder,
     const char    *tags,
     const char    *language,
     LiaCannedState state,
     LiaCannedScope scope)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&canned->folder, folder);
  g_strfreev (canned->tags);
  canned->tags = g_strsplit (tags, " ", -1);
  canned->state = state;
  canned->scope = scope;
  g_set_str (&variant->language, language);
  g_ptr_array_add (canned->variants, variant);
  g_ptr_array_add (library, canned);
}

static GPtrArray *
make_library (void)
{
  GPtrArray *library = g_ptr_array_new_with_free_func (g_object_unref);

  add (library, "Billing/Refunds", "money urgent", "en", LIA_CANNED_REVIEWED, LIA_CANNED_TEAM);
  add (library, "Billing/Refunds", "money", "de", LIA_CANNED_DRAFT, LIA_CANNED_TEAM);
  add (library, "Billing", "urgent", "de", LIA_CANNED_REVIEWED, LIA_CANNED_PRIVATE);
  add (library, "Orders", "urgent", "en", LIA_CANNED_REVIEWED, LIA_CANNED_TEAM);
  add (library, "Orders", "money", "de", LIA_CANNED_RETIRED, LIA_CANNED_TEAM);

  return library;
}

static LiaLibraryPlace *
find (GPtrArray          *places,
      LiaLibraryPlaceKind kind,
      const char         *name)
{
  for (guint i = 0; i < places->len; i++)
    {
      LiaLibraryPlace *place = places->pdata[i];

      if (place->kind == kind && g_str_equal (place->name, name))
        return place;
    }
  g_assert_not_reached ();
}

static guint
count (LiaLibraryFilter *filter,
       GPtrArray        *library)
{
  guint n = 0;

  for (guint i = 0; i < library->len; i++)
    n += lia_library_filter_has (filter, library->pdata[i], NOW_MS);

  return n;
}

static void
test_together (void)
{
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) places = lia_library_places (library, NOW_MS);
  g_autoptr (LiaLibraryFilter) filter = lia_library_filter_new ();

  g_assert_cmpuint (count (filter, library), ==, 4);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_FOLDER, "Billing"));
  g_assert_cmpuint (count (filter, library), ==, 3);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_TAG, "money"));
  g_assert_cmpuint (count (filter, library), ==, 2);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_LANGUAGE, "de"));
  g_assert_cmpuint (count (filter, library), ==, 1);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_PROPOSED, ""));
  g_assert_cmpuint (count (filter, library), ==, 1);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_MINE, ""));
  g_assert_cmpuint (count (filter, library), ==, 0);
  g_assert_cmpuint (filter->places->len, ==, 5);
}

static void
test_in_place_of_another (void)
{
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) places = lia_library_places (library, NOW_MS);
  g_autoptr (LiaLibraryFilter) filter = lia_library_filter_new ();

  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_FOLDER, "Billing"));
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_FOLDER, "Orders"));
  g_assert_cmpuint (filter->places->len, ==, 1);
  g_assert_cmpuint (count (filter, library), ==, 1);

  /* What is retired lies in its folder still. */
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_RETIRED, ""));
  g_assert_cmpuint (count (filter, library), ==, 1);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_PROPOSED, ""));
  g_assert_cmpuint (filter->places->len, ==, 2);
  g_assert_cmpuint (count (filter, library), ==, 0);

  /* Again is off; tags add up; all takes all away. */
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_PROPOSED, ""));
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_FOLDER, "Orders"));
  g_assert_cmpuint (filter->places->len, ==, 0);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_TAG, "money"));
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_TAG, "urgent"));
  g_assert_cmpuint (count (filter, library), ==, 1);
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_ALL, ""));
  g_assert_cmpuint (count (filter, library), ==, 4);
}

static void
test_narrowest (void)
{
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) places = lia_library_places (library, NOW_MS);
  g_autoptr (LiaLibraryFilter) filter = lia_library_filter_new ();
  LiaLibraryPlace *money = find (places, LIA_LIBRARY_TAG, "money");
  guint            n;

  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_FOLDER, "Orders"));
  lia_library_filter_toggle (filter, money);
  g_assert_cmpuint (count (filter, library), ==, 0);
  g_assert_true (lia_library_filter_find_narrowest (filter, library, NOW_MS, &n) == find (places, LIA_LIBRARY_FOLDER, "Orders"));
  g_assert_cmpuint (n, ==, 2);

  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_MINE, ""));
  lia_library_filter_toggle (filter, find (places, LIA_LIBRARY_LANGUAGE, "en"));
  g_assert_null (lia_library_filter_find_narrowest (filter, library, NOW_MS, &n));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/library-filter/together", test_together);
  g_test_add_func ("/library-filter/in-place-of-another", test_in_place_of_another);
  g_test_add_func ("/library-filter/narrowest", test_narrowest);

  return g_test_run ();
}
