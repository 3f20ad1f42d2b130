# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of canned responses in the library window: looked at before anything is written, imported, taken back, exported, and changed outside."""

import json

import pytest

import names
from liaison_app import states, walk
from library import Library, choose, responses


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


def look_at(library, path):
    choose(library, "i", "Import Responses", path)


def test_imported_after_a_dry_run_and_taken_back(app, tmp_path):
    library = Library(app)
    before = responses(app)
    table = tmp_path / "macros.csv"
    table.write_text("title,comment_value\n"
                     "Billing::Refund sent,\"Hi {{ticket.requester.first_name}},\nit is on its way.\"\n"
                     "Order,Order {{ticket.ticket_field_360}}\n"
                     "Empty,\n")
    look_at(library, table)
    library.find("Refund sent, New", contains=True)
    assert responses(app) == before  # nothing is written yet
    library.find("Empty, Not possible · Line 5, There is no text on line 5.", contains=True)
    library.find("It has become a field to fill in", contains=True)
    assert names.find_nameless(library.frame) == []
    library.press("Import 2 Responses")
    library.find("2 new, 1 skipped")
    rows = responses(app)
    assert len(rows) == len(before) + 2
    assert rows["Refund sent"]["folder"] == "Billing" and rows["Order"]["state"] == "draft"
    app.key("Escape")

    look_at(library, table)
    library.find("Refund sent, Same", contains=True)
    library.find("Nothing would change")
    app.key("Escape")

    # Also later: the menu knows the last import.
    app.key("F10", "l")
    library.find("2 new, 1 skipped")
    library.press("Undo Import")
    library.find("2 taken back")
    app.wait(lambda: responses(app).keys() == before.keys(), "the responses to be as before")


def test_exported_changed_and_imported(app, tmp_path):
    library = Library(app)
    before = responses(app)
    name = next(title for title, row in before.items() if row["state"] == "reviewed")
    for key, file in (("e", tmp_path / "all.csv"), ("j", tmp_path / "all.json")):
        choose(library, key, "Export Responses", file)
        app.wait(file.exists, f"{file.name} to be written")
        look_at(library, file)
        library.find("Nothing would change")
        app.key("Escape")

    table = json.loads((tmp_path / "all.json").read_text())
    next(row for row in table["responses"] if row["title"] == name)["tags"] = ["changed outside"]
    (tmp_path / "all.json").write_text(json.dumps(table))
    look_at(library, tmp_path / "all.json")
    library.find(f"{name}, Changed", contains=True)
    library.press("Import 1 Response")
    library.find("1 changed, ", contains=True)
    assert responses(app)[name]["tags"] == ["changed outside"]
    library.press("Undo Import")
    library.find("1 taken back")
    assert responses(app)[name]["tags"] == before[name]["tags"]


def test_a_folder_that_somebody_edits(app, tmp_path):
    library = Library(app)
    before = responses(app)
    folder = tmp_path / "pages"
    folder.mkdir()
    choose(library, "g", "Export Responses", folder)
    app.toast("The responses are exported")
    pages = sorted(folder.rglob("*.txt"))
    assert len(pages) == len(before)
    page = pages[0]
    title = next(line.removeprefix("title: ") for line in page.read_text().splitlines() if line.startswith("title: "))
    page.write_text(page.read_text().rstrip("\n") + "\nWritten outside.\n")
    (folder / "notes.txt").write_text("Nothing of ours")

    choose(library, "f", "Import a Folder of Responses", folder)
    library.find(f"{title}, Changed", contains=True)
    library.find("notes.txt", contains=True)
    library.press("Import 1 Response")
    library.find("1 changed, ", contains=True)
    assert any("Written outside." in variant["body"] for variant in responses(app)[title]["variants"])
    assert {other: row["ver"] for other, row in responses(app).items() if other != title} == {other: row["ver"] for other, row in before.items() if other != title}


WRONG = {
    "picture.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "The first line has to name the columns"),
    "empty.csv": (b"", "The file is empty."),
    "words.json": (b'{"responses": [\n{"title": "Fine"},\n{"title": }\n]}', "What stands on line 3 is no JSON"),
    "half.json": (b'{"responses": [{"title": "Half', "The file cannot be read as JSON"),
    "columns.csv": (b"title,text\nFine,Text\n\"Never closed,Text\n", "line 3"),
}


def test_wrong_files(app, tmp_path):
    library = Library(app)
    before = responses(app)
    for name, (content, words) in WRONG.items():
        (tmp_path / name).write_bytes(content)
        look_at(library, tmp_path / name)
        app.wait(lambda: any(words.lower() in (node.get_name() or "").lower() for node in walk(library.frame) if "showing" in states(node)), f"“{words}”")
        app.key("Escape")
        app.wait(lambda: library.look("Not possible", contains=True) is None, "the report to go")
    assert responses(app) == before
