// SPDX-License-Identifier: GPL-3.0-or-later

// Files: hers on their way, one after the other, and those that stand in the conversation. None is ever shown by the browser as a page: what is no
// plain picture can only be saved. What is on its way is kept as long as this page: where it may not go yet it waits, and says so.

import { makeName } from "./outbox.js";
import { make, say } from "./words.js";

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
const AGAIN_MS = 3500;
const TRIES = 6;
const MB = 1 << 20;
const WHY = { 413: "too_large", 415: "kind" };

export class Files {
  #line;
  #log;
  #waiting = []; // {cid, file, progress}
  #request = null;
  #again = 0;
  #seen = new IntersectionObserver(seen => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => this.#look(target)));
  max = 10 * MB;

  constructor(line, log) {
    this.#line = line;
    this.#log = log;
  }

  /** Those that she has chosen, pasted or dropped. */
  add(files) {
    for (const file of files) {
      const one = { cid: makeName(), file, tries: 0 };

      this.#show(one);
      if (file.size > this.max)
        this.#refuse(one, "too_large");
      else if (file.size === 0)
        this.#refuse(one, "empty");
      else
        this.#waiting.push(one);
    }
    this.flush();
  }

  /** The log was emptied: she is somebody else now. */
  showAll() {
    this.#waiting.forEach(one => this.#show(one));
  }

  #show(one) {
    const { name, size } = one.file;
    const card = make("div", "file", name);
    const cancel = make("button", "cancel", "×");

    one.progress = make("progress", "", "");
    one.progress.value = 0;
    one.progress.setAttribute("aria-label", name);
    cancel.type = "button";
    cancel.setAttribute("aria-label", say("remove", name));
    cancel.addEventListener("click", () => this.#drop(one, true));
    card.append(make("small", "", toSize(size)), one.progress, cancel);
    this.#log.addPending({ cid: one.cid, body: "" }, card);
  }

  /** Sends what waits, once there is a line. */
  flush() {
    const [one] = this.#waiting;

    clearTimeout(this.#again);
    if (!one || this.#request)
      return;
    if (!this.#line.isUp) {
      this.#waiting.forEach(({ cid }) => this.#log.setProblem(cid, say("kept")));
      return;
    }
    const request = new XMLHttpRequest(); // fetch() does not tell how far it is

    this.#request = request;
    this.#log.setProblem(one.cid, say("sending"), false);
    request.upload.onprogress = ({ loaded, total }) => one.progress.value = loaded / total;
    request.onload = () => this.#answered(one, request.status);
    request.onerror = () => this.#answered(one, 0);
    request.open("POST", `/chat/v1/files?cid=${one.cid}`);
    request.setRequestHeader("Authorization", `Bearer ${this.#line.token}`);
    request.setRequestHeader("Content-Disposition", `attachment; filename*=UTF-8''${encodeURIComponent(one.file.name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)}`);
    request.send(one.file);
  }

  #answered(one, status) {
    this.#request = null;
    if (status === 200) {
      this.#drop(one);
      this.#log.setSent(one.cid);
    } else if ((status === 0 || status === 429 || status >= 500) && ++one.tries < TRIES) {
      this.#log.setProblem(one.cid, say(status ? "busy" : "kept"));
      this.#again = setTimeout(() => this.flush(), AGAIN_MS * 2 ** (one.tries - 1));
    } else {
      this.#drop(one);
      this.#refuse(one, WHY[status] ?? "failed");
    }
  }

  #refuse(one, why) {
    one.progress.remove();
    this.#log.setProblem(one.cid, say(why, this.max / MB));
  }

  #drop(one, byHand) {
    const isUnderWay = one === this.#waiting[0];

    this.#waiting = this.#waiting.filter(other => other !== one);
    if (byHand) {
      this.#log.remove(one.cid);
      if (isUnderWay) {
        this.#request?.abort();
        this.#request = null;
      }
    }
    this.flush();
  }

  // What stands in the conversation -----------------------------------------------------------------------------------------------------------

  /** What is seen of a file, the message's number and its place there. */
  make = ({ name, type, size }, seq, index) => {
    const card = make("button", "file", name);
    let url = null;

    const fetchIt = async () => {
      const answer = await fetch(`/chat/v1/files/${seq}/${index}`, { credentials: "omit", headers: { Authorization: `Bearer ${this.#line.token}` } });

      if (!answer.ok)
        throw new Error(answer.status);

      return url ??= URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: PICTURE.test(type) ? type : "application/octet-stream" }));
    };

    card.type = "button";
    card.title = say("save", name);
    card.append(make("small", "", toSize(size)));
    card.addEventListener("click", async () => {
      const link = make("a", "", "");

      try {
        link.href = url ?? await fetchIt();
        link.download = name;
        link.click();
      } catch {
        card.lastElementChild.textContent = say("not_saved");
      }
    });
    if (PICTURE.test(type)) {
      card.look = async () => {
        const picture = make("img", "", "");

        picture.alt = "";
        picture.src = await fetchIt();
        await picture.decode();
        this.#log.keepPlace(() => card.prepend(picture));
      };
      this.#seen.observe(card);
    }

    return card;
  };

  #look(card) {
    this.#seen.unobserve(card);
    card.look().catch(() => {}); // it can still be saved
  }
}

const toSize = bytes => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: bytes < MB ? "kilobyte" : "megabyte", maximumFractionDigits: 1 })
  .format(bytes < MB ? Math.ceil(bytes / 1024) : bytes / MB);
