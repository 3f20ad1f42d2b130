/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-failing-pages.h"

#include "lia-client-findings.h"
#include "lia-format.h"
#include "lia-then.h"
#include "lia-time.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

struct _LiaFailingPages
{
  AdwBin parent_instance;

  GtkStack   *stack;
  GtkListBox *list;
};

enum {
  PAGE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFailingPages, lia_failing_pages, ADW_TYPE_BIN)

static char *
page_words (LiaFailingPage *page)
{
  g_autofree char *contacts = g_strdup_printf (ngettext ("%d contact", "%d contacts", (gulong)page->contacts), (int)page->contacts);
  g_autofree char *customers = g_strdup_printf (ngettext ("%d customer", "%d customers", (gulong)page->customers), (int)page->customers);
  g_autofree char *findings = g_strdup_printf (ngettext ("%d finding", "%d findings", (gulong)page->findings), (int)page->findings);
  g_autofree char *last = lia_format_moment (page->last_ms, lia_time_now ());

  /* Translators: of a page of the web site: "4 contacts", "3 customers", "2 findings", and when it was said last */
  return g_strdup_printf (_ ("%s · %s · %s · last %s"), contacts, customers, findings, last);
}

static GtkWidget *
make_label (const char        *text,
            PangoEllipsizeMode ellipsize,
            const char *const *styles)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_wrap (GTK_LABEL (label), ellipsize == PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_css_classes (label, (const char **)styles);

  return label;
}

static GtkWidget *
row_new (LiaFailingPage *page)
{
  static const char *const small[] = { "caption", "dimmed", "numeric", NULL };
  static const char *const plain[] = { NULL };
  GtkWidget               *row = gtk_list_box_row_new ();
  GtkWidget               *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char         *about = page_words (page);
  g_autofree char         *words = g_strdup_printf ("%s, %s", page->url, about);

  gtk_box_append (GTK_BOX (box), make_label (page->url, PANGO_ELLIPSIZE_MIDDLE, plain));
  gtk_box_append (GTK_BOX (box), make_label (about, PANGO_ELLIPSIZE_NONE, small));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, page->url);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (row), "url", g_strdup (page->url), g_free);

  return row;
}

static void
on_row_activated_cb (LiaFailingPages *self,
                     GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[PAGE_ACTIVATED], 0, (const char *)g_object_get_data (G_OBJECT (row), "url"));
}

/* The keyboard stays on the page that it was on. */
static void
fill (LiaFailingPages *self,
      GListModel      *pages)
{
  GtkWidget       *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  g_autofree char *url = focus != NULL ? g_strdup (g_object_get_data (G_OBJECT (focus), "url")) : NULL;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (LiaFailingPage) page = g_list_model_get_item (pages, i);
      GtkWidget *row = row_new (page);

      gtk_list_box_append (self->list, row);
      if (g_strcmp0 (page->url, url) == 0)
        gtk_widget_grab_focus (row);
    }
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (pages) > 0 ? "list" : "empty");
}

static void
on_pages_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      data)
{
  LiaFailingPages *self = owner;

  if (value != NULL)
    fill (self, G_LIST_MODEL (((LiaValuePage *)g_value_get_object (value))->values));
  else
    lia_complain (GTK_WIDGET (self), _ ("The pages could not be read"), error);
}

static void
lia_failing_pages_dispose (GObject *object)
{
  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_FAILING_PAGES);

  G_OBJECT_CLASS (lia_failing_pages_parent_class)->dispose (object);
}

static void
lia_failing_pages_class_init (LiaFailingPagesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_failing_pages_dispose;

  signals[PAGE_ACTIVATED] = g_signal_new ("page-activated", LIA_TYPE_FAILING_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-failing-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFailingPages, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaFailingPages, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_failing_pages_init (LiaFailingPages *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_failing_pages_refresh (LiaFailingPages *self,
                           LiaClient       *client)
{
  lia_then (lia_client_get_failing_pages (client), self, on_pages_cb, NULL, NULL);
}

void
lia_failing_pages_take_keyboard (LiaFailingPages *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}
