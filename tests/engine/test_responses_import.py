# SPDX-License-Identifier: GPL-3.0-or-later
"""Many canned responses in one command: what is refused alone, what a repeat and a kill leave, and how all of it is taken back."""

import threading
import uuid

import liaison


def response(title, **fields):
    return {"title": title, "scope": "team", "state": "reviewed", "variants": [{"language": "en", "body": f"{title}."}], **fields}


def bring(client, rows, key=None):
    return client.command("response.import", {"responses": rows}, key=key)["d"]["rows"]


def revert(client, rows, key=None):
    return client.command("response.revert", {"responses": rows}, key=key)["d"]["rows"]


def library(client):
    rows, since, more = {}, 0, True
    while more:
        answer = client.get(f"/v1/responses?since={since}&limit=200")
        rows.update({row["id"]: row for row in answer["rows"]})
        since, more = answer["seq"], answer["more"]
    return rows


def problem_of(row):
    return row["problem"]["type"].removeprefix("urn:liaison:problem:")


def test_what_is_refused_is_refused_alone(client):
    made = client.command("response.save", {"response": response("First", shortcut="first")})["d"]
    rows = bring(client, [response("A", shortcut="a"), response(""), response("B", shortcut="A"), {**response("Old"), "id": made["response"], "ver": 7},
                          {**response("Second", shortcut="first"), "id": made["response"], "ver": 1}, {**response("Lost"), "id": "r_99999"}])
    assert [problem_of(row) if "problem" in row else row["ver"] for row in rows] == [1, "validation", "validation", "version-conflict", 2, "not-found"]
    assert rows[1]["problem"]["errors"][0]["pointer"] == "/title"
    assert sorted(row["title"] for row in library(client).values()) == ["A", "Second"]


def test_a_repeat_writes_nothing(client):
    key = str(uuid.uuid4())
    rows = [response(f"Number {index}") for index in range(300)]
    first = bring(client, rows, key)
    assert bring(client, rows, key) == first
    assert len(library(client)) == 300


def test_who_may_is_asked_for_each(client, colleague):
    made = bring(client, [response("Theirs")])[0]
    rows = bring(colleague, [response("Reviewed"), response("Proposed", state="draft"), {**response("Mine now"), "id": made["response"], "ver": 1}])
    assert [problem_of(row) if "problem" in row else "saved" for row in rows] == ["forbidden", "saved", "forbidden"]


def test_a_kill_leaves_whole_commands(engine):
    client = engine.client
    keys, chunks = [], [[response(f"{chunk}-{index}") for index in range(100)] for chunk in range(20)]
    done = threading.Event()

    def send():
        for chunk in chunks:
            keys.append(str(uuid.uuid4()))
            try:
                bring(client, chunk, keys[-1])
            except OSError:
                return
            done.set()

    thread = threading.Thread(target=send)
    thread.start()
    assert done.wait(30)
    engine.kill()
    thread.join()
    engine.start()
    titles = [row["title"] for row in library(engine.client).values()]
    assert len(titles) >= 100 and len(titles) % 100 == 0 and len(titles) == len(set(titles))
    # Whoever got no answer asks again, with the same key
    for key, chunk in zip(keys, chunks):
        bring(engine.client, chunk, key)
    assert len(library(engine.client)) == 100 * len(keys)


def test_taken_back(client, colleague):
    old = client.command("response.save", {"response": response("Old", shortcut="old")})["d"]["response"]
    rows = bring(client, [response("New"), {**response("Changed"), "id": old, "ver": 1}, response("Written on"), response("Theirs", state="draft")])
    client.command("response.save", {"response": {**response("Written on, and better"), "id": rows[2]["response"]}})
    theirs = bring(colleague, [{**response("Ours", state="draft"), "id": rows[3]["response"], "ver": 1}])[0]
    back = revert(client, [*rows[:3], theirs])
    assert [problem_of(row) if "problem" in row else row.get("ver") for row in back] == [None, 3, "version-conflict", "forbidden"]
    now = library(client)
    assert sorted(row["title"] for row in now.values()) == ["Old", "Ours", "Written on, and better"]
    assert now[old]["shortcut"] == "old"
    assert problem_of(revert(client, rows[:1])[0]) == "not-found"


def test_taken_back_once(client):
    rows = bring(client, [response("New"), response("Newer")])
    changed = bring(client, [{**response("Changed"), "id": rows[0]["response"], "ver": 1}])
    key = str(uuid.uuid4())
    first = revert(client, changed, key)
    assert revert(client, changed, key) == first
    assert library(client)[rows[0]["response"]]["title"] == "New"


def test_rebuilt(engine):
    client = engine.client
    rows = bring(client, [response("New"), response("Newer")])
    revert(client, rows[:1])
    before = library(client)
    engine.stop()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    engine.start()
    assert library(engine.client) == before
