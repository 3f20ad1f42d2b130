// SPDX-License-Identifier: GPL-3.0-or-later

// Answers before the first message: what she types is looked for in what the site has published. Loaded only by sites that have it.

import { make, say } from "./words.js";

const PAUSE_MS = 400; // in her typing
const ENOUGH = 3; // letters

const part = id => document.getElementById(id);
const style = Object.assign(make("link", "", ""), { rel: "stylesheet", href: new URL("find.css", import.meta.url) });

let isOn = false;

/** @param hasWritten whether it is a conversation by now, in which one of us answers */
export function find(line, hasWritten) {
  if (isOn)
    return;
  isOn = true;
  const body = part("body");
  const box = make("div", "", "");
  const words = make("p", "dim", "");
  const list = make("ul", "", "");
  let asked = "";
  let timer = 0;

  document.head.append(style);
  box.id = "find";
  words.setAttribute("role", "status");
  box.append(words, list);
  part("write").before(box);

  const tell = (answer, did) => line.call("POST", "answers", { answer, did }).catch(() => {});

  const button = (kind, text, act) => {
    const made = make("button", kind, text);

    made.type = "button";
    made.addEventListener("click", act);

    return made;
  };

  const show = answers => {
    words.textContent = answers.length > 0 ? say("found") : "";
    list.replaceChildren(...answers.map(answer => {
      const item = make("li", "", "");

      item.append(button("file", answer.title, () => open(answer)));

      return item;
    }));
  };

  const open = ({ answer, title, text }) => {
    const sheet = make("section", "", "");
    const heading = make("h2", "", title);
    const line = make("div", "line", "");

    const close = () => {
      sheet.remove();
      body.focus();
    };

    heading.id = "answer-title";
    heading.tabIndex = -1;
    sheet.id = "answer";
    sheet.setAttribute("aria-labelledby", heading.id);
    sheet.addEventListener("keydown", event => {
      if (event.key !== "Escape")
        return;
      event.stopPropagation();
      close();
    });
    line.append(button("plain", say("write_us"), close), button("choice", say("answered"), () => {
      tell(answer, "helped");
      body.value = "";
      show([]);
      close();
      part("status").textContent = say("glad");
    }));
    sheet.append(heading, make("p", "text", text), line);
    box.after(sheet);
    heading.focus();
    tell(answer, "opened");
  };

  const search = async () => {
    const text = body.value.trim();

    if (text === asked)
      return;
    asked = text;
    try {
      const { answers } = text.length < ENOUGH || hasWritten() ? { answers: [] } : await line.call("GET", `answers?q=${encodeURIComponent(text.slice(0, 300))}`);

      if (text === asked && !part("answer"))
        show(hasWritten() ? [] : answers);
    } catch {
      asked = ""; // she can write in any case
    }
  };

  body.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  part("write").addEventListener("submit", () => {
    clearTimeout(timer);
    asked = "";
    show([]);
  });
}
