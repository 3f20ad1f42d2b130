/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiaAmiKind:
 * @LIA_AMI_EVENT: something has happened; the PBX tells everybody
 * @LIA_AMI_RESPONSE: how one of our actions ended; its name is "Success", "Error", "Goodbye"
 * @LIA_AMI_ITEM: an event that belongs to the answer to one of our actions: an item of a list, or the list's end
 */
typedef enum {
  LIA_AMI_EVENT,
  LIA_AMI_RESPONSE,
  LIA_AMI_ITEM,
} LiaAmiKind;

/**
 * LiaAmiTaint:
 * @LIA_AMI_TAINT_TWICE: a name stands twice, so that one of the two values may be a caller's
 * @LIA_AMI_TAINT_HALF: the headers of a channel are not in one piece: a caller's number may hold some of them, or have ended the message
 * @LIA_AMI_TAINT_LINE: a line is no header
 *
 * Why a message must not be believed. It is handed out all the same, as its "Channel" tells whose doing it is.
 */
typedef enum {
  LIA_AMI_TAINT_TWICE = 1 << 0,
  LIA_AMI_TAINT_HALF = 1 << 1,
  LIA_AMI_TAINT_LINE = 1 << 2,
} LiaAmiTaint;

/**
 * LiaAmiMessage:
 *
 * One message of the Asterisk Manager Interface: a name and headers, in the PBX's order. Immutable, counted, and of any thread.
 * Values are valid UTF-8 without control characters; what the PBX says for "not known" ("<unknown>" in events, "unknown" in lists) stays as it is.
 */
typedef struct _LiaAmiMessage LiaAmiMessage;

/* A header of a message: where its name and value stand in the message's text, both with a NUL behind them. */
typedef struct
{
  guint32 name;
  guint32 value;
} LiaAmiField;

#define LIA_TYPE_AMI_MESSAGE (lia_ami_message_get_type ())
GType lia_ami_message_get_type (void);

LiaAmiMessage *lia_ami_message_new (LiaAmiKind         kind,
                                    LiaAmiTaint        taint,
                                    gint64             time_ms,
                                    const LiaAmiField *fields,
                                    guint              n_fields,
                                    const char        *text,
                                    gsize              length);
LiaAmiMessage *lia_ami_message_ref (LiaAmiMessage *self);
void           lia_ami_message_unref (LiaAmiMessage *self);
LiaAmiKind     lia_ami_message_get_kind (const LiaAmiMessage *self);
LiaAmiTaint    lia_ami_message_get_taint (const LiaAmiMessage *self);
const char    *lia_ami_message_get_name (const LiaAmiMessage *self);
gint64         lia_ami_message_get_time (const LiaAmiMessage *self);
const char    *lia_ami_message_get_action_id (const LiaAmiMessage *self);
const char    *lia_ami_message_get (const LiaAmiMessage *self,
                                    const char          *name);
gint64         lia_ami_message_get_int64 (const LiaAmiMessage *self,
                                          const char          *name,
                                          gint64               otherwise);
guint          lia_ami_message_get_n_fields (const LiaAmiMessage *self);
const char    *lia_ami_message_get_field (const LiaAmiMessage *self,
                                          guint                index,
                                          const char         **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAmiMessage, lia_ami_message_unref)

G_END_DECLS
