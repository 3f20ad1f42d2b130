# SPDX-License-Identifier: GPL-3.0-or-later
"""What could be better in the library of canned responses, by keyboard: found, followed, dismissed, and taken back."""

import sqlite3

import pytest

import names
from liaison_app import role, states, text_of, walk
from library import Library, responses

SAID = "Your money is on its way. It takes three days."
SENT = "Your money is on its way. It takes five days."
LAMP = "Press the small button behind the lamp for ten seconds until it blinks twice, and then connect it again to your network."


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


def save(client, title, body, **fields):
    return client.command("response.save", {"response": {"title": title, "scope": "team", "state": "reviewed", "variants": [{"language": "en", "body": body}], **fields}})["d"]["response"]


def use(client, response, sent=None):
    conversation = client.new_conversation()
    words = {"edited": True, "text": SAID, "sent": sent} if sent else {"edited": False}
    client.command("note.add", {"body": sent or SAID, "canned": [{"response": response, **words}]}, conv=conversation)


def learnt(client, kind):
    return client.get("/v1/responses/learning")[kind]


def open_suggestions(app):
    library = Library(app)
    library.find("Suggestions for the library, ", ("list item",), contains=True)
    app.wait(lambda: library.look("Suggestions for the library, 0") is None, "something to be suggested")
    app.key("ctrl+l")
    library.find("Suggestions for the Library")
    return library


def row_of(library):
    """Which row has the keyboard, or has the button that has it."""
    node = library.focused()
    while node is not None and role(node) != "list item":
        node = node.get_parent()
    return node


def go_to(library, start, most=60):
    """Down the rows, over the groups, once it is told."""
    library.app.wait(lambda: any((node.get_name() or "").startswith(start) for node in walk(library.frame) if role(node) == "list item"), start)
    for _ in range(most):
        node = row_of(library)
        if node is not None and node.get_name().startswith(start):
            return node
        library.app.key("Down")
    raise AssertionError(f"{start} is not reached:\n{library.app.describe()}")


def text_node(library):
    return next(node for node in walk(library.frame) if role(node) == "text" and node.get_name() == "Text")


def test_an_edit_is_taken(app):
    client = app.client("sample")
    made = save(client, "Refund on its way", SAID)
    for sent in (SENT, SENT, None, SENT):
        use(client, made, sent)
    library = open_suggestions(app)
    row = app.wait(lambda: row_of(library), "a row with the keyboard")
    assert row.get_name() == "Refund on its way. Edited here in 3 of the last 4 uses, 3 times in these words."
    assert row.get_description() == "“It takes three days.” becomes “It takes five days.”"
    assert names.find_nameless(library.frame) == []

    # Beside what it is; then back, and again.
    app.key("Return")
    changes = library.find("What changes in the response", ("text",))
    assert "Removed: “three”" in changes.get_description() and "Added: “five”" in changes.get_description()
    assert names.find_nameless(library.frame) == []
    app.key("Return")
    app.wait(lambda: text_of(text_node(library)) == SENT, "the edit in the text")
    app.toast("The edit is in the response. Save it to keep it.", "Undo")
    app.wait(lambda: text_of(text_node(library)) == SAID, "the text as it was")
    app.key("ctrl+l")
    go_to(library, "Refund on its way. ")
    app.key("Return")
    library.find("What changes in the response", ("text",))
    app.key("Return")
    app.wait(lambda: "focused" in states(text_node(library)), "the text to have the keyboard")
    app.key("ctrl+s")
    app.wait(lambda: responses(app)["Refund on its way"]["variants"][0]["body"] == SENT, "the second version")
    library.find("Sent 4 times · edited before sending 3 times (10 of 100 words) · the customer never wrote again")
    assert learnt(client, "edited") == []


def test_a_response_is_made(app):
    client = app.client("sample")
    first = learnt(client, "by_hand")[0]
    library = open_suggestions(app)
    row = app.wait(lambda: row_of(library), "a row with the keyboard")
    assert row.get_name().startswith(f"{first['subject']}. Written by hand to {first['count']} customers")
    app.key("Return")
    app.wait(lambda: "focused" in states(text_node(library)), "the text to have the keyboard")
    app.wait(lambda: learnt(client, "by_hand")[0]["key"] != first["key"], "it to be told no more")
    app.toast("Take out what is about one customer alone, then save it.", "Undo")
    app.wait(lambda: learnt(client, "by_hand")[0]["key"] == first["key"], "it to be told again")
    library.find("Choose a Response")

    app.key("ctrl+l")
    go_to(library, first["subject"])
    app.key("Return")
    app.wait(lambda: "focused" in states(text_node(library)), "the text to have the keyboard")
    app.key("ctrl+s")
    app.wait(lambda: first["subject"] in responses(app), "it to be saved")
    row = responses(app)[first["subject"]]
    assert (row["state"], row["scope"], row["variants"][0]["language"]) == ("draft", "team", "en")
    assert "{{customer." in row["variants"][0]["body"] and first["text"].split(",", 1)[1] in row["variants"][0]["body"]


def test_two_become_one(app):
    client = app.client("sample")
    kept = save(client, "Lamp does not connect", LAMP)
    other = save(client, "Lamp is offline", LAMP + " Bye.", shortcut="offline", tags=["lamp"])
    use(client, kept)
    library = open_suggestions(app)
    go_to(library, "“Lamp does not connect” and “Lamp is offline”. Of their wording ")
    app.key("Return")
    library.find("Merge Two Responses")
    library.find("“Lamp does not connect” is kept, and is found by the names of both. “Lamp is offline” is retired.")
    assert names.find_nameless(library.frame) == []
    library.tab_to("Merge")
    app.key("Return")
    app.wait(lambda: responses(app)["Lamp is offline"]["state"] == "retired", "one to be retired")
    row = responses(app)["Lamp does not connect"]
    assert (row["id"], row["shortcut"], row["tags"], row["aliases"]) == (kept, "offline", ["lamp"], ["Lamp is offline"])
    app.toast("“Lamp does not connect” and “Lamp is offline” are one", "Undo")
    app.wait(lambda: responses(app)["Lamp is offline"]["state"] == "reviewed" and responses(app)["Lamp does not connect"]["shortcut"] == "", "both as they were")
    assert responses(app)["Lamp is offline"]["id"] == other
    go_to(library, "“Lamp does not connect” and “Lamp is offline”. ")


def ninety_days_pass(app, response):
    """For one response: the engine's clock cannot be turned."""
    with sqlite3.connect(app.data / "sample/liaison.db", timeout=20) as database:
        database.execute("UPDATE response_rest SET since = 1700000000000 WHERE response_id = ?", (int(response[2:]),))
    database.close()


def test_retired_and_dismissed(app):
    client = app.client("sample")
    for title in ("Bells are sold out", "Winter opening hours"):
        ninety_days_pass(app, save(client, title, f"{title}, as we told you before."))
    library = open_suggestions(app)
    go_to(library, "Bells are sold out. Never sent since it was written, on 14 Nov 2023.")
    app.key("Return")
    app.wait(lambda: responses(app)["Bells are sold out"]["state"] == "retired", "it to be retired")
    # The keyboard is in what stands there now.
    app.wait(lambda: row_of(library).get_name().startswith("Winter opening hours"), "the keyboard in the next row")
    app.toast("“Bells are sold out” is not found any more", "Undo")
    app.wait(lambda: responses(app)["Bells are sold out"]["state"] == "reviewed", "it to be in use")
    ninety_days_pass(app, responses(app)["Bells are sold out"]["id"])

    go_to(library, "Winter opening hours")
    app.key("Tab", "Tab")
    assert library.focused().get_name() == "Dismiss: Winter opening hours"
    app.key("space")
    app.wait(lambda: [row["response"] for row in learnt(client, "unused")] == [responses(app)["Bells are sold out"]["id"]], "it to be dismissed")
    app.toast("The suggestion is dismissed", "Undo")
    app.wait(lambda: len(learnt(client, "unused")) == 2, "it to be told again")
    go_to(library, "Winter opening hours")
    app.key("Delete")
    app.wait(lambda: len(learnt(client, "unused")) == 1, "it to be dismissed again")
    app.key("Escape", "Escape")  # the first one takes the toast away
    app.wait(lambda: "focused" in states(library.find("Search Responses", contains=True, roles=None)), "the responses again")
