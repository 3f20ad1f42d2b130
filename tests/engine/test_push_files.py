# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that go to a real Redmine with a finding: exactly those that were looked at, once each, whatever happens on the way."""

import hashlib
import http.client

import gi
import pytest

import mailstack
import tracker
from filing import capture, hurry, ledger, preview, push, refuse, set_up, upload, wait_for, wait_until

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

pytestmark = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


@pytest.fixture
def line():
    with tracker.BadLine() as line:
        yield line


def picture(kind="jpeg"):
    """A small image as a camera makes it: with where it was taken."""
    pixbuf = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 32, 20)
    pixbuf.fill(0x3366CCFF)
    if kind == "png":
        return pixbuf.save_to_bufferv("png", ["tEXt::Author"], ["Ann Lee"])[1]
    plain = pixbuf.save_to_bufferv("jpeg", ["quality"], ["90"])[1]
    gps = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 52.5163 N 13.3777 E"
    return plain[:2] + b"\xff\xe1" + (len(gps) + 2).to_bytes(2, "big") + gps + plain[2:]


def pixels(content):
    loader = GdkPixbuf.PixbufLoader()
    loader.write(content)
    loader.close()
    return loader.get_pixbuf().get_pixels(), loader.get_pixbuf().get_option("orientation")


def there(marker):
    """The files of the one issue with the marker, by name."""
    [issue] = tracker.with_marker(marker)
    return {file["filename"]: file for file in tracker.redmine("GET", f"/issues/{issue['id']}.json?include=attachments")["issue"]["attachments"]}


def download(file):
    connection = http.client.HTTPConnection("127.0.0.1", mailstack.ports()["REDMINE"], timeout=30)
    connection.request("GET", f"/attachments/download/{file['id']}", headers={"X-Redmine-API-Key": tracker.ENGINEER})
    content = connection.getresponse().read()
    connection.close()
    return content


def test_what_was_looked_at_goes_along(client):
    to = set_up(client)
    finding = capture(client)
    camera, screen = picture(), picture("png")
    files = [{"blob": upload(client, camera), "name": "Ann Lee.jpg"}, {"blob": upload(client, screen), "name": "screen ä.png"},
             {"blob": upload(client, b"%PDF-1.4 x"), "name": "a.pdf"}, {"blob": upload(client, b"once"), "name": "screen ä.png"}]
    shown = preview(client, finding, to, files=files)
    assert [(file["name"], file["metadata"], file["problem"]) for file in shown["sent_files"]] == [
        ("-customer-1-.jpg", "stripped", ""), ("screen ä.png", "stripped", ""), ("a.pdf", "stays", ""), ("screen ä-2.png", "stays", "")]
    lines = [to, shown["sent_title"], shown["sent_text"], *(f"{file['blob']} {file['type']} {file['name']}" for file in shown["sent_files"])]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == shown["hash"]
    push(client, finding, to, shown)
    last = wait_for(client, finding, "filed")
    assert last["problem"] == "" and [(file["blob"], file["there"]) for file in last["files"]] == [(file["blob"], True) for file in shown["sent_files"]]

    found = there(shown["marker"])
    assert sorted(found) == sorted(file["name"] for file in shown["sent_files"])
    for file in shown["sent_files"]:
        content = download(found[file["name"]])
        assert "b_" + hashlib.sha256(content).hexdigest() == file["blob"] and len(content) == file["size"]
    bare = download(found["-customer-1-.jpg"])
    assert b"GPS" not in bare and pixels(bare) == pixels(camera) and pixels(bare)[1] == "6"
    bare = download(found["screen ä.png"])
    assert b"Ann" not in bare and pixels(bare) == pixels(screen)


def test_files_of_what_was_said_are_offered(client):
    conversation = client.new_conversation()
    blob = upload(client, b"what was seen", "text/plain")
    entry = client.command("note.add", {"body": "see there", "attachments": [{"blob": blob, "name": "log.txt"}]}, conv=conversation)["d"]["entry"]
    finding = capture(client, conversation=conversation, source=entry, text="see there")
    shown = preview(client, finding, set_up(client))
    assert [(file["blob"], file["name"]) for file in shown["offered"]] == [(blob, "log.txt")] and shown["files"] == [] == shown["sent_files"]


def test_what_cannot_go_there_is_said_before(client):
    finding = capture(client)
    large, empty = ({"blob": upload(client, content), "name": "a.txt"} for content in (b"x" * 3000, b""))
    small = set_up(client, max_file=2000)
    github = set_up(client, at="https://github.com", kind="github", project="shop/web", near=False)
    for to, file, words in ((small, large, "larger than 2.0\u00a0KiB"), (small, empty, "empty"), (github, large, "in a browser")):
        shown = preview(client, finding, to, files=[file])
        assert words in shown["sent_files"][0]["problem"]
        assert refuse("validation", push, client, finding, to, shown)["errors"][0]["pointer"] == "/d/files/0"
    refuse("validation", preview, client, finding, small, files=[{"blob": "b_" + "0" * 64, "name": "a"}])
    refuse("validation", preview, client, finding, small, files=[{"blob": "../x", "name": "a"}])
    refuse("validation", preview, client, finding, small, files=[large] * 11)
    assert ledger(client, finding) == []


def test_other_files_are_not_what_was_looked_at(client):
    to = set_up(client)
    finding = capture(client)
    one, other = ({"blob": upload(client, content), "name": "a.txt"} for content in (b"one", b"other"))
    shown = preview(client, finding, to, files=[one])
    for files in ([], [other], [one, other], [{**one, "name": "b.txt"}]):
        refuse("version-conflict", push, client, finding, to, shown, files=files)
    push(client, finding, to, shown)
    wait_for(client, finding, "filed")
    assert list(there(shown["marker"])) == ["a.txt"]


@pytest.mark.parametrize("lost", [("POST", "/uploads.json"), ("PUT", "/issues/")])
def test_lost_file_is_sent_again(client, line, lost):
    """The issue is known at once; the file follows, to the same issue."""
    to = set_up(client, at=line.url)
    finding = capture(client)
    line.faults += [(*lost, "drop"), (*lost, 503)]
    shown = preview(client, finding, to, files=[{"blob": upload(client, name.encode()), "name": name} for name in ("a.txt", "b.txt")])
    pushed = push(client, finding, to, shown)
    last = wait_until(lambda: next((row for row in ledger(client, finding) if row["state"] == "attaching" and row["problem"]), None))
    assert last["issue"] and client.get(f"/v1/findings/{finding}")["finding"]["state"] == "linked"
    assert [finding_issue["id"] for finding_issue in client.get(f"/v1/findings/{finding}")["finding"]["issues"]] == [last["issue"]]

    def sent_now():
        rows = ledger(client, finding)
        if rows[0]["state"] == "attaching":
            hurry(client, pushed)
        return rows[0]["state"] == "filed"

    wait_until(sent_now)
    assert sorted(there(shown["marker"])) == ["a.txt", "b.txt"] and not line.faults
    assert ledger(client, finding)[0]["problem"] == ""


def test_refused_file_is_said_and_tried_again_by_hand(client, line):
    to = set_up(client, at=line.url)
    finding = capture(client)
    line.faults.append(("POST", "/uploads.json", 422))
    shown = preview(client, finding, to, files=[{"blob": upload(client, name.encode()), "name": name} for name in ("a.txt", "b.txt")])
    pushed = push(client, finding, to, shown)
    last = wait_for(client, finding, "filed")
    assert "“a.txt” is not there" in last["problem"] and [file["there"] for file in last["files"]] == [False, True]
    client.command("push.retry", {"push": pushed})
    wait_until(lambda: (ledger(client, finding)[0]["state"], ledger(client, finding)[0]["problem"]) == ("filed", ""))
    assert sorted(there(shown["marker"])) == ["a.txt", "b.txt"]
    refuse("version-conflict", client.command, "push.retry", {"push": pushed})


def test_killed_while_a_file_is_on_its_way(make_engine):
    engine = make_engine(env={"LIAISON_CRASH_AT": "push-attached"})
    client = engine.sign_in() and engine.client
    to = set_up(client)
    finding = capture(client)
    shown = preview(client, finding, to, files=[{"blob": upload(client, b"once"), "name": "a.txt"}])
    push(client, finding, to, shown)
    engine.process.wait(60)
    engine.env.clear()
    engine.start()
    wait_for(client, finding, "filed")
    assert list(there(shown["marker"])) == ["a.txt"]


def test_refused_by_who_takes_no_files_any_more(client):
    to = set_up(client)
    finding = capture(client)
    shown = preview(client, finding, to, files=[{"blob": upload(client, b"x" * 3000), "name": "a.txt"}])
    client.command("tracker.set", {"tracker": to, "max_file": 2000})
    refuse("validation", push, client, finding, to, shown)
