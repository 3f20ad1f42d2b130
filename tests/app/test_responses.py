# SPDX-License-Identifier: GPL-3.0-or-later
"""Canned responses by keyboard alone, as who sees the screen and who hears it has them."""

import pytest

import names
from liaison_app import role, states, text_of, walk


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    app.open_mail()
    return app


def found(app):
    """The responses that are shown, best first."""
    return [node for node in walk(app.root) if role(node) == "list item" and "showing" in states(node) and "shortcut" in node.get_name()]


def titles(app):
    return [node.get_name().split(",")[0] for node in found(app)]


def wait_for_first(app, words):
    app.wait(lambda: found(app) and found(app)[0].get_name().startswith(words), f"{words} to be the best response")


@pytest.mark.parametrize("key,editor", [("ctrl+r", "Reply"), ("ctrl+m", "Note for colleagues")])
def test_slash(app, announcements, key, editor):
    app.key(key)
    body = app.find(editor, "text")
    app.type("/refu")
    wait_for_first(app, "Refund on its way")
    app.wait(lambda: announcements.heard("responses. Refund on its way", "1 of"), "the count and the selected row to be announced")
    assert names.find_nameless(app.root) == []
    app.key("Down")
    app.wait(lambda: announcements.heard("2 of"), "the next row to be announced")
    assert "selected" in states(found(app)[1])
    app.key("Up", "Return")
    app.wait(lambda: "on their way" in text_of(body) or "refunded" in text_of(body), "the response in the text")
    assert "/refu" not in text_of(body) and found(app) == []
    app.key("ctrl+z")
    app.wait(lambda: text_of(body) == "/refu", "one step back to take all of it back")


@pytest.mark.parametrize("key,editor", [("ctrl+r", "Reply"), ("ctrl+m", "Note for colleagues")])
def test_slash_alone(app, announcements, key, editor):
    app.key(key)
    body = app.find(editor, "text")
    app.type("/")
    app.wait(lambda: found(app), "responses before a letter is typed")
    # Which conversation stands first goes by the time of day, and with it whether its last words have an answer.
    heading = app.look("What may answer the customer") or app.look("Used most in conversations like this one")
    assert heading is not None
    assert heading.get_name().startswith("What") != bool(app.look("No good answer known: type to search"))
    first = found(app)[0].get_name().split(",")[0]
    app.wait(lambda: announcements.heard(heading.get_name(), first, "1 of"), "the heading, the count and the selected row to be announced")
    assert "selected" in states(found(app)[0])
    assert names.find_nameless(app.root) == []
    app.key("Escape")
    app.wait(lambda: not found(app), "the responses to close")
    assert text_of(body) == "/"


def test_preview_and_escape(app):
    app.key("ctrl+r")
    body = app.find("Reply", "text")
    app.type("/late")
    wait_for_first(app, "Parcel is late")
    app.key("shift+Return")
    preview = app.find("Preview", "text")
    assert "I am sorry that your parcel is late" in text_of(preview)
    assert "{" not in text_of(preview)
    app.key("Escape")
    app.wait(lambda: app.look("Preview", "text") is None, "the preview to close")
    assert found(app)
    app.key("Escape")
    app.wait(lambda: not found(app), "the responses to close")
    assert text_of(body) == "/late"
    # The editor folds only now.
    app.key("Escape")
    app.find(contains="Continue the draft")


def test_key_anywhere(app):
    app.key("ctrl+semicolon")
    body = app.find("Reply", "text")
    app.type("pasword")
    wait_for_first(app, "Reset the password of the app")
    app.key("Escape")
    app.wait(lambda: text_of(body) == "", "what was searched for to go")


def test_paths_are_left_alone(app):
    app.key("ctrl+r")
    body = app.find("Reply", "text")
    app.type("and/or 1/2 /etc/hosts\nnext")
    assert text_of(body) == "and/or 1/2 /etc/hosts\nnext" and found(app) == []


def test_side_pane(app, announcements):
    app.key("shift+F9")
    app.find("Search canned responses")
    app.type("retrun")
    wait_for_first(app, "How to send something back")
    app.wait(lambda: announcements.heard("How to send something back", "1 of"), "the selected row to be announced")
    assert names.find_nameless(app.root) == []
    assert "You have 30 days" in text_of(app.find("Preview", "text"))
    app.key("Return")
    body = app.find("Reply", "text")
    app.wait(lambda: "You have 30 days" in text_of(body), "the response in a new answer")


def test_fields_are_filled_in(app):
    app.key("ctrl+r")
    body = app.find("Reply", "text")
    app.type("/refund")
    wait_for_first(app, "Refund on its way")
    app.key("Return")
    app.wait(lambda: "[Amount]" in text_of(body), "the fields in the text")
    # Nothing goes out with a blank in it.
    app.key("ctrl+Return")
    app.find("Fill in “Amount” first.")
    app.type("12.50")
    app.key("Tab")
    app.type("LC-20415")
    app.wait(lambda: "[" not in text_of(body), "all to be filled in")
    assert "12.50" in text_of(body) and "LC-20415" in text_of(body)
    app.key("ctrl+Return")
    app.wait(lambda: app.look("Fill in “Amount” first.") is None and app.look("Fill in “Order number” first.") is None, "nothing to hold it back")


def in_library(app, title):
    """That the library is in front, with this response and the keyboard in its text."""
    frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "Responses"), None), "the library")
    app.wait(lambda: any(role(node) == "text" and node.get_name() == "Title" and title in text_of(node) for node in walk(frame)), f"{title} in the library")
    app.wait(lambda: any(role(node) == "text" and node.get_name() == "Text" and "focused" in states(node) for node in walk(frame)), "the keyboard in its text")


def test_edited_in_the_library(app):
    app.key("ctrl+r")
    app.wait(lambda: app.look("Reply"), "the answer")
    app.type("/refund")
    title = app.wait(lambda: next(iter(titles(app))), "something to be found")
    app.key("ctrl+e")
    in_library(app, title)
    app.key("ctrl+w")

    app.key("shift+F9")
    app.wait(lambda: app.look("Search canned responses"), "the pane")
    app.type("warranty")
    title = app.wait(lambda: next(title for title in titles(app)[:1] if "arranty" in title), "something to be found")
    app.press("Edit This Response in the Library (Ctrl+E)")
    in_library(app, title)


def test_a_wrong_name_is_told(app, announcements, tmp_path):
    app.key("ctrl+r")
    body = app.find("Reply", "text")
    app.type("Hello Zenobia,\nthank you")
    app.find(contains="This greets Zenobia, but it goes to")
    app.wait(lambda: announcements.heard("This greets Zenobia"), "the warning to be announced")
    app.picture(tmp_path / "wrong-name.png")
    assert names.find_nameless(app.root) == []
    # The first try says why it stays here; the button is on the way of the keyboard.
    app.key("ctrl+Return")
    app.find(contains="Not sent: this greets Zenobia")
    app.key("alt+u")
    app.wait(lambda: "Zenobia" not in text_of(body) and text_of(body).startswith("Hello ") and text_of(body).endswith("thank you"), "the customer to be greeted")
    app.wait(lambda: app.look(contains="This greets") is None, "the warning to go")
    app.key("ctrl+z")
    app.wait(lambda: text_of(body).startswith("Hello Zenobia,"), "one step back")
