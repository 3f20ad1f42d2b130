# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a customer said to an issue in a tracker, by keyboard alone: set up, looked at, sent; linked instead of reported twice; and back by its link."""

import subprocess
import time

import pytest

import filing
import forge
import liaison_app
import names
from liaison_app import role, states, text_of, walk
from liaison_setup import picture


@pytest.fixture
def tracker():
    with forge.Forge() as tracker:
        yield tracker


@pytest.fixture
def app(make_app):
    app = make_app()
    app.open_sample()
    return app


@pytest.fixture
def client(app):
    return app.client("sample")


def set_up(client, tracker, **fields):
    d = {"kind": "forgejo", "name": "Shop", "url": tracker.url, "project": "shop/web", "near": True, "token": forge.KEY, **fields}
    return client.command("tracker.set", d)["d"]["tracker"]


def capture(client, title="The total is wrong", text="It is not what we agreed, write to ann.lee@example.com", files=None):
    conversation = client.get("/v1/views/all/rows?limit=1")["rows"][0]["id"]
    source = {"source": client.command("note.add", {"body": text, "attachments": files}, conv=conversation)["d"]["entry"]} if files else {}
    return client.command("finding.capture", {"kind": "bug", "title": title, "text": text, **source}, conv=conversation)["d"]["finding"]


def finding(client, number):
    return client.get(f"/v1/findings/{number}")["finding"]


def open_findings(app, title):
    app.wait(app.focused, "the keyboard")
    app.key("ctrl+shift+h")
    frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "Findings"), None), "the findings")
    app.type(title)
    app.wait(lambda: shows(frame, f"{title}, said by"), "what is searched for")
    return frame


def shows(root, text):
    return any(text in (node.get_name() or "") and "showing" in states(node) for node in walk(root))


def texts(app):
    return [text_of(node) for node in walk(app.root) if role(node) == "text" and "showing" in states(node)]


def send_from_findings(app, title):
    open_findings(app, title)
    app.press_by_key("Send to the Engineers")


def test_from_the_customers_words_to_the_issue(app, client, tracker):
    """What leaves is what was looked at, and no more."""
    set_up(client, tracker)
    began = time.monotonic()
    app.open_mail()
    app.key("ctrl+shift+f")
    app.find("What it is about, in one line", "text")
    app.key("1")
    app.type("Gift card is charged twice")
    app.key("Return")
    app.toast("Kept: “Gift card is charged twice”")
    captured = time.monotonic()
    send_from_findings(app, "Gift card is charged twice")
    app.find("Nothing like it was found there.")
    app.press_by_key("Create a New Issue")
    app.press_by_key("Send This")
    app.find("With the Engineers")
    app.find(contains="#1 · Gift card is charged twice")
    print(f"\nto the finding {captured - began:.1f} s, to the issue {time.monotonic() - began:.1f} s, by keyboard alone")
    [issue] = tracker.issues
    [row] = client.get("/v1/pushes")["rows"]
    assert (row["state"], row["title"], row["text"]) == ("filed", issue["title"], issue["body"])
    assert names.find_nameless(app.root) == []


def test_nothing_personal_leaves(app, client, tracker):
    """What is taken out is named, stays out, and leaves when somebody says so."""
    set_up(client, tracker)
    number = capture(client)
    send_from_findings(app, "The total is wrong")
    app.press_by_key("Create a New Issue")
    app.find(contains="E-mail address · leaves as [mail-1]")
    assert any("[mail-1]" in text for text in texts(app)) and not any("ann.lee" in text for text in texts(app))
    app.press_by_key("Let It Leave: ann.lee@example.com")
    app.find("Leaves as it is, because you said so")
    app.press_by_key("Keep It Here: ann.lee@example.com")
    app.find(contains="E-mail address · leaves as [mail-1]")
    app.press_by_key("Edit…")
    app.wait(lambda: app.focused().get_name() == "Title", "the title")
    app.key("ctrl+a")
    app.type("Total is wrong, says bob@example.org")
    app.press_by_key("Look at What Leaves")
    app.find("bob@example.org")
    app.press_by_key("Send This")
    app.wait(lambda: tracker.issues, "the issue")
    assert "[mail-" in tracker.issues[0]["title"].replace("\\", "") and "@" not in tracker.issues[0]["title"] + tracker.issues[0]["body"]
    app.wait(lambda: finding(client, number)["state"] == "linked", "that they have it")


def test_known_already(app, client, tracker):
    """Linking is the first choice: one key, and nothing is reported twice."""
    set_up(client, tracker)
    tracker.add("Weather is bad")
    tracker.add("Total of the invoice wrong since May")
    number = capture(client)
    send_from_findings(app, "The total is wrong")
    app.wait(lambda: "Total of the invoice" in (app.focused().get_name() or ""), "the keyboard on what is known")
    app.key("Return")
    app.find("Added to What the Engineers Know")
    assert [issue["key"] for issue in finding(client, number)["issues"]] == ["2"] and len(tracker.issues) == 2


def test_changed_meanwhile(app, client, tracker):
    """What was not looked at is not sent: it is shown anew, and said so."""
    to = set_up(client, tracker)
    capture(client)
    send_from_findings(app, "The total is wrong")
    app.press_by_key("Create a New Issue")
    app.wait(lambda: app.is_ready("Send This"), "the preview")
    client.command("tracker.set", {"tracker": to, "public": True})
    app.press_by_key("Send This")
    app.find(contains="Nothing was sent: something has changed since you looked.")
    assert tracker.issues == []
    app.press_by_key("Send This")
    app.wait(lambda: len(tracker.issues) == 1, "the issue")


def test_the_tracker_wants_to_wait(app, client, tracker):
    """Why, and what happens next, is said; nothing is lost when the window closes; one key tries again."""
    set_up(client, tracker)
    number = capture(client)
    tracker.answers.append((429, {"Retry-After": "300"}))
    send_from_findings(app, "The total is wrong")
    app.press_by_key("Create a New Issue")
    app.press_by_key("Send This")
    app.find("Waits to Be Sent")
    app.find(contains="It is tried again by itself:")
    app.key("Escape")
    app.wait(lambda: app.look("Waits to Be Sent") is not None, "it in the finding")
    assert finding(client, number)["push"]["state"] == "queued" and tracker.issues == []


def test_what_was_edited_is_there_again(app, client, tracker):
    set_up(client, tracker)
    capture(client)
    frame = open_findings(app, "The total is wrong")
    app.key("ctrl+Return")
    app.press_by_key("Create a New Issue")
    app.press_by_key("Edit…")
    app.wait(lambda: app.focused().get_name() == "Title", "the title")
    app.key("ctrl+a")
    app.type("Invoice total, wrong by a cent")
    app.wait(lambda: any("wrong by a cent" in draft.read_text() for draft in (app.data / "sample/issues").glob("*.issue")), "all of it on the disk")
    app.kill()
    app.options = ["--sample"]
    app.start()
    app.find(role_name="table cell", contains=",")
    send_from_findings(app, "The total is wrong")
    app.press_by_key("Create a New Issue")
    app.find(contains="Invoice total, wrong by a cent")
    app.press_by_key("Send This")
    app.wait(lambda: [issue["title"] for issue in tracker.issues] == ["Invoice total, wrong by a cent"], "the issue as it was written")
    app.wait(lambda: not list((app.data / "sample/issues").iterdir()), "nothing to lie there any more")


def enter(app, name, text):
    app.go_to(name)
    app.key("ctrl+a")
    app.type(text)


def test_set_up_in_the_preferences(app, client, tracker, tmp_path):
    """A wrong key is named with what to do; the right one is tested and kept."""
    app.wait(app.focused, "the keyboard")
    app.key("ctrl+comma")
    app.find("Trackers", "page tab").do_action(0)
    app.find("None is set up yet. What customers say is kept all the same.")
    app.press_by_key("Add an Issue Tracker…")
    app.press_by_key("Kind")
    app.key("Down", "Down", "Down", "Return")
    enter(app, "Address", tracker.url)
    enter(app, "Repository", "shop/web")
    enter(app, "Token", "another key")
    app.go_to("It Is in Our Own Network")
    app.key("space")
    app.press_by_key("An Issue Counts as Delivered When")
    app.key("Down", "Return")
    app.find(contains="Its milestone is closed, too")
    app.picture(tmp_path / "delivered.png")
    assert names.find_nameless(app.root) == []
    app.press_by_key("Test the Tracker")
    app.find("The Key Is Not Known There")
    assert client.get("/v1/snapshot")["trackers"] == [] and not app.is_ready("Save Anyway")
    app.key("Escape")
    enter(app, "Token", forge.KEY)
    app.press_by_key("Test the Tracker")
    app.find("It Works")
    app.find(contains="Liaison writes as “liaison” in “shop/web”.")
    app.press_by_key("Finish")
    app.find(contains="Forgejo, Gitea · shop/web")
    [kept] = client.get("/v1/snapshot")["trackers"]
    assert (kept["kind"], kept["project"], kept["near"], kept["public"], kept["by_release"]) == ("forgejo", "shop/web", True, False, True)
    app.press_by_key("Remove This Tracker")
    app.find(contains="Remove “shop/web")
    app.press_by_key("Remove")
    app.wait(lambda: client.get("/v1/snapshot")["trackers"] == [], "it to be gone")


def test_from_where_it_was_said(app, client, tracker):
    """The way to the engineers begins in the feedback pane, too; there stands what became of it, and of the file that was chosen."""
    set_up(client, tracker)
    number = capture(client, files=[{"blob": filing.upload(client, picture(), "image/png"), "name": "screen.png"}])
    [quote] = client.get(f"/v1/findings/{number}")["quotes"]
    app.activate("open-conversation", quote["conv"])
    app.find(contains="Reply to", seconds=30)
    app.key("ctrl+shift+f")
    app.find("What it is about, in one line", "text")
    app.find(contains="The total is wrong, said by", role_name="list item")
    app.press_by_key("Send to the Engineers")
    app.press_by_key("Create a New Issue")
    app.go_to("screen.png")
    app.key("space")
    app.find(contains="was taken out")
    app.press_by_key("Send This")
    app.find(contains="#1 · The total is wrong")
    app.find("Is there")
    assert [file["name"] for file in tracker.files] == ["screen.png"]
    app.key("Escape")
    app.find(contains="With the engineers · #1 · open")


def test_link_back_from_the_issue(app, client):
    """An issue has a link that opens its finding, as a link to a telephone number is opened."""
    number = capture(client, title="Bell rings twice")
    subprocess.run([liaison_app.TOP / "tools/run-app", liaison_app.BUILD, f"liaison:finding/{number.removeprefix('f_')}"], cwd=liaison_app.TOP, env=app.env, check=True, timeout=60)
    frame = app.wait(lambda: next((node for node in walk(app.root) if role(node) == "frame" and node.get_name() == "Findings"), None), "the findings", 20)
    app.wait(lambda: shows(frame, "Bell rings twice, said by 1 customer") and shows(frame, "They do not know of it yet."), "the finding")
