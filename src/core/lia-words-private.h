/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * Defines the two functions of an enum whose values have names: NAME_to_string() and NAME_from_string(). The names stand in the order of the
 * values. from_string() is FALSE for an unknown name, and the value is left alone.
 */
#define LIA_DEFINE_WORDS(Type, name, ...)                                  \
  static const char *const name##_words[] = { __VA_ARGS__ };               \
                                                                           \
  const char *                                                             \
      name##_to_string (Type value)                                        \
  {                                                                        \
    g_return_val_if_fail ((guint)value < G_N_ELEMENTS (name##_words), ""); \
                                                                           \
    return name##_words[value];                                            \
  }                                                                        \
                                                                           \
  gboolean                                                                 \
      name##_from_string (const char *word, Type *value)                   \
  {                                                                        \
    for (guint i = 0; i < G_N_ELEMENTS (name##_words); i++)                \
      {                                                                    \
        if (g_strcmp0 (name##_words[i], word) == 0)                        \
          {                                                                \
            *value = (Type)i;                                              \
            return TRUE;                                                   \
          }                                                                \
      }                                                                    \
                                                                           \
    return FALSE;                                                          \
  }
