# SPDX-License-Identifier: GPL-3.0-or-later
"""A chat whose visitor has left goes on by mail, with real mail servers, and in the panel when she comes back."""

import email
import email.policy
import uuid

import pytest

import mailstack
import webchat
from patience import until
from webchat import ORIGIN, Visitor, wait_until_taken

pytestmark = pytest.mark.skipif(not mailstack.running(), reason="the mail servers are not running: ./dev stack up")

ANN = "customer@example.test"


@pytest.fixture
def shop(make_engine):
    """A site with a name of its own, by which its mails are found, and a mailbox. Who has left for a second is gone."""
    engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    engine.client.command("settings.set", {"settings": {"undo_send_s": 0}})
    with mailstack.Mailbox("agent3") as box:
        box.clear()
    engine.client.command("channel.add", mailstack.channel(user="agent3"))
    engine.name = f"Shop {uuid.uuid4().hex[:8]}"
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": engine.name, "origins": [ORIGIN], "gone_after_s": 1})
    wait_until_taken(lambda: Visitor(engine.chat))
    assert until(lambda: any(channel["state"] == "ready" for channel in engine.client.get("/v1/snapshot")["channels"] if channel["kind"] == "mail"))
    return engine


@pytest.fixture
def mailbox():
    with mailstack.Mailbox("customer") as mailbox:
        yield mailbox


def conversation_of(engine):
    row, = engine.client.get("/v1/views/all/rows?limit=200")["rows"]
    return row["id"]


def timeline(engine):
    return engine.client.get(f"/v1/conversations/{conversation_of(engine)}?limit=200")["timeline"]


def way(engine):
    return engine.client.get(f"/v1/conversations/{conversation_of(engine)}/way")


def answer(engine, body, **fields):
    return engine.client.command("message.send", {"mode": "chat", "body": body, **fields}, conv=conversation_of(engine))["d"]


def mails(mailbox, engine, n):
    """The mails of this site's talk, once there are that many, in their order."""
    found = until(lambda: len(raw := mailbox.find(engine.name)) >= n and raw)
    assert found and len(found) == n, found
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]


def reply(message, body, sender=f"Ann Lee <{ANN}>"):
    written = mailstack.new_message("Re: " + message["Subject"], body, sender=sender, to="agent3@example.test", In_Reply_To=message["Message-ID"])
    mailstack.deliver(written, "agent3@example.test")
    return written


def texts(visitor):
    return [(event.get("from"), event.get("by"), event.get("body", event["kind"])) for event in visitor.events()["events"]]


def test_it_goes_on_by_mail_both_ways(shop, mailbox):
    visitor = Visitor(shop.chat, name="Ann", email=ANN)
    with visitor.connect() as page:
        page.ack(page.say("Is it in stock?"))
        assert way(shop) == {"online": True, "by": "chat", "address": ANN, "email_from": None}
        assert "outbox" not in answer(shop, "One moment.")
        page.events_until(2)
    assert until(lambda: way(shop)["by"] == "email")
    sent = answer(shop, "Yes, it is.", then="pending")
    assert sent["outbox"] and sent["by"] == "email"

    first, = mails(mailbox, shop, 1)
    assert first["Subject"] == f"Your chat with {shop.name}" and ANN in first["To"]
    said = first.get_body().get_content().replace("\r", "")
    me = timeline(shop)[-1]["author"]["name"]
    assert said.startswith("Yes, it is.\n") and f"\n> You: Is it in stock?\n> {me}: One moment.\n" in said
    assert timeline(shop)[-1]["kind"] == "email" and len(timeline(shop)) == 3

    # Somebody else who got hold of the mail is answered, and not seen in her panel; what she writes is.
    reply(first, "I am her sister.", "Sue <sue@example.test>")
    reply(first, "Then I take two.\n\nOn Mon, 23 Nov 2026 at 10:44, Example Support <agent3@example.test> wrote:\n> Yes, it is.\n")
    assert until(lambda: len(timeline(shop)) == 5)
    mine = "visitor", None
    ours = "agent", None
    by_mail = [("agent", "email", "Yes, it is."), ("visitor", "email", "Then I take two.")]
    assert texts(visitor) == [(*mine, "Is it in stock?"), (*ours, "One moment."), *by_mail]

    # She is back: all of it is there, and it goes on in the chat.
    with visitor.connect(since=2) as page:
        assert [event["body"] for event in page.events_until(4)] == ["Yes, it is.", "Then I take two."]
        assert way(shop)["by"] == "chat"
        page.ack(page.say("And a bell."))
        assert "outbox" not in answer(shop, "Gladly.")
        assert [event["body"] for event in page.events_until(6)][-1] == "Gladly."
    assert until(lambda: way(shop)["by"] == "email")

    # The next mail is of the same thread, and quotes only what was said since.
    answer(shop, "They have left.")
    second = mails(mailbox, shop, 2)[-1]
    assert second["Subject"] == f"Re: Your chat with {shop.name}" and second["References"].split()[0] == first["Message-ID"]
    said = second.get_body().get_content().replace("\r", "")
    assert "> You: Then I take two.\n> You: And a bell.\n" in said and "in stock" not in said
    assert texts(visitor)[-1] == ("agent", "email", "They have left.")


def test_a_killed_engine_sends_it_once(shop, mailbox):
    visitor = Visitor(shop.chat, email=ANN)
    visitor.post("Is it in stock?")
    assert until(lambda: way(shop)["by"] == "email")
    answer(shop, "Yes, it is.")
    shop.kill()
    shop.start()
    visitor.address = webchat.start(shop)
    shop.client.sign_in()
    mails(mailbox, shop, 1)
    assert until(lambda: timeline(shop)[-1]["state"] == "sent")
    mails(mailbox, shop, 1)
    assert [body for _, _, body in texts(visitor)] == ["Is it in stock?", "Yes, it is."]


def test_the_whole_talk_comes_once(shop, mailbox):
    visitor = Visitor(shop.chat, name="Ann", email=ANN)
    visitor.post("Is it in stock?")
    answer(shop, "Yes, it is.", by="chat")
    shop.client.note(conversation_of(shop), "She is difficult.")
    asked = {"cid": "talk", "zone": "Europe/Berlin"}
    visitor.call("POST", "/chat/v1/transcript", asked)
    shop.kill()
    shop.start()
    visitor.address = webchat.start(shop)
    shop.client.sign_in()
    visitor.call("POST", "/chat/v1/transcript", asked)
    mail, = mails(mailbox, shop, 1)
    assert until(lambda: timeline(shop)[-1]["state"] == "sent")
    mails(mailbox, shop, 1)
    said = mail.get_body().get_content()
    assert said.index("Is it in stock?") < said.index("Yes, it is.") and "difficult" not in said

    # Whoever answers it is in the same conversation.
    reply(mail, "Thank you!")
    assert until(lambda: texts(visitor)[-1] == ("visitor", "email", "Thank you!"))
