/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-problem.h"
#include "lia-timeline-model.h"

G_BEGIN_DECLS

/* A client without an engine, for tests of widgets: it remembers what was asked of it, and answers as it was told to. */

LiaClient        *fake_client_new (void);
char             *fake_client_take_log (LiaClient *client);
char             *fake_client_take_drafts (LiaClient *client);
const char       *fake_client_get_last_key (LiaClient *client);
LiaDraft         *fake_client_get_saved (LiaClient *client);
LiaDraft         *fake_client_get_sent (LiaClient *client);
void              fake_client_refuse (LiaClient *client,
                                      LiaProblem problem);
void              fake_client_set_way (LiaClient  *client,
                                       gboolean    by_mail,
                                       const char *address,
                                       gint64      mail_from_ms);
void              fake_client_set_offline (LiaClient *client,
                                           gboolean   offline);
LiaTimelineModel *fake_timeline_new (const char *conversation,
                                     LiaDraft   *draft);
void              fake_timeline_set_visitor (LiaTimelineModel *model,
                                             LiaClient        *client,
                                             LiaVisitor        visitor);
LiaEntry         *fake_timeline_add (LiaTimelineModel *model,
                                     const char       *from,
                                     const char       *text);

G_END_DECLS
