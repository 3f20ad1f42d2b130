# SPDX-License-Identifier: GPL-3.0-or-later
import names
import pytest

from liaison_app import role, states, text_of, walk


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


def rows(app):
    return [node for node in walk(app.root) if role(node) in ("list item", "table cell") and "showing" in states(node) and node.get_name()]


def test_sample_has_conversations(app):
    assert len(rows(app)) >= 5
    assert names.find_nameless(app.root) == []


def test_conversation_opens(app):
    app.key("ctrl+j")
    app.find("Timeline")
    assert names.find_nameless(app.root) == []


def test_note_is_added_and_never_sent(app):
    app.open_mail()
    app.key("ctrl+m")
    app.find("Note for colleagues")
    assert app.look("Send", "button") is None
    assert app.look("Subject") is None
    app.type("He has called twice already.")
    assert names.find_nameless(app.root) == []
    app.key("ctrl+Return")
    app.wait(lambda: app.look("Note for colleagues") is None, "the editor to close")
    app.wait(lambda: app.look(contains="He has called twice already."), "the note on the timeline")


def test_snooze_from_the_menu(app):
    def snoozed():
        return app.client("sample").get("/v1/views/followups/rows?limit=200")["rows"]

    before = len(snoozed())
    app.open_mail()
    app.find("Snooze", "toggle button").do_action(0)
    app.find(role_name="menu item")
    app.key("t")
    app.wait(lambda: len(snoozed()) == before + 1, "the conversation among the follow-ups")


def test_draft_is_kept(app):
    app.open_mail()
    app.key("ctrl+r")
    body = app.find("Reply", "text")
    app.type("I will ask the")
    app.wait(lambda: text_of(body) == "I will ask the", "the typed words")
    assert names.find_nameless(app.root) == []
    app.key("Escape")
    app.find(contains="Continue the draft")
    app.key("ctrl+r")
    assert text_of(app.find("Reply", "text")) == "I will ask the"


def test_palette_closes_with_escape(app):
    app.key("ctrl+k")
    app.find("Command")
    app.type("reply")
    app.key("Escape")
    app.wait(lambda: app.look("Command") is None, "the palette to close")


def test_f6_goes_through_the_window(app):
    app.open_mail()
    app.key("ctrl+i")
    app.wait(lambda: role(app.focused()) == "table cell", "the list to have the focus")
    app.key("F6")
    app.wait(lambda: "Timeline" in [parent.get_name() for parent in parents(app.focused())], "the timeline to have the focus")
    app.key("F6")
    app.wait(lambda: "Timeline" not in [parent.get_name() for parent in parents(app.focused())], "the customer to have the focus")
    app.key("F6")
    app.wait(lambda: "Views" in [parent.get_name() for parent in parents(app.focused())], "the views to have the focus")
    app.key("F6")
    app.wait(lambda: role(app.focused()) == "table cell", "the list to have the focus")
    app.key("shift+F6")
    app.wait(lambda: "Views" in [parent.get_name() for parent in parents(app.focused())], "the views to have the focus")


def test_tab_comes_round(app):
    """Nothing holds the keyboard: Tab goes through every part of the window and back to where it began."""
    app.open_mail()
    app.key("ctrl+i")
    app.wait(lambda: role(app.focused()) == "table cell", "the list to have the focus")
    seen = set()
    for _ in range(40):
        app.key("Tab")
        seen.update(parent.get_name() for parent in parents(app.focused()))
        if "Conversations" in seen:
            break
    assert {"Timeline", "Notes about this customer", "Views", "Main Menu", "Conversations"} <= seen, seen


def parents(node):
    while node is not None and role(node) != "application":
        yield node
        node = node.get_parent()
