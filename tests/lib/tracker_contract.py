# SPDX-License-Identifier: GPL-3.0-or-later
"""What every tracker has to stand, asked of Prism, which knows the tracker's interface and refuses what is not in it."""

import http.client
import json
import time

import pytest

import mailstack
import tracker
from patience import PATIENCE_S

def running(make):
    return mailstack.running() and make.upper() in mailstack.ports()


def refused(ask, *arguments, **options):
    with pytest.raises(tracker.Refused) as refusal:
        ask(*arguments, **options)
    return refusal.value


def ask_prism(make, method, path, body, headers):
    """Directly, as a program does that keeps to nothing. The status, and what Prism has found in the request."""
    connection = http.client.HTTPConnection("127.0.0.1", mailstack.ports()[make.upper()], timeout=PATIENCE_S)
    connection.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, tracker.violations(answer.getheaders())


def change(edit):
    """An answer that `edit` changes: what the description's example does not say."""

    def alter(status, headers, text):
        said = json.loads(text)
        said = edit(said) or said
        return status, headers, json.dumps(said).encode()

    return alter


def with_header(name, value):
    return lambda status, headers, text: (status, {**headers, name: value}, text)


class Contract:
    """The cases. A class below it says of its tracker: `make`, `place`, `key_header`, `issue` (the key of the example), the paths, and how its answers are shaped."""

    make = place = issue = None
    create = lists = search_path = comments = None  # (method, beginning of the path)
    edit = ("PATCH", "")
    mark_field = "body"
    takes_files = True
    below = ""  # of paths, which Prism does not look at
    headers = {}
    errors = {401: "auth", 403: "permission", 404: "not-found", 410: "gone", 422: "invalid", 500: "unknown-outcome", 502: "unknown-outcome", 503: "unknown-outcome"}
    bad_requests = []
    describes_keys = True
    releases = None  # the beginning of the path that says which are out, and their names there
    released = []
    release_pages = False

    # How the lists of this tracker are changed; those of GitHub and Forgejo
    def items(self, said):
        return said

    def set_text(self, item, text):
        item[self.mark_field] = text

    def tidy(self, status, headers, text):
        """What Prism makes up and the tracker would not say."""
        return status, headers, text

    def marked(self, text):
        def edit(said):
            for item in self.items(said)[:1]:
                self.set_text(item, text)

        return change(edit)

    @staticmethod
    def unmarked(status, headers, text):
        return status, headers, text

    @pytest.fixture
    def line(self):
        with tracker.BadLine(self.make.upper(), self.tidy, self.below) as line:
            yield line
            assert line.violations == []

    @pytest.fixture
    def peer(self, line):
        with tracker.Peer(**{"kind": self.make, "at": line.url, "key": "s3cret-key", "deadline_ms": 20000, **self.place}) as peer:
            yield peer

    def test_probe(self, peer):
        answer = peer.whole("probe")
        assert answer["ok"] and answer["login"]

    def test_create(self, peer, line):
        marker, issue = peer.file("Zażółć “x” <b>")
        assert issue["key"] == self.issue
        sent = line.bodies[[method for method, _ in line.seen].index("POST")]
        assert marker in sent.decode() and "Zażółć “x” <b>" in str(json.loads(sent))

    @pytest.mark.parametrize("status", [401, 403, 404, 410, 422, 500, 502, 503])
    def test_refusals(self, peer, line, status):
        line.faults += [(*self.create, status), (*self.lists, self.unmarked)]
        refusal = refused(peer.file)
        assert refusal.code == self.errors[status]
        assert "s3cret" not in refusal.message

    def test_slow_down(self, peer, line):
        line.faults.append((*self.create, (429, {"Retry-After": "30"})))
        before = int(time.time() * 1000)
        refusal = refused(peer.file)
        assert refusal.code == "rate" and refusal.until >= before + 30000
        count = len(line.seen)
        assert refused(peer.ask, "search", text="voucher").code == "rate"
        assert len(line.seen) == count

    def test_lost_reply(self, peer, line):
        marker = peer.ask("marker")
        line.faults += [(*self.create, "drop"), (*self.lists, self.marked(f"It is.\n\nRef: {marker}"))]
        assert peer.file(marker=marker)[1]["key"]
        assert len([seen for seen in line.seen if seen[0] == self.create[0] and seen[1].startswith(self.create[1])]) >= 1
        assert not line.faults

    def test_lost_reply_and_not_there(self, peer, line):
        line.faults += [(*self.create, "drop")]
        assert refused(peer.file).code == "unknown-outcome"

    def test_part_of_a_marker_is_another_one(self, peer, line):
        marker = peer.ask("marker")
        line.faults.append((*self.lists, self.marked(f"Ref: {marker}x")))
        assert peer.ask("find", marker=marker, since=1) is None

    def test_read(self, peer, line):
        issue = peer.ask("read", key=self.issue, validator="")
        assert issue["key"] == self.issue and issue["validator"]
        assert peer.ask("read", key=self.issue, validator=issue["validator"]) is None

    def test_comments(self, peer, line):
        """What engineers write below an issue, and which of it is our own."""
        answer = peer.whole("comments", key=self.issue, since=1764000000000)
        assert answer["login"] and answer["ok"]
        for comment in answer["ok"]:
            assert comment["key"] and comment["text"] and comment["author"] and comment["at"] > 1000000000000
        line.faults.append(("GET", self.comments, (404, {})))
        assert refused(peer.ask, "comments", key=self.issue, since=1764000000000).code == "not-found"
        assert len([path for method, path in line.seen if path.startswith(self.comments)]) == 2

    def test_nothing_new(self, peer, line):
        line.faults.append(("GET", self.issue_path, (304, {})))
        assert peer.ask("read", key=self.issue, validator='W/"7"') is None
        assert line.headers[-1]["If-None-Match"] == 'W/"7"'

    @pytest.mark.parametrize("status,code", [(403, "permission"), (404, "not-found"), (410, "gone"), (301, "moved"), (500, "unavailable")])
    def test_moved_deleted_forbidden(self, peer, line, status, code):
        line.faults.append(("GET", self.issue_path, (status, {"Location": "http://127.0.0.1/elsewhere"} if status == 301 else {})))
        assert refused(peer.ask, "read", key=self.issue, validator="").code == code
        assert len(line.seen) == 1  # nothing follows a redirect

    def test_changes(self, peer, line):
        begin = peer.whole("changes", cursor=None)
        assert begin["ok"] == [] and begin["cursor"] and not begin["more"]
        line.faults.append((*self.lists, self.another_page()))
        first = peer.whole("changes", cursor=begin["cursor"])
        assert first["more"]
        second = peer.whole("changes", cursor=first["cursor"])
        assert not second["more"] and second["ok"]
        assert line.seen[-1] != line.seen[-2] or line.bodies[-1] != line.bodies[-2]

    def test_releases(self, peer, line):
        """Which milestones or versions are out, and that most of the answers are short."""
        first = peer.whole("releases", validator="")
        assert first["ok"] and first["names"] == self.released
        assert line.seen[-1] == ("GET", line.seen[-1][1]) and line.seen[-1][1].startswith(self.releases)
        line.faults += [("GET", self.releases, with_header("ETag", 'W/"7"')), ("GET", self.releases, (304, {})), ("GET", self.releases, (403, {}))]
        known = peer.whole("releases", validator="")
        assert known["ok"] and known["validator"] == 'W/"7"'
        assert peer.whole("releases", validator=known["validator"]) == {"ok": False, "names": [], "validator": 'W/"7"'}
        assert line.headers[-1]["If-None-Match"] == 'W/"7"'
        assert refused(peer.ask, "releases", validator='W/"7"').code == "permission"

    def test_releases_on_several_pages(self, peer, line):
        """The first page says nothing of the others, so all are asked for again each time."""
        if not self.release_pages:
            pytest.skip("has them in one answer")
        line.faults += [("GET", self.releases, lambda status, headers, text: (status, {**headers, "ETag": 'W/"7"', "Link": '<http://127.0.0.1:1/evil?page=2>; rel="next"'}, text))]
        answer = peer.whole("releases", validator="")
        assert answer["names"] == self.released and answer["validator"] == ""
        assert [path[-7:] for _, path in line.seen] == ["&page=1", "&page=2"]

    def another_page(self):
        return with_header("Link", '<http://127.0.0.1:1/evil?page=2>; rel="next"')

    def test_find_on_the_next_page(self, peer, line):
        marker = peer.ask("marker")
        line.faults += [(*self.lists, self.another_page()), (*self.lists, self.marked(f"Ref: {marker}"))]
        assert peer.ask("find", marker=marker, since=1)["key"]

    def test_search(self, peer, line):
        assert peer.ask("search", text='vanished repo:other/secret "x" -y OR project=Z\r\nX: y')
        asked = line.seen[-1][1] + line.bodies[-1].decode()
        assert asked.startswith(self.search_path) and not any(sign in asked for sign in ("other/secret", "other%2Fsecret", "-y", "\r", "project=Z", "project%3DZ"))

    def test_search_for_nothing(self, peer, line):
        assert peer.ask("search", text=" -- “”!") == []
        assert line.seen == []

    def test_comment(self, peer, line):
        assert peer.ask("summary", key=self.issue, marker="liaison-x-customers", text="2 customers\n\nRef: liaison-x-customers")
        assert line.seen[-1][0] == "POST" and line.seen[-1][1].startswith(self.comments)
        line.faults.append(("GET", self.comments, self.marked("2 customers\n\nRef: liaison-x-customers")))
        assert peer.ask("summary", key=self.issue, marker="liaison-x-customers", text="7 customers\n\nRef: liaison-x-customers")
        assert line.seen[-1][0] == self.edit[0] and b"7 customers" in line.bodies[-1]

    def test_lost_comment(self, peer, line):
        line.faults.append(("POST", self.comments, "drop"))
        assert refused(peer.ask, "summary", key=self.issue, marker="liaison-x", text="Ref: liaison-x").code == "unknown-outcome"

    def test_file(self, peer, line):
        files = [{"name": "screen ä.txt", "text": "what was seen"}]
        if self.takes_files:
            assert peer.ask("attach", key=self.issue, files=files)
            assert b"what was seen" in line.bodies[-1] or b"d2hhdCB3YXMgc2Vlbg==" in line.bodies[-1]
        else:
            assert refused(peer.ask, "attach", key=self.issue, files=files).code == "invalid"
            assert line.seen == []

    @pytest.mark.parametrize("status,code", [(413, "invalid"), (503, "unknown-outcome")])
    def test_refused_file(self, peer, line, status, code):
        """A file that is too large never gets there; one that may have arrived is sent again."""
        if not self.takes_files:
            pytest.skip("takes no files")
        line.faults.append(("POST", self.files, (status, {})))
        assert refused(peer.ask, "attach", key=self.issue, files=[{"name": "a.txt", "text": "x"}]).code == code
        assert peer.ask("attach", key=self.issue, files=[{"name": "a.txt", "text": "x"}])

    def test_retract(self, peer, line):
        assert peer.ask("retract", key=self.issue, title="Withdrawn", text="Withdrawn.\n\nRef: liaison-x")
        assert any(b"Withdrawn" in body for body in line.bodies)

    def test_not_a_tracker(self, peer, line):
        line.faults += [("GET", "/", lambda status, headers, text: (200, headers, b"<html>")), ("GET", "/", lambda status, headers, text: (200, headers, b"{}"))]
        assert refused(peer.ask, "read", key=self.issue, validator="").code == "invalid"
        assert refused(peer.ask, "read", key=self.issue, validator="").code == "invalid"

    def test_key_is_hostile(self, peer, line):
        """Keys come from trackers by way of the store: none leads to another path."""
        line.faults += [("GET", "/", 404)] * 2
        for key in ("../../user", "1?x=y#z"):
            refused(peer.ask, "read", key=key, validator="")
            assert "../" not in line.seen[-1][1] and "?x=y" not in line.seen[-1][1] and "#" not in line.seen[-1][1]

    def test_prism_refuses(self):
        """What is no request of this interface, Prism does not take: else a request of ours would prove nothing."""
        for method, path, body in self.bad_requests:
            status, found = ask_prism(self.make, method, path.removeprefix(self.below), body, self.headers)
            assert status in (400, 404, 422) or found, (method, path, body)

    def test_prism_wants_a_key(self):
        if not self.describes_keys:
            pytest.skip("its description says nothing of keys")
        assert ask_prism(self.make, "GET", self.issue_path.removeprefix(self.below), None, {"Accept": self.headers.get("Accept", "application/json")})[0] == 401
