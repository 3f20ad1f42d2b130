/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LiaShortcut:
 * @group: where it stands in the list of shortcuts, translatable
 * @title: what it does, translatable
 * @action: the action's name with its prefix
 * @target: (nullable): the action's parameter, as GVariant text
 * @accel: (nullable): its keys; NULL for commands that are only in the palette
 *
 * What can be done by name (in the command palette) and by key. One table, so that keys, palette and help agree.
 */
typedef struct
{
  const char *group;
  const char *title;
  const char *action;
  const char *target;
  const char *accel;
} LiaShortcut;

const LiaShortcut *lia_shortcuts_get (guint *n_shortcuts);
void               lia_shortcuts_install (GtkWidget *widget,
                                          GtkWidget *target);
gboolean           lia_shortcut_activate (const LiaShortcut *shortcut,
                                          GtkWidget         *widget);

G_END_DECLS
