/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The window of rows against a model that knows all rows: after each of many random changes and pages, the window must be exactly the
 * rows up to where it has been read.
 */

#include "fake-engine.h"
#include "lia-row-window.h"

#include <string.h>

#define N_IDS 60
#define N_STEPS 4000

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const LiaConversation *row_a = *(LiaConversation *const *)a;
  const LiaConversation *row_b = *(LiaConversation *const *)b;

  return lia_row_compare (row_a->sort, row_a->id, row_b->sort, row_b->id);
}

typedef struct
{
  LiaConversation *rows[N_IDS]; /* what the engine has; NULL: not in the view */
  LiaRowWindow    *window;
  gint64           cursor_sort;
  char            *cursor_id; /* NULL: nothing read, or all */
  gboolean         all;
} Model;

static GPtrArray *
sorted (Model *model)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < N_IDS; i++)
    {
      if (model->rows[i] != NULL)
        g_ptr_array_add (all, model->rows[i]);
    }
  g_ptr_array_sort (all, compare_rows);

  return all;
}

static gboolean
is_read (Model                 *model,
         const LiaConversation *row)
{
  return model->all || (model->cursor_id != NULL && lia_row_compare (row->sort, row->id, model->cursor_sort, model->cursor_id) <= 0);
}

static void
check (Model *model)
{
  g_autoptr (GPtrArray) all = sorted (model);
  guint n = 0;

  for (guint i = 0; i < all->len && is_read (model, all->pdata[i]); i++, n++)
    {
      g_assert_cmpuint (n, <, model->window->rows->len);
      g_assert_true (model->window->rows->pdata[n] == all->pdata[i]);
    }
  g_assert_cmpuint (n, ==, model->window->rows->len);
  g_assert_cmpuint (n, ==, g_hash_table_size (model->window->by_id));
}

static void
read_page (Model   *model,
           gboolean from_top)
{
  g_autoptr (GPtrArray) all = sorted (model);
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  guint    limit = 1 + (guint)g_test_rand_int_range (0, 12);
  guint    i = 0;
  gboolean more;

  if (from_top)
    model->all = FALSE;
  else
    while (i < all->len && is_read (model, all->pdata[i]))
      i++;

  for (; i < all->len && page->len < limit; i++)
    g_ptr_array_add (page, all->pdata[i]);
  more = i < all->len;

  if (from_top)
    lia_row_window_replace (model->window, page, more);
  else
    lia_row_window_add_page (model->window, page, more);

  model->all = !more;
  if (more)
    {
      const LiaConversation *last = page->pdata[page->len - 1];

      model->cursor_sort = last->sort;
      g_set_str (&model->cursor_id, last->id);
    }
}

static void
change_row (Model *model)
{
  guint            i = (guint)g_test_rand_int_range (0, N_IDS);
  gint64           ver = model->rows[i] != NULL ? model->rows[i]->ver + 1 : 1;
  g_autofree char *id = g_strdup_printf ("c_%u", i);

  g_clear_object (&model->rows[i]);
  model->rows[i] = fake_row (id, g_test_rand_int_range (0, 20), ver);
  lia_row_window_put (model->window, model->rows[i]);
}

static void
remove_row (Model *model)
{
  guint            i = (guint)g_test_rand_int_range (0, N_IDS);
  g_autofree char *id = g_strdup_printf ("c_%u", i);

  g_clear_object (&model->rows[i]);
  lia_row_window_remove (model->window, id);
}

static void
test_against_model (void)
{
  Model model = { .window = lia_row_window_new () };

  read_page (&model, TRUE);
  for (guint step = 0; step < N_STEPS; step++)
    {
      int dice = g_test_rand_int_range (0, 100);

      if (dice < 70)
        change_row (&model);
      else if (dice < 90)
        remove_row (&model);
      else if (dice < 96 && !model.all)
        read_page (&model, FALSE);
      else if (dice >= 96)
        read_page (&model, TRUE);
      check (&model);
    }

  for (guint i = 0; i < N_IDS; i++)
    g_clear_object (&model.rows[i]);
  g_free (model.cursor_id);
  lia_row_window_free (model.window);
}

static void
test_older_version (void)
{
  g_autoptr (LiaRowWindow) window = lia_row_window_new ();
  g_autoptr (LiaConversation) newer = fake_row ("c_1", 5, 7);
  g_autoptr (LiaConversation) older = fake_row ("c_1", 9, 6);
  g_autoptr (LiaConversation) same = fake_row ("c_1", 5, 7);

  lia_row_window_put (window, newer);
  lia_row_window_put (window, older);
  g_assert_true (window->rows->pdata[0] == newer);
  lia_row_window_put (window, same);
  g_assert_true (window->rows->pdata[0] == newer);
}

static void
test_order_of_ids (void)
{
  g_assert_cmpint (lia_row_compare (1, "c_9", 1, "c_10"), <, 0);
  g_assert_cmpint (lia_row_compare (1, "c_10", 1, "c_10"), ==, 0);
  g_assert_cmpint (lia_row_compare (2, "c_9", 1, "c_10"), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/rows/against-model", test_against_model);
  g_test_add_func ("/client/rows/older-version", test_older_version);
  g_test_add_func ("/client/rows/order-of-ids", test_order_of_ids);

  return g_test_run ();
}
