/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * LIA_LAST_AGENT:
 * @customer: SQL: the customer's number
 *
 * SQL: who wrote to the customer, or spoke with them, last; no row for nobody. From their newest entry on, in the order of an index.
 */
#define LIA_LAST_AGENT(customer)                                                                                                       \
  "SELECT coalesce (e.agent_id, (SELECT s.agent_id FROM call_segment AS s WHERE s.seq = e.seq AND s.kind = 'talk' AND s.agent_id > 0 " \
  "ORDER BY s.n DESC LIMIT 1)) AS agent FROM entry AS e INDEXED BY entry_customer "                                                    \
  "WHERE e.customer_id = " customer " AND e.answers = 1 AND agent IS NOT NULL ORDER BY e.at DESC, e.seq DESC LIMIT 1"
