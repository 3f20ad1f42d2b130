/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-day-figures.h"

G_DEFINE_FINAL_TYPE (LiaDayFigures, lia_day_figures, G_TYPE_OBJECT)

static void
lia_day_figures_finalize (GObject *object)
{
  LiaDayFigures *self = (LiaDayFigures *)object;

  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->agents);

  G_OBJECT_CLASS (lia_day_figures_parent_class)->finalize (object);
}

static void
lia_day_figures_class_init (LiaDayFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_day_figures_finalize;
}

static void
lia_day_figures_init (LiaDayFigures *self)
{
  self->queues = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_queue_day_free);
  self->agents = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_agent_day_free);
}

/** lia_day_figures_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaDayFigures *
lia_day_figures_new (void)
{
  return g_object_new (LIA_TYPE_DAY_FIGURES, NULL);
}

/** lia_day_figures_find_queue: (transfer none) (nullable): */
LiaQueueDay *
lia_day_figures_find_queue (LiaDayFigures *self,
                            const char    *queue)
{
  for (guint i = 0; i < self->queues->len; i++)
    {
      LiaQueueDay *day = self->queues->pdata[i];

      if (g_str_equal (day->queue, queue))
        return day;
    }

  return NULL;
}

/** lia_day_figures_find_agent: (transfer none) (nullable): */
LiaAgentDay *
lia_day_figures_find_agent (LiaDayFigures *self,
                            const char    *agent)
{
  for (guint i = 0; i < self->agents->len; i++)
    {
      LiaAgentDay *day = self->agents->pdata[i];

      if (g_str_equal (day->agent, agent))
        return day;
    }

  return NULL;
}

LiaQueueDay *
lia_queue_day_new (void)
{
  LiaQueueDay *day = g_new0 (LiaQueueDay, 1);

  day->queue = g_strdup ("");
  day->callback_kept = LIA_METRIC_NONE;
  day->hours = g_ptr_array_new_with_free_func (g_free);

  return day;
}

void
lia_queue_day_free (LiaQueueDay *day)
{
  g_free (day->queue);
  g_ptr_array_unref (day->hours);
  g_free (day);
}

LiaAgentDay *
lia_agent_day_new (void)
{
  LiaAgentDay *day = g_new0 (LiaAgentDay, 1);

  day->agent = g_strdup ("");

  return day;
}

void
lia_agent_day_free (LiaAgentDay *day)
{
  g_free (day->agent);
  g_free (day);
}

LiaHourFigures *
lia_hour_figures_new (void)
{
  return g_new0 (LiaHourFigures, 1);
}
