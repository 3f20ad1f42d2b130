/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-preview.h"

#include "lia-response-words.h"
#include "lia-template-placeholder.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define MAX_CHIP_CHARS 24
#define TINT 0.16f /* of the accent colour, behind values */

struct _LiaResponsePreview
{
  AdwBin parent_instance;

  GtkWidget   *notice_box;
  GtkLabel    *notice;
  GtkLabel    *subject;
  GtkTextView *text;
  GtkLabel    *zone;
  GtkWidget   *formality_box;
  GtkLabel    *formality;
  GtkButton   *formality_button;
  AdwWrapBox  *extras;

  LiaResponseFinder  *finder; /* NULL: nothing can be changed here */
  GtkTextTag         *tint;
  LiaResponseWording *wording;
};

G_DEFINE_FINAL_TYPE (LiaResponsePreview, lia_response_preview, ADW_TYPE_BIN)

static void
update_tint (LiaResponsePreview *self)
{
  GdkRGBA *accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());

  accent->alpha = TINT;
  g_object_set (self->tint, "background-rgba", accent, NULL);
  gdk_rgba_free (accent);
}

/* The other one than what is shown */
static LiaCannedFormality
other_formality (LiaResponsePreview *self)
{
  return self->wording->variant->formality == LIA_CANNED_FORMALITY_FORMAL ? LIA_CANNED_FORMALITY_INFORMAL : LIA_CANNED_FORMALITY_FORMAL;
}

static gboolean
has_formality (LiaCanned         *canned,
               LiaCannedFormality formality)
{
  for (guint i = 0; i < canned->variants->len; i++)
    {
      if (((LiaCannedVariant *)canned->variants->pdata[i])->formality == formality)
        return TRUE;
    }

  return FALSE;
}

/** lia_response_preview_change_formality: the customer is addressed in the other way from now on, where the response knows one. */
void
lia_response_preview_change_formality (LiaResponsePreview *self)
{
  DexFuture *future;

  if (!gtk_widget_get_visible (self->formality_box) || !gtk_widget_get_visible (GTK_WIDGET (self->formality_button)))
    return;

  future = lia_response_finder_set_formality (self->finder, other_formality (self));
  if (future != NULL)
    lia_then_complain (future, GTK_WIDGET (self), _ ("How the customer is addressed could not be saved"));
}

static void
on_formality_clicked_cb (LiaResponsePreview *self)
{
  lia_response_preview_change_formality (self);
}

static void
lia_response_preview_dispose (GObject *object)
{
  LiaResponsePreview *self = LIA_RESPONSE_PREVIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_RESPONSE_PREVIEW);
  g_clear_object (&self->wording);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (lia_response_preview_parent_class)->dispose (object);
}

static void
lia_response_preview_class_init (LiaResponsePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_response_preview_dispose;

  gtk_widget_class_set_css_name (widget_class, "responsepreview");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-response-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, notice_box);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, notice);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, subject);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, text);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, zone);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, formality_box);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, formality);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, formality_button);
  gtk_widget_class_bind_template_child (widget_class, LiaResponsePreview, extras);
  gtk_widget_class_bind_template_callback (widget_class, on_formality_clicked_cb);
}

static void
lia_response_preview_init (LiaResponsePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->tint = gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->text), NULL, NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::accent-color-rgba", G_CALLBACK (update_tint), self, G_CONNECT_SWAPPED);
  update_tint (self);
}

GtkWidget *
lia_response_preview_new (void)
{
  return g_object_new (LIA_TYPE_RESPONSE_PREVIEW, NULL);
}

static GtkWidget *
make_chip (const LiaTemplateSpan *span)
{
  /* Why a value is missing is said above. */
  const LiaTemplatePlaceholder *missing = lia_template_placeholder_find (span->field->key);
  g_autofree char              *short_label = g_utf8_truncate_middle (missing != NULL ? lia_template_placeholder_get_title (missing) : span->field->label, MAX_CHIP_CHARS);
  g_autofree char              *words = g_strdup_printf ("%s · %s", short_label, lia_response_words_field (span->field));
  GtkWidget                    *label = gtk_label_new (words);

  gtk_widget_add_css_class (label, "response-chip");
  if (span->kind != LIA_TEMPLATE_SPAN_UNFILLED)
    gtk_widget_add_css_class (label, "left-out");

  return label;
}

static gboolean
is_chip (const LiaTemplateSpan *span)
{
  return span->kind == LIA_TEMPLATE_SPAN_UNFILLED || (span->kind == LIA_TEMPLATE_SPAN_OPTIONAL && span->start == span->end);
}

static void
put_chip (LiaResponsePreview    *self,
          GtkTextBuffer         *buffer,
          const LiaTemplateSpan *span)
{
  GtkTextIter         start, end;
  GtkTextChildAnchor *anchor;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int)span->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int)span->end);
  gtk_text_buffer_delete (buffer, &start, &end);
  anchor = gtk_text_buffer_create_child_anchor (buffer, &start);
  gtk_text_view_add_child_at_anchor (self->text, make_chip (span), anchor);
}

static void
show_text (LiaResponsePreview *self,
           LiaTemplateResult  *result)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  gtk_text_buffer_set_text (buffer, result != NULL ? result->text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, result != NULL ? result->text : "", -1);

  for (guint i = 0; result != NULL && i < result->spans->len; i++)
    {
      const LiaTemplateSpan *span = result->spans->pdata[i];
      GtkTextIter            start, end;

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int)span->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int)span->end);
      if (span->kind != LIA_TEMPLATE_SPAN_OPTIONAL)
        gtk_text_buffer_apply_tag (buffer, self->tint, &start, &end);
    }

  /* From the end, so that no place moves before its turn. */
  for (guint i = result != NULL ? result->spans->len : 0; i > 0; i--)
    {
      if (is_chip (result->spans->pdata[i - 1]))
        put_chip (self, buffer, result->spans->pdata[i - 1]);
    }
}

static void
add_extra (LiaResponsePreview *self,
           const char         *icon,
           const char         *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (box, words);
  gtk_widget_add_css_class (box, "response-extra");
  gtk_widget_add_css_class (box, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  adw_wrap_box_append (self->extras, box);
}

static const char *
action_icon (const char *kind)
{
  static const char *const icons[][2] = {
    { "tag", "lia-tag-symbolic" },
    { "snooze", "alarm-symbolic" },
    { "close", "object-select-symbolic" },
    { "assign", "lia-queue-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (g_str_equal (icons[i][0], kind))
        return icons[i][1];
    }

  return "insert-link-symbolic";
}

static void
show_extras (LiaResponsePreview *self,
             LiaCanned          *canned)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->extras))) != NULL)
    adw_wrap_box_remove (self->extras, child);

  for (guint i = 0; canned != NULL && i < canned->attachments->len; i++)
    {
      const LiaAttachment *attachment = canned->attachments->pdata[i];

      add_extra (self, "mail-attachment-symbolic", attachment->name);
    }
  for (guint i = 0; canned != NULL && i < canned->actions->len; i++)
    {
      const LiaCannedAction *action = canned->actions->pdata[i];
      g_autofree char       *words = lia_response_words_action (action);

      add_extra (self, action_icon (action->kind), words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->extras), canned != NULL && canned->attachments->len + canned->actions->len > 0);
}

static void
show_notice (LiaResponsePreview *self,
             LiaResponseWording *wording)
{
  g_autofree char *error = wording != NULL ? lia_response_words_error (wording) : NULL;
  g_autofree char *misses = wording != NULL && error == NULL ? lia_response_words_misses (wording) : NULL;
  g_autofree char *missing = wording != NULL && error == NULL ? lia_response_words_missing (wording) : NULL;
  g_autofree char *both = misses != NULL && missing != NULL ? g_strdup_printf ("%s\n%s", misses, missing) : NULL;
  const char      *words = error != NULL ? error : both != NULL ? both
                                               : misses != NULL ? misses
                                                                : missing;

  gtk_label_set_label (self->notice, words != NULL ? words : "");
  gtk_widget_set_visible (self->notice_box, words != NULL);
}

static void
show_zone (LiaResponsePreview *self,
           LiaResponseWording *wording)
{
  g_autofree char *words = wording != NULL && self->finder != NULL ? lia_response_words_zone (wording) : NULL;

  gtk_label_set_label (self->zone, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->zone), words != NULL);
}

static void
show_formality (LiaResponsePreview *self,
                LiaResponseWording *wording)
{
  g_autofree char   *words = wording != NULL && self->finder != NULL ? lia_response_words_formality (wording) : NULL;
  LiaCannedFormality other;

  gtk_widget_set_visible (self->formality_box, words != NULL);
  if (words == NULL)
    return;

  other = other_formality (self);
  gtk_label_set_label (self->formality, words);
  gtk_button_set_label (self->formality_button, other == LIA_CANNED_FORMALITY_FORMAL ? _ ("Write Formally") : _ ("Write Informally"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->formality_button), _ ("To This Customer, From Now On (Ctrl+G)"));
  gtk_widget_set_visible (GTK_WIDGET (self->formality_button), has_formality (wording->canned, other));
}

/** lia_response_preview_set_finder: whose conversation it is: says more of its customer, and lets one change how they are addressed. */
void
lia_response_preview_set_finder (LiaResponsePreview *self,
                                 LiaResponseFinder  *finder)
{
  g_set_object (&self->finder, finder);
}

/** lia_response_preview_set_wording: @wording: (nullable): NULL shows nothing. */
void
lia_response_preview_set_wording (LiaResponsePreview *self,
                                  LiaResponseWording *wording)
{
  const char *subject = wording != NULL && wording->variant != NULL ? wording->variant->subject : "";

  g_set_object (&self->wording, wording);
  gtk_label_set_label (self->subject, subject);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), *subject != '\0');
  show_notice (self, wording);
  show_text (self, wording != NULL ? wording->result : NULL);
  show_zone (self, wording);
  show_formality (self, wording);
  show_extras (self, wording != NULL ? wording->canned : NULL);
}
