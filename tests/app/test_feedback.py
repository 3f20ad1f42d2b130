# SPDX-License-Identifier: GPL-3.0-or-later
"""What a customer says of the product, kept by keyboard alone: from the words to the finding, and back."""

import time

import pytest

import liaison
import names
from liaison_app import role, states, text_of, walk


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    app.open_mail()
    return app


def findings(app, query=""):
    return app.client("sample").get(f"/v1/findings{query}")["rows"]


def parents(node):
    while node is not None:
        yield node
        node = node.get_parent()


def to_timeline(app):
    """F6 goes from part to part of the window."""
    for _ in range(6):
        app.key("F6")
        if app.focused() is not None and "Timeline" in [parent.get_name() for parent in parents(app.focused())]:
            return
    raise AssertionError("the timeline never got the keyboard")


def begin(app):
    app.key("ctrl+shift+f")
    return app.find("What it is about, in one line", "text")


def known(app):
    return [node for node in walk(app.root) if role(node) == "list item" and "showing" in states(node) and "said by" in node.get_name()]


def typed(app, name):
    return text_of(app.find(name, "text"))


def test_ten_seconds(app):
    """The newest message has the keyboard; one key, its kind, one line, Enter."""
    to_timeline(app)
    began = time.monotonic()
    begin(app)
    app.key("3")
    app.type("Chairs in dark green")
    app.key("Return")
    app.toast("Kept: “Chairs in dark green”")
    assert time.monotonic() - began < (60 if liaison.SANITIZED else 10)
    [finding] = [row for row in findings(app) if row["title"] == "Chairs in dark green"]
    assert finding["kind"] == "need" and finding["customers"] == 1
    app.find("Chairs in dark green, said by 1 customer", "list item")
    app.wait(lambda: not list((app.data / "sample/feedback").glob("*.typed")), "nothing to lie there any more")
    assert names.find_nameless(app.root) == []


def test_taken_back(app):
    begin(app)
    app.key("4")
    app.type("Bells that ring")
    app.key("Return")
    app.toast("Kept: “Bells that ring”", "Undo")
    app.wait(lambda: not [row for row in findings(app) if row["title"] == "Bells that ring"], "it to be taken back")


def test_known_already(app):
    begin(app)
    app.key("1")
    app.type("Lamp flickers when it is dimmed")
    app.key("Return")
    app.toast("Kept:")
    before = len(findings(app))
    begin(app)
    app.key("1")
    app.type("dimmed lamp flick")
    app.wait(lambda: known(app) and known(app)[0].get_name().startswith("Lamp flickers"), "what is known already")
    app.key("Down", "Return")
    app.toast("Added to “Lamp flickers when it is dimmed”")
    assert len(findings(app)) == before
    assert [row["quotes"] for row in findings(app) if row["title"].startswith("Lamp flickers")] == [2]


def test_a_quote_is_selected(app):
    to_timeline(app)
    app.key("ctrl+a")
    begin(app)
    app.wait(lambda: typed(app, "What the customer said"), "the customer's words in the form")
    app.key("4")
    app.type("Friendly packing")
    app.key("Return")
    app.toast("Kept:")
    [finding] = [row for row in findings(app) if row["title"] == "Friendly packing"]
    [quote] = app.client("sample").get(f"/v1/findings/{finding['id']}")["quotes"]
    assert quote["text"] and quote["source"].startswith("e_") and quote["end"] > quote["start"]
    entries = app.client("sample").get(f"/v1/conversations/{quote['conv']}?limit=200")["timeline"]
    source = next(entry for entry in entries if entry["id"] == quote["source"])
    assert quote["text"].split()[0] in source["text"].encode()[quote["start"]:quote["end"]].decode()


def test_what_is_missing_is_said(app):
    begin(app)
    app.key("5", "Return")
    app.find("Say in one line what it is about.")
    app.type("Order form stops")
    app.key("Return")
    app.find("Say which page it was: its address, with https://")
    app.type("https://shop.example/order")
    app.key("Return")
    app.toast("Kept:")
    assert [row["url"] for row in findings(app) if row["title"] == "Order form stops"] == ["https://shop.example/order"]


def test_half_a_form_outlives_a_crash(app):
    begin(app)
    app.key("2")
    app.type("Where is the parcel number")
    folder = app.data / "sample/feedback"
    app.wait(lambda: any("Where is the parcel number" in draft.read_text() for draft in folder.glob("*.typed")), "the line on the disk")
    [draft] = folder.glob("*.typed")
    app.kill()
    app.options = ["--sample"]
    app.start()
    app.activate("open-conversation", draft.stem)
    app.find(contains="Reply to")
    begin(app)
    app.key("2", "Return")
    app.toast("Kept: “Where is the parcel number”")
    assert [row["kind"] for row in findings(app) if row["title"] == "Where is the parcel number"] == ["usability"]
    app.wait(lambda: list(folder.iterdir()) == [], "nothing to lie there any more")


def test_where_it_was_said(app):
    """From a finding in the pane to the customer's words, in whichever conversation they stand."""
    begin(app)
    app.key("1")
    app.type("voucher is refused")
    app.wait(lambda: known(app) and known(app)[0].get_name().startswith("Spring voucher"), "what the sample's customers said")
    app.key("Down", "Return")
    app.toast("Added to “Spring voucher")
    app.find(contains="Spring voucher is refused for most articles, said by", role_name="list item")
    begin(app)
    for _ in range(15):
        app.key("Tab")
        if app.focused() is not None and app.focused().get_name().startswith("Spring voucher is refused"):
            break
    app.key("Return")
    app.find(contains="Fault · Spring voucher is refused")
    assert app.look(contains="could not be found") is None
