// SPDX-License-Identifier: GPL-3.0-or-later

// The panel. What is typed goes into the outbox, from there over the line; what the line brings goes into the log. The button outside (loader.js)
// opens it, and keeps what there is to remember.

import { Files } from "./files.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { fillIn, say } from "./words.js";

const TYPING_EACH_MS = 3000;
const TYPING_LASTS_MS = 5000;
const BUSY_MS = 3500;
const LIVE_MS = 30 * 60 * 1000; // after the last word
const TOO_MUCH = 429;
const NO_MAILBOX = 503;
const SITE = new URL(location.href).searchParams.get("site");

const part = id => document.getElementById(id);
const log = new Log(part("log"), part("messages"), (...file) => files.make(...file), (...asked) => line.call("POST", ...asked));
const outbox = new Outbox((name, value) => keep(name, value));
const body = part("body");

let page = null; // the origin of the page around us
let token = null; // kept once she has written: who only looks leaves nothing
let written = false;
let isShown = false;
let lastSeq = 0;
let seenSeq = 0; // in any of her windows
let answers = []; // their numbers
let typedAt = 0;
let isNew = false; // nobody knows who she is
let isAway = false;
let trail = null; // {pages, agreed}: where she was, if the site asks; agreed: "1", "0", or nothing yet
let isTrailSent = false;
let prechat = [];
let liveUntil = 0;
let typingTimer = 0;
let busyTimer = 0;
let help = null;
let isAnswered = false;
let areWaysWanted = false; // she has asked for them

const tellPage = message => page && parent.postMessage(message, page);

function keep(name, value) {
  tellPage({ t: "keep", name, value });
}

const setText = (element, text) => {
  element.hidden = text === "";
  if (element.textContent !== text)
    element.textContent = text;
};

const setStatus = text => {
  if (part("status").textContent !== text)
    part("status").textContent = text;
};

const moment = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", hour: "numeric", minute: "2-digit" });

// Who is away asks for an address, to which the answer goes.
function askAbout() {
  const asked = isAway ? ["name", "email"] : prechat;

  part("about").hidden = !isNew || written || asked.length === 0;
  for (const [id, name] of [["visitor", "name"], ["address", "email"]])
    for (const element of [part(id), part(id).previousElementSibling])
      element.hidden = !asked.includes(name);
  part("address").previousElementSibling.textContent = say(isAway ? "answer_email" : "your_email");
}

const tellQueue = ({ position, wait_s: wait }) => {
  const before = position === 1 ? say("next") : say("position", position - 1);

  return wait ? `${before}. ${say("wait", Math.ceil(wait / 60))}` : before;
};

// From the line -----------------------------------------------------------------------------------------------------------------------------

const line = new Line(SITE, {
  session(session) {
    part("name").textContent = session.name;
    setText(part("greeting"), session.greeting);
    if (session.color)
      setColor(session.color);
    isNew = session.state === "none" && !session.verified;
    prechat = session.prechat;
    part("way-code").hidden = part("way-call").hidden = !session.phone;
    files.max = session.max_file;
    if (session.self_service && !written)
      import("./find.js").then(({ find }) => find(line, () => written));
    this.state(session);
  },

  token(text) {
    log.clear();
    token = text;
    lastSeq = 0;
    answers = [];
    part("way-talk").hidden = part("rate").hidden = true;
    see(0);
    if (written)
      keep("token", text);
    for (const message of written ? outbox.all : [])
      log.addPending(message);
    files.showAll();
  },

  up() {
    setStatus("");
    if (seenSeq > 0)
      line.seen(seenSeq);
    flush();
    help?.again();
    files.flush();
    showTrail();
  },

  down() {
    setStatus(say(navigator.onLine && outbox.all.length === 0 ? "connecting" : "offline"));
  },

  refused() {
    setStatus(say("refused"));
  },

  state(state) {
    const presence = part("presence");

    isAway = state.availability === "away";
    isAnswered = state.state === "open";
    showWays();
    askAbout();
    presence.hidden = false;
    presence.className = state.availability;
    presence.firstElementChild.textContent = state.opens_at ? say("away_until", moment.format(new Date(state.opens_at))) : say(state.availability);
    setText(part("queue"), state.queue && state.availability === "online" ? tellQueue(state.queue) : "");
  },

  events(events) {
    const fresh = events.filter(event => event.from === "agent").map(event => event.seq);
    const last = events.at(-1);

    for (const event of events) {
      outbox.remove(event.cid);
      log.addEvent(event);
    }
    lastSeq = last.seq;
    if (!written) {
      written = true;
      showTrail();
    }
    noteRating(events);
    part("about").hidden = true;
    setLive(last.kind === "closed" ? 0 : Date.parse(last.at) + LIVE_MS);
    if (fresh.length === 0)
      return;
    setText(part("typing"), "");
    answers.push(...fresh);
    part("way-talk").hidden = false;
    if (isShown)
      see(lastSeq);
    else
      countUnread();
  },

  ack(cid, answerBy) {
    outbox.remove(cid);
    log.setSent(cid);
    if (answerBy)
      setStatus(say("left", moment.format(new Date(answerBy))));
    flush();
  },

  err(cid, status) {
    if (status === TOO_MUCH || (status >= 500 && status !== NO_MAILBOX)) {
      log.setProblem(cid, say("busy"));
      clearTimeout(busyTimer);
      busyTimer = setTimeout(flush, BUSY_MS);
      return;
    }
    if (status === NO_MAILBOX) {
      outbox.makeChat(cid);
      setStatus(say("no_mailbox"));
    } else {
      outbox.remove(cid);
      log.setProblem(cid, say("failed"));
    }
    flush();
  },

  read(seq) {
    log.setSeen(seq);
  },

  joined() {
    help?.joined();
  },

  typing(name) {
    setText(part("typing"), say("typing", name));
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => setText(part("typing"), ""), TYPING_LASTS_MS);
  },
});

const files = new Files(line, log);

// One after the other: where the engine takes one later than another, they would change places.
function flush() {
  const [first] = outbox.all;

  if (first && line.isUp)
    line.send(first);
}

const countUnread = () => tellPage({ t: "unread", n: answers.filter(seq => seq > seenSeq).length });

// 0: nothing yet. It is kept for her other windows, and for the site's next page.
function see(seq) {
  if (seq > 0)
    line.seen(seq);
  if (seq === seenSeq)
    return;
  seenSeq = seq;
  keep("seen", seq > 0 ? String(seq) : null);
  countUnread();
}

// While an answer may come the button looks for it on the site's other pages, too.
function setLive(until) {
  if ((liveUntil > Date.now()) !== (until > Date.now()))
    keep("live", until > Date.now() ? String(until) : null);
  liveUntil = until;
}

// What she does -----------------------------------------------------------------------------------------------------------------------------

const getSender = () => {
  const name = part("visitor").value.trim();
  const email = part("address").checkValidity() ? part("address").value.trim() : "";

  return part("about").hidden ? {} : { ...(name && { name }), ...(email && { email }) };
};

// What she says of herself goes with a new token.
const begin = sender => {
  written = true;
  showTrail();
  part("about").hidden = true;
  if (Object.keys(sender).length > 0)
    line.start(null, { locale: document.documentElement.lang, ...sender });
  else if (token)
    keep("token", token);
};

// What she writes; with an address it is answered by e-mail.
const send = (text, sender) => {
  log.addPending(outbox.add(text, sender));
  if (outbox.all.length === 1)
    flush();
};

part("write").addEventListener("submit", event => {
  const text = body.value.trim();

  event.preventDefault();
  if (text === "")
    return;
  const sender = getSender();

  body.value = "";
  if (!written)
    begin(sender);
  send(text, isAway && sender.email ? sender : {});
  body.focus();
});

function addFiles(list) {
  if (list.length === 0)
    return;
  if (!written)
    begin(getSender());
  files.add([...list]);
  body.focus();
}

// She is asked once she chats, and can change her mind while it is shown.
function showTrail() {
  if (!trail || !written)
    return;
  const isOn = trail.agreed === "1";

  part("trail").hidden = trail.agreed === "0";
  part("trail").firstElementChild.textContent = say(isOn ? "trail_on" : "trail_ask");
  part("trail-yes").hidden = isOn;
  part("trail-no").textContent = say(isOn ? "trail_stop" : "trail_no");
  if (isOn || isTrailSent)
    line.pages(trail.pages);
  isTrailSent = isOn;
}

for (const answer of ["yes", "no"])
  part(`trail-${answer}`).addEventListener("click", () => {
    tellPage({ t: "consent", yes: answer === "yes" });
    body.focus();
  });

part("attach").addEventListener("click", () => part("file").click());
part("file").addEventListener("change", () => {
  addFiles(part("file").files);
  part("file").value = "";
});
body.addEventListener("paste", event => event.clipboardData.files.length > 0 && (event.preventDefault(), addFiles(event.clipboardData.files)));
for (const kind of ["dragover", "dragleave", "drop"])
  addEventListener(kind, event => {
    event.preventDefault();
    document.body.classList.toggle("dropping", kind === "dragover" && event.dataTransfer.types.includes("Files"));
    if (kind === "drop")
      addFiles(event.dataTransfer.files);
  });

body.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing)
    return;
  event.preventDefault();
  part("write").requestSubmit();
});

body.addEventListener("input", () => {
  if (Date.now() - typedAt < TYPING_EACH_MS)
    return;
  typedAt = Date.now();
  line.typing();
});

addEventListener("keydown", event => event.key === "Escape" && (help?.isOpen ? help.close(false) : tellPage({ t: "close" })));
part("close").addEventListener("click", () => tellPage({ t: "close" }));

// Other ways: there while nobody has answered, and afterwards when she looks for them.
function showWays() {
  const shown = (areWaysWanted || !isAnswered) && !help?.isOpen;

  part("ways").hidden = !shown;
  part("more").hidden = !isAnswered;
  part("more").setAttribute("aria-expanded", String(shown));
}

// When we have closed it: whether it helped, in one word.
function noteRating(events) {
  for (const { kind } of events)
    if (kind !== "transcript")
      part("rate").hidden = kind !== "closed";
  isAnswered &&= part("rate").hidden;
  showWays();
}

part("rate").addEventListener("click", async ({ target: { value } }) => {
  if (!value)
    return;
  try {
    await line.call("POST", "rating", { rating: value });
    part("rate").hidden = true;
    setStatus(say(value === "good" ? "rated" : "rated_not"));
    body.focus();
  } catch {
    setStatus(say("failed"));
  }
});

const goWay = async way => {
  const { Help } = await import("./help.js");

  help ??= new Help({
    line,
    draft: () => body.value.trim(),
    ask: () => tellPage({ t: "where" }),
    status: setStatus,
    begin: () => written || begin({}),
    leave(text, sender) {
      this.begin();
      send(text, sender);
    },
    closed(isDone) {
      if (isDone)
        body.value = "";
      areWaysWanted = false;
      showWays();
      body.focus();
    },
  });
  help.open(way);
  showWays();
};

for (const way of ["call", "mail", "code", "talk"])
  part(`way-${way}`).addEventListener("click", () => goWay(way));
part("more").addEventListener("click", () => {
  areWaysWanted = !areWaysWanted;
  showWays();
});

// From the page -----------------------------------------------------------------------------------------------------------------------------

function setColor(color) {
  const [red, green, blue] = [1, 3, 5].map(at => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2);
  const isLight = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;

  document.documentElement.style.setProperty("--accent", color);
  document.documentElement.style.setProperty("--on-accent", isLight ? "#000" : "#fff");
}

const asked = {
  start({ kept, color, jwt }) {
    setColor(color);
    token = kept.token ?? null;
    written = token !== null;
    seenSeq = Number(kept.seen) || 0;
    for (const message of outbox.recall(kept))
      log.addPending(message);
    line.start(token, { locale: document.documentElement.lang, ...(jwt && { jwt }) });
  },

  shown({ shown, focus }) {
    isShown = shown;
    if (!shown)
      return;
    if (answers.length > 0)
      see(lastSeq);
    part("log").scrollTop = part("log").scrollHeight;
    if (focus)
      body.focus();
  },

  // She read, or wrote, in another window before she did here.
  kept({ name, value }) {
    if (name === "seen") {
      seenSeq = Math.max(seenSeq, Number(value) || 0);
      countUnread();
    }
    if (name !== "token" || value === null || value === token || written)
      return;
    token = value;
    written = true;
    line.start(token, { locale: document.documentElement.lang });
  },

  where(where) {
    help?.found(where);
  },

  pages({ pages, agreed }) {
    trail = { pages, agreed };
    showTrail();
  },

  identify({ jwt }) {
    log.clear();
    written = true;
    line.start(null, { jwt });
  },
};

addEventListener("message", event => {
  if (event.source !== parent || (page !== null && event.origin !== page))
    return;
  page = event.origin;
  asked[event.data.t]?.(event.data);
});

fillIn();
setStatus(say("connecting"));
parent.postMessage({ t: "ready" }, "*");
