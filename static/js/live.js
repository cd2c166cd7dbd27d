// Follows the session of the page: what is done in the room is shown here within a second, and nothing that is read or
// written is moved. `live:KIND` on the body tells other scripts; `live:missed` that the page may lack something.
import { ask, followed } from "./session-bar.js";

const SILENCE = 40_000; // ms without a beat (the hub gives one every 15 s) after which a stream is broken
const POLL = 15_000;
const STREAM_AGAIN = 4; // polls after which the stream is tried again
const TRIES = 3;
const HIDDEN_FOR = 30_000; // a page that nobody sees holds a connection no longer
const SPREAD = 8_000; // a hall that asks at once waits for itself
const OVERLAP = 2_000; // what was written before it was committed
const SWITCH = "follow-clause";

const bar = () => document.querySelector("[data-live]");
const shownAt = Number(bar()?.dataset.at);
const seen = new Set();
let since = shownAt; // ms, by the portal's clock
let etag = "";
let stream = null;
let failures = 0;
let polls = 0;
let timer = 0;
let hiding = 0;
let turn = 0; // the latest beginning: of two at once the earlier one leads to nothing

const later = (act, pause) => {
  clearTimeout(timer);
  timer = setTimeout(act, pause);
};
const spread = (least, most) => least + Math.random() * (most - least);

function close() {
  stream?.close();
  stream = null;
  clearTimeout(timer);
}

/** How things stand and what was told meanwhile; then the stream, unless only that was asked. */
async function begin({ streams = true } = {}) {
  close();
  if (!bar()) return;
  turn += 1;
  const mine = turn;
  const headers = etag && !streams ? { "If-None-Match": etag } : {};
  let response;
  try {
    response = await fetch(`${bar().dataset.live}?since=${since}`, { headers, redirect: "error", cache: "no-store" });
  } catch {
    if (mine === turn) giveUp();
    return;
  }
  if (mine !== turn) return;
  if (response.status === 304) {
    isRight();
    later(poll, POLL);
    return;
  }
  if (!response.ok) {
    // Signed out, or no rights any more: nothing more is told. Too busy: later
    if (response.status >= 500) giveUp();
    else goStale();
    return;
  }
  const told = await response.json();
  if (mine !== turn || !told.stream) return;
  etag = response.headers.get("ETag") ?? "";
  since = told.at - OVERLAP;
  if (told.missed) lack(told.events);
  else take(told.events);
  compare(told);
  isRight();
  if (streams) open(told);
  else later(poll, POLL);
}

function open({ stream: address, after }) {
  let last = after;
  let isOpened = false;
  stream = new EventSource(`${address}&after=${after}`);
  const alive = () => {
    failures = 0;
    isRight();
    later(giveUp, SILENCE);
  };
  stream.onopen = () => {
    isOpened = true;
    alive();
  };
  stream.addEventListener("beat", alive);
  stream.addEventListener("gap", () => {
    alive();
    miss();
  });
  stream.addEventListener("renew", () => {
    close();
    later(begin, spread(0, 2000));
  });
  stream.onmessage = ({ data }) => {
    alive();
    const events = JSON.parse(data).filter(({ n }) => n > last);
    if (events.length) last = events.at(-1).n;
    take(events);
  };
  stream.onerror = () => {
    followed(false);
    // One that was cut comes back by itself, where it was; one that never came does not
    failures += 1;
    if (!isOpened || failures >= TRIES || stream?.readyState === EventSource.CLOSED) fail();
  };
  later(giveUp, SILENCE);
}

function giveUp() {
  failures += 1;
  fail();
}

/** Again, and after some tries by asking every while: some proxies let no stream through. */
function fail() {
  close();
  followed(false);
  if (failures < TRIES) later(begin, spread(500, 2500));
  else {
    polls = 0;
    later(poll, POLL);
  }
}

function poll() {
  if (document.hidden) return;
  polls += 1;
  if (polls % STREAM_AGAIN) begin({ streams: false });
  else {
    failures = TRIES - 1;
    begin();
  }
}

/** What the page does about it is fetched with the first event: a first visit stays small. */
async function take(events) {
  // What nobody listened to before is published only now, and stands in the page already
  const news = events.filter(({ id, at }) => at > shownAt && !seen.has(id));
  if (!news.length) return;
  if (seen.size > 5000) seen.clear();
  for (const { id, at } of news) {
    seen.add(id);
    since = Math.max(since, at - OVERLAP);
  }
  await react();
  for (const event of news) {
    document.body.dispatchEvent(new CustomEvent(`live:${event.kind}`, { detail: event }));
  }
}

let reacting = null;

function react() {
  reacting ??= import("./live-page.js").then((page) => {
    page.reactOn({ bar, follows, shownAt, askLater });
    return page;
  });
  return reacting.catch(() => {
    reacting = null;
    ask();
  });
}

// Those who run a session are few, and act on what they see
const askLater = () => setTimeout(ask, bar()?.hasAttribute("data-prompt") ? 0 : spread(0, SPREAD));

/** Against what the page shows, which was asked for before. */
function compare({ state, entry }) {
  const { state: shown, entry: shownEntry } = bar()?.dataset ?? {};
  if (shown !== state || (shownEntry !== undefined && shownEntry !== String(entry ?? ""))) ask();
}

/** More happened than the stream could tell: what it was is asked for. */
function miss() {
  later(begin, spread(0, SPREAD));
  setTimeout(ask, spread(0, SPREAD));
  return tellMissed();
}

/** More happened than anybody is told of one by one, as after a long cut: nothing is counted by what is left of it. */
function lack(events) {
  for (const { id } of events) seen.add(id);
  ask();
  return tellMissed();
}

async function tellMissed() {
  await react();
  document.body.dispatchEvent(new Event("live:missed"));
}

// -- when the page was last right

const STALE_AFTER = 45_000; // ms without an answer
let stale = null;
let rightAt = Date.now();

setInterval(() => Date.now() - rightAt > STALE_AFTER && !document.hidden && goStale(), 5000);

function goStale() {
  if (stale) return;
  const digits = document.documentElement.dataset.digits === "thai" ? "thai" : "latn";
  const clock = new Date(rightAt).toLocaleTimeString(`th-TH-u-nu-${digits}`, { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  stale = document.createElement("p");
  stale.className = "session-why";
  stale.setAttribute("role", "status");
  (document.getElementById("session-why") ?? bar())?.after(stale);
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "ดูข้อมูลล่าสุด";
  stale.append(`ข้อมูล ณ เวลา ${clock} น. ยังติดตามสดไม่ได้ `, link);
}

/** While a stream tells, the line of the session needs no asking. */
function isRight() {
  stale?.remove();
  stale = null;
  rightAt = Date.now();
  followed(true);
}

// -- ตามผู้ดำเนินเวที

const follows = () => localStorage.getItem(SWITCH) !== "off";

/** The line came anew: of another session, it is that which is followed from here on; with another clause, the page
 * goes on as if it had been told. */
let lineBefore = null;
const lineOf = ({ dataset: { live, entry } }) => ({ live, entry, address: bar().querySelector(".session-bar__in > a")?.getAttribute("href") ?? "" });

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target === bar()) lineBefore = lineOf(target);
});
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== bar() || !lineBefore) return;
  const { live, entry, address } = lineOf(target);
  const before = lineBefore;
  lineBefore = null;
  if (live !== before.live) {
    etag = "";
    since = Number(target.dataset.at);
    begin();
  }
  if (entry !== before.entry && address) react().then((page) => page?.followTo(address, before.address));
});

/** The switch stands beside that of the digits, on pages of clauses. */
function showSwitch() {
  const others = document.querySelector("button.chip[name=choice]")?.form;
  if (!others || !document.querySelector("[data-comment-on]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip chip--filter u-screen";
  button.textContent = "ตามผู้ดำเนินเวที";
  button.setAttribute("aria-pressed", follows());
  button.addEventListener("click", () => {
    localStorage.setItem(SWITCH, follows() ? "off" : "on"); // on this device, for every page
    button.setAttribute("aria-pressed", follows());
  });
  others.append(" ", button);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(close, HIDDEN_FOR);
  else if (!stream) begin();
});
window.addEventListener("online", () => stream ?? begin());
window.addEventListener("pagehide", close);

showSwitch();
if (sessionStorage.getItem("follow-taken")) react().then((page) => page?.goOnFollowing());
begin();
