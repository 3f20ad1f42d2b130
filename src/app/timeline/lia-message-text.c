/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A column of blocks, one for each part of the text (see lia-folding.c): a "⋯" button for a folded part, and its text. Blocks are kept when the row
 * is used for another entry.
 */

#include "lia-message-text.h"

#include "lia-selectable-text.h"
#include "lia-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  LiaTextPart        part;
  GtkWidget         *toggle; /* or NULL */
  LiaSelectableText *text;
} Block;

struct _LiaMessageText
{
  GtkWidget parent_instance;

  LiaEntry  *entry;
  GArray    *blocks; /* of Block */
  guint      n_used;
  GtkWidget *more; /* or NULL */
};

G_DEFINE_FINAL_TYPE (LiaMessageText, lia_message_text, GTK_TYPE_WIDGET)

static Block *
block_at (LiaMessageText *self,
          guint           i)
{
  return &g_array_index (self->blocks, Block, i);
}

static void
on_toggled (GtkToggleButton *toggle,
            LiaMessageText  *self)
{
  for (guint i = 0; i < self->n_used; i++)
    {
      Block *block = block_at (self, i);

      if (block->toggle == GTK_WIDGET (toggle))
        gtk_widget_activate_action (GTK_WIDGET (self), "timeline.toggle-fold", "(si)", self->entry->id, block->part.fold);
    }
}

static Block *
need_block (LiaMessageText *self,
            guint           i)
{
  if (i == self->blocks->len)
    {
      Block block = { .text = lia_selectable_text_new () };

      gtk_widget_insert_before (GTK_WIDGET (block.text), GTK_WIDGET (self), self->more);
      g_array_append_val (self->blocks, block);
    }

  return block_at (self, i);
}

static const char *
fold_name (LiaEntry          *entry,
           const LiaTextPart *part)
{
  for (guint i = part->fold; i < entry->folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (entry->folds, LiaFold, i);

      if (fold->start < part->end && fold->kind == LIA_FOLD_QUOTE)
        return _ ("Show Quoted Text");
    }

  return _ ("Show Signature");
}

static void
show_toggle (LiaMessageText *self,
             Block          *block,
             gboolean        open)
{
  const char *name = fold_name (self->entry, &block->part);

  if (block->toggle == NULL)
    {
      block->toggle = gtk_toggle_button_new ();
      gtk_button_set_icon_name (GTK_BUTTON (block->toggle), "view-more-horizontal-symbolic");
      gtk_widget_set_halign (block->toggle, GTK_ALIGN_START);
      gtk_widget_add_css_class (block->toggle, "fold");
      gtk_widget_insert_before (block->toggle, GTK_WIDGET (self), GTK_WIDGET (block->text));
      g_signal_connect (block->toggle, "toggled", G_CALLBACK (on_toggled), self);
    }

  g_signal_handlers_block_by_func (block->toggle, on_toggled, self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (block->toggle), open);
  g_signal_handlers_unblock_by_func (block->toggle, on_toggled, self);
  lia_tooltip_set (block->toggle, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (block->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (block->toggle, TRUE);
}

static void
bind_block (LiaMessageText    *self,
            Block             *block,
            const LiaTextPart *part,
            const LiaFolding  *folding)
{
  gboolean folded = part->fold >= 0;
  gboolean open = !folded || lia_folding_is_open (folding, part->fold);

  block->part = *part;

  if (folded)
    show_toggle (self, block, open);
  else if (block->toggle != NULL)
    gtk_widget_set_visible (block->toggle, FALSE);

  if (open)
    lia_selectable_text_set_text (block->text, self->entry->text + part->start, part->end - part->start);

  gtk_widget_set_visible (GTK_WIDGET (block->text), open);
  if (folded)
    gtk_widget_add_css_class (GTK_WIDGET (block->text), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (block->text), "folded");
}

static void
on_more (GtkButton      *button,
         LiaMessageText *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "timeline.show-more", "s", self->entry->id);
}

static void
bind_more (LiaMessageText *self,
           gsize           end)
{
  gboolean is_cut = self->entry->text != NULL && self->entry->text[end] != '\0';

  if (is_cut && self->more == NULL)
    {
      self->more = gtk_button_new_with_label (_ ("Show All"));
      gtk_widget_set_halign (self->more, GTK_ALIGN_START);
      gtk_widget_add_css_class (self->more, "show-more");
      gtk_widget_set_parent (self->more, GTK_WIDGET (self));
      g_signal_connect (self->more, "clicked", G_CALLBACK (on_more), self);
    }

  if (self->more != NULL)
    gtk_widget_set_visible (self->more, is_cut);
}

/** lia_message_text_bind: show @entry's text. @folding may be NULL: nothing was unfolded. */
void
lia_message_text_bind (LiaMessageText   *self,
                       LiaEntry         *entry,
                       const LiaFolding *folding)
{
  g_autoptr (GArray) parts = lia_folding_get_parts (folding, entry);

  g_set_object (&self->entry, entry);

  for (guint i = 0; i < parts->len; i++)
    bind_block (self, need_block (self, i), &g_array_index (parts, LiaTextPart, i), folding);

  for (guint i = parts->len; i < self->n_used; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (block_at (self, i)->text), FALSE);
      if (block_at (self, i)->toggle != NULL)
        gtk_widget_set_visible (block_at (self, i)->toggle, FALSE);
    }

  self->n_used = parts->len;
  bind_more (self, lia_folding_get_end (folding, entry->text != NULL ? entry->text : ""));
}

/** lia_message_text_set_selection: paint the bytes from @start to @end as selected. */
void
lia_message_text_set_selection (LiaMessageText *self,
                                gsize           start,
                                gsize           end)
{
  for (guint i = 0; i < self->n_used; i++)
    {
      Block *block = block_at (self, i);
      gsize  from = CLAMP (start, block->part.start, block->part.end);
      gsize  to = CLAMP (end, block->part.start, block->part.end);

      if (gtk_widget_get_visible (GTK_WIDGET (block->text)))
        lia_selectable_text_set_selection (block->text, from - block->part.start, to - block->part.start);
    }
}

static Block *
block_near (LiaMessageText *self,
            double          x,
            double          y,
            double         *block_x,
            double         *block_y)
{
  Block *near = NULL;

  for (guint i = 0; i < self->n_used; i++)
    {
      Block           *block = block_at (self, i);
      graphene_point_t point;

      if (!gtk_widget_get_visible (GTK_WIDGET (block->text)) ||
          !gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (block->text), &GRAPHENE_POINT_INIT (x, y), &point))
        continue;
      if (near != NULL && point.y < 0)
        break;

      near = block;
      *block_x = point.x;
      *block_y = point.y;
    }

  return near;
}

/** lia_message_text_locate: the byte of the entry's text nearest to a point. */
gsize
lia_message_text_locate (LiaMessageText *self,
                         double          x,
                         double          y)
{
  double block_x, block_y;
  Block *block = block_near (self, x, y, &block_x, &block_y);

  return block != NULL ? block->part.start + lia_selectable_text_locate (block->text, block_x, block_y) : 0;
}

/** lia_message_text_get_word: the word around the byte @offset. */
void
lia_message_text_get_word (LiaMessageText *self,
                           gsize           offset,
                           gsize          *start,
                           gsize          *end)
{
  *start = *end = offset;

  for (guint i = 0; i < self->n_used; i++)
    {
      Block *block = block_at (self, i);

      if (offset < block->part.start || offset > block->part.end || !gtk_widget_get_visible (GTK_WIDGET (block->text)))
        continue;

      lia_selectable_text_get_word (block->text, offset - block->part.start, start, end);
      *start += block->part.start;
      *end += block->part.start;
    }
}

static void
lia_message_text_dispose (GObject *object)
{
  LiaMessageText *self = LIA_MESSAGE_TEXT (object);
  GtkWidget      *child;

  self->n_used = 0;
  self->more = NULL;
  if (self->blocks != NULL)
    g_array_set_size (self->blocks, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->entry);
  g_clear_pointer (&self->blocks, g_array_unref);

  G_OBJECT_CLASS (lia_message_text_parent_class)->dispose (object);
}

static void
lia_message_text_class_init (LiaMessageTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_message_text_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "message-text");
}

static void
lia_message_text_init (LiaMessageText *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
}

LiaMessageText *
lia_message_text_new (void)
{
  return g_object_new (LIA_TYPE_MESSAGE_TEXT, NULL);
}
