/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-call.h"
#include "lia-canned-figures.h"
#include "lia-canned-version.h"
#include "lia-channel.h"
#include "lia-chat-site.h"
#include "lia-conversation.h"
#include "lia-customer.h"
#include "lia-day-figures.h"
#include "lia-deed.h"
#include "lia-diagnosis.h"
#include "lia-draft.h"
#include "lia-entry.h"
#include "lia-failing-page.h"
#include "lia-finding-figures.h"
#include "lia-finding.h"
#include "lia-issue.h"
#include "lia-joined-page.h"
#include "lia-json.h"
#include "lia-mailbox.h"
#include "lia-notice.h"
#include "lia-pbx-report.h"
#include "lia-pbx.h"
#include "lia-problem.h"
#include "lia-push.h"
#include "lia-queue-member.h"
#include "lia-queue-stay.h"
#include "lia-queue.h"
#include "lia-quote.h"
#include "lia-search-hit.h"
#include "lia-softphone.h"
#include "lia-suggestion.h"
#include "lia-tracker-setup.h"
#include "lia-view.h"

G_BEGIN_DECLS

/*
 * Core values <-> JSON objects, as API.md names their fields. The only place that knows field names. A decoder returns a new value, or
 * NULL with %LIA_PROBLEM_VALIDATION; an encoder returns a new object.
 */

JsonObject        *lia_wire_encode_address (const LiaAddress *address);
LiaAddress        *lia_wire_decode_address (JsonObject *object,
                                            GError    **error);
JsonObject        *lia_wire_encode_attachment (LiaAttachment *attachment);
LiaAttachment     *lia_wire_decode_attachment (JsonObject *object,
                                               GError    **error);
JsonObject        *lia_wire_encode_conversation (LiaConversation *conversation);
LiaConversation   *lia_wire_decode_conversation (JsonObject *object,
                                                 GError    **error);
JsonObject        *lia_wire_encode_entry (LiaEntry *entry);
LiaEntry          *lia_wire_decode_entry (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_customer (LiaCustomer *customer);
LiaCustomer       *lia_wire_decode_customer (JsonObject *object,
                                             GError    **error);
void               lia_wire_set_effort (JsonObject      *object,
                                        const LiaEffort *effort);
gboolean           lia_wire_get_effort (JsonObject *object,
                                        LiaEffort **effort,
                                        GError    **error);
LiaDeed           *lia_wire_decode_deed (JsonObject *object,
                                         GError    **error);
JsonObject        *lia_wire_encode_failing_page (LiaFailingPage *page);
LiaFailingPage    *lia_wire_decode_failing_page (JsonObject *object,
                                                 GError    **error);
JsonObject        *lia_wire_encode_finding_figures (LiaFindingFigures *figures);
LiaFindingFigures *lia_wire_decode_finding_figures (JsonObject *object,
                                                    GError    **error);
JsonObject        *lia_wire_encode_finding (LiaFinding *finding);
LiaFinding        *lia_wire_decode_finding (JsonObject *object,
                                            GError    **error);
JsonObject        *lia_wire_encode_quote (LiaQuote *quote);
LiaQuote          *lia_wire_decode_quote (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_tracker (LiaTrackerSetup *tracker);
LiaTrackerSetup   *lia_wire_decode_tracker (JsonObject *object,
                                            GError    **error);
JsonObject        *lia_wire_encode_issue (LiaIssue *issue);
JsonObject        *lia_wire_encode_seen_issue (LiaIssue *issue);
LiaIssue          *lia_wire_decode_issue (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_notice (LiaNotice *notice);
LiaNotice         *lia_wire_decode_notice (JsonObject *object,
                                           GError    **error);
JsonObject        *lia_wire_encode_push_file (LiaPushFile *file);
LiaPushFile       *lia_wire_decode_push_file (JsonObject *object,
                                              GError    **error);
JsonObject        *lia_wire_encode_push (LiaPush *push);
LiaPush           *lia_wire_decode_push (JsonObject *object,
                                         GError    **error);
JsonObject        *lia_wire_encode_push_preview (LiaPushPreview *preview);
LiaPushPreview    *lia_wire_decode_push_preview (JsonObject *object,
                                                 GError    **error);
JsonObject        *lia_wire_encode_draft (LiaDraft *draft);
LiaDraft          *lia_wire_decode_draft (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_agent (LiaAgent *agent);
LiaAgent          *lia_wire_decode_agent (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_hours (LiaHours *hours);
LiaHours          *lia_wire_decode_hours (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_queue (LiaQueue *queue);
LiaQueue          *lia_wire_decode_queue (JsonObject *object,
                                          GError    **error);
JsonObject        *lia_wire_encode_channel (LiaChannel *channel);
LiaChannel        *lia_wire_decode_channel (JsonObject *object,
                                            GError    **error);
JsonObject        *lia_wire_encode_view (LiaView *view);
LiaView           *lia_wire_decode_view (JsonObject *object,
                                         GError    **error);
JsonObject        *lia_wire_encode_mailbox (LiaMailbox *mailbox);
LiaMailbox        *lia_wire_decode_mailbox (JsonObject *object,
                                            GError    **error);
JsonObject        *lia_wire_encode_steps (GPtrArray *steps);
JsonObject        *lia_wire_encode_pbx_report (LiaPbxReport *report);
LiaPbxReport      *lia_wire_decode_pbx_report (JsonObject *object,
                                               GError    **error);
JsonObject        *lia_wire_encode_chat_site (LiaChatSite *site);
LiaChatSite       *lia_wire_decode_chat_site (JsonObject *object,
                                              GError    **error);
LiaJoinedPage     *lia_wire_decode_joined_page (JsonObject *object,
                                                GError    **error);
JsonObject        *lia_wire_encode_pbx (LiaPbx *pbx);
LiaPbx            *lia_wire_decode_pbx (JsonObject *object,
                                        GError    **error);
JsonObject        *lia_wire_encode_call (LiaCall *call);
JsonObject        *lia_wire_encode_consent (LiaCallConsent *consent);
LiaCall           *lia_wire_decode_call (JsonObject *object,
                                         GError    **error);
JsonObject        *lia_wire_encode_queue_member (LiaQueueMember *member);
LiaQueueMember    *lia_wire_decode_queue_member (JsonObject *object,
                                                 GError    **error);
JsonObject        *lia_wire_encode_canned (LiaCanned *canned);
LiaCanned         *lia_wire_decode_canned (JsonObject *object,
                                           GError    **error);
LiaCannedFigures  *lia_wire_decode_canned_figures (JsonObject *object,
                                                   GError    **error);
LiaCannedVersion  *lia_wire_decode_canned_version (JsonObject *object,
                                                   GError    **error);
JsonObject        *lia_wire_encode_softphone (LiaSoftphone *softphone);
LiaSoftphone      *lia_wire_decode_softphone (JsonObject *object,
                                              GError    **error);
JsonObject        *lia_wire_encode_day_figures (LiaDayFigures *figures);
LiaDayFigures     *lia_wire_decode_day_figures (JsonObject *object,
                                                GError    **error);
JsonObject        *lia_wire_encode_queue_stay (LiaQueueStay *stay);
LiaQueueStay      *lia_wire_decode_queue_stay (JsonObject *object,
                                               GError    **error);
JsonObject        *lia_wire_encode_diagnosis (LiaDiagnosis *diagnosis);
LiaDiagnosis      *lia_wire_decode_diagnosis (JsonObject *object,
                                              GError    **error);
JsonObject        *lia_wire_encode_search_hit (LiaSearchHit *hit);
LiaSearchHit      *lia_wire_decode_search_hit (JsonObject *object,
                                               GError    **error);

/* Errors of the domain LIA_PROBLEM <-> RFC 9457; `current` is for what the caller adds to a conflict (borrowed, may be NULL) */
JsonObject *lia_wire_encode_problem (const GError *problem,
                                     JsonObject   *current);
GError     *lia_wire_decode_problem (JsonObject *object);

G_END_DECLS
