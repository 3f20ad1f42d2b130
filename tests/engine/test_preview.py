# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a finding would leave for a tracker: made by its form, without persons, calm, and the same each time it is asked for."""

import hashlib

import pytest

import liaison

TRACKER = {"kind": "redmine", "url": "https://redmine.example.org", "project": "shop", "token": "k"}
WORDS = "I am Ann Lee, call me on +49 30 901820 or write to ann@example.com: @bob fixes #12 <img src=x>"


def refuse(problem_kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == problem_kind, problem.value
    return problem.value.body


@pytest.fixture
def finding(client):
    conversation = client.new_conversation()
    d = {"kind": "bug", "title": "The invoice of Ann Lee is wrong", "product": "Invoices", "text": WORDS}
    return client.command("finding.capture", d, conv=conversation)["d"]["finding"]


def set_up(client, **fields):
    return client.command("tracker.set", {**TRACKER, **fields})["d"]["tracker"]


def preview(client, finding, tracker, **fields):
    return client.post(f"/v1/findings/{finding}/preview", {"tracker": tracker, **fields})


def test_form_is_filled_in(client, finding):
    shown = preview(client, finding, set_up(client, products=[{"product": "Invoices", "component": "Billing"}]))
    assert "## What happens\n> I am [customer-1]" in shown["source"] and "## What was expected\n" in shown["source"]
    assert "- Invoices\n- Billing\n" in shown["source"] and "Reported by one customer." in shown["source"]
    assert shown["title"] == "The invoice of [customer-1] is wrong"
    assert shown["sent_text"].endswith(f"\nRef: {shown['marker']}") and "What was expected" not in shown["sent_text"]
    assert "(<liaison:finding/" in shown["sent_text"]


def test_nobody_is_in_it(client, finding):
    shown = preview(client, finding, set_up(client))
    for personal in ("Ann", "Lee", "901820", "example.com"):
        assert personal not in shown["sent_title"] + shown["sent_text"] + shown["source"], personal
    redactions = [(r["in"], r["kind"], r["placeholder"], r["words"]) for r in shown["redactions"]]
    assert redactions == [("title", "name", "[customer-1]", "Ann Lee"), ("source", "name", "[customer-1]", "Ann Lee"), ("source", "phone", "[phone-1]", "+49 30 901820"),
                          ("source", "mail", "[mail-1]", "ann@example.com")]
    for redaction in shown["redactions"]:
        assert shown[redaction["in"]].encode()[redaction["start"]:redaction["end"]].decode() == redaction["placeholder"]


def test_trackers_react_to_none_of_it(client, finding):
    text = preview(client, finding, set_up(client))["sent_text"]
    assert "<img" not in text.replace("\\<", "") and "@bob" not in text and "#12" not in text


def test_hash_is_of_what_is_sent(client, finding):
    tracker = set_up(client)
    shown = preview(client, finding, tracker)
    assert shown["hash"] == hashlib.sha256("\n".join((tracker, shown["sent_title"], shown["sent_text"])).encode()).hexdigest()
    again = {name: shown[name] for name in ("title", "source", "marker")}
    assert preview(client, finding, tracker, **again) == shown
    assert preview(client, finding, tracker, marker=shown["marker"]) == shown
    assert preview(client, finding, tracker)["hash"] != shown["hash"]  # another marker
    assert preview(client, finding, tracker, **{**again, "source": shown["source"] + "One more word\n"})["hash"] != shown["hash"]


def test_edited_text_is_redacted_too(client, finding):
    tracker = set_up(client)
    shown = preview(client, finding, tracker)
    edited = shown["source"].replace("## What was expected\n", "## What was expected\nAnn Lee wants 49.00. Her colleague is carl@example.org.\n")
    again = preview(client, finding, tracker, title="Wrong total", source=edited, marker=shown["marker"])
    assert "[customer-1] wants 49.00. Her colleague is [mail-2].\n" in again["source"] and again["title"] == "Wrong total"
    assert "What was expected" in again["sent_text"]
    assert [r["placeholder"] for r in again["redactions"]].count("[customer-1]") == 2


def test_kept_and_hidden_by_hand(client, finding):
    shown = preview(client, finding, set_up(client), keep=["+49 30 901820"], hide=["Invoices"])
    assert "+49 30 901820" in shown["source"] and "Invoices" not in shown["source"] and "[words-1]" in shown["source"]
    assert (shown["keep"], shown["hide"]) == (["+49 30 901820"], ["Invoices"])


def test_public_is_stricter(client, finding):
    shown = preview(client, finding, set_up(client, public=True))
    assert shown["public"] and "liaison:" not in shown["sent_text"]


def test_own_form_and_dialect(client, finding):
    shown = preview(client, finding, set_up(client, forms={"bug": "## {{title}}\n- {{page}}\nA part of {{product}}"}, dialect="textile"))
    assert shown["source"] == "## The invoice of [customer-1] is wrong\nA part of Invoices\n" and shown["sent_text"].startswith("h2. ")


@pytest.mark.parametrize("fields, pointer", [({"title": " "}, "/title"), ({"marker": "x"}, "/marker"), ({"source": "x" * 70000}, "/source"), ({"keep": [1]}, "/keep/0")])
def test_refused(client, finding, fields, pointer):
    tracker = set_up(client)
    assert refuse("validation", preview, client, finding, tracker, **fields)["errors"][0]["pointer"] == pointer


def test_of_what_is_not_there(client, finding):
    tracker = set_up(client)
    refuse("not-found", preview, client, "f_999", tracker)
    refuse("not-found", preview, client, finding, "t_999")
    refuse("not-found", preview, client, finding, "x")
