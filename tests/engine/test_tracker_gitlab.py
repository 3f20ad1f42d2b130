# SPDX-License-Identifier: GPL-3.0-or-later
"""GitLab, as a hand-written contract says: its own description is not to be had in a form that Prism reads."""

import pytest

import tracker_contract
from tracker_contract import change, refused

pytestmark = pytest.mark.skipif(not tracker_contract.running("gitlab"), reason="no Prism: ./dev stack up")

PROJECT = "/api/v4/projects/shop%2Fweb"


class TestGitlab(tracker_contract.Contract):
    make = "gitlab"
    releases, released, release_pages = f"{PROJECT}/milestones?state=closed&include_ancestors=true&per_page=100", ["1.9", "2.0"], True
    place = {"project": "shop/web"}
    below = "/api/v4"
    issue = "6"
    create = ("POST", f"{PROJECT}/issues")
    lists = ("GET", f"{PROJECT}/issues?")
    issue_path = f"{PROJECT}/issues/6"
    comments = f"{PROJECT}/issues/6/notes"
    edit = ("PUT", comments)
    mark_field = "description"
    files = f"{PROJECT}/uploads"
    search_path = f"{PROJECT}/issues?scope=all&search=vanished%20repo%20other%20secret%20x%20y%20or%20project%20z%20x%20y&in="
    headers = {"PRIVATE-TOKEN": "x"}
    bad_requests = [
        ("POST", f"{PROJECT}/issues", {"description": "no title"}),
        ("POST", f"{PROJECT}/issues", {"title": "x", "body": "y"}),
        ("GET", f"{PROJECT}/issues?order_by=size", None),
        ("GET", f"{PROJECT}/issues?updated_after=yesterday", None),
        ("GET", f"{PROJECT}/issues?search=x", None),
        ("GET", f"{PROJECT}/milestones?state=released", None),
        ("GET", f"{PROJECT}/issues/first", None),
        ("PUT", f"{PROJECT}/issues/1", {"state": "closed"}),
        ("GET", f"{PROJECT}/issues/1/notes?per_page=1000", None),
        ("POST", f"{PROJECT}/issues/1/notes", {"text": "x"}),
        ("PUT", f"{PROJECT}/issues/1/notes/1", {}),
    ]

    def set_text(self, item, text):
        item["body" if "body" in item else "description"] = text

    def uploaded(self, line):
        return [body for (method, path), body in zip(line.seen, line.bodies) if path == self.files]

    def test_file(self, peer, line):
        """It is uploaded, and a note shows it; once."""
        files = [{"name": "screen ä.txt", "text": "what was seen"}]
        assert peer.ask("attach", key="6", files=files)
        assert b"what was seen" in self.uploaded(line)[0] and b"/uploads/66dbcd21" in line.bodies[-1]
        mark = line.bodies[-1].decode().split("Ref: ")[1].rstrip('"}')
        line.faults.append(("GET", self.comments, self.marked(f"Ref: {mark}")))
        assert peer.ask("attach", key="6", files=files)
        assert len(self.uploaded(line)) == 1

    def test_moved_to_another_project(self, peer, line):
        line.faults.append(("GET", self.issue_path, change(lambda said: said.update(state="closed", moved_to_id=9))))
        issue = peer.ask("read", key="6", validator="")
        assert (issue["closed"], issue["state"], issue["assignee"]) == (True, "moved to another project", "Ann Engineer")

    def test_issues_are_off(self, peer, line):
        line.faults.append(("GET", PROJECT, change(lambda said: said.update(issues_access_level="disabled"))))
        assert refused(peer.ask, "probe").code == "gone"

    def test_archived(self, peer, line):
        line.faults.append(("GET", PROJECT, change(lambda said: said.update(archived=True))))
        assert refused(peer.ask, "probe").code == "permission"

    def test_reasons(self, peer, line):
        line.faults += [(*self.create, lambda status, headers, text: (400, headers, b'{"message":{"title":["can\'t be blank"]}}')),
                        (*self.create, lambda status, headers, text: (400, headers, b'{"error":"title is missing"}'))]
        assert "title can't be blank" in refused(peer.file).message
        assert "title is missing" in refused(peer.file).message
