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


def test_used_in_a_note(client):
    made = save(client, response())["response"]
    conversation = client.new_conversation()
    seen = news(client)[2]
    client.command("note.add", {"body": "Your money is on its way.", "canned": [{"response": made, "edited": False}]}, conv=conversation)
    rows, _, _ = news(client, seen)
    assert rows[made]["own_use"]["count"] == 1
    refuse("validation", client.command, "note.add", {"body": "x", "canned": [{"response": "x"}]}, conv=conversation)


def test_an_entry_tells_which_responses_it_carries(client):
    made = save(client, response())["response"]
    conversation = client.new_conversation()
    uses = [{"response": made, "formality": "formal", "edited": True, "text": "a", "sent": "b"}, {"response": made, "edited": False}, {"response": made, "formality": "rude"}]
    client.command("note.add", {"body": "Your money is on its way.", "canned": uses}, conv=conversation)
    client.note(conversation, "without any")
    carried, bare = client.get(f"/v1/conversations/{conversation}")["timeline"][-2:]
    assert carried["d"]["canned"] == [{"response": made, "formality": "formal"}, {"response": made, "formality": "any"}, {"response": made, "formality": "any"}]
    assert bare["d"] == {}


def test_learning(client, colleague):
    made = save(client, response(variants=[{"language": "en", "body": "Hello {{customer.name}}. It takes three days."}]))["response"]
    for name in ("Ann", "Bob", "Eve"):
        conversation = client.new_conversation()
        use = {"response": made, "edited": True, "text": f"Hello {name}. It takes three days.", "sent": f"Hello {name}. It takes five days."}
        client.command("note.add", {"body": f"Hello {name}. It takes five days.\n\nAnd a note.", "canned": [use]}, conv=conversation)
    learnt = client.get("/v1/responses/learning")
    assert learnt["unused"] == learnt["by_hand"] == learnt["dismissed"] == []
    (edited,) = learnt["edited"]
    assert edited["response"] == made and (edited["edited"], edited["of"], edited["same"]) == (3, 3, 3)
    assert (edited["before"], edited["after"]) == ("It takes three days.", "It takes five days.")

    colleague.command("suggestion.dismiss", {"key": edited["key"], "dismissed": True})
    assert colleague.get("/v1/responses/learning")["edited"] == [] != client.get("/v1/responses/learning")["edited"]
    client.command("suggestion.dismiss", {"key": edited["key"], "dismissed": True})
    assert client.get("/v1/responses/learning")["edited"] == []
    client.command("suggestion.dismiss", {"key": edited["key"], "dismissed": False})
    assert client.get("/v1/responses/learning?limit=1")["edited"] == [edited]
    refuse("validation", client.command, "suggestion.dismiss", {"key": "", "dismissed": True})
    assert client.get(f"/v1/responses/{made}/figures") == {"sent": 3, "edited": 3, "reopened": 0, "words": 3, "of_words": 18}
    refuse("not-found", client.get, "/v1/responses/r_999/figures")
    private = save(colleague, response(scope="private"))["response"]
    refuse("not-found", client.get, f"/v1/responses/{private}/figures")
    client.command("suggestion.dismiss", {"key": "twins:r_1:r_2", "dismissed": True})
    assert colleague.get("/v1/responses/learning")["dismissed"] == ["twins:r_1:r_2"]


def test_rebuilt(engine):
    client = engine.client
    made = save(client, response())["response"]
    save(client, {**response("Second"), "id": made})
    before = news(client), client.get(f"/v1/responses/{made}/versions")
    engine.stop()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    engine.start()
    assert (news(client), client.get(f"/v1/responses/{made}/versions")) == before
