/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-conversation.h"
#include "lia-customer.h"
#include "lia-issue.h"
#include "lia-queue.h"
#include "lia-template-values.h"

G_BEGIN_DECLS

void  lia_template_map_add_customer (LiaTemplateMap *self,
                                     LiaCustomer    *customer);
void  lia_template_map_add_agent (LiaTemplateMap *self,
                                  LiaAgent       *agent);
void  lia_template_map_add_conversation (LiaTemplateMap  *self,
                                         LiaConversation *conversation);
void  lia_template_map_add_queue (LiaTemplateMap *self,
                                  LiaQueue       *queue,
                                  gint64          now_ms);
void  lia_template_map_add_callers (LiaTemplateMap *self,
                                    guint           n_waiting,
                                    gint64          longest_ms);
void  lia_template_map_add_issue (LiaTemplateMap *self,
                                  LiaIssue       *issue);
void  lia_template_map_add_call (LiaTemplateMap *self,
                                 const char     *number);
char *lia_template_first_name (const char *name);
char *lia_template_last_name (const char *name);

G_END_DECLS
