/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

/**
 * LiaTrackerExplain:
 *
 * What a tracker says in the body of an answer that refuses something, for people; NULL when it says nothing. It is cleaned by the caller.
 */
typedef char *(*LiaTrackerExplain) (JsonObject *body);

/**
 * LiaTrackerCorrect:
 *
 * The status of HTTP that an answer should have had: for a tracker that says in the body more exactly why it refuses something (4xx).
 */
typedef guint (*LiaTrackerCorrect) (guint       status,
                                    JsonObject *body);

/**
 * LiaTrackerRequest:
 * @url: whole
 * @secret_header, @secret: (nullable): what says who we are; never in an error or a log
 * @ca: (nullable): PEM text of an own authority that vouches for the server
 * @validator: (nullable): the `etag` of the answer that is known: when it is still the same, the answer is 304
 * @headers: (element-type utf8 utf8): what else it says of itself, by name
 * @body: (nullable): with @content_type
 * @explain, @correct: (nullable)
 *
 * One request to a tracker's HTTP interface.
 */
typedef struct
{
  char             *method;
  char             *url;
  char             *secret_header;
  char             *secret;
  char             *ca;
  char             *validator;
  GHashTable       *headers;
  char             *content_type;
  GBytes           *body;
  LiaTrackerExplain explain;
  LiaTrackerCorrect correct;
} LiaTrackerRequest;

/**
 * LiaTrackerReply:
 * @etag: (nullable): to ask again whether there is something new
 * @more: whether it is a page of a list, and names a next one
 */
typedef struct
{
  guint    status;
  char    *etag;
  gboolean more;
  GBytes  *body;
} LiaTrackerReply;

LiaTrackerRequest *lia_tracker_request_new (const char *method,
                                            const char *url);
void               lia_tracker_request_set_json (LiaTrackerRequest *self,
                                                 JsonObject        *body);
void               lia_tracker_request_set_file (LiaTrackerRequest    *self,
                                                 const char           *field,
                                                 const LiaTrackerFile *file);
void               lia_tracker_request_set_header (LiaTrackerRequest *self,
                                                   const char        *name,
                                                   const char        *value);
void               lia_tracker_request_free (LiaTrackerRequest *self);

JsonObject *lia_tracker_reply_to_json (const LiaTrackerReply *self,
                                       GError               **error);
JsonArray  *lia_tracker_reply_to_list (const LiaTrackerReply *self,
                                       GError               **error);
void        lia_tracker_reply_free (LiaTrackerReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerRequest, lia_tracker_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerReply, lia_tracker_reply_free)

G_END_DECLS
