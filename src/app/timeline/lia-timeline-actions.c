/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the widgets in a row ask for comes up as widget actions with the entry's id, so that they need not know the timeline; most become one of its
 * signals. The menu of an entry is one popover for all rows.
 */

#include "lia-timeline-private.h"

#include "lia-entry-details.h"
#include "lia-link.h"

#include "lia-config.h"

#include <glib/gi18n.h>

static LiaEntry *
entry_of (LiaTimeline *self,
          const char  *id)
{
  LiveRow *row = lia_timeline_find_entry (self, id);

  return row != NULL ? g_object_ref (lia_timeline_row_get_entry (row->widget)) : NULL;
}

static LiaFolding *
need_folding (LiaTimeline *self,
              const char  *id)
{
  LiaFolding *folding = g_hash_table_lookup (self->foldings, id);

  if (folding == NULL)
    {
      folding = g_new0 (LiaFolding, 1);
      g_hash_table_insert (self->foldings, g_strdup (id), folding);
    }

  return folding;
}

/* The row changes its height because somebody wants it: its top stays, also at the end of the timeline. */
static void
refold (LiaTimeline *self,
        LiveRow     *row)
{
  row->stale = TRUE;
  lia_timeline_touch (self);
  lia_timeline_geometry_unpin (self->geometry);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_toggle_fold (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  const char  *id;
  int          fold;
  LiveRow     *row;

  g_variant_get (parameter, "(&si)", &id, &fold);
  row = lia_timeline_find_entry (self, id);
  if (row == NULL || fold < 0)
    return;

  lia_folding_toggle (need_folding (self, id), (guint)fold);
  refold (self, row);
}

static void
on_show_more (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  const char  *id = g_variant_get_string (parameter, NULL);
  LiveRow     *row = lia_timeline_find_entry (self, id);

  if (row == NULL)
    return;

  lia_folding_show_more (need_folding (self, id), lia_timeline_row_get_entry (row->widget)->text);
  refold (self, row);
}

static void
emit_for_entry (GtkWidget *widget,
                GVariant  *parameter,
                int        signal)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  g_autoptr (LiaEntry) entry = entry_of (self, g_variant_get_string (parameter, NULL));

  if (entry != NULL)
    g_signal_emit (self, lia_timeline_signals[signal], 0, entry);
}

static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  emit_for_entry (widget, parameter, UNDO);
}

static void
on_retry (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  emit_for_entry (widget, parameter, RETRY);
}

static void
on_settle (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  emit_for_entry (widget, parameter, SETTLE);
}

static void
on_view_original (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  emit_for_entry (widget, parameter, VIEW_ORIGINAL);
}

static void
on_reply (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  const char  *id, *mode;
  g_autoptr (LiaEntry) entry = NULL;

  g_variant_get (parameter, "(&s&s)", &id, &mode);
  entry = entry_of (self, id);
  if (entry != NULL)
    g_signal_emit (self, lia_timeline_signals[REPLY_REQUESTED], 0, entry, mode);
}

static void
on_attachment (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  gboolean     open = g_str_equal (name, "timeline.open-attachment");
  const char  *id;
  int          index;
  g_autoptr (LiaEntry) entry = NULL;

  g_variant_get (parameter, "(&si)", &id, &index);
  entry = entry_of (self, id);

  if (entry != NULL && index >= 0 && entry->attachments != NULL && (guint)index < entry->attachments->len)
    g_signal_emit (self, lia_timeline_signals[open ? OPEN_ATTACHMENT : SAVE_ATTACHMENT], 0, entry, entry->attachments->pdata[index]);
}

static void
on_open_link (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  const char *uri = g_variant_get_string (parameter, NULL);
  gboolean    handled = FALSE;

  g_signal_emit (widget, lia_timeline_signals[OPEN_LINK], 0, uri, &handled);
  if (!handled)
    lia_link_open (widget, uri);
}

static void
on_copy (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_autofree char *text = lia_timeline_dup_selected_text (LIA_TIMELINE (widget));

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
on_copy_entry (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  g_autoptr (LiaEntry) entry = entry_of (self, g_variant_get_string (parameter, NULL));
  g_autoptr (GString) text = g_string_new (NULL);

  if (entry == NULL || entry->text == NULL)
    return;

  lia_folding_append_visible (g_hash_table_lookup (self->foldings, entry->id), entry, 0, G_MAXSIZE, text);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
on_select_all (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  lia_timeline_select_all (LIA_TIMELINE (widget));
}

static void
on_unselect (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  lia_timeline_clear_selection (LIA_TIMELINE (widget));
}

static void
on_open_menu (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LiveRow *row = lia_timeline_find_entry (LIA_TIMELINE (widget), g_variant_get_string (parameter, NULL));

  if (row != NULL)
    lia_timeline_open_menu (LIA_TIMELINE (widget), row, -1, -1);
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
add_reply (GMenu      *menu,
           const char *label,
           LiaEntry   *entry,
           const char *mode)
{
  add_item (menu, label, "timeline.reply", g_variant_new ("(ss)", entry->id, mode));
}

/* The window around the timeline has the action. */
static void
add_push (GMenu    *menu,
          LiaEntry *entry)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);

  if (*details->finding != '\0' && entry->send_state != LIA_SEND_CANCELLED)
    add_item (menu, _ ("_Send to the Engineers…"), "push.finding", g_variant_new_string (details->finding));
  if (*details->finding != '\0' && *details->key != '\0')
    add_item (menu, _ ("_Withdraw from the Engineers…"), "push.withdraw", g_variant_new_string (details->finding));
}

static GMenuModel *
menu_of (LiaTimeline *self,
         LiaEntry    *entry)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) replies = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  gboolean has_text = entry->text != NULL && *entry->text != '\0';

  if (entry->kind == LIA_ENTRY_EMAIL)
    {
      add_reply (replies, _ ("_Reply"), entry, "reply");
      add_reply (replies, _ ("Reply to _All"), entry, "all");
      add_reply (replies, _ ("_Forward"), entry, "forward");
    }
  else if (entry->kind == LIA_ENTRY_CHAT)
    {
      add_reply (replies, _ ("_Reply"), entry, "reply");
    }
  if (has_text && entry->kind != LIA_ENTRY_STATE)
    add_reply (replies, _ ("_Quote in Reply"), entry, "quote");
  if (entry->kind == LIA_ENTRY_FINDING)
    add_push (others, entry);
  if (has_text)
    add_item (others, _ ("_Copy Text"), "timeline.copy-entry", g_variant_new_string (entry->id));
  if (self->has_selection)
    add_item (others, _ ("Copy _Selection"), "timeline.copy", NULL);
  if (entry->has_html)
    add_item (others, _ ("View _Original"), "timeline.view-original", g_variant_new_string (entry->id));

  g_menu_append_section (menu, NULL, G_MENU_MODEL (replies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));

  return G_MENU_MODEL (menu);
}

/** lia_timeline_open_menu: at a point of the timeline, or, when negative, where the row has its menu. */
void
lia_timeline_open_menu (LiaTimeline *self,
                        LiveRow     *row,
                        double       x,
                        double       y)
{
  LiaEntry       *entry = lia_timeline_row_get_entry (row->widget);
  GtkWidget      *button = lia_timeline_row_get_menu_button (row->widget);
  graphene_rect_t bounds;
  GdkRectangle    at = { (int)x, (int)y, 1, 1 };
  g_autoptr (GMenuModel) model = menu_of (self, entry);

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }

  if (x < 0 && gtk_widget_compute_bounds (button != NULL ? button : GTK_WIDGET (row->widget), GTK_WIDGET (self), &bounds))
    {
      at = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width, (int)bounds.size.height };
      at.y = CLAMP (at.y, 0, gtk_widget_get_height (GTK_WIDGET (self)) - 1);
    }

  g_set_str (&self->focus_id, entry->id);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), x < 0);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

void
lia_timeline_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    const char                 *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "timeline.toggle-fold", "(si)", on_toggle_fold },
    { "timeline.show-more", "s", on_show_more },
    { "timeline.undo", "s", on_undo },
    { "timeline.retry", "s", on_retry },
    { "timeline.settle", "s", on_settle },
    { "timeline.view-original", "s", on_view_original },
    { "timeline.reply", "(ss)", on_reply },
    { "timeline.open-attachment", "(si)", on_attachment },
    { "timeline.save-attachment", "(si)", on_attachment },
    { "timeline.open-link", "s", on_open_link },
    { "timeline.open-menu", "s", on_open_menu },
    { "timeline.copy-entry", "s", on_copy_entry },
    { "timeline.copy", NULL, on_copy },
    { "timeline.select-all", NULL, on_select_all },
    { "timeline.unselect", NULL, on_unselect },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].activate);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "timeline.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "timeline.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "timeline.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "timeline.unselect", NULL);
}
