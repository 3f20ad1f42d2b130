# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a customer said to an issue in a real Redmine: what was looked at and nothing else, once, whatever happens on the way."""

import hashlib
import sqlite3
import time

import pytest

import liaison
import tracker
from filing import capture, hurry, ledger, preview, push, refuse, set_up, wait_for, wait_until
from patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


@pytest.fixture
def line():
    with tracker.BadLine() as line:
        yield line


def test_what_was_looked_at_is_filed(client):
    to = set_up(client)
    finding = capture(client)
    shown = preview(client, finding, to)
    pushed = push(client, finding, to, shown)
    there = wait_for(client, finding, "filed")
    assert there["id"] == pushed and there["agent"] == client.get("/v1/snapshot")["me"]["id"] and there["tries"] == 1
    assert (there["title"], there["text"], there["hash"], there["marker"]) == (shown["sent_title"], shown["sent_text"], shown["hash"], shown["marker"])
    [issue] = tracker.with_marker(shown["marker"])
    assert issue["subject"] == shown["sent_title"] and issue["description"].replace("\r\n", "\n") == shown["sent_text"]
    assert hashlib.sha256("\n".join((to, issue["subject"], issue["description"].replace("\r\n", "\n"))).encode()).hexdigest() == shown["hash"]
    now = client.get(f"/v1/findings/{finding}")["finding"]
    assert now["state"] == "linked" and now["push"]["state"] == "filed" and now["push"]["text"] == ""
    [linked] = now["issues"]
    assert (linked["id"], linked["key"], linked["tracker"], linked["state"], linked["closed"]) == (there["issue"], str(issue["id"]), to, "New", False)
    assert linked["url"] == f"{tracker.url()}/issues/{issue['id']}"


def test_edited_text_is_filed_as_it_was_shown(client):
    to = set_up(client)
    finding = capture(client)
    first = preview(client, finding, to)
    shown = preview(client, finding, to, title="Wrong total", source=first["source"] + "\nSeen by Ann Lee on 12 May.\n", marker=first["marker"])
    push(client, finding, to, shown)
    wait_for(client, finding, "filed")
    [issue] = tracker.with_marker(shown["marker"])
    assert issue["subject"] == "Wrong total" and "Seen by" in issue["description"] and "Ann" not in issue["description"]


def test_what_was_not_looked_at_stays_here(client):
    to = set_up(client)
    finding = capture(client)
    shown = preview(client, finding, to)
    for changed in ({"source": shown["source"] + "And more"}, {"title": "Other"}, {"hash": "0" * 64}, {"tracker": set_up(client, name="Other")}):
        problem = refuse("version-conflict", push, client, finding, to, shown, **changed)
        assert problem["current"]["hash"] != changed.get("hash", shown["hash"])
    client.command("tracker.set", {"tracker": to, "public": True})  # it would be another text now
    refuse("version-conflict", push, client, finding, to, shown)
    refuse("validation", push, client, finding, to, shown, hash=None)
    assert ledger(client, finding) == [] and tracker.with_marker(shown["marker"]) == []


def test_once(client):
    to = set_up(client)
    finding = capture(client)
    shown = preview(client, finding, to)
    push(client, finding, to, shown)
    assert refuse("validation", push, client, finding, to, shown)["errors"][0]["code"] == "exists"
    wait_for(client, finding, "filed")
    refuse("validation", push, client, finding, to, shown)
    assert len(tracker.with_marker(shown["marker"])) == 1


def test_lost_reply(client, line):
    to = set_up(client, at=line.url)
    for _ in range(3):
        line.faults.append(("POST", "/issues.json", "drop"))
        finding = capture(client)
        shown = preview(client, finding, to)
        push(client, finding, to, shown)
        assert wait_for(client, finding, "filed")["issue"]
        assert len(tracker.with_marker(shown["marker"])) == 1
    assert not line.faults


def test_lost_reply_and_search_is_not_sent_again_soon(client, line):
    to = set_up(client, at=line.url)
    line.faults += [("POST", "/issues.json", "drop"), ("GET", "/issues.json?status_id=*&description", "drop")]
    finding = capture(client)
    shown = preview(client, finding, to)
    began = time.monotonic()
    pushed = push(client, finding, to, shown)
    last = wait_for(client, finding, "unknown")
    took = time.monotonic() - began  # before it was known that nobody knows
    assert 29 <= liaison_seconds(last["retry_at"]) - liaison_seconds(last["tried_at"]) <= 61 + took and last["problem"].endswith(".")
    client.command("push.retry", {"push": pushed})
    assert ledger(client, finding)[0]["state"] == "unknown"
    refuse("version-conflict", client.command, "push.cancel", {"push": pushed})
    assert len(tracker.with_marker(shown["marker"])) == 1


def liaison_seconds(text):
    return time.mktime(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


@pytest.mark.parametrize("place", ["push-claimed", "push-answered"])
def test_killed_on_the_way(make_engine, place):
    engine = make_engine(env={"LIAISON_CRASH_AT": place})
    engine.sign_in()
    to = set_up(engine.client)
    finding = capture(engine.client)
    shown = preview(engine.client, finding, to)
    push(engine.client, finding, to, shown)
    engine.process.wait(PATIENCE_S)
    engine.env.clear()
    engine.start()
    if place == "push-answered":
        wait_for(engine.client, finding, "filed")
    else:  # it never left: that cannot be known, so it waits before it is sent again
        last = wait_until(lambda: next((row for row in ledger(engine.client, finding) if row["state"] == "unknown" and row["retry_at"]), None))
        assert 29 <= liaison_seconds(last["retry_at"]) - liaison_seconds(last["tried_at"]) <= 65
    assert len(tracker.with_marker(shown["marker"])) == (1 if place == "push-answered" else 0)


def test_killed_while_the_tracker_answers(make_engine, line):
    engine = make_engine()
    engine.sign_in()
    to = set_up(engine.client, at=line.url)
    line.faults.append(("POST", "/issues.json", "hold"))
    finding = capture(engine.client)
    shown = preview(engine.client, finding, to)
    push(engine.client, finding, to, shown)
    assert line.held.wait(PATIENCE_S)
    engine.process.kill()
    engine.process.wait()
    engine.start()
    wait_for(engine.client, finding, "filed")
    assert len(tracker.with_marker(shown["marker"])) == 1


def test_slow_down_and_refusals(client, line):
    to = set_up(client, at=line.url)
    line.faults.append(("POST", "/issues.json", (429, {"Retry-After": "90"})))
    finding = capture(client)
    pushed = push(client, finding, to)
    last = wait_until(lambda: next((row for row in ledger(client, finding) if row["problem"]), None))
    assert last["state"] == "queued" and liaison_seconds(last["retry_at"]) - liaison_seconds(last["tried_at"]) >= 89
    client.command("push.cancel", {"push": pushed})
    client.command("push.cancel", {"push": pushed})
    assert ledger(client, finding)[0]["state"] == "cancelled"
    refuse("version-conflict", client.command, "push.retry", {"push": pushed})
    refuse("not-found", client.command, "push.retry", {"push": "p_999"})


def test_refused_for_good_is_said_and_tried_again_by_hand(client):
    to = set_up(client, project="nowhere")
    finding = capture(client)
    shown = preview(client, finding, to)
    pushed = push(client, finding, to, shown)
    last = wait_for(client, finding, "failed")
    assert last["problem"].endswith(".") or "says" in last["problem"]
    assert client.get(f"/v1/findings/{finding}")["finding"]["push"]["problem"] == last["problem"]
    client.command("tracker.set", {"tracker": to, "project": "shop"})
    client.command("push.retry", {"push": pushed})
    wait_for(client, finding, "filed")
    assert len(tracker.with_marker(shown["marker"])) == 1


def test_a_key_that_is_not_known_any_more(client):
    to = set_up(client, token="0" * 40)
    finding = capture(client)
    push(client, finding, to)
    state = wait_until(lambda: next((there for there in client.get("/v1/snapshot")["trackers"] if there["state"] == "needs-login"), None))
    assert state["detail"].endswith(".")
    wait_for(client, finding, "queued")  # it was on its way
    client.command("tracker.set", {"tracker": to, "token": tracker.LIAISON})
    wait_for(client, finding, "filed")


def test_linked_to_one_that_is_there(client):
    to = set_up(client)
    finding = capture(client)
    there = tracker.redmine("POST", "/issues.json", {"issue": {"project_id": "shop", "subject": "Totals"}})["issue"]
    answer = client.command("finding.link", {"finding": finding, "tracker": to, "issue": str(there["id"])})["d"]
    now = client.get(f"/v1/findings/{finding}")["finding"]
    assert now["state"] == "linked" and [(issue["id"], issue["title"]) for issue in now["issues"]] == [(answer["issue"], "Totals")]
    refuse("not-found", client.command, "finding.link", {"finding": finding, "tracker": to, "issue": "999999"})
    refuse("not-found", client.command, "finding.link", {"finding": finding, "tracker": "t_999", "issue": "1"})
    for _ in range(2):
        client.command("finding.unlink", {"finding": finding, "issue": answer["issue"]})
    now = client.get(f"/v1/findings/{finding}")["finding"]
    assert now["state"] == "new" and now["issues"] == []


def test_an_answer_counts_for_its_issue(client):
    """Who is told of a known issue asked for it, too: once a conversation, and in the finding that has the issue now."""
    to = set_up(client)
    finding = capture(client)
    other = capture(client, title="Sums are wrong")
    there = tracker.redmine("POST", "/issues.json", {"issue": {"project_id": "shop", "subject": "Totals"}})["issue"]
    url = f"{tracker.url()}/issues/{there['id']}"
    conversation = client.new_conversation()
    d = {"issue": f"{url}#note-2", "text": "The total is 20 too high."}
    refuse("not-found", client.command, "finding.capture", d, conv=conversation)
    client.command("finding.link", {"finding": finding, "tracker": to, "issue": str(there["id"])})
    client.command("finding.merge", {"finding": finding, "into": other})

    first = client.command("finding.capture", d, conv=conversation)["d"]
    assert first["finding"] == other
    assert client.command("finding.capture", d, conv=conversation)["d"] == {"finding": other}
    assert "The total is 20 too high." in [quote["text"] for quote in client.get(f"/v1/findings/{other}")["quotes"]]
    assert [issue["url"] for issue in client.get(f"/v1/issues?conversation={conversation}")["rows"]] == [url]
    client.command("finding.uncapture", {"entry": first["entry"]})
    assert client.get(f"/v1/issues?conversation={conversation}")["rows"] == []
    assert client.command("finding.capture", d, conv=conversation)["d"]["entry"] != first["entry"]


def test_issues_of_conversation_and_customer(client):
    to = set_up(client)
    conversation = client.new_conversation()
    finding = capture(client, conversation=conversation)
    push(client, finding, to)
    wait_for(client, finding, "filed")
    customer = client.get(f"/v1/conversations/{conversation}")["conversation"]["customer"]["id"]
    [issue] = client.get(f"/v1/issues?conversation={conversation}")["rows"]
    assert client.get(f"/v1/issues?customer={customer}")["rows"] == [issue]
    assert client.get("/v1/issues?conversation=c_999")["rows"] == []
    assert issue["key"] in [found["key"] for found in client.get(f"/v1/trackers/{to}/issues?q=total")["rows"]]
    refuse("validation", client.get, f"/v1/trackers/{to}/issues")
    refuse("not-found", client.get, "/v1/trackers/t_999/issues?q=x")


def test_tracker_taken_away(client):
    to = set_up(client, token="0" * 40)
    finding = capture(client)
    push(client, finding, to)
    client.command("tracker.remove", {"tracker": to})
    assert "taken away" in wait_for(client, finding, "failed")["problem"]


def test_rebuild(make_engine):
    engine = make_engine()
    engine.sign_in()
    to = set_up(engine.client)
    finding = capture(engine.client)
    push(engine.client, finding, to)
    wait_for(engine.client, finding, "filed")
    engine.stop()

    def rows():
        with sqlite3.connect(engine.data / "liaison.db") as database:
            return [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("tracker", "push", "issue", "finding_issue", "finding")]

    before = rows()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    assert rows() == before and all(before)


def filed(client, to, conversation=None):
    finding = capture(client, conversation=conversation)
    push(client, finding, to)
    wait_for(client, finding, "filed")
    return finding, client.get(f"/v1/findings/{finding}")["finding"]["issues"][0]


def told(client, conversation):
    timeline = client.get(f"/v1/conversations/{conversation}")["timeline"]
    return [entry["d"] for entry in timeline if entry["kind"] == "state" and entry["d"]["what"] == "issue"]


def now_there(client, finding, to, condition):
    """Its issue once it is as it should be; asked for again and again, as the clocks of trackers count seconds."""

    def look():
        client.command("tracker.sync", {"tracker": to})
        found = client.get(f"/v1/findings/{finding}")["finding"]
        return found if condition(found["issues"][0]) else None

    return wait_until(look)


def states():
    return {state["name"]: state["id"] for state in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"]}


def test_state_there_is_told_here(client):
    to = set_up(client)
    first, second = client.new_conversation(), client.new_conversation("bo@example.com", name="Bo")
    finding, issue = filed(client, to, first)
    client.command("finding.capture", {"finding": finding, "text": "for me, too"}, conv=second)
    client.command("conversation.close", {}, conv=second)
    now_there(client, finding, to, lambda there: not there["problem"])
    assert told(client, first) == []

    version = tracker.redmine("GET", "/projects/shop/versions.json")["versions"][0]["id"]
    tracker.redmine("PUT", f"/issues/{issue['key']}.json", {"issue": {"status_id": states()["Closed"], "fixed_version_id": version}})
    found = now_there(client, finding, to, lambda there: there["closed"])
    assert found["state"] == "fixed" and found["issues"][0]["milestone"] == "2.1"
    for conversation in (first, second):
        [entry] = told(client, conversation)
        assert (entry["from"], entry["to"], entry["was_closed"], entry["closed"], entry["milestone"]) == ("New", "Closed", False, True, "2.1")
        assert (entry["key"], entry["issue"]) == (issue["key"], issue["id"])
    assert client.get(f"/v1/conversations/{second}")["conversation"]["state"] == "closed"

    tracker.redmine("PUT", f"/issues/{issue['key']}.json", {"issue": {"status_id": states()["In Progress"]}})
    found = now_there(client, finding, to, lambda there: not there["closed"])
    assert found["state"] == "linked" and [entry["to"] for entry in told(client, first)] == ["Closed", "In Progress"]


def test_what_is_not_seen_any_more_is_said(client, line):
    to = set_up(client, at=line.url)
    conversation = client.new_conversation()
    finding, issue = filed(client, to, conversation)
    for status, words in ((404, "deleted"), (403, "right to see it"), (301, "moved")):
        line.faults.append(("GET", f"/issues/{issue['key']}.json", (status, {"Location": "/"} if status == 301 else {})))
        client.command("tracker.sync", {"tracker": to})
        wait_until(lambda: any(words in entry["problem"] for entry in told(client, conversation)))  # noqa: B023
        found = now_there(client, finding, to, lambda there: not there["problem"])
        assert found["state"] == "linked"


def test_nothing_new_is_told_twice(client, line):
    to = set_up(client, at=line.url)
    conversation = client.new_conversation()
    finding, issue = filed(client, to, conversation)
    tracker.redmine("PUT", f"/issues/{issue['key']}.json", {"issue": {"status_id": states()["In Progress"]}})
    now_there(client, finding, to, lambda there: there["state"] == "In Progress")
    seen = len(line.seen)
    for _ in range(3):
        client.command("tracker.sync", {"tracker": to})
        wait_until(lambda: len(line.seen) >= seen + 2)  # noqa: B023
        seen = len(line.seen)
    assert len(told(client, conversation)) == 1


def test_retracted(client):
    """Its words are said no more; that the issue is closed does not make the finding fixed."""
    to = set_up(client)
    finding = capture(client)
    shown = preview(client, finding, to)
    pushed = push(client, finding, to, shown)
    wait_for(client, finding, "filed")
    for _ in range(2):
        client.command("push.retract", {"push": pushed})
    last = wait_for(client, finding, "retracted")
    assert last["problem"] == "" and last["text"] == shown["sent_text"]  # the ledger forgets nothing
    [issue] = tracker.with_marker(shown["marker"])
    assert issue["subject"] == "Withdrawn" and "agreed" not in issue["description"] and issue["status"]["is_closed"]
    now = client.get(f"/v1/findings/{finding}")["finding"]
    assert now["state"] == "new" and now["issues"] == []
    client.command("push.retract", {"push": pushed})
    refuse("version-conflict", client.command, "push.retry", {"push": pushed})
    refuse("version-conflict", client.command, "push.cancel", {"push": pushed})
    push(client, finding, to)
    wait_for(client, finding, "filed")


def test_retracting_waits_and_survives(make_engine, line):
    engine = make_engine(env={"LIAISON_CRASH_AT": "push-retracted"})
    client = engine.sign_in()
    to = set_up(client, at=line.url)
    finding = capture(client)
    shown = preview(client, finding, to)
    pushed = push(client, finding, to, shown)
    wait_for(client, finding, "filed")
    client.command("push.retract", {"push": pushed})
    engine.process.wait(60)
    engine.env.clear()
    line.faults.append(("PUT", "/issues/", (503, {})))
    engine.start()
    wait_until(lambda: ledger(client, finding)[0]["problem"] and ledger(client, finding)[0]["state"] == "retracting")
    hurry(client, pushed)
    wait_for(client, finding, "retracted")
    assert "agreed" not in tracker.with_marker(shown["marker"])[0]["description"]


def test_what_cannot_be_retracted_is_said(client, line):
    to = set_up(client, at=line.url)
    finding = capture(client)
    pushed = push(client, finding, to)
    wait_for(client, finding, "filed")
    line.faults.append(("PUT", "/issues/", 403))
    client.command("push.retract", {"push": pushed})
    last = wait_until(lambda: next((row for row in ledger(client, finding) if row["problem"]), None))
    assert last["state"] == "filed" and last["problem"].startswith("It could not be withdrawn. ")
    assert client.get(f"/v1/findings/{finding}")["finding"]["state"] == "linked"
    unsent = push(client, capture(client, title="Another one"), set_up(client, token="0" * 40))
    refuse("version-conflict", client.command, "push.retract", {"push": unsent})


def test_change_of_one_leaves_others_alone(client, line):
    """What is on its way to another server goes on, and is not waited for."""
    busy = set_up(client, at=line.url)
    line.faults.append(("POST", "/issues.json", "hold"))
    finding = capture(client)
    shown = preview(client, finding, busy)
    push(client, finding, busy, shown)
    assert line.held.wait(60)
    other = set_up(client, token="0" * 40)
    refused = capture(client, title="Another one")
    push(client, refused, other)
    wait_until(lambda: next((there for there in client.get("/v1/snapshot")["trackers"] if there["state"] == "needs-login"), None))
    client.command("tracker.set", {"tracker": other, "token": tracker.LIAISON})
    wait_for(client, refused, "filed")
    assert ledger(client, finding)[0]["state"] == "sending"
    line.over.set()
    wait_for(client, finding, "filed")
    assert len(tracker.with_marker(shown["marker"])) == 1
