# SPDX-License-Identifier: GPL-3.0-or-later
"""Forgejo and Gitea, as Forgejo's official description says."""

import json

import pytest

import tracker_contract
from tracker_contract import change, refused

pytestmark = pytest.mark.skipif(not tracker_contract.running("forgejo"), reason="no Prism: ./dev stack up")

REPO = "/api/v1/repos/shop/web"


class TestForgejo(tracker_contract.Contract):
    make = "forgejo"
    releases, released, release_pages = f"{REPO}/milestones?state=closed&limit=50", ["string"], True
    place = {"project": "shop/web"}
    below = "/api/v1"
    issue = "1"
    create = ("POST", f"{REPO}/issues")
    lists = ("GET", f"{REPO}/issues?")
    issue_path = f"{REPO}/issues/1"
    comments = f"{REPO}/issues/1/comments"
    files = f"{REPO}/issues/1/assets"
    search_path = f"{REPO}/issues?q=vanished%20repo%20other%20secret%20x%20y%20or%20project%20z%20x%20y&state=all"
    headers = {"Authorization": "token x"}
    bad_requests = [
        ("POST", f"{REPO}/issues", {"body": "no title"}),
        ("POST", f"{REPO}/issues", {"title": "x", "labels": ["bug"]}),
        ("GET", f"{REPO}/issues?state=any", None),
        ("GET", f"{REPO}/issues?since=yesterday", None),
        ("GET", f"{REPO}/issues?sort=size", None),
        ("GET", f"{REPO}/issues/first", None),
        ("PATCH", f"{REPO}/issues/1", {"state": 7}),
        ("POST", f"{REPO}/issues/1/comments", {"text": "x"}),
        ("PATCH", f"{REPO}/issues/comments/1", {}),
        ("PATCH", f"{REPO}/issues/comments/one", {"body": "x"}),
    ]

    def tidy(self, status, headers, text):
        """Prism makes up a pull request for each issue, and an archived repository."""
        said = json.loads(text) if text[:1] in (b"[", b"{") and status < 300 else None
        for item in said if isinstance(said, list) else [said] if said else []:
            if "pull_request" in item:
                item["pull_request"] = None
            if "archived" in item:
                item["archived"] = False
        return status, headers, text if said is None else json.dumps(said).encode()

    def test_archived(self, peer, line):
        line.faults.append(("GET", REPO, change(lambda said: said.update(archived=True))))
        assert refused(peer.ask, "probe").code == "permission"

    def test_file_is_there(self, peer, line):
        line.faults.append(("GET", self.files, change(lambda said: [file.update(name="log.txt", size=4) for file in said] and None)))
        assert peer.ask("attach", key="1", files=[{"name": "log.txt", "text": "once"}])
        assert [method for method, _ in line.seen] == ["GET"]

    def test_token_without_a_scope(self, peer, line):
        line.faults.append(("GET", "/api/v1/user", lambda status, headers, text: (403, headers, b'{"message":"token does not have at least one of required scope(s): [read:user]"}')))
        refusal = refused(peer.ask, "probe")
        assert refusal.code == "permission" and "read:user" in refusal.message
