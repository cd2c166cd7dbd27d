// The composer: keeps a draft, offers it again, counts, marks a span, puts what did not arrive into the outbox, and
// opens again what the portal refused from there.
// Without it the form works all the same; only drafts and sending while offline are lost.
import "./acts.js";
import { inDigitsOfReader } from "./digits.js";
import { discardButton, element, listDrafts, timeOf } from "./draft-list.js";
import { besideName, draftName, draftsOf, drop, dropAcknowledged, keep, kept, newKey } from "./drafts.js";
import { loosen } from "./long-text.js";
import "./session-bar.js";
import { tell } from "./notices.js";
import { acknowledge, putInOutbox, reopened, WILL_BE_SENT } from "./outbox.js";

const PAUSE = 400; // ms without a key before a draft is kept
const LIMIT = 4000;
const OWN = new Set(["csrfmiddlewaretoken", "client_key", "entry", "editing", "sender", "session", "words"]);
// --- drafts of any form with data-draft

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && typeof value === "string");
}

const said = (fields) => JSON.stringify(fields.map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]));

// What waits in the outbox when it does not arrive: the composer's comment, replies, and edits of either
const WAITING = "form.composer, form[data-waits]";
let unsent = null; // the refused item that stands in a form of this page: it is its own draft

const pathOf = (form) => new URL(form.action).pathname;
const holdsUnsent = (form) => unsent?.path === pathOf(form);

function keepUnsent(form) {
  keep(unsent.name, { ...kept(unsent.name), body: bodyOf(form) });
  say(form, `เก็บไว้ในเครื่องนี้ ${timeOf(Date.now())}`);
}

// Where the words of each form are kept: {name, at: when they were stored last, if they were}
const own = new WeakMap();
// The forms whose last comment waits in the outbox, by its key
const queued = new Map();
// What each form said before anybody wrote into it: no draft
const fresh = new WeakMap();

/** Never over words that another page of this form has kept, or that nobody has answered for: those stay under their
 * name, and these go beside them. */
function keepDraft(form) {
  if (holdsUnsent(form)) return keepUnsent(form);
  const stored = kept(own.get(form).name);
  if (stored && stored.at !== own.get(form).at) own.set(form, { name: besideName(form) });
  const { name } = own.get(form);
  const fields = fieldsOf(form);
  if (said(fields) === fresh.get(form)) {
    drop(name);
    own.set(form, { name });
    if (![...queued.values()].includes(form)) say(form, ""); // it still says what became of the last one
    return;
  }
  const isKept = kept(name) && said(kept(name).fields) === said(fields);
  const at = isKept ? kept(name).at : Date.now();
  const key = form.elements.client_key?.value;
  const { title, page } = form.dataset;
  const done = keep(name, { fields, key, at, title, page, of: form.elements.sender?.value });
  own.set(form, { name, at: done ? at : undefined });
  say(form, done ? `เก็บร่างไว้ในเครื่องนี้ ${timeOf(at)}` : "เครื่องนี้เก็บร่างไม่ได้ โปรดส่งก่อนปิดหน้านี้");
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

/** What the device kept stands in the form; `brought` is what the page brought, for who throws the draft away. */
function restore(form, draft, brought) {
  fill(form, draft);
  own.set(form, { name: draft.name, at: draft.at });
  const notice = draftNotice(form, `เปิดร่างที่ยังไม่ได้ส่งให้เขียนต่อแล้ว เก็บไว้ในเครื่องนี้ ${timeOf(draft.at)}`);
  const discard = discardButton(() => {
    drop(own.get(form).name);
    own.set(form, { name: draft.name });
    fill(form, brought);
    form.querySelector(".composer__changes")?.replaceChildren();
    notice.remove();
  });
  notice.append(discard);
}

/** Words that are not those in the form: they wait until somebody takes them or throws them away. */
function offer(form, draft, store) {
  const notice = draftNotice(form, `มีร่างอื่นที่ยังไม่ได้ส่งในเครื่องนี้ เก็บไว้ ${timeOf(draft.at)}`);
  const use = element("button", "button button--main", "ใช้ร่างนี้");
  use.type = "button";
  use.addEventListener("click", () => {
    store(); // what stands in the form now is kept, too
    fill(form, draft);
    own.set(form, { name: draft.name, at: draft.at });
    notice.remove();
  });
  const discard = discardButton(() => {
    drop(draft.name);
    notice.remove();
  });
  notice.append(use, discard);
}

function draftNotice(form, words) {
  const notice = element("div", "notice");
  notice.append(element("p", "notice__text", inDigitsOfReader(words)));
  notice.setAttribute("role", "status");
  form.prepend(notice);
  return notice;
}

/** What somebody wrote while the scripts were still on their way. */
function typedEarly(form) {
  return [...form.querySelectorAll("textarea")].filter((field) => field.value !== field.defaultValue);
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "true";
  // A form that came back refused holds words that are newer than its draft, and stored nowhere
  const isRefused = "refused" in form.dataset || Boolean(form.querySelector(".error-summary"));
  const isFresh = !isRefused && !typedEarly(form).length;
  const brought = { fields: fieldsOf(form), key: form.elements.client_key?.value };
  // Sent with nothing written, it came back as it was
  const holdsNothing = isRefused && "untouched" in form.dataset;
  if (isFresh || holdsNothing) fresh.set(form, said(brought.fields));
  if (isFresh && form.classList.contains("composer")) asItCame ??= brought.fields;
  let timer = 0;
  let isChanged = false;
  const store = () => {
    clearTimeout(timer);
    if (isChanged && form.isConnected) keepDraft(form);
    isChanged = false;
  };
  own.set(form, { name: draftName(form) });
  const isOfForm = ({ fields, key }) => said(fields) === said(brought.fields) || (isRefused && key && key === brought.key);
  const drafts = holdsUnsent(form) ? [] : draftsOf(form);
  const ofForm = drafts.find(isOfForm);
  const others = drafts.filter((draft) => draft !== ofForm);
  if (ofForm) own.set(form, { name: ofForm.name, at: ofForm.at });
  if (isFresh && !ofForm && others.length) restore(form, others.shift(), brought);
  for (const draft of others) offer(form, draft, store);
  if (isRefused) keepDraft(form);
  form.addEventListener("input", () => {
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

/** Letters as the portal counts them, which are code points, and one for a reference, whatever it is called. */
function lettersIn(range) {
  const words = range.cloneContents();
  for (const reference of words.querySelectorAll("[data-reference]")) reference.replaceWith("\ufffc");
  return [...words.textContent].length;
}

/** The span selected inside one field of the clause: {field, start, end, quote}. A reference is marked as a whole. */
function selectedSpan() {
  const selection = window.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const inside = (node, what) => node.parentElement?.closest(what);
  const field = inside(range.startContainer, "[data-field]");
  if (!field || field !== inside(range.endContainer, "[data-field]")) return null;
  const [first, last] = [range.startContainer, range.endContainer].map((node) => inside(node, "[data-reference]"));
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const before = document.createRange();
  before.selectNodeContents(field);
  before.setEnd(range.startContainer, range.startOffset);
  const start = lettersIn(before);
  return { field: field.dataset.field, start, end: start + lettersIn(range), quote: range.toString() };
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
    form.elements.span_end.dispatchEvent(new Event("change")); // who marked the same is shown at once
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

document.addEventListener("outbox-sent", ({ detail: { key } }) => {
  if (queued.has(key)) say(queued.get(key), "");
  queued.delete(key);
});

/** It did not arrive: into the outbox as it was sent, and the form is free for the next comment, which begins with what
 * was written since. False when it cannot be kept. */
function queue(form) {
  const key = form.elements.client_key.value;
  const { action: url } = form;
  const { what, title, page } = form.dataset;
  const isEdit = "edits" in form.dataset;
  const named = form.matches(".composer") && !isEdit ? {} : { title: isEdit ? `การ${title}` : title, page: page.split("#")[0], isEdit };
  if (!putInOutbox(key, { url, body: asSent.get(form).body, what, ...named })) {
    say(form, "ส่งไม่สำเร็จ และเครื่องนี้เก็บข้อความไม่ได้ โปรดอย่าปิดหน้านี้ แล้วลองส่งอีกครั้ง");
    return false;
  }
  drop(own.get(form).name);
  own.set(form, { name: draftName(form) });
  if (holdsUnsent(form)) {
    if (!unsent.name.endsWith(key)) drop(unsent.name); // it waits under its new key now
    unsent = null;
  }
  const since = isEdit ? { fields: [] } : writtenSince(form);
  if (!isEdit) empty(form);
  form.elements.client_key.value = newKey();
  fresh.set(form, said(fieldsOf(form)));
  say(form, `เก็บไว้ในเครื่องนี้แล้ว ${WILL_BE_SENT}`);
  queued.set(key, form);
  if (since.fields.length) write(form, since);
  document.querySelector("[data-outbox-of]")?.scrollIntoView({ block: "nearest" });
  return true;
}

// What the composer of this page held when it came, for one that was refused since: a reset would bring the refused words
let asItCame = null;

/** As before anybody wrote into it, and nothing said of what was refused. */
function empty(form) {
  form.reset();
  if (asItCame && form.matches(".composer")) fill(form, { fields: asItCame });
  else form.elements.namedItem("text").value = "";
  for (const said of form.querySelectorAll(".error-summary, .field__error")) {
    for (const field of form.querySelectorAll(`[aria-describedby~="${said.id}"]`)) {
      const ids = field.getAttribute("aria-describedby").split(" ").filter((id) => id !== said.id);
      field.setAttribute("aria-describedby", ids.join(" "));
    }
    said.remove();
  }
  for (const field of form.querySelectorAll("[aria-invalid=true]")) field.setAttribute("aria-invalid", "false");
  form.querySelector(".composer__changes")?.replaceChildren();
}

function sending(form) {
  const isItself = (event) => event.detail.elt === form;
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(failure, (event) => {
      const waits = isItself(event) && queue(form);
      // The page's own notice would say it a second time, and a failed diff says nothing; only of a reply that this
      // device cannot keep nothing else is told
      if (waits || form.matches(".composer")) event.stopPropagation();
    });
  }
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (isItself(event)) asSent.set(form, { fields: fieldsOf(form), body: bodyOf(form) });
  });
}

// What each form said when it was sent last
const asSent = new WeakMap();

/** What was written into the form while its answer was on its way, and where in it somebody writes. */
function writtenSince(form) {
  const sent = new Map(asSent.get(form).fields);
  const { id, selectionEnd: at } = document.activeElement;
  return { fields: fieldsOf(form).filter(([name, value]) => sent.get(name) !== value), id, at };
}

function write(form, { fields, id, at }) {
  for (const [name, value] of fields) {
    const control = form.elements.namedItem(name);
    if (control) control.value = value;
  }
  const field = [...form.elements].find((control) => id && control.id === id);
  if (field) {
    form.dataset.goesOn = "true";
    field.focus();
    field.setSelectionRange?.(at, at);
  }
  form.dispatchEvent(new Event("input"));
}

let meanwhile = null; // what was written, for the form that stands there next

// The portal's answer about itself goes into the notices of the page, so it is seen here only
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const form = requestConfig.elt;
  if (!form.matches(WAITING) || requestConfig.verb !== "post") return;
  const waits = xhr.status === 429 || xhr.status >= 502;
  // What waits is sent by itself: nothing else is said about it
  if (waits && queue(form)) event.detail.shouldSwap = false;
  else if (event.detail.shouldSwap && event.target === form && form.matches(".composer")) keepMeanwhile(form, xhr.status < 300);
});

/** The form goes: what was written since it was sent goes on in the next one, or waits as a draft of its own. */
function keepMeanwhile(form, isStored) {
  const since = writtenSince(form);
  if (!since.fields.length) return;
  if (!isStored) {
    meanwhile = since;
    return;
  }
  const { title, page } = form.dataset;
  const whole = { fields: fieldsOf(form), key: newKey(), at: Date.now(), title, page, of: form.elements.sender?.value };
  const isKept = keep(besideName(form), whole);
  if (isKept) tell("เก็บร่างไว้ในเครื่องนี้", "ข้อความที่เขียนหลังกดส่งไม่ได้ส่งไปด้วย เปิดเขียนต่อได้ที่หน้าความคิดเห็นของฉัน", "good");
}

/** Into the form that came back: what was written while it was on its way. */
function goOn(form) {
  if (meanwhile) write(form, meanwhile);
  meanwhile = null;
}

/** What the outbox refused, in the form again under its own key; stored until the portal shows it as stored. */
function reopen() {
  const forms = [...document.querySelectorAll(WAITING)];
  unsent = reopened((path) => forms.some((form) => pathOf(form) === path));
  if (!unsent) return;
  const form = forms.find(holdsUnsent);
  if (form.closest("details")) form.closest("details").open = true;
  fill(form, unsent);
  say(form, "ข้อความที่ยังไม่ได้ส่ง เปิดไว้ให้แก้แล้วส่งอีกครั้ง");
}

function begin(root) {
  const forms = [...root.querySelectorAll("form[data-draft]")];
  if (root.matches?.("form[data-draft]")) forms.push(root);
  for (const form of forms) {
    const isNew = !form.dataset.watched;
    watch(form);
    if (!isNew || !form.matches(WAITING)) continue;
    sending(form);
    if (!form.matches(".composer")) continue;
    count(form);
    marking(form);
    goOn(form);
  }
}

function settle(root) {
  const keys = dropAcknowledged(root);
  const isReply = root !== document && root.matches(".comment__replies") && unsent?.path.includes(root.id.slice("replies-".length));
  if (unsent && root !== document && (isReply || root.matches(".composer--sent"))) {
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
