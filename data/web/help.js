// SPDX-License-Identifier: GPL-3.0-or-later

// What she can do instead of waiting: read out a code on the telephone, be called, be answered by e-mail. Loaded when it is asked for. What she has
// typed in the chat comes along, and is there again when she goes back.

import { language, say } from "./words.js";

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
  #found = null;

  /** @param panel {line, draft(), ask(), leave(text, sender), status(text), closed(isDone)}: what of frame.js is needed here */
  constructor(panel) {
    this.#panel = panel;
  }

  get isOpen() {
    return this.#sheet !== null;
  }

  /** `way`: "code", "mail". */
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

  #build = {
    code: () => {
      this.#sheet.append(make("p", { id: "code", dir: "ltr" }));
      this.#buttons();
      this.#code = { text: "", timer: 0 };
      this.#ask();
    },
    mail: () => {
      this.#sheet.append(
        ...makeField("name", "your_name", { autocomplete: "name", maxLength: 200 }),
        ...makeField("email", "answer_email", { type: "email", autocomplete: "email", maxLength: 254, required: true }),
        ...makeField("text", "message", { rows: 3, maxLength: 8000, value: this.#panel.draft() }));
      this.#buttons("send");
    },
  };

  #send = {
    mail: () => {
      const [name, email, text] = ["name", "email", "text"].map(id => this.#value(id));

      if (email === "" || !this.#sheet.querySelector("#help-email").checkValidity())
        return this.#complain("email", "mail_bad");
      if (text === "")
        return this.#complain("text", "text_missing");
      this.#panel.leave(text, { ...(name && { name }), email });
      this.close(true);
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
