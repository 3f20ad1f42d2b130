# SPDX-License-Identifier: GPL-3.0-or-later
import datetime
import json
import stat
import threading
import time
import uuid

import pytest

import liaison
from patience import PATIENCE_S


def refuse(kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == kind, problem.value
    return problem.value.body


def timeline(client, conversation):
    return client.get(f"/v1/conversations/{conversation}")["timeline"]


def rows(client, view):
    return [row["id"] for row in client.get(f"/v1/views/{view}/rows")["rows"]]


def later(seconds):
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_note(client):
    conversation = client.new_conversation()
    answer = client.note(conversation, "Please look at 1042 🙂")
    entry = timeline(client, conversation)[-1]
    assert entry["id"] == answer["d"]["entry"]
    assert (entry["kind"], entry["text"], entry["author"]["kind"]) == ("note", "Please look at 1042 🙂", "agent")
    assert answer["seq"] >= entry["seq"]
    refuse("validation", client.note, conversation, "  \n")
    refuse("not-found", client.note, "c_999999")
    refuse("not-found", client.note, "c_0")
    refuse("validation", client.command, "note.add", {"body": "x"})


def test_a_note_with_files(client):
    conversation = client.new_conversation()
    _, _, body = client.raw("PUT", "/v1/blobs", b"%PDF-1.4 x", {"Content-Type": "application/pdf"})
    blob = json.loads(body)["blob"]
    client.command("note.add", {"body": "", "attachments": [{"blob": blob, "name": "report.pdf"}]}, conv=conversation)
    entry = timeline(client, conversation)[-1]
    assert [(file["name"], file["type"], file["size"]) for file in entry["attachments"]] == [("report.pdf", "application/pdf", 10)]
    unknown = {"body": "see there", "attachments": [{"blob": "b_" + "0" * 64, "name": "x"}]}
    refuse("validation", client.command, "note.add", unknown, conv=conversation)


def test_the_language_of_a_conversation(client):
    conversation = client.new_conversation()

    def language():
        row = client.get(f"/v1/conversations/{conversation}")["conversation"]
        return row["language"], row["language_set"]

    assert language() == ("", False)
    client.command("conversation.language", {"language": "pt-BR"}, conv=conversation)
    client.command("conversation.language", {"language": "pt-BR"}, conv=conversation)
    assert language() == ("pt-BR", True)
    assert [entry["d"]["language"] for entry in timeline(client, conversation)] == ["pt-BR"]
    client.command("conversation.language", {"language": ""}, conv=conversation)
    assert language() == ("", False)
    for nonsense in ("Portuguese (Brazil)", "p", "pt-", "pt\n", 7):
        refuse("validation", client.command, "conversation.language", {"language": nonsense}, conv=conversation)


def test_a_move_to_another_queue(client):
    conversation = client.new_conversation()
    billing = client.command("queue.save", {"name": "Billing"})["d"]["queue"]
    client.command("conversation.take", {}, conv=conversation)
    client.command("conversation.move", {"queue": billing}, conv=conversation)
    client.command("conversation.move", {"queue": billing}, conv=conversation)
    row = client.get(f"/v1/conversations/{conversation}")["conversation"]
    assert (row["queue"], row["assignee"]) == (billing, "a_1")
    assert [entry["d"].get("queue_name") for entry in timeline(client, conversation)] == [None, "Billing"]
    assert conversation in rows(client, f"queue:{billing}")
    refuse("not-found", client.command, "conversation.move", {"queue": "q_999999"}, conv=conversation)


def test_opening_hours(client):
    def hours():
        return next(queue for queue in client.get("/v1/snapshot")["queues"] if queue["id"] == "q_1")["hours"]

    assert hours() is None
    typed = {"zone": "Europe/Berlin", "days": ["9-12, 13:00–17:00", "", "22-6", "", "", "", "0-24"], "closed": "2026-12-24,12-25"}
    kept = {"zone": "Europe/Berlin", "days": ["09:00-12:00, 13:00-17:00", "", "22:00-06:00", "", "", "", "00:00-24:00"], "closed": "2026-12-24, 12-25"}
    client.command("queue.save", {"queue": "q_1", "hours": typed})
    assert hours() == kept
    client.command("queue.save", {"queue": "q_1", "short_s": 7})
    assert hours() == kept
    for member, wrong, pointer in (("zone", "Mars/Olympus", "/hours/zone"), ("days", ["9-17"], "/hours/days"), ("days", typed["days"][:6] + ["soon"], "/hours/days/6"),
                                   ("closed", "24.12.", "/hours/closed"), ("days", None, "/hours/days"), ("zone", "../../etc/passwd", "/hours/zone")):
        problem = refuse("validation", client.command, "queue.save", {"queue": "q_1", "hours": {**typed, member: wrong}})
        assert problem["errors"][0]["pointer"] == "/d" + pointer
    assert hours() == kept
    client.command("queue.save", {"queue": "q_1", "hours": None})
    assert hours() is None


def test_a_repeat_answers_the_same(client):
    conversation = client.new_conversation()
    key = str(uuid.uuid4())
    first = client.note(conversation, "once", key=key)
    client.note(conversation, "in between")
    assert client.note(conversation, "once", key=key) == first
    assert [entry["text"] for entry in timeline(client, conversation)] == ["once", "in between"]

    refuse("idempotency-key-reused", client.note, conversation, "twice", key=key)
    refuse("idempotency-key-reused", client.command, "conversation.close", key=key, conv=conversation)


def test_a_repeat_after_a_kill(engine):
    client = engine.client
    conversation = client.new_conversation()
    key = str(uuid.uuid4())
    first = client.note(conversation, "once", key=key)
    engine.kill()
    engine.start()
    assert client.note(conversation, "once", key=key) == first
    assert len(timeline(client, conversation)) == 1


def test_many_at_once_with_one_key(client):
    conversation = client.new_conversation()
    key = str(uuid.uuid4())
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(client.note(conversation, "once", key=key))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 16 and all(answer == answers[0] for answer in answers)
    assert len(timeline(client, conversation)) == 1


def test_a_failed_command_may_be_sent_again(client):
    conversation = client.new_conversation()
    key = str(uuid.uuid4())
    refuse("validation", client.note, conversation, "", key=key)
    assert client.note(conversation, "now it is right", key=key)["key"] == key


def test_version(client):
    conversation = client.new_conversation()
    ver = client.get(f"/v1/conversations/{conversation}")["conversation"]["ver"]
    client.command("conversation.take", conv=conversation, ver=ver)
    problem = refuse("version-conflict", client.command, "conversation.close", conv=conversation, ver=ver)
    assert problem["status"] == 409
    assert problem["current"]["id"] == conversation and problem["current"]["ver"] > ver
    client.command("conversation.close", conv=conversation, ver=problem["current"]["ver"])


def test_seen(engine):
    """What I have written myself since is not news to me."""
    client = engine.client
    conversation = client.new_conversation()
    seen = timeline(client, conversation)[-1]["seq"] if timeline(client, conversation) else 1
    client.note(conversation, "mine")
    client.command("conversation.close", conv=conversation, seen=seen)


def test_assignment_and_state(client):
    me = client.get("/v1/snapshot")["me"]["id"]
    conversation = client.new_conversation()

    def row():
        return client.get(f"/v1/conversations/{conversation}")["conversation"]

    client.command("conversation.take", conv=conversation)
    assert row()["assignee"] == me
    before = len(timeline(client, conversation))
    client.command("conversation.take", conv=conversation)
    assert len(timeline(client, conversation)) == before
    client.command("conversation.release", conv=conversation)
    assert row()["assignee"] is None
    client.command("conversation.assign", {"agent": me}, conv=conversation)
    assert row()["assignee"] == me
    refuse("not-found", client.command, "conversation.assign", {"agent": "a_999"}, conv=conversation)

    client.command("conversation.close", conv=conversation)
    assert row()["state"] == "closed" and row()["closed_at"]
    assert conversation in rows(client, "closed") and conversation not in rows(client, "all")
    client.command("conversation.reopen", conv=conversation)
    assert row()["state"] != "closed"

    client.command("conversation.tag", {"tags": ["billing", " urgent ", "billing", ""]}, conv=conversation)
    assert row()["tags"] == ["billing", "urgent"]
    refuse("validation", client.command, "conversation.tag", {"tags": "billing"}, conv=conversation)
    refuse("validation", client.command, "conversation.tag", {"tags": [str(i) for i in range(50)]}, conv=conversation)


def test_snooze_comes_back(client):
    conversation = client.new_conversation()
    refuse("validation", client.command, "conversation.snooze", {"until": later(-60)}, conv=conversation)
    refuse("validation", client.command, "conversation.snooze", {"until": "tomorrow"}, conv=conversation)
    with client.stream() as stream:
        client.command("conversation.snooze", {"until": later(1)}, conv=conversation)
        assert conversation in rows(client, "followups")
        woken = stream.wait_for(lambda frame: frame.get("k") == "entry.added" and frame["d"]["entry"]["d"].get("what") == "woken")
    assert woken["conv"] == conversation
    assert conversation not in rows(client, "followups")


def test_drafts(client):
    conversation = client.new_conversation()
    draft = {"mode": "email", "reply": "new", "body": "Dear Ann,", "subject": "Re: Invoice", "to": [{"name": "Ann", "address": "ann@example.com"}]}
    client.command("draft.save", draft, conv=conversation)
    page = client.get(f"/v1/conversations/{conversation}")
    assert page["draft"]["body"] == "Dear Ann," and page["draft"]["to"] == draft["to"]
    assert page["conversation"]["draft"] is True
    client.command("draft.save", {**draft, "body": ""}, conv=conversation)
    page = client.get(f"/v1/conversations/{conversation}")
    assert page["draft"] is None and page["conversation"]["draft"] is False


def outgoing(client, conversation):
    page = client.get(f"/v1/conversations/{conversation}")
    return page["draft"], [entry["text"] for entry in page["timeline"] if entry["dir"] == "out" or entry["kind"] == "note"]


@pytest.mark.parametrize("what", ["message.send", "note.add"])
def test_what_is_sent_is_no_draft(engine, what):
    """The draft goes in the same transaction, and again where a lost answer had it saved again; sent again by its key it went once."""
    client = engine.client
    if what == "message.send":
        client.command("channel.add", {**MAILBOX, "password": CANARY})
    conversation = client.new_conversation("ann@example.com")
    mode = "note" if what == "note.add" else "email"
    message = {"mode": mode, "reply": "new", "body": "Dear Ann,", "subject": "Invoice", "to": [{"name": "Ann", "address": "ann@example.com"}]}
    key = str(uuid.uuid4())
    client.command("draft.save", {**message, "key": key}, conv=conversation)
    assert client.get(f"/v1/conversations/{conversation}")["draft"]["key"] == key
    with client.stream() as stream:
        first = client.command(what, message, conv=conversation, key=key)
        # Not "the journal ends there": the mailbox, which nobody can reach, has a say in it too.
        assert "draft.changed" in [event["k"] for event in stream.events_until(first["seq"])], "the draft went later"
    assert outgoing(client, conversation) == (None, ["Dear Ann,"])

    client.command("draft.save", {**message, "key": key}, conv=conversation)
    assert client.command(what, message, conv=conversation, key=key) == first
    assert outgoing(client, conversation) == (None, ["Dear Ann,"])

    client.command("draft.save", {**message, "body": "Changed", "key": key}, conv=conversation)
    refuse("idempotency-key-reused", client.command, what, {**message, "body": "Changed"}, conv=conversation, key=key)
    draft, sent = outgoing(client, conversation)
    assert draft["body"] == "Changed" and sent == ["Dear Ann,"]


def test_a_note_leaves_the_draft_of_a_mail(client):
    conversation = client.new_conversation()
    client.command("draft.save", {"key": str(uuid.uuid4()), "mode": "email", "reply": "new", "body": "Dear Ann,"}, conv=conversation)
    client.command("note.add", {"body": "She called"}, conv=conversation)
    assert outgoing(client, conversation)[0]["body"] == "Dear Ann,"


def test_drafts_survive_a_kill(engine):
    conversation = engine.client.new_conversation()
    engine.client.command("draft.save", {"mode": "note", "body": "half a sent"}, conv=conversation)
    engine.kill()
    engine.start()
    assert engine.client.get(f"/v1/conversations/{conversation}")["draft"]["body"] == "half a sent"


def test_customers(client):
    conversation = client.new_conversation("Bo.Li@Example.com", name="Bo Li")
    again = client.new_conversation("bo.li@example.com")
    customer = client.get(f"/v1/conversations/{conversation}")["conversation"]["customer"]["id"]
    assert client.get(f"/v1/conversations/{again}")["conversation"]["customer"]["id"] == customer
    card = client.get(f"/v1/customers/{customer}")["customer"]
    assert card["name"] == "Bo Li" and card["conversations"] == 2

    answer = client.command("customer.update", {"customer": customer, "org": "Li Ltd", "notes": "prefers mail"}, ver=card["ver"])
    assert answer["d"]["ver"] == card["ver"] + 1
    problem = refuse("version-conflict", client.command, "customer.update", {"customer": customer, "org": "other"}, ver=card["ver"])
    assert problem["current"]["org"] == "Li Ltd"
    refuse("not-found", client.command, "customer.update", {"customer": "k_999"})
    assert (card["zone"], card["formality"]) == ("", "any")
    client.command("customer.update", {"customer": customer, "zone": "Asia/Kolkata", "formality": "formal"})
    client.command("customer.update", {"customer": customer, "notes": "prefers mail, indeed"})
    card = client.get(f"/v1/customers/{customer}")["customer"]
    assert (card["zone"], card["formality"], card["org"]) == ("Asia/Kolkata", "formal", "Li Ltd")
    refuse("validation", client.command, "customer.update", {"customer": customer, "zone": "Mars/Olympus"})
    refuse("validation", client.command, "customer.update", {"customer": customer, "formality": "rude"})
    client.command("customer.update", {"customer": customer, "zone": "", "formality": "any"})
    card = client.get(f"/v1/customers/{customer}")["customer"]
    assert (card["zone"], card["formality"]) == ("", "any")

    assert client.get("/v1/customers?q=bo")["customers"][0]["customer"]["id"] == customer
    exact = client.get("/v1/customers?q=BO.LI@example.com")["customers"][0]
    assert (exact["level"], exact["reason"]) == ("exact", "address")
    assert {row["id"] for row in client.get(f"/v1/customers/{customer}/conversations")["rows"]} == {conversation, again}
    client.note(conversation, "one")
    client.note(again, "two")
    assert [entry["text"] for entry in client.get(f"/v1/customers/{customer}/timeline")["timeline"]][-2:] == ["one", "two"]
    refuse("not-found", client.get, "/v1/customers/k_999")
    refuse("not-found", client.get, "/v1/customers/k_999/timeline")
    refuse("validation", client.new_conversation, "not an address")


def test_pages(client):
    conversation = client.new_conversation()
    for i in range(25):
        client.note(conversation, f"note {i}")
    texts, before = [], ""
    while before is not None:
        page = client.get(f"/v1/conversations/{conversation}?limit=10" + (f"&before={before}" if before else ""))
        texts = [entry["text"] for entry in page["timeline"]] + texts
        before = page["next"]
    assert texts == [f"note {i}" for i in range(25)]
    refuse("validation", client.get, f"/v1/conversations/{conversation}?limit=0")
    refuse("validation", client.get, f"/v1/conversations/{conversation}?limit=201")
    for limit in ("", "ten", "-1", "+5", "5.0", "0x10", "%205", "5%20", "99999999999999999999", "%ff", "%D9%A1"):
        for path in (f"/v1/conversations/{conversation}?limit=", "/v1/responses?limit=", "/v1/search?q=x&limit="):
            refuse("validation", client.get, path + limit)
    for number in ("", "ten", "-1", "1.5", "%201", "9223372036854775808", "%ff%22"):
        refuse("validation", client.get, "/v1/responses?since=" + number)
    refuse("validation", client.get, "/v1/search?q=%ff")
    for cursor in ("ten", "-", "1.x", "99999999999999999999", "%201", "%ff", "1..2", ""):
        refuse("validation", client.get, f"/v1/conversations/{conversation}?before=" + cursor)

    made = [client.new_conversation(f"p{i}@example.com") for i in range(12)]
    found, after = [], ""
    while after is not None:
        page = client.get("/v1/views/all/rows?limit=5" + (f"&after={after}" if after else ""))
        found += [row["id"] for row in page["rows"]]
        after = page["next"]
    assert sorted(found) == sorted([conversation, *made]) and page["total"] == 13
    refuse("not-found", client.get, "/v1/views/nonsense/rows")
    refuse("not-found", client.get, "/v1/views/queue:q_999/rows")


def test_search(client):
    conversation = client.new_conversation()
    client.note(conversation, "the amount is wrong")
    hits = client.get("/v1/search?q=amount")["hits"]
    assert hits[0]["conversation"]["id"] == conversation
    start, end = hits[0]["marks"][0]
    assert hits[0]["snippet"].encode()[start:end].decode() == "amount"
    for text in ['"', "*", "NEAR(", "a:b", "%00", "-", "'; DROP", ""]:
        client.get(f"/v1/search?q={text.replace(' ', '%20')}")


def test_settings_and_availability(client):
    client.command("settings.set", {"settings": {"undo_send_s": 20, "signature": "Ann", "first_target_s": 3600}})
    snapshot = client.get("/v1/snapshot")
    assert snapshot["settings"]["undo_send_s"] == 20 and snapshot["settings"]["signature"] == "Ann"
    assert snapshot["queues"][0]["first_target_s"] == 3600
    problem = refuse("validation", client.command, "settings.set", {"settings": {"undo_send_s": "soon"}})
    assert problem["errors"][0]["pointer"] == "/d/settings/undo_send_s"
    refuse("validation", client.command, "settings.set", {"settings": {"nonsense": 1}})

    client.command("availability.set", {"state": "paused", "reason": "lunch"})
    assert client.get("/v1/snapshot")["me"]["availability"] == "paused"
    refuse("validation", client.command, "availability.set", {"state": "asleep"})


MAILBOX = {"kind": "mail", "address": "support@example.org", "name": "Support", "sender_name": "Example Support", "login": "support",
           "imap": {"host": "127.0.0.1", "port": 1, "tls": "tls"}, "smtp": {"host": "127.0.0.1", "port": 1, "tls": "tls"}, "ca": None}
CANARY = "correct horse battery canary"


def test_channels_and_their_secrets(engine):
    client = engine.client
    refuse("validation", client.command, "channel.add", MAILBOX)
    refuse("validation", client.command, "channel.add", {**MAILBOX, "password": "x", "address": "nonsense"})
    refuse("validation", client.command, "channel.add", {**MAILBOX, "password": "x", "imap": {"host": "", "port": 993, "tls": "tls"}})

    key = str(uuid.uuid4())
    answer = client.command("channel.add", {**MAILBOX, "password": CANARY}, key=key)
    channel = answer["d"]["channel"]
    assert client.command("channel.add", {**MAILBOX, "password": CANARY}, key=key) == answer
    refuse("validation", client.command, "channel.add", {**MAILBOX, "password": CANARY})

    (shown,) = client.get("/v1/snapshot")["channels"]
    assert shown["id"] == channel and shown["config"]["imap"]["host"] == "127.0.0.1"
    assert "password" not in shown["config"] and "secret" not in shown["config"]
    assert stat.S_IMODE(engine.credentials.stat().st_mode) == 0o600
    (kept,) = json.loads(engine.credentials.read_text()).values()
    assert kept == {"password": CANARY}

    client.command("channel.update", {"channel": channel, "name": "Desk", "password": CANARY + " 2"})
    (kept,) = json.loads(engine.credentials.read_text()).values()
    assert kept == {"password": CANARY + " 2"}
    (shown,) = client.get("/v1/doctor")["channels"]
    assert shown["name"] == "Desk" and shown["config"]["address"] == "support@example.org"
    client.command("channel.sync", {"channel": channel})
    refuse("not-found", client.command, "channel.sync", {"channel": "h_999"})

    client.command("channel.remove", {"channel": channel})
    refuse("not-found", client.command, "channel.remove", {"channel": channel})
    assert client.get("/v1/snapshot")["channels"] == []
    end = time.monotonic() + PATIENCE_S
    while json.loads(engine.credentials.read_text()) != {} and time.monotonic() < end:
        time.sleep(0.02)
    assert json.loads(engine.credentials.read_text()) == {}

    engine.stop()
    for file in [path for path in engine.data.rglob("*") if path.is_file()]:
        assert CANARY.encode() not in file.read_bytes(), file
    assert not [line for line in engine.lines if CANARY in line]


def test_without_a_password_store(make_engine):
    engine = make_engine(credentials=False, env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"})
    problem = refuse("channel-down", engine.sign_in().command, "channel.add", {**MAILBOX, "password": CANARY})
    assert "password store" in problem["detail"] and problem["status"] == 503
    assert engine.client.get("/v1/snapshot")["channels"] == []


def test_doctor(client):
    doctor = client.get("/v1/doctor")
    assert doctor["store"] == {"state": "ok", "detail": ""}
    assert doctor["outbox"] == {"queued": 0, "failed": 0}


def test_blobs(client):
    content = b"%PDF-1.4 \x00\x01" + bytes(range(256)) * 5000
    status, _, body = client.raw("PUT", "/v1/blobs", content, {"Content-Type": "application/x-lies",
                                                               "Content-Disposition": "attachment; filename*=UTF-8''Rechnung%20%C3%BC.pdf"})
    blob = json.loads(body)
    assert status == 201 and blob["size"] == len(content) and blob["type"] == "application/pdf"
    status, headers, body = client.raw("GET", f"/v1/blobs/{blob['blob']}")
    assert (status, body) == (200, content)
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Content-Disposition"] == "attachment"
    assert headers.get_content_type() == "application/pdf"
    status, _, body = client.raw("PUT", "/v1/blobs", b"", {"Content-Type": "text/plain"})
    assert status == 201 and json.loads(body)["size"] == 0
    for name in "b_" + "0" * 64, "b_..%2F..%2Fliaison.db", "b_", "x":
        refuse("not-found", client.get, f"/v1/blobs/{name}")


def test_what_an_entry_does_not_have(client):
    entry = client.note(client.new_conversation())["d"]["entry"]
    refuse("not-found", client.get, f"/v1/entries/{entry}/source")
    refuse("not-found", client.get, f"/v1/entries/{entry}/html")
    refuse("not-found", client.get, "/v1/entries/e_99999/source")


def test_rebuild_arrives_at_the_same(engine):
    client = engine.client
    conversation = client.new_conversation()
    client.note(conversation)
    client.command("conversation.take", conv=conversation)
    client.command("settings.set", {"settings": {"undo_send_s": 5}})
    client.command("queue.save", {"queue": "q_1", "hours": {"zone": "Europe/Berlin", "days": ["9-17"] * 7, "closed": "12-25"}})
    customer = client.get(f"/v1/conversations/{conversation}")["conversation"]["customer"]["id"]
    client.command("customer.update", {"customer": customer, "zone": "Asia/Kolkata", "formality": "formal"})
    card = client.get(f"/v1/customers/{customer}")
    before = client.get("/v1/snapshot"), client.get(f"/v1/conversations/{conversation}"), client.get("/v1/views/mine/rows")
    engine.stop()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    engine.start()
    assert client.get(f"/v1/customers/{customer}") == card
    assert before == (client.get("/v1/snapshot"), client.get(f"/v1/conversations/{conversation}"), client.get("/v1/views/mine/rows"))


def test_what_a_colleague_wrote_is_shown_first(client, colleague):
    conversation = client.new_conversation()
    seen = client.note(conversation, "first")["seq"]
    theirs = colleague.note(conversation, "I have called them already")["d"]["entry"]
    problem = refuse("stale-view", client.command, "conversation.close", conv=conversation, seen=seen)
    assert [entry["id"] for entry in problem["current"]["entries"]] == [theirs]
    client.command("conversation.close", conv=conversation, seen=seen, force=True)


def test_what_a_colleague_has_is_not_taken(client, colleague):
    conversation = client.new_conversation()
    colleague.command("conversation.take", conv=conversation)
    problem = refuse("version-conflict", client.command, "conversation.take", conv=conversation)
    assert problem["current"]["assignee"] == "a_900001"
    client.command("conversation.assign", {"agent": client.get("/v1/snapshot")["me"]["id"]}, conv=conversation)


def test_roles(colleague):
    colleague.command("availability.set", {"state": "busy"})
    refuse("forbidden", colleague.command, "settings.set", {"settings": {"undo_send_s": 1}})
    refuse("forbidden", colleague.command, "channel.add", {**MAILBOX, "password": "x"})
    refuse("forbidden", colleague.command, "channel.remove", {"channel": "h_1"})
