# SPDX-License-Identifier: GPL-3.0-or-later
"""What a customer said tells on the timeline what the engineers have of it, and follows: with a real Redmine."""

import pytest

import tracker
from filing import capture, preview, push, set_up, wait_for, wait_until

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


def cards(client, conversation):
    entries = client.get(f"/v1/conversations/{conversation}?limit=100")["timeline"]
    return [{name: entry["d"].get(name, "") for name in ("issue", "key", "url", "to", "milestone")} for entry in entries if entry["kind"] == "finding"]


def test_card_follows_the_issue(client):
    to = set_up(client)
    conversation, other = client.new_conversation(), client.new_conversation("bo@example.com", name="Bo")
    finding = capture(client, conversation=conversation)
    assert cards(client, conversation) == [{"issue": "", "key": "", "url": "", "to": "", "milestone": ""}]
    push(client, finding, to)
    wait_for(client, finding, "filed")
    [issue] = client.get(f"/v1/findings/{finding}")["finding"]["issues"]
    filed = {"issue": issue["id"], "key": issue["key"], "url": issue["url"], "to": "New", "milestone": ""}
    assert cards(client, conversation) == [filed]
    capture(client, conversation=other, finding=finding)  # who says it later is told at once
    assert cards(client, other) == [filed]
    states = {state["name"]: state["id"] for state in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"]}
    [version] = tracker.redmine("GET", "/projects/shop/versions.json")["versions"]
    tracker.redmine("PUT", f"/issues/{issue['key']}.json", {"issue": {"status_id": states["In Progress"], "fixed_version_id": version["id"]}})

    def changed():
        client.command("tracker.sync", {"tracker": to})
        return cards(client, conversation) == cards(client, other) == [{**filed, "to": "In Progress", "milestone": "2.1"}]

    wait_until(changed)
    client.command("finding.unlink", {"finding": finding, "issue": issue["id"]})
    assert cards(client, conversation)[0]["key"] == cards(client, other)[0]["key"] == ""


def test_card_of_a_merged_finding(client):
    """It is the other one's from then on, and its own again afterwards."""
    to = set_up(client)
    conversation = client.new_conversation()
    finding, known = capture(client, conversation=conversation), capture(client, title="Sums are wrong")
    push(client, known, to, preview(client, known, to))
    wait_for(client, known, "filed")
    client.command("finding.merge", {"finding": finding, "into": known})
    assert cards(client, conversation)[0]["to"] == "New"
    client.command("finding.unmerge", {"finding": finding})
    assert cards(client, conversation)[0]["key"] == ""
