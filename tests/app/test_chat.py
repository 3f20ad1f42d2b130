# SPDX-License-Identifier: GPL-3.0-or-later
"""A visitor of the web site and an agent, by keyboard alone, with a real engine between them."""

import os
import stat
import threading

import pytest

import liaison
import names
import webchat
from liaison_app import role, states, text_of, walk

SECRET = "s" * 40
RESPONSES = [
    {"title": "Parcel is late", "shortcut": "late", "language": "en",
     "body": "{{greeting}}Hello {{customer.first_name}},{{end}}parcel {{ask \"Parcel number\"}} comes on {{ask \"Day\"}}.{{farewell}}Kind regards{{end}}"},
    {"title": "Parcel was lost", "shortcut": "lost", "language": "en", "body": "I am sorry, it is lost."},
    {"title": "Opening hours", "shortcut": "hours", "language": "en", "body": "We open at nine."},
]


def set_up_site(data):
    """A workspace with a web site and some responses."""
    engine = liaison.Engine(data / "engine")
    engine.data = data / "default"
    engine.credentials = data / "credentials.json"
    engine.start()
    client = engine.sign_in()
    client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Shop", "origins": [webchat.ORIGIN], "page_trail": True, "gone_after_s": 1,
                                   "jwt_keys": [{"kid": "k1", "secret": SECRET}]})
    nowhere = {"host": "127.0.0.1", "port": 9, "tls": "tls"}
    client.command("channel.add", {"kind": "mail", "address": "support@example.test", "name": "Support", "sender_name": "Support", "login": "x", "password": "x",
                                   "imap": nowhere, "smtp": nowhere, "ca": None})
    for response in RESPONSES:
        variant = {"language": response["language"], "body": response["body"]}
        client.command("response.save", {"response": {"title": response["title"], "shortcut": response["shortcut"], "scope": "team", "state": "reviewed",
                                                      "variants": [variant]}})
    engine.stop()


def make_engine_with_chat(path):
    """The engine as an administrator starts it who lets visitors in."""
    path.write_text(f'#!/bin/sh\nexec "{os.path.abspath(liaison.ENGINE)}" --chat 127.0.0.1:0 --chat-proxy 127.0.0.1 "$@"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def find_address(app):
    for line in app.log.read_text().splitlines():
        if line.startswith("chat on http://"):
            host, port = line.removeprefix("chat on http://").rsplit(":", 1)
            return host, int(port)
    return None


class Page:
    """The visitor's open page: what is said to them is kept while they do nothing."""

    def __init__(self, address):
        self.visitor = webchat.Visitor(address, jwt=webchat.identity(SECRET, email="ann@example.com"))
        self.connection = self.visitor.connect()
        self.frames = []
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        try:
            while True:
                self.frames.append(self.connection.receive(600))
        except Exception:
            pass  # it was closed

    def said(self):
        return [event.get("body") for frame in list(self.frames) if frame["t"] == "events" for event in frame["events"] if event.get("from") == "agent"]

    def has(self, kind):
        return any(frame["t"] == kind for frame in list(self.frames))

    def close(self):
        self.connection.close()
        self.thread.join(5)


@pytest.fixture
def app(make_app, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    set_up_site(data)
    return make_app(data=data, env={"LIAISON_ENGINE": make_engine_with_chat(tmp_path / "liaisond-with-chat")})


@pytest.fixture
def page(app):
    page = Page(app.wait(lambda: find_address(app), "the address for visitors"))
    page.connection.say("Where is my parcel? It is late.")
    yield page
    page.close()


def row(app, words):
    return next((node for node in walk(app.root) if role(node) == "table cell" and "showing" in states(node) and words in node.get_name()), None)


def found(app):
    return [node for node in walk(app.root) if role(node) == "list item" and "showing" in states(node) and "shortcut" in node.get_name()]


def open_chat(app):
    app.find(contains="Waiting, 1 conversation")
    app.key("ctrl+j")
    app.wait(lambda: row(app, "Ann Lee"), "the visitor in the list")
    app.find(contains="Chat with Ann Lee")


def test_a_chat_by_keyboard(app, page, announcements, tmp_path):
    open_chat(app)
    app.key("ctrl+h")
    body = app.find("Chat message", "text")
    app.find(contains="Ann Lee is here")
    assert names.find_nameless(app.root) == []

    # Both are told that the other one types.
    page.connection.send({"t": "typing"})
    app.find(contains="Ann Lee types")
    app.find("Typing…")
    app.type("/")
    app.type("lat")
    app.wait(lambda: found(app) and found(app)[0].get_name().startswith("Parcel is late"), "the response on top after three letters")
    app.wait(lambda: announcements.heard("Parcel is late", "1 of"), "the count and the selected row to be announced")
    app.wait(lambda: page.has("typing"), "the visitor to be told that somebody types")
    app.picture(tmp_path / "found.png")
    assert names.find_nameless(app.root) == []

    # Enter takes it, and does not send it.
    app.key("Return")
    app.wait(lambda: "Hello Ann" in text_of(body) and "[Parcel number]" in text_of(body), "the response in the text")
    assert "/lat" not in text_of(body) and "Kind regards" not in text_of(body) and page.said() == []
    app.picture(tmp_path / "fields.png")

    # Nothing goes out with a blank in it.
    app.key("Escape")
    app.find(contains="Continue the draft")
    app.key("ctrl+h")
    body = app.find("Chat message", "text")
    assert "[Parcel number]" in text_of(body)
    app.key("Return")
    app.find("Fill in “Parcel number” first.")
    app.type("LC-20415")
    app.key("Tab")
    app.type("Monday")
    app.wait(lambda: "[" not in text_of(body), "all to be filled in")
    assert page.said() == []
    app.key("Return")
    app.wait(lambda: page.said(), "the visitor to have it")
    assert "parcel LC-20415 comes on Monday." in page.said()[0] and "[" not in page.said()[0] and "{" not in page.said()[0]

    # The field is there for the next line, and what was sent says that it was seen.
    app.wait(lambda: text_of(app.find("Chat message", "text")) == "", "the field to be empty")
    app.type("Anything else?")
    app.key("Return")
    app.wait(lambda: "Anything else?" in page.said(), "the visitor to have the next line")
    last = max(event["seq"] for frame in page.frames if frame["t"] == "events" for event in frame["events"])
    page.connection.send({"t": "ack", "seq": last})
    page.connection.send({"t": "read", "seq": last})
    app.find(contains="Seen")
    app.picture(tmp_path / "seen.png")
    assert names.find_nameless(app.root) == []


def test_a_file_and_pages_of_a_visitor(app, page, tmp_path):
    open_chat(app)
    app.key("ctrl+h")
    app.find("Chat message", "text")
    headers = {"Content-Type": "text/html", "Content-Disposition": "attachment; filename=parcel.pdf"}
    assert page.visitor.raw("POST", "/chat/v1/files?cid=f1", b"%PDF-1.7 torn parcel", headers=headers)[0] == 200
    app.find(contains="Open “parcel.pdf”")
    app.find("Attach Files")
    at = "2026-11-23T10:00:00.000Z"
    page.connection.send({"t": "pages", "pages": [{"url": f"{webchat.ORIGIN}/{path}", "title": path.title(), "at": at} for path in ("help", "kettles")]})
    app.find(contains="On “Kettles”")
    app.picture(tmp_path / "file.png")
    assert names.find_nameless(app.root) == []


def test_what_was_not_sent_survives(app, page):
    open_chat(app)
    app.key("ctrl+h")
    app.find("Chat message", "text")
    app.type("One moment, I ask the")
    client = app.client()
    chat, = [found for found in client.get("/v1/views/all/rows?limit=10")["rows"]]
    app.wait(lambda: client.get("/v1/views/all/rows?limit=10")["rows"][0]["draft"], "the engine to have the draft")
    app.stop()
    app.start()
    app.wait(lambda: row(app, "Ann Lee"), "the visitor in the list")
    app.key("ctrl+i", "Return")
    body = app.find("Chat message", "text")
    assert text_of(body) == "One moment, I ask the"
    assert page.said() == [] and chat["channel"] == "chat"


def test_who_has_left_gets_mail(app, page):
    open_chat(app)
    app.key("ctrl+h")
    body = app.find("Chat message", "text")
    app.type("It was at the")
    page.close()
    app.find(contains="Ann Lee has left the page: this goes by e-mail to ann@example.com.")
    assert text_of(body) == "It was at the"
    app.key("alt+c")
    app.find("Ann Lee has left the page and reads this on coming back.")
    app.key("alt+e")
    app.find(contains="this goes by e-mail to ann@example.com")
    app.type(" neighbour's.")
    app.key("ctrl+Return")
    client = app.client()
    chat, = client.get("/v1/views/all/rows?limit=10")["rows"]
    mail = app.wait(lambda: [entry for entry in client.get(f"/v1/conversations/{chat['id']}")["timeline"] if entry["kind"] == "email"], "the mail")[0]
    assert mail["text"].startswith("It was at the neighbour's.\n") and mail["to"][0]["address"] == "ann@example.com"
