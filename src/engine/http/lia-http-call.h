/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-json.h"
#include "lia-problem.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIA_HTTP_MAX_BLOB_BYTES (25 * 1024 * 1024)

typedef struct _LiaHttpCall LiaHttpCall;

/**
 * LiaHttpHandler:
 *
 * Answers one call: runs in a fiber on the main context, so that it may await. Fills in the answer through lia_http_answer_*().
 *
 * Returns: FALSE with @error (%LIA_PROBLEM, or any other domain, see lia_http_problem()) for a problem
 */
typedef gboolean (*LiaHttpHandler) (LiaHttpCall *call,
                                    GError     **error);

typedef enum {
  LIA_HTTP_DEFAULT = 0,
  LIA_HTTP_PUBLIC = 1 << 0, /* no token needed */
  LIA_HTTP_UPLOAD = 1 << 1, /* the body goes to a file, not to memory */
  LIA_HTTP_SOCKET = 1 << 2, /* becomes a WebSocket */
} LiaHttpFlags;

/**
 * LiaHttpRoute:
 *
 * One row of the table of calls (lia-http-routes.c): the only list of what can be called. `{name}` in the pattern matches one segment.
 */
typedef struct
{
  const char    *method;
  const char    *pattern;
  LiaHttpFlags   flags;
  LiaHttpHandler handler;
} LiaHttpRoute;

const LiaHttpRoute *lia_http_routes (gsize *n_routes);
const LiaHttpRoute *lia_http_route_find (const char *method,
                                         const char *path,
                                         GStrv      *arguments);

/**
 * LiaHttpCall:
 *
 * One request from its headers to its answer. Belongs to its message: whoever keeps the message keeps the call.
 */
struct _LiaHttpCall
{
  LiaEngine          *engine;
  SoupServerMessage  *message; /* not owned */
  const LiaHttpRoute *route;
  GStrv               arguments; /* what stood for the `{…}` of the pattern, decoded */
  GHashTable         *query;     /* or NULL */
  char               *token;     /* or NULL */
  gint64              agent_id;  /* 0 = nobody (public routes) */
  gsize               body_bytes;
  int                 upload_fd; /* -1 = none */
  gboolean            refused;   /* answered before its body was read */
};

LiaHttpCall *lia_http_call_new (LiaEngine         *engine,
                                SoupServerMessage *message);
LiaHttpCall *lia_http_call_of (SoupServerMessage *message);

/* What was asked. */
const char *lia_http_argument (LiaHttpCall *self,
                               guint        index);
gboolean    lia_http_argument_id (LiaHttpCall *self,
                                  guint        index,
                                  const char  *prefix,
                                  gint64      *id,
                                  GError     **error);
const char *lia_http_query (LiaHttpCall *self,
                            const char  *name);
gboolean    lia_http_query_number (LiaHttpCall *self,
                                   const char  *name,
                                   guint64      least,
                                   guint64      most,
                                   guint64     *number,
                                   GError     **error);
gboolean    lia_http_query_limit (LiaHttpCall *self,
                                  guint        default_limit,
                                  guint       *limit,
                                  GError     **error);
JsonObject *lia_http_body (LiaHttpCall *self,
                           GError     **error);

/* The answer. */
void     lia_http_answer_text (LiaHttpCall *self,
                               guint        status,
                               char        *json);
void     lia_http_answer_object (LiaHttpCall *self,
                                 guint        status,
                                 JsonObject  *object);
void     lia_http_answer_bytes (LiaHttpCall *self,
                                const char  *content_type,
                                GBytes      *bytes);
void     lia_http_answer_problem (LiaHttpCall  *self,
                                  const GError *error);
gboolean lia_http_answer_problem_object (LiaHttpCall *self,
                                         JsonObject  *problem,
                                         GError     **error);

/* Problems as API.md has them, here and in the stream. */
LiaProblem  lia_http_problem_kind (const GError *error);
JsonObject *lia_http_problem (const GError *error,
                              JsonObject   *current);

/* Reads from the store; the result is the answer's JSON text. */
gboolean lia_http_answer_read (LiaHttpCall *self,
                               LiaStoreFunc func,
                               gpointer     data,
                               GError     **error);

G_END_DECLS
