// SPDX-License-Identifier: GPL-3.0-or-later

// What is said in the panel, in the visitor's language: the engine puts the table into the page.

const table = JSON.parse(document.getElementById("words").textContent);

export const language = document.documentElement.lang;

/** The words of that name; `%s` and `%d` in them is the value. */
export const say = (name, value) => {
  const shown = typeof value === "number" ? value.toLocaleString(language) : value;

  return value === undefined ? table[name] : table[name].replace(/%[sd]/, () => shown);
};

export const make = (name, kind, text) => {
  const element = document.createElement(name);

  element.className = kind;
  element.textContent = text;

  return element;
};

/** Fills in what frame.html leaves to the language. */
export const fillIn = () => {
  for (const element of document.querySelectorAll("[data-word]"))
    element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]"))
    element.placeholder = say(element.dataset.hint);
};
