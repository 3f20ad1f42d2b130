# SPDX-License-Identifier: GPL-3.0-or-later
"""Issue trackers as they are set up: kept, tried, taken away; their keys are where passwords are."""

import json
import sqlite3

import pytest

import liaison
import tracker

SHOP = {"kind": "redmine", "name": "Shop", "url": "https://redmine.example.org", "project": "shop"}
needs_redmine = pytest.mark.skipif(not tracker.running(), reason="no Redmine: ./dev stack up")


def refuse(problem_kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == problem_kind, problem.value
    return problem.value.body


def set_up(client, **fields):
    return client.command("tracker.set", {**SHOP, "token": "the-key-of-the-tracker", **fields})["d"]["tracker"]


def trackers(client):
    return client.get("/v1/snapshot")["trackers"]


def test_set_up(client, engine):
    products = [{"product": "Invoices", "component": "Billing"}]
    with client.stream() as stream:
        made = set_up(client, forms={"bug": "{{quotes}}"}, products=products, public=True)
        event = next(event for event in stream.events() if event["k"] == "tracker.changed")
    [there] = trackers(client)
    assert event["d"]["tracker"]["id"] == there["id"] == made
    assert {name: there[name] for name in SHOP} == SHOP
    assert (there["forms"], there["products"], there["public"], there["near"], there["dialect"], there["ver"]) == ({"bug": "{{quotes}}"}, products, True, False, "gfm", 1)
    assert "the-key-of-the-tracker" in engine.credentials.read_text()


def test_key_stays_inside(client, engine):
    set_up(client)
    engine.stop()
    assert b"the-key-of-the-tracker" not in b"".join(file.read_bytes() for file in engine.data.rglob("*") if file.is_file())
    engine.start()
    assert "secret" not in trackers(client)[0] and "token" not in json.dumps(trackers(client))


def test_changed_and_removed(client, engine):
    made = set_up(client, products=[{"product": "Invoices"}])
    assert client.command("tracker.set", {"tracker": made, "name": "Web shop"})["d"]["tracker"] == made
    [there] = trackers(client)
    assert (there["name"], there["ver"], there["project"], there["products"]) == ("Web shop", 2, "shop", [{"product": "Invoices", "component": ""}])
    assert "the-key-of-the-tracker" in engine.credentials.read_text()
    with client.stream() as stream:
        client.command("tracker.remove", {"tracker": made})
        assert next(event for event in stream.events() if event["k"] == "tracker.removed")["d"] == {"tracker": made}
    assert trackers(client) == []
    refuse("not-found", client.command, "tracker.set", {"tracker": made, "name": "x"})
    refuse("not-found", client.command, "tracker.remove", {"tracker": made})


def test_a_key_is_not_sent_elsewhere(client):
    made = set_up(client)
    problem = refuse("validation", client.command, "tracker.set", {"tracker": made, "url": "https://elsewhere.example.org"})
    assert problem["errors"][0]["pointer"] == "/d/token" and trackers(client)[0]["url"] == SHOP["url"]
    refuse("validation", client.command, "tracker.test", {"tracker": made, "url": "https://elsewhere.example.org"})
    client.command("tracker.set", {"tracker": made, "url": SHOP["url"] + "/below"})
    client.command("tracker.set", {"tracker": made, "url": "https://elsewhere.example.org", "token": "other"})
    assert trackers(client)[0]["url"] == "https://elsewhere.example.org"


@pytest.mark.parametrize("fields, pointer", [
    ({"kind": "post-it"}, "/kind"), ({"url": ""}, "/url"), ({"url": "redmine.example.org"}, "/url"), ({"url": "http://redmine.example.org"}, "/url"),
    ({"url": "https://me:secret@redmine.example.org"}, "/url"), ({"url": "file:///etc/passwd"}, "/url"), ({"project": ""}, "/project"), ({"dialect": "jira"}, "/dialect"),
    ({"token": ""}, "/token"), ({"ca": "x" * 65537}, "/ca"), ({"products": [{}]}, "/products/0/product"), ({"forms": {"bug": 1}}, "/forms/bug"), ({"forms": {"need": "{{quotes}} of {{nobody}}"}}, "/forms/need"),
])
def test_refused(client, fields, pointer):
    problem = refuse("validation", set_up, client, **fields)
    assert problem["errors"][0]["pointer"] == f"/d{pointer}"
    assert trackers(client) == []


def test_for_administrators(colleague):
    for name in ("set", "test"):
        refuse("forbidden", colleague.command, f"tracker.{name}", {**SHOP, "token": "x"})
    refuse("forbidden", colleague.command, "tracker.remove", {"tracker": "t_1"})


def test_near_only_when_somebody_vouches(client):
    answer = client.command("tracker.test", {**SHOP, "url": "https://127.0.0.1:1", "token": "x"})["d"]
    assert (answer["ok"], answer["code"]) == (False, "invalid") and "private network" in answer["detail"]
    answer = client.command("tracker.test", {**SHOP, "url": "http://127.0.0.1:1", "token": "x", "near": True})["d"]
    assert (answer["ok"], answer["code"]) == (False, "unavailable")


def test_rebuild(client, engine):
    set_up(client, products=[{"product": "Invoices", "component": "Billing"}])
    client.command("tracker.remove", {"tracker": set_up(client, project="other")})
    engine.stop()

    def rows():
        with sqlite3.connect(engine.data / "liaison.db") as database:
            return database.execute("SELECT * FROM tracker").fetchall()

    before = rows()
    assert len(before) == 1
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    assert rows() == before


@needs_redmine
def test_tried_on_the_real_one(client):
    near = {"url": tracker.url(), "near": True}
    answer = client.command("tracker.test", {**SHOP, **near, "token": tracker.LIAISON})["d"]
    assert answer == {"ok": True, "code": "", "detail": "", "login": "liaison", "project": "Shop"}
    assert trackers(client) == []
    made = set_up(client, **near, token=tracker.LIAISON)
    assert client.command("tracker.test", {"tracker": made})["d"]["ok"]
    for fields, code in (({"token": "0" * 40}, "auth"), ({"project": "nowhere"}, "not-found"), ({"token": tracker.STRANGER}, "permission")):
        answer = client.command("tracker.test", {"tracker": made, **fields})["d"]
        assert (answer["ok"], answer["code"]) == (False, code) and answer["detail"].endswith(".")
    assert trackers(client)[0]["project"] == "shop"
