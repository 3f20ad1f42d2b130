// SPDX-License-Identifier: GPL-3.0-or-later

// What was said, as it is seen. What is not written down by the engine yet stands at the end, in the order in which it was typed.

import { language, make, say } from "./words.js";

const NEAR_END_PX = 80;
const SAME_MS = 5 * 60 * 1000; // within it one who goes on is not named again
const LINK = /https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?()[\]{}]/g;

const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });

// Text stays text; what is an address of the web can be followed.
const makeBody = text => {
  const body = make("div", "body", "");
  let at = 0;

  for (const { 0: address, index } of text.matchAll(LINK)) {
    const link = make("a", "", address);

    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    body.append(text.slice(at, index), link);
    at = index + address.length;
  }
  body.append(text.slice(at));

  return body;
};

export class Log {
  #scroller;
  #list;
  #makeFile;
  #ask;
  #call = null; // call.js, once there is something of calls in it
  #pending = new Map(); // cid -> its element
  #mine = []; // {seq, item, when}: those that one of us may not have seen
  #last = null; // {from, at}
  #seen = 0;

  /**
   * @param makeFile makes what is seen of a message's file
   * @param ask asks the engine something
   */
  constructor(scroller, list, makeFile, ask) {
    this.#scroller = scroller;
    this.#list = list;
    this.#makeFile = makeFile;
    this.#ask = ask;
  }

  clear() {
    this.#list.replaceChildren();
    this.#pending.clear();
    this.#mine = [];
    this.#last = null;
    this.#seen = 0;
  }

  /** What was typed just now; `file`: what is seen of one. */
  addPending({ cid, body }, ...file) {
    const item = this.#makeMessage("mine first sending", say("you"), body, say("sending"), file);

    this.#pending.set(cid, item);
    this.#list.append(item);
    this.#toEnd();
  }

  /** The engine has it; where it stands tells its event. */
  setSent(cid) {
    const item = this.#pending.get(cid);

    item?.classList.remove("sending");
    this.#setWhen(item, say("sent"));
  }

  /** It cannot be sent, or not now. */
  setProblem(cid, words, isBad = true) {
    const item = this.#pending.get(cid);

    this.#setWhen(item, words);
    item?.lastElementChild.classList.toggle("bad", isBad);
  }

  /** She wants it no more. */
  remove(cid) {
    this.#pending.get(cid)?.remove();
    this.#pending.delete(cid);
  }

  addEvent(event) {
    const stays = !this.#isAtEnd();
    const at = new Date(event.at);
    let item;

    if (event.kind === "withdrawn" || event.kind === "rated")
      return;
    this.#addDay(at);
    if (event.kind === "message")
      this.#addMessage(event, at);
    else if (event.kind.startsWith("call")) {
      item = this.#addSaid("");
      this.#call ??= import(`./call.js?lang=${language}`);
    }
    else if (event.kind === "closed" || event.kind === "reopened")
      this.#addSaid(say(event.kind));
    else if (event.kind === "transcript")
      this.#addSaid(say("transcript", `\u2066${event.to}\u2069`));
    if (!stays || event.from === "visitor")
      this.#toEnd();
    this.#call?.then(({ show }) => this.keepPlace(() => show(event, item, this.#ask)));
  }

  /** One of us has seen everything up to there. */
  setSeen(seq) {
    this.#seen = Math.max(this.#seen, seq);
    this.#paintSeen();
  }

  #isAtEnd() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight <= NEAR_END_PX;
  }

  /** Something grows: the end stays the end. */
  keepPlace(grow) {
    const wasAtEnd = this.#isAtEnd();

    grow();
    if (wasAtEnd)
      this.#toEnd();
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #append(item) {
    const [first] = this.#pending.values();

    this.#list.insertBefore(item, first ?? null);
  }

  #addSaid(text) {
    const item = make("li", "said", text);

    this.#append(item);
    this.#last = null;

    return item;
  }

  #addDay(at) {
    const date = at.toDateString();

    if (this.#last?.date === date || (!this.#last && date === new Date().toDateString() && !this.#list.querySelector(".said")))
      return;
    if (this.#last || !this.#list.querySelector(`[data-date="${date}"]`)) {
      const said = make("li", "said", day.format(at));

      said.dataset.date = date;
      this.#append(said);
      this.#last = null;
    }
  }

  #addMessage(event, at) {
    const isMine = event.from === "visitor";
    const name = isMine ? say("you") : event.name || say("agent");
    const goesOn = this.#last?.name === name && at - this.#last.at < SAME_MS;
    const when = clock.format(at) + (event.by ? ` · ${say("by_email")}` : "");
    const item = this.#makeMessage(`${isMine ? "mine" : "theirs"} ${goesOn ? "" : "first"}`, name, event.body, when,
      (event.files ?? []).map((file, index) => this.#makeFile(file, event.seq, index)));

    if (goesOn)
      item.querySelector(".who").className = "unseen";
    this.remove(event.cid);
    if (goesOn)
      this.#last.item.querySelector(".when").hidden = true;
    this.#append(item);
    this.#last = { name, at, item, date: at.toDateString() };
    if (isMine)
      this.#mine.push({ seq: event.seq, item, when });
    else
      this.#forgetSeen();
    this.#paintSeen();
  }

  // Whoever answers has seen it.
  #forgetSeen() {
    for (const { item, when } of this.#mine)
      this.#setWhen(item, when);
    this.#mine = [];
  }

  #paintSeen() {
    const last = this.#mine.at(-1);

    for (const { item, when } of this.#mine)
      this.#setWhen(item, when);
    if (last)
      this.#setWhen(last.item, `${last.when} · ${say(last.seq <= this.#seen ? "seen" : "sent")}`);
  }

  #setWhen(item, words) {
    if (item)
      item.lastElementChild.textContent = words;
  }

  #makeMessage(kind, name, body, when, files = []) {
    const item = make("li", `${kind} new`, "");

    item.append(make("span", "who", name), ...(body === "" ? [] : [makeBody(body)]), ...files, make("span", "when", when));

    return item;
  }
}
