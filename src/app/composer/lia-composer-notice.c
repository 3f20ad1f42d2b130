/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-composer-notice.h"

/*
 * What the composer has to say, calmly and in its place: somebody wrote meanwhile, a message could not be sent. Never a dialog, so that the
 * text stays in view. Screen readers are told.
 */

struct _LiaComposerNotice
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkImage    *icon;
  GtkLabel    *title;
  GtkLabel    *detail;
  GtkButton   *look_button;
  GtkButton   *send_button;
  GtkButton   *restore_button;
  GtkButton   *close_button;
  GtkButton   *fix_button;
};

G_DEFINE_FINAL_TYPE (LiaComposerNotice, lia_composer_notice, GTK_TYPE_WIDGET)

/* Out of the way of the keyboard when nothing is shown. */
static void
on_revealed_cb (LiaComposerNotice *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_revealer_get_reveal_child (self->revealer));
}

/* From where the keyboard is: a bar that was not there a moment ago has no voice yet. */
static void
announce (LiaComposerNotice *self,
          const char        *words)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  gtk_accessible_announce (GTK_ACCESSIBLE (focus != NULL ? focus : GTK_WIDGET (self)), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
lia_composer_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_COMPOSER_NOTICE);

  G_OBJECT_CLASS (lia_composer_notice_parent_class)->dispose (object);
}

static void
lia_composer_notice_class_init (LiaComposerNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_composer_notice_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-composer-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, title);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, detail);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, look_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, send_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, restore_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, close_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposerNotice, fix_button);
  gtk_widget_class_bind_template_callback (widget_class, on_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lia_composer_notice_hide);
}

static void
lia_composer_notice_init (LiaComposerNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * lia_composer_notice_show:
 * @title: one sentence
 * @detail: (nullable): what exactly, up to three lines
 */
void
lia_composer_notice_show (LiaComposerNotice *self,
                          const char        *icon_name,
                          const char        *title,
                          const char        *detail,
                          LiaNoticeButtons   buttons)
{
  g_autofree char *spoken = g_strjoin (" ", title, detail != NULL ? detail : "", NULL);
  gboolean         news = g_strcmp0 (gtk_label_get_label (self->title), title) != 0 || !gtk_revealer_get_reveal_child (self->revealer);

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL && *detail != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->look_button), (buttons & LIA_NOTICE_LOOK) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->send_button), (buttons & LIA_NOTICE_SEND_ANYWAY) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), (buttons & LIA_NOTICE_RESTORE) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->close_button), (buttons & LIA_NOTICE_CLOSE) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->fix_button), (buttons & LIA_NOTICE_FIX) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);

  if (news)
    announce (self, spoken);
}

/** lia_composer_notice_set_fix: @label: (nullable): with a mnemonic: what the button does that mends it. */
void
lia_composer_notice_set_fix (LiaComposerNotice *self,
                             const char        *label)
{
  gtk_button_set_label (self->fix_button, label != NULL ? label : "");
}

gboolean
lia_composer_notice_is_shown (LiaComposerNotice *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}

void
lia_composer_notice_hide (LiaComposerNotice *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
