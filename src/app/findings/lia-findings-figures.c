/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-findings-figures.h"

#include "lia-format.h"

#include <glib/gi18n.h>

#define N_FIGURES 4
#define TOLD 3

struct _LiaFindingsFigures
{
  AdwBin parent_instance;

  GtkLabel *labels[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (LiaFindingsFigures, lia_findings_figures, ADW_TYPE_BIN)

static const struct
{
  const char     *title;
  const char     *formula;
  LiaFindingState until;
} figures_shown[N_FIGURES] = {
  { N_ ("Until engineers have it"), N_ ("From when it was said first until the engineers got it: half of the findings shown took no longer"), LIA_FINDING_LINKED },
  { N_ ("Until fixed"), N_ ("From when the engineers got it until it was fixed: half of the findings shown took no longer"), LIA_FINDING_FIXED },
  { N_ ("Until told"), N_ ("From when it was fixed until all customers were told: half of the findings shown took no longer"), LIA_FINDING_TOLD },
  { N_ ("Told"), N_ ("Of the findings shown that are fixed, of how many the customers were told"), LIA_FINDING_TOLD },
};

static char *
formula_words (guint              i,
               LiaFindingFigures *figures)
{
  const LiaFindingSpan *span = &figures->spans[figures_shown[i].until];
  g_autofree char      *of = NULL;
  g_autofree char      *p90 = NULL;

  if (i == TOLD || span->n == 0)
    return g_strdup (_ (figures_shown[i].formula));
  of = g_strdup_printf (ngettext ("Of %d finding", "Of %d findings", (gulong)span->n), (int)span->n);
  p90 = lia_format_span (span->p90_ms);

  /* Translators: how a figure is computed; "Of 12 findings"; in how long nine of ten of them had it */
  return g_strdup_printf (_ ("%s. %s; nine of ten: %s"), _ (figures_shown[i].formula), of, p90);
}

static char *
value_words (guint              i,
             LiaFindingFigures *figures)
{
  const LiaFindingSpan *span = &figures->spans[figures_shown[i].until];
  int                   percent = lia_finding_figures_get_told_percent (figures);

  if (i == TOLD)
    return percent >= 0 ? g_strdup_printf (_ ("%d %%"), percent) : g_strdup ("–");

  return span->n > 0 ? lia_format_span (span->p50_ms) : g_strdup ("–");
}

static void
lia_findings_figures_class_init (LiaFindingsFiguresClass *klass)
{
}

static void
lia_findings_figures_init (LiaFindingsFigures *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_bin_set_child (ADW_BIN (self), box);
  for (guint i = 0; i < N_FIGURES; i++)
    {
      self->labels[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_widget_add_css_class (GTK_WIDGET (self->labels[i]), "caption");
      gtk_widget_add_css_class (GTK_WIDGET (self->labels[i]), "numeric");
      /* To be read with the keyboard, too: how it is computed is what its tooltip says. */
      gtk_widget_set_focusable (GTK_WIDGET (self->labels[i]), TRUE);
      adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->labels[i]));
    }
}

/** lia_findings_figures_show: @figures: (nullable): not known */
void
lia_findings_figures_show (LiaFindingsFigures *self,
                           LiaFindingFigures  *figures)
{
  gtk_widget_set_visible (GTK_WIDGET (self), figures != NULL);
  for (guint i = 0; i < N_FIGURES && figures != NULL; i++)
    {
      g_autofree char *value = value_words (i, figures);
      g_autofree char *formula = formula_words (i, figures);
      /* Translators: a figure: what it is, and how much */
      g_autofree char *words = g_strdup_printf (_ ("%s: %s"), _ (figures_shown[i].title), value);

      gtk_label_set_text (self->labels[i], words);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->labels[i]), formula);
    }
}
