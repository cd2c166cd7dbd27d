// Keys of the queue: quicker for who sits here all day. Everything has its button or link as well.
import { inDigitsOfReader } from "./digits.js";
import { useKeys } from "./keys.js";

const find = (selector) => document.querySelector(selector);
const rows = () => [...document.querySelectorAll("[data-row]")];
const boxOf = (row) => row.querySelector("input[type=checkbox]");
const linkOf = (row) => row.querySelector(".queue__open");
const current = () => find("[data-row][aria-current]");
const chosen = () => rows().filter((row) => boxOf(row).checked);

function mark(row) {
  for (const other of rows()) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  const row = all[Math.min(all.length - 1, Math.max(0, at + by))];
  if (!row) return;
  if (row !== current()) linkOf(row).click();
  linkOf(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function select() {
  const row = current();
  if (!row || boxOf(row).disabled) return; // what is withdrawn
  boxOf(row).checked = !boxOf(row).checked;
  count();
}

function count() {
  const place = find("[data-chosen]");
  const number = chosen().length;
  if (place) place.textContent = number ? inDigitsOfReader(`เลือก ${number} เรื่อง`) : "เลือกโดยทำเครื่องหมายหน้าความคิดเห็น";
}

// A button or link is pressed; a closed form opens; a choice is taken. What can be written in gets the focus.
function use(element) {
  if (element instanceof HTMLDetailsElement) {
    element.open = true;
    element.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  } else if (element.matches("label")) {
    element.closest("details:not([open])")?.setAttribute("open", "");
    element.click();
    element.querySelector("input")?.focus();
  } else {
    element.click();
  }
}

function press(letter) {
  const many = chosen().length ? find(`[data-bulk="${letter}"]`) : null;
  const element = many ?? find(`#detail [data-key="${letter}"]`) ?? find(`[data-key="${letter}"]`);
  if (element) use(element);
  return Boolean(element);
}

function act(letter) {
  if (letter === "j") step(1);
  else if (letter === "k") step(-1);
  else if (letter === "x") select();
  else return press(letter);
  return true;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-row] input[type=checkbox]")) count();
});

// The list stays when only the comment at its side is fetched anew: its mark follows.
document.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row) mark(row);
});

// On a phone the comment stands below the list: go there, as the link without scripts does.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "detail" && !matchMedia("(min-width: 62rem)").matches) event.target.scrollIntoView();
});

// After an act the list is new: the keys go on from the chosen comment, unless a field asks for a correction.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "desk") return;
  count();
  if (find("#desk [autofocus]")) return;
  const row = current();
  if (row) {
    linkOf(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
});

useKeys("queue-keys", act, { repeats: true });
count();
// Beside the list stands what is chosen in it; on a phone the page begins with its heading
if (matchMedia("(min-width: 62rem)").matches) current()?.scrollIntoView({ block: "nearest" });
