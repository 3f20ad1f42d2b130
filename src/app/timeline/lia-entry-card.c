/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Built once and bound to many entries, so what most entries lack (subject, attachments, state of sending) is made when it is first needed.
 */

#include "lia-entry-card.h"

#include "lia-attachment-chip.h"
#include "lia-call-card.h"
#include "lia-entry-words.h"
#include "lia-send-status.h"
#include "lia-sound-player.h"
#include "lia-tooltip.h"

#include "lia-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define AVATAR_SIZE 32
#define SMALL_INLINE_BYTES (10 * 1024)

struct _LiaEntryCard
{
  GtkWidget parent_instance;

  LiaEntry       *entry;
  const char     *style;
  GtkWidget      *header;
  GtkWidget      *avatar;
  GtkImage       *kind;
  GtkLabel       *author;
  GtkLabel       *caption;
  GtkImage       *badge;
  GtkLabel       *time;
  GtkWidget      *menu;
  GtkLabel       *subject; /* these may be NULL */
  GtkLabel       *flags;
  LiaCallCard    *call;
  LiaMessageText *text;
  GtkWidget      *attachments;
  GPtrArray      *chips; /* of LiaAttachmentChip, borrowed */
  LiaSendStatus  *status;
  GtkLabel       *tail;
};

G_DEFINE_FINAL_TYPE (LiaEntryCard, lia_entry_card, GTK_TYPE_WIDGET)

static gboolean
is_call (LiaEntry *entry)
{
  return entry->kind == LIA_ENTRY_CALL || entry->kind == LIA_ENTRY_VOICEMAIL;
}

static const char *
style_of (LiaEntry *entry)
{
  if (entry->kind == LIA_ENTRY_NOTE || entry->kind == LIA_ENTRY_FINDING)
    return "note";
  if (is_call (entry))
    return "call";

  return entry->direction == LIA_DIRECTION_OUT ? "outgoing" : "incoming";
}

static const char *
icon_of (LiaEntry *entry)
{
  switch (entry->kind)
    {
    case LIA_ENTRY_NOTE:
      return "document-edit-symbolic";
    case LIA_ENTRY_CHAT:
      return "lia-chat-symbolic";
    case LIA_ENTRY_CALL:
      return "call-start-symbolic";
    case LIA_ENTRY_VOICEMAIL:
      return "media-tape-symbolic";
    case LIA_ENTRY_FINDING:
      return "lia-feedback-symbolic";
    case LIA_ENTRY_PROMISE:
      return "alarm-symbolic";
    case LIA_ENTRY_SURVEY:
      return "emote-love-symbolic";
    case LIA_ENTRY_VISIT:
      return "web-browser-symbolic";
    case LIA_ENTRY_EMAIL:
      return "mail-unread-symbolic";
    case LIA_ENTRY_STATE:
    default:
      return NULL;
    }
}

static void
set_style (LiaEntryCard *self,
           const char   *style)
{
  if (g_strcmp0 (self->style, style) == 0)
    return;

  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  gtk_widget_add_css_class (GTK_WIDGET (self), style);
  self->style = style;
}

static void
show_label (GtkLabel   *label,
            const char *text)
{
  gboolean visible = text != NULL && *text != '\0';

  gtk_widget_set_visible (GTK_WIDGET (label), visible);
  if (visible)
    gtk_label_set_text (label, text);
}

static void
bind_header (LiaEntryCard *self,
             gboolean      compact)
{
  LiaEntry        *entry = self->entry;
  gboolean         call = is_call (entry);
  g_autofree char *name = lia_address_show (entry->author);
  g_autofree char *time = lia_words_time (entry->at_ms);
  g_autofree char *caption = lia_words_caption (entry);

  gtk_widget_set_visible (self->header, !compact);
  if (compact)
    return;

  gtk_label_set_text (self->author, *name != '\0' ? name : lia_words_kind (entry));
  lia_tooltip_set (GTK_WIDGET (self->author), entry->author->address);
  gtk_label_set_text (self->time, time);
  show_label (self->caption, caption);
  gtk_image_set_from_icon_name (self->badge, icon_of (entry));

  gtk_widget_set_visible (self->avatar, !call);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), call);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), !call);
  if (call)
    gtk_image_set_from_icon_name (self->kind, icon_of (entry));
  else
    adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
}

static GtkLabel *
need_label (GtkLabel  **label,
            GtkWidget  *parent,
            GtkWidget  *before,
            const char *style)
{
  if (*label == NULL)
    {
      *label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "width-chars", 20, NULL));
      gtk_widget_add_css_class (GTK_WIDGET (*label), style);
      gtk_widget_insert_before (GTK_WIDGET (*label), parent, before);
    }

  return *label;
}

static void
bind_subject (LiaEntryCard *self,
              const char   *previous)
{
  g_autofree char *subject = lia_words_subject (self->entry, previous);

  if (subject != NULL)
    need_label (&self->subject, GTK_WIDGET (self), GTK_WIDGET (self->text), "subject");
  if (self->subject != NULL)
    show_label (self->subject, subject);
}

static const char *
flag_words (LiaEntry *entry)
{
  if (lia_entry_has_flag (entry, "suspect-sender"))
    return _ ("This may not come from the person it names. Be careful with links and requests.");
  if (lia_entry_has_flag (entry, "new-participant"))
    return _ ("Somebody new writes in this conversation.");
  if (lia_entry_has_flag (entry, "unparsed"))
    return _ ("This message could not be read as usual; it is shown as it came.");
  if (lia_entry_has_flag (entry, "auto-reply"))
    return _ ("This is an automatic reply.");
  if (lia_entry_has_flag (entry, "sent-elsewhere"))
    return _ ("This was sent from another program.");

  return NULL;
}

static void
bind_flags (LiaEntryCard *self)
{
  const char *words = flag_words (self->entry);

  if (words != NULL)
    need_label (&self->flags, GTK_WIDGET (self), GTK_WIDGET (self->text), "flags");
  if (self->flags == NULL)
    return;

  show_label (self->flags, words);
  if (lia_entry_has_flag (self->entry, "suspect-sender"))
    gtk_widget_add_css_class (GTK_WIDGET (self->flags), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->flags), "warning");
}

static void
bind_call (LiaEntryCard        *self,
           const LiaRowContext *context)
{
  gboolean needed = is_call (self->entry);

  if (needed && self->call == NULL)
    {
      self->call = lia_call_card_new ();
      gtk_widget_insert_before (GTK_WIDGET (self->call), GTK_WIDGET (self), GTK_WIDGET (self->text));
    }
  if (self->call == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->call), needed);
  if (needed)
    lia_call_card_bind (self->call, self->entry, context);
}

static gboolean
is_shown (LiaEntry      *entry,
          LiaAttachment *attachment)
{
  if (is_call (entry) && lia_sound_player_can_play (attachment))
    return FALSE;

  /* Logos and lines of signatures come as inline images; a pasted screenshot does too, and is larger. */
  return !attachment->is_inline || !entry->has_html || attachment->size_bytes >= SMALL_INLINE_BYTES;
}

static LiaAttachmentChip *
need_chip (LiaEntryCard *self,
           guint         i)
{
  if (self->attachments == NULL)
    {
      self->attachments = g_object_new (ADW_TYPE_WRAP_BOX, "child-spacing", 6, "line-spacing", 6, NULL);
      gtk_widget_insert_before (self->attachments, GTK_WIDGET (self), self->status != NULL ? GTK_WIDGET (self->status) : GTK_WIDGET (self->tail));
    }
  if (i == self->chips->len)
    {
      LiaAttachmentChip *chip = lia_attachment_chip_new ();

      adw_wrap_box_append (ADW_WRAP_BOX (self->attachments), GTK_WIDGET (chip));
      g_ptr_array_add (self->chips, chip);
    }

  return self->chips->pdata[i];
}

static void
bind_attachments (LiaEntryCard *self)
{
  GPtrArray *attachments = self->entry->attachments;
  guint      n_shown = 0;

  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      LiaAttachmentChip *chip;

      if (!is_shown (self->entry, attachments->pdata[i]))
        continue;

      chip = need_chip (self, n_shown++);
      lia_attachment_chip_bind (chip, self->entry, i);
      gtk_widget_set_visible (GTK_WIDGET (chip), TRUE);
    }

  for (guint i = n_shown; i < self->chips->len; i++)
    gtk_widget_set_visible (self->chips->pdata[i], FALSE);
  if (self->attachments != NULL)
    gtk_widget_set_visible (self->attachments, n_shown > 0);
}

static void
bind_status (LiaEntryCard *self)
{
  gboolean needed = self->entry->direction == LIA_DIRECTION_OUT && lia_send_status_is_needed (self->entry) && lia_words_chat_state (self->entry, 0) == NULL;

  if (needed && self->status == NULL)
    {
      self->status = lia_send_status_new ();
      gtk_widget_insert_before (GTK_WIDGET (self->status), GTK_WIDGET (self), GTK_WIDGET (self->tail));
    }
  if (self->status == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->status), needed);
  if (needed)
    lia_send_status_bind (self->status, self->entry);
}

/* Where a run ends stand its time, which the header of its first has not, and how far it got. */
static char *
dup_tail (LiaEntry            *entry,
          const LiaRowContext *context,
          LiaCardPlace         place)
{
  const char      *state = lia_words_chat_state (entry, context->seen);
  g_autofree char *time = place & LIA_CARD_FOLLOWS ? lia_words_time (entry->at_ms) : NULL;

  if (place & LIA_CARD_GOES_ON)
    return NULL;
  if (state == NULL || time == NULL)
    return state != NULL ? g_strdup (state) : g_steal_pointer (&time);

  return g_strdup_printf ("%s · %s", state, time);
}

static void
bind_tail (LiaEntryCard        *self,
           const LiaRowContext *context,
           LiaCardPlace         place)
{
  g_autofree char *words = dup_tail (self->entry, context, place);

  if (words != NULL && self->tail == NULL)
    {
      self->tail = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "halign", GTK_ALIGN_END, NULL));
      gtk_widget_add_css_class (GTK_WIDGET (self->tail), "tail");
      gtk_widget_set_parent (GTK_WIDGET (self->tail), GTK_WIDGET (self));
    }
  if (self->tail != NULL)
    show_label (self->tail, words);
}

/** lia_entry_card_bind: show @entry, its subject when it is another than the one before. One that follows leaves out who and when. */
void
lia_entry_card_bind (LiaEntryCard        *self,
                     LiaEntry            *entry,
                     const LiaRowContext *context,
                     LiaCardPlace         place)
{
  g_set_object (&self->entry, entry);
  set_style (self, style_of (entry));
  bind_header (self, (place & LIA_CARD_FOLLOWS) != 0);
  bind_subject (self, context->previous_subject);
  bind_flags (self);
  bind_call (self, context);
  lia_message_text_bind (self->text, entry, context->folding);
  gtk_widget_set_visible (GTK_WIDGET (self->text), entry->text != NULL && *entry->text != '\0');
  bind_status (self);
  bind_attachments (self);
  bind_tail (self, context, place);
}

LiaMessageText *
lia_entry_card_get_text (LiaEntryCard *self)
{
  return self->text;
}

GtkWidget *
lia_entry_card_get_menu_button (LiaEntryCard *self)
{
  return self->menu;
}

static void
on_menu (GtkButton    *button,
         LiaEntryCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "timeline.open-menu", "s", self->entry->id);
}

static void
lia_entry_card_dispose (GObject *object)
{
  LiaEntryCard *self = LIA_ENTRY_CARD (object);
  GtkWidget    *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (lia_entry_card_parent_class)->dispose (object);
}

static void
lia_entry_card_class_init (LiaEntryCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_entry_card_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "entry-card");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_names (LiaEntryCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->author = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->author), "author");
  self->caption = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "note-mark");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->author));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->caption));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);

  return box;
}

static void
make_header (LiaEntryCard *self)
{
  GtkBox *header = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9));

  self->header = GTK_WIDGET (header);
  self->avatar = adw_avatar_new (AVATAR_SIZE, NULL, TRUE);
  self->kind = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->kind), "kind");
  self->badge = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "badge");
  self->time = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "time");
  self->menu = gtk_button_new_from_icon_name ("view-more-symbolic");
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_add_css_class (self->menu, "circular");
  gtk_widget_add_css_class (self->menu, "entry-menu");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  lia_tooltip_set (self->menu, _ ("More"));
  g_signal_connect (self->menu, "clicked", G_CALLBACK (on_menu), self);

  gtk_box_append (header, self->avatar);
  gtk_box_append (header, GTK_WIDGET (self->kind));
  gtk_box_append (header, make_names (self));
  gtk_box_append (header, self->menu);
  gtk_box_append (header, GTK_WIDGET (self->badge));
  gtk_box_append (header, GTK_WIDGET (self->time));
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
lia_entry_card_init (LiaEntryCard *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 9);

  self->chips = g_ptr_array_new ();
  make_header (self);
  self->text = lia_message_text_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
}

LiaEntryCard *
lia_entry_card_new (void)
{
  return g_object_new (LIA_TYPE_ENTRY_CARD, NULL);
}
