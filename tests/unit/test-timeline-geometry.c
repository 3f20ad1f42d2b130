/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The timeline's geometry beside a brute-force model, which simply knows every row's true height. Rows have names that never change, so that
 * "what is looked at" can be found again after any operation.
 */

#include "lia-timeline-geometry.h"

#define OVERSCAN 200

typedef struct
{
  GArray              *heights; /* of int: true heights */
  GArray              *names;   /* of int */
  int                  next_name;
  LiaTimelineGeometry *geometry;
  int                  viewport;
  guint                n_measured;
} World;

typedef struct
{
  int name;
  int y;
} Seen;

static int
measure (guint    row,
         gpointer data)
{
  World *world = data;

  world->n_measured++;

  return g_array_index (world->heights, int, row);
}

static int
random_height (void)
{
  return g_test_rand_int_range (0, 20) == 0 ? g_test_rand_int_range (500, 3000) : g_test_rand_int_range (20, 300);
}

static void
splice (World *world,
        guint  position,
        guint  removed,
        guint  added)
{
  g_autofree int *estimates = g_new (int, added + 1);

  g_array_remove_range (world->heights, position, removed);
  g_array_remove_range (world->names, position, removed);

  for (guint i = 0; i < added; i++)
    {
      int height = random_height ();
      int name = world->next_name++;

      g_array_insert_val (world->heights, position + i, height);
      g_array_insert_val (world->names, position + i, name);
      estimates[i] = MAX (1, height + g_test_rand_int_range (-height / 2, height));
    }

  lia_timeline_geometry_splice (world->geometry, position, removed, added, estimates);
}

static World *
world_new (guint n_rows)
{
  World *world = g_new0 (World, 1);

  world->heights = g_array_new (FALSE, FALSE, sizeof (int));
  world->names = g_array_new (FALSE, FALSE, sizeof (int));
  world->geometry = lia_timeline_geometry_new ();
  world->viewport = 600;
  splice (world, 0, 0, n_rows);

  return world;
}

static void
world_free (World *world)
{
  g_array_unref (world->heights);
  g_array_unref (world->names);
  lia_timeline_geometry_free (world->geometry);
  g_free (world);
}

static gint64
brute_top (World *world,
           guint  row)
{
  gint64 top = 0;

  for (guint i = 0; i < row; i++)
    top += lia_timeline_geometry_get_height (world->geometry, i);

  return top;
}

/* Lays out, proves that the picture is whole, and tells what is seen. */
static GArray *
look (World *world)
{
  GArray          *seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  guint            n = world->heights->len;
  LiaTimelineRange range = lia_timeline_geometry_layout (world->geometry, world->viewport, OVERSCAN, measure, world);
  int              y = range.y;
  gint64           total = lia_timeline_geometry_get_total (world->geometry);

  g_assert_cmpuint (lia_timeline_geometry_get_n_rows (world->geometry), ==, n);
  g_assert_cmpint (total, ==, brute_top (world, n));

  if (n == 0)
    return seen;

  g_assert_cmpuint (range.first + range.n_rows, <=, n);
  g_assert_true (range.first == 0 || range.y <= -OVERSCAN);
  g_assert_true (range.first > 0 || range.y <= 0);

  for (guint row = range.first; row < range.first + range.n_rows; row++)
    {
      int height = g_array_index (world->heights, int, row);

      g_assert_true (lia_timeline_geometry_is_measured (world->geometry, row));
      g_assert_cmpint (lia_timeline_geometry_get_height (world->geometry, row), ==, height);

      if (y + height > 0 && y < world->viewport)
        {
          Seen one = { g_array_index (world->names, int, row), y };

          g_array_append_val (seen, one);
        }

      y += height;
    }

  /* No gap at the bottom, unless everything fits. */
  if (range.first + range.n_rows == n)
    g_assert_true (y >= world->viewport || (range.first == 0 && range.y == 0));
  else
    g_assert_cmpint (y, >=, world->viewport + OVERSCAN);

  g_assert_cmpint (lia_timeline_geometry_get_position (world->geometry), ==, brute_top (world, range.first) - range.y);

  if (lia_timeline_geometry_is_pinned (world->geometry) && total >= world->viewport)
    g_assert_cmpint (lia_timeline_geometry_get_position (world->geometry) + world->viewport, ==, total);

  return seen;
}

static gboolean
touches_end (World *world)
{
  return lia_timeline_geometry_is_pinned (world->geometry);
}

/* Rows seen before and after are where they were, moved by @by. At the ends rows may give way, all by the same. */
static void
assert_moved (World  *world,
              GArray *before,
              GArray *after,
              int     by)
{
  gboolean at_start = lia_timeline_geometry_get_position (world->geometry) == 0;
  gboolean first = TRUE;
  int      moved = 0;

  for (guint i = 0; i < before->len; i++)
    {
      for (guint j = 0; j < after->len; j++)
        {
          Seen *a = &g_array_index (before, Seen, i);
          Seen *b = &g_array_index (after, Seen, j);

          if (a->name != b->name)
            continue;

          if (first)
            moved = b->y - a->y;
          g_assert_cmpint (b->y - a->y, ==, moved);
          first = FALSE;
        }
    }

  if (!first && !at_start && !touches_end (world))
    g_assert_cmpint (moved, ==, by);
}

static void
test_random (void)
{
  for (int round = 0; round < 60; round++)
    {
      World *world = world_new (g_test_rand_int_range (0, 200));
      g_autoptr (GArray) seen = look (world);

      for (int step = 0; step < 120; step++)
        {
          guint    n = world->heights->len;
          int      by = 0;
          gboolean pinned = lia_timeline_geometry_is_pinned (world->geometry);
          gboolean compare = TRUE;
          g_autoptr (GArray) now = NULL;

          switch (g_test_rand_int_range (0, 9))
            {
            case 0: /* newer rows */
              splice (world, n, 0, g_test_rand_int_range (1, 5));
              break;
            case 1: /* an older page */
              splice (world, 0, 0, g_test_rand_int_range (1, 60));
              break;
              case 2: /* rows outside of what is seen */
              {
                int   offset;
                guint anchor = lia_timeline_geometry_get_anchor (world->geometry, &offset);
                guint position = g_test_rand_int_range (0, anchor + 1);

                splice (world, position, g_test_rand_int_range (0, MIN (3, anchor - position) + 1), g_test_rand_int_range (0, 4));
                break;
              }
              case 3: /* anything anywhere */
              {
                guint position = g_test_rand_int_range (0, n + 1);

                splice (world, position, g_test_rand_int_range (0, MIN (20, n - position) + 1), g_test_rand_int_range (0, 20));
                compare = FALSE;
                break;
              }
            case 4:
            case 5:
              by = g_test_rand_int_range (-1500, 1500);
              lia_timeline_geometry_scroll_by (world->geometry, by, measure, world);
              pinned = FALSE;
              break;
            case 6: /* a jump, then the width changes */
              lia_timeline_geometry_scroll_to (world->geometry, g_test_rand_int_range (-100, 30000));
              lia_timeline_geometry_forget_heights (world->geometry, g_test_rand_double_range (0.5, 2));
              pinned = compare = FALSE;
              break;
            case 7:
              lia_timeline_geometry_pin (world->geometry);
              pinned = TRUE;
              compare = FALSE;
              break;
            default: /* guesses above and below turn out wrong: nothing is commanded */
              break;
            }

          now = look (world);
          if (compare && !pinned)
            assert_moved (world, seen, now, -by);
          if (pinned)
            g_assert_true (lia_timeline_geometry_is_pinned (world->geometry));
          g_clear_pointer (&seen, g_array_unref);
          seen = g_steal_pointer (&now);
        }

      world_free (world);
    }
}

static void
test_find (void)
{
  World *world = world_new (300);
  int    offset;

  for (guint row = 0; row < 300; row++)
    {
      gint64 top = brute_top (world, row);

      g_assert_cmpint (lia_timeline_geometry_get_top (world->geometry, row), ==, top);
      g_assert_cmpuint (lia_timeline_geometry_find (world->geometry, top, &offset), ==, row);
      g_assert_cmpint (offset, ==, 0);
      g_assert_cmpuint (lia_timeline_geometry_find (world->geometry, top + lia_timeline_geometry_get_height (world->geometry, row) - 1, &offset), ==, row);
      g_assert_cmpint (offset, ==, lia_timeline_geometry_get_height (world->geometry, row) - 1);
    }

  g_assert_cmpuint (lia_timeline_geometry_find (world->geometry, -50, &offset), ==, 0);
  g_assert_cmpuint (lia_timeline_geometry_find (world->geometry, G_MAXINT64 / 2, &offset), ==, 299);
  world_free (world);
}

static void
test_opens_at_end (void)
{
  World *world = world_new (100000);
  g_autoptr (GArray) seen = NULL;

  world->n_measured = 0;
  seen = look (world);
  g_assert_true (lia_timeline_geometry_is_pinned (world->geometry));
  g_assert_cmpint (g_array_index (seen, Seen, seen->len - 1).name, ==, 99999);
  g_assert_cmpuint (world->n_measured, <, 60);
  world_free (world);
}

static void
test_row_grows_while_unpinned (void)
{
  World *world = world_new (50);
  g_autoptr (GArray) before = look (world);
  g_autoptr (GArray) after = NULL;

  /* Somebody unfolds the last row: its top stays. */
  lia_timeline_geometry_unpin (world->geometry);
  g_array_index (world->heights, int, 49) += 700;
  after = look (world);
  g_assert_false (lia_timeline_geometry_is_pinned (world->geometry));
  g_assert_cmpint (g_array_index (before, Seen, 0).y, ==, g_array_index (after, Seen, 0).y);

  /* And folds it again: the end is reached, so it is pinned as before. */
  g_array_index (world->heights, int, 49) -= 700;
  g_clear_pointer (&after, g_array_unref);
  after = look (world);
  g_assert_true (lia_timeline_geometry_is_pinned (world->geometry));
  world_free (world);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline-geometry/random", test_random);
  g_test_add_func ("/timeline-geometry/find", test_find);
  g_test_add_func ("/timeline-geometry/opens-at-end", test_opens_at_end);
  g_test_add_func ("/timeline-geometry/row-grows-while-unpinned", test_row_grows_while_unpinned);

  return g_test_run ();
}
