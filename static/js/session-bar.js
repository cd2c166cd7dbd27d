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
  const says = (page) => page.getElementById("session-bar")?.textContent + page.getElementById("session-why")?.textContent;
  if (!answer.getElementById("session-bar") || says(answer) === says(document)) event.detail.shouldSwap = false;
});
document.addEventListener("visibilitychange", ask);

/** What was accepted shows that the session is open again: the line above the confirmation does not say otherwise. */
export const askOnceAccepted = () => bar()?.matches(".session-bar--closed, .session-bar--soon") && ask();

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.requestConfig.verb === "post") askOnceAccepted();
});
setInterval(() => matters() && ask(), PAUSE);
