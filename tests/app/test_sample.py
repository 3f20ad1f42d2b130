# SPDX-License-Identifier: GPL-3.0-or-later
import names
import pytest

from liaison_app import role, states, text_of, walk


@pytest.fixture
def app(make_app):
    app = make_app()
    app.press("Look Around with Sample Data")
    app.find(contains="Sample", seconds=40)
    app.wait(lambda: rows(app), "conversations in the list", 30)
    return app


def rows(app):
    return [node for node in walk(app.root) if role(node) in ("list item", "table cell") and "showing" in states(node) and node.get_name()]


def test_sample_has_conversations(app):
    assert len(rows(app)) >= 5
    assert names.find_nameless(app.root) == []


def test_conversation_opens(app):
    app.key("ctrl+j")
    app.find(contains="Reply to")
    assert names.find_nameless(app.root) == []


def test_note_is_added_and_never_sent(app):
    app.key("ctrl+j")
    app.find(contains="Reply to")
    app.key("ctrl+m")
    app.find("Note for colleagues")
    assert app.look("Send", "button") is None
    assert app.look("Subject") is None
    app.type("He has called twice already.")
    assert names.find_nameless(app.root) == []
    app.key("ctrl+Return")
    app.wait(lambda: app.look("Note for colleagues") is None, "the editor to close")
    app.wait(lambda: app.look(contains="He has called twice already."), "the note on the timeline")


def test_draft_is_kept(app):
    app.key("ctrl+j")
    app.find(contains="Reply to")
    app.key("ctrl+r")
    body = app.find("Reply", "text")
    app.type("I will ask the")
    app.wait(lambda: text_of(body) == "I will ask the", "the typed words")
    assert names.find_nameless(app.root) == []
    app.key("Escape")
    app.find(contains="Continue the draft")
    app.key("ctrl+r")
    assert text_of(app.find("Reply", "text")) == "I will ask the"
