# SPDX-License-Identifier: GPL-3.0-or-later
"""The library of canned responses, by keyboard alone: written, previewed, found, changed, its history, retired and back, imported and exported."""

import pytest

import names
from liaison_app import role, states, text_of, walk


class Library:
    """Its window, as a screen reader tells it."""

    def __init__(self, app):
        self.app = app
        app.wait(app.focused, "the keyboard")
        app.key("ctrl+b")
        self.frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "Responses"), None), "the library", 20)
        self.find("Search Responses", contains=True, roles=None)

    def look(self, name, roles=None, contains=False):
        for node in walk(self.frame):
            title = node.get_name() or ""
            if (title == name or (contains and name in title)) and "showing" in states(node) and (roles is None or role(node) in roles):
                return node
        return None

    def find(self, name, roles=None, contains=False, seconds=12):
        return self.app.wait(lambda: self.look(name, roles, contains), f"{name} in the library", seconds)

    def press(self, name, roles=None):
        node = self.find(name, roles)
        assert node.do_action(0), name
        return node

    def rows(self):
        return [node.get_name() for node in walk(self.frame) if role(node) == "list item" and "showing" in states(node) and node.get_name()]

    def focused(self):
        return next((node for node in walk(self.frame) if "focused" in states(node)), None)

    def tab_to(self, name, most=20):
        """As often as it takes; what is never reached cannot be used without a mouse."""
        for _ in range(most):
            node = self.focused()
            if node is not None and node.get_name() == name:
                return node
            self.app.key("Tab")
        raise AssertionError(f"{name} is not reached with Tab:\n{self.app.describe()}")


@pytest.fixture
def app(make_app):
    app = make_app()
    app.press("Look Around with Sample Data")
    app.find(contains="Sample", seconds=40)
    app.find(contains="My Work, ", seconds=30)
    return app


def responses(app):
    return {row["title"]: row for row in app.client("sample").get("/v1/responses?since=0&limit=200")["rows"]}


def test_written_found_changed_and_retired(app):
    library = Library(app)
    app.key("ctrl+n")
    app.wait(lambda: library.look("New Response", contains=True), "a new response")
    app.type("Wheel is trued")
    library.tab_to("Shortcut, typed after /")
    app.type("trued")
    body = library.tab_to("Text")
    app.type("Dear {{customer.first_name|customer}},\n")
    app.key("ctrl+space")
    library.find("What to insert", contains=True)
    app.type("number to fill")
    app.key("Return")
    app.wait(lambda: "{{ask \"How many\" number}}" in text_of(body), "the field in the text")
    app.wait(lambda: any("Dear Ann" in text_of(node) or "Dear Ann" in node.get_description() for node in walk(library.frame) if role(node) in ("text", "label")), "the preview")
    assert names.find_nameless(library.frame) == []
    app.key("ctrl+s")
    library.find("The response is saved", contains=True)
    assert responses(app)["Wheel is trued"]["variants"][0]["body"].startswith("Dear {{customer.first_name|customer}},\n{{ask")

    app.key("ctrl+f")
    app.type("wheel tru")
    app.wait(lambda: any(row.startswith("Wheel is trued") for row in library.rows()), "it to be found")
    app.key("Return", "Return")
    app.wait(lambda: "focused" in states(body), "the text to have the keyboard")
    app.key("ctrl+End")
    app.type("\n{{if}}")
    library.find("Line ", contains=True)
    app.key("BackSpace", "BackSpace", "BackSpace", "BackSpace", "BackSpace", "BackSpace")
    app.type("Kind regards")
    app.wait(lambda: library.look("Line ", contains=True) is None, "the mistake to be mended")
    app.key("ctrl+s")
    app.wait(lambda: responses(app)["Wheel is trued"]["ver"] == 2, "the second version")


def menu(library, *keys):
    """Of the response, by keyboard."""
    library.app.key("ctrl+m")
    library.app.wait(lambda: any(role(node) == "menu item" and "showing" in states(node) for node in walk(library.frame)), "the menu")
    for key in keys:
        library.app.key(key)


def test_history_retired_removed_and_back(app):
    library = Library(app)
    client = app.client("sample")
    made = client.command("response.save", {"response": {"title": "Inner tube", "scope": "team", "state": "reviewed", "variants": [{"body": "We have tubes."}]}})["d"]["response"]
    client.command("response.save", {"response": {"id": made, "title": "Inner tube", "scope": "team", "state": "reviewed", "variants": [{"body": "We have no tubes."}]}})
    app.key("ctrl+f")
    app.type("inner tube")
    app.wait(lambda: any(row.startswith("Inner tube") for row in library.rows()), "it to be found")
    app.key("Return", "Return")
    app.wait(lambda: any("We have no tubes." in text_of(node) for node in walk(library.frame) if role(node) == "text" and node.get_name() == "Text"), "its text")

    menu(library, "Return")
    library.find("Version 2")
    text = library.find("What this version changed", ("text",))
    app.wait(lambda: "Added: “no ”" in text.get_description(), "the words that are new")
    app.key("Down")
    app.wait(lambda: "We have tubes." in text_of(text) and "no" not in text_of(text), "the first version")
    library.press("Bring Back")
    library.find("The earlier version is back. Save it to keep it.", contains=True)
    app.key("ctrl+s")
    app.wait(lambda: responses(app)["Inner tube"]["variants"][0]["body"] == "We have tubes.", "the first version to be the third")

    menu(library, "r")
    app.wait(lambda: responses(app)["Inner tube"]["state"] == "retired", "it to be retired")
    library.press("Undo", ("button",))
    app.wait(lambda: responses(app)["Inner tube"]["state"] == "reviewed", "it to be back")
    menu(library, "r")
    app.wait(lambda: responses(app)["Inner tube"]["state"] == "retired", "it to be retired again")
    menu(library, "m")
    app.wait(lambda: "Inner tube" not in responses(app), "it to be gone")
    app.wait(lambda: [node for node in walk(library.frame) if node.get_name() == "Undo" and "showing" in states(node)], "the undo")
    library.press("Undo", ("button",))
    app.wait(lambda: responses(app).get("Inner tube", {}).get("state") == "retired", "it to be back, as it was")


def test_a_colleague_saved_meanwhile(app):
    library = Library(app)
    client = app.client("sample")
    made = client.command("response.save", {"response": {"title": "Inner tube", "scope": "team", "state": "reviewed", "variants": [{"body": "We have tubes."}]}})["d"]["response"]
    app.key("ctrl+f")
    app.type("inner tube")
    app.wait(lambda: any(row.startswith("Inner tube") for row in library.rows()), "it to be found")
    app.key("Return", "Return")
    library.tab_to("Text")
    app.key("ctrl+End")
    app.type(" In all sizes.")
    client.command("response.save", {"response": {"id": made, "title": "Inner tubes", "scope": "team", "state": "reviewed", "variants": [{"body": "We have tubes."}]}})
    library.find("A colleague saved this response meanwhile", contains=True)
    library.press("Compare…")
    library.find("Take Over")
    assert names.find_nameless(library.frame) == []
    # Theirs for the title, mine for the text
    library.tab_to("Title")
    app.key("Return")
    app.key("Down")
    app.key("Return")
    library.press("Take Over")
    app.wait(lambda: library.look("A colleague saved this response meanwhile", contains=True) is None, "the conflict to be over")
    app.key("ctrl+s")
    app.wait(lambda: "Inner tubes" in responses(app) and responses(app)["Inner tubes"]["variants"][0]["body"] == "We have tubes. In all sizes.", "both changes")


def test_imported_after_a_dry_run(app, tmp_path):
    library = Library(app)
    before = len(responses(app))
    table = tmp_path / "macros.csv"
    table.write_text("title,comment_value\n"
                     "Billing::Refund sent,\"Hi {{ticket.requester.first_name}},\nit is on its way.\"\n"
                     "Order,Order {{ticket.ticket_field_360}}\n"
                     "Empty,\n")
    for attempt in range(2):
        app.key("F10")
        app.key("i")
        app.wait(lambda: any(role(node) in ("file chooser", "dialog", "frame") and node.get_name() == "Import Responses" for node in walk(app.root)), "the file dialog")
        app.type(str(table))
        app.key("shift+End", "Delete", "Return")  # without what the file dialog completes
        library.find("Refund sent, New", contains=True) if attempt == 0 else library.find("Refund sent, Same", contains=True)
        if attempt == 0:
            assert len(responses(app)) == before  # nothing is written yet
            library.find("Empty, Not possible · Line 5, There is no text on line 5.", contains=True)
            library.find("It has become a field to fill in", contains=True)
            library.press("Import 2 Responses")
            library.find("2 responses imported", contains=True)
        app.key("Escape")
    rows = responses(app)
    assert len(rows) == before + 2
    assert rows["Refund sent"]["folder"] == "Billing" and rows["Order"]["state"] == "draft"


def test_what_is_typed_survives_a_crash(make_app, app):
    library = Library(app)
    app.key("ctrl+n")
    app.type("Half a response")
    app.wait(lambda: any("Half a response" in row for row in library.rows()), "it in the list")
    app.kill()
    app.start()
    app.press("Look Around with Sample Data")
    app.find(contains="My Work, ", seconds=40)
    library = Library(app)
    library.find("Half a response, not saved", contains=True)
