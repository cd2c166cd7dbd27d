// The composer: keeps a draft, offers it again, counts, marks a span, puts what did not arrive into the outbox, and
// opens again what the portal refused from there.
// Without it the form works all the same; only drafts and sending while offline are lost.
import { inDigitsOfReader } from "./digits.js";
import { draftName, drop, dropAcknowledged, keep, kept } from "./drafts.js";
import { loosen } from "./long-text.js";
import { listDrafts } from "./draft-list.js";
import { acknowledge, putInOutbox, reopened } from "./outbox.js";

const PAUSE = 400; // ms without a key before a draft is kept
const LIMIT = 4000;
const OWN = new Set(["csrfmiddlewaretoken", "client_key", "entry", "editing", "sender", "session"]);
const clock = new Intl.DateTimeFormat("th-TH-u-nu-latn", { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat("th-TH-u-nu-latn", { day: "numeric", month: "long" });

/** The time of today, with the day of any other. */
function timeOf(at) {
  const moment = new Date(at);
  const day = moment.toDateString() === new Date().toDateString() ? "" : `วันที่ ${calendar.format(moment)} `;
  return `${day}${clock.format(moment).replace(":", ".")}\u00a0น.`;
}

// --- drafts of any form with data-draft

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && typeof value === "string");
}

const said = (fields) => JSON.stringify(fields.map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]));

let unsent = null; // the refused comment that stands in the form of this page: it is its own draft

function keepUnsent(form) {
  keep(unsent.name, { ...kept(unsent.name), body: bodyOf(form) });
  say(form, `เก็บไว้ในเครื่องนี้ ${timeOf(Date.now())}`);
}

function keepDraft(form, before) {
  if (unsent && form.classList.contains("composer")) return keepUnsent(form);
  const fields = fieldsOf(form);
  if (said(fields) === before) {
    drop(draftName(form));
    return say(form, "");
  }
  const key = form.elements.client_key?.value;
  const { title, page } = form.dataset;
  const done = keep(draftName(form), { fields, key, at: Date.now(), title, page, of: form.elements.sender?.value });
  say(form, done ? `เก็บร่างไว้ในเครื่องนี้ ${timeOf(Date.now())}` : "เครื่องนี้เก็บร่างไม่ได้ โปรดส่งก่อนปิดหน้านี้");
}

function say(form, text) {
  const place = form.querySelector(".composer__kept");
  if (place) place.textContent = inDigitsOfReader(text);
}

/** The draft's own key comes along: if it had arrived after all, sending it again stores nothing twice. */
function fill(form, { fields, key }) {
  if (key && form.elements.client_key) form.elements.client_key.value = key;
  for (const control of form.elements) if (control.type === "radio" || control.type === "checkbox") control.checked = false;
  for (const [name, value] of fields) {
    const control = form.elements.namedItem(name);
    if (!control || OWN.has(name)) continue;
    control.value = value;
    if (control.localName === "textarea") loosen(control);
  }
  form.dispatchEvent(new Event("input"));
  form.querySelector(".composer__words textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
}

function offerDraft(form, draft) {
  const notice = element("div", "notice");
  const text = element("p", "notice__text", inDigitsOfReader(`มีร่างที่ยังไม่ได้ส่งในเครื่องนี้ เก็บไว้ ${timeOf(draft.at)}`));
  const use = element("button", "button button--main", "ใช้ร่างนี้");
  const leave = element("button", "button", "ลบร่าง");
  use.type = leave.type = "button";
  use.addEventListener("click", () => {
    fill(form, draft);
    notice.remove();
  });
  leave.addEventListener("click", () => {
    drop(draftName(form));
    notice.remove();
  });
  notice.append(text, use, leave);
  notice.setAttribute("role", "status");
  form.prepend(notice);
  return notice;
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** What somebody wrote while the scripts were still on their way. */
function typedEarly(form) {
  return [...form.querySelectorAll("textarea")].filter((field) => field.value !== field.defaultValue);
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "true";
  // A form that came back refused holds words that are newer than any draft, and stored nowhere
  const isRefused = "refused" in form.dataset || Boolean(form.querySelector(".error-summary"));
  const before = isRefused || typedEarly(form).length ? "" : said(fieldsOf(form));
  const draft = unsent && form.classList.contains("composer") ? null : kept(draftName(form));
  const offer = draft && !isRefused && said(draft.fields) !== before && offerDraft(form, draft);
  if (isRefused) keepDraft(form, before);
  let timer = 0;
  let isChanged = false;
  const store = () => {
    clearTimeout(timer);
    if (isChanged && form.isConnected) keepDraft(form, before);
    isChanged = false;
  };
  form.addEventListener("input", () => {
    if (offer?.isConnected) offer.remove();
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(store, PAUSE);
  });
  document.addEventListener("visibilitychange", () => document.hidden && store());
  window.addEventListener("pagehide", store);
}

// --- what belongs to the composer only

/** As the portal counts them: a letter outside the first plane, written in two halves, is one. */
function codePoints(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]|\r\n/g)?.length ?? 0);
}

function count(form) {
  const text = form.elements.namedItem("text");
  const place = form.querySelector(".composer__count");
  const show = () => {
    const length = codePoints(text.value);
    const isOver = length > LIMIT;
    const advice = isOver ? " โปรดย่อหรือแบ่งเป็นหลายเรื่อง" : "";
    const words = `${length.toLocaleString("en")} จาก ${LIMIT.toLocaleString("en")} ตัวอักษร${advice}`;
    place.textContent = inDigitsOfReader(words);
    place.classList.toggle("composer__count--over", isOver);
  };
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  show();
}

/** The span selected inside one field of the clause, in code points: {field, start, end, quote}. */
function selectedSpan() {
  const selection = window.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[data-field]");
  if (!start || start !== range.endContainer.parentElement?.closest("[data-field]")) return null;
  const before = document.createRange();
  before.selectNodeContents(start);
  before.setEnd(range.startContainer, range.startOffset);
  const from = [...before.toString()].length;
  const quote = range.toString();
  return { field: start.dataset.field, start: from, end: from + [...quote].length, quote };
}

function marking(form) {
  const offer = form.querySelector(".composer__mark");
  const shown = form.querySelector(".composer__span");
  if (!offer) return; // an edit keeps the span
  let span = null;
  const set = (chosen) => {
    form.elements.field.value = chosen?.field ?? "";
    form.elements.span_start.value = chosen?.start ?? "";
    form.elements.span_end.value = chosen?.end ?? "";
    shown.querySelector(".composer__quoted").textContent = chosen?.quote ?? "";
    shown.hidden = !chosen;
    form.dispatchEvent(new Event("input"));
  };
  document.addEventListener("selectionchange", () => {
    const now = selectedSpan();
    if (now) span = now;
    offer.hidden = !now;
  });
  form.querySelector("[data-act=mark-span]").addEventListener("click", () => {
    set(span);
    window.getSelection()?.removeAllRanges();
  });
  // Keeps the selection while the button is pressed
  form.querySelector("[data-act=mark-span]").addEventListener("pointerdown", (event) => event.preventDefault());
  form.querySelector("[data-act=drop-span]").addEventListener("click", () => set(null));
}

function bodyOf(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") body.append(name, value);
  return body.toString();
}

/** It did not arrive: into the outbox, and the form is free for the next comment. */
function queue(form) {
  const key = form.elements.client_key.value;
  const { action: url } = form;
  if (!putInOutbox(key, { url, body: bodyOf(form), what: form.dataset.what })) {
    return say(form, "ส่งไม่สำเร็จ และเครื่องนี้เก็บข้อความไม่ได้ โปรดอย่าปิดหน้านี้ แล้วลองส่งอีกครั้ง");
  }
  drop(draftName(form));
  if (unsent && !unsent.name.endsWith(key)) drop(unsent.name); // it waits under its new key now
  unsent = null;
  form.reset();
  form.elements.client_key.value = newKey();
  form.querySelector(".composer__changes")?.replaceChildren();
  say(form, "เก็บไว้ในเครื่องนี้แล้ว ระบบจะส่งให้เมื่อเชื่อมต่ออินเทอร์เน็ตได้");
  document.querySelector("[data-outbox-of]")?.scrollIntoView({ block: "nearest" });
}

/** randomUUID needs a secure page; a hall's own server may be plain http. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function sending(form) {
  const isItself = (event) => event.detail.elt === form;
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(failure, (event) => {
      event.stopPropagation(); // the page's own notice would say it a second time; a failed diff says nothing
      if (isItself(event) && !form.elements.editing.value) queue(form);
      else if (isItself(event)) say(form, "ส่งไม่สำเร็จ ร่างยังอยู่ในเครื่องนี้ โปรดลองอีกครั้ง");
    });
  }
  form.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (isItself(event) && (status === 429 || status >= 502) && !form.elements.editing.value) queue(form);
  });
}

/** What the outbox refused, in the form again under its own key; stored until the portal shows it as stored. */
function reopen() {
  const form = document.querySelector("form.composer");
  unsent = form && reopened();
  if (!unsent) return;
  fill(form, unsent);
  say(form, "ข้อความที่ยังไม่ได้ส่ง เปิดไว้ให้แก้แล้วส่งอีกครั้ง");
}

function begin(root) {
  const forms = [...root.querySelectorAll("form[data-draft]")];
  if (root.matches?.("form[data-draft]")) forms.push(root);
  for (const form of forms) {
    const isNew = !form.dataset.watched;
    watch(form);
    if (!isNew || !form.classList.contains("composer")) continue;
    count(form);
    marking(form);
    sending(form);
  }
}

function settle(root) {
  const keys = dropAcknowledged(root);
  if (unsent && root !== document && root.matches(".composer--sent")) {
    drop(unsent.name); // it may have gone under a new key
    unsent = null;
  }
  if (keys.size) acknowledge(keys);
}

settle(document);
listDrafts();
reopen();
begin(document);
document.addEventListener("htmx:load", (event) => {
  if (!(event.target instanceof Element)) return;
  settle(event.target);
  begin(event.target);
  if (event.target !== document.body) return;
  const early = [...document.querySelectorAll("form.composer")].flatMap(typedEarly);
  for (const field of early) field.dispatchEvent(new Event("input", { bubbles: true }));
});
