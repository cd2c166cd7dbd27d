// The pages of a session's meeting: what is done in the room stands here by itself. Each [data-fresh] names the kinds of
// events (comments/models/event.py) after which it is asked for; what somebody writes in is left standing, and what is
// read stays where it is.
import { countDown, showLeft } from "./countdown.js";

const KINDS = ["state", "clause", "comment", "timer", "motion", "speaker", "hand"];
const SPREAD = 2000; // ms: many phones ask for themselves
const PAUSES = { prompt: 300, other: 5000 }; // ms between two askings
const PRESSED = 600; // ms in which a press is not moved away from
const WRITTEN = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=search])";

const bar = () => document.querySelector("[data-page]");
const isPrompt = () => bar()?.hasAttribute("data-prompt");
const parts = () => [...document.querySelectorAll("[data-fresh]")];
// Without what differs each time
const written = (part) => part.innerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");

const sent = new Map(parts().map((part) => [part.id, written(part)])); // as the portal wrote them
const wanted = new Set();
let timer = 0;
let askedAt = 0;
let pressedAt = 0;

for (const kind of KINDS) document.body.addEventListener(`live:${kind}`, () => want(kind));
document.body.addEventListener("live:missed", () => KINDS.forEach(want));
document.addEventListener("pointerdown", () => (pressedAt = Date.now()));
document.addEventListener("focusout", () => wanted.size && later(PRESSED));

function want(kind) {
  if (!parts().some((part) => part.dataset.fresh.split(" ").includes(kind))) return;
  wanted.add(kind);
  const pause = isPrompt() ? PAUSES.prompt : PAUSES.other;
  later(Math.max(isPrompt() ? 0 : Math.random() * SPREAD, askedAt + pause - Date.now()));
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(refresh, pause);
}

async function refresh() {
  if (document.hidden || !bar()) return; // who comes back asks (below)
  askedAt = Date.now();
  const kinds = new Set(wanted);
  wanted.clear();
  let page;
  try {
    const response = await fetch(bar().dataset.page + location.search, { redirect: "error", cache: "no-store" });
    if (!response.ok) return;
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return; // js/live.js says that the page is old
  }
  const rest = Date.now() - pressedAt;
  if (rest < PRESSED) await new Promise((go) => setTimeout(go, PRESSED - rest));
  for (const part of parts()) {
    const fresh = page.getElementById(part.id);
    const kindsOfPart = part.dataset.fresh.split(" ").filter((kind) => kinds.has(kind));
    if (!fresh || !kindsOfPart.length || written(fresh) === sent.get(part.id)) continue;
    if (isWrittenIn(part)) kindsOfPart.forEach((kind) => wanted.add(kind));
    else exchange(part, fresh);
  }
}

document.addEventListener("visibilitychange", () => !document.hidden && wanted.size && later(0));

/** Text that was begun, a choice that was made, or what came back refused. A choice in a list is kept (exchange). */
function isWrittenIn(part) {
  const active = document.activeElement;
  if (part.contains(active) && active.matches(`${WRITTEN}, select`)) return true;
  if (part.querySelector(".error-summary, .field__error, details[open]")) return true;
  const fields = [...part.querySelectorAll(WRITTEN)];
  const boxes = [...part.querySelectorAll("[type=checkbox], [type=radio]")];
  return fields.some((field) => field.value !== field.defaultValue) || boxes.some((box) => box.checked !== box.defaultChecked);
}

function exchange(part, fresh) {
  sent.set(part.id, written(fresh));
  const focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  const chosen = new Map([...part.querySelectorAll("select[id]")].map((list) => [list.id, list.value]));
  const anchor = whatIsRead(part);
  const before = anchor?.getBoundingClientRect().top;
  const live = part.getAttribute("aria-live");
  // A long list is not read out because a row of it is another
  if (part.id === "agenda") part.setAttribute("aria-live", "off");
  part.replaceChildren(...document.importNode(fresh, true).childNodes);
  for (const [id, value] of chosen) {
    const list = part.querySelector(`#${CSS.escape(id)}`);
    if (list && [...list.options].some((option) => option.value === value)) list.value = value;
  }
  showLeft();
  if (focused) [...part.querySelectorAll("a, button, summary")].find((each) => nameOf(each) === focused)?.focus({ preventScroll: true });
  if (anchor) window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  if (live && part.id === "agenda") setTimeout(() => part.setAttribute("aria-live", live), 1000);
  window.htmx?.process(part);
}

const nameOf = (element) => [element.tagName, element.value, element.getAttribute("formaction"), element.href, element.textContent.trim()].join("|");

/** What stays in its place on the screen: the field in use, else the first part in sight below this one. */
function whatIsRead(part) {
  const active = document.activeElement;
  if (active && active !== document.body && !part.contains(active)) return active;
  const others = [...document.querySelectorAll("main h2, main li, main p")].filter((each) => !part.contains(each));
  return others.find((each) => each.getBoundingClientRect().top >= 0 && part.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING && part.getBoundingClientRect().top < 0);
}

countDown();
