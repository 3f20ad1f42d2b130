# SPDX-License-Identifier: GPL-3.0-or-later
"""Bugzilla, as a hand-written contract says: it has no description of its own. Section names are those of its documentation (api/core/v1)."""

import json

import pytest

import tracker
import tracker_contract
from tracker_contract import change, refused

pytestmark = pytest.mark.skipif(not tracker_contract.running("bugzilla"), reason="no Prism: ./dev stack up")

API = "/rest"


def says(status, code, message="No."):
    """An error as “General”, Errors, has it."""
    return lambda _, headers, __: (status, headers, json.dumps({"error": True, "code": code, "message": message}).encode())


def bug(**fields):
    return change(lambda said: said["bugs"][0].update(fields))


class TestBugzilla(tracker_contract.Contract):
    make = "bugzilla"
    releases, released = f"{API}/product?names=", ["2.0"]
    place = {"project": "Web Shop", "login": "liaison@example.test", "dialect": "plain"}
    below = API
    issue = "35"
    create = ("POST", f"{API}/bug")
    lists = ("GET", f"{API}/bug")
    issue_path = f"{API}/bug/35"
    comments = f"{API}/bug/35/comment"
    files = f"{API}/bug/35/attachment"
    search_path = f"{API}/bug?product=Web%20Shop&summary=vanished%20repo%20other%20secret%20x%20y%20or%20project%20z%20x%20y&order="
    headers = {"X-BUGZILLA-API-KEY": "x"}
    bad_requests = [
        ("POST", f"{API}/bug", {"product": "Web Shop", "component": "Basket", "version": "1.0", "op_sys": "All", "platform": "All"}),
        ("POST", f"{API}/bug", {"product": "Web Shop", "component": "Basket", "version": "1.0", "op_sys": "All", "platform": "All", "summary": "x", "alias": "4711"}),
        ("POST", f"{API}/bug", {"product": "Web Shop", "component": "Basket", "version": "1.0", "op_sys": "Plan 9", "platform": "All", "summary": "x"}),
        ("GET", f"{API}/bug?last_change_time=yesterday", None),
        ("GET", f"{API}/bug?limit=many", None),
        ("GET", f"{API}/bug/first/comment", None),
        ("PUT", f"{API}/bug/1", {"state": "closed", "text": "x"}),
        ("POST", f"{API}/bug/1/comment", {"body": "x"}),
        ("POST", f"{API}/bug/1/attachment", {"ids": ["1"], "data": "not base64!", "file_name": "a", "summary": "a", "content_type": "text/plain"}),
    ]

    unmarked = staticmethod(says(400, 100, "'liaison-x' is not a valid bug number nor an alias to a bug."))

    def items(self, said):
        return said["bugs"] if isinstance(said["bugs"], list) else said["bugs"]["35"]["comments"]

    def set_text(self, item, text):
        item["alias" if "alias" in item else "text"] = [text.split("Ref: ")[1]] if "alias" in item else text

    def another_page(self):
        return change(lambda said: said["bugs"].extend(said["bugs"] * 99))

    def sent(self, line, method="POST"):
        return [json.loads(body) for (what, _), body in zip(line.seen, line.bodies) if what == method]

    def test_create(self, peer, line):
        """“Create Bug”: with all that some Bugzillas have no default for, and the marker as its alias."""
        marker, issue = peer.file("Zażółć “x” <b> " + "x" * 300)
        [sent] = self.sent(line)
        assert issue["key"] == "35" and issue["url"].endswith("/show_bug.cgi?id=35") and len(sent["summary"]) == 255
        assert (sent["alias"], sent["product"], sent["component"], sent["version"], sent["op_sys"], sent["platform"]) == (marker, "Web Shop", "Basket", "unspecified", "All", "All")
        assert sent["description"].endswith(f"Ref: {marker}")

    def test_key(self, peer, line):
        """In a header, and in what is written for those that know no such header; never in an address."""
        peer.file()
        assert all(headers["X-BUGZILLA-API-KEY"] == "s3cret-key" for headers in line.headers)
        assert self.sent(line)[0]["api_key"] == "s3cret-key" and not any("s3cret" in path for _, path in line.seen)

    def test_alias_in_use(self, peer, line):
        """A second bug with the marker is refused, and the first is what was wanted."""
        marker = peer.ask("marker")
        line.faults += [(*self.create, says(400, 103, "Bug 35 has already taken the alias")), ("GET", f"{API}/bug/{marker}", self.marked(f"Ref: {marker}"))]
        assert peer.file(marker=marker)[1]["key"] == "35"
        assert not line.faults and len(self.sent(line)) == 1

    def test_lost_and_hidden(self, peer, line):
        """Filed, its answer lost, and hidden from us since: no second one is made."""
        line.faults.append((*self.lists, says(401, 102)))
        assert refused(peer.file, since=1).code == "permission"
        assert self.sent(line) == []

    def test_codes(self, peer, line):
        """WS_ERROR_CODE: 401 does not always mean that the key is wrong, and 400 may."""
        for status, code, means in ((401, 102, "permission"), (401, 106, "permission"), (401, 109, "permission"), (401, 115, "permission"), (400, 306, "auth"), (401, 300, "auth"),
                                    (401, 410, "auth"), (404, 101, "not-found"), (400, 100, "not-found"), (404, 51, "not-found"), (404, 32614, "not-found"),
                                    (400, 104, "invalid"), (400, -32000, "invalid"), (401, 999999, "auth")):
            line.faults.append(("GET", self.issue_path, says(status, code, "Said so.")))
            refusal = refused(peer.ask, "read", key="35", validator="")
            assert (refusal.code, "Said so." in refusal.message) == (means, True), code

    def test_find_on_the_next_page(self):
        pytest.skip("an alias has no second page")

    def test_comment(self, peer, line):
        """It cannot be changed later, so it is said once."""
        assert peer.ask("summary", key="35", marker="liaison-x", text="Firefox.\n\nRef: liaison-x")
        assert line.seen[-1] == ("POST", self.comments) and b"Firefox" in line.bodies[-1]
        line.faults.append(("GET", self.comments, self.marked("Firefox.\n\nRef: liaison-x")))
        assert peer.ask("summary", key="35", marker="liaison-x", text="Firefox.\n\nRef: liaison-x")
        assert len(self.sent(line)) == 1

    def test_own_comments(self, peer, line):
        """To those whom it does not know it shows the half of each login."""
        whole = peer.ask("comments", key="35", since=1764000000000)
        line.faults.append(("GET", self.comments, change(lambda said: [item.update(creator=item["creator"].split("@")[0]) for item in self.items(said)] and None)))
        half = peer.ask("comments", key="35", since=1764000000000)
        assert [comment["own"] for comment in whole] == [comment["own"] for comment in half] == [True, False]
        assert line.seen[-1][1] == f"{self.comments}?new_since=2025-11-24T16:00:00Z"

    def test_file(self, peer, line):
        super().test_file(peer, line)
        line.faults.append(("GET", self.files, change(lambda said: said["bugs"]["35"].append({"file_name": "screen ä.txt", "size": 13}) or None)))
        assert peer.ask("attach", key="35", files=[{"name": "screen ä.txt", "text": "what was seen"}])
        assert len(self.sent(line)) == 1

    def test_state(self, peer, line):
        line.faults += [("GET", self.issue_path, bug(status="RESOLVED", resolution="FIXED", is_open=False, target_milestone="---")),
                        ("GET", self.issue_path, bug(status="RESOLVED", resolution="DUPLICATE", is_open=False))]
        open_, fixed, twin = sorted((peer.ask("read", key="35", validator="") for _ in range(3)), key=lambda issue: (issue["closed"], "DUPLICATE" in issue["state"]))
        assert (open_["state"], open_["closed"], open_["assignee"], open_["milestone"]) == ("CONFIRMED", False, "Ann Engineer", "2.1")
        assert (fixed["state"], fixed["milestone"]) == ("RESOLVED: FIXED", "") and twin["state"] == "RESOLVED: DUPLICATE"

    @pytest.mark.parametrize("asks", [{"status": "NEEDINFO"}, {"keywords": ["perf", "needinfo"]}, {"flags": [{"name": "needinfo", "status": "?"}]}])
    def test_engineers_wait(self, peer, line, asks):
        line.faults.append(("GET", self.issue_path, bug(**asks)))
        assert peer.ask("read", key="35", validator="")["wants_info"]
        assert not peer.ask("read", key="35", validator="")["wants_info"]

    def test_retract(self, peer, line):
        """“Update Bug”: the description is a comment, which can only be hidden, where we are allowed to."""
        assert peer.ask("retract", key="35", title="Withdrawn", text="Withdrawn.\n\nRef: liaison-x")
        withdrawn, hidden = self.sent(line, "PUT")
        assert withdrawn["summary"] == "Withdrawn" and (withdrawn["status"], withdrawn["resolution"]) == ("RESOLVED", "INVALID") and hidden["comment_is_private"] == {"75": True}
        line.faults += [("PUT", f"{API}/bug/99", 500), ("GET", self.comments, change(lambda said: self.items(said).pop(0) and None))]
        assert peer.ask("retract", key="35", title="Withdrawn", text="x")
        assert len(self.sent(line, "PUT")) == 3  # nobody else's comment is hidden

    def test_no_insider(self, peer, line):
        line.faults += [("PUT", self.issue_path, tracker_contract.with_header("X", "y")), ("PUT", self.issue_path, says(401, 113))]
        refusal = refused(peer.ask, "retract", key="35", title="Withdrawn", text="x")
        assert refusal.code == "permission" and "still there" in refusal.message

    def test_no_product(self, peer, line):
        """What we may not see “is silently ignored”. Renamed: what is known of it is asked anew."""
        line.faults.append(("GET", f"{API}/product", change(lambda said: {"products": []})))
        assert refused(peer.ask, "probe").code == "not-found"
        peer.file()
        line.faults += [(*self.create, says(404, 51, "There is no product named 'Web Shop'.")), ("GET", f"{API}/product", change(lambda said: {"products": []}))]
        assert [refused(peer.file).code for _ in range(2)] == ["not-found"] * 2

    def test_closed_product(self, peer, line):
        line.faults.append(("GET", f"{API}/product", change(lambda said: said["products"][0].update(is_active=False))))
        assert refused(peer.ask, "probe").code == "gone"

    def test_component(self, line):
        for component, made in (("Till", "Till"), ("Old", None), ("Cellar", None)):
            with tracker.Peer(kind="bugzilla", at=line.url, key="k", type=component, **self.place) as peer:
                if made:
                    peer.file()
                    assert self.sent(line)[0]["component"] == made
                else:
                    assert "component" in refused(peer.ask, "probe").message

    def test_old(self, peer, line):
        """5.0 and 5.2 cannot say who we are, and take keys only with what is written: a bug without a word tells whether they know ours."""
        nobody = ("GET", f"{API}/whoami", says(404, 32614))
        line.faults += [nobody, (*self.create, says(400, 50, "The function requires a product argument"))]
        assert peer.whole("probe")["login"] == "liaison@example.test" and self.sent(line) == [{"api_key": "s3cret-key"}]
        line.faults += [nobody, (*self.create, says(400, 306))]
        assert refused(peer.ask, "probe").code == "auth"
        line.faults += [nobody, ("GET", f"{API}/product", says(401, 410))]
        refusal = refused(peer.ask, "probe")
        assert refusal.code == "permission" and "5.1.2" in refusal.message

    def test_reasons(self, peer, line):
        line.faults += [(*self.create, says(400, 104, "The summary is too long.")), (*self.lists, self.unmarked)]
        assert "The summary is too long." in refused(peer.file).message
