/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-document.h"
#include "lia-finding-enums.h"

G_BEGIN_DECLS

#define LIA_TYPE_TRACKER_SETUP (lia_tracker_setup_get_type ())

G_DECLARE_FINAL_TYPE (LiaTrackerSetup, lia_tracker_setup, LIA, TRACKER_SETUP, GObject)

/**
 * LiaTrackerProduct:
 * @product: as findings name it
 * @component: what the engineers call that part, "" = they have no name for it
 */
typedef struct
{
  char *product;
  char *component;
} LiaTrackerProduct;

/**
 * LiaTrackerSetup:
 *
 * One project of an issue tracker, as it is set up, and how it is now. Its key is kept apart. Immutable once published; texts but `ca` are never
 * NULL.
 */
struct _LiaTrackerSetup
{
  GObject parent_instance;

  char      *id; /* "t_5"; "" = not saved */
  gint64     ver;
  char      *kind; /* its make: "redmine" */
  char      *name; /* in lists */
  char      *url;
  char      *project; /* as in the addresses of its pages */
  char      *type;    /* of the issues that are made, as the make names them; "" = the project's first */
  char      *login;   /* of the makes that want one beside the key */
  LiaDialect dialect;
  gboolean   is_public;                  /* anybody may read its issues: redaction is stricter, and nothing leads back to us */
  gboolean   is_near;                    /* it may be in our own network; an administrator has said so */
  char      *ca;                         /* PEM text of an own authority, or NULL */
  gint64     max_file_bytes;             /* the largest file that it takes; 0 = as its make usually does */
  char      *forms[LIA_FINDING_N_KINDS]; /* templates, see lia-issue-form.h; "" = the usual one */
  GStrv      done;                       /* states in which customers have what they asked for; none = once it is closed, see lia_issue_stage() */
  gboolean   by_release;                 /* they have it only when what it is planned for is out, too: its milestone or version */
  GPtrArray *products;                   /* of LiaTrackerProduct: whose findings go here */
  char      *state;                      /* "starting", "ready", "reconnecting", "needs-login", "stopped" */
  char      *detail;                     /* in plain words, may be empty */
  gint64     last_ok_ms;
};

LiaTrackerSetup *lia_tracker_setup_new (void);
void             lia_tracker_setup_add_product (LiaTrackerSetup *self,
                                                const char      *product,
                                                const char      *component);
const char      *lia_tracker_setup_get_component (LiaTrackerSetup *self,
                                                  const char      *product);

G_END_DECLS
