/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-callers.h"

#include "lia-sample-script.h"

/*
 * Always the same people in another order: some are customers whom the workspace knows, some are not. So calls may go on for ever, and customers
 * and conversations do not become more. One does not show a number, in the first round alone: whoever does that is a new customer each time.
 */

#define EVERY_NTH_CUSTOMER 2
#define WITHHELD_AT 4
#define SECOND_MS G_GINT64_CONSTANT (1000)

/* Numbers that are kept free for stories (Ofcom, NANPA 555-01xx). */
static const struct
{
  const char *number;
  const char *name;
} strangers[] = {
  { "+441632960501", "Westgate Courier Co-op" },
  { "+441632960532", "" },
  { "+441632960577", "Hartley & Sons" },
  { "+12025550119", "" },
  { "+441632960618", "" },
  { "+441632960644", "St Anne’s School" },
  { "+12025550174", "" },
  { "+441632960690", "" },
};

static void
caller_free (gpointer data)
{
  LiaSampleCaller *self = data;

  g_free (self->number);
  g_free (self->name);
  g_free (self);
}

static LiaSampleCaller *
caller_new (const char *number,
            const char *name)
{
  LiaSampleCaller *self = g_new0 (LiaSampleCaller, 1);

  self->number = g_strdup (number);
  self->name = g_strdup (name);

  return self;
}

static void
shuffle (GPtrArray *callers,
         GRand     *rand)
{
  for (guint i = callers->len - 1; i > 0; i--)
    {
      guint    other = (guint)g_rand_int_range (rand, 0, (gint32)i + 1);
      gpointer caller = callers->pdata[i];

      callers->pdata[i] = callers->pdata[other];
      callers->pdata[other] = caller;
    }
}

/** lia_sample_callers_load: (transfer full) (element-type LiaSampleCaller): a round of callers, in the order that @rand gives. */
GPtrArray *
lia_sample_callers_load (GRand   *rand,
                         GError **error)
{
  g_autoptr (GPtrArray) customers = lia_sample_customers_load (error);
  g_autoptr (GPtrArray) callers = g_ptr_array_new_with_free_func (caller_free);
  LiaSampleCaller *withheld;

  if (customers == NULL)
    return NULL;

  for (guint i = 0; i < customers->len; i += EVERY_NTH_CUSTOMER)
    {
      const LiaSampleCustomer *customer = customers->pdata[i];

      g_ptr_array_add (callers, caller_new (customer->phone, customer->name));
    }
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_ptr_array_add (callers, caller_new (strangers[i].number, strangers[i].name));
  shuffle (callers, rand);

  withheld = caller_new ("", "");
  withheld->withheld = TRUE;
  g_ptr_array_insert (callers, WITHHELD_AT, withheld);

  return g_steal_pointer (&callers);
}

/* Most have some patience, a few have none. */
static gint64
pick_patience (GRand *rand)
{
  if (g_rand_int_range (rand, 0, 8) == 0)
    return g_rand_int_range (rand, 3, 20) * SECOND_MS;

  return g_rand_int_range (rand, 80, 260) * SECOND_MS;
}

/** lia_sample_callers_pick: (transfer none): who calls as the @nth, from 0, and what about this time. */
LiaSampleCaller *
lia_sample_callers_pick (GPtrArray *callers,
                         guint      nth,
                         GRand     *rand)
{
  LiaSampleCaller *caller = callers->pdata[nth % callers->len];

  if (caller->withheld && nth >= callers->len)
    caller = callers->pdata[(nth + callers->len / 2) % callers->len];
  caller->queue = g_rand_int_range (rand, 0, 5) < 3 ? LIA_SAMPLE_SUPPORT : LIA_SAMPLE_ORDERS;
  caller->patience_ms = pick_patience (rand);
  caller->talk_ms = g_rand_int_range (rand, 30, 110) * SECOND_MS;

  return caller;
}
