# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers without extensions, and servers that fail: what becomes of the mail, and what the agent sees."""

import time

import pytest

import fakemail
import liaison
import mailstack
from patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not mailstack.running(), reason="the mail servers' certificates are not there: ./dev stack up")


def until(condition, timeout=PATIENCE_S):
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.05)


def subjects(client):
    return sorted(row["subject"] for row in client.get("/v1/views/all/rows?limit=200")["rows"])


def add_channel(client, imap, smtp):
    client.command("settings.set", {"settings": {"undo_send_s": 0}})
    channel = client.command("channel.add", mailstack.channel(imap=imap.port, smtp=smtp.port))["d"]["channel"]
    assert until(lambda: client.get("/v1/snapshot")["channels"][0]["state"] == "ready"), client.get("/v1/snapshot")["channels"]
    return channel


def message(subject):
    return mailstack.new_message(subject).as_bytes()


def test_without_extensions(client):
    imap, smtp = fakemail.Imap(), fakemail.Smtp()
    for number in range(5):
        imap.add(message(f"Old {number}"))
    channel = add_channel(client, imap, smtp)
    assert until(lambda: len(subjects(client)) == 5)

    imap.add(message("New"))
    client.command("channel.sync", {"channel": channel})
    assert until(lambda: "New" in subjects(client)), imap.commands[-5:]

    del imap.folders["INBOX"][2]
    imap.add(message("Newer"))
    client.command("channel.sync", {"channel": channel})
    assert until(lambda: "Newer" in subjects(client))
    assert len(subjects(client)) == 7  # what is gone from the server stays here

    # The server numbers its folder anew: nothing comes twice.
    imap.folders["INBOX"] = {uid + 100: item for uid, item in imap.folders["INBOX"].items()}
    imap.uidvalidity, imap.uidnext = 2, imap.uidnext + 100
    imap.add(message("After"))
    imap.cut()
    assert until(lambda: "After" in subjects(client)), imap.commands[-5:]
    assert len(subjects(client)) == 8

    conversation = client.get("/v1/views/all/rows?limit=200")["rows"][0]
    entry = client.get(f"/v1/conversations/{conversation['id']}")["timeline"][-1]
    client.command("message.send", {"mode": "email", "reply": "reply", "entry": entry["id"], "body": "Hi", "to": [entry["from"]], "subject": "Re: x"},
                   conv=conversation["id"])
    assert until(lambda: smtp.taken) and until(lambda: imap.folders["Sent Items"])
    assert list(imap.folders["Sent Items"].values())[0][0].replace(b"\r\n", b"\n").strip() == smtp.taken[0].replace(b"\r\n", b"\n").strip()
    assert not [command for command in imap.commands if "IDLE" in command or "CONDSTORE" in command or "RETURN" in command]


def send(client, to=("ann@example.com",)):
    conversation = client.new_conversation()
    answer = client.command("message.send", {"mode": "email", "reply": "new", "body": "Hello\n.dot\n", "subject": "x",
                                             "to": [{"name": "", "address": address} for address in to]}, conv=conversation)["d"]
    return conversation, answer["outbox"]


def entry_of(client, conversation):
    return client.get(f"/v1/conversations/{conversation}")["timeline"][-1]


def settled(client, conversation):
    until(lambda: entry_of(client, conversation)["state"] not in ("queued", "sending"))
    return entry_of(client, conversation)


@pytest.mark.parametrize("where,reply,state", [
    ("mail", "451 4.3.0 later", "deferred"), ("mail", "550 5.7.1 not you", "failed"), ("rcpt", "450 4.2.0 greylisted", "deferred"),
    ("rcpt", "550 5.1.1 nobody", "failed"), ("data", "452 4.3.1 full", "deferred"), ("data", "554 5.0.0 no", "failed"),
    ("dot", "451 4.3.0 later", "deferred"), ("dot", "554 5.6.0 spam", "failed"), ("dot", "drop", "unconfirmed"),
    ("auth", "535 5.7.8 wrong", "deferred"), ("dot", "250 ok", "sent")])
def test_failures(client, where, reply, state):
    imap, smtp = fakemail.Imap(), fakemail.Smtp(**{where: reply})
    add_channel(client, imap, smtp)
    conversation, outbox = send(client)
    entry = settled(client, conversation)
    assert entry["state"] == state, entry
    if state in ("deferred", "failed"):
        assert reply[4:] in entry["problem"]
        assert not smtp.taken
    if state == "sent":
        assert b"\r\n.dot\r\n" in smtp.taken[0] and entry["problem"] is None
    if state in ("failed", "unconfirmed", "deferred"):
        smtp.fail.clear()
        smtp.taken.clear()
        client.command("message.retry", {"outbox": outbox})
        assert until(lambda: entry_of(client, conversation)["state"] == "sent"), entry_of(client, conversation)
        assert len(smtp.taken) == 1
    with pytest.raises(liaison.Problem) as problem:
        client.command("message.settle", {"outbox": outbox})
    assert problem.value.kind == "version-conflict"


def test_unconfirmed_is_settled(client):
    imap, smtp = fakemail.Imap(), fakemail.Smtp(dot="drop")
    add_channel(client, imap, smtp)
    conversation, outbox = send(client)
    assert settled(client, conversation)["state"] == "unconfirmed"
    client.command("message.settle", {"outbox": outbox})
    assert entry_of(client, conversation)["state"] == "sent" and len(smtp.taken) == 1


def test_unconfirmed_is_found(client):
    """The server had taken it and filed it itself: found there, the message counts as sent."""
    imap, smtp = fakemail.Imap(), fakemail.Smtp(dot="drop")
    add_channel(client, imap, smtp)
    conversation, _ = send(client)
    assert settled(client, conversation)["state"] == "unconfirmed"
    imap.add(smtp.taken[0], "Sent Items")
    assert until(lambda: entry_of(client, conversation)["state"] == "sent")
    assert len(smtp.taken) == 1


def test_change_is_tested_without_being_kept(client):
    """POST /v1/doctor/{channel} with a mailbox: as it would be, with the password that is kept unless another is given."""
    channel = client.command("channel.add", mailstack.channel())["d"]["channel"]
    kept = client.get("/v1/snapshot")["channels"][0]["config"]
    assert client.post(f"/v1/doctor/{channel}", {})["ok"]

    changed = {key: value for key, value in mailstack.channel().items() if key not in ("kind", "password")}
    assert client.post(f"/v1/doctor/{channel}", changed)["ok"]
    assert not client.post(f"/v1/doctor/{channel}", {**changed, "password": "wrong"})["ok"]
    away = client.post(f"/v1/doctor/{channel}", {**changed, "imap": {**changed["imap"], "port": 1}})
    assert next(step for step in away["steps"] if step["state"] == "failed")["code"] == "refused"
    assert client.post(f"/v1/doctor/{channel}", {})["ok"]
    assert client.get("/v1/snapshot")["channels"][0]["config"] == kept
