// The drafts of comments, replies and requests that this device keeps for who is signed in, with the way to go on with
// each and to throw it away; on the page of one's own comments. Nothing of them is known to the portal.
import { inDigitsOfReader } from "./digits.js";
import { drop, kept, namesFrom } from "./drafts.js";

const calendar = new Intl.DateTimeFormat("th-TH-u-nu-latn", { day: "numeric", month: "long" });

export function listDrafts() {
  const place = document.querySelector("[data-drafts-of]");
  if (!place) return;
  const drafts = namesFrom("draft:")
    .map((name) => ({ name, ...kept(name) }))
    .filter((draft) => draft.page && draft.of === place.dataset.draftsOf)
    .sort((one, other) => other.at - one.at);
  place.querySelector("[data-drafts]").replaceChildren(...drafts.map(row));
  place.hidden = !drafts.length;
}

function row(draft) {
  const made = document.createElement("div");
  made.className = "notice";
  const text = document.createElement("p");
  text.className = "notice__text";
  const title = document.createElement("strong");
  title.textContent = inDigitsOfReader(draft.title);
  text.append(title, document.createElement("br"), inDigitsOfReader(`เก็บไว้เมื่อ ${calendar.format(new Date(draft.at))}`));
  made.append(text, goOn(draft), discard(draft));
  return made;
}

function goOn(draft) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = draft.page;
  link.textContent = "เขียนต่อ";
  return link;
}

/** Pressed twice: nothing brings the words back. */
function discard(draft) {
  const button = document.createElement("button");
  button.className = "button";
  button.type = "button";
  button.textContent = "ลบร่าง";
  button.addEventListener("click", () => {
    if (button.dataset.sure) {
      drop(draft.name);
      listDrafts();
    }
    button.dataset.sure = "true";
    button.textContent = "ยืนยันลบร่างนี้";
  });
  return button;
}
