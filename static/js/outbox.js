// What was sent and did not arrive, on every page: comments, replies, edits, supports and answers to a show of hands.
// Told of, and sent again with the same client key, so that arriving twice makes one. Stored as outbox:PERSON:KEY =
// {url, body, what, at}; of all but new comments with {title, page: where its form is}, of an edit with {isEdit}, of one
// press (acts.js) with {isPress}; and, once the portal refused one, {refused: status, said}. Nothing leaves the list but what the portal
// shows as stored, or what the person throws away. Only the items of who is signed in are sent; those of others wait
// for them.
import { inDigitsOfReader } from "./digits.js";
import { drop, keep, kept, namesFrom } from "./drafts.js";
import { tell as notify } from "./notices.js";
import { askOnceAccepted } from "./session-bar.js";

const FIRST_WAIT = 20_000; // ms until the next try; doubled each time
const LONGEST_WAIT = 600_000;
const LIMIT = 20_000; // ms for one answer
// True without a network, and with one whose portal does not answer, or cannot take more just now
export const WILL_BE_SENT = "ระบบจะส่งให้เองเมื่อเชื่อมต่อกับระบบได้";
const place = document.querySelector("[data-outbox-of]");
export const person = place?.dataset.outboxOf ?? "";

export const itemName = (key) => `outbox:${person}:${key}`;
export const keyOf = (name) => name.split(":")[2];

function waiting() {
  return namesFrom(`outbox:${person}:`)
    .map((name) => ({ name, ...kept(name) }))
    .sort((one, other) => one.at - other.at);
}

const nameOf = (item) => item.title ?? `ความคิดเห็นต่อ ${item.what}`;
const namesOf = (items) => [...new Set(items.map(nameOf))].join(", ");

/** Puts what did not arrive in line. False when this device cannot keep it. A later edit of a comment is that which
 * waits. */
export function putInOutbox(key, item) {
  const done = keep(itemName(key), { ...item, at: Date.now() });
  const earlier = waiting().filter(({ name, isEdit, url }) => isEdit && url === item.url && keyOf(name) !== key);
  if (done && item.isEdit) for (const { name } of earlier) drop(name);
  show();
  if (done) setTimeout(send, 5000);
  return done;
}

// --- sending

let isSending = false;
let needsSignIn = false;
let timer = 0;
let wait = FIRST_WAIT;

/** Sends what waits, the oldest first; stops at the first that does not get through. */
export async function send() {
  if (isSending || !person) return;
  isSending = true;
  clearTimeout(timer);
  const { sent, later } = await sendAll().finally(() => {
    isSending = false;
  });
  const { length } = sent;
  if (length) notify("ส่งแล้ว", inDigitsOfReader(`ระบบได้รับสิ่งที่เก็บไว้ในเครื่องนี้ ${length} รายการแล้ว: ${namesOf(sent)}`), "good");
  if (later) {
    // Thousands of telephones of one hall come back at the same moment: each waits a little differently
    timer = setTimeout(send, Math.max(later, wait) * (1 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  } else wait = FIRST_WAIT;
  show();
}

async function sendAll() {
  const sent = [];
  for (const item of waiting()) {
    if (item.refused) continue;
    const outcome = await post(item);
    needsSignIn = outcome.signIn ?? false;
    if (needsSignIn) return { sent };
    if (outcome.later) return { sent, later: outcome.later };
    if (outcome.refused) keep(item.name, { ...kept(item.name), ...outcome });
    else {
      drop(item.name);
      sent.push(item);
      document.dispatchEvent(new CustomEvent("outbox-sent", { detail: { key: keyOf(item.name), answer: outcome.answer } }));
    }
    show();
  }
  return { sent };
}

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

/** {answer} once stored: only when the answer shows our key, for a hotspot's sign-in page answers 200 too. Else
 * {signIn}, {later: ms at least} or {refused: status, said}. */
async function post(item) {
  if (!token()) return { signIn: true };
  try {
    const response = await fetch(item.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
        "X-CSRFToken": token(),
      },
      body: item.body,
      signal: AbortSignal.timeout?.(LIMIT),
    });
    const text = await response.text();
    if (response.ok && text.includes(`data-client-key="${keyOf(item.name)}"`)) {
      askOnceAccepted();
      return { answer: text };
    }
    if (response.status === 401) return { signIn: true };
    // As htmx does for its own posts (hearing_portal/web/http.py): what shows how things stand asks for itself again
    if (response.status === 409) document.body.dispatchEvent(new Event("outdated"));
    if ([400, 403, 404, 409, 413, 422].includes(response.status)) return { refused: response.status, said: saidIn(text) };
    return { later: 1000 * (Number(response.headers.get("Retry-After")) || 1) };
  } catch {
    return { later: 1 };
  }
}

/** What the refusal says, from its page. */
function saidIn(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const said = [...page.querySelectorAll(".error-summary li, .notice--no .notice__text")];
  return [...new Set(said.map((line) => line.textContent.trim().replace(/\s+/g, " ")))].join(" ").slice(0, 500);
}

// --- telling

let opened = ""; // the refused item whose text stands in the form of this page

function show() {
  if (!place) return;
  const items = person ? waiting().filter((item) => item.name !== opened) : [];
  const still = items.filter((item) => !item.refused);
  const strangers = person ? 0 : namesFrom("outbox:").length;
  const notices = items.filter((item) => item.refused).map(refusedNotice);
  if (still.length) notices.unshift(needsSignIn ? signInNotice(still.length) : waitingNotice(still));
  if (strangers) notices.push(signInNotice(strangers));
  place.replaceChildren(...notices);
  place.hidden = !notices.length;
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = inDigitsOfReader(text);
  return made;
}

function notice(title, text, ...acts) {
  const made = element("div", "notice");
  const paragraph = element("p", "notice__text");
  paragraph.append(element("strong", "", title), inDigitsOfReader(` ${text}`));
  made.append(paragraph, ...acts);
  return made;
}

function button(text, act) {
  const made = element("button", "button", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function waitingNotice(items) {
  const title = `${navigator.onLine ? "" : "ไม่ได้เชื่อมต่ออินเทอร์เน็ต · "}ยังไม่ได้ส่ง ${items.length} รายการ`;
  return notice(title, `${namesOf(items)} เก็บไว้ในเครื่องนี้ครบ ${WILL_BE_SENT}`, button("ส่งตอนนี้", send));
}

function signInNotice(number) {
  const link = element("a", "button", "เข้าสู่ระบบ");
  const here = window.location.pathname + window.location.search;
  link.href = `/sign-in/${here.startsWith("/sign-in/") ? "" : `?next=${encodeURIComponent(here)}`}`;
  const isThere = window.location.pathname === "/sign-in/";
  return notice(
    `ยังไม่ได้ส่ง ${number} รายการ`, "เก็บไว้ในเครื่องนี้ครบ โปรดเข้าสู่ระบบด้วยบัญชีที่ใช้เขียน ระบบจะส่งให้", ...(isThere ? [] : [link]),
  );
}

function refusedNotice(item) {
  const open = element("a", "button", item.isPress ? "เปิดหน้านั้น" : "เปิดข้อความ");
  open.href = item.isPress ? item.page : `${item.page ?? `${item.url}new/`}#unsent=${keyOf(item.name)}`;
  const said = item.said || "ระบบรับสิ่งที่ส่งนี้ไม่ได้";
  const made = notice(
    `ยังไม่ได้ส่ง${nameOf(item)}`, item.isPress ? said : `${said} ข้อความยังอยู่ครบในเครื่องนี้`, open,
    button("ลบ", (event) => {
      if (item.isPress || event.target.dataset.sure) {
        drop(item.name);
        show();
      }
      event.target.dataset.sure = "true"; // words are not thrown away by one press
      event.target.textContent = "ยืนยันลบข้อความนี้";
    }),
  );
  made.classList.add("notice--no");
  return made;
}

// --- a refused one in the form again

/** The refused item that the address of this page asks for, {name, path: where it is sent, fields, key}; it stays stored
 * meanwhile. Null where the page has no form for it: then the notice stays. */
export function reopened(hasForm) {
  const key = window.location.hash.match(/^#unsent=([\w-]+)$/)?.[1];
  const item = key && kept(itemName(key));
  if (!item) return null;
  const path = new URL(item.url, window.location.href).pathname;
  if (!hasForm(path)) return null;
  opened = itemName(key);
  show();
  return { name: opened, path, fields: [...new URLSearchParams(item.body)], key };
}

/** The portal shows these client keys as stored: what waited under them is done with. */
export function acknowledge(keys) {
  for (const name of namesFrom("outbox:")) if (keys.has(keyOf(name))) drop(name);
  show();
}

show();
window.addEventListener("online", () => setTimeout(send, Math.random() * 2000));
window.addEventListener("offline", show);
window.addEventListener("storage", show);
send();
