# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engineers ask below our issues becomes work here, and the answer a comment there: with a real Redmine."""

import hashlib
import sqlite3
import time

import pytest

import liaison
import tracker
from filing import capture, preview, push, refuse, set_up, wait_for, wait_until

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


@pytest.fixture
def line():
    with tracker.BadLine() as line:
        yield line


def filed(client, to, **fields):
    """A conversation, the finding that was said there, and its issue."""
    conversation = client.new_conversation()
    finding = capture(client, conversation=conversation, **fields)
    push(client, finding, to)
    wait_for(client, finding, "filed")
    return conversation, finding, client.get(f"/v1/findings/{finding}")["finding"]["issues"][0]["key"]


def write(key, words=None, by=tracker.ENGINEER, **fields):
    tracker.redmine("PUT", f"/issues/{key}.json", {"issue": {**({"notes": words} if words else {}), **fields}}, by)


def notes(key):
    return [entry["notes"].replace("\r\n", "\n") for entry in tracker.redmine("GET", f"/issues/{key}.json?include=journals")["issue"]["journals"] if entry["notes"]]


def row(client, conversation):
    return client.get(f"/v1/conversations/{conversation}")["conversation"]


def questions(client, conversation):
    entries = client.get(f"/v1/conversations/{conversation}?limit=100")["timeline"]
    return [entry for entry in entries if entry["d"].get("what") == "question"]


def asked(client, to, conversation, count=1):
    """The questions there, once there are so many."""

    def look():
        client.command("tracker.sync", {"tracker": to})
        found = questions(client, conversation)
        return found if len(found) >= count else None

    return wait_until(look)


def heard(client, to, key):
    """Until what is written there is known here: of a further issue, which is asked for later, it is."""
    conversation, _, later = filed(client, to, title=f"After {key}")
    write(later, "Since when?")
    asked(client, to, conversation)


def test_question_becomes_work(client):
    to = set_up(client)
    conversation, finding, key = filed(client, to)
    client.command("conversation.close", {}, conv=conversation)
    write(key, "I have seen it.")
    write(key, "Which browser was it\u202e, and since when?\n\n> Is it mine?")
    write(key, "Ask @bob?", by=tracker.LIAISON)  # which is we ourselves
    [entry] = asked(client, to, conversation)
    assert (entry["kind"], entry["author"]["kind"], entry["author"]["name"]) == ("note", "system", "Engineer Example")
    assert entry["text"] == "Which browser was it, and since when?\n\n> Is it mine?"
    d = entry["d"]
    assert (d["key"], d["finding"], d["tracker"], d["settled"], d["url"]) == (key, finding, to, False, f"{tracker.url()}/issues/{key}")
    me = client.get("/v1/snapshot")["me"]["id"]
    there = row(client, conversation)
    assert (there["question"], there["state"], there["assignee"], there["callback"], there["waiting_since"], there["unread"]) == (True, "open", me, False, None, True)
    assert there["due_at"] and conversation in [each["id"] for each in client.get("/v1/views/mine/rows")["rows"]]
    heard(client, to, key)  # and once
    assert len(questions(client, conversation)) == 1
    client.command("question.done", {"question": entry["id"]})
    there = row(client, conversation)
    assert (there["question"], there["state"]) == (False, "closed")
    client.command("question.done", {"question": entry["id"]})
    refuse("not-found", client.command, "question.done", {"question": "e_1"})


def test_answer_is_a_comment(client, line):
    to = set_up(client, at=line.url)
    conversation, finding, key = filed(client, to)
    write(key, "Which browser was it?")
    [entry] = asked(client, to, conversation)
    said = {"question": entry["id"], "source": "Ann Lee says: Firefox 128, see #12. Her number is +49 30 901820."}
    shown = preview(client, finding, to, **said)
    assert shown["title"] == shown["sent_title"] == "" and shown["question"] == entry["id"]
    assert "Ann" not in shown["sent_text"] and "901820" not in shown["sent_text"] and "Firefox 128" in shown["sent_text"] and " #12" not in shown["sent_text"]
    assert "In Liaison" not in shown["sent_text"]
    refuse("version-conflict", push, client, finding, to, shown, **{**said, "source": "Firefox, says Ben"})
    refuse("validation", push, client, finding, to, preview(client, finding, to, question=entry["id"]), question=entry["id"])
    refuse("not-found", preview, client, finding, to, question="e_1")
    refuse("not-found", preview, client, capture(client, title="Another"), to, question=entry["id"])
    assert notes(key) == ["Which browser was it?"]
    line.faults.append(("PUT", f"/issues/{key}.json", "drop"))  # it is written, and nobody hears so
    pushed = push(client, finding, to, shown, question=entry["id"])
    assert row(client, conversation)["question"] is False
    refuse("validation", push, client, finding, to, preview(client, finding, to, **said), question=entry["id"])
    there = wait_for(client, finding, "filed")
    assert (there["id"], there["question"], there["text"], there["hash"]) == (pushed, entry["id"], shown["sent_text"], shown["hash"]) and there["tries"] == 2
    assert notes(key) == ["Which browser was it?", shown["sent_text"]] and not line.faults
    assert hashlib.sha256("\n".join((to, "", notes(key)[1])).encode()).hexdigest() == shown["hash"]
    assert len(tracker.with_marker(there["marker"])) == 0 and client.get(f"/v1/findings/{finding}")["finding"]["push"]["id"] != pushed
    refuse("version-conflict", client.command, "push.retract", {"push": pushed})
    heard(client, to, key)
    assert len(questions(client, conversation)) == 1


def test_refused_answer_is_work_again(client, line):
    to = set_up(client, at=line.url)
    conversation, finding, key = filed(client, to)
    write(key, "Which browser was it?")
    [entry] = asked(client, to, conversation)
    line.faults.append(("PUT", f"/issues/{key}.json", 403))
    said = {"question": entry["id"], "source": "Firefox 128"}
    pushed = push(client, finding, to, preview(client, finding, to, **said), question=entry["id"])
    assert wait_for(client, finding, "failed")["id"] == pushed
    [entry] = questions(client, conversation)
    assert entry["d"]["settled"] is False and entry["d"]["problem"] and row(client, conversation)["question"] is True
    client.command("push.retry", {"push": pushed})
    wait_for(client, finding, "filed")
    [entry] = questions(client, conversation)
    assert entry["d"]["settled"] is True and len(notes(key)) == 2


def test_state_that_waits(client):
    """“Feedback” is a question, whatever the comment says, and also without one."""
    to = set_up(client)
    feedback = next(state["id"] for state in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"] if state["name"] == "Feedback")
    conversation, _, key = filed(client, to)
    write(key, status_id=feedback)
    [silent] = asked(client, to, conversation)
    assert (silent["text"], silent["d"]["state"]) == ("", "Feedback")
    write(key, "Please ask the customer for a screenshot.")
    [_, said] = asked(client, to, conversation, 2)
    assert said["text"] == "Please ask the customer for a screenshot."


def test_linked_issue_is_heard_from_then_on(client):
    to = set_up(client)
    key = str(tracker.redmine("POST", "/issues.json", {"issue": {"project_id": "shop", "subject": "Totals"}})["issue"]["id"])
    write(key, "Does anybody know more?")
    said = time.time()
    conversation = client.new_conversation()
    finding = capture(client, conversation=conversation)
    client.command("finding.link", {"finding": finding, "tracker": to, "issue": key})
    wait_until(lambda: time.time() > said + 1)  # its clock has seconds
    write(key, "Which browser was it?")
    found = asked(client, to, conversation)
    assert [entry["text"] for entry in found] == ["Which browser was it?"]


def test_rebuild(make_engine):
    engine = make_engine()
    client = engine.sign_in()
    to = set_up(client)
    conversation, finding, key = filed(client, to)
    write(key, "Which browser was it?")
    [entry] = asked(client, to, conversation)
    push(client, finding, to, preview(client, finding, to, question=entry["id"], source="Firefox"), question=entry["id"])
    wait_for(client, finding, "filed")
    engine.stop()

    def rows():
        with sqlite3.connect(engine.data / "liaison.db") as database:
            return [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("question", "issue_heard", "push", "conversation")]

    before = rows()
    assert all(before) and liaison.run("--data", engine.data, "rebuild") == (0, "") and rows() == before
