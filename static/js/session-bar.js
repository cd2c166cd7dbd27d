// The line that says whether one may speak now: asked again by who looks at the page again, and every while by whom the
// session matters to: who writes, and who reads where they may speak (data-ticks).
const PAUSE = 20_000; // ms

const bar = () => document.getElementById("session-bar");
const matters = () => document.querySelector("#session-bar[data-ticks], form.composer");

export function ask() {
  if (bar() && !document.hidden && navigator.onLine) document.body.dispatchEvent(new Event("outdated"));
}

/** What says the same again is left standing: a screen reader would say it again. So is the line of who has signed out
 * meanwhile: the answer is another page. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target !== bar()) return;
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  const says = (page) => ["session-bar", "session-why", "session-now"].map((id) => page.getElementById(id)?.textContent).join();
  if (!answer.getElementById("session-bar") || says(answer) === says(document)) event.detail.shouldSwap = false;
});
document.addEventListener("visibilitychange", ask);

/** What was accepted shows that the session is open again: the line above the confirmation does not say otherwise. */
export const askOnceAccepted = () => bar()?.matches(".session-bar--closed, .session-bar--soon") && ask();

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.requestConfig.verb === "post") askOnceAccepted();
});
// Who follows the session is told, and asks less: what the clock alone did is told only once somebody wrote it down
const LESS = 3;
let isTold = false;
let ticks = 0;
export const followed = (value) => (isTold = value);
setInterval(() => {
  ticks += 1;
  if (matters() && (!isTold || ticks % LESS === 0)) ask();
}, PAUSE);

/** The ways to comment follow the line, as the portal writes them: a link, or a button that cannot be pressed with the
 * reason below it. What the page itself was sent with is in step already. `speaks` is the address of a way, 0 for its
 * entry. */
document.addEventListener("htmx:load", ({ target }) => {
  const { speaks, silent } = target.dataset ?? {};
  if (target.id !== "session-bar" || (speaks === undefined && silent === undefined)) return;
  for (const way of document.querySelectorAll("[data-comment-on]")) follow(way, speaks, silent);
});

function follow(way, speaks, silent) {
  const isOpen = speaks !== undefined;
  const made = document.createElement(isOpen ? "a" : "button");
  for (const name of ["class", "aria-label", "data-comment-on"]) {
    if (way.hasAttribute(name)) made.setAttribute(name, way.getAttribute(name));
  }
  if (isOpen) made.href = speaks.replace("/0/", `/${way.dataset.commentOn}/`);
  else Object.assign(made, { type: "button", disabled: true });
  made.append(...way.childNodes);
  way.replaceWith(made);
  const acts = made.closest(".clause__acts");
  if (!acts) return;
  acts.parentElement.querySelector(":scope > .clause__why")?.remove();
  if (isOpen) return;
  const why = document.createElement("p");
  why.className = "u-small u-soft clause__why";
  why.textContent = silent;
  acts.after(why);
}
