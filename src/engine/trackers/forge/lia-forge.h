/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-site.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_FORGE (lia_forge_get_type ())

/**
 * LiaForge:
 *
 * A repository's issues, as GitHub has them and Forgejo and Gitea after it: the same shapes, with other names for a few parameters. Its class is their
 * table.
 */
G_DECLARE_DERIVABLE_TYPE (LiaForge, lia_forge, LIA, FORGE, GObject)

/**
 * LiaForgeClass:
 * @page_query: how many a page of a list has
 * @author_query: the parameter that keeps a list to one author's, with its "=", behind @newest_query
 * @newest_query: the newest first
 * @latest_query: what has changed last
 * @changed_query: the longest unchanged first
 * @new_search_path: where words are looked for; @project: "/repos/shop/web"
 * @search_items: the member in which that answers; NULL = it answers with the list
 */
struct _LiaForgeClass
{
  GObjectClass parent_class;

  const char *page_query;
  const char *author_query;
  const char *newest_query;
  const char *latest_query;
  const char *changed_query;
  char *(*new_search_path) (const char *project,
                            const char *words);
  const char *search_items;
};

void            lia_forge_set_up (LiaForge       *self,
                                  LiaTrackerSite *site,
                                  const char     *project);
LiaTrackerSite *lia_forge_get_site (LiaForge *self);
char           *lia_forge_issue_path (LiaForge   *self,
                                      const char *key,
                                      const char *rest);

G_END_DECLS
