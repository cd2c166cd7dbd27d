// What is typed into a form of the editor is kept at the portal: two seconds after the last key, every ten seconds
// while somebody types on, and before the page is left by a link, so that the next page lists it. Left in another way, or
// without a connection, it stays on this device until the portal has answered. Saving is an act of its own.
import { drop, keep, kept } from "./drafts.js";
import { draftsLeftBy, post, sendDraft, tellIn, whyNotSent } from "./left-drafts.js";
import { token } from "./token.js";

const EVERY = 10_000; // ms
const PAUSE = 2000; // ms without a key
const SIGNED_OUT = "401";
const LONGEST_WAIT = 3000; // ms for which a link waits for the portal
const form = document.querySelector("form[data-keep-at]");
const place = form.querySelector("[data-kept]");
// What says nothing of the words
const OF_THIS_PAGE = ["csrfmiddlewaretoken", "sheet", "goes_on_from", "age", "caret", "writer"];
const { writer } = form.dataset; // somebody else may use this device after them
// A clause to come is known by its uuid alone: its page has several addresses
const subject = form.elements.subject?.value;
const ofThisPage = `draft:${writer}:${location.pathname}${subject ? `?${subject}` : location.search}`;
// Two windows may stand open on one clause
const name = `${ofThisPage}~${form.elements.sheet.value}`;
let touchedAt = Date.now();
// A form that came back refused holds what is kept nowhere yet
let last = "unkept" in form.dataset || isFilledIn() ? "" : written();
let isUnsure = false; // whether what was sent when the page was left has arrived
let isSending = false;
let sending = Promise.resolve(); // what is on its way
let isSaved = false;

/** What is typed; a chosen file goes when the form is saved. */
function fields() {
  const data = new FormData(form);
  for (const [field, value] of [...data]) if (value instanceof File) data.delete(field);
  data.set("age", Date.now() - touchedAt);
  data.set("csrfmiddlewaretoken", tokenNow());
  data.set("writer", writer);
  return data;
}

/** Whether a browser put words of an earlier visit into the page: the portal may have none of them. */
function isFilledIn() {
  return [...form.elements].some(({ localName, type, value, defaultValue }) => (localName === "textarea" || type === "text") && value !== defaultValue);
}

/** Signed in again in another tab, this page holds an old one. */
function tokenNow() {
  return token() ?? form.elements.csrfmiddlewaretoken.value;
}

function written() {
  const data = fields();
  for (const field of OF_THIS_PAGE) data.delete(field);
  return new URLSearchParams(data).toString();
}

/** With a link behind it where one is named. */
const tell = (...told) => tellIn(place, ...told);

function tellSignedOut(isKept) {
  const where = isKept ? "เก็บร่างไว้ในเครื่องนี้ก่อน จะส่งเมื่อท่านเข้าสู่ระบบแล้ว" : "โปรดอย่าปิดหน้านี้";
  tell(`ท่านออกจากระบบแล้ว ${where}`, "เข้าสู่ระบบในแท็บใหม่", form.dataset.signInAt);
  Object.assign(place.lastChild, { target: "_blank", rel: "noopener" });
}

/** With the page it was typed on: a copy takes the place of what its page showed, and of nothing else. */
function keepHere(fields) {
  const { sheet, goes_on_from: goesOnFrom } = form.elements;
  return keep(name, {
    fields,
    keepAt: form.dataset.keepAt,
    sheet: sheet.value,
    goesOnFrom: goesOnFrom.value,
    at: touchedAt,
  });
}

async function send() {
  const now = written();
  if (isSending || isSaved || (now === last && !isUnsure)) return;
  isSending = true;
  try {
    const { kept_at: at } = await post(fields(), form.dataset.keepAt);
    last = now;
    isUnsure = false;
    drop(name);
    tell(`เก็บร่างไว้แล้ว ${at}`);
  } catch ({ message }) {
    const isKept = keepHere(now);
    if (message === SIGNED_OUT) tellSignedOut(isKept);
    else tell(isKept ? "ยังติดต่อระบบไม่ได้ เก็บร่างไว้ในเครื่องนี้ก่อน" : "ยังติดต่อระบบไม่ได้ โปรดอย่าปิดหน้านี้");
  } finally {
    isSending = false;
  }
}

function sendNow() {
  if (!isSending) sending = send();
  return sending;
}

setInterval(sendNow, EVERY);

let pause = 0;
for (const kind of ["input", "keydown", "click"]) {
  form.addEventListener(kind, () => {
    touchedAt = Date.now();
    clearTimeout(pause);
    pause = setTimeout(sendNow, PAUSE);
  });
}

/** Whether a click on the link takes the person from this page to another of the portal, in this window. */
function leaves(event, link) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return false;
  return link.pathname + link.search !== location.pathname + location.search;
}

// The next page is written before a page that is left can send anything: a link waits until the words are kept
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || !leaves(event, link) || isSaved || written() === last) return;
  event.preventDefault();
  const isKept = sending.then(sendNow); // what is on its way already may be older
  await Promise.race([isKept, new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
  location.assign(link.href);
});

// Sent without a line, the words would stand on no page any more
form.addEventListener("submit", (event) => {
  const now = written();
  const isKept = now === last || keepHere(now);
  if (navigator.onLine) {
    isSaved = true;
    return;
  }
  event.preventDefault();
  tell(isKept ? "ยังไม่ได้บันทึก ไม่มีสัญญาณ เก็บร่างไว้ในเครื่องนี้แล้ว โปรดบันทึกอีกครั้งเมื่อมีสัญญาณ" : "ยังไม่ได้บันทึก ไม่มีสัญญาณ โปรดอย่าปิดหน้านี้");
});

// Left in another way, read anew, a closed lid or another app: the browser sends it even when the page is gone, and
// maybe after the next page is read. So it stays on this device as well, until the portal has answered.
document.addEventListener("visibilitychange", () => {
  const now = written();
  if (document.visibilityState !== "hidden" || isSaved || (now === last && !isUnsure)) return;
  keepHere(now);
  navigator.sendBeacon(form.dataset.keepAt, fields());
  isUnsure = true;
});
// Let go of by the button above the form: what was typed since goes with it
document.querySelector("[data-drop-draft]")?.addEventListener("submit", () => {
  isSaved = true;
  drop(name);
});
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) isSaved = false;
});

// What could not be sent when this device left a page of the writer's: this one, or any other
if ("unkept" in form.dataset) drop(name); // what came back refused is what was typed last
for (const draft of draftsLeftBy(writer, form.dataset.stored)) sendLeft(draft);

async function sendLeft(draft) {
  const isOwn = draft.name === ofThisPage || draft.name.startsWith(`${ofThisPage}~`);
  if (isOwn && spoken(draft.fields) === spoken(written())) {
    drop(draft.name);
    return;
  }
  try {
    const { opens_at: opensAt, was_kept: wasKept } = await sendDraft(draft, writer, tokenNow());
    if (kept(draft.name)?.at === draft.at) drop(draft.name); // a window may have typed on in it
    if (isOwn && written() === last) location.replace(opensAt);
    else if (isOwn || !wasKept) tell("ท่านมีร่างที่พิมพ์ไว้ก่อนเปิดหน้านี้", "ดูร่างนั้น", opensAt);
  } catch (error) {
    tell(whyNotSent(error));
  }
}

/** The fields that a person filled in: what the form carries along for the portal is left out. */
function spoken(fields) {
  const data = new URLSearchParams(fields);
  for (const { name, type } of form.elements) if (type === "hidden") data.delete(name);
  return data.toString();
}
