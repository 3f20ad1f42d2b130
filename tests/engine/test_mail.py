# SPDX-License-Identifier: GPL-3.0-or-later
"""A mailbox from set-up to answers, against real servers."""

import email
import socket
import sqlite3
import threading
import time
import uuid

import pytest

import fakemail
import liaison
import mailstack
from patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not mailstack.running(), reason="the mail servers are not running: ./dev stack up")


def until(condition, timeout=PATIENCE_S):
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.05)


def state(client):
    return [(channel["state"], channel["detail"]) for channel in client.get("/v1/snapshot")["channels"]]


def add_channel(client, **options):
    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    channel = client.command("channel.add", mailstack.channel(**options))["d"]["channel"]
    assert until(lambda: state(client) == [("ready", "")]), state(client)
    return channel


def conversations(client):
    return client.get("/v1/views/all/rows?limit=200")["rows"]


def conversation_of(client, subject):
    rows = until(lambda: [row for row in conversations(client) if row["subject"] == subject])
    assert len(rows) == 1, [row["subject"] for row in conversations(client)]
    return client.get(f"/v1/conversations/{rows[0]['id']}")


def reply(client, conversation, body, **fields):
    entry = conversation["timeline"][-1]
    d = {"mode": "email", "reply": "reply", "entry": entry["id"], "body": body, "to": [entry["from"]],
         "subject": "Re: " + conversation["conversation"]["subject"], **fields}
    return client.command("message.send", d, conv=conversation["conversation"]["id"], seen=entry["seq"])


def send_state(client, conversation, entry):
    timeline = client.get(f"/v1/conversations/{conversation['conversation']['id']}")["timeline"]
    return next(item for item in timeline if item["id"] == entry)["state"]


@pytest.fixture
def user():
    """Each test begins with an empty mailbox."""
    name = "agent1"
    with mailstack.Mailbox(name) as mailbox:
        mailbox.clear()
    return name


def test_receive_and_answer(client, user):
    add_channel(client, user=user)
    subject = f"Invoice {uuid.uuid4().hex[:8]}"
    message = mailstack.new_message(subject, to=f"{user}@example.test")
    start = time.monotonic()
    with client.stream() as stream:
        mailstack.deliver(message, f"{user}@example.test")
        event = next(event for event in stream.events() if event["k"] == "entry.added")
        assert time.monotonic() - start < 10
        assert event["d"]["entry"]["subject"] == subject

        conversation = conversation_of(client, subject)
        (entry,) = conversation["timeline"]
        assert entry["dir"] == "in" and entry["text"].startswith("Hello,") and entry["from"]["address"] == "customer@example.test"
        status, _, source = client.raw("GET", f"/v1/entries/{entry['id']}/source")
        assert status == 200 and source.endswith(message.as_bytes())

        body = "Hello Ann,\n\n.a line that begins with a dot\nGrüße – €\n"
        answer = reply(client, conversation, body, then="close")["d"]
        states = []
        for event in stream.events(timeout=PATIENCE_S):
            if event["k"] == "entry.changed" and event["d"]["entry"]["id"] == answer["entry"]:
                states.append(event["d"]["entry"]["state"])
                if states[-1] not in ("queued", "sending"):
                    break
        assert states[-1] == "sent", states

    with mailstack.Mailbox("customer") as customer:
        (raw,) = customer.wait_for(subject)
    received = email.message_from_bytes(raw, policy=email.policy.default)
    assert received["In-Reply-To"] == message["Message-ID"] and message["Message-ID"] in received["References"]
    assert received["From"] == f"Example Support <{user}@example.test>" and received["Subject"] == f"Re: {subject}"
    assert received.get_body().get_content().replace("\r\n", "\n").strip() == body.strip()

    with mailstack.Mailbox(user) as mailbox:
        (copy,) = mailbox.wait_for(subject, "Sent")
    assert email.message_from_bytes(copy)["Message-ID"] == received["Message-ID"]
    assert client.get(f"/v1/conversations/{conversation['conversation']['id']}")["conversation"]["state"] == "closed"

    again = mailstack.new_message(f"Re: {subject}", "Thank you!\n", to=f"{user}@example.test", In_Reply_To=received["Message-ID"],
                                  References=received["Message-ID"])
    mailstack.deliver(again, f"{user}@example.test")
    assert until(lambda: len([item for item in client.get(f"/v1/conversations/{conversation['conversation']['id']}")["timeline"]
                              if item["kind"] == "email"]) == 3)
    time.sleep(1)
    assert len([row for row in conversations(client) if subject in row["subject"]]) == 1


def test_undo(client, user):
    add_channel(client, user=user)
    client.command("settings.set", {"settings": {"undo_send_s": 60}})
    subject = f"Undo {uuid.uuid4().hex[:8]}"
    mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    conversation = conversation_of(client, subject)
    sent = reply(client, conversation, "too early")["d"]
    assert sent["undo_until"] is not None
    draft = client.command("message.cancel", {"outbox": sent["outbox"]})["d"]["draft"]
    assert draft["key"], "sent again it is another message"
    assert draft["body"] == "too early" and draft["to"][0]["address"] == "customer@example.test"
    again = client.get(f"/v1/conversations/{conversation['conversation']['id']}")
    assert again["draft"]["body"] == "too early" and again["conversation"]["state"] == "open"
    assert send_state(client, conversation, sent["entry"]) == "cancelled"
    with pytest.raises(liaison.Problem) as problem:
        client.command("message.cancel", {"outbox": sent["outbox"]})
    assert problem.value.kind == "version-conflict"
    with mailstack.Mailbox("customer") as customer:
        assert customer.find(subject) == []


def test_refused_recipient(client, user):
    add_channel(client, user=user)
    subject = f"Refused {uuid.uuid4().hex[:8]}"
    mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    conversation = conversation_of(client, subject)
    nobody = {"name": "", "address": "nobody@example.test"}
    failed = reply(client, conversation, "to nobody", to=[nobody])["d"]
    assert until(lambda: send_state(client, conversation, failed["entry"]) == "failed")
    conversation = client.get(f"/v1/conversations/{conversation['conversation']['id']}")
    entry = next(item for item in conversation["timeline"] if item["id"] == failed["entry"])
    assert "nobody@example.test" in entry["problem"] and conversation["conversation"]["sending"] == "failed"
    partial = reply(client, conversation, "to one", to=[nobody, {"name": "", "address": "customer@example.test"}])["d"]
    assert until(lambda: send_state(client, conversation, partial["entry"]) == "partial")
    with mailstack.Mailbox("customer") as customer:
        assert len(customer.wait_for(subject)) == 1


def test_stale_view(client, user):
    add_channel(client, user=user)
    subject = f"Stale {uuid.uuid4().hex[:8]}"
    first = mailstack.new_message(subject)
    mailstack.deliver(first, f"{user}@example.test")
    conversation = conversation_of(client, subject)
    mailstack.deliver(mailstack.new_message(f"Re: {subject}", "One more thing.\n", In_Reply_To=first["Message-ID"], References=first["Message-ID"]),
                      f"{user}@example.test")
    assert until(lambda: len(client.get(f"/v1/conversations/{conversation['conversation']['id']}")["timeline"]) == 2)
    with pytest.raises(liaison.Problem) as problem:
        reply(client, conversation, "not knowing of it")
    assert problem.value.kind == "stale-view" and problem.value.body["current"]["entries"][0]["text"].startswith("One more thing.")


def test_wrong_password(client, user):
    client.command("channel.add", mailstack.channel(user=user, password="wrong"))
    assert until(lambda: state(client)[0][0] == "needs-login"), state(client)
    channel = client.get("/v1/snapshot")["channels"][0]["id"]
    client.command("channel.update", {"channel": channel, "password": mailstack.PASSWORD})
    assert until(lambda: state(client) == [("ready", "")]), state(client)


class Proxy:
    """A TCP proxy to a port of this machine, whose connections can be cut."""

    def __init__(self, port):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = []
        self.open = True
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self.connections += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(source, sink), daemon=True).start()

    def pump(self, source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        for connection in self.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.connections.clear()


def test_comes_back(client, user):
    proxy = Proxy(mailstack.ports()["IMAPS"])
    add_channel(client, user=user, imap=proxy.port)
    subject = f"Cut {uuid.uuid4().hex[:8]}"
    proxy.open = False
    proxy.cut()
    assert until(lambda: state(client)[0][0] == "reconnecting"), state(client)
    mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    proxy.open = True
    conversation_of(client, subject)
    assert until(lambda: state(client) == [("ready", "")]), state(client)


def test_first_sync_is_resumed(make_engine, user):
    """Half a mailbox, then kill -9, then the rest: everything once."""
    subjects = [f"Bulk {uuid.uuid4().hex[:8]}" for _ in range(60)]
    for subject in subjects:
        mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    with mailstack.Mailbox(user) as mailbox:
        assert until(lambda: len(mailbox.find("Bulk")) == 60)
    engine = make_engine()
    client = engine.sign_in()
    client.command("channel.add", mailstack.channel(user=user))
    until(lambda: conversations(client))
    engine.kill()
    engine.start()
    assert until(lambda: len(conversations(client)) >= 60), len(conversations(client))
    time.sleep(1)
    assert sorted(row["subject"] for row in conversations(client)) == sorted(subjects)


def test_what_happened_meanwhile(engine, user):
    """While the engine was away (QRESYNC): what is gone is marked, flags are taken, new mail comes; nothing comes twice."""
    client = engine.client
    subjects = [f"Away {uuid.uuid4().hex[:8]}" for _ in range(3)]
    for subject in subjects[:2]:
        mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    with mailstack.Mailbox(user) as mailbox:
        assert until(lambda: len(mailbox.find("Away")) == 2)
        add_channel(client, user=user)
        assert until(lambda: len(conversations(client)) == 2)
        engine.stop()
        mailbox.imap.select("INBOX")
        mailbox.imap.store("1", "+FLAGS", "\\Deleted")
        mailbox.imap.expunge()
        mailbox.imap.store("1", "+FLAGS", "\\Flagged")
        mailstack.deliver(mailstack.new_message(subjects[2]), f"{user}@example.test")
        assert until(lambda: len(mailbox.find("Away")) == 2)
    engine.start()
    assert until(lambda: sorted(row["subject"] for row in conversations(client)) == sorted(subjects))
    assert until(lambda: state(client) == [("ready", "")])
    engine.stop()
    with sqlite3.connect(engine.data / "liaison.db") as database:
        rows = database.execute("SELECT gone_at IS NOT NULL, flags FROM mail_location JOIN mail_folder ON mail_folder.id = folder"
                                " WHERE role = 'inbox' ORDER BY uid").fetchall()
    assert rows == [(1, ""), (0, "F"), (0, "")], rows


def test_server_goes_silent(engine, user):
    """The connection is dead, and nobody told us: agents see that no mail can come, and it comes once the server is back."""
    client = engine.client
    proxy = fakemail.Proxy(mailstack.ports()["IMAPS"])
    channel = add_channel(client, user=user, imap=proxy.port)
    assert until(lambda: state(client) == [("ready", "")])
    proxy.flowing.clear()
    subject = f"Late {uuid.uuid4().hex[:8]}"
    mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    client.command("channel.sync", {"channel": channel})  # what happens by itself after 4 minutes of silence
    assert until(lambda: state(client) == [("reconnecting", "The server does not answer.")], 30), state(client)
    assert not conversations(client)
    proxy.flowing.set()
    assert until(lambda: [row["subject"] for row in conversations(client)] == [subject])
    assert until(lambda: state(client) == [("ready", "")])


def test_a_response_is_used_when_it_has_left(client, user):
    add_channel(client, user=user)
    value = {"title": "On its way", "scope": "team", "state": "reviewed", "variants": [{"body": "Your money is on its way."}]}
    response = client.command("response.save", {"response": value})["d"]["response"]
    subject = f"Refund {uuid.uuid4().hex[:8]}"
    mailstack.deliver(mailstack.new_message(subject), f"{user}@example.test")
    conversation = conversation_of(client, subject)

    client.command("settings.set", {"settings": {"undo_send_s": 60}})
    sent = reply(client, conversation, "Your money is on its way.", canned=[{"response": response, "edited": False}])["d"]
    client.command("message.cancel", {"outbox": sent["outbox"]})
    (row,) = client.get("/v1/responses")["rows"]
    assert "own_use" not in row

    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    seen = client.get("/v1/responses")["seq"]
    with client.stream() as stream:
        reply(client, conversation_of(client, subject), "Your money is on its way today.", canned=[{"response": response, "edited": True}])
        event = next(event for event in stream.events(timeout=PATIENCE_S) if event["k"] == "response.used")
    assert event["d"] == {"response": response}
    (row,) = client.get(f"/v1/responses?since={seen}")["rows"]
    assert row["own_use"] == row["team_use"] and row["own_use"]["count"] == 1
