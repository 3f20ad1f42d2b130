# SPDX-License-Identifier: GPL-3.0-or-later
"""Issues in a real Redmine: once each, whatever happens on the way."""

import os
import time
import uuid

import pytest

import tracker
from patience import PATIENCE_S

ROUNDS = int(os.environ.get("LIAISON_TRACKER_ROUNDS", 20))

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


@pytest.fixture
def peer():
    with tracker.Peer() as peer:
        yield peer


@pytest.fixture
def line():
    with tracker.BadLine() as line:
        yield line


def now_ms():
    return int(time.time() * 1000)


def refused(ask, *arguments, **options):
    with pytest.raises(tracker.Refused) as refusal:
        ask(*arguments, **options)
    return refusal.value


def test_probe(peer):
    answer = peer.whole("probe")
    assert (answer["ok"], answer["login"]) == ("Shop", "liaison")


def test_probe_says_what_is_wrong():
    for options, code in (({"key": "0" * 40}, "auth"), ({"project": "nowhere"}, "not-found"), ({"key": tracker.STRANGER}, "permission"),
                          ({"at": "http://127.0.0.1:1"}, "unavailable"), ({"at": tracker.url() + "/login?"}, "invalid")):
        with tracker.Peer(**options) as peer:
            assert refused(peer.ask, "probe").code == code, options


def test_marker_is_128_bits(peer):
    markers = {peer.ask("marker") for _ in range(20)}
    assert len(markers) == 20
    assert all(len(marker) == len("liaison-") + 26 and marker.startswith("liaison-") for marker in markers)


def test_create_with_file(peer):
    marker, issue = peer.file("Zażółć “x” <b>")
    assert peer.ask("attach", key=issue["key"], files=[{"name": "screen shot ä.txt", "text": "what was seen"}])
    there = tracker.redmine("GET", f"/issues/{issue['key']}.json?include=attachments")["issue"]
    assert there["subject"] == issue["title"] == "Zażółć “x” <b>"
    assert there["description"].replace("\r\n", "\n") == f"It is.\n\nRef: {marker}"
    assert [(file["filename"], file["filesize"]) for file in there["attachments"]] == [("screen shot ä.txt", 13)]
    assert issue["url"] == f"{tracker.url()}/issues/{issue['key']}"
    assert (issue["state"], issue["closed"], issue["assignee"], issue["milestone"]) == ("New", False, "", "")


def test_attach_once(peer):
    _, issue = peer.file()
    for _ in range(2):
        peer.ask("attach", key=issue["key"], files=[{"name": "log.txt", "text": "once"}])
    there = tracker.redmine("GET", f"/issues/{issue['key']}.json?include=attachments")["issue"]
    assert [file["filename"] for file in there["attachments"]] == ["log.txt"]


def test_marker_that_is_there_is_not_filed_again(peer):
    since = now_ms()
    marker, issue = peer.file()
    assert peer.file(marker=marker, since=since)[1]["key"] == issue["key"]
    assert peer.ask("find", marker=marker, since=since)["key"] == issue["key"]
    assert peer.ask("find", marker=marker[:-1], since=since) is None  # a part of it is another one
    assert len(tracker.with_marker(marker)) == 1


def test_lost_reply(line):
    line.faults += [("POST", "/issues.json", "drop")] * ROUNDS
    with tracker.Peer(at=line.url) as peer:
        for _ in range(ROUNDS):
            marker, issue = peer.file()
            assert [there["id"] for there in tracker.with_marker(marker)] == [int(issue["key"])]
    assert not line.faults


def test_lost_reply_and_lost_search(line):
    """What cannot be found out stays unknown, and is looked for before it is sent again."""
    since = now_ms()
    line.faults += [("POST", "/issues.json", "drop"), ("GET", "/issues.json", "drop")]
    with tracker.Peer(at=line.url) as peer:
        marker = peer.ask("marker")
        assert refused(peer.file, marker=marker).code == "unknown-outcome"
        assert peer.file(marker=marker, since=since)[1]["key"]
    assert len(tracker.with_marker(marker)) == 1


def test_killed_between_send_and_answer(line):
    for _ in range(ROUNDS // 5):
        since = now_ms()
        line.held.clear()
        line.faults.append(("POST", "/issues.json", "hold"))
        with tracker.Peer(at=line.url) as peer:
            marker = peer.ask("marker")
            peer.tell(do="file", marker=marker, title="The total is wrong", text=f"Ref: {marker}")
            assert line.held.wait(PATIENCE_S)
            peer.kill()
        with tracker.Peer(at=line.url) as peer:
            issue = peer.file(marker=marker, since=since)[1]
        assert [there["id"] for there in tracker.with_marker(marker)] == [int(issue["key"])]


def test_server_error(line):
    line.faults += [("POST", "/issues.json", (502, {})), ("POST", "/issues.json", (500, {}))]
    with tracker.Peer(at=line.url) as peer:
        marker = peer.ask("marker")
        assert refused(peer.file, marker=marker).code == "unknown-outcome"
        assert refused(peer.file, marker=marker, since=now_ms()).code == "unknown-outcome"
        assert peer.file(marker=marker, since=now_ms())[1]["key"]
    assert len(tracker.with_marker(marker)) == 1


def test_slow_down(line):
    line.faults.append(("POST", "/issues.json", (429, {"Retry-After": "30"})))
    before = now_ms()
    with tracker.Peer(at=line.url) as peer:
        refusal = refused(peer.file)
        assert refusal.code == "rate" and before + 30000 <= refusal.until <= now_ms() + 30000
        count = len(line.seen)
        assert refused(peer.ask, "probe").code == "rate"
        assert len(line.seen) == count  # nothing was asked meanwhile


def test_refused_for_good(peer, line):
    with tracker.Peer(key="0" * 40) as stranger:
        assert refused(stranger.file).code == "auth"
    with tracker.Peer(key=tracker.STRANGER) as stranger:
        assert "Project cannot be blank" in refused(stranger.file).message  # which it may not even know of
    refusal = refused(peer.file, title="")
    assert refusal.code == "invalid" and "Subject cannot be blank" in refusal.message
    assert refused(peer.ask, "read", key="999999", validator="").code == "not-found"
    assert refused(peer.ask, "summary", key="999999", marker="x", text="x").code == "not-found"
    line.faults += [("GET", "/issues/1.json", (410, {})), ("GET", "/issues/1.json", (301, {"Location": "http://127.0.0.1/"})), ("GET", "/issues/1.json", (302, {"Location": "/"}))]
    with tracker.Peer(at=line.url) as peer_by_line:
        assert [refused(peer_by_line.ask, "read", key="1", validator="").code for _ in range(3)] == ["gone", "moved", "moved"]


def test_key_is_in_no_message(line):
    line.faults += [("GET", "/users", (status, {})) for status in (400, 401, 403, 404, 422, 500)]
    with tracker.Peer(at=line.url) as peer:
        for _ in range(6):
            assert tracker.LIAISON not in refused(peer.ask, "probe").message


def test_one_summary(peer):
    marker, issue = peer.file()
    for customers in (2, 7, 7):
        peer.ask("summary", key=issue["key"], marker=f"{marker}-customers", text=f"Reported by {customers} customers.\n\nRef: {marker}-customers")
    journals = tracker.redmine("GET", f"/issues/{issue['key']}.json?include=journals")["issue"]["journals"]
    assert [journal["notes"].splitlines()[0] for journal in journals if journal["notes"]] == ["Reported by 7 customers."]


def test_retract(peer):
    marker, issue = peer.file("It is wrong for Jane Doe")
    for _ in range(2):
        peer.ask("retract", key=issue["key"], title="Withdrawn", text=f"This was withdrawn.\n\nRef: {marker}")
    there = tracker.redmine("GET", f"/issues/{issue['key']}.json")["issue"]
    assert (there["description"].splitlines()[0], there["status"]["is_closed"]) == ("This was withdrawn.", True)
    assert peer.ask("find", marker=marker, since=now_ms())["key"] == issue["key"]


def test_lost_summary_is_not_doubled(line):
    line.faults.append(("PUT", "/issues/", "drop"))
    with tracker.Peer(at=line.url) as peer:
        marker, issue = peer.file()
        assert refused(peer.ask, "summary", key=issue["key"], marker=f"{marker}-customers", text=f"Ref: {marker}-customers").code == "unknown-outcome"
        peer.ask("summary", key=issue["key"], marker=f"{marker}-customers", text=f"Ref: {marker}-customers")
    journals = tracker.redmine("GET", f"/issues/{issue['key']}.json?include=journals")["issue"]["journals"]
    assert len([journal for journal in journals if journal["notes"]]) == 1


def test_state_there_comes_here(peer):
    _, issue = peer.file()
    cursor = peer.whole("changes", cursor=None)["cursor"]
    validator = peer.ask("read", key=issue["key"], validator="")["validator"]
    assert peer.ask("read", key=issue["key"], validator=validator) is None

    people = {member["user"]["name"]: member["user"]["id"] for member in tracker.redmine("GET", "/projects/shop/memberships.json")["memberships"]}
    version = tracker.redmine("GET", "/projects/shop/versions.json")["versions"][0]["id"]
    states = {state["name"]: state["id"] for state in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"]}
    tracker.redmine("PUT", f"/issues/{issue['key']}.json", {"issue": {"status_id": states["Closed"], "assigned_to_id": people["Engineer Example"], "fixed_version_id": version}})

    changes = peer.whole("changes", cursor=cursor)
    changed = next(change for change in changes["ok"] if change["key"] == issue["key"])
    assert (changed["state"], changed["closed"], changed["assignee"], changed["milestone"]) == ("Closed", True, "Engineer Example", "2.1")
    assert not changes["more"]
    assert peer.ask("read", key=issue["key"], validator=validator)["state"] == "Closed"


def test_search(peer):
    word = uuid.uuid4().hex
    _, issue = peer.file(f"The {word} voucher vanishes")
    assert [found["key"] for found in peer.ask("search", text=f"vanishes {word}")] == [issue["key"]]
    assert peer.ask("search", text="nobodyeverwrotethis") == []
