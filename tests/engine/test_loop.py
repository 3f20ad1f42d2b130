# SPDX-License-Identifier: GPL-3.0-or-later
"""Closing the loop: who asked for what is fixed is told so, each once, by the channel that they chose, whatever happens on the way."""

import re
import sqlite3
import threading
import time
import uuid

import pytest

import fakemail
import liaison
import mailstack
import tracker
import webchat
from patience import until

needs_mail = pytest.mark.skipif(not mailstack.running(), reason="no mail servers: ./dev stack up")
needs_redmine = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


def refuse(problem_kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == problem_kind, problem.value
    return problem.value.body


def wait_until(what):
    found = until(what)
    assert found
    return found


def capture(client, conversation=None, title="The total is wrong", **fields):
    d = {"kind": "bug", "title": title, "text": "it is not what we agreed", **fields}
    return client.command("finding.capture", d, conv=conversation or client.new_conversation())["d"]["finding"]


def asked_by(client, *names, finding=None):
    """A finding that these people have, each in a conversation of their own."""
    conversations = [client.new_conversation(f"{name.lower()}@example.com", name=name) for name in names]
    for conversation in conversations:
        finding = capture(client, conversation, **({"finding": finding} if finding else {}))
    return finding, conversations


def fix(client, finding, state="fixed"):
    client.command("finding.update", {"finding": finding, "state": state})


def notices(client, state="due", **query):
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return client.get(f"/v1/notices?state={state}{more}")["rows"]


def names(client, state="due", **query):
    return sorted(row["customer"]["name"] for row in notices(client, state, **query))


def state_of(client, finding):
    return client.get(f"/v1/findings/{finding}")["finding"]


def told(client, conversation):
    timeline = client.get(f"/v1/conversations/{conversation}")["timeline"]
    return [entry["d"] for entry in timeline if entry["kind"] == "state" and entry["d"]["what"] == "notice"]


@pytest.fixture
def mailbox(client):
    """Mail that arrives at once, in a server that takes everything."""
    if not mailstack.running():
        pytest.skip("the mail servers' certificates are not there: ./dev stack up")
    imap, smtp = fakemail.Imap(), fakemail.Smtp()
    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    client.command("channel.add", mailstack.channel(imap=imap.port, smtp=smtp.port))
    wait_until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready")
    return smtp


def send(client, notice, key=None, **fields):
    return client.command("notice.send", {"notice": notice["id"], "subject": "Re: Invoice", "body": "It is fixed.", **fields}, key=key)["d"]


def test_each_customer_once(client):
    finding, [ann, bo] = asked_by(client, "Ann", "Bo")
    capture(client, ann, finding=finding)  # again, and in another conversation of hers
    later = client.new_conversation("ann@example.com", subject="Once more", name="Ann")
    capture(client, later, finding=finding)
    assert notices(client) == []
    with client.stream() as stream:
        fix(client, finding)
        events = stream.events_until(client.get("/v1/snapshot")["seq"])
    assert [event["d"]["due"] for event in events if event["k"] == "notice.added"][-1] == 2
    rows = notices(client)
    assert [(row["customer"]["name"], row["conv"], row["topic"], row["email"], row["finding"], row["title"], row["quote"]) for row in rows] == [
        ("Ann", later, "Once more", "ann@example.com", finding, "The total is wrong", "it is not what we agreed"), ("Bo", bo, "Invoice", "bo@example.com", finding, "The total is wrong", "it is not what we agreed")]
    assert client.get("/v1/notices")["due"] == 2
    now = state_of(client, finding)
    assert (now["state"], now["to_tell"], now["told"], now["customers"]) == ("fixed", 2, 0, 2)
    fix(client, finding)
    assert len(notices(client)) == 2


def test_reopened_cancels_what_is_unsent(client):
    finding, [ann, _] = asked_by(client, "Ann", "Bo")
    fix(client, finding)
    fix(client, finding, "linked")
    assert notices(client) == [] and names(client, "cancelled") == ["Ann", "Bo"]
    assert state_of(client, finding)["to_tell"] == 0
    [said] = told(client, ann)
    assert (said["to"], said["finding"]) == ("cancelled", finding) and "opened it again" in said["reason"]
    fix(client, finding)
    assert names(client) == ["Ann", "Bo"]


def test_merged_and_parted(client):
    first, _ = asked_by(client, "Ann", "Bo")
    second, _ = asked_by(client, "Bo", "Cy")
    fix(client, first)
    client.command("finding.merge", {"finding": second, "into": first})
    assert names(client) == ["Ann", "Bo", "Cy"] and names(client, finding=second) == ["Ann", "Bo", "Cy"]
    client.command("finding.unmerge", {"finding": second})
    assert names(client) == ["Ann", "Bo"] and names(client, "cancelled") == ["Cy"]
    client.command("finding.merge", {"finding": first, "into": second})
    assert state_of(client, second)["state"] == "new" and notices(client) == []


def test_who_said_it_to_no_effect(client):
    finding, _ = asked_by(client, "Ann")
    entry = client.command("finding.capture", {"finding": finding, "text": "me, too"}, conv=client.new_conversation("bo@example.com", name="Bo"))["d"]["entry"]
    fix(client, finding)
    capture(client, client.new_conversation("cy@example.com", name="Cy"), finding=finding)  # after the fix: it is not fixed for Cy
    assert names(client) == ["Ann", "Bo"]
    client.command("finding.uncapture", {"entry": entry})
    assert names(client) == ["Ann"]


def test_mail_is_sent_once(client, mailbox):
    finding, [conversation] = asked_by(client, "Ann")
    client.command("conversation.close", {}, conv=conversation)
    client.command("draft.save", {"key": str(uuid.uuid4()), "mode": "email", "body": "Something else"}, conv=conversation)
    fix(client, finding)
    [notice] = notices(client)
    key = str(uuid.uuid4())
    sent = send(client, notice, key=key)
    assert send(client, notice, key=key) == sent
    assert refuse("version-conflict", send, client, notice)["current"]["state"] == "sent"
    wait_until(lambda: mailbox.taken)
    wait_until(lambda: state_of(client, finding)["state"] == "told")
    assert len(mailbox.taken) == 1 and b"It is fixed." in mailbox.taken[0] and b"To: Ann <ann@example.com>" in mailbox.taken[0]
    now = client.get(f"/v1/conversations/{conversation}")
    assert now["conversation"]["state"] == "closed" and now["draft"]["body"] == "Something else"
    [said] = told(client, conversation)
    assert (said["to"], said["notice"], said["title"]) == ("email", notice["id"], "The total is wrong")
    found = state_of(client, finding)
    assert (found["to_tell"], found["told"]) == (0, 1) and found["told_at"] and found["fixed_at"] < found["told_at"]
    [row] = notices(client, "sent")
    assert row["entry"] == sent["entry"] and row["agent"] == client.get("/v1/snapshot")["me"]["id"] and row["told_at"]


def test_it_answers_nothing_that_was_asked(client, mailbox):
    finding, [conversation] = asked_by(client, "Ann")
    waiting = client.get(f"/v1/conversations/{conversation}")["conversation"]
    fix(client, finding)
    send(client, notices(client)[0])
    wait_until(lambda: mailbox.taken)
    now = client.get(f"/v1/conversations/{conversation}")["conversation"]
    assert (now["state"], now["waiting_since"], now["due_at"]) == (waiting["state"], waiting["waiting_since"], waiting["due_at"])


def test_taken_back_is_to_be_told_again(client):
    finding, _ = asked_by(client, "Ann")
    client.command("channel.add", {**mailstack.channel(imap=1, smtp=1)}) if mailstack.running() else pytest.skip("no certificates")
    fix(client, finding)
    [notice] = notices(client)
    sent = send(client, notice, body="Dear Ann")
    assert notices(client) == []
    client.command("message.cancel", {"outbox": sent["outbox"]})
    [again] = notices(client)
    assert (again["id"], again["body"], again["subject"]) == (notice["id"], "Dear Ann", "Re: Invoice") and "taken back" in again["reason"]
    assert client.get(f"/v1/conversations/{notice['conv']}")["draft"] is None
    assert state_of(client, finding)["state"] == "fixed"


def test_reopened_stops_what_has_not_left(client):
    finding, _ = asked_by(client, "Ann", "Bo")
    client.command("channel.add", {**mailstack.channel(imap=1, smtp=1)}) if mailstack.running() else pytest.skip("no certificates")
    client.command("settings.set", {"settings": {"undo_send_s": 60}})
    fix(client, finding)
    ann = next(row for row in notices(client) if row["customer"]["name"] == "Ann")
    entry = send(client, ann)["entry"]
    fix(client, finding, "linked")
    assert names(client, "cancelled") == ["Ann", "Bo"] and notices(client, "sent") == []
    [message] = [row for row in client.get(f"/v1/conversations/{ann['conv']}")["timeline"] if row["id"] == entry]
    assert message["state"] == "cancelled"


def test_failed_comes_back(client, mailbox):
    finding, [conversation] = asked_by(client, "Ann")
    mailbox.fail["rcpt"] = "550 5.1.1 No such user"
    fix(client, finding)
    send(client, notices(client)[0])
    [again] = wait_until(lambda: notices(client))
    assert again["reason"] and state_of(client, finding)["state"] == "fixed" and state_of(client, finding)["told"] == 0


def test_failed_when_there_is_nothing_to_tell_any_more(client, mailbox):
    """The server refuses it after the issue was opened again."""
    asked, refuse_now = threading.Event(), threading.Event()

    class Slow(dict):
        def get(self, verb, default):
            if verb != "rcpt":
                return default
            asked.set()
            refuse_now.wait(20)
            return "550 5.1.1 No such user"

    mailbox.fail = Slow()
    finding, _ = asked_by(client, "Ann")
    fix(client, finding)
    send(client, notices(client)[0])
    assert asked.wait(20)
    fix(client, finding, "linked")
    assert notices(client, "sent")
    refuse_now.set()
    wait_until(lambda: notices(client, "cancelled"))
    assert notices(client) == []


def test_guard(client, mailbox):
    first, _ = asked_by(client, "Ann")
    second, _ = asked_by(client, "Ann", "Bo")
    fix(client, first)
    send(client, notices(client)[0])
    fix(client, second)
    ann, bo = sorted(notices(client), key=lambda row: row["customer"]["name"])
    assert ann["held_until"] and not bo["held_until"]
    assert "just now" in refuse("version-conflict", send, client, ann)["detail"]
    client.command("settings.set", {"settings": {"notice_gap_days": 0}})
    assert not [row for row in notices(client) if row["held_until"]]
    client.command("settings.set", {"settings": {"notice_gap_days": 7}})
    refuse("version-conflict", send, client, ann)
    send(client, ann, anyway=True)
    assert names(client) == ["Bo"]


def test_many_go_after_one_that_was_read(client, mailbox):
    finding, _ = asked_by(client, "Ann", "Bo", "Cy")
    fix(client, finding)
    ann, bo, cy = notices(client)
    refuse("version-conflict", send, client, ann, many=True)
    assert len(notices(client)) == 3
    client.command("notice.skip", {"notice": ann["id"], "reason": "She knows"})
    refuse("version-conflict", send, client, bo, many=True)  # that is no message that was read
    send(client, bo)
    send(client, cy, many=True)
    assert notices(client) == []
    fix(client, finding, "linked")
    other, _ = asked_by(client, "Dee")
    fix(client, other)
    [dee] = notices(client, finding=other)
    refuse("version-conflict", send, client, dee, many=True)  # of another finding


def test_skipped_snoozed_and_edited(client):
    finding, [ann, _] = asked_by(client, "Ann", "Bo")
    fix(client, finding)
    first, second = notices(client)
    refuse("validation", client.command, "notice.skip", {"notice": first["id"], "reason": " "})
    client.command("notice.skip", {"notice": first["id"], "reason": "Left us"})
    refuse("version-conflict", send, client, first)
    assert told(client, ann)[-1]["reason"] == "Left us" and notices(client, "skipped")[0]["reason"] == "Left us"
    client.command("notice.restore", {"notice": first["id"]})
    assert names(client) == ["Ann", "Bo"]
    client.command("notice.save", {"notice": second["id"], "subject": "Re: x", "body": "As I see it"})
    assert notices(client)[1]["body"] == "As I see it"
    later = liaison_time(10)
    with client.stream() as stream:
        client.command("notice.snooze", {"notice": second["id"], "until": later})
        assert names(client) == ["Ann"] and names(client, "snoozed") == ["Bo"] and client.get("/v1/notices")["due"] == 1
        stream.wait_for(lambda frame: any(event["k"] == "notice.changed" and event["d"]["due"] == 2 for event in frame.get("evs", [frame]) if "k" in event))
    assert names(client) == ["Ann", "Bo"]
    for name in ("send", "save", "skip", "snooze", "restore"):
        refuse("not-found", client.command, f"notice.{name}", {"notice": "n_999", "reason": "x"})
    refuse("validation", client.get, "/v1/notices?state=lost")
    refuse("validation", client.get, "/v1/notices?finding=x")


def liaison_time(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + seconds))


def test_told_by_hand(client):
    finding, _ = asked_by(client, "Ann", "Bo")
    fix(client, finding)
    fix(client, finding, "told")
    assert notices(client) == [] and names(client, "skipped") == ["Ann", "Bo"] and state_of(client, finding)["state"] == "told"



def caller(engine):
    """A conversation with somebody of whom only a telephone number is known: the interface has no command that makes one."""
    conversation = engine.client.new_conversation("ann@example.com", name="Ann")
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as database:
        database.execute("UPDATE address SET kind = 'phone', norm = '+4930901820', raw = '+4930901820'")
        database.execute("UPDATE conversation SET channel = 'phone'")
    engine.start()
    return conversation


def test_phone_customers_are_called(engine):
    client, conversation = engine.client, caller(engine)
    finding = capture(client, conversation)
    fix(client, finding)
    [notice] = notices(client)
    assert (notice["email"], notice["phone"]) == ("", "+4930901820")
    refuse("validation", send, client, notice, by="email")
    entry = send(client, notice, body="Tell Ann that the total is right now.")["entry"]
    [row] = client.get("/v1/views/callbacks/rows")["rows"]
    promise = next(entry for entry in client.get(f"/v1/conversations/{conversation}")["timeline"] if entry["kind"] == "promise")
    assert (row["id"], row["assignee"]) == (conversation, client.get("/v1/snapshot")["me"]["id"])
    assert (promise["id"], promise["d"]["number"], promise["d"]["reason"]) == (entry, "+4930901820", "Tell Ann that the total is right now.")
    assert (state_of(client, finding)["state"], state_of(client, finding)["told"]) == ("fixed", 0)
    client.command("callback.done", {"entry": entry})
    assert (state_of(client, finding)["state"], state_of(client, finding)["told"]) == ("told", 1)


def test_a_promised_call_is_not_made_for_nothing(engine):
    client = engine.client
    finding = capture(client, caller(engine))
    fix(client, finding)
    send(client, notices(client)[0])
    fix(client, finding, "linked")
    assert client.get("/v1/views/callbacks/rows")["rows"] == [] and names(client, "cancelled") == ["Ann"]


def test_who_chatted(make_engine):
    engine = make_engine(extra=["--chat", "127.0.0.1:0"])
    engine.sign_in()
    address = webchat.start(engine)
    client = engine.client
    client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Shop", "origins": [webchat.ORIGIN]})
    visitors = webchat.wait_until_taken(lambda: [webchat.Visitor(address, name="Ann", email="ann@example.com"), webchat.Visitor(address, name="Bo")])
    finding = None
    for visitor in visitors:
        visitor.post("The total is wrong")
    for row in client.get("/v1/views/all/rows")["rows"]:
        finding = capture(client, row["id"], **({"finding": finding} if finding else {}))
    fix(client, finding)
    ann, bo = sorted(notices(client), key=lambda row: row["customer"]["name"])
    assert (ann["channel"], ann["email"], bo["email"]) == ("chat", "ann@example.com", "")
    refuse("validation", send, client, bo)  # has left and gave no address
    send(client, bo, by="chat", body="It is fixed.")
    with visitors[1].connect(since=1) as page:
        assert page.wait_for("events")["events"][0]["body"] == "It is fixed."
    assert names(client) == ["Ann"] and state_of(client, finding)["told"] == 1


def set_up(client, **fields):
    d = {"kind": "redmine", "name": "Shop", "url": tracker.url(), "project": "shop", "near": True, "token": tracker.LIAISON, **fields}
    return client.command("tracker.set", d)["d"]["tracker"]


def push(client, finding, to):
    shown = client.post(f"/v1/findings/{finding}/preview", {"tracker": to})
    d = {name: shown[name] for name in ("title", "source", "marker", "keep", "hide", "hash")}
    client.command("finding.push", {"finding": finding, "tracker": to, **d})
    return wait_until(lambda: state_of(client, finding)["issues"])[0]["key"]


def put(key, state, **fields):
    known = {there["name"]: there["id"] for there in tracker.redmine("GET", "/issue_statuses.json")["issue_statuses"]}
    tracker.redmine("PUT", f"/issues/{key}.json", {"issue": {"status_id": known[state], **fields}})


def there(client, finding, to, state):
    """What is known of its issue, once it is in that state; asked for again and again, as the clocks of trackers count seconds."""

    def look():
        client.command("tracker.sync", {"tracker": to})
        found = state_of(client, finding)
        return found if found["issues"][0]["state"] == state else None

    return wait_until(look)


@needs_redmine
@needs_mail
def test_from_their_words_to_their_mailbox(client):
    """A customer's mail, an issue in Redmine, a release there, and a mail in the customer's own mailbox."""
    subject = f"Totals {uuid.uuid4().hex[:8]}"
    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    client.command("channel.add", mailstack.channel("agent4"))
    mailstack.deliver(mailstack.new_message(subject, "Hello,\nthe total is not what we agreed.\n"), "agent4@example.test")
    row = wait_until(lambda: next((row for row in client.get("/v1/views/all/rows?limit=200")["rows"] if row["subject"] == subject), None))
    to = set_up(client)
    finding = capture(client, row["id"], text="the total is not what we agreed")
    key = push(client, finding, to)
    version = tracker.redmine("GET", "/projects/shop/versions.json")["versions"][0]["id"]
    put(key, "Closed", fixed_version_id=version)
    assert there(client, finding, to, "Closed")["state"] == "fixed"
    [notice] = notices(client)
    assert (notice["email"], notice["topic"], notice["issue"]["key"], notice["issue"]["milestone"], notice["language"]) == ("customer@example.test", subject, key, "2.1", "en")
    send(client, notice, subject=f"Re: {subject}", body="It is fixed in 2.1.")
    with mailstack.Mailbox("customer") as customer:
        [raw] = customer.wait_for(subject)
    assert b"It is fixed in 2.1." in raw and re.search(rb"In-Reply-To: <.*@customer.test>", raw)
    assert wait_until(lambda: state_of(client, finding)["state"] == "told")
    timeline = client.get(f"/v1/conversations/{row['id']}")["timeline"]
    assert [entry["kind"] for entry in timeline] == ["email", "finding", "state", "email", "state"] and timeline[3]["state"] == "sent"

    put(key, "In Progress")  # too late for what was sent: that stays told, and the next fix is told again
    assert there(client, finding, to, "In Progress")["state"] == "linked" and notices(client, "sent")
    put(key, "Closed")
    there(client, finding, to, "Closed")
    [again] = notices(client)
    assert again["id"] != notice["id"] and again["held_until"]


@needs_redmine
def test_what_counts_as_done(client):
    to = set_up(client)
    finding, _ = asked_by(client, "Ann")
    key = push(client, finding, to)
    put(key, "Rejected")
    assert there(client, finding, to, "Rejected")["state"] == "linked" and notices(client) == []
    client.command("tracker.set", {"tracker": to, "done": ["Resolved"]})
    put(key, "Resolved")
    assert there(client, finding, to, "Resolved")["state"] == "fixed" and names(client) == ["Ann"]
    put(key, "Closed")
    assert there(client, finding, to, "Closed")["state"] == "fixed" and names(client) == ["Ann"]
    put(key, "In Progress")
    assert there(client, finding, to, "In Progress")["state"] == "linked" and names(client, "cancelled") == ["Ann"]


def version(status):
    """A release of its own, and how far it is; that changes no issue in it."""
    name = f"r-{uuid.uuid4().hex[:8]}"
    made = tracker.redmine("POST", "/projects/shop/versions.json", {"version": {"name": name, "status": "open"}})["version"]
    return name, made["id"]


def update_version(number, **fields):
    tracker.redmine("PUT", f"/versions/{number}.json", {"version": fields})


def synced(client, finding, to, condition):
    """The finding, once that is true of it; the tracker is asked again and again."""

    def look():
        client.command("tracker.sync", {"tracker": to})
        found = state_of(client, finding)
        return found if condition(found) else None

    return wait_until(look)


@needs_redmine
def test_told_when_it_is_released(client):
    """Closed is not released: customers are told when the version is closed, of which the issue itself says nothing."""
    to = set_up(client, by_release=True)
    finding, [conversation] = asked_by(client, "Ann")
    key = push(client, finding, to)
    name, number = version("open")
    put(key, "Closed", fixed_version_id=number)
    found = there(client, finding, to, "Closed")
    assert (found["state"], found["issues"][0]["milestone"], found["issues"][0]["released"]) == ("linked", name, False) and notices(client) == []
    before = tracker.redmine("GET", f"/issues/{key}.json")["issue"]["updated_on"]
    update_version(number, status="closed")
    found = synced(client, finding, to, lambda found: found["state"] == "fixed")
    assert found["issues"][0]["released"] and names(client) == ["Ann"]
    assert tracker.redmine("GET", f"/issues/{key}.json")["issue"]["updated_on"] == before
    timeline = client.get(f"/v1/conversations/{conversation}")["timeline"]
    assert [entry["d"]["released"] for entry in timeline if entry["kind"] == "state" and entry["d"]["what"] == "issue"] == [False, True]

    update_version(number, status="open")  # it was not out after all
    synced(client, finding, to, lambda found: found["state"] == "linked")
    assert notices(client) == [] and names(client, "cancelled") == ["Ann"]


@needs_redmine
def test_a_release_with_another_name_and_none(client):
    """The issue is read again where its release is not what was known; one that is planned for nothing waits for nothing."""
    to = set_up(client, by_release=True)
    finding, _ = asked_by(client, "Ann")
    key = push(client, finding, to)
    name, number = version("open")
    put(key, "Closed", fixed_version_id=number)
    there(client, finding, to, "Closed")
    update_version(number, status="closed", name=f"{name}-final")
    assert synced(client, finding, to, lambda found: found["state"] == "fixed")["issues"][0]["milestone"] == f"{name}-final"

    other, _ = asked_by(client, "Bo")
    plain = push(client, other, to)
    put(plain, "Closed")
    assert there(client, other, to, "Closed")["state"] == "fixed" and names(client) == ["Ann", "Bo"]


def test_no_releases_of_a_webhook(client):
    problem = refuse("validation", set_up, client, kind="webhook", by_release=True)
    assert problem["errors"][0]["pointer"] == "/d/by_release"


@needs_mail
def test_killed_in_a_bulk(make_engine):
    """kill -9 four times while fifty are told: none is lost, none is told twice."""
    engine = make_engine()
    engine.sign_in()
    client = engine.client
    imap, smtp = fakemail.Imap(), fakemail.Smtp()
    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    client.command("channel.add", mailstack.channel(imap=imap.port, smtp=smtp.port))
    finding, _ = asked_by(client, *[f"Customer{number:02}" for number in range(50)])
    fix(client, finding)
    rows = notices(client, limit=200)
    assert len(rows) == 50
    keys = {row["id"]: str(uuid.uuid4()) for row in rows}
    done = set()

    def tell_all():
        for row in rows:
            if row["id"] not in done:
                try:
                    send(client, row, key=keys[row["id"]], body=f"For {row['email']}")
                except (OSError, liaison.http.client.HTTPException):
                    return
                done.add(row["id"])

    for killed in range(4):
        bulk = threading.Thread(target=tell_all)
        bulk.start()
        wait_until(lambda: len(done) >= 10 * (killed + 1))  # noqa: B023
        engine.kill()
        bulk.join()
        engine.start()
        client.sign_in()
    tell_all()
    assert len(done) == 50 and notices(client) == [] and len(notices(client, "sent", limit=200)) == 50

    def settled():
        return {row["id"]: next(entry["state"] for entry in client.get(f"/v1/conversations/{row['conv']}")["timeline"] if entry["kind"] == "email") for row in rows}

    ended = wait_until(lambda: (states := settled()) and set(states.values()) <= {"sent", "unconfirmed"} and states)
    bodies = [re.search(rb"For (\S+)", message).group(1).decode() for message in smtp.taken]
    assert len(bodies) == len(set(bodies))
    unsure = {row["email"] for row in rows if ended[row["id"]] == "unconfirmed"}
    assert set(bodies) | unsure == {row["email"] for row in rows}
    engine.stop()

    def tables():
        with sqlite3.connect(engine.data / "liaison.db") as database:
            return [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("notice", "finding", "conversation")]

    before = tables()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "") and tables() == before and all(before)
