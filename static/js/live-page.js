// What a page does about what its session tells (js/live.js): the line, the clause that is discussed, what is new.
import { inDigitsOfReader } from "./digits.js";

let bar; // gives the line of the session, which comes anew
let follows; // whether the page goes on with the room
let shownAt; // when the page was made, ms by the portal's clock
let askLater; // for the line, each page at another moment

/** From js/live.js, before the first event. */
export const reactOn = (page) => ({ bar, follows, shownAt, askLater } = page);

// -- the line of the session

document.body.addEventListener("live:state", ({ detail }) => {
  if (detail.at <= shownAt && bar()?.dataset.state === detail.state) return;
  const place = bar()?.querySelector(".session-bar__state");
  if (place && detail.word && detail.word !== place.textContent) place.textContent = detail.word;
  askLater();
});

document.body.addEventListener("live:clause", ({ detail }) => {
  if (bar()?.dataset.entry === detail.about) return; // one's own act
  const line = bar()?.querySelector(".session-bar__now");
  if (!line || !detail.citation || bar().dataset.state !== "opened") {
    askLater();
    return;
  }
  const before = bar().querySelector(".session-bar__in > a");
  const wasAt = before?.getAttribute("href") ?? "";
  line.replaceChildren(word(inDigitsOfReader(detail.citation)), " ", word("กำลังอภิปราย"));
  const link = before ?? document.createElement("a");
  link.href = detail.url;
  link.textContent = "ไปที่ข้อนี้";
  line.after(link);
  bar().dataset.entry = detail.about;
  followTo(detail.url, wasAt);
});

function word(text) {
  const part = document.createElement("span");
  part.className = "u-nowrap";
  part.textContent = text;
  return part;
}

// -- ตามผู้ดำเนินเวที: who reads what is discussed goes on with the room; who reads elsewhere, or writes, is left alone

const WRITES = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";

/** Who marks words is about to write. */
function isWriting() {
  if (!window.getSelection()?.isCollapsed) return true;
  if (document.activeElement?.matches(WRITES) || document.querySelector("dialog[open], :popover-open")) return true;
  return [...document.querySelectorAll("main textarea")].some((field) => field.value !== field.defaultValue);
}

function clauseAt(address) {
  const { pathname, hash } = new URL(address, location.href);
  return pathname === location.pathname && hash ? document.getElementById(hash.slice(1)) : null;
}

function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

const TAKEN = "follow-taken"; // the address that this page was opened at by following, in sessionStorage
const SPREAD = { least: 2000, most: 8000 }; // ms: a hall that opens a page at once waits for itself
let offered = null; // the line about another page, while one is offered
let going = 0;

/** The room went on to the clause at the address, from that at `wasAt` ("" for none). */
export function followTo(address, wasAt) {
  clearTimeout(going);
  offered?.remove();
  const before = wasAt ? clauseAt(wasAt) : null;
  if (!follows() || !before) return;
  const next = clauseAt(address);
  if (!next) {
    offerPage(address, before);
    return;
  }
  if (isWriting() || !isInSight(before)) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
}

/** Where a clause of another page is discussed: who still reads what was discussed before is taken there after some
 * seconds, who writes or reads elsewhere finds the way. Either may stay. */
function offerPage(address, before) {
  offered = document.createElement("p");
  offered.className = "session-why";
  offered.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = "ไปที่ข้อนั้น";
  link.addEventListener("click", () => sessionStorage.setItem(TAKEN, link.href));
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "button button--plain";
  stay.textContent = "อยู่หน้านี้";
  stay.addEventListener("click", () => {
    clearTimeout(going);
    offered.remove();
  });
  offered.append("ที่ประชุมไปที่ข้อในหน้าอื่นแล้ว ", link, " ", stay);
  (document.getElementById("session-why") ?? bar()).after(offered);
  const go = () => {
    if (!offered.isConnected || !follows() || isWriting() || !isInSight(before) || offered.contains(document.activeElement)) return;
    sessionStorage.setItem(TAKEN, link.href);
    window.location.assign(link.href);
  };
  going = setTimeout(go, SPREAD.least + Math.random() * (SPREAD.most - SPREAD.least));
}

/** Whether this page was opened by following, and its room is elsewhere by now. */
export function goOnFollowing() {
  const link = bar()?.querySelector(".session-bar__in > a");
  if (link && sessionStorage.getItem(TAKEN) === location.href && link.href !== location.href) followTo(link.href, location.href);
}

// -- new comments and rows are told of, and shown when somebody asks

const counts = new Map();

function offer(place, words, address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = "แสดง";
  place.hidden = false;
  place.replaceChildren(`${inDigitsOfReader(words)} · `, link);
}

document.body.addEventListener("live:comment", ({ detail: { about, at } }) => {
  offerRows(at);
  if (!about || at <= shownAt) return;
  counts.set(about, (counts.get(about) ?? 0) + 1);
  const words = `มีความคิดเห็นใหม่ ${counts.get(about)} เรื่อง`;
  const list = document.querySelector(`[data-new-comments="${about}"]`);
  if (list) offer(list, words, location.href);
  const acts = document.querySelector(`[data-comment-on="${about}"]`)?.closest(".clause__acts");
  if (!acts) return;
  let line = acts.parentElement.querySelector(":scope > .clause__new");
  if (!line) {
    line = document.createElement("p");
    line.className = "u-small clause__new";
    line.setAttribute("role", "status");
    acts.after(line);
  }
  offer(line, words, bar().dataset.commentsAt.replace("/0/", `/${about}/`));
});
document.body.addEventListener("live:decision", ({ detail: { about, at } }) => {
  offerRows(at);
  if (about && at > shownAt) askLater();
});
document.body.addEventListener("live:missed", () => {
  offerRows(Infinity);
  if (document.querySelector("[data-comment-on], [data-new-comments]")) offerWhole();
});

/** What is read is not taken away: the page as it is now, for who asks for it. */
function offerWhole() {
  if (document.getElementById("missed")) return;
  for (const line of document.querySelectorAll(".clause__new")) line.remove(); // counted before the cut
  counts.clear();
  const line = document.createElement("p");
  line.id = "missed";
  line.className = "session-why";
  line.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "ดูข้อมูลล่าสุด";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload(); // an address with a clause would only be scrolled to
  });
  line.append("มีความคิดเห็นและความเคลื่อนไหวใหม่จำนวนมาก ", link);
  (document.getElementById("session-why") ?? bar())?.after(line);
}

/** The list comes anew with each act of one's own, and then has what was told of that act. */
function offerRows(at) {
  const place = document.querySelector("[data-new-rows]");
  if (!place || at <= Number(place.dataset.newRows)) return;
  place.dataset.count = Number(place.dataset.count ?? 0) + 1;
  offer(place, `มีรายการใหม่หรือเปลี่ยนแปลง ${place.dataset.count} รายการ`, location.href);
}
