/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include "lia-response-section.h"
#include "lia-template-placeholder.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * The fields of canned responses in what is being written: Tab goes through them, the bar below the text offers what one can choose, and nothing
 * goes out before they are filled in. What came with a response, its subject and files, goes again when it is taken back.
 */

/** lia_composer_find_unfilled: (transfer full) (nullable): what has to be filled in before the text may go out, in words for its writer. */
char *
lia_composer_find_unfilled (LiaComposer *self)
{
  LiaTemplateField *field = lia_response_fields_select_first (self->fields);
  g_autofree char  *body = NULL;
  g_autofree char  *braces = NULL;

  if (field != NULL)
    return g_strdup_printf (_ ("Fill in “%s” first."), field->label);

  body = lia_composer_dup_body (self);
  braces = lia_template_find_placeholder (body);

  return braces != NULL ? g_strdup_printf (_ ("“%s” would go out just so. Replace it with what you mean."), braces) : NULL;
}

static gboolean
is_same_file (gconstpointer one,
              gconstpointer other)
{
  return g_strcmp0 (((const LiaAttachment *)one)->blob, ((const LiaAttachment *)other)->blob) == 0;
}

static void
set_files (LiaComposer *self,
           GPtrArray   *files,
           gboolean     there)
{
  g_autoptr (GPtrArray) attachments = lia_attachment_bar_dup_attachments (self->attachment_bar);

  if (files->len == 0)
    return;
  for (guint i = 0; i < files->len; i++)
    {
      guint    place;
      gboolean known = g_ptr_array_find_with_equal_func (attachments, files->pdata[i], is_same_file, &place);

      if (there && !known)
        g_ptr_array_add (attachments, g_object_ref (files->pdata[i]));
      else if (!there && known)
        g_ptr_array_remove_index (attachments, place);
    }
  lia_attachment_bar_set_attachments (self->attachment_bar, attachments);
  gtk_widget_set_visible (GTK_WIDGET (self->attachment_bar), !lia_attachment_bar_is_empty (self->attachment_bar));
}

static void
set_subject (LiaComposer *self,
             const char  *subject,
             const char  *instead_of)
{
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->subject_text)), instead_of))
    gtk_editable_set_text (GTK_EDITABLE (self->subject_text), subject);
}

static void
on_added_cb (LiaComposer          *self,
             LiaResponseInsertion *insertion)
{
  set_files (self, insertion->attachments, TRUE);
  if (*insertion->subject != '\0')
    set_subject (self, insertion->subject, insertion->old_subject);
  lia_composer_draft_changed (self);
}

static void
on_removed_cb (LiaComposer          *self,
               LiaResponseInsertion *insertion)
{
  set_files (self, insertion->attachments, FALSE);
  if (*insertion->subject != '\0')
    set_subject (self, insertion->old_subject, insertion->subject);
  lia_composer_draft_changed (self);
}

static void
show_actions (LiaComposer *self)
{
  lia_action_bar_show (self->action_bar, self->fields);
  if (lia_composer_is_note (self))
    gtk_widget_set_visible (GTK_WIDGET (self->action_bar), FALSE);
}

static void
show_hint (LiaComposer *self)
{
  guint             n = lia_response_fields_count_unfilled (self->fields);
  LiaTemplateField *current = lia_response_fields_get_current (self->fields);
  g_autofree char  *text = NULL;

  if (n == 0)
    return;
  if (current != NULL)
    text = g_strdup_printf (ngettext ("“%s”: %u place to fill in", "“%s”: %u places to fill in, Tab goes to the next", n), current->label, n);
  else
    text = g_strdup_printf (ngettext ("%u place to fill in: press Tab", "%u places to fill in: press Tab", n), n);
  lia_composer_hint (self, text, FALSE);
}

static void
on_fields_changed_cb (LiaComposer *self)
{
  if (self->filling)
    return;

  show_hint (self);
  show_actions (self);
  lia_field_bar_show (self->field_bar, self->fields);
}

static gboolean
on_key_cb (LiaComposer    *self,
           guint           key,
           guint           code,
           GdkModifierType state)
{
  gboolean back = key == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;

  if ((key != GDK_KEY_Tab && key != GDK_KEY_ISO_Left_Tab && key != GDK_KEY_KP_Tab) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      !lia_response_fields_select_next (self->fields, back))
    return GDK_EVENT_PROPAGATE;

  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->body_view), gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->body_buffer)));

  return GDK_EVENT_STOP;
}

/** lia_composer_restore_fields: @draft: (nullable): the draft's fields, after its text has been put in. */
void
lia_composer_restore_fields (LiaComposer *self,
                             LiaDraft    *draft)
{
  lia_response_fields_restore (self->fields, draft != NULL ? draft->fields : NULL);
  show_actions (self);
  lia_field_bar_show (self->field_bar, self->fields);
}

/* A response gives a subject to what begins something new; an answer keeps the one that it has. */
static char *
find_subject (LiaComposer              *self,
              const LiaResponseWording *wording)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = NULL;
  g_autoptr (LiaTemplateResult) result = NULL;

  if (lia_composer_is_note (self) || self->entry != NULL || *wording->variant->subject == '\0')
    return g_strdup ("");

  template = lia_template_parse (wording->variant->subject, &errors);
  if (template != NULL)
    result = lia_template_evaluate (template, wording->result->context);

  return g_strdup (result != NULL && result->n_unfilled == 0 ? result->text : "");
}

/** lia_composer_insert_wording: as one step of undo, with all that comes with it. */
void
lia_composer_insert_wording (LiaComposer        *self,
                             LiaResponseWording *wording)
{
  g_autofree char *subject = find_subject (self, wording);

  lia_response_fields_leave_out (self->fields, lia_composer_left_out (self));
  lia_response_fields_insert (self->fields, wording->canned, wording->variant->formality, wording->result->template, wording->result->context, 0, subject,
                              gtk_editable_get_text (GTK_EDITABLE (self->subject_text)));
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->body_view), gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->body_buffer)));
  gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

static void
on_chosen_cb (LiaComposer *self)
{
  lia_response_fields_select_next (self->fields, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->body_view));
}

void
lia_composer_init_fields (LiaComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->fields = lia_response_fields_new (GTK_TEXT_BUFFER (self->body_buffer));
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (on_fields_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "added", G_CALLBACK (on_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "removed", G_CALLBACK (on_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field_bar, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->body_view), keys);
}
