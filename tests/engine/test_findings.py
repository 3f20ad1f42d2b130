# SPDX-License-Identifier: GPL-3.0-or-later
"""What customers say of the product: captured, found again while somebody types, merged and parted, counted by customers."""

import sqlite3
import uuid

import pytest

import liaison


def refuse(problem_kind, call, *arguments, **keywords):
    with pytest.raises(liaison.Problem) as problem:
        call(*arguments, **keywords)
    assert problem.value.kind == problem_kind, problem.value
    return problem.value.body


def capture(client, conversation, title="The invoice shows the wrong amount", text="the amount is not what we agreed", **fields):
    d = {"kind": "bug", "title": title, "text": text, **fields}
    if "finding" in fields:
        d = {"text": text, **fields}
    return client.command("finding.capture", d, conv=conversation)["d"]


def said_by(client, name):
    return client.new_conversation(f"{name}@example.com", name=name)


def rows(client, query=""):
    return client.get(f"/v1/findings{query}")["rows"]


def titles(client, query=""):
    return [row["title"] for row in rows(client, query)]


def test_captured(client):
    conversation = client.new_conversation()
    source = client.note(conversation, "She says: the amount is not what we agreed.")["d"]["entry"]
    made = capture(client, conversation, product="Invoices", importance="blocking", source=source, start=10, end=42)
    [finding] = rows(client)
    assert finding["id"] == made["finding"] and finding["kind"] == "bug" and finding["product"] == "Invoices" and finding["state"] == "new"
    assert finding["customers"] == 1 and finding["quotes"] == 1 and finding["weeks"] == [0] * 7 + [1] and finding["merged"] == []
    answer = client.get(f"/v1/findings/{made['finding']}")
    [quote] = answer["quotes"]
    assert answer["finding"] == finding and quote["entry"] == made["entry"] and quote["text"] == "the amount is not what we agreed"
    assert (quote["source"], quote["start"], quote["end"], quote["importance"]) == (source, 10, 42, "blocking")
    assert quote["customer"]["name"] == "Ann Lee" and quote["agent"] == client.get("/v1/snapshot")["me"]["id"]
    page = client.get(f"/v1/conversations/{conversation}")
    entry = page["timeline"][-1]
    assert entry["id"] == made["entry"] and entry["kind"] == "finding" and entry["text"] == quote["text"]
    assert entry["d"]["finding"] == made["finding"] and entry["d"]["title"] == finding["title"] and entry["d"]["kind"] == "bug"
    assert page["conversation"]["state"] == "open" and "She says" in page["conversation"]["snippet"]
    assert titles(client, f"?conversation={conversation}") == [finding["title"]]
    assert titles(client, f"?customer={page['conversation']['customer']['id']}") == [finding["title"]]
    assert client.get("/v1/findings/products") == {"products": ["Invoices"]}


def test_a_moment_of_a_call_has_no_words(client):
    conversation = client.new_conversation()
    made = capture(client, conversation, text="", second=134)
    [quote] = client.get(f"/v1/findings/{made['finding']}")["quotes"]
    assert quote["second"] == 134 and quote["text"] == ""


@pytest.mark.parametrize("field, pointer", [
    ({"title": ""}, "/d/title"), ({"title": " \t"}, "/d/title"), ({"title": "two\nlines"}, "/d/title"), ({"title": "x" * 1001}, "/d/title"),
    ({"kind": "rant"}, "/d/kind"), ({"kind": "site-failed"}, "/d/url"), ({"kind": "site-failed", "url": "javascript:alert(1)"}, "/d/url"),
    ({"importance": "huge"}, "/d/importance"), ({"source": "e_1"}, "/d/source"), ({"start": 9, "end": 2}, "/d/end"), ({"text": "x" * 8193}, "/d/text"),
    ({"second": -1}, "/d/second"), ({"product": "a\nb"}, "/d/product"),
])
def test_refused(client, field, pointer):
    conversation = client.new_conversation()
    problem = refuse("validation", capture, client, conversation, **field)
    assert problem["errors"][0]["pointer"] == pointer
    assert rows(client) == []


def test_refused_for_what_is_not_there(client):
    conversation = client.new_conversation()
    refuse("not-found", capture, client, conversation, finding="f_999")
    refuse("not-found", client.command, "finding.uncapture", {"entry": client.note(conversation)["d"]["entry"]})
    for name, d in (("merge", {"finding": "f_1", "into": "f_2"}), ("unmerge", {"finding": "f_1"}), ("split", {"entry": "e_1"}), ("update", {"finding": "x"})):
        refuse("not-found", client.command, f"finding.{name}", d)
    refuse("not-found", client.get, "/v1/findings/f_1")
    refuse("validation", client.get, "/v1/findings?after=x")
    refuse("validation", client.get, "/v1/findings?conversation=x")


def test_the_same_key_captures_once(client):
    conversation = client.new_conversation()
    key, d = str(uuid.uuid4()), {"kind": "need", "title": "Dark letters", "text": "too bright"}
    answers = [client.command("finding.capture", d, key=key, conv=conversation) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert rows(client)[0]["quotes"] == 1
    refuse("idempotency-key-reused", client.command, "finding.capture", {**d, "title": "Other"}, key=key, conv=conversation)


def test_customers_are_counted_once(client):
    ann, bo = said_by(client, "ann"), said_by(client, "bo")
    finding = capture(client, ann)["finding"]
    for conversation in (ann, bo, said_by(client, "ann")):
        assert capture(client, conversation, finding=finding)["finding"] == finding
    [row] = rows(client)
    assert (row["customers"], row["quotes"]) == (2, 4)


def test_taken_back(client, colleague):
    conversation = client.new_conversation()
    made = capture(client, conversation)
    refuse("forbidden", colleague.command, "finding.uncapture", {"entry": made["entry"]})
    for _ in range(2):
        client.command("finding.uncapture", {"entry": made["entry"]})
    assert rows(client) == [] and rows(client, "?like=invoice+amount") == [] and client.get("/v1/findings/products")["products"] == []
    assert client.get(f"/v1/conversations/{conversation}")["timeline"][-1]["state"] == "cancelled"
    again = capture(client, conversation, finding=made["finding"])
    assert rows(client)[0]["quotes"] == 1 and rows(client, "?like=invoice+amount")[0]["id"] == made["finding"]
    client.command("finding.uncapture", {"entry": again["entry"]})


def test_merged_and_parted(client):
    ann, bo, cy = (said_by(client, name) for name in ("ann", "bo", "cy"))
    first = capture(client, ann, "Login fails")["finding"]
    second = capture(client, bo, "Cannot sign in", "it says wrong password")["finding"]
    third = capture(client, cy, "Password is refused", "refused")["finding"]
    client.command("finding.merge", {"finding": second, "into": first})
    client.command("finding.merge", {"finding": third, "into": second})
    [row] = rows(client)
    assert row["title"] == "Login fails" and row["customers"] == 3 and sorted(row["merged"]) == sorted([second, third])
    assert client.get(f"/v1/findings/{second}")["finding"]["id"] == first
    assert [row["id"] for row in rows(client, "?like=wrong+password")] == [first]
    refuse("validation", client.command, "finding.merge", {"finding": third, "into": second})
    capture(client, bo, finding=second)
    assert rows(client)[0]["quotes"] == 4
    for _ in range(2):
        client.command("finding.unmerge", {"finding": second})
    assert {row["title"]: (row["customers"], row["quotes"]) for row in rows(client)} == {"Login fails": (3, 3), "Cannot sign in": (1, 1)}
    client.command("finding.unmerge", {"finding": third})
    assert {row["title"]: row["quotes"] for row in rows(client)} == {"Login fails": 2, "Cannot sign in": 1, "Password is refused": 1}


def test_a_quote_is_split_off_and_back(client):
    ann, bo = said_by(client, "ann"), said_by(client, "bo")
    first = capture(client, ann, "Slow search", product="Shop")["finding"]
    entry = capture(client, bo, text="the list of orders is slow", finding=first)["entry"]
    answer = client.command("finding.split", {"entry": entry, "title": "Slow list of orders"})["d"]
    assert answer["from"] == first
    assert {row["title"]: (row["customers"], row["kind"], row["product"]) for row in rows(client)} == {
        "Slow search": (1, "bug", "Shop"), "Slow list of orders": (1, "bug", "Shop")}
    assert client.get(f"/v1/conversations/{bo}")["timeline"][-1]["d"]["finding"] == answer["finding"]
    client.command("finding.split", {"entry": entry, "finding": first})
    [row] = rows(client)
    assert (row["id"], row["customers"], row["quotes"]) == (first, 2, 2)


def test_weighed(client, colleague):
    """It counts at once, is told on the timeline once, and is not merged or taken back with it."""
    conversation = client.new_conversation()
    made = capture(client, conversation)
    assert rows(client)[0]["blocked"] == 0
    with colleague.stream() as stream:
        for _ in range(2):
            assert colleague.command("finding.weigh", {"entry": made["entry"], "importance": "blocking"})["d"] == {}
        changed = stream.wait_for(lambda frame: frame.get("k") == "entry.changed")
        assert changed["d"]["entry"]["d"]["importance"] == "blocking"
    assert rows(client)[0]["blocked"] == 1
    assert client.get(f"/v1/findings/{made['finding']}")["quotes"][0]["importance"] == "blocking"
    quote, told = client.get(f"/v1/conversations/{conversation}")["timeline"][-2:]
    assert quote["text"] == "the amount is not what we agreed" and told["kind"] == "state"
    assert told["d"] == {"what": "importance", "from": "normal", "to": "blocking", "finding": made["finding"], "title": "The invoice shows the wrong amount"}
    assert told["author"]["id"] == colleague.get("/v1/snapshot")["me"]["id"]
    client.command("finding.weigh", {"entry": made["entry"], "importance": "low"})
    assert rows(client)[0]["blocked"] == 0
    refuse("validation", client.command, "finding.weigh", {"entry": made["entry"], "importance": "huge"})
    refuse("validation", client.command, "finding.weigh", {"entry": made["entry"]})
    client.command("finding.uncapture", {"entry": made["entry"]})
    refuse("not-found", client.command, "finding.weigh", {"entry": made["entry"], "importance": "low"})


def test_updated(client):
    finding = capture(client, client.new_conversation())["finding"]
    assert client.command("finding.update", {"finding": finding, "title": "Totals are wrong", "state": "fixed"}, ver=1)["d"] == {"ver": 2}
    [row] = rows(client)
    assert (row["title"], row["state"], row["kind"]) == ("Totals are wrong", "fixed", "bug")
    assert [row["title"] for row in rows(client, "?like=totals")] == ["Totals are wrong"]
    problem = refuse("version-conflict", client.command, "finding.update", {"finding": finding, "title": "Mine"}, ver=1)
    assert problem["current"]["title"] == "Totals are wrong"
    refuse("validation", client.command, "finding.update", {"finding": finding, "state": "maybe"})


def test_filters_and_pages(client):
    conversation = client.new_conversation()
    for index in range(7):
        capture(client, conversation, f"Wish {index}", f"words {index}", kind="need" if index % 2 else "bug", product="Shop" if index < 3 else "")
    seen, after = [], ""
    while after is not None:
        page = client.get(f"/v1/findings?limit=3{after}")
        seen += [row["title"] for row in page["rows"]]
        after = f"&after={page['next']}" if page["next"] else None
    assert seen == [f"Wish {index}" for index in reversed(range(7))]
    assert titles(client, "?kind=need") == ["Wish 5", "Wish 3", "Wish 1"]
    assert titles(client, "?kind=need&product=Shop") == ["Wish 1"] and titles(client, "?state=fixed") == []
    assert titles(client, "?q=wish+4") == ["Wish 4"] and titles(client, "?q=wish+99") == []
    assert titles(client, "?q=wish+4&kind=need") == []


def test_duplicates_while_typing(client):
    conversation = client.new_conversation()
    for title, text in (("Invoice PDF cannot be downloaded", "the download button does nothing"), ("App crashes when a photo is uploaded", "it just closes"),
                        ("Delivery address cannot be changed", "I moved and could not tell you"), ("Newsletter comes twice", "two every Monday")):
        capture(client, conversation, title, text)

    def first(typed):
        found = rows(client, f"?like={typed.replace(' ', '+')}")
        return found[0]["title"] if found else None

    assert first("invoice downl") == "Invoice PDF cannot be downloaded"
    assert first("invioce cannot be downloded") == "Invoice PDF cannot be downloaded"
    assert first("crash while uploading photos") == "App crashes when a photo is uploaded"
    assert first("app just closes") == "App crashes when a photo is uploaded"
    assert first("they sent it to my old adress") == "Delivery address cannot be changed"
    assert first("parking is too expensive") is None
    assert first("%22%29+OR+*") is None and first("") is None


def test_what_shares_one_word_of_two_is_not_offered(client):
    conversation = client.new_conversation()
    capture(client, conversation, "An invoice with the VAT number", "could I have an invoice for my company")
    for text in ("it says wrong password", "wrong password again", "the password is wrong"):
        capture(client, conversation, f"App forgets who is signed in, {text}", text)
    assert titles(client, "?like=invoice+wrong") == ["An invoice with the VAT number"]
    assert titles(client, "?like=password+wrong")[0].startswith("App forgets")


def test_words_that_stand_together_come_first(client):
    conversation = client.new_conversation()
    for title in ("The rate of exchange for a card is shown too late", "Card exchange rate is wrong", "A wrong card, and the exchange of one costs a rate"):
        capture(client, conversation, title, "")
    assert titles(client, "?like=card+exchange+rate")[0] == "Card exchange rate is wrong"


def test_sorted_by_customers(client):
    people = [said_by(client, name) for name in ("ann", "bo", "cy")]
    for index, title in enumerate(("Said by one", "Said by two", "Said by three")):
        finding = capture(client, people[0], title)["finding"]
        for conversation in people[1:index + 1]:
            capture(client, conversation, finding=finding)
    capture(client, people[0], "Said last")
    assert titles(client, "?sort=last")[0] == "Said last"
    seen, after = [], ""
    while after is not None:
        page = client.get(f"/v1/findings?sort=customers&limit=1{after}")
        seen += [(row["title"], row["customers"]) for row in page["rows"]]
        after = f"&after={page['next']}" if page["next"] else None
    assert seen == [("Said by three", 3), ("Said by two", 2), ("Said last", 1), ("Said by one", 1)]


def test_who_cannot_go_on_is_counted(client):
    ann, bo = said_by(client, "ann"), said_by(client, "bo")
    finding = capture(client, ann, importance="blocking")["finding"]
    capture(client, ann, finding=finding, importance="blocking")
    entry = capture(client, bo, finding=finding, importance="blocking")["entry"]
    assert rows(client)[0]["blocked"] == 2
    client.command("finding.uncapture", {"entry": entry})
    assert (rows(client)[0]["blocked"], rows(client)[0]["customers"]) == (1, 1)


def test_when_it_became_what_it_is(client):
    finding = capture(client, client.new_conversation())["finding"]

    def times(state):
        client.command("finding.update", {"finding": finding, "state": state})
        [row] = rows(client)
        return [row[name] for name in ("linked_at", "fixed_at", "told_at")]

    assert [rows(client)[0][name] for name in ("linked_at", "fixed_at", "told_at")] == [None] * 3
    linked, *later = times("linked")
    assert linked and later == [None, None]
    fixed = times("fixed")
    assert fixed[0] == linked and fixed[1] and fixed[2] is None
    told = times("told")
    assert told[:2] == fixed[:2] and told[2]
    assert times("linked")[1:] == [None, None] and times("new") == [None] * 3


def test_figures_by_state(client):
    conversation = client.new_conversation()
    for index, state in enumerate(("new", "fixed", "told", "told")):
        finding = capture(client, conversation, f"Fault {index}", product="Shop" if index < 2 else "App")["finding"]
        client.command("finding.update", {"finding": finding, "state": state})

    def states(query=""):
        figures = client.get(f"/v1/findings/figures{query}")
        return {state: figures[state] for state in ("new", "linked", "fixed", "told")}

    assert states() == {"new": 1, "linked": 0, "fixed": 1, "told": 2}
    assert states("?product=Shop&kind=bug") == {"new": 1, "linked": 0, "fixed": 1, "told": 0}
    assert states("?since=2100-01-01T00:00:00Z") == states("?tracker=t_1") == {"new": 0, "linked": 0, "fixed": 0, "told": 0}
    assert states("?tracker=none") == states()


def test_how_long_it_took(client):
    finding = capture(client, client.new_conversation())["finding"]
    assert client.get("/v1/findings/figures")["spans"] == {state: {"n": 0, "p50_ms": 0, "p90_ms": 0} for state in ("linked", "fixed", "told")}
    for state in ("linked", "fixed", "told"):
        client.command("finding.update", {"finding": finding, "state": state})
    [row], spans = rows(client), client.get("/v1/findings/figures")["spans"]
    assert spans["linked"]["n"] == spans["fixed"]["n"] == spans["told"]["n"] == 1
    assert all(0 <= span["p50_ms"] == span["p90_ms"] < 60000 for span in spans.values()) and row["told_at"]


@pytest.mark.parametrize("query, pointer", [("sort=mood", "/sort"), ("since=yesterday", "/since"), ("tracker=7", "/tracker")])
def test_no_such_filter(client, query, pointer):
    for resource in ("findings", "findings/figures"):
        problem = refuse("validation", client.get, f"/v1/{resource}?{query}")
        assert problem["errors"][0]["pointer"] == pointer


def test_by_time_and_tracker(client):
    capture(client, client.new_conversation(), "Said today")
    for query in ("", "&sort=age", "&sort=trend", "&sort=importance", "&sort=minutes", "&q=today"):
        assert titles(client, f"?tracker=none&since=2020-01-01T00:00:00Z{query}") == ["Said today"]
        assert titles(client, f"?since=2100-01-01T00:00:00Z{query}") == [] and titles(client, f"?tracker=t_1{query}") == []


def test_pages_that_fail_customers(client):
    ann, bo = said_by(client, "ann"), said_by(client, "bo")
    contact, order = "https://shop.example/contact", "https://shop.example/order"
    first = capture(client, ann, "No opening hours", kind="site-failed", url=contact)["finding"]
    capture(client, bo, "Order form stops", kind="site-failed", url=order)
    capture(client, bo, finding=first)
    second = capture(client, ann, "No address", kind="site-failed", url=contact)["finding"]
    pages = client.get("/v1/findings/pages")["rows"]
    assert [(page["url"], page["findings"], page["quotes"], page["contacts"], page["customers"]) for page in pages] == [(contact, 2, 3, 2, 2), (order, 1, 1, 1, 1)]
    assert sorted(titles(client, f"?url={contact}")) == ["No address", "No opening hours"]
    client.command("finding.merge", {"finding": second, "into": first})
    assert [(page["findings"], page["quotes"]) for page in client.get("/v1/findings/pages")["rows"]] == [(1, 3), (1, 1)]


def test_minutes_on_the_telephone(client):
    """None where nobody telephoned; what calls took is in the sample's figures."""
    capture(client, client.new_conversation())
    assert rows(client)[0]["phone_ms"] == 0


def test_events(client):
    with client.stream() as stream:
        conversation = client.new_conversation()
        made = capture(client, conversation)
        seq = client.command("finding.update", {"finding": made["finding"], "title": "Other"})["seq"]
        events = {event["k"]: event["d"] for event in stream.events_until(seq)}
    assert events["finding.captured"] == events["finding.changed"] == {"finding": made["finding"]}
    assert events["entry.added"]["entry"]["d"]["finding"] == made["finding"]


def test_a_rebuild_arrives_at_the_same(engine):
    client = engine.client
    ann, bo = said_by(client, "ann"), said_by(client, "bo")
    first, second = capture(client, ann, "Slow search")["finding"], capture(client, bo, "Search is slow")["finding"]
    client.command("finding.merge", {"finding": second, "into": first})
    gone = capture(client, bo, "Mistake", "never said")["entry"]
    client.command("finding.split", {"entry": capture(client, ann, finding=first)["entry"], "title": "Other"})
    client.command("finding.uncapture", {"entry": gone})
    client.command("finding.update", {"finding": first, "title": "Search takes long"})
    before = rows(client), client.get(f"/v1/findings/{second}"), tables(engine)
    engine.stop()
    assert liaison.run("--data", engine.data, "rebuild") == (0, "")
    engine.start()
    assert before == (rows(client), client.get(f"/v1/findings/{second}"), tables(engine))


def tables(engine):
    with sqlite3.connect(f"file:{engine.data}/liaison.db?mode=ro", uri=True) as db:
        return {table: sorted(db.execute(f"SELECT * FROM {table}")) for table in ("finding", "quote", "finding_word", "finding_term")}


def test_a_kill_loses_nothing_that_was_answered(engine):
    client = engine.client
    conversation = client.new_conversation()
    given = []
    for index in range(10):
        key, d = str(uuid.uuid4()), {"kind": "bug", "title": f"Fault {index}", "text": f"words {index}"}
        answer = client.command("finding.capture", d, key=key, conv=conversation)
        given.append((key, d, answer))
        engine.kill()
        engine.start()
        assert client.command("finding.capture", d, key=key, conv=conversation) == answer
    assert sorted(titles(client)) == sorted(d["title"] for _, d, _ in given)
