// The drafts of comments, replies and requests that this device keeps for who is signed in, with the way to go on with
// each and to throw it away; on the page of one's own comments. Nothing of them is known to the portal.
import { inDigitsOfReader } from "./digits.js";
import { drop, kept, namesFrom } from "./drafts.js";

const clock = new Intl.DateTimeFormat("th-TH-u-nu-latn", { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat("th-TH-u-ca-buddhist-nu-latn", { day: "numeric", month: "long" });
const year = new Intl.DateTimeFormat("en-u-ca-buddhist", { year: "numeric" });

/** The time of today, with the day and the year of any other. */
export function timeOf(at) {
  const moment = new Date(at);
  const hour = `${clock.format(moment).replace(":", ".")}\u00a0น.`;
  if (moment.toDateString() === new Date().toDateString()) return hour;
  const day = `${calendar.format(moment)} ${parseInt(year.format(moment), 10)}`;
  return `วันที่ ${day.replaceAll(" ", "\u00a0")} เวลา\u00a0${hour}`; // no end of a line parts either
}

/** Those of this person, the latest first. */
function draftsBy(person) {
  return namesFrom("draft:")
    .map((name) => ({ name, ...kept(name) }))
    .filter((draft) => draft.page && draft.of === person)
    .sort((one, other) => other.at - one.at);
}

/** Beside the way out: how many stay on this device. */
export function countDrafts(place) {
  const { length } = draftsBy(place.dataset.deviceDrafts);
  place.querySelector("span").textContent = inDigitsOfReader(`${length}`);
  place.hidden = !length;
}

export function listDrafts() {
  const place = document.querySelector("[data-drafts-of]");
  if (!place) return;
  const drafts = draftsBy(place.dataset.draftsOf);
  place.querySelector("[data-drafts]").replaceChildren(...drafts.map(row));
  place.hidden = !drafts.length;
}

function row(draft) {
  const made = element("div", "notice");
  const text = element("p", "notice__text");
  const title = element("strong", "", inDigitsOfReader(draft.title));
  text.append(title, document.createElement("br"), inDigitsOfReader(`เก็บไว้ ${timeOf(draft.at)}`));
  const discard = discardButton(() => {
    drop(draft.name);
    listDrafts();
  });
  made.append(text, goOn(draft), discard);
  return made;
}

function goOn(draft) {
  const link = element("a", "button", "เขียนต่อ");
  link.href = draft.page;
  return link;
}

/** Pressed twice: nothing brings the words back. */
export function discardButton(discard) {
  const button = element("button", "button", "ลบร่าง");
  button.type = "button";
  button.addEventListener("click", () => {
    if (button.dataset.sure) discard();
    button.dataset.sure = "true";
    button.textContent = "ยืนยันลบร่างนี้";
  });
  return button;
}

export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
