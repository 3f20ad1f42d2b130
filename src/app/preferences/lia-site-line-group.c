/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-site-line-group.h"

#include "lia-site-words.h"
#include "lia-then.h"

#include <glib/gi18n.h>

/* Stands in the line until somebody says where the chat is; such a line is not to be copied. */
#define EXAMPLE "https://chat.example.com"

struct _LiaSiteLineGroup
{
  AdwPreferencesGroup parent_instance;

  AdwEntryRow  *address;
  AdwActionRow *line_row;
  GtkWidget    *copy_button;
  GtkLabel     *problem;

  char    *key;     /* never NULL */
  gboolean checked; /* somebody wanted to save: mistakes are told */
};

G_DEFINE_FINAL_TYPE (LiaSiteLineGroup, lia_site_line_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
get_text (LiaSiteLineGroup *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->address));
}

static void
show_problem (LiaSiteLineGroup *self,
              const char       *problem)
{
  const gboolean is_wrong = problem != NULL && self->checked;

  gtk_label_set_label (self->problem, is_wrong ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), is_wrong);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID, is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
on_changed_cb (LiaSiteLineGroup *self)
{
  g_autofree char *problem = NULL;
  g_autofree char *address = lia_site_words_parse_address (get_text (self), &problem);
  const gboolean   is_known = address != NULL && *address != '\0' && *self->key != '\0';
  g_autofree char *line = lia_site_words_make_line (is_known ? address : EXAMPLE, *self->key != '\0' ? self->key : "…");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->line_row), line);
  adw_action_row_set_subtitle (self->line_row, is_known ? _ ("Goes into each page of the site, before </body>") : _ ("Say above where the chat is reached, then this line can be copied"));
  gtk_widget_set_sensitive (self->copy_button, is_known);
  show_problem (self, problem);
}

static void
on_copy_clicked_cb (LiaSiteLineGroup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->line_row)));
  lia_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
lia_site_line_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_SITE_LINE_GROUP);
  g_clear_pointer (&LIA_SITE_LINE_GROUP (object)->key, g_free);

  G_OBJECT_CLASS (lia_site_line_group_parent_class)->dispose (object);
}

static void
lia_site_line_group_class_init (LiaSiteLineGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_site_line_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-site-line-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSiteLineGroup, address);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteLineGroup, line_row);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteLineGroup, copy_button);
  gtk_widget_class_bind_template_child (widget_class, LiaSiteLineGroup, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
lia_site_line_group_init (LiaSiteLineGroup *self)
{
  self->key = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed_cb (self);
}

/** lia_site_line_group_set_key: by which the line names the site. */
void
lia_site_line_group_set_key (LiaSiteLineGroup *self,
                             const char       *key)
{
  g_set_str (&self->key, key);
  on_changed_cb (self);
}

void
lia_site_line_group_set_address (LiaSiteLineGroup *self,
                                 const char       *address)
{
  gtk_editable_set_text (GTK_EDITABLE (self->address), address);
}

/** lia_site_line_group_dup_address: (transfer full): "" where nobody has said it. Only of what was checked. */
char *
lia_site_line_group_dup_address (LiaSiteLineGroup *self)
{
  g_autofree char *problem = NULL;
  char            *address = lia_site_words_parse_address (get_text (self), &problem);

  return address != NULL ? address : g_strdup ("");
}

/** lia_site_line_group_check: whether it can be saved; says else what is wrong, and has the keyboard go there. */
gboolean
lia_site_line_group_check (LiaSiteLineGroup *self)
{
  g_autofree char *problem = NULL;
  g_autofree char *address = lia_site_words_parse_address (get_text (self), &problem);

  self->checked = TRUE;
  on_changed_cb (self);
  if (address == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    }

  return address != NULL;
}
