# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages that a visitor agrees to show while she chats."""

import pytest

import webchat
from webchat import ORIGIN, Visitor, wait_until_taken, wait_until_true

AT = "2026-11-23T10:00:00.000Z"


@pytest.fixture
def make_shop(make_engine):
    def make(**site):
        engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
        engine.chat = webchat.start(engine)
        engine.sign_in()
        engine.client.command("channel.add", {"kind": "chat", "key": "shop", "origins": [ORIGIN], **site})
        wait_until_taken(lambda: Visitor(engine.chat))
        return engine
    return make


def page(path, title="A page"):
    return {"url": ORIGIN + path, "title": title, "at": AT}


def chats(engine):
    return engine.client.get("/v1/chats")["chats"]


def test_shown_while_she_is_there_and_kept_nowhere(make_shop):
    shop = make_shop(page_trail=True)
    with shop.client.stream() as stream, Visitor(shop.chat).connect() as window:
        foreign = {**page("/"), "url": "https://bank.example/account"}
        window.send({"t": "pages", "pages": [page("/help?order=4711#mine", "Help"), foreign, page("/kettles", "Kettles")]})
        window.ack(window.say("hello"))
        row, = shop.client.get("/v1/views/all/rows?limit=10")["rows"]
        told = stream.wait_for(lambda frame: frame.get("k") == "chat.pages")["d"]
        assert told == {"conv": row["id"], "pages": [page("/help", "Help"), page("/kettles", "Kettles")]}
        assert chats(shop) == [{"conv": row["id"], "pages": told["pages"]}]
        window.send({"t": "pages", "pages": []})  # she shows them no more
        assert stream.wait_for(lambda frame: frame.get("k") == "chat.pages")["d"]["pages"] == []
        assert chats(shop) == [{"conv": row["id"]}]
        window.send({"t": "pages", "pages": [page("/kettles")]})
        wait_until_true(lambda: "pages" in chats(shop)[0])
    shop.stop()
    kept = b"".join(path.read_bytes() for path in shop.directory.rglob("*") if path.is_file())
    assert b"/kettles" not in kept and b"4711" not in kept


def test_nothing_where_the_site_does_not_ask(make_shop):
    shop = make_shop()
    with Visitor(shop.chat).connect() as window:
        window.ack(window.say("hello"))
        window.send({"t": "pages", "pages": [page("/")]})
        window.ack(window.say("more"))  # behind it
        assert all("pages" not in chat for chat in chats(shop))


def test_bounded(make_shop):
    shop = make_shop(page_trail=True)
    for pages in ([page("/")] * 11, [{**page("/"), "url": "x" * 3000}], [{**page("/"), "at": "yesterday"}], ["x"], "x"):
        with Visitor(shop.chat).connect() as window:
            window.send({"t": "pages", "pages": pages})
            assert window.close_code() == 4400
    with shop.client.stream() as stream, Visitor(shop.chat).connect() as window:
        window.ack(window.say("hello"))
        for number in range(30):
            window.send({"t": "pages", "pages": [page(f"/{number}")]})
        window.ack(window.say("over"))
        assert chats(shop)[0]["pages"][0]["url"] in [f"{ORIGIN}/{number}" for number in range(9, 13)]
        assert stream.wait_for(lambda frame: frame.get("k") == "chat.pages")
