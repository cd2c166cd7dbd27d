// The screen of a room: it stays awake, no pointer stands on it, and its words become smaller until all of them stand on
// it, for nobody scrolls there.
import { countDown } from "./countdown.js";

async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // a machine that saves power, or a page that nobody sees
  }
}
document.addEventListener("visibilitychange", () => document.hidden || stayAwake());
stayAwake();
countDown();

const SMALLEST = 40; // hundredths of the size of short words
const STEP = 5;
const root = document.documentElement;

function fit() {
  if (matchMedia("(max-width: 61.99rem)").matches) {
    root.style.removeProperty("--wall-fit"); // a telephone scrolls
    return;
  }
  for (let size = 100; size >= SMALLEST; size -= STEP) {
    root.style.setProperty("--wall-fit", size / 100);
    if (root.scrollHeight <= window.innerHeight) return;
  }
}

fit();
document.fonts.ready.then(fit);
window.addEventListener("resize", fit);
document.addEventListener("htmx:afterSettle", fit);
