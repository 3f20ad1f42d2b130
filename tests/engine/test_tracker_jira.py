# SPDX-License-Identifier: GPL-3.0-or-later
"""Jira Cloud, as its official description says, and Jira Data Center, as a hand-written contract does: it has no description of its own."""

import base64
import json

import pytest

import tracker_contract
from tracker_contract import change, refused

pytestmark = pytest.mark.skipif(not tracker_contract.running("jira"), reason="no Prism: ./dev stack up")

API = "/rest/api/3"
FIELDS = {
    "summary": "The total is wrong",
    "status": {"name": "In Progress", "statusCategory": {"key": "indeterminate"}},
    "assignee": {"displayName": "Ann Engineer"},
    "fixVersions": [{"name": "2.1"}],
    "updated": "2026-11-22T10:00:00.000+0000",
    "attachment": [],
}


def document(text):
    return {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]}


class TestJira(tracker_contract.Contract):
    make = "jira"
    releases, released = f"{API}/project/SHOP", []
    place = {"kind": "jira-cloud", "project": "SHOP", "login": "liaison@example.test", "type": "Bug", "dialect": "plain"}
    issue = "SHOP-7"
    create = ("POST", f"{API}/issue")
    lists = ("GET", f"{API}/search/jql?")
    issue_path = f"{API}/issue/SHOP-7"
    comments = f"{API}/issue/SHOP-7/comment"
    edit = ("PUT", comments)
    describes_keys = False
    files = f"{API}/issue/SHOP-7/attachments"
    search_path = f"{API}/search/jql?jql=project%20%3D%20%22SHOP%22%20AND%20text%20~%20%22vanished%20repo%20other%20secret%20x%20y%20or%20project%20z%20x%20y%22%20ORDER"
    headers = {"Authorization": "Basic eDp5", "Accept": "application/json"}
    bad_requests = [
        ("POST", f"{API}/issue", {"fields": "x"}),
        ("GET", f"{API}/search/jql?jql=x&maxResults=many", None),
        ("PUT", f"{API}/issue/SHOP-7", {"fields": []}),
        ("GET", f"{API}/issue/SHOP-7/comment?orderBy=size", None),
        ("GET", f"{API}/issue/SHOP-7/comment?startAt=first", None),
        ("POST", f"{API}/issue/SHOP-7/comment", {"body": document("x"), "visibility": "everyone"}),
        ("POST", f"{API}/issue/SHOP-7/transitions", {"transition": "5"}),
    ]

    def tidy(self, status, headers, text):
        """The examples of the description know no fields of ours, and each has another issue."""
        said = json.loads(text) if text[:1] == b"{" and status < 300 else None
        if said is None:
            return status, headers, text
        if "issues" in said:
            said = {"issues": [{"key": "SHOP-7", "fields": FIELDS}], "isLast": True}
        elif "key" in said and "self" in said and "name" not in said:
            said.update(key="SHOP-7", fields=FIELDS)
        elif "permissions" in said:
            said["permissions"] = {name: {"havePermission": True} for name in ("CREATE_ISSUES", "ADD_COMMENTS")}
        elif "transitions" in said:
            said["transitions"][0]["to"]["statusCategory"] = {"key": "done"}
        return status, headers, json.dumps(said).encode()

    def marked(self, text):
        def edit(said):
            if "comments" in said:
                said["comments"][0]["body"] = document(text)

        return change(edit)

    @staticmethod
    def unmarked(status, headers, text):
        return status, headers, b'{"issues":[]}'

    def another_page(self):
        return change(lambda said: said.update(nextPageToken="to/ken", isLast=False))

    def test_key(self, peer, line):
        peer.ask("probe")
        assert line.headers[-1]["Authorization"] == "Basic " + base64.b64encode(b"liaison@example.test:s3cret-key").decode()

    def test_lost_reply_and_not_there(self, peer, line):
        line.faults += [(*self.create, "drop"), (*self.lists, self.unmarked)]
        assert refused(peer.file).code == "unknown-outcome"

    def test_part_of_a_marker_is_another_one(self, peer, line):
        """Jira compares labels as a whole."""
        marker = peer.ask("marker")
        peer.ask("find", marker=marker, since=1)
        assert f"jql=labels%20%3D%20%22{marker}%22" in line.seen[-1][1]
        line.faults.append((*self.lists, self.unmarked))
        assert peer.ask("find", marker=marker, since=1) is None

    def test_find_on_the_next_page(self):
        pytest.skip("a label is found on the first page")

    def test_pages_by_token(self, peer, line):
        cursor = peer.whole("changes", cursor=None)["cursor"]
        line.faults.append((*self.lists, self.another_page()))
        cursor = peer.whole("changes", cursor=cursor)["cursor"]
        peer.whole("changes", cursor=cursor)
        assert "nextPageToken=to%2Fken" in line.seen[-1][1] and line.seen[-1][1].startswith(line.seen[-2][1])

    def test_time_zone(self, peer, line):
        """JQL takes times on the clock of whom it is asked by."""
        line.faults.append(("GET", f"{API}/myself", change(lambda said: said.update(timeZone="Asia/Tokyo"))))
        cursor = peer.whole("changes", cursor=None)["cursor"]
        peer.whole("changes", cursor=cursor)
        assert "2026-11-22%2018%3A58" in line.seen[-1][1]  # two minutes before 10:00 UTC

    def test_issue(self, peer):
        issue = peer.ask("read", key="SHOP-7", validator="")
        assert (issue["state"], issue["closed"], issue["assignee"], issue["milestone"]) == ("In Progress", False, "Ann Engineer", "2.1")
        assert issue["url"].endswith("/browse/SHOP-7")

    def test_moved_to_another_project(self, peer, line):
        line.faults.append(("GET", self.issue_path, change(lambda said: said.update(key="WEB-1"))))
        assert peer.ask("read", key="SHOP-7", validator="")["key"] == "WEB-1"

    def test_no_right(self, peer, line):
        line.faults.append(("GET", f"{API}/mypermissions", change(lambda said: said["permissions"]["CREATE_ISSUES"].update(havePermission=False))))
        assert refused(peer.ask, "probe").code == "permission"

    def test_cannot_be_closed(self, peer, line):
        line.faults.append(("GET", f"{API}/issue/SHOP-7/transitions", change(lambda said: said.update(transitions=[]))))
        refusal = refused(peer.ask, "retract", key="SHOP-7", title="Withdrawn", text="Withdrawn.")
        assert refusal.code == "permission" and "may not close" in refusal.message

    def test_reasons(self, peer, line):
        line.faults.append((*self.create, lambda status, headers, text: (400, headers, b'{"errorMessages":["No."],"errors":{"labels":"Field \'labels\' cannot be set."}}')))
        refusal = refused(peer.file)
        assert refusal.code == "invalid" and "No.; labels: Field 'labels' cannot be set." in refusal.message

    def test_made_and_not_readable(self, peer, line):
        line.faults += [("GET", self.issue_path, (500, {})), (*self.lists, self.unmarked)]
        assert refused(peer.file).code == "unknown-outcome"

    @pytest.mark.parametrize("asks", [{"labels": ["perf", "needs-info"]}, {"status": {"name": "Waiting for customer", "statusCategory": {"key": "new"}}}])
    def test_engineers_wait(self, peer, line, asks):
        line.faults.append(("GET", self.issue_path, change(lambda said: said["fields"].update(asks))))
        assert peer.ask("read", key="SHOP-7", validator="")["wants_info"]
        assert "labels" in line.seen[-1][1] and not peer.ask("read", key="SHOP-7", validator="")["wants_info"]


OLD = "/rest/api/2"


class TestDataCenter(tracker_contract.Contract):
    """It is asked by version 2, writes texts in its own notation, has another kind of key, and pages by number."""

    make = "jiradc"
    releases, released = f"{OLD}/project/SHOP", ["2.0"]
    place = {"kind": "jira", "project": "SHOP", "dialect": "jira"}
    below = OLD
    issue = "SHOP-7"
    create = ("POST", f"{OLD}/issue")
    lists = ("GET", f"{OLD}/search?")
    issue_path = f"{OLD}/issue/SHOP-7"
    comments = f"{OLD}/issue/SHOP-7/comment"
    edit = ("PUT", comments)
    files = f"{OLD}/issue/SHOP-7/attachments"
    search_path = f"{OLD}/search?jql=project%20%3D%20%22SHOP%22%20AND%20text%20~%20%22vanished%20repo%20other%20secret%20x%20y%20or%20project%20z%20x%20y%22%20ORDER"
    headers = {"Authorization": "Bearer x"}
    bad_requests = [
        ("POST", f"{OLD}/issue", {"fields": {"project": {"key": "SHOP"}, "issuetype": {"name": "Task"}}}),
        ("POST", f"{OLD}/issue", {"fields": {"project": {"key": "SHOP"}, "issuetype": {"name": "Task"}, "summary": "x", "description": document("x")}}),
        ("POST", f"{OLD}/issue", {"fields": {"project": {"key": "SHOP"}, "issuetype": {"name": "Task"}, "summary": "x", "labels": ["two words"]}}),
        ("GET", f"{OLD}/search?startAt=0", None),
        ("GET", f"{OLD}/search?jql=x&startAt=0&nextPageToken=x&maxResults=many", None),
        ("POST", f"{OLD}/issue/SHOP-7/comment", {"body": document("x")}),
        ("POST", f"{OLD}/issue/SHOP-7/transitions", {"transition": "5"}),
    ]
    unmarked = staticmethod(TestJira.unmarked)

    def items(self, said):
        return said["comments"] if "comments" in said else []

    def another_page(self):
        return change(lambda said: said.update(total=200))

    def test_create(self, peer, line):
        marker, issue = peer.file("Zażółć “x” <b>")
        sent = json.loads(line.bodies[[method for method, _ in line.seen].index("POST")])["fields"]
        assert issue["key"] == "SHOP-7" and issue["url"].endswith("/browse/SHOP-7") and sent["labels"] == [marker] and sent["issuetype"] == {"name": "Task"}
        assert sent["description"] == f"It is.\n\nRef: {marker}" and all(headers["Authorization"] == "Bearer s3cret-key" for headers in line.headers)

    test_lost_reply_and_not_there = TestJira.test_lost_reply_and_not_there

    def test_part_of_a_marker_is_another_one(self, peer, line):
        """Jira compares labels as a whole."""
        line.faults.append((*self.lists, self.unmarked))
        marker = peer.ask("marker")
        assert peer.ask("find", marker=marker, since=1) is None
        assert f"jql=labels%20%3D%20%22{marker}%22" in line.seen[-1][1]

    def test_find_on_the_next_page(self):
        pytest.skip("a label is found on the first page")

    def test_pages_by_number(self, peer, line):
        cursor = peer.whole("changes", cursor=None)["cursor"]
        line.faults.append((*self.lists, self.another_page()))
        cursor = peer.whole("changes", cursor=cursor)["cursor"]
        peer.whole("changes", cursor=cursor)
        assert [path.rsplit("&", 1)[1] for _, path in line.seen[-2:]] == ["startAt=0", "startAt=1"] and "2026-11-22%2010%3A58" in line.seen[-1][1]  # Berlin's clock

    def test_file(self, peer, line):
        super().test_file(peer, line)
        assert line.headers[-1]["X-Atlassian-Token"] == "no-check"

    test_issue = TestJira.test_issue
    test_moved_to_another_project = TestJira.test_moved_to_another_project
    test_reasons = TestJira.test_reasons

    def test_label_asks(self, peer, line):
        line.faults.append(("GET", self.issue_path, change(lambda said: said["fields"].update(labels=["question"]))))
        assert peer.ask("read", key="SHOP-7", validator="")["wants_info"] and not peer.ask("read", key="SHOP-7", validator="")["wants_info"]
