/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-trackers.h"

G_BEGIN_DECLS

#define LIA_TRACKER_MAX_DIALECTS 2

/**
 * LiaTrackerMake:
 * @kind: as the API has it: "redmine"
 * @url: where almost everybody's is, "" = nowhere
 * @project: how a project is named there
 * @key: what the key is called there
 * @where: where it is made
 * @type: what the types of issues are called, NULL = there are none to be chosen
 * @login: what is asked for beside the key, NULL = nothing
 * @release: what of an issue says there that customers have it, NULL = nothing does
 * @dialects: in which it may be written, the usual one first
 *
 * What a person has to know of a make of trackers to set one up. Texts are to be translated.
 */
typedef struct
{
  const char *kind;
  const char *name;
  const char *url;
  const char *project;
  const char *key;
  const char *where;
  const char *type;
  const char *login;
  const char *release;
  LiaDialect  dialects[LIA_TRACKER_MAX_DIALECTS];
  guint       n_dialects;
} LiaTrackerMake;

const LiaTrackerMake *lia_tracker_makes_get (guint *n_makes);
const LiaTrackerMake *lia_tracker_makes_find (const char *kind);
const char           *lia_tracker_make_get_name (const LiaTrackerMake *make);

char       *lia_tracker_words_about (LiaTrackerSetup *tracker);
char       *lia_tracker_words_state (LiaTrackerSetup *tracker);
const char *lia_tracker_words_icon (LiaTrackerSetup *tracker);
const char *lia_tracker_words_dialect (LiaDialect dialect);
const char *lia_tracker_words_trial (LiaTrackerTrial *trial);
char       *lia_tracker_words_next (LiaTrackerTrial      *trial,
                                    const LiaTrackerMake *make);

G_END_DECLS
