// SPDX-License-Identifier: GPL-3.0-or-later

// The line to the engine: one WebSocket, or, where there is none to be had, calls that wait. Nothing is sent twice and nothing is missed over either:
// messages have names of ours, and what comes has numbers, from which it goes on after each break.

const SLOWEST_MS = 30000;
const FASTEST_MS = 500;
const PATIENCE_MS = 10000; // for an answer to a ping
const OPENING_MS = 8000; // until a WebSocket has said hello
const SOCKET_TRIES = 2; // before calls that wait are used
const SOCKET_AGAIN_MS = 60000;
const POLL_S = 20;
const REFUSED = 403;
const UNKNOWN = 401;

class Refusal extends Error {
  constructor(status, problem) {
    super(`status ${status}`);
    this.status = status;
    this.code = problem?.errors?.[0]?.code;
  }
}

export class Line {
  #site;
  #heard;
  #who = {}; // name, email, jwt
  #token = null;
  #isKnown = false; // the engine has taken the token, and said how the site is
  #since = 0;
  #socket = null;
  #greeted = false;
  #polling = null; // an AbortController
  #tries = 0; // in a row that led to nothing
  #socketFails = 0;
  #socketAgainAt = 0;
  #retry = 0;
  #ping = 0;
  #patience = 0;
  #pingMs = 25000;
  #run = 0; // grows with each start: what an older one still waits for is nobody's any more

  /**
   * @param heard what is called: session(answer), token(text), up(), down(), refused(), state(state), events(events), ack(cid, answerBy),
   *   err(cid, status), read(seq), typing(name), joined()
   */
  constructor(site, heard) {
    this.#site = site;
    this.#heard = heard;
    addEventListener("online", () => this.#hurry());
    addEventListener("offline", () => this.#broken());
    document.addEventListener("visibilitychange", () => document.hidden || this.#check());
  }

  get token() {
    return this.#token;
  }

  get isUp() {
    return this.#greeted || this.#polling !== null;
  }

  /** Begins anew, as that visitor; without a token as a new one. */
  start(token, who = {}) {
    this.#run++;
    this.#who = who;
    this.#forget(token);
    this.#hangUp();
    this.#connect();
  }

  #forget(token) {
    this.#token = token;
    this.#isKnown = false;
    this.#since = 0;
  }

  /** Sends it now, one with an e-mail address to be answered there; without a line it has to be given again after up(). */
  async send(message) {
    if (message.email)
      await this.#post("leave-message", message);
    else if (this.#greeted)
      this.#write({ t: "send", ...message });
    else if (this.#polling)
      await this.#post("messages", message);
  }

  typing() {
    if (this.#greeted)
      this.#write({ t: "typing" });
  }

  /** Where she was and is; nothing: she shows it no more. */
  pages(pages) {
    if (this.#greeted)
      this.#write({ t: "pages", pages });
  }

  seen(seq) {
    if (this.#greeted)
      this.#write({ t: "read", seq });
  }

  /** Asks the engine something; the answer's object. */
  async call(method, path, body, signal) {
    const answer = await fetch(`/chat/v1/${path}`, {
      method,
      signal,
      credentials: "omit",
      headers: { ...(body && { "Content-Type": "application/json" }), ...(this.#token && { Authorization: `Bearer ${this.#token}` }) },
      body: body && JSON.stringify(body),
    });

    if (!answer.ok)
      throw new Refusal(answer.status, await answer.json().catch(() => null));

    return answer.json();
  }

  async #connect() {
    const run = this.#run;

    clearTimeout(this.#retry);
    this.#retry = 0;
    if (this.#isKnown) {
      this.#join();
      return;
    }
    try {
      const session = await this.call("POST", "session", { site: this.#site, ...(this.#token && { token: this.#token }), ...this.#who });

      if (run === this.#run)
        this.#begin(session);
    } catch (error) {
      if (run !== this.#run)
        return;
      if (error.status === REFUSED)
        this.#heard.refused();
      else
        this.#later();
    }
  }

  #begin(session) {
    if (session.token !== this.#token) {
      this.#token = session.token;
      this.#since = 0;
      this.#heard.token(session.token);
    }
    delete this.#who.jwt; // good for a while; the token stays
    this.#isKnown = true;
    this.#heard.session(session);
    this.#join();
  }

  #join() {
    if (this.#socketFails < SOCKET_TRIES || Date.now() > this.#socketAgainAt)
      this.#open();
    else
      this.#poll();
  }

  // By WebSocket ---------------------------------------------------------------------------------------------------------------------------

  #open() {
    const address = new URL("/chat/v1/socket", location.href.replace(/^http/, "ws"));
    let socket;

    try {
      socket = new WebSocket(address);
    } catch {
      this.#socketLost(null);
      return;
    }
    this.#socket = socket;
    this.#patience = setTimeout(() => socket.close(), OPENING_MS);
    socket.onopen = () => this.#write({ t: "hello", token: this.#token, since: this.#since });
    socket.onmessage = event => this.#socket === socket && this.#take(JSON.parse(event.data));
    socket.onclose = event => this.#socket === socket && this.#socketLost(event);
  }

  #socketLost(event) {
    const failed = !this.#greeted;

    this.#hangUp();
    if (failed && ++this.#socketFails >= SOCKET_TRIES)
      this.#socketAgainAt = Date.now() + SOCKET_AGAIN_MS;
    if (event?.code === 4000 + UNKNOWN)
      this.#forget(null);
    if (event?.code === 4000 + REFUSED)
      this.#heard.refused();
    else if (failed && this.#socketFails === SOCKET_TRIES)
      this.#connect();
    else
      this.#later();
  }

  #write(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify(frame));
  }

  #take(frame) {
    clearTimeout(this.#patience);
    this.#patience = 0;
    this.#wind();
    switch (frame.t) {
    case "hello":
      this.#greeted = true;
      this.#socketFails = 0;
      this.#tries = 0;
      this.#pingMs = frame.ping_s * 1000;
      this.#wind();
      this.#heard.state(frame);
      this.#heard.up();
      break;
    case "events":
      this.#events(frame.events);
      this.#write({ t: "ack", seq: this.#since });
      break;
    case "ack":
      this.#heard.ack(frame.cid);
      break;
    case "err":
      this.#heard.err(frame.cid, frame.problem.status);
      break;
    case "state":
      this.#heard.state(frame);
      break;
    case "read":
      this.#heard.read(frame.seq);
      break;
    case "joined":
      this.#heard.joined();
      break;
    case "typing":
      this.#heard.typing(frame.name);
      break;
    }
  }

  #events(events) {
    const fresh = events.filter(event => event.seq > this.#since);

    if (fresh.length === 0)
      return;
    this.#since = fresh.at(-1).seq;
    this.#heard.events(fresh);
  }

  // A line that is dead and does not know it says nothing: so it is asked.
  #wind() {
    clearTimeout(this.#ping);
    this.#ping = this.#greeted ? setTimeout(() => this.#check(), this.#pingMs) : 0;
  }

  #check() {
    if (!this.#greeted || this.#patience)
      return this.#hurry();
    this.#write({ t: "ping" });
    this.#patience = setTimeout(() => this.#broken(), PATIENCE_MS);
  }

  // Without one ----------------------------------------------------------------------------------------------------------------------------

  async #poll() {
    const polling = new AbortController();

    this.#polling = polling;
    this.#heard.up();
    try {
      let wait = 0;

      while (this.#polling === polling && Date.now() < this.#socketAgainAt) {
        const answer = await this.call("GET", `events?since=${this.#since}&wait=${wait}`, undefined, polling.signal);

        this.#tries = 0;
        wait = POLL_S;
        if (answer.state)
          this.#heard.state(answer);
        this.#events(answer.events);
      }
      if (this.#polling === polling) {
        this.#polling = null;
        this.#connect();
      }
    } catch (error) {
      if (this.#polling !== polling)
        return;
      if (error.status === UNKNOWN)
        this.#forget(null);
      this.#broken();
    }
  }

  async #post(path, message) {
    try {
      const answer = await this.call("POST", path, message);

      this.#heard.ack(answer.cid, answer.answer_by);
    } catch (error) {
      if (error.status)
        this.#heard.err(message.cid, error.status);
      else
        this.#broken();
    }
  }

  // When it breaks -------------------------------------------------------------------------------------------------------------------------

  #hangUp() {
    const socket = this.#socket;

    this.#socket = null;
    this.#greeted = false;
    this.#polling?.abort();
    this.#polling = null;
    clearTimeout(this.#patience);
    clearTimeout(this.#ping);
    clearTimeout(this.#retry);
    this.#patience = this.#ping = this.#retry = 0;
    socket?.close();
  }

  #broken() {
    this.#hangUp();
    this.#later();
  }

  #later() {
    const longest = Math.min(SLOWEST_MS, FASTEST_MS * 2 ** Math.min(this.#tries++, 6));

    this.#heard.down();
    this.#retry = setTimeout(() => this.#connect(), 100 + Math.random() * longest); // spread: not all at once when the engine is back
  }

  #hurry() {
    if (!this.#retry)
      return;
    this.#tries = 0;
    this.#connect();
  }
}
