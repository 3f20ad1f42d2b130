/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a response: which one is shown, its mistakes at their place, what it says to a customer, and what can be inserted. */
#include "lia-library-editor-private.h"

#include "lia-canned-change.h"
#include "lia-library-insert.h"
#include "lia-template-known.h"
#include "lia-template-locale.h"
#include "lia-template-placeholder.h"
#include "lia-template.h"
#include "lia-time.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const channels[] = { "", "email", "chat", "phone" };

static LiaCannedVariant *
shown_variant (LiaLibraryEditor *self)
{
  GPtrArray *variants = self->edited->variants;

  return variants->len > 0 ? variants->pdata[MIN (self->shown, variants->len - 1)] : NULL;
}

/* "German, formal, chat", in words of the agent */
static char *
variant_words (const LiaCannedVariant *variant)
{
  static const char *const forms[] = { NULL, N_ ("informal"), N_ ("formal") };
  static const char *const names[] = { NULL, N_ ("e-mail"), N_ ("chat"), N_ ("phone") };
  g_autofree char         *language = *variant->language != '\0' ? lia_template_locale_language_name (variant->language, g_get_language_names ()[0]) : g_strdup (_ ("any language"));
  g_autoptr (GString) words = g_string_new (language);

  if (variant->formality != LIA_CANNED_FORMALITY_ANY)
    g_string_append_printf (words, ", %s", _ (forms[variant->formality]));
  for (guint i = 1; i < G_N_ELEMENTS (channels); i++)
    if (strcmp (variant->channel, channels[i]) == 0)
      g_string_append_printf (words, ", %s", _ (names[i]));

  return g_strdup_printf (_ ("Text for %s"), words->str);
}

/* The list of texts, and the one that is chosen in it */
void
lia_library_editor_show_texts (LiaLibraryEditor *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean filling = self->filling;

  self->filling = TRUE;
  if (self->edited->variants->len == 0)
    g_ptr_array_add (self->edited->variants, lia_canned_variant_new ());
  self->shown = MIN (self->shown, self->edited->variants->len - 1);
  for (guint i = 0; i < self->edited->variants->len; i++)
    {
      g_autofree char *words = variant_words (self->edited->variants->pdata[i]);

      gtk_string_list_append (names, words);
    }
  gtk_drop_down_set_model (self->texts, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->texts, self->shown);
  gtk_widget_set_visible (GTK_WIDGET (self->texts), TRUE);
  lia_library_editor_show_text (self);
  self->filling = filling;
}

void
lia_library_editor_show_text (LiaLibraryEditor *self)
{
  LiaCannedVariant *variant = shown_variant (self);
  GtkTextBuffer    *buffer = gtk_text_view_get_buffer (self->body);
  guint             channel = 0;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    channel = strcmp (variant->channel, channels[i]) == 0 ? i : channel;
  gtk_editable_set_text (GTK_EDITABLE (self->language_row), variant->language);
  gtk_editable_set_text (GTK_EDITABLE (self->subject_row), variant->subject);
  adw_combo_row_set_selected (self->formality_row, variant->formality);
  adw_combo_row_set_selected (self->channel_row, channel);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, variant->body, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
}

/* What the rows say of the shown text, into `edited` */
void
lia_library_editor_take_text (LiaLibraryEditor *self)
{
  LiaCanned        *edited = self->edited;
  LiaCannedVariant *variant = lia_canned_variant_copy (shown_variant (self));
  GtkTextBuffer    *buffer = gtk_text_view_get_buffer (self->body);
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);
  guint       channel = adw_combo_row_get_selected (self->channel_row);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (variant->body);
  variant->body = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_set_str (&variant->language, gtk_editable_get_text (GTK_EDITABLE (self->language_row)));
  g_strdelimit (g_strstrip (variant->language), "_", '-');
  g_set_str (&variant->subject, gtk_editable_get_text (GTK_EDITABLE (self->subject_row)));
  g_set_str (&variant->channel, channels[MIN (channel, G_N_ELEMENTS (channels) - 1)]);
  variant->formality = (LiaCannedFormality)adw_combo_row_get_selected (self->formality_row);

  /* The list is shared with older values: a new one is made. */
  for (guint i = 0; i < edited->variants->len; i++)
    g_ptr_array_add (variants, i == self->shown ? variant : lia_canned_variant_ref (edited->variants->pdata[i]));
  g_ptr_array_unref (edited->variants);
  edited->variants = g_steal_pointer (&variants);
}

static void
on_text_selected_cb (LiaLibraryEditor *self)
{
  guint selected = gtk_drop_down_get_selected (self->texts);

  if (self->filling || self->id == NULL || selected == GTK_INVALID_LIST_POSITION || selected == self->shown)
    return;

  self->shown = selected;
  lia_library_editor_show_texts (self);
  lia_library_editor_update_preview (self);
}

/* Mistakes --------------------------------------------------------------------------------------------------------------------------------- */

static void
mark (GtkTextBuffer          *buffer,
      const LiaTemplateError *error)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int)error->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int)(error->start + MAX (error->length, 1)));
  if (gtk_text_iter_equal (&start, &end))
    gtk_text_iter_backward_char (&start);
  gtk_text_buffer_apply_tag_by_name (buffer, "mistake", &start, &end);
}

static void
show_problem (LiaLibraryEditor *self,
              GtkTextBuffer    *buffer,
              GPtrArray        *errors)
{
  const LiaTemplateError *first = errors->pdata[0];
  GtkTextIter             place;
  g_autofree char        *words = NULL;
  g_autofree char        *more = NULL;

  gtk_text_buffer_get_iter_at_offset (buffer, &place, (int)first->start);
  words = g_strdup_printf (_ ("Line %d: %s"), gtk_text_iter_get_line (&place) + 1, first->message);
  if (errors->len > 1)
    more = g_strdup_printf (ngettext ("%s (and %u more mistake)", "%s (and %u more mistakes)", errors->len - 1), words, errors->len - 1);
  self->problem_at = (int)first->start;
  gtk_label_set_label (self->problem, more != NULL ? more : words);
}

static void
update_mistakes (LiaLibraryEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (shown_variant (self)->body, &errors);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "mistake", &start, &end);
  self->problem_at = -1;
  for (guint i = 0; template == NULL && i < errors->len; i++)
    mark (buffer, errors->pdata[i]);
  if (template == NULL)
    show_problem (self, buffer, errors);
  gtk_widget_set_visible (self->problem_box, template == NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->body), GTK_ACCESSIBLE_STATE_INVALID, template == NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
go_to_problem_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  GtkTextBuffer    *buffer = gtk_text_view_get_buffer (self->body);
  GtkTextIter       place;

  if (self->problem_at < 0)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &place, self->problem_at);
  gtk_text_buffer_place_cursor (buffer, &place);
  gtk_text_view_scroll_mark_onscreen (self->body, gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

/* Preview ---------------------------------------------------------------------------------------------------------------------------------- */

static LiaTemplateValue *
sample_value (const LiaTemplatePlaceholder *placeholder,
              gint64                        now_ms)
{
  const char        *example = lia_template_placeholder_get_example (placeholder);
  const char *const *words;
  g_auto (GStrv) list = NULL;

  switch (placeholder->type)
    {
    case LIA_TEMPLATE_NUMBER:
      return lia_template_value_new_digits (example);
    case LIA_TEMPLATE_TIME:
    case LIA_TEMPLATE_DATE:
      return lia_template_value_new_time (now_ms);
    case LIA_TEMPLATE_LIST:
      list = g_strsplit (example, " ", -1);
      words = (const char *const *)list;
      return lia_template_value_new_list (words);
    case LIA_TEMPLATE_TRUTH:
      return lia_template_value_new_truth (TRUE);
    case LIA_TEMPLATE_OPENING_HOURS:
    case LIA_TEMPLATE_TEXT:
    default:
      return lia_template_value_new_text (example);
    }
}

/* (transfer full): invented values, or those of the open conversation, whose gaps are seen then */
static LiaTemplateMap *
make_values (LiaLibraryEditor *self,
             gint64            now_ms)
{
  LiaTemplateMap               *map = lia_template_map_new ();
  guint                         n_placeholders;
  const LiaTemplatePlaceholder *placeholders = lia_template_placeholders (&n_placeholders);
  LiaAgent                     *me = lia_client_get_me (self->client);

  if (self->conversation != NULL && gtk_drop_down_get_selected (self->values) == 1)
    {
      lia_template_map_add_conversation (map, self->conversation);
      if (self->customer != NULL)
        lia_template_map_add_customer (map, self->customer);
    }
  else
    for (guint i = 0; i < n_placeholders; i++)
      lia_template_map_take (map, placeholders[i].name, sample_value (&placeholders[i], now_ms));
  if (me != NULL)
    lia_template_map_add_agent (map, me);

  return map;
}

void
lia_library_editor_update_preview (LiaLibraryEditor *self)
{
  g_autoptr (LiaCanned) alone = lia_canned_copy (self->edited);
  LiaCannedVariant *variant = shown_variant (self);
  LiaTemplateWanted wanted = { variant->language, variant->formality, variant->channel };
  gint64            now_ms = lia_time_now ();
  g_autoptr (LiaTemplateMap) values = make_values (self, now_ms);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (LiaResponseWording) wording = NULL;

  g_ptr_array_unref (alone->variants);
  alone->variants = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);
  g_ptr_array_add (alone->variants, lia_canned_variant_ref (variant));
  wording = lia_response_wording_new (alone, &wanted, NULL, LIA_TEMPLATE_VALUES (values), zone, now_ms);
  update_mistakes (self);
  lia_response_preview_set_wording (self->preview, wording);
}

static void
on_values_selected_cb (LiaLibraryEditor *self)
{
  if (self->id != NULL && !self->filling)
    lia_library_editor_update_preview (self);
}

/** lia_library_editor_set_customer: both (nullable): whose values the preview can show instead of invented ones. */
void
lia_library_editor_set_customer (LiaLibraryEditor *self,
                                 LiaConversation  *conversation,
                                 LiaCustomer      *customer)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const[]){ _ ("With invented values"), NULL });
  guint selected = gtk_drop_down_get_selected (self->values);

  g_set_object (&self->conversation, conversation);
  g_set_object (&self->customer, customer);
  if (conversation != NULL)
    {
      const char      *name = customer != NULL && *customer->name != '\0' ? customer->name : _ ("the open conversation");
      g_autofree char *words = g_strdup_printf (_ ("As %s gets it"), name);

      gtk_string_list_append (names, words);
    }
  gtk_drop_down_set_model (self->values, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->values, conversation != NULL && selected == 1 ? 1 : 0);
  on_values_selected_cb (self);
}

/* Texts ------------------------------------------------------------------------------------------------------------------------------------ */

static GPtrArray *
copy_variants (LiaLibraryEditor *self)
{
  GPtrArray *variants = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);

  for (guint i = 0; i < self->edited->variants->len; i++)
    g_ptr_array_add (variants, lia_canned_variant_ref (self->edited->variants->pdata[i]));

  return variants;
}

static void
set_variants (LiaLibraryEditor *self,
              GPtrArray        *variants)
{
  g_ptr_array_unref (self->edited->variants);
  self->edited->variants = variants;
  lia_library_editor_show_texts (self);
  lia_library_editor_changed (self);
}

/* A copy to translate: what stands there is easier to change than to begin anew. */
static void
add_text_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  GPtrArray        *variants = copy_variants (self);
  LiaCannedVariant *added = lia_canned_variant_copy (shown_variant (self));

  g_set_str (&added->language, "");
  g_ptr_array_add (variants, added);
  self->shown = variants->len - 1;
  set_variants (self, variants);
  adw_expander_row_set_expanded (self->text_row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->language_row));
}

static void
remove_text_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  GPtrArray        *variants;

  if (self->edited->variants->len < 2)
    return;
  variants = copy_variants (self);
  g_ptr_array_remove_index (variants, self->shown);
  self->shown = 0;
  set_variants (self, variants);
}

static void
on_inserted_cb (LiaLibraryEditor *self,
                const char       *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gtk_menu_button_popup (LIA_LIBRARY_EDITOR (widget)->placeholders);
}

void
lia_library_editor_install_text (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_text_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_values_selected_cb);
  gtk_widget_class_install_action (widget_class, "response.go-to-problem", NULL, go_to_problem_action);
  gtk_widget_class_install_action (widget_class, "response.add-text", NULL, add_text_action);
  gtk_widget_class_install_action (widget_class, "response.remove-text", NULL, remove_text_action);
  gtk_widget_class_install_action (widget_class, "response.insert", NULL, insert_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, "response.insert", NULL);
}

void
lia_library_editor_init_text (LiaLibraryEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);
  GtkWidget     *insert = lia_library_insert_new ();

  gtk_text_buffer_create_tag (buffer, "mistake", "underline", PANGO_UNDERLINE_ERROR, "underline-rgba", &(GdkRGBA){ 0.88f, 0.11f, 0.14f, 1 }, "background-rgba", &(GdkRGBA){ 0.88f, 0.11f, 0.14f, 0.12f }, NULL);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (lia_library_editor_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (insert, "inserted", G_CALLBACK (on_inserted_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->placeholders, insert);
  lia_library_editor_set_customer (self, NULL, NULL);
}
