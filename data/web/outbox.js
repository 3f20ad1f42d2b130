// SPDX-License-Identifier: GPL-3.0-or-later

// What was typed and is not written down by the engine yet. It outlives the page: each message is kept under a name of its own, so that windows
// do not undo each other's. Where two of them send the same one the engine writes it once.

const PREFIX = "out:";

/** A name that no other message has. */
export const makeName = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");

export class Outbox {
  #keep;
  #messages = new Map(); // cid -> {cid, body}

  /** @param keep keeps a value under a name, or with null forgets it */
  constructor(keep) {
    this.#keep = keep;
  }

  /** What was left from before, in the order in which it was typed. */
  recall(kept) {
    const names = Object.keys(kept).filter(name => name.startsWith(PREFIX));
    const found = names.map(name => JSON.parse(kept[name]));

    for (const { at, ...message } of found.sort((a, b) => a.at - b.at))
      this.#messages.set(message.cid, message);

    return this.all;
  }

  get all() {
    return [...this.#messages.values()];
  }

  /** @param sender {name, email} of whom a message is that is left for an answer by e-mail */
  add(body, sender) {
    const message = { cid: makeName(), body, ...sender };

    this.#put(message);

    return message;
  }

  /** It cannot be answered by e-mail: then it is said in the chat. */
  makeChat(cid) {
    const message = this.#messages.get(cid);

    if (message?.email)
      this.#put({ cid, body: message.body });
  }

  #put(message) {
    this.#messages.set(message.cid, message);
    this.#keep(PREFIX + message.cid, JSON.stringify({ ...message, at: performance.timeOrigin + performance.now() }));
  }

  remove(cid) {
    if (this.#messages.delete(cid))
      this.#keep(PREFIX + cid, null);
  }
}
