/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-web.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_REDMINE (lia_redmine_get_type ())

/**
 * LiaRedmine:
 *
 * A project of a Redmine, from version 5 on, over its REST interface. It needs no plugin, only the interface switched on, and a member with the
 * right to add issues and notes, whose key it uses.
 */
G_DECLARE_FINAL_TYPE (LiaRedmine, lia_redmine, LIA, REDMINE, GObject)

/**
 * LiaRedmineSetup:
 * @url: of Redmine: "https://redmine.example.org/tracker"
 * @project: its identifier, as in the addresses of its pages
 * @kind: the number of what Redmine calls a tracker ("Bug"); 0 = the project's first
 * @dialect: %LIA_DIALECT_GFM or %LIA_DIALECT_TEXTILE, as "Text formatting" in its settings says; it does not tell
 * @ca: (nullable): PEM text of an own authority
 */
typedef struct
{
  const char *url;
  const char *project;
  gint64      kind;
  LiaDialect  dialect;
  const char *ca;
} LiaRedmineSetup;

LiaTracker *lia_redmine_new (LiaTrackerWeb         *web,
                             const LiaRedmineSetup *setup,
                             const char            *key);

G_END_DECLS
