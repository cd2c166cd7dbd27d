// Everything here makes a page quicker or kinder; every act works without it.
import "./theme.js";
import "./token.js";
import "./notices.js";

// Comments that wait on this device: asked for only where some do, so that a first visit stays small
try {
  if (Object.keys(window.localStorage).some((name) => name.startsWith("outbox:"))) import("./outbox.js");
} catch {
  // a device that keeps nothing has nothing waiting
}

// Drafts that stay on this device, beside the way out
const kept = document.querySelector("[data-device-drafts]");
if (kept) document.getElementById("menu").addEventListener("toggle", () => import("./draft-list.js").then(({ countDrafts }) => countDrafts(kept)));

// Forms that came back refused, with the page or into it. With the page the browser itself goes to what is wrong.
function watchRefused(root) {
  return root.querySelector(".field__error, .error-summary, [role=alert][autofocus]") ? import("./fields.js") : null;
}
watchRefused(document);
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) watchRefused(target)?.then(({ goToRefusal }) => goToRefusal(target));
});

// Texts to be written, with the page or into it
function watchLongTexts(root) {
  if (root.querySelector("textarea")) import("./long-text.js");
}
watchLongTexts(document);
document.addEventListener("htmx:load", (event) => watchLongTexts(event.target));

// Pages that can be read without a network; who is not signed in keeps none
if (document.querySelector("[data-outbox-of]:not([data-outbox-of=''])")) {
  window.addEventListener("load", () => import("./offline-reading.js").then(({ keepPages }) => keepPages()));
}

// Three pages have passwords
if (document.querySelector("input[type=password]")) import("./show-password.js");

// Whether the session still is as the page says: at once where it matters to the reader, else not before they come back
if (document.querySelector("#session-bar[data-ticks]")) import("./session-bar.js");
if (document.querySelector("[data-live]")) import("./live.js");
document.addEventListener("visibilitychange", () => import("./session-bar.js").then(({ ask }) => ask()), { once: true });

// Back after signing out: some browsers keep the page as it stood, although it says that nobody may. Asked for anew it
// shows what this person may see now; until then it shows nothing.
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted || !document.querySelector("[data-outbox-of]:not([data-outbox-of=''])")) return;
  document.documentElement.hidden = true;
  window.location.reload();
});
