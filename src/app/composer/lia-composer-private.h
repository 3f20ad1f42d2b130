/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-action-bar.h"
#include "lia-address-entry.h"
#include "lia-attachment-bar.h"
#include "lia-chat-strip.h"
#include "lia-client-chat-way.h"
#include "lia-composer-notice.h"
#include "lia-composer.h"
#include "lia-field-bar.h"
#include "lia-response-popup.h"

#include <gtksourceview/gtksource.h>
#include <libspelling.h>

G_BEGIN_DECLS

/*
 * What is being written, and where it is shown. lia-composer.c is the widget; -commands.c is what a writer can ask for, -answer.c knows what is answered, -show.c shows the state, -drafts.c
 * keeps the text, -sending.c lets it go out, -news.c tells what others did meanwhile, -files.c takes files, -responses.c finds canned
 * responses, -fields.c has them filled in, -actions.c does what they do, -chat.c is what is different where a visitor waits for each line, -way.c how that leaves. Main
 * thread only.
 */
struct _LiaComposer
{
  AdwBin parent_instance;

  LiaComposerNotice *notice;
  LiaComposerNotice *guard;
  GtkStack          *stack;
  GtkWidget         *open_button;
  GtkLabel          *open_label;
  GtkWidget         *editor;
  AdwToggleGroup    *kind_group;
  GtkWidget         *headers;
  LiaAddressEntry   *to_entry;
  LiaAddressEntry   *cc_entry;
  LiaAddressEntry   *bcc_entry;
  GtkToggleButton   *copies_button;
  GtkText           *subject_text;
  GtkWidget         *note_label;
  LiaChatStrip      *chat_strip;
  GtkScrolledWindow *body_scroller;
  GtkSourceView     *body_view;
  GtkSourceBuffer   *body_buffer;
  GtkWidget         *tail_box;
  GtkLabel          *signature_label;
  GtkWidget         *quote_box;
  GtkToggleButton   *quote_button;
  GtkLabel          *quote_label;
  GtkLabel          *quote_text;
  LiaFieldBar       *field_bar;
  LiaActionBar      *action_bar;
  LiaAttachmentBar  *attachment_bar;
  GtkWidget         *attach_button;
  GtkLabel          *hint_label;
  GtkWidget         *spinner;
  GtkWidget         *note_button;
  GtkWidget         *send_button;
  GtkDropTarget     *drop_target;

  LiaResponseFinder *finder;
  LiaResponseFields *fields; /* of the responses in the text */

  guint             guard_source;
  char             *guarded;       /* what the guard said last, also when it was closed; NULL = nothing */
  char             *guard_stopped; /* what it has kept from going out once */
  LiaResponsePopup *popup;         /* once somebody begins to write; the text's child */

  LiaClient                 *client;
  LiaTimelineModel          *model;
  SpellingTextBufferAdapter *speller;
  gboolean                   check_spelling;
  gboolean                   quote_original;

  char         *key;      /* of the draft, once there is one */
  const char   *kind;     /* "reply", "all", "forward", "chat", "note": a static string */
  char         *entry_id; /* what is answered, or NULL */
  LiaEntry     *entry;    /* the same, when it is at hand */
  char         *quote;    /* goes out below the own words, or NULL */
  LiaAnswerWay *way;      /* of a chat: how an answer leaves, or NULL: not known */
  const char   *by;       /* how the writer wants it to: "chat", "email"; NULL: as the engine decides */
  DexFuture    *asking_way;
  guint         call_source;   /* when a call that is offered is not offered any more */
  guint         way_source;    /* asks again when the way changes by itself */
  gint64        seen;          /* the newest entry that the writer knows of */
  gboolean      can_chat;      /* one can choose to */
  gboolean      narrow;        /* there is little width */
  gboolean      open;          /* the editor is shown */
  gboolean      opened;        /* a draft was looked for in this conversation */
  gboolean      filling;       /* changes are ours, not the writer's */
  gboolean      stale_refused; /* sending was stopped: there is something newer */

  guint       save_source;
  gboolean    dirty;
  GHashTable *unsaved; /* char* conversation -> LiaDraft: newer than what the engine is known to have */
  DexFuture  *saving;
  LiaDraft   *discarded; /* for undo */

  DexFuture       *sending;
  char            *sending_conversation; /* NULL: nothing is on its way */
  char            *sent_outbox;
  char            *sent_conversation;
  GPtrArray       *sent_actions; /* of LiaCannedAction: done with what was sent last */
  GPtrArray       *sent_links;   /* of DexFuture: quotes that it left with issues */
  LiaConversation *sent_before;  /* its conversation, before that */
};

gboolean lia_composer_is_note (LiaComposer *self);
char    *lia_composer_dup_body (LiaComposer *self);
char    *lia_composer_dup_conversation (LiaComposer *self);
void     lia_composer_set_open (LiaComposer *self,
                                gboolean     open);
void     lia_composer_clear (LiaComposer *self);

void        lia_composer_set_kind (LiaComposer *self,
                                   const char  *kind);
void        lia_composer_change_kind (LiaComposer *self,
                                      const char  *kind);
void        lia_composer_set_entry (LiaComposer *self,
                                    LiaEntry    *entry,
                                    const char  *entry_id);
LiaAddress *lia_composer_dup_mail_address (LiaComposer *self);
void        lia_composer_focus (LiaComposer *self);

void lia_composer_update (LiaComposer *self);
void lia_composer_update_open_label (LiaComposer *self);
void lia_composer_set_narrow (LiaComposer *self,
                              gboolean     narrow);
void lia_composer_hint (LiaComposer *self,
                        const char  *text,
                        gboolean     is_error);

LiaDraft *lia_composer_make_draft (LiaComposer *self);
gboolean  lia_composer_is_empty (LiaComposer *self);
void      lia_composer_fill (LiaComposer *self,
                             LiaDraft    *draft);
void      lia_composer_draft_changed (LiaComposer *self);
void      lia_composer_save_draft (LiaComposer *self);
void      lia_composer_keep_draft (LiaComposer *self,
                                   const char  *conversation,
                                   LiaDraft    *draft);
void      lia_composer_restore_draft (LiaComposer *self);
void      lia_composer_save_unsaved (LiaComposer *self);
void      lia_composer_discard (LiaComposer *self);
void      lia_composer_restore_discarded (LiaComposer *self);

void lia_composer_send (LiaComposer *self,
                        const char  *then,
                        gboolean     force);

void lia_composer_show_news (LiaComposer *self);
void lia_composer_check_news (LiaComposer *self);
void lia_composer_look (LiaComposer *self);

void       lia_composer_init_fields (LiaComposer *self);
void       lia_composer_insert_wording (LiaComposer        *self,
                                        LiaResponseWording *wording);
void       lia_composer_restore_fields (LiaComposer *self,
                                        LiaDraft    *draft);
char      *lia_composer_find_unfilled (LiaComposer *self);
gboolean   lia_composer_closes (GPtrArray *actions);
GStrv      lia_composer_dup_tags (LiaComposer *self,
                                  GPtrArray   *actions);
LiaQuote  *lia_composer_dup_last_quote (LiaComposer *self);
GPtrArray *lia_composer_do_actions (LiaComposer       *self,
                                    const char        *conversation,
                                    GPtrArray         *actions,
                                    const char *const *tags,
                                    LiaQuote          *quote);
void       lia_composer_undo_actions (LiaComposer     *self,
                                      LiaConversation *before,
                                      GPtrArray       *actions,
                                      GPtrArray       *links);
char      *lia_composer_find_impossible (LiaComposer *self);

void     lia_composer_init_guards (LiaComposer *self);
void     lia_composer_check_guards (LiaComposer *self);
gboolean lia_composer_guard_stops (LiaComposer *self);
void     lia_composer_use_name (LiaComposer *self);

void lia_composer_install_actions (GtkWidgetClass *widget_class);

gboolean    lia_composer_is_chat (LiaComposer *self);
gboolean    lia_composer_can_chat (LiaComposer *self);
const char *lia_composer_get_answer_kind (LiaComposer *self);
void        lia_composer_init_chat (LiaComposer *self);
void        lia_composer_update_chat (LiaComposer *self);
void        lia_composer_update_call (LiaComposer *self);
void        lia_composer_tell_typing (LiaComposer *self);
void        lia_composer_next_line (LiaComposer *self);
void        lia_composer_update_enter (LiaComposer *self);
void        lia_composer_ask_way (LiaComposer *self);
void        lia_composer_forget_way (LiaComposer *self);
void        lia_composer_choose_way (LiaComposer *self,
                                     const char  *name);
gboolean    lia_composer_is_by_mail (LiaComposer *self);
const char *lia_composer_get_way_address (LiaComposer *self);

LiaTemplateParts lia_composer_left_out (LiaComposer *self);

void lia_composer_need_responses (LiaComposer *self);
void lia_composer_open_responses (LiaComposer *self);

void     lia_composer_init_files (LiaComposer *self);
void     lia_composer_pick_files (LiaComposer *self);
gboolean lia_composer_take_drop (LiaComposer  *self,
                                 const GValue *value);
void     lia_composer_paste (LiaComposer *self);

G_END_DECLS
