// The time that is left, by the portal's clock: [data-until]. Each second it is shown, and said to nobody; that it is
// over is said once.
import { inDigitsOfReader } from "./digits.js";

const arrived = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
const made = Number(document.querySelector("[data-live]")?.dataset.at);
const ahead = made ? made - arrived : 0; // ms of the portal's clock before this one's
const shownAt = Date.now() + ahead;

const said = new Set();

function clock(seconds) {
  return inDigitsOfReader(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} นาที`);
}

function show() {
  const now = Date.now() + ahead;
  for (const place of document.querySelectorAll("[data-until]")) {
    const until = Date.parse(place.dataset.until);
    const left = Math.ceil((until - now) / 1000);
    const words = left > 0 ? `เหลือ ${clock(left)}` : `ครบเวลาแล้ว เกิน ${clock(-left)}`;
    if (place.textContent !== words) place.textContent = words;
    place.hidden = false;
    if (left <= 0 && until > shownAt && !said.has(until)) {
      said.add(until);
      say("ครบเวลาแล้ว");
    }
  }
}

let voice;

function say(words) {
  voice.textContent = words;
}

/** Begins to count, on this page and on what comes into it. */
export function countDown() {
  voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.querySelector("main").append(voice);
  show();
  setInterval(show, 500);
  document.addEventListener("htmx:afterSwap", show);
}

export { show as showLeft };
