# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page of a site loads: its size, its headers, and for whom it is."""

import gzip
import http.client
import json
import pathlib
import re

import pytest

import webchat
from patience import PATIENCE_S
from webchat import ORIGIN, Visitor

WEB = pathlib.Path(__file__).resolve().parents[2] / "data/web"
LOADER = "/chat/widget/loader.js?site=shop"
FRAME = "/chat/widget/frame?site=shop"


@pytest.fixture
def shop(make_engine):
    engine = make_engine(extra=["--chat", "127.0.0.1:0"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    engine.site = engine.client.command("channel.add", {"kind": "chat", "key": "shop", "name": "Tea & </script> more", "color": "#123456",
                                                        "origins": [ORIGIN, "https://www.shop.example"]})["d"]["channel"]
    webchat.wait_until_true(lambda: get(engine, LOADER)[0] == 200)
    return engine


def get(engine, path, **headers):
    connection = http.client.HTTPConnection(*engine.chat, timeout=PATIENCE_S)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def files_of(engine):
    _, _, page = get(engine, FRAME)
    return re.findall(r'"(/chat/widget/files/[^"]+)"', page.decode())


def settings_of(script):
    return json.loads(script.decode().rsplit("})(", 1)[1].removesuffix(");\n"))


def served(engine, name):
    return get(engine, files_of(engine)[0].rsplit("/", 1)[0] + "/" + name)[2]


def test_it_is_small(shop):
    _, _, loader = get(shop, LOADER)
    assert len(gzip.compress(loader, 9)) <= 3072 + 512  # with the words of all languages
    assert len(gzip.compress(loader.rsplit(b"})(", 1)[0], 9)) <= 3000
    names = [path.name for path in WEB.iterdir() if path.suffix in (".css", ".js") and path.name != "loader.js"]
    # Sites with self-service load the one, visitors to whom a call is offered, or who have asked for one, the other.
    later = {part: [name for name in names if name.startswith(part + ".")] for part in ("find", "call")}
    names = sorted(set(names).difference(*later.values()))
    assert len(names) >= 7
    for part, files in later.items():
        assert len(files) == 2 and sum(len(gzip.compress(served(shop, name), 9)) for name in files) <= 2000, part
    whole = [loader, get(shop, FRAME)[2], *(served(shop, name) for name in names)]
    assert sum(len(gzip.compress(part, 9)) for part in whole) <= 20000


def test_comments_stay_at_home(shop):
    for path in WEB.glob("*.js"):
        script = get(shop, LOADER)[2] if path.name == "loader.js" else served(shop, path.name)
        lines = script.decode().splitlines()
        if path.name == "loader.js":
            assert lines.pop(0).startswith("// SPDX")
        assert not any(line.startswith(("//", "/*", " ")) for line in lines), path.name
        code = [line.strip().split("; // ")[0] + ";" * ("; // " in line) for line in path.read_text().splitlines() if not line.strip().startswith(("//", "/*", "*")) and line.strip()]
        assert "\n".join(lines).startswith("\n".join(code)), path.name


def test_the_loader_has_the_settings(shop):
    status, headers, script = get(shop, LOADER)
    assert status == 200 and headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=300" and headers["X-Content-Type-Options"] == "nosniff"
    settings = settings_of(script)
    assert (settings["key"], settings["color"]) == ("shop", "#123456")
    assert list(settings["words"])[0] == "en" and settings["words"]["ar"]["dir"] == "rtl"
    status, headers, body = get(shop, LOADER, If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")

    shop.client.command("channel.update", {"channel": shop.site, "languages": ["de", "xx"], "color": ""})
    webchat.wait_until_true(lambda: list(settings_of(get(shop, LOADER)[2])["words"]) == ["de"])
    assert get(shop, LOADER.replace("shop", "other"))[0] == 404


def test_the_frame_is_for_the_site_alone(shop):
    status, headers, page = get(shop, FRAME + "&lang=ar")
    assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8" and headers["Cache-Control"] == "no-cache"
    policy = headers["Content-Security-Policy"]
    assert f"frame-ancestors {ORIGIN} https://www.shop.example" in policy and "default-src 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy
    assert b'<html lang="ar" dir="rtl">' in page and page.count(b"</script>") == 2 and b"Tea &amp; &lt;/script&gt; more" in page
    assert b'<html lang="en" dir="ltr">' in get(shop, FRAME + "&lang=../../sql")[2]
    assert b"@" not in page and b" style=" not in page


def test_files_are_kept_for_ever_by_their_version(shop):
    files = files_of(shop)
    assert {path.rsplit("/", 1)[1] for path in files} == {"frame.css", "frame.js"}
    for path in files:
        status, headers, body = get(shop, path)
        assert status == 200 and "immutable" in headers["Cache-Control"] and headers["X-Content-Type-Options"] == "nosniff"
        assert path.endswith(".js") or body.decode().split() == re.sub(r"^/\*.*\*/$", "", (WEB / "frame.css").read_text(), flags=re.M).split()
        assert get(shop, path.replace("files/", "files/0"))[1]["Cache-Control"] == "no-cache"
    for wrong in ("frame.html", "../loader.js", "words/en.json", "nothing.js", "", "x/frame.js"):
        assert get(shop, files[0].rsplit("/", 1)[0] + "/" + wrong)[0] == 404, wrong


def test_every_language_says_everything():
    tables = {path.stem: json.loads(path.read_text()) for path in (WEB / "words").iterdir()}
    for language, table in tables.items():
        for part in ("loader", "frame", "find", "call", "mail"):
            assert list(table[part]) == list(tables["en"][part]), language
            for name, words in table[part].items():
                assert re.findall("%[sd]", words) == re.findall("%[sd]", tables["en"][part][name]), (language, name)
    used = set(re.findall(r'(?:say|tell)\("(\w+)"', "".join(path.read_text() for path in WEB.glob("*.js"))))
    used |= set(re.findall(r'data-(?:word|label|hint)="(\w+)"', (WEB / "frame.html").read_text()))
    assert used <= set(tables["en"]["frame"]) | set(tables["en"]["find"]) | set(tables["en"]["call"])


def test_our_own_page_may_speak(shop):
    host, port = shop.chat
    visitor = Visitor(shop.chat, origin=f"http://{host}:{port}")
    with visitor.connect() as page:
        assert page.ack(page.say("from the panel")) == 1
    with pytest.raises(Exception, match="HTTP 403"):
        visitor.connect(origin="https://evil.example")
