/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures of a queue in words: what they are called, how they are written, how they are computed. Pure. */

#include "lia-figure-words.h"

#include <glib/gi18n.h>

#include <math.h>

/* What stands for a figure that follows from nothing */
#define NONE "–"

static const struct
{
  const char *title;
  const char *rows; /* the name of its rows in the engine's interface; NULL: they are a view */
} figures[LIA_N_FIGURES] = {
  [LIA_FIGURE_WAITING] = { N_ ("Waiting"), "waiting" },
  [LIA_FIGURE_LONGEST] = { N_ ("Longest Wait"), "waiting" },
  [LIA_FIGURE_SERVICE_LEVEL] = { N_ ("Service Level"), "late" },
  [LIA_FIGURE_ASA] = { N_ ("Time to Answer"), "answered" },
  [LIA_FIGURE_ANSWERED] = { N_ ("Answered"), "answered" },
  [LIA_FIGURE_ABANDONED] = { N_ ("Hung Up"), "abandoned" },
  [LIA_FIGURE_SHORT] = { N_ ("Hung Up at Once"), "short" },
  [LIA_FIGURE_AHT] = { N_ ("Handling Time"), "answered" },
  [LIA_FIGURE_CALLBACKS] = { N_ ("Callbacks Due"), NULL },
  [LIA_FIGURE_CALLBACKS_KEPT] = { N_ ("Callbacks Kept"), "callbacks_judged" },
};

const char *
lia_figure_title (LiaFigure figure)
{
  return _ (figures[figure].title);
}

/** lia_figure_rows: (nullable): the name of the calls behind it, for lia_client_get_metric_rows(); NULL: the view of callbacks. */
const char *
lia_figure_rows (LiaFigure figure)
{
  return figures[figure].rows;
}

/** lia_figure_span: "0:42", "12:05", "1:02:09". */
char *
lia_figure_span (gint64 span_ms)
{
  gint64 span_s = MAX (span_ms, 0) / 1000;

  if (span_s < 3600)
    return g_strdup_printf ("%d:%02d", (int)(span_s / 60), (int)(span_s % 60));

  return g_strdup_printf ("%d:%02d:%02d", (int)(span_s / 3600), (int)(span_s / 60 % 60), (int)(span_s % 60));
}

/** lia_figure_span_or_none: as lia_figure_span(), rounded to seconds; "–" for %LIA_METRIC_NONE. */
char *
lia_figure_span_or_none (double span_ms)
{
  return span_ms == LIA_METRIC_NONE ? g_strdup (NONE) : lia_figure_span ((gint64)round (span_ms / 1000) * 1000);
}

static char *
format_ratio (double ratio)
{
  /* Rounded down: 100 % is said of all alone */
  return ratio == LIA_METRIC_NONE ? g_strdup (NONE) : g_strdup_printf (_ ("%d %%"), (int)floor (ratio * 100 + 1e-9));
}

static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/** lia_figure_value: (transfer full): as it is shown, "–" where nothing has happened. */
char *
lia_figure_value (LiaFigure          figure,
                  const LiaQueueDay *day)
{
  const LiaQueueFigures *of = &day->figures;

  switch (figure)
    {
    case LIA_FIGURE_WAITING:
      return format_count (of->waiting);
    case LIA_FIGURE_LONGEST:
      return of->waiting > 0 ? lia_figure_span (of->longest_now_ms) : g_strdup (NONE);
    case LIA_FIGURE_SERVICE_LEVEL:
      return format_ratio (of->service_level);
    case LIA_FIGURE_ASA:
      return lia_figure_span_or_none (of->asa_ms);
    case LIA_FIGURE_ANSWERED:
      return format_count (of->answered);
    case LIA_FIGURE_ABANDONED:
      return format_count (of->abandoned);
    case LIA_FIGURE_SHORT:
      return format_count (of->short_ones);
    case LIA_FIGURE_AHT:
      return lia_figure_span_or_none (day->aht_ms);
    case LIA_FIGURE_CALLBACKS:
      return format_count (day->callbacks_due);
    case LIA_FIGURE_CALLBACKS_KEPT:
      return format_ratio (day->callback_kept);
    case LIA_N_FIGURES:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/** lia_figure_detail: (transfer full): what stands small beside it, "" for nothing. */
char *
lia_figure_detail (LiaFigure          figure,
                   const LiaQueueDay *day)
{
  const LiaQueueFigures *of = &day->figures;
  g_autofree char       *first = NULL;
  g_autofree char       *second = NULL;

  switch (figure)
    {
    case LIA_FIGURE_LONGEST:
      first = lia_figure_span (of->longest_ms);
      return g_strdup_printf (_ ("today %s"), first);
    case LIA_FIGURE_ASA:
      first = lia_figure_span_or_none (of->median_ms);
      second = lia_figure_span_or_none (of->p90_ms);
      /* Translators: half of the callers waited no longer than the first time, 90 % of them no longer than the second */
      return g_strdup_printf (_ ("half %s, 90 %% %s"), first, second);
    case LIA_FIGURE_ANSWERED:
      return g_strdup_printf (_ ("of %d"), (int)of->offered);
    case LIA_FIGURE_CALLBACKS:
      return day->callbacks_late > 0 ? g_strdup_printf (_ ("%d late"), (int)day->callbacks_late) : g_strdup ("");
    case LIA_FIGURE_CALLBACKS_KEPT:
      return day->callbacks_judged > 0 ? g_strdup_printf (_ ("%d of %d"), (int)day->callbacks_kept, (int)day->callbacks_judged) : g_strdup ("");
    default:
      return g_strdup ("");
    }
}

static char *
service_level_formula (LiaQueue *queue)
{
  int target_s = (int)(queue->service_target_ms / 1000);

  if (g_strcmp0 (queue->service_level, "ignore") == 0)
    return g_strdup_printf (_ ("Answered within %d s ÷ all who were answered or waited for longer. Who hung up within %d s is left out."), target_s, target_s);
  if (g_strcmp0 (queue->service_level, "positive") == 0)
    return g_strdup_printf (_ ("(Answered + hung up within %d s) ÷ all who were answered, hung up or waited for longer."), target_s);

  return g_strdup_printf (_ ("Answered within %d s ÷ all who were answered, hung up or waited for longer. Who hung up counts as not served."), target_s);
}

/** lia_figure_formula: (transfer full): how it is computed, by the queue's own rules. */
char *
lia_figure_formula (LiaFigure figure,
                    LiaQueue *queue)
{
  int short_s = (int)(queue->short_ms / 1000);

  switch (figure)
    {
    case LIA_FIGURE_WAITING:
      return g_strdup (_ ("Callers who stand in the queue now."));
    case LIA_FIGURE_LONGEST:
      return g_strdup (_ ("How long the one who came first has been waiting. Beside it the longest wait of today, whatever became of it."));
    case LIA_FIGURE_SERVICE_LEVEL:
      return service_level_formula (queue);
    case LIA_FIGURE_ASA:
      return g_strdup (_ ("Sum of the waits of those who were answered ÷ their number, ringing included. Beside it what half of them, and 90 % of them, did not exceed."));
    case LIA_FIGURE_ANSWERED:
      return g_strdup (_ ("Callers connected to a person, of all who came today but those who left to another queue or were turned away."));
    case LIA_FIGURE_ABANDONED:
      return g_strdup_printf (_ ("Callers who hung up before anybody answered, after more than %d s."), short_s);
    case LIA_FIGURE_SHORT:
      return g_strdup_printf (_ ("Callers who hung up within %d s: they did not really wait."), short_s);
    case LIA_FIGURE_AHT:
      return g_strdup (_ ("(Talk + hold + wrap-up) ÷ calls handled."));
    case LIA_FIGURE_CALLBACKS:
      return g_strdup (_ ("Customers who could not reach us or were promised a call, and were not called yet."));
    case LIA_FIGURE_CALLBACKS_KEPT:
      return g_strdup (_ ("Callbacks done within their time ÷ all of today that are done or whose time is over. Who got through to us first is left out."));
    case LIA_N_FIGURES:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/** lia_figure_alarms: whether it needs somebody: one waits longer than was promised, or a callback is late. */
gboolean
lia_figure_alarms (LiaFigure          figure,
                   const LiaQueueDay *day,
                   LiaQueue          *queue)
{
  if (figure == LIA_FIGURE_CALLBACKS)
    return day->callbacks_late > 0;

  return figure == LIA_FIGURE_LONGEST && day->figures.longest_now_ms > queue->service_target_ms;
}
