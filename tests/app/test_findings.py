# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of all findings, by keyboard alone: found, filtered, merged, parted, exported, and back to where it was said."""

import csv
import types

import pytest

import names
from liaison_app import role, states, text_of, walk
from library import choose


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


@pytest.fixture
def frame(app):
    app.wait(app.focused, "the keyboard")
    app.key("ctrl+shift+h")
    frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "Findings"), None), "the findings")
    app.wait(lambda: len(rows(frame)) >= 7, "the sample's findings")
    return frame


def rows(frame):
    return [node.get_name() for node in walk(frame) if role(node) == "list item" and "showing" in states(node) and "said by" in (node.get_name() or "")]


def shows(frame, text):
    return any(text in (node.get_name() or "") and "showing" in states(node) for node in walk(frame))


def test_found_and_back_to_where_it_was_said(app, frame):
    assert names.find_nameless(frame) == []
    app.type("voucher refused")
    app.wait(lambda: [row.split(",")[0] for row in rows(frame)] == ["Spring voucher is refused for most articles"], "what is searched for")
    app.wait(lambda: shows(frame, "What Customers Said"), "its quotes")
    app.key("Down")
    app.wait(lambda: (app.focused().get_name() or "").startswith("Spring voucher"), "the keyboard on it")
    app.key("Return")
    for _ in range(12):
        app.key("Tab")
        node = app.focused()
        if node is not None and any(parent.get_name() == "What Customers Said" for parent in parents(node)):
            break
    app.key("Return")
    app.find(contains="Fault · Spring voucher is refused")


def parents(node):
    while node is not None:
        yield node
        node = node.get_parent()


def test_what_is_said_now_is_there_now(app, frame):
    client = app.client("sample")
    conversation = client.get("/v1/views/all/rows?limit=1")["rows"][0]["id"]
    client.command("finding.capture", {"kind": "need", "title": "A bell that is louder", "text": "I cannot hear it"}, conv=conversation)
    app.wait(lambda: rows(frame)[0].startswith("A bell that is louder, said by 1 customer"), "what was said just now, first")
    app.type("nothing is called like this")
    app.wait(lambda: shows(frame, "Nothing Here"), "that there is nothing")
    app.key("ctrl+a", "Delete")
    app.wait(lambda: len(rows(frame)) >= 7, "all of them")


def findings(app, query=""):
    return {row["title"]: row for row in app.client("sample").get(f"/v1/findings{query}")["rows"]}


def search(app, frame, words, title):
    app.key("ctrl+f", "ctrl+a")
    app.type(words)
    app.wait(lambda: [row.split(",")[0] for row in rows(frame)] == [title], title)
    app.wait(lambda: shows(frame, "What Customers Said"), "its quotes")


def look(app, name, role_name=None):
    return next((node for node in walk(app.root) if node.get_name() == name and "showing" in states(node) and role_name in (None, role(node))), None)


VOUCHER, FORGETS = "Spring voucher is refused for most articles", "App forgets who is signed in"


def test_merged_and_taken_back(app, frame):
    """Ctrl+M, some words of the other one, Enter; Ctrl+Z."""
    before = findings(app)
    search(app, frame, "voucher refused", VOUCHER)
    app.key("ctrl+m")
    app.wait(lambda: look(app, "Search Another Finding"), "the question into which")
    assert names.find_nameless(app.root) == []
    app.key("Escape")
    app.wait(lambda: look(app, "Search Another Finding") is None, "the question to go")
    app.key("ctrl+m")
    app.wait(lambda: look(app, "Search Another Finding"), "the question again")
    app.type("forgets signed")
    app.wait(lambda: (found := look(app, "What It May Be")) is not None and [node.get_name().split(",")[0] for node in walk(found) if role(node) == "list item"][:1] == [FORGETS], "the other one")
    app.key("Return")
    app.toast(f"Merged into “{FORGETS}”")
    merged = findings(app)
    assert VOUCHER not in merged and merged[FORGETS]["quotes"] == before[VOUCHER]["quotes"] + before[FORGETS]["quotes"]
    app.key("ctrl+z")
    app.toast("It is as it was before")
    assert {title: row["quotes"] for title, row in findings(app).items()} == {title: row["quotes"] for title, row in before.items()}


def test_several_become_one(app, frame):
    """Shift+Down chooses another one; which most customers say stays, unless one chooses otherwise."""
    app.key("Down", "shift+Down", "shift+Down")
    app.wait(lambda: shows(frame, "3 Findings Chosen"), "three of them")
    chosen = [row.rsplit(", said by", 1)[0] for row in rows(frame)[:3]]
    before = findings(app)
    most = max(chosen, key=lambda title: before[title]["customers"])
    app.key("ctrl+m")
    app.wait(lambda: look(app, "Search Another Finding"), "the question which one stays")
    app.key("Return")
    app.toast("Merged into “")
    after = findings(app)
    [stays] = [title for title in chosen if title in after]
    assert after[stays]["quotes"] == sum(before[title]["quotes"] for title in chosen)
    assert before[stays]["customers"] == before[most]["customers"]
    app.key("ctrl+z")
    app.toast("It is as it was before")
    assert findings(app).keys() == before.keys()


def test_split_off_and_taken_back(app, frame):
    before = findings(app)
    search(app, frame, "voucher refused", VOUCHER)
    app.key("Down")
    for _ in range(14):
        app.key("Tab")
        node = app.focused()
        if node is not None and role(node) == "check box":
            break
    app.key("space")
    app.wait(lambda: look(app, "Split Off…", "button") or look(app, "Split Off…", "push button"), "what can be done with it")
    assert names.find_nameless(frame) == []
    app.key("ctrl+shift+m")
    app.wait(lambda: look(app, "What It Is about, in One Line", "text"), "the question what it is")
    app.key("ctrl+a")
    app.type("Voucher for shoes is refused")
    app.key("Return")
    app.toast("Split off: “Voucher for shoes is refused”")
    after = findings(app)
    assert after["Voucher for shoes is refused"]["quotes"] == 1 and after[VOUCHER]["quotes"] == before[VOUCHER]["quotes"] - 1
    app.key("ctrl+z")
    app.toast("It is as it was before")
    assert {title: row["quotes"] for title, row in findings(app).items()} == {title: row["quotes"] for title, row in before.items()}


def test_weighed_and_taken_back(app, frame):
    """How much it matters to a customer, from the menu beside what they said; Ctrl+Z."""
    search(app, frame, "voucher refused", VOUCHER)
    before = findings(app)[VOUCHER]["blocked"]
    app.key("Down")
    app.wait(lambda: look(app, "Matters", "toggle button"), "what they said")
    for _ in range(20):
        app.key("Tab")
        node = app.focused()
        if node is not None and node.get_name() == "Matters":
            break
    app.key("space")
    app.wait(lambda: (node := app.focused()) is not None and role(node) == "menu item", "what it may matter")
    assert names.find_nameless(frame) == []
    app.key("Down", "Down", "Return")
    app.toast("How much it matters to this customer is changed")
    assert findings(app)[VOUCHER]["blocked"] == before + 1
    app.key("ctrl+z")
    app.toast("It is as it was before")
    assert findings(app)[VOUCHER]["blocked"] == before


def test_renamed(app, frame):
    search(app, frame, "voucher refused", VOUCHER)
    app.key("ctrl+e")
    entry = app.wait(lambda: look(app, "What It Is about, in One Line", "text"), "the dialog")
    assert text_of(entry) == VOUCHER and names.find_nameless(app.root) == []
    app.key("ctrl+a")
    app.type("Vouchers are refused")
    app.key("Return")
    app.toast("The finding is changed")
    assert "Vouchers are refused" in findings(app)
    app.key("ctrl+z")
    app.toast("It is as it was before")
    assert VOUCHER in findings(app)


def test_exported(app, frame, tmp_path):
    """What is listed, in its order; what somebody wrote is no formula to a spreadsheet."""
    client = app.client("sample")
    conversation = client.get("/v1/views/all/rows?limit=1")["rows"][0]["id"]
    client.command("finding.capture", {"kind": "bug", "title": "=HYPERLINK(\"https://evil.example\")", "text": "so"}, conv=conversation)
    app.wait(lambda: rows(frame)[0].startswith("=HYPERLINK"), "it in the list")
    table = tmp_path / "findings.csv"
    choose(types.SimpleNamespace(app=app, frame=frame), "e", "Export Findings", table)
    app.toast("findings are exported")
    with table.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    there = client.get("/v1/findings?limit=200")["rows"]
    assert [row["id"] for row in written] == [row["id"] for row in there] and len(written) >= 8
    assert written[0]["title"] == "'=HYPERLINK(\"https://evil.example\")"
    assert [int(row["customers"]) for row in written] == [row["customers"] for row in there]


def test_pages_that_cause_contacts(app, frame):
    app.wait(app.focused, "the keyboard")
    app.key("shift+Tab")
    app.wait(lambda: app.focused() is not None and app.focused().get_name() in ("Findings", "Failing Pages"), "the lists")
    app.key("Right", "space")
    page = "https://larkspur.example/contact"
    app.wait(lambda: look(app, "Pages That Cause Contacts"), "the pages")
    [row] = app.wait(lambda: [node.get_name() for node in walk(frame) if role(node) == "list item" and "showing" in states(node) and page in (node.get_name() or "")], page)
    assert "contact" in row and "customer" in row and "1 finding" in row
    assert names.find_nameless(frame) == []
    app.key("Tab")
    if page not in (app.focused().get_name() or ""):
        app.key("Tab")
    app.key("Return")
    app.wait(lambda: [row.split(",")[0] for row in rows(frame)] == ["Opening hours are missing on the phone"], "what is said of it")
    for _ in range(12):
        app.key("Tab")
        if app.focused() is not None and role(app.focused()) == "button" and any(page == (below.get_name() or "") for below in walk(app.focused())):
            break
    app.key("Return")
    app.wait(lambda: len(rows(frame)) >= 7, "all of them again")
