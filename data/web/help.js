// SPDX-License-Identifier: GPL-3.0-or-later

// What she can do instead of waiting: read out a code on the telephone, be called, be answered by e-mail. Loaded when it is asked for. What she has
// typed in the chat comes along, and is there again when she goes back.

import { makeName } from "./outbox.js";
import { language, say } from "./words.js";

const EMAIL = { type: "email", autocomplete: "email", maxLength: 254, required: true };
const NOT_THERE_MS = 4000; // for an answer of the page around us

const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });

const make = (name, properties = {}, ...parts) => {
  const element = Object.assign(document.createElement(name), properties);

  element.append(...parts);

  return element;
};

// A field with its label, as those in frame.html.
const makeField = (id, word, properties) => {
  const field = make(properties.rows ? "textarea" : "input", { id: `help-${id}`, ...properties });

  return [make("label", { htmlFor: field.id, textContent: say(word) }), field];
};

export class Help {
  #panel;
  #sheet = null;
  #code = null; // {text, until, timer}: that is shown
  #words = null;
  #cid = ""; // of the call, or the talk, that she asks for, however often it is sent
  #isAsked = false; // for an address
  #found = null;

  /** @param panel {line, draft(), ask(), begin(), leave(text, sender), status(text), closed(isDone)}: what of frame.js is needed here */
  constructor(panel) {
    this.#panel = panel;
  }

  get isOpen() {
    return this.#sheet !== null;
  }

  /** `way`: "call", "code", "mail", "talk". */
  open(way) {
    this.close(false);
    const title = make("h2", { id: "help-title", tabIndex: -1, textContent: say(`${way}_title`) });

    this.#words = make("p", { className: "dim", role: "status" });
    this.#sheet = make("form", { id: "help", noValidate: true }, title, make("p", { textContent: say(`${way}_text`) }));
    this.#sheet.setAttribute("aria-labelledby", title.id);
    this.#sheet.addEventListener("submit", event => {
      event.preventDefault();
      this.#send[way]?.();
    });
    this.#build[way]();
    document.getElementById("write").before(this.#sheet);
    (this.#sheet.querySelector("input, textarea") ?? title).focus();
  }

  /** @param isDone what was typed has gone this way */
  close(isDone) {
    if (!this.#sheet)
      return;
    clearTimeout(this.#code?.timer);
    this.#code = null;
    this.#sheet.remove();
    this.#sheet = null;
    this.#panel.closed(isDone);
  }

  /** The line is there again, perhaps to an engine that knows nothing of what was shown. */
  async again() {
    const before = this.#code?.text;

    if (!before)
      return;
    await this.#ask();
    if (this.#code && this.#code.text !== before)
      this.#words.textContent = `${say("code_new")} ${this.#words.textContent}`;
  }

  /** Somebody has typed the code. */
  joined() {
    if (!this.#code)
      return;
    this.close(false);
    this.#panel.status(say("code_joined"));
  }

  /** What the page around us says of itself. */
  found(where) {
    this.#found?.(where);
  }

  #buttons(word) {
    const back = make("button", { type: "button", className: "plain", textContent: say("back") });

    back.addEventListener("click", () => this.close(false));
    this.#sheet.append(this.#words, make("div", { className: "line" }, back, ...(word ? [make("button", { className: "choice", textContent: say(word) })] : [])));
  }

  #value(id) {
    return this.#sheet.querySelector(`#help-${id}`).value.trim();
  }

  // Her field is wrong, and she is told why.
  #complain(id, word) {
    const field = this.#sheet.querySelector(`#help-${id}`);

    this.#words.id = "help-words";
    this.#words.className = "bad";
    this.#words.textContent = say(word);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "help-words");
    field.focus();
  }

  #isEmail(email) {
    const isOne = email !== "" && this.#sheet.querySelector("#help-email").checkValidity();

    if (!isOne)
      this.#complain("email", "mail_bad");

    return isOne;
  }

  #build = {
    code: () => {
      this.#sheet.append(make("p", { id: "code", dir: "ltr" }));
      this.#buttons();
      this.#code = { text: "", timer: 0 };
      this.#ask();
    },
    call: () => {
      this.#sheet.append(
        ...makeField("number", "call_number", { type: "tel", autocomplete: "tel", maxLength: 40, required: true, dir: "ltr" }),
        ...makeField("text", "call_about", { rows: 3, maxLength: 1000, value: this.#panel.draft().slice(0, 1000) }));
      this.#buttons("call_send");
      this.#cid = makeName();
    },
    mail: () => {
      this.#sheet.append(
        ...makeField("name", "your_name", { autocomplete: "name", maxLength: 200 }),
        ...makeField("email", "answer_email", EMAIL),
        ...makeField("text", "message", { rows: 3, maxLength: 8000, value: this.#panel.draft() }));
      this.#buttons("send");
    },
    talk: () => {
      if (this.#isAsked)
        this.#sheet.append(...makeField("email", "answer_email", EMAIL));
      this.#buttons("send");
    },
  };

  #send = {
    call: async () => {
      const sheet = this.#sheet;

      try {
        await this.#panel.line.call("POST", "callback", { cid: this.#cid, number: this.#value("number"), body: this.#value("text") });
      } catch (error) {
        if (sheet === this.#sheet)
          this.#complain("number", { value: "call_bad", "not-called": "call_not" }[error.code] ?? (error.status === 429 ? "code_later" : "call_failed"));

        return;
      }
      this.#panel.begin(); // what comes of it is in the log
      if (sheet === this.#sheet)
        this.close(true);
    },
    mail: () => {
      const [name, email, text] = ["name", "email", "text"].map(id => this.#value(id));

      if (!this.#isEmail(email))
        return;
      if (text === "")
        return this.#complain("text", "text_missing");
      this.#panel.leave(text, { ...(name && { name }), email });
      this.close(true);
    },
    // Where to is asked for only when nobody knows.
    talk: async () => {
      const email = this.#isAsked ? this.#value("email") : "";
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

      if (this.#isAsked && !this.#isEmail(email))
        return;
      this.#cid ||= makeName();
      try {
        await this.#panel.line.call("POST", "transcript", { cid: this.#cid, zone, email });
        this.#cid = "";
        this.close(false);
      } catch ({ status }) {
        this.#isAsked ||= status === 422;
        this.open("talk");
        this.#words.textContent = status === 422 ? "" : say("failed");
      }
    },
  };

  // Where she is: the page around us knows. What follows ? and # may be private, and stays there.
  #where() {
    return new Promise(resolve => {
      const clean = ({ url, title }) => resolve({ url: url.split(/[?#]/)[0], title: title.slice(0, 200) });

      this.#found = clean;
      setTimeout(() => resolve({}), NOT_THERE_MS);
      this.#panel.ask();
    });
  }

  async #ask() {
    const shown = this.#code;

    try {
      const { code, good_s: good } = await this.#panel.line.call("POST", "code", await this.#where());

      if (shown !== this.#code)
        return;
      clearTimeout(shown.timer);
      shown.text = code;
      shown.timer = setTimeout(() => this.#ask(), good * 1000);
      this.#sheet.querySelector("#code").textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
      this.#sheet.querySelector("#code").setAttribute("aria-label", [...code].join(" "));
      this.#words.textContent = say("code_until", clock.format(Date.now() + good * 1000));
    } catch (error) {
      if (shown === this.#code)
        this.#words.textContent = say(error.status === 429 ? "code_later" : "code_failed");
    }
  }
}
