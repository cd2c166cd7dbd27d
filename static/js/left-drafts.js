// What the pages of the editor keep on this device until the portal has answered (autosave.js): the next page of the
// writer sends it, whichever it is. The portal keeps it beside what was typed elsewhere since, and shows it with the
// version it was written on: nothing is written over.
import { inDigitsOfReader } from "./digits.js";
import { drop, kept, namesFrom } from "./drafts.js";
import { token } from "./token.js";

/** What this device still holds of the writer's, each with its name. What the portal has stored is dropped. */
export function draftsLeftBy(writer, stored) {
  const drafts = namesFrom(`draft:${writer}:`).map((name) => ({ name, ...kept(name) }));
  const isDone = ({ sheet }) => stored.split(" ").includes(sheet);
  for (const { name } of drafts.filter(isDone)) drop(name);
  return drafts.filter((draft) => draft.keepAt && !isDone(draft));
}

/** The portal's answer: `opens_at` leads to the words, `was_kept` says that it had them. Throws without one. */
export function sendDraft({ fields, keepAt, sheet, goesOnFrom, at }, writer, fallbackToken) {
  const data = new URLSearchParams(fields);
  data.set("csrfmiddlewaretoken", token() ?? fallbackToken);
  data.set("sheet", sheet);
  data.set("writer", writer);
  data.set("goes_on_from", goesOnFrom);
  data.set("age", Math.max(0, Date.now() - at));
  return post(data, keepAt);
}

export async function post(body, keepAt) {
  const answer = await fetch(keepAt, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "error",
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

export function whyNotSent({ message }) {
  const isRefused = /^4\d\d$/.test(message);
  return isRefused ? "มีร่างที่เก็บไว้ในเครื่องนี้ ระบบรับเข้าไม่ได้ในขณะนี้ ร่างยังอยู่ในเครื่องนี้" : "มีร่างที่เก็บไว้ในเครื่องนี้ จะนำกลับมาเมื่อติดต่อระบบได้";
}

/** A sentence with the way to the words, or none. */
export function tellIn(place, text, label = "", href = "") {
  place.textContent = inDigitsOfReader(text);
  if (!label) return;
  const link = document.createElement("a");
  Object.assign(link, { href, textContent: label });
  place.append(" ", link);
}

/** On a page that has no editor: says what it found, unless the page itself leads there. */
async function sendAll(place) {
  const { leftDrafts: writer, stored } = place.dataset;
  for (const draft of draftsLeftBy(writer, stored)) {
    try {
      const { opens_at: opensAt } = await sendDraft(draft, writer, place.dataset.token);
      if (kept(draft.name)?.at === draft.at) drop(draft.name); // a window may have typed on in it
      if (document.querySelector(`a[href="${opensAt}"]`)) continue;
      tellIn(place, "ท่านมีร่างที่พิมพ์ค้างไว้ในเครื่องนี้ ระบบเก็บไว้ให้แล้ว", "ดูร่างนั้น", opensAt);
    } catch (error) {
      tellIn(place, whyNotSent(error));
    }
    place.hidden = false;
  }
}

const place = document.querySelector("[data-left-drafts]");
if (place) sendAll(place);
