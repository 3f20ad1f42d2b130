# SPDX-License-Identifier: GPL-3.0-or-later
"""How many customers say it: one comment of the issue in a real Redmine, changed and never a second one."""

import sqlite3

import pytest

import liaison
import tracker
from filing import capture, preview, push, set_up, wait_for, wait_until

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


@pytest.fixture
def line():
    with tracker.BadLine() as line:
        yield line


def comments(key):
    """The first lines of what is written below the issue."""
    journals = tracker.redmine("GET", f"/issues/{key}.json?include=journals")["issue"]["journals"]
    return [journal["notes"].splitlines()[0] for journal in journals if journal["notes"]]


def say_too(client, finding, name):
    conversation = client.new_conversation(f"{name}@example.com", name=name.title())
    client.command("finding.capture", {"finding": finding, "text": "for me, too"}, conv=conversation)


def filed(client, to):
    finding = capture(client)
    push(client, finding, to)
    wait_for(client, finding, "filed")
    return finding, client.get(f"/v1/findings/{finding}")["finding"]["issues"][0]["key"]


def synced(client, to, condition):
    def look():
        client.command("tracker.sync", {"tracker": to})
        return condition()

    wait_until(look)


def rounds(client, to, line, count=2):
    """So often the tracker was asked what is new, after all that was to be said there."""
    for _ in range(count):
        seen = sum("sort=updated_on" in path for _, path in line.seen)
        client.command("tracker.sync", {"tracker": to})
        wait_until(lambda: sum("sort=updated_on" in path for _, path in line.seen) > seen)  # noqa: B023


def test_one_comment_says_how_many(client, line):
    to = set_up(client, at=line.url)
    finding, key = filed(client, to)
    rounds(client, to, line)
    assert comments(key) == []  # the issue itself says that it is one
    say_too(client, finding, "bo")
    synced(client, to, lambda: comments(key) == ["Reported by 2 customers."])
    say_too(client, finding, "bo")
    say_too(client, finding, "cleo")
    say_too(client, finding, "dan")
    synced(client, to, lambda: comments(key) == ["Reported by 4 customers."])
    changes = sum(method == "PUT" for method, _ in line.seen)
    rounds(client, to, line)
    assert sum(method == "PUT" for method, _ in line.seen) == changes


def test_lost_answer_makes_no_second_comment(client, line):
    to = set_up(client, at=line.url)
    finding, key = filed(client, to)
    line.faults.append(("PUT", "/issues/", "drop"))
    say_too(client, finding, "bo")
    synced(client, to, lambda: comments(key) == ["Reported by 2 customers."] and not line.faults)
    say_too(client, finding, "cleo")
    synced(client, to, lambda: "Reported by 3 customers." in comments(key))
    assert comments(key) == ["Reported by 3 customers."]


def test_linked_issue_is_told(client, line):
    to = set_up(client, at=line.url)
    finding = capture(client)
    there = tracker.redmine("POST", "/issues.json", {"issue": {"project_id": "shop", "subject": "Totals"}})["issue"]
    client.command("finding.link", {"finding": finding, "tracker": to, "issue": str(there["id"])})
    synced(client, to, lambda: comments(there["id"]) == ["Reported by one customer."])


def untold(client, finding):
    return client.get(f"/v1/findings/{finding}")["finding"]["issues"][0]["untold"]


def refused(client, line):
    """An issue whose comment was refused."""
    to = set_up(client, at=line.url)
    finding, key = filed(client, to)
    line.faults.append(("PUT", f"/issues/{key}.json", 403))
    assert untold(client, finding) == ""
    say_too(client, finding, "bo")
    client.command("tracker.sync", {"tracker": to})
    wait_until(lambda: untold(client, finding))
    return to, finding, key


def test_refused_comment_is_said(client, line):
    """Why they were not told stands with the finding until they are: when somebody tries again, or there are more."""
    to, finding, key = refused(client, line)
    assert "does not allow" in untold(client, finding) and comments(key) == []
    line.faults.append(("PUT", f"/issues/{key}.json", 422))
    client.command("tracker.sync", {"tracker": to})
    wait_until(lambda: "accept" in untold(client, finding))
    with client.stream() as stream:
        client.command("tracker.sync", {"tracker": to})
        stream.wait_for(lambda frame: frame.get("k") == "issue.told")
    wait_until(lambda: untold(client, finding) == "")
    assert comments(key) == ["Reported by 2 customers."]
    line.faults.append(("PUT", "/journals/", 403))
    say_too(client, finding, "cleo")
    client.command("tracker.sync", {"tracker": to})
    wait_until(lambda: untold(client, finding))
    say_too(client, finding, "dan")
    synced(client, to, lambda: comments(key) == ["Reported by 4 customers."])
    wait_until(lambda: untold(client, finding) == "")


def test_closed_issue_needs_not_be_told(client, line):
    to, finding, key = refused(client, line)
    [closed] = [status["id"] for status in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"] if status["name"] == "Closed"]
    tracker.redmine("PUT", f"/issues/{key}.json", {"issue": {"status_id": closed}})
    client.command("tracker.sync", {"tracker": to})
    wait_until(lambda: client.get(f"/v1/findings/{finding}")["finding"]["issues"][0]["closed"])
    assert untold(client, finding) == ""


def test_refused_comment_is_not_tried_each_minute(make_engine, line):
    """By itself it is not tried again, however long ago that was; what is new is told. A rebuild knows why."""
    engine = make_engine()
    client = engine.sign_in()
    to, finding, key = refused(client, line)
    why = untold(client, finding)
    other = capture(client, "The logo is wrong", conversation=client.new_conversation("eve@example.com"))
    push(client, other, to)
    wait_for(client, other, "filed")
    [there] = client.get(f"/v1/findings/{other}")["finding"]["issues"]
    say_too(client, other, "bo")
    engine.stop()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    with sqlite3.connect(engine.data / "liaison.db") as database:
        database.execute("UPDATE issue_told SET at = 0")
    engine.start()
    engine.client.token = None
    engine.sign_in()
    wait_until(lambda: comments(there["key"]) == ["Reported by 2 customers."])  # which comes after what is older
    assert untold(engine.client, finding) == why and comments(key) == []


def test_rest_and_rebuild(make_engine, line):
    """Without being asked it is told once an hour at most: a minute's look says nothing; and a rebuild knows what was told."""
    engine = make_engine()
    client = engine.sign_in()
    to = set_up(client, at=line.url)
    finding, key = filed(client, to)
    say_too(client, finding, "bo")
    synced(client, to, lambda: comments(key) == ["Reported by 2 customers."])
    engine.stop()

    def rows():
        with sqlite3.connect(engine.data / "liaison.db") as database:
            return database.execute("SELECT * FROM issue_told").fetchall()

    before = rows()
    assert before and liaison.run("--data", engine.data, "rebuild") == (0, "") and rows() == before
    seen = len(line.seen)
    engine.start()
    engine.client.token = None
    engine.sign_in()
    say_too(engine.client, finding, "cleo")
    wait_until(lambda: len(line.seen) >= seen + 2)  # it has looked what is new by itself
    shown = preview(engine.client, finding, to)
    assert "3 customers" in shown["sent_text"] and comments(key) == ["Reported by 2 customers."]
