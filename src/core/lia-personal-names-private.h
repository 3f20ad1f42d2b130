/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word of a name: "Anna", "O'Neill", "J.", "Müller-Lüdenscheidt", "KOWALSKI" */
#define LIA_NAME_WORD "(?:\\p{Lu}[\\p{L}\\p{M}]*(?:['’-]\\p{L}[\\p{L}\\p{M}]*)*\\.?|d['’]\\p{Lu}[\\p{L}\\p{M}]*)"

/* What stands between two of them */
#define LIA_NAME_PARTICLE "(?:van|von|vom|zu|zum|zur|und|der|den|de|del|della|di|da|dos|das|do|du|des|la|le|las|los|el|al|bin|ibn|ben|ter|ten|te|y|e|af|av)"

/* The words that show a name: a pattern's first group is the name */
extern const char *const lia_name_patterns[];
extern const guint       lia_n_name_patterns;

/* Farewells, in small letters */
extern const char *const lia_farewells[];
extern const guint       lia_n_farewells;

/* Who is greeted and is nobody: "team", "all" */
extern const char *const lia_nobodys[];
extern const guint       lia_n_nobodys;

G_END_DECLS
