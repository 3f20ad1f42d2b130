# SPDX-License-Identifier: GPL-3.0-or-later
"""The library of canned responses, by keyboard alone: written, previewed, found, changed, its history, retired and back."""

import pytest

import names
from liaison_app import role, states, text_of, walk
from library import Library, menu, responses


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


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
    app.toast("The response is saved")
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
    app.toast("The earlier version is back. Save it to keep it.")
    app.key("ctrl+s")
    app.wait(lambda: responses(app)["Inner tube"]["variants"][0]["body"] == "We have tubes.", "the first version to be the third")

    menu(library, "r")
    app.wait(lambda: responses(app)["Inner tube"]["state"] == "retired", "it to be retired")
    app.toast("The response is not found any more", "Undo")
    app.wait(lambda: responses(app)["Inner tube"]["state"] == "reviewed", "it to be back")
    menu(library, "r")
    app.wait(lambda: responses(app)["Inner tube"]["state"] == "retired", "it to be retired again")
    menu(library, "m")
    app.wait(lambda: "Inner tube" not in responses(app), "it to be gone")
    app.toast("The response was removed", "Undo")
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


def test_what_is_typed_survives_a_crash(make_app, app):
    library = Library(app)
    app.key("ctrl+n")
    app.type("Half a response")
    app.wait(lambda: any("Half a response" in row for row in library.rows()), "it in the list")
    app.kill()
    app.start()
    app.press("Look Around with Sample Data")
    app.find(contains="My Work, ")
    library = Library(app)
    library.find("Half a response, not saved", contains=True)


def test_filtered_by_several(app):
    library = Library(app)
    everything = responses(app).values()
    deutsch = [row["title"] for row in everything if any(text["language"] == "de" for text in row["variants"]) and row["state"] != "retired"]
    folder = next(row["folder"].split("/")[0] for row in everything if row["title"] in deutsch and row["folder"])
    both = sorted(row["title"] for row in everything if row["title"] in deutsch and row["folder"].split("/")[0] == folder)
    assert both != sorted(deutsch)

    def put_on(name):
        for _ in range(30):
            node = library.focused()
            if node is not None and role(node) == "list item" and node.get_name().split(", ")[-1].rstrip("s").endswith("response"):
                break
            app.key("Tab")
        app.key("Home")
        for _ in range(60):
            if library.focused().get_name().startswith(name + ", "):
                break
            app.key("Down")
        app.key("Return")
        library.find(f"Only {name}; take away", ("button",))

    put_on("German")
    put_on(folder)
    library.find(f"{len(both)} response", contains=True)
    assert names.find_nameless(library.frame) == []
    app.wait(lambda: len([row for row in library.rows() if any(row.startswith(title) for title in both)]) == len(both), "what lies in both")

    # Within them is searched; when nothing is found, the filter that is in the way is named.
    app.key("ctrl+f")
    other = next(row["title"] for row in everything if row["state"] == "reviewed" and row["title"] not in deutsch and row["folder"].split("/")[0] == folder)
    app.type(other)
    library.find("Take Away “German”")
    library.press("Take Away “German”")
    app.wait(lambda: any(row.startswith(other) for row in library.rows()), "it to be found")
    app.key("ctrl+f", "ctrl+a", "BackSpace", "BackSpace")  # the last one takes the filter away
    app.wait(lambda: not any((node.get_name() or "").endswith("; take away") for node in walk(library.frame) if role(node) == "button" and "showing" in states(node)), "no filter")


def test_where_it_fits_and_what_it_does(app):
    library = Library(app)
    client = app.client("sample")
    queue = client.get("/v1/snapshot")["queues"][0]
    client.command("response.save", {"response": {"title": "Inner tube", "scope": "team", "state": "reviewed", "variants": [{"body": "We have tubes."}],
                                                  "actions": [{"kind": "assign", "value": "Workshop"}]}})
    app.key("ctrl+f")
    app.type("inner tube")
    app.wait(lambda: any(row.startswith("Inner tube") for row in library.rows()), "it to be found")
    app.key("Return", "Return")
    library.tab_to("Other names, and customers’ questions; with ; between them", most=30)
    app.key("Tab", "Tab", "Tab")
    assert library.focused().get_name().startswith("Review It Again On"), library.focused().get_name()
    app.type("31 January 2027")
    app.wait(lambda: library.look("Choose the Day") is not None, "the calendar's button")
    library.tab_to("Fits Best in These Queues", most=40)
    app.key("Return")
    library.tab_to(queue["name"])
    app.key("Return")
    library.tab_to("Products it is about, separated by commas", most=40)
    app.type("Mountain bike, Tube")
    library.tab_to("Count the Customer for the Issue (its Address)", most=40)
    app.type("https://issues.larkspur.example/7")
    app.key("ctrl+s")
    app.toast("The response is saved")
    row = responses(app)["Inner tube"]
    assert row["review_by"] == "2027-01-31T00:00:00.000Z" and row["queues"] == [queue["id"]] and row["products"] == ["Mountain bike", "Tube"]
    assert row["actions"] == [{"kind": "assign", "value": "Workshop"}, {"kind": "issue", "value": "https://issues.larkspur.example/7"}]
    assert names.find_nameless(library.frame) == []
