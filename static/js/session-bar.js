// The line that says whether one may speak now: asked again by who looks at the page again, and while somebody writes.
const PAUSE = 20_000; // ms

const bar = () => document.getElementById("session-bar");

export function ask() {
  if (bar() && !document.hidden && navigator.onLine) document.body.dispatchEvent(new Event("outdated"));
}

/** What says the same again is left standing: a screen reader would say it again. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target !== bar()) return;
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  const says = (page) => page.getElementById("session-bar")?.textContent + page.getElementById("session-why")?.textContent;
  if (says(answer) === says(document)) event.detail.shouldSwap = false;
});
document.addEventListener("visibilitychange", ask);
setInterval(() => document.querySelector("form.composer") && ask(), PAUSE);
