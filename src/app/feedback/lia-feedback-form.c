/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-feedback-form.h"

#include "lia-entry-words.h"
#include "lia-feedback-words.h"
#include "lia-finding-row.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

#define MAX_LIKE 5
#define MIN_TYPED 3   /* characters that say something */
#define MAX_ASKED 300 /* characters of a quote that are looked for */
#define N_IMPORTANCES 3

struct _LiaFeedbackForm
{
  AdwBin parent_instance;

  GtkWidget     *quote_box;
  GtkLabel      *source;
  GtkWidget     *forget_button;
  GtkTextView   *words;
  AdwWrapBox    *kinds;
  GtkEditable   *title;
  GtkEditable   *url;
  GtkWidget     *like_box;
  GtkListBox    *like;
  GtkEditable   *product;
  GtkMenuButton *products_button;
  GtkDropDown   *importance;
  GtkLabel      *problem;
  GtkWidget     *create_button;

  GtkToggleButton  *kind_buttons[LIA_FINDING_N_KINDS];
  LiaClient        *client;
  LiaFeedbackDraft *draft; /* as it was set: what no widget shows stands here */
  GStrv             products;
  guint             asked;     /* counts what was asked for: an answer to an earlier question is none */
  guint             tick;      /* something has been typed since */
  gboolean          filling;   /* a draft is being shown */
  gsize             n_product; /* characters of it, before the last change */
};

enum {
  TYPED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order in which they are offered */
static const LiaImportance importances[N_IMPORTANCES] = { LIA_IMPORTANCE_NORMAL, LIA_IMPORTANCE_LOW, LIA_IMPORTANCE_BLOCKING };

G_DEFINE_FINAL_TYPE (LiaFeedbackForm, lia_feedback_form, ADW_TYPE_BIN)

static LiaFindingKind
chosen_kind (LiaFeedbackForm *self)
{
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    if (gtk_toggle_button_get_active (self->kind_buttons[i]))
      return i;

  return LIA_FINDING_BUG;
}

static char *
dup_words (LiaFeedbackForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* What is known already ---------------------------------------------------------------------------------------------------------------------- */

static void
on_like_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      asked)
{
  LiaFeedbackForm *self = owner;
  LiaValuePage    *page = value != NULL ? g_value_get_object (value) : NULL;
  guint            n = page != NULL ? g_list_model_get_n_items (G_LIST_MODEL (page->values)) : 0;

  if (GPOINTER_TO_UINT (asked) != self->asked)
    return;
  if (n > 0)
    lia_finding_row_fill_list (self->like, G_LIST_MODEL (page->values));
  gtk_list_box_unselect_all (self->like);
  gtk_widget_set_visible (self->like_box, n > 0);
}

/* What it is about; until that is said, what the customer said. */
static void
look (LiaFeedbackForm *self)
{
  const char      *title = gtk_editable_get_text (self->title);
  g_autofree char *words = *title == '\0' ? dup_words (self) : NULL;
  g_autofree char *typed = words != NULL ? g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), MAX_ASKED)) : g_strdup (title);

  self->asked++;
  if (self->client == NULL || g_utf8_strlen (typed, -1) < MIN_TYPED)
    {
      gtk_widget_set_visible (self->like_box, FALSE);
      return;
    }
  lia_then (lia_client_get_findings_like (self->client, typed, MAX_LIKE), self, on_like_cb, GUINT_TO_POINTER (self->asked), NULL);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  LIA_FEEDBACK_FORM (widget)->tick = 0;
  look (LIA_FEEDBACK_FORM (widget));

  return G_SOURCE_REMOVE;
}

static void
look_soon (LiaFeedbackForm *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
announce_selected (LiaFeedbackForm *self)
{
  LiaFinding      *finding = lia_finding_row_of_list (gtk_list_box_get_selected_row (self->like));
  g_autofree char *customers = finding != NULL ? lia_feedback_words_customers (finding) : NULL;
  g_autofree char *words = NULL;

  if (finding == NULL)
    return;
  /* Translators: what is read out of a known finding: what it is about, and how many say so */
  words = g_strdup_printf (_ ("%s, also said by %s"), finding->title, customers);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->title), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* From the field, without leaving it. Above the first one is none: something new. */
static gboolean
step (LiaFeedbackForm *self,
      int              by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->like);
  int            index = selected != NULL ? gtk_list_box_row_get_index (selected) + by : by > 0 ? 0
                                                                                                : -1;

  if (!gtk_widget_get_visible (self->like_box))
    return GDK_EVENT_PROPAGATE;
  if (index < 0)
    gtk_list_box_unselect_all (self->like);
  else if (gtk_list_box_get_row_at_index (self->like, index) != NULL)
    gtk_list_box_select_row (self->like, gtk_list_box_get_row_at_index (self->like, index));
  announce_selected (self);

  return GDK_EVENT_STOP;
}

/* What is typed ------------------------------------------------------------------------------------------------------------------------------ */

static void
on_changed_cb (LiaFeedbackForm *self)
{
  if (self->filling)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  g_signal_emit (self, signals[TYPED], 0);
}

static void
on_title_changed_cb (LiaFeedbackForm *self)
{
  look_soon (self);
  on_changed_cb (self);
}

static void
on_words_changed_cb (LiaFeedbackForm *self)
{
  if (*gtk_editable_get_text (self->title) == '\0')
    look_soon (self);
  on_changed_cb (self);
}

static void
on_kind_toggled_cb (LiaFeedbackForm *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->url), chosen_kind (self) == LIA_FINDING_SITE_FAILED);
  on_changed_cb (self);
}

/* A product that was named before is completed; what was not typed is selected, so that typing on takes its place. */
static gboolean
complete_product_cb (gpointer data)
{
  LiaFeedbackForm *self = data;
  const char      *typed = gtk_editable_get_text (self->product);
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  int              n = (int)g_utf8_strlen (typed, -1);

  for (guint i = 0; *typed != '\0' && self->products != NULL && self->products[i] != NULL; i++)
    {
      g_autofree char *known = g_utf8_casefold (self->products[i], -1);

      if (!g_str_has_prefix (known, folded) || g_utf8_strlen (self->products[i], -1) <= n)
        continue;
      self->filling = TRUE;
      gtk_editable_set_text (self->product, self->products[i]);
      gtk_editable_select_region (self->product, n, -1);
      self->filling = FALSE;
      self->n_product = (gsize)n;
      break;
    }

  return G_SOURCE_REMOVE;
}

static void
on_product_changed_cb (LiaFeedbackForm *self)
{
  gsize n = (gsize)g_utf8_strlen (gtk_editable_get_text (self->product), -1);

  if (self->filling)
    return;
  if (n > self->n_product && gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->product))))
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, complete_product_cb, g_object_ref (self), g_object_unref);
  self->n_product = n;
  on_changed_cb (self);
}

static gboolean
check (LiaFeedbackForm  *self,
       LiaFeedbackDraft *draft)
{
  g_autofree char *title = g_strstrip (g_strdup (draft->finding->title));

  if (*title == '\0')
    {
      lia_feedback_form_complain (self, _ ("Say in one line what it is about."));
      gtk_widget_grab_focus (GTK_WIDGET (self->title));
      return FALSE;
    }
  if (draft->finding->kind == LIA_FINDING_SITE_FAILED && !lia_finding_is_web_address (draft->finding->url))
    {
      lia_feedback_form_complain (self, _ ("Say which page it was: its address, with https://"));
      gtk_widget_grab_focus (GTK_WIDGET (self->url));
      return FALSE;
    }

  return TRUE;
}

static void
on_create_cb (LiaFeedbackForm *self)
{
  g_autoptr (LiaFeedbackDraft) draft = lia_feedback_form_dup_draft (self);

  if (check (self, draft))
    g_signal_emit (self, signals[DONE], 0, draft);
}

static void
add_to (LiaFeedbackForm *self,
        LiaFinding      *known)
{
  g_autoptr (LiaFeedbackDraft) draft = lia_feedback_form_dup_draft (self);

  g_set_str (&draft->finding->id, known->id);
  g_set_str (&draft->finding->title, known->title);
  g_signal_emit (self, signals[DONE], 0, draft);
}

static void
on_activate_cb (LiaFeedbackForm *self)
{
  LiaFinding *known = gtk_widget_get_visible (self->like_box) ? lia_finding_row_of_list (gtk_list_box_get_selected_row (self->like)) : NULL;

  if (known != NULL)
    add_to (self, known);
  else
    on_create_cb (self);
}

static void
on_like_activated_cb (LiaFeedbackForm *self,
                      GtkListBoxRow   *row)
{
  add_to (self, lia_finding_row_of_list (row));
}

static void
choose_kind (LiaFeedbackForm *self,
             guint            index)
{
  gtk_toggle_button_set_active (self->kind_buttons[index], TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (index == LIA_FINDING_SITE_FAILED && *gtk_editable_get_text (self->title) != '\0' ? self->url : self->title));
}

/* One key chooses the kind: alone where nothing is typed, with Alt everywhere. */
static gboolean
on_key_pressed_cb (LiaFeedbackForm *self,
                   guint            key,
                   guint            code,
                   GdkModifierType  modifiers)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean   in_kinds = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->kinds));
  gboolean   in_title = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->title));

  modifiers &= gtk_accelerator_get_default_mod_mask ();
  if (key >= GDK_KEY_1 && key < GDK_KEY_1 + LIA_FINDING_N_KINDS && (modifiers == GDK_ALT_MASK || (modifiers == 0 && in_kinds)))
    {
      choose_kind (self, key - GDK_KEY_1);
      return GDK_EVENT_STOP;
    }
  if (in_title && modifiers == 0 && (key == GDK_KEY_Down || key == GDK_KEY_Up))
    return step (self, key == GDK_KEY_Down ? 1 : -1);

  return GDK_EVENT_PROPAGATE;
}

static void
show_quote (LiaFeedbackForm *self)
{
  const LiaQuote *quote = self->draft->quote;
  gboolean        taken = quote->end > quote->start;

  /* The customer's words are not to be bettered; what was heard is typed. */
  gtk_text_view_set_editable (self->words, !taken);
  gtk_text_view_set_cursor_visible (self->words, !taken);
  gtk_widget_set_visible (self->forget_button, taken || quote->second != LIA_QUOTE_NO_SECOND);
}

static void
on_forget_cb (LiaFeedbackForm *self)
{
  LiaQuote *quote;
  g_autoptr (LiaFeedbackDraft) draft = lia_feedback_form_dup_draft (self);

  quote = draft->quote;
  g_set_str (&quote->text, "");
  g_set_str (&quote->source, "");
  quote->start = quote->end = 0;
  quote->second = LIA_QUOTE_NO_SECOND;
  lia_feedback_form_set_draft (self, draft);
  lia_feedback_form_set_source (self, _ ("What the customer said"));
  g_signal_emit (self, signals[TYPED], 0);
}

/* Products ------------------------------------------------------------------------------------------------------------------------------------ */

static void
product_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LiaFeedbackForm *self = LIA_FEEDBACK_FORM (widget);

  gtk_editable_set_text (self->product, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->product));
  gtk_editable_set_position (self->product, -1);
}

static void
on_products_cb (gpointer      owner,
                const GValue *value,
                GError       *error,
                gpointer      data)
{
  LiaFeedbackForm *self = owner;
  g_autoptr (GMenu) menu = g_menu_new ();

  if (value == NULL)
    return;
  g_clear_pointer (&self->products, g_strfreev);
  self->products = g_value_dup_boxed (value);
  for (guint i = 0; self->products[i] != NULL && i < 12; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (self->products[i], NULL);

      g_menu_item_set_action_and_target (item, "feedback-form.product", "s", self->products[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->products_button, G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (GTK_WIDGET (self->products_button), self->products[0] != NULL);
}

/* The widget ---------------------------------------------------------------------------------------------------------------------------------- */

static void
make_kinds (LiaFeedbackForm *self)
{
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    {
      GtkWidget       *content = adw_button_content_new ();
      GtkWidget       *button = gtk_toggle_button_new ();
      const char      *name = lia_words_finding_kind (i);
      g_autofree char *label = g_strdup_printf ("%u %s", i + 1, name);

      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), lia_feedback_words_icon (i));
      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
      gtk_button_set_child (GTK_BUTTON (button), content);
      gtk_widget_add_css_class (button, "feedback-kind");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      self->kind_buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->kind_buttons[i], self->kind_buttons[0]);
      adw_wrap_box_append (self->kinds, button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_kind_toggled_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_toggle_button_set_active (self->kind_buttons[0], TRUE);
}

static void
make_importances (LiaFeedbackForm *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < N_IMPORTANCES; i++)
    gtk_string_list_append (names, lia_feedback_words_importance (importances[i]));
  gtk_drop_down_set_model (self->importance, G_LIST_MODEL (names));
}

static void
lia_feedback_form_dispose (GObject *object)
{
  LiaFeedbackForm *self = LIA_FEEDBACK_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FEEDBACK_FORM);
  g_clear_object (&self->client);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->products, g_strfreev);

  G_OBJECT_CLASS (lia_feedback_form_parent_class)->dispose (object);
}

static void
lia_feedback_form_class_init (LiaFeedbackFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_feedback_form_dispose;

  signals[TYPED] = g_signal_new ("typed", LIA_TYPE_FEEDBACK_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", LIA_TYPE_FEEDBACK_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_FEEDBACK_DRAFT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-feedback-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, quote_box);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, source);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, forget_button);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, words);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, kinds);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, title);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, url);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, like_box);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, like);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, product);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, products_button);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, importance);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackForm, create_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_product_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_create_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_like_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "feedback-form.product", "s", product_action);
}

static void
lia_feedback_form_init (LiaFeedbackForm *self)
{
  self->filling = TRUE;
  self->draft = lia_feedback_draft_new ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  make_kinds (self);
  make_importances (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->words), "changed", G_CALLBACK (on_words_changed_cb), self, G_CONNECT_SWAPPED);
  self->filling = FALSE;
}

void
lia_feedback_form_set_client (LiaFeedbackForm *self,
                              LiaClient       *client)
{
  g_set_object (&self->client, client);
}

/** lia_feedback_form_set_draft: shows it. */
void
lia_feedback_form_set_draft (LiaFeedbackForm  *self,
                             LiaFeedbackDraft *draft)
{
  guint importance = 0;

  self->filling = TRUE;
  g_set_object (&self->draft, draft);
  while (importance < N_IMPORTANCES - 1 && importances[importance] != draft->quote->importance)
    importance++;
  gtk_toggle_button_set_active (self->kind_buttons[draft->finding->kind], TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->url), draft->finding->kind == LIA_FINDING_SITE_FAILED);
  gtk_editable_set_text (self->title, draft->finding->title);
  gtk_editable_set_text (self->url, draft->finding->url);
  gtk_editable_set_text (self->product, draft->finding->product);
  self->n_product = (gsize)g_utf8_strlen (draft->finding->product, -1);
  gtk_drop_down_set_selected (self->importance, importance);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), draft->quote->text, -1);
  show_quote (self);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  self->filling = FALSE;
  look_soon (self);
}

/** lia_feedback_form_dup_draft: (transfer full): what it shows now */
LiaFeedbackDraft *
lia_feedback_form_dup_draft (LiaFeedbackForm *self)
{
  LiaFeedbackDraft *draft = lia_feedback_draft_new (self->draft->quote->conv);
  g_autofree char  *words = dup_words (self);

  g_set_str (&draft->key, self->draft->key);
  draft->finding->kind = chosen_kind (self);
  g_set_str (&draft->finding->title, gtk_editable_get_text (self->title));
  g_set_str (&draft->finding->product, gtk_editable_get_text (self->product));
  if (draft->finding->kind == LIA_FINDING_SITE_FAILED)
    g_set_str (&draft->finding->url, gtk_editable_get_text (self->url));
  g_set_str (&draft->quote->text, words);
  draft->quote->importance = importances[MIN (gtk_drop_down_get_selected (self->importance), N_IMPORTANCES - 1)];
  g_set_str (&draft->quote->source, self->draft->quote->source);
  draft->quote->start = self->draft->quote->start;
  draft->quote->end = self->draft->quote->end;
  draft->quote->second = self->draft->quote->second;

  return draft;
}

/** lia_feedback_form_set_source: where it was said, in words */
void
lia_feedback_form_set_source (LiaFeedbackForm *self,
                              const char      *words)
{
  gtk_label_set_text (self->source, words);
}

/** lia_feedback_form_complain: until something is changed */
void
lia_feedback_form_complain (LiaFeedbackForm *self,
                            const char      *problem)
{
  gtk_label_set_text (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/** lia_feedback_form_begin: with the keyboard where one key chooses the kind. */
void
lia_feedback_form_begin (LiaFeedbackForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->kind_buttons[chosen_kind (self)]));
  if (self->client != NULL)
    lia_then (lia_client_get_finding_products (self->client), self, on_products_cb, NULL, NULL);
}
