/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LiaTrackerComment:
 * @key: as the tracker names it
 * @author: a name
 * @text: as it stands there
 * @is_own: whom the key belongs to has written it
 * @at_ms: by the tracker's clock
 */
typedef struct
{
  char    *key;
  char    *author;
  char    *text;
  gboolean is_own;
  gint64   at_ms;
} LiaTrackerComment;

/**
 * LiaTrackerComments:
 * @login: as people name whom the key belongs to; "" = not known
 * @items: of LiaTrackerComment, those that somebody has written, in no particular order
 */
typedef struct
{
  char      *login;
  GPtrArray *items;
} LiaTrackerComments;

/**
 * LiaTrackerCommentShape:
 *
 * What a comment is called in a make's JSON. @person: the member with who has written it, of which @id says who, and @names, the first that is there, the name.
 */
typedef struct
{
  const char *text;
  const char *at;
  const char *person;
  const char *id;
  const char *names[3];
} LiaTrackerCommentShape;

LiaTrackerComments *lia_tracker_comments_new (const char *login);
void                lia_tracker_comments_free (LiaTrackerComments *self);
void                lia_tracker_comments_add (LiaTrackerComments           *self,
                                              JsonObject                   *object,
                                              const LiaTrackerCommentShape *shape,
                                              const char                   *me,
                                              const char                   *text);
void                lia_tracker_comments_add_all (LiaTrackerComments           *self,
                                                  JsonArray                    *items,
                                                  const LiaTrackerCommentShape *shape,
                                                  const char                   *me);
char               *lia_tracker_read_word (JsonObject *object,
                                           const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerComments, lia_tracker_comments_free)

G_END_DECLS
