/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding-enums.h"
#include "lia-push.h"

G_BEGIN_DECLS

#define LIA_TYPE_FINDING (lia_finding_get_type ())

G_DECLARE_FINAL_TYPE (LiaFinding, lia_finding, LIA, FINDING, GObject)

#define LIA_FINDING_MAX_TITLE_BYTES 1000
#define LIA_FINDING_MAX_PRODUCT_BYTES 200
#define LIA_FINDING_MAX_URL_BYTES 2000
#define LIA_FINDING_WEEKS 8

/**
 * LiaFinding:
 *
 * A problem or a wish, once, however many customers have it: their quotes are the evidence. Immutable once published; texts are never NULL.
 */
struct _LiaFinding
{
  GObject parent_instance;

  char           *id; /* "f_90"; "" = not saved */
  gint64          ver;
  LiaFindingKind  kind;
  char           *title;   /* one line */
  char           *product; /* or a component of it; "" = not said */
  char           *url;     /* of %LIA_FINDING_SITE_FAILED, else "" */
  LiaFindingState state;
  gint64          customers; /* different ones */
  gint64          blocked;   /* of these customers, who cannot go on without it */
  gint64          quotes;
  gint64          to_tell;                  /* customers who are to hear that it is fixed, */
  gint64          told;                     /* and who have heard it; both of the last fix */
  gint64          phone_ms;                 /* what agents spent on the telephone where it was said: talking, holding and wrapping up */
  gint64          first_ms;                 /* when it was said first and last; 0 = it was taken back */
  gint64          last_ms;                  /* */
  gint64          weeks[LIA_FINDING_WEEKS]; /* quotes in each of the last weeks, this one last */
  gint64          linked_ms;                /* when it went to the engineers, was fixed, */
  gint64          fixed_ms;                 /* and customers were told; 0 = not so, or not known */
  gint64          told_ms;
  GStrv           merged; /* ids of those that were merged into it */
  GPtrArray      *issues; /* of LiaIssue: what the engineers have of it */
  LiaPush        *push;   /* what went to a tracker last, without its texts; NULL = nothing did */
};

LiaFinding *lia_finding_new (void);
gboolean    lia_finding_is_web_address (const char *url);

G_END_DECLS
