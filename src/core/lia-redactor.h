/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "lia-personal.h"

G_BEGIN_DECLS

/**
 * LiaPersonRole:
 *
 * Who somebody is to the person who reads a redacted text: "[customer-1]" says more than "[person-1]".
 */
typedef enum {
  LIA_PERSON_CUSTOMER,
  LIA_PERSON_AGENT,
  LIA_PERSON_OTHER,
} LiaPersonRole;

/**
 * LiaRedaction:
 * @start: first byte of it in the original text
 * @end: the byte after it
 * @shown_start: where its placeholder begins in the redacted text, in bytes
 * @placeholder: (transfer none): "[phone-1]"
 *
 * A part of a text that does not leave, and what stands there instead.
 */
typedef struct
{
  gsize           start;
  gsize           end;
  gsize           shown_start;
  LiaPersonalKind kind;
  const char     *placeholder;
} LiaRedaction;

#define LIA_TYPE_REDACTOR (lia_redactor_get_type ())

G_DECLARE_FINAL_TYPE (LiaRedactor, lia_redactor, LIA, REDACTOR, GObject)

LiaRedactor *lia_redactor_new (const char *country,
                               gboolean    strict);
void         lia_redactor_add_person (LiaRedactor  *self,
                                      LiaPersonRole role,
                                      const char   *name);
void         lia_redactor_add_words (LiaRedactor    *self,
                                     LiaPersonalKind kind,
                                     const char     *words);
void         lia_redactor_keep (LiaRedactor *self,
                                const char  *words);
void         lia_redactor_read (LiaRedactor *self,
                                const char  *text);
char        *lia_redactor_redact (LiaRedactor *self,
                                  const char  *text,
                                  GArray     **redactions);

G_END_DECLS
