/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-personal-checks.h"
#include "lia-personal.h"

G_BEGIN_DECLS

/**
 * LiaPersonalRule:
 * @pattern: hides its first group, or all of it when it has none
 * @check: (nullable): what the hidden part must be besides
 * @caseless: whether capitals do not matter
 * @strict: only for what becomes public
 *
 * How something personal looks, within one line.
 */
typedef struct
{
  LiaPersonalKind  kind;
  const char      *pattern;
  LiaPersonalCheck check;
  gboolean         caseless;
  gboolean         strict;
} LiaPersonalRule;

extern const LiaPersonalRule lia_personal_number_rules[];
extern const guint           lia_n_personal_number_rules;
extern const LiaPersonalRule lia_personal_address_rules[];
extern const guint           lia_n_personal_address_rules;

G_END_DECLS
