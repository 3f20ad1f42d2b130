# SPDX-License-Identifier: GPL-3.0-or-later
"""Canned responses: who may read and change them, how an app keeps up with them, and when one counts as used."""

import pytest

import liaison
import mailstack


def refuse(kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == kind, problem.value
    return problem.value.body


def response(title="Refund on its way", **fields):
    return {"title": title, "scope": "team", "state": "reviewed", "variants": [{"language": "en", "body": "Your money is on its way."}], **fields}


def save(client, value, **keywords):
    return client.command("response.save", {"response": value}, **keywords)["d"]


def news(client, since=0):
    answer = client.get(f"/v1/responses?since={since}")
    return {row["id"]: row for row in answer["rows"]}, answer["gone"], answer["seq"]


def test_saved_and_read(client):
    made = save(client, response(shortcut="refund", aliases=["where is my money"], tags=["billing"], actions=[{"kind": "tag", "value": "refund"}]))
    assert made["ver"] == 1
    rows, gone, seq = news(client)
    row = rows[made["response"]]
    assert gone == [] and row["title"] == "Refund on its way" and row["owner"] == client.get("/v1/snapshot")["me"]["id"]
    assert row["variants"] == [{"language": "en", "formality": "any", "channel": "", "subject": "", "body": "Your money is on its way."}]
    assert "own_use" not in row
    assert news(client, seq) == ({}, [], seq)
    assert save(client, {**row, "title": "Refund sent"})["ver"] == 2
    rows, _, later = news(client, seq)
    assert rows[made["response"]]["title"] == "Refund sent" and later > seq


@pytest.mark.parametrize("field", [
    {"title": ""}, {"title": "two\nlines"}, {"variants": []}, {"shortcut": "two words"}, {"shortcut": "/x"}, {"id": "r_x"},
    {"variants": [{"body": "x" * 65537}]}, {"attachments": [{"blob": "b_" + "0" * 64, "name": "x"}]},
])
def test_refused(client, field):
    refuse("not-found" if "id" in field else "validation", save, client, response(**field))
    assert news(client)[0] == {}


def test_pages(client):
    made = [save(client, response(f"Number {index}"))["response"] for index in range(7)]
    seen, since, more = [], 0, True
    while more:
        answer = client.get(f"/v1/responses?since={since}&limit=3")
        seen += [row["id"] for row in answer["rows"]]
        since, more = answer["seq"], answer["more"]
    assert seen == made
    refuse("validation", client.get, "/v1/responses?since=x")


def test_private_ones_are_their_owners(client, colleague):
    mine = save(client, response("Mine", scope="private"))["response"]
    rows, gone, seq = news(colleague)
    assert rows == {} and gone == []
    refuse("not-found", save, colleague, {**response("Theirs"), "id": mine})
    refuse("not-found", colleague.command, "response.remove", {"response": mine})
    refuse("not-found", colleague.get, f"/v1/responses/{mine}/versions")
    save(client, {**response("Everybody's"), "id": mine})
    assert [row["title"] for row in news(colleague, seq)[0].values()] == ["Everybody's"]
    seq = news(colleague)[2]
    save(client, {**response("Mine again", scope="private"), "id": mine})
    assert news(colleague, seq)[:2] == ({}, [mine])


def test_what_was_reviewed_is_the_supervisors(client, colleague):
    reviewed = save(client, response())["response"]
    refuse("forbidden", save, colleague, {**response("Better"), "id": reviewed})
    refuse("forbidden", save, colleague, response("New"))
    refuse("forbidden", colleague.command, "response.retire", {"response": reviewed})
    draft = save(colleague, response("Proposed", state="draft"))["response"]
    assert save(client, {**response("Proposed"), "id": draft})["ver"] == 2
    refuse("forbidden", save, colleague, {**response("Proposed again", state="draft"), "id": draft})


def test_a_change_is_not_lost(client):
    made = save(client, response())
    save(client, {**response("Second"), "id": made["response"]}, ver=1)
    problem = refuse("version-conflict", save, client, {**response("Third"), "id": made["response"]}, ver=1)
    assert problem["current"]["title"] == "Second" and problem["current"]["ver"] == 2
    versions = client.get(f"/v1/responses/{made['response']}/versions")
    assert [(row["ver"], row["response"]["title"]) for row in versions["rows"]] == [(2, "Second"), (1, "Refund on its way")]
    older = client.get(f"/v1/responses/{made['response']}/versions?before=2&limit=1")
    assert [row["ver"] for row in older["rows"]] == [1] and not older["more"]


def test_shortcuts(client, colleague):
    save(client, response(shortcut="Refund"))
    body = refuse("validation", save, client, response("Another", shortcut="refund"))
    assert "Refund on its way" in str(body)
    save(colleague, response("My own", scope="private", shortcut="hi"))
    save(client, response("Hello", shortcut="hi"))


def test_retired_and_removed(client):
    made = save(client, response(shortcut="refund"))["response"]
    refuse("forbidden", client.command, "response.remove", {"response": made})
    client.command("response.retire", {"response": made})
    rows, _, seq = news(client)
    assert rows[made]["state"] == "retired"
    save(client, response("Its successor", shortcut="refund"))
    client.command("response.remove", {"response": made})
    rows, gone, _ = news(client, seq)
    assert gone == [made] and made not in rows
    refuse("not-found", client.command, "response.retire", {"response": made})


def test_rebuilt(engine):
    client = engine.client
    made = save(client, response())["response"]
    save(client, {**response("Second"), "id": made})
    before = news(client), client.get(f"/v1/responses/{made}/versions")
    engine.stop()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    engine.start()
    assert (news(client), client.get(f"/v1/responses/{made}/versions")) == before
