# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the app while an agent types and sends and mail comes in: a draft is a second old at most, nothing is lost, nothing goes out twice.

LIAISON_KILL_ROUNDS: how often (8 in the tests). In a round the agent answers one customer; the app is killed while the words are typed, or just
after Send; in two of four rounds the engine is killed with it. In every fourth round the engine stands still from before Send until the next app
starts, so that what the dead app asked for is decided while the next one begins; in every eighth round the draft is then saved once more, as by an
app that got no answer before it died. The next app shows what is left, and the agent sends it if it is a draft: also where the message has gone
meanwhile, and then it is the same one.
"""

import dataclasses
import os
import random
import signal
import subprocess
import threading
import time
import uuid

import pytest

from liaison_app import role, states, text_of, walk
from liaison_setup import set_up_mailbox
from patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not os.path.exists(os.environ.get("LIAISON_STACK", "") + "/ready"), reason="needs the mail servers: ./dev test app")

ROUNDS = int(os.environ.get("LIAISON_KILL_ROUNDS", "8"))
SEED = int(os.environ.get("LIAISON_KILL_SEED", "7"))
MOST_AGE_S = 10.0 if "LIAISON_SANITIZED" in os.environ else 1.0


@dataclasses.dataclass
class Answer:
    """What the agent typed in a round: words and when each was typed, and when the app was killed."""

    subject: str
    conversation: str
    words: list = dataclasses.field(default_factory=list)
    typed_at: list = dataclasses.field(default_factory=list)
    sent: bool = False
    killed_at: float = 0.0
    draft: dict | None = None
    sent_again: bool = False

    def age_s(self, kept):
        """How old the draft is that has only the first words, the last one perhaps in part: the time from the first one that is missing to the end."""
        whole = [word for word, shown in zip(self.words, kept) if word == shown]
        return self.killed_at - self.typed_at[len(whole)] if len(whole) < len(self.words) else 0.0


class Customers(threading.Thread):
    """Mail from others comes in all the time."""

    def __init__(self, stack):
        super().__init__(daemon=True)
        self.stack = stack
        self.subjects = []
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.7):
            subject = f"Meanwhile {uuid.uuid4().hex}"
            self.stack.send("customer@example.test", subject, "Hello,\n\nare you there?", name="Tomasz Zielinski")
            self.subjects.append(subject)

    def end(self):
        self.ended.set()
        self.join(PATIENCE_S)


def all_rows(client):
    rows, after = [], ""
    while True:
        page = client.get(f"/v1/views/all/rows?limit=200{after}")
        rows += page["rows"]
        if not page["next"]:
            return rows
        after = f"&after={page['next']}"


def until(condition, what, seconds=2 * PATIENCE_S):
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, what
        time.sleep(0.1)
    return value


def editor(app):
    """The composer's text where it is open."""
    return next((node for node in walk(app.root) if role(node) == "text" and node.get_name() == "Reply" and "showing" in states(node)), None)


def open_conversation(app, conversation, subject):
    app.activate("open-conversation", conversation)
    app.find(subject, "label")


def sent_entries(client, conversation):
    return [entry for entry in client.get(f"/v1/conversations/{conversation}")["timeline"] if entry["dir"] == "out"]


def write(app):
    app.key("ctrl+r")
    app.wait(lambda: "focused" in states(editor(app)), "the editor with the focus")


def press_send():
    subprocess.run(["xdotool", "key", "--clearmodifiers", "ctrl+Return"], check=True)


def type_answer(app, answer, n_words):
    open_conversation(app, answer.conversation, answer.subject)
    app.find(contains="Reply to")
    write(app)
    for number in range(n_words):
        word = f"{answer.subject[-4:]}n{number}"
        subprocess.run(["xdotool", "type", "--delay", "4", f"{word} "], check=True)
        answer.words.append(word)
        answer.typed_at.append(time.monotonic())


def send_while_it_stands_still(app, answer, generator):
    """What is asked for lies in the engine's socket when the app is killed; it goes on as the next app begins to ask."""
    engine = app.engine_pid()
    time.sleep(generator.uniform(0, 1.2))
    answer.killed_at = time.monotonic()
    os.kill(engine, signal.SIGSTOP)
    press_send()
    time.sleep(generator.uniform(0.05, 0.3))
    return threading.Timer(generator.uniform(0, 1.2), os.kill, (engine, signal.SIGCONT))


def kill(app, answer, with_engine):
    engine = app.engine_pid()
    answer.killed_at = answer.killed_at or time.monotonic()
    app.kill()
    assert engine != 0, "the app has no engine"
    log = app.log.read_text()
    assert "CRITICAL" not in log and "AddressSanitizer" not in log, log
    if with_engine:
        os.kill(engine, signal.SIGKILL)
        until(lambda: app.engine_pid() == 0, "the engine's end")
    return engine


def wait_for_draft(client, answer):
    """As it was saved with all words."""
    def look():
        draft = client.get(f"/v1/conversations/{answer.conversation}")["draft"]
        return draft if draft and draft["body"].split() == answer.words else None
    return until(look, "the whole draft")


def save_once_more(client, answer):
    end = time.monotonic() + 3
    while not sent_entries(client, answer.conversation) and time.monotonic() < end:
        time.sleep(0.05)
    client.command("draft.save", answer.draft, conv=answer.conversation)


def finish(app, answer):
    """What the agent finds after a crash, and does about it. Gives the draft's age, or None where the message had gone."""
    if answer.draft is not None:
        save_once_more(app.client(), answer)
    open_conversation(app, answer.conversation, answer.subject)
    body = app.wait(lambda: editor(app) or app.look(contains="Reply to"), "what is left of the draft")
    client = app.client()
    kept = text_of(body).split() if role(body) == "text" else []
    has_gone = bool(sent_entries(client, answer.conversation))
    if has_gone:
        assert answer.sent, f"{answer.subject} has gone by itself"
    assert "".join(answer.words).startswith("".join(kept)), (kept, answer.words)
    if kept:
        answer.sent_again = has_gone
        write(app)
        press_send()
        app.wait(lambda: editor(app) is None or app.look(contains="did arrive"), "the editor to close, or to say why not")
    elif not has_gone:
        client.command("message.send", {"mode": "email", "reply": "new", "body": "again", "subject": f"Re: {answer.subject}",
                                        "to": [{"name": "", "address": "customer@example.test"}]}, conv=answer.conversation)
    until(lambda: sent_entries(client, answer.conversation), "the engine to have the message")
    return None if has_gone else answer.age_s(kept)


def test_kill(make_app, stack, tmp_path, capsys):
    set_up_mailbox(tmp_path / "data", stack, undo_send_s=0)
    prefix = uuid.uuid4().hex[:12]
    subjects = [f"Round {prefix}r{number:03d}" for number in range(ROUNDS)]
    for subject in subjects:
        stack.send("customer@example.test", subject, "Hello,\n\nmy wheel is bent. What now?", name="Ann Whitlock")

    app = make_app()
    client = app.client()
    known = until(lambda: (found := {row["subject"]: row["id"] for row in all_rows(client)}) and len(found) >= ROUNDS and found, "all mail")
    customers = Customers(stack)
    customers.start()
    generator = random.Random(SEED)
    answers, ages, gone, joined, respawned = [], [], 0, 0, 0
    for number, subject in enumerate(subjects):
        answer = Answer(subject, known[subject], sent=number % 2 == 1)
        type_answer(app, answer, generator.randint(8, 30))
        with_engine = number % 4 >= 2
        goes_on = None
        if number % 8 == 1:
            answer.draft = wait_for_draft(app.client(), answer)
        if answer.sent and not with_engine:
            goes_on = send_while_it_stands_still(app, answer, generator)
        elif answer.sent:
            press_send()
        if goes_on is None:
            time.sleep(generator.uniform(0, 1) ** 4 * 0.3)
        engine = kill(app, answer, with_engine)
        if goes_on is not None:
            goes_on.start()
        app.start()
        age = finish(app, answer)
        until(lambda: app.engine_pid() != 0, "an engine")
        assert (app.engine_pid() == engine) != with_engine
        joined, respawned = joined + (not with_engine), respawned + with_engine
        gone += age is None
        ages += [] if age is None else [age]
        answers.append(answer)
    customers.end()

    client = app.client()
    expected = set(subjects) | set(customers.subjects)
    until(lambda: {row["subject"] for row in all_rows(client)} >= expected, "mail was lost")
    until(lambda: not [row for row in all_rows(client) if row["sending"] in ("queued", "sending", "deferred")], "an answer did not go out")
    rows = all_rows(client)
    assert len(rows) == len({row["subject"] for row in rows}), "something is there twice"
    foreign = [(row["id"], row["subject"], row["entries"], row["last_at"]) for row in rows if row["subject"] not in expected]
    assert not foreign, f"something is there that nobody sent: {foreign}"
    unconfirmed = {row["subject"] for row in rows if row["sending"] == "unconfirmed"}
    assert not [row for row in rows if row["sending"] not in ("", "unconfirmed")]

    counts = count_answers(stack, prefix, sum(subject not in unconfirmed for subject in subjects))
    with capsys.disabled():
        print(f"\n{ROUNDS} kills: engine joined {joined}, respawned {respawned}; {len(ages)} drafts, at most {max(ages, default=0):.2f} s old; {gone} had gone, {sum(answer.sent_again for answer in answers)} of them sent again; "
              f"{len(expected)} in; {len(counts)} out, {len(unconfirmed)} unconfirmed, {sum(count > 1 for count in counts.values())} doubled, "
              f"{len([subject for subject in subjects if subject not in counts and subject not in unconfirmed])} lost")
    assert max(counts.values()) == 1, "an answer arrived twice"
    assert {subject for subject in subjects if subject not in unconfirmed} <= set(counts), "an answer is lost"
    for answer in answers:
        assert len(sent_entries(client, answer.conversation)) == 1
    assert max(ages, default=0) <= MOST_AGE_S


def count_answers(stack, prefix, least):
    """How many mails the customer has about each subject, once so many have arrived."""
    connection = stack.mailbox("customer")
    try:
        numbers = until(lambda: connection.noop() and len(found := connection.search(None, "SUBJECT", f'"{prefix}"')[1][0].split()) >= least and found, "answers")
        counts = {}
        for number in numbers:
            header = connection.fetch(number, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1][0][1].decode()
            subject = header.replace("\r\n", "").partition("Re: ")[2].strip()
            counts[subject] = counts.get(subject, 0) + 1
        return counts
    finally:
        connection.logout()
