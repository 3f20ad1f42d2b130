# SPDX-License-Identifier: GPL-3.0-or-later
"""GitHub, as its official description says."""

import json

import pytest

import tracker_contract
from tracker_contract import refused

pytestmark = pytest.mark.skipif(not tracker_contract.running("github"), reason="no Prism: ./dev stack up")

REPO = "/api/v3/repos/shop/web"


class TestGithub(tracker_contract.Contract):
    make = "github"
    releases, released, release_pages = f"{REPO}/milestones?state=closed&per_page=100", ["v1.0"], True
    place = {"project": "shop/web"}
    below = "/api/v3"
    issue = "1347"
    create = ("POST", f"{REPO}/issues")
    lists = ("GET", f"{REPO}/issues?")
    issue_path = f"{REPO}/issues/1347"
    comments = f"{REPO}/issues/1347/comments"
    search_path = "/api/v3/search/issues?q=vanished%20repo%20other%20secret%20x%20y%20or%20project%20z%20x%20y%20repo%3Ashop%2Fweb%20is%3Aissue"
    takes_files = False
    describes_keys = False
    headers = {"Authorization": "Bearer x", "Accept": "application/vnd.github+json, application/json"}
    bad_requests = [
        ("POST", f"{REPO}/issues", {"body": "no title"}),
        ("POST", f"{REPO}/issues", {"title": "x", "labels": "bug"}),
        ("GET", f"{REPO}/issues?state=any", None),
        ("GET", f"{REPO}/milestones?state=released", None),
        ("GET", f"{REPO}/issues?since=yesterday", None),
        ("GET", f"{REPO}/issues/first", None),
        ("PATCH", f"{REPO}/issues/1", {"state": "done"}),
        ("GET", f"{REPO}/issues/1/comments?page=one", None),
        ("POST", f"{REPO}/issues/1/comments", {"text": "x"}),
        ("PATCH", f"{REPO}/issues/comments/1", {}),
        ("GET", "/api/v3/search/issues", None),
    ]

    def tidy(self, status, headers, text):
        """The issue of the example is a pull request, too."""
        said = json.loads(text) if text[:1] == b"[" else []
        for item in said:
            item.pop("pull_request", None)
        return status, headers, json.dumps(said).encode() if said else text

    def test_used_up(self, peer, line):
        """GitHub says 403 when the hour's requests are used up, and until when."""
        line.faults.append((*self.create, (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"})))
        assert refused(peer.file).code == "rate"

    def test_issues_are_off(self, peer, line):
        line.faults.append(("GET", REPO, tracker_contract.change(lambda said: said.update(has_issues=False))))
        refusal = refused(peer.ask, "probe")
        assert refusal.code == "gone" and "switched off" in refusal.message

    def test_archived(self, peer, line):
        line.faults.append(("GET", REPO, tracker_contract.change(lambda said: said.update(archived=True))))
        assert refused(peer.ask, "probe").code == "permission"

    def test_pull_requests_are_no_issues(self, peer, line):
        cursor = peer.whole("changes", cursor=None)["cursor"]
        line.faults.append((*self.lists, tracker_contract.change(lambda said: [item.update(pull_request={"url": "x"}) for item in said] and None)))
        assert peer.whole("changes", cursor=cursor)["ok"] == []

    def test_state(self, peer, line):
        line.faults.append(("GET", self.issue_path, tracker_contract.change(lambda said: said.update(state="closed", state_reason="not_planned"))))
        issue = peer.ask("read", key="1347", validator="")
        assert (issue["closed"], issue["state"]) == (True, "closed: not planned")

    def test_reasons(self, peer, line):
        line.faults.append((*self.create, lambda status, headers, text: (422, headers, b'{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}]}')))
        assert "Validation Failed; title: missing_field" in refused(peer.file).message
