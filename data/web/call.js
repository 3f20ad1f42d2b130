// SPDX-License-Identifier: GPL-3.0-or-later

// What is seen of calls among what was said: that one is offered, which she answers there, and what became of it. Loaded when there is something of that. Each
// of her windows shows what the engine has written down, so that they are the same; its words stand at the end of this file, as the engine gives it out.

import { language, make, say } from "./words.js";

const soon = new Intl.DateTimeFormat(language, { weekday: "long", hour: "numeric", minute: "2-digit" });
const style = Object.assign(make("link", "", ""), { rel: "stylesheet", href: new URL("call.css", import.meta.url) });
const words = {};

const learn = table => Object.assign(words, table);
const tell = (name, value) => words[name].replace("%s", () => value);
const isolate = number => `\u2066${number}\u2069`;

let offer = null; // that stands: {seq, item, name, timer}
let known = ""; // the last number that she gave

document.head.append(style);

// It stands no more; what she has said to it stands below.
const end = () => {
  if (!offer)
    return;
  const { item, name, timer } = offer;
  const hadFocus = item.contains(document.activeElement);

  clearTimeout(timer);
  offer = null;
  item.className = "said";
  item.textContent = tell("offered", name);
  if (hadFocus)
    document.getElementById("body").focus();
};

const button = (kind, text, type) => Object.assign(make("button", kind, text), { type });

const makeCard = (seq, name, ask) => {
  const title = Object.assign(make("p", "", tell("offers", name)), { id: `offer-${seq}` });
  const number = Object.assign(make("input", "", ""), { id: `number-${seq}`, type: "tel", autocomplete: "tel", maxLength: 40, dir: "ltr", value: known });
  const label = Object.assign(make("label", "", say("call_number")), { htmlFor: number.id });
  const problem = Object.assign(make("p", "", ""), { id: `problem-${seq}` });
  const line = make("div", "line", "");
  const no = button("plain", tell("no"), "button");
  const form = Object.assign(make("form", "", ""), { noValidate: true });

  const complain = word => {
    problem.className = "bad";
    problem.textContent = say(word);
    number.setAttribute("aria-invalid", "true");
    number.setAttribute("aria-describedby", problem.id);
    number.focus();
  };

  const answer = async more => {
    try {
      await ask("call-offer", { offer: seq, ...more }); // what comes of it is an event, in all her windows
    } catch ({ code, status }) {
      if (offer?.seq !== seq)
        return;
      if (code === "over")
        end();
      else
        complain({ value: "call_bad", "not-called": "call_not" }[code] ?? (status === 429 ? "code_later" : "call_failed"));
    }
  };

  problem.setAttribute("role", "status");
  form.setAttribute("aria-labelledby", title.id);
  form.addEventListener("submit", event => {
    event.preventDefault();
    answer({ number: number.value.trim() });
  });
  no.addEventListener("click", () => answer());
  line.append(no, button("choice", tell("yes"), "submit"));
  form.append(title, label, number, problem, line);

  return form;
};

/**
 * Takes an event into account.
 * @param item where it stands among the others, if it is of a call
 * @param ask asks the engine something
 */
export const show = ({ kind, seq, name, number, due, left_s: left, offer: answered }, item, ask) => {
  if (kind === "closed" || kind === "call-offered" || answered === offer?.seq)
    end();
  if (kind === "call-offered") {
    const shown = name || say("agent");

    offer = { seq, item, name: shown, timer: setTimeout(end, left * 1000) };
    if (left === 0)
      return end();
    item.className = "said offer";
    item.append(makeCard(seq, shown, ask));
  } else if (kind === "call-declined") {
    item.textContent = tell("declined");
  } else if (kind === "callback") {
    known = number;
    item.textContent = answered ? tell("coming", isolate(number)) : `${tell("done", isolate(number))} ${tell("by", soon.format(new Date(due)))}`;
  }
};
