# SPDX-License-Identifier: GPL-3.0-or-later
"""Self-service: what visitors find before they write, in what was published for their site."""

import sqlite3
import urllib.parse

import pytest

import liaison
import webchat
from patience import until
from webchat import ORIGIN, Visitor, wait_until_taken


@pytest.fixture
def shop(make_engine):
    engine = make_engine(extra=["--chat", "127.0.0.1:0", "--chat-proxy", "127.0.0.1"])
    engine.chat = webchat.start(engine)
    engine.sign_in()
    add = lambda key, **more: engine.client.command("channel.add", {"kind": "chat", "key": key, "name": key, "origins": [ORIGIN], **more})["d"]["channel"]
    engine.site, engine.other = add("shop", self_service=True), add("other")
    wait_until_taken(lambda: Visitor(engine.chat))
    wait_until_taken(lambda: Visitor(engine.chat, site="other"))
    return engine


def save(engine, title, *texts, ident=None, **more):
    variants = [text if isinstance(text, dict) else {"language": "en", "body": text} for text in texts]
    response = {"title": title, "scope": "team", "state": "reviewed", "variants": variants, **({"id": ident} if ident else {}), **more}
    return engine.client.command("response.save", {"response": response})["d"]["response"]


def publish(engine, response, *sites):
    engine.client.command("response.publish", {"response": response, "sites": list(sites)})


def find(visitor, text):
    return visitor.call("GET", "/chat/v1/answers?q=" + urllib.parse.quote(text))["answers"]


def figures(engine):
    return [(row["response"], row["site"], row["shown"], row["opened"], row["helped"]) for row in engine.client.get("/v1/responses/published")["rows"]]


def test_only_what_is_published_is_found(shop):
    hours = save(shop, "Opening hours", "{{greeting}}Hello {{customer.first_name}},\n\n{{end}}We open at nine.{{farewell}}\n\nYours{{end}}", tags=["secret-tag"],
                 folder="Internal", aliases=["when do you open"])
    save(shop, "Opening a parcel", "Do not.")
    visitor = Visitor(shop.chat, locale="en")
    assert visitor.session["self_service"] is True and find(visitor, "opening") == []

    publish(shop, hours, shop.site)
    for typed in ("opening hours", "openin", "opning hours", "when do you open?"):
        assert find(visitor, typed) == [{"answer": hours, "title": "Opening hours", "text": "We open at nine."}], typed
    assert find(visitor, "   ") == find(visitor, "") == [] and len(find(visitor, "opening " * 1000)) <= 1
    stranger = Visitor(shop.chat, site="other")
    assert stranger.session["self_service"] is False
    with pytest.raises(liaison.Problem, match="not-found"):
        find(stranger, "opening")

    # What is changed is found as it is now; what is taken back is not.
    save(shop, "Opening hours", "We open at ten.", ident=hours)
    assert find(visitor, "opening")[0]["text"] == "We open at ten."
    shop.client.command("response.retire", {"response": hours})
    assert find(visitor, "opening") == []
    save(shop, "Opening hours", "At nine, {{customer.first_name}}.", ident=hours)
    assert find(visitor, "opening") == []  # a name has come in since
    save(shop, "Opening hours", "We open at ten.", ident=hours)
    assert find(visitor, "opening")
    publish(shop, hours)
    assert find(visitor, "opening") == []


def test_what_needs_a_customer_is_refused(shop):
    fits = {"language": "en", "body": "We open at nine."}
    for response, why in ((save(shop, "a", fits, "Hello {{customer.first_name}}"), "“{{customer.first_name}}” is not known"),
                          (save(shop, "b", 'Parcel {{ask "Number"}}'), "“Number”"),
                          (save(shop, "c", "{{if conversation.language is de}}x{{end}}y"), "“{{if}}”"),
                          (save(shop, "d", "{{greeting}}Hello{{end}}"), "nothing in it"),
                          (save(shop, "e", {**fits, "channel": "email"}), "other channels"),
                          (save(shop, "f", fits, state="draft"), "reviewed for the team"),
                          (save(shop, "g", fits, scope="private"), "reviewed for the team")):
        with pytest.raises(liaison.Problem, match="validation") as refused:
            publish(shop, response, shop.site)
        [error] = refused.value.body["errors"]
        assert (error["pointer"], error["code"]) == ("/d/response", "unfit") and why in refused.value.body["detail"], refused.value.body
    good = save(shop, "h", fits, {"language": "en", "channel": "email", "body": "Hello {{customer.first_name}}"})
    publish(shop, good, shop.site, shop.site)
    for wrong in ("h_99", "r_1", ""):
        with pytest.raises(liaison.Problem, match="validation"):
            publish(shop, good, wrong)
    assert find(Visitor(shop.chat, locale="en"), "open nine")[0]["text"] == "We open at nine."


def test_in_her_language_and_three_at_most(shop):
    both = save(shop, "Delivery", {"language": "en", "body": "Two days."}, {"language": "de", "body": "Zwei Tage."})
    publish(shop, both, shop.site)
    for number in range(5):
        publish(shop, save(shop, f"Delivery {number}", f"Number {number}."), shop.site)
    german = Visitor(shop.chat, locale="de-AT")
    assert [answer["text"] for answer in find(german, "delivery")] == ["Zwei Tage."]
    assert len(find(Visitor(shop.chat, locale="en"), "delivery")) == 3


def test_whole_sentences(shop):
    """Found as an agent is shown what fits a customer's words."""
    titles = ["Opening hours", "Where is my parcel", "Return an item", "Forgot the password", "Change the delivery address", "Pay by invoice", "Cancel an order",
              "Voucher does not work", "Repair of a kettle", "Spare parts"]
    names = {save(shop, title, f"{title}: this is how."): title for title in titles}
    for response in names:
        publish(shop, response, shop.site)
    visitor = Visitor(shop.chat, locale="en")
    for typed, title in (("hello, what are your opening hours please", "Opening hours"), ("my parcel has not arrived, where is it?", "Where is my parcel"),
                         ("I forgot my password and cannot log in any more", "Forgot the password")):
        assert [names[answer["answer"]] for answer in find(visitor, typed)][:1] == [title], typed
    assert find(visitor, "do you sell motorcycles") == []


def test_what_they_did_is_counted_once(shop):
    hours = save(shop, "Opening hours", "We open at nine.")
    publish(shop, hours, shop.site)
    assert figures(shop) == [(hours, shop.site, 0, 0, 0)]
    ann, ben = Visitor(shop.chat, locale="en"), Visitor(shop.chat, locale="en")
    for visitor in (ann, ann, ben):
        find(visitor, "opening")
    told = lambda did, answer=hours: ann.call("POST", "/chat/v1/answers", {"answer": answer, "did": did})
    for did in ("opened", "opened", "helped"):
        told(did)
    told("opened", "r_999999")
    with pytest.raises(liaison.Problem, match="validation"):
        told("shown")
    assert until(lambda: figures(shop) == [(hours, shop.site, 2, 1, 1)])

    # It is nobody's conversation, and it is published after a rebuild, too.
    assert shop.client.get("/v1/views/all/rows?limit=200")["rows"] == []
    shop.stop()
    assert liaison.run("--data", shop.data, "rebuild") == (0, "")
    with sqlite3.connect(shop.data / "liaison.db") as db:
        assert db.execute("SELECT count (*) FROM response_site").fetchone() == (1,)
        assert db.execute("SELECT shown, opened, helped FROM answer_use").fetchall() == [(2, 1, 1)]


def test_it_is_bounded(shop):
    visitor = Visitor(shop.chat)
    with pytest.raises(liaison.Problem, match="rate-limited"):
        for _ in range(200):
            find(visitor, "opening")
    with pytest.raises(liaison.Problem, match="forbidden"):
        visitor.call("GET", "/chat/v1/answers?q=x", headers={"Origin": "https://evil.example"})
    with pytest.raises(liaison.Problem, match="unauthorized"):
        visitor.call("GET", "/chat/v1/answers?q=x", headers={"Authorization": "Bearer lia_v_" + "0" * 43})
