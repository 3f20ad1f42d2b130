/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_ISSUE (lia_issue_get_type ())

G_DECLARE_FINAL_TYPE (LiaIssue, lia_issue, LIA, ISSUE, GObject)

/**
 * LiaIssue:
 *
 * What the engineers make of a finding, as their tracker has it. Immutable once published; texts are never NULL. What is ours of it is empty while
 * it is no more than an answer of the tracker.
 */
struct _LiaIssue
{
  GObject parent_instance;

  char    *id;      /* ours: "i_120" */
  char    *tracker; /* "t_5" */
  char    *key;     /* as the tracker names it: "4711", "SHOP-12" */
  char    *url;     /* for people */
  char    *title;
  gboolean is_closed;
  char    *state;       /* the tracker's own word for it */
  char    *assignee;    /* a name, "" = nobody */
  char    *milestone;   /* the release that it is planned for, "" = none */
  gboolean is_released; /* that is out; known of trackers that are asked for it, see LiaTrackerSetup */
  gint64   updated_ms;
  gboolean wants_info; /* by its state or a label the engineers wait for an answer of us */
  char    *validator;  /* to ask whether there is something newer, "" = not known */
  char    *problem;    /* why we know nothing newer of it, in plain words; "" = we do */
  char    *untold;     /* why the engineers cannot be told how many customers there are now; "" = they are, or will be */
};

LiaIssue *lia_issue_new (void);

G_END_DECLS
