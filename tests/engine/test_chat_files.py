# SPDX-License-Identifier: GPL-3.0-or-later
"""Files in a chat, both ways, also from who means no good."""

import io
import json
import socket
import struct
import urllib.parse
import uuid
import zipfile
import zlib

import pytest

import liaison
import webchat
from patience import PATIENCE_S
from webchat import ORIGIN, Visitor, wait_until_taken, wait_until_true

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
LIMIT = 10 * 1024 * 1024


def png(extra=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"") + extra


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.fixture
def shop(make_engine):
    engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    engine.client.command("channel.add", {"kind": "chat", "key": "shop", "origins": [ORIGIN]})
    wait_until_taken(lambda: Visitor(engine.chat))
    return engine


def send(visitor, name, content, cid=None, **headers):
    headers = {"Content-Type": "image/png", "Content-Disposition": f"attachment; filename*=UTF-8''{urllib.parse.quote(name, safe='')}", **headers}
    status, _, answer = visitor.raw("POST", f"/chat/v1/files?cid={cid or uuid.uuid4()}", content, headers=headers)
    answer = json.loads(answer)
    if status >= 400:
        raise liaison.Problem(status, answer)
    return answer


def refused(visitor, name, content, **headers):
    with pytest.raises(liaison.Problem) as caught:
        send(visitor, name, content, **headers)
    return caught.value.kind


def rows(engine):
    return engine.client.get("/v1/views/all/rows?limit=200")["rows"]


def entries(engine):
    row, = rows(engine)
    return engine.client.get(f"/v1/conversations/{row['id']}?limit=200")["timeline"]


def test_a_file_of_a_visitor(shop):
    visitor = Visitor(shop.chat)
    assert visitor.session["max_file"] == LIMIT
    picture = png()
    with visitor.connect() as page:
        answer = send(visitor, "Broken kettle.PNG", picture, cid="f1")
        assert (answer["cid"], answer["seq"]) == ("f1", 1)
        assert send(visitor, "Broken kettle.PNG", picture, cid="f1")["seq"] == 1  # the ack was lost
        event, = page.wait_for("events")["events"]
    assert (event["cid"], event["body"], event["files"]) == ("f1", "", [{"name": "Broken kettle.PNG", "type": "image/png", "size": len(picture)}])
    entry, = entries(shop)
    file, = entry["attachments"]
    assert (entry["kind"], entry["dir"], file["name"], file["type"], file["size"], file["dangerous"]) == (
        "chat", "in", "Broken kettle.PNG", "image/png", len(picture), False)
    assert shop.client.raw("GET", f"/v1/blobs/{file['blob']}")[2] == picture
    assert rows(shop)[0]["snippet"] == "Broken kettle.PNG"


def test_a_file_of_an_agent(shop):
    visitor, other = Visitor(shop.chat), Visitor(shop.chat)
    visitor.post("which screw?")
    other.post("hello")
    conversation = next(row["id"] for row in rows(shop) if row["snippet"] == "which screw?")
    uploads = [json.loads(shop.client.raw("PUT", "/v1/blobs", content)[2]) for content in (PDF, b"<html><script>alert(1)</script>")]
    files = [{"blob": upload["blob"], "name": name} for upload, name in zip(uploads, ("Größe.pdf", "page.html"))]
    shop.client.command("message.send", {"mode": "chat", "body": "", "attachments": files}, conv=conversation)
    event = visitor.events(since=1)["events"][0]
    assert [file["name"] for file in event["files"]] == ["Größe.pdf", "page.html"] and event["files"][0]["size"] == len(PDF)
    status, headers, content = visitor.raw("GET", "/chat/v1/files/2/0")
    assert (status, content, headers["Content-Type"]) == (200, PDF, "application/pdf")
    assert headers["Content-Disposition"].startswith("attachment") and urllib.parse.quote("Größe.pdf") in headers["Content-Disposition"]
    # Never a page of the chat's own address.
    status, headers, content = visitor.raw("GET", "/chat/v1/files/2/1")
    assert (headers["Content-Type"], headers["X-Content-Type-Options"], headers["Cross-Origin-Resource-Policy"]) == (
        "application/octet-stream", "nosniff", "same-origin")
    assert "sandbox" in headers["Content-Security-Policy"] and headers["Content-Disposition"].startswith("attachment")
    for who, path in [(other, "2/0"), (visitor, "2/2"), (visitor, "1/0"), (visitor, "2/0/0"), (visitor, "2"), (visitor, "-1/0"), (visitor, "x/0")]:
        assert who.raw("GET", f"/chat/v1/files/{path}")[0] == 404, path
    visitor.token = None
    assert visitor.raw("GET", "/chat/v1/files/2/0")[0] == 401


def test_an_agents_message_is_no_larger_than_a_mail(shop):
    Visitor(shop.chat).post("hello")
    conversation = rows(shop)[0]["id"]
    with pytest.raises(liaison.Problem) as caught:
        shop.client.command("message.send", {"mode": "chat", "body": "x", "attachments": [{"blob": "b_" + "0" * 64, "name": "x"}]}, conv=conversation)
    assert caught.value.kind == "validation"
    with pytest.raises(liaison.Problem) as caught:
        shop.client.command("message.send", {"mode": "chat", "body": " ", "attachments": []}, conv=conversation)
    assert caught.value.kind == "validation"


def test_what_is_not_taken(shop):
    for number, (name, content) in enumerate([("picture.png", archive("a.exe")), ("drawing.svg", b"\n  <svg onload='alert(1)'/>"), ("notes.txt", b"\xef\xbb\xbf \n<!-- " + b"x" * 2000 + b"--><script>"),
                          ("letter.docx", archive("run.exe")), ("run.exe", b"MZ\x90\0"), ("tool.png", b"#!/bin/sh\nrm -rf ~\n"),
                          ("sheet.xlsx", archive("[Content_Types].xml", "xl/vbaProject.bin")), ("x.webp", b"JUNK\0\0\0\0WEBP")]):
        visitor = Visitor(shop.chat, headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert refused(visitor, name, content) == "unsupported-media", name
    assert refused(visitor, "empty.txt", b"") == "validation"
    assert rows(shop) == []


def test_names_say_what_it_is(shop):
    visitor = Visitor(shop.chat)
    taken = [("../../etc/passwd", b"root\n"), ("C:\\fakepath\\a.png", png()), ("tomato.exe", png(b"MZ")), ("", PDF), ("\u202egnp.pdf", PDF), ("Brief.docx", archive("[Content_Types].xml"))]
    for name, content in taken:
        send(visitor, name, content, **{"Content-Type": "text/html"})
    names = [event["files"][0]["name"] for event in visitor.events()["events"]]
    assert names[:4] == ["passwd.txt", "a.png", "tomato.exe.png", "attachment.pdf"]
    assert "\u202e" not in names[4] and names[4].endswith(".pdf") and names[5] == "Brief.docx"


def test_size_and_number(shop):
    visitor, other = Visitor(shop.chat), Visitor(shop.chat)
    assert send(visitor, "a.txt", b"a" * LIMIT)["seq"] == 1
    with socket.create_connection(shop.chat, PATIENCE_S) as line:
        line.sendall((f"POST /chat/v1/files?cid=a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {visitor.token}\r\n"
                      f"Content-Length: {LIMIT + 1}\r\n\r\n").encode())
        assert b"413" in line.recv(4096)  # before a byte of it
    before = shop.memory_kb()
    with socket.create_connection(shop.chat, PATIENCE_S) as line:
        line.sendall(f"POST /chat/v1/files?cid=a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {visitor.token}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        said = b""
        try:
            for _ in range(12):
                line.sendall(b"100000\r\n" + b"a" * 0x100000 + b"\r\n")
            said = line.recv(4096)
        except ConnectionError:
            said = said or b"413"
        assert b"413" in said
    assert shop.memory_kb() - before < 8192
    for _ in range(9):
        send(visitor, "a.txt", b"a")
    assert refused(visitor, "a.txt", b"a") == "rate-limited"
    assert send(other, "a.txt", b"a")["seq"] == 1
    visitor.token = "lia_v_nobody"
    assert refused(visitor, "a.txt", b"a") == "unauthorized"


def test_cut_in_the_middle_and_many_at_once(shop):
    """Four of an address at once; a line that is cut leaves nothing, and makes room for the next."""
    visitor = Visitor(shop.chat)
    head = f"POST /chat/v1/files?cid=%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {visitor.token}\r\nContent-Length: 1000\r\n\r\n"
    lines = []

    def refused_now():
        line = socket.create_connection(shop.chat, PATIENCE_S)
        lines.append(line)  # who is not refused holds a place
        line.sendall((head % len(lines)).encode() + b"a" * 500)
        line.settimeout(0.2)
        try:
            return b"429" in line.recv(4096)
        except TimeoutError:
            return False

    wait_until_true(refused_now)
    assert len(lines) > 4
    for line in lines:
        line.close()

    def taken():
        try:
            return send(visitor, "a.txt", b"a")["seq"] == 1
        except liaison.Problem as problem:
            assert problem.kind == "rate-limited"
            return False

    wait_until_true(taken)
    assert len(visitor.events()["events"]) == 1


@pytest.mark.parametrize("place", ["blobs-before-rename", "chat-file-kept", "chat-file-written"])
def test_killed_between_file_and_ack(shop, place):
    """Whenever it dies, the visitor sends it again, and it is there once."""
    visitor = Visitor(shop.chat)
    visitor.post("hello")
    shop.stop()
    shop.env = {"LIAISON_CRASH_AT": place}
    shop.start()
    visitor.address = webchat.start(shop)
    with pytest.raises((OSError, webchat.http.client.HTTPException)):
        send(visitor, "a.png", png(), cid="f1")
    shop.process.wait(PATIENCE_S)
    shop.env = {}
    shop.start()
    visitor.address = webchat.start(shop)
    shop.client.sign_in()
    assert send(visitor, "a.png", png(), cid="f1")["seq"] == 2
    assert [len(event.get("files", [])) for event in visitor.events()["events"]] == [0, 1]
    file, = entries(shop)[-1]["attachments"]
    assert shop.client.raw("GET", f"/v1/blobs/{file['blob']}")[2] == png()
