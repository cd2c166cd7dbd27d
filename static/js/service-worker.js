// Reading without a network: pages that the portal offers to keep (hearing_portal/offline_reading) are kept on this
// device and shown when it does not answer. Each answer says whose device it goes to: the pages of one sign-in are
// thrown away with the first answer to another one, or to nobody. Nothing is ever posted from here.
const PAGES = "offline-pages";
const FILES = "offline-files";
const SHELL = "/offline/";
const WHOSE = "/offline/whose"; // not a page: the name of the sign-in the pages belong to
const READER = "Portal-Reader";
const KEEP = "Portal-Keep";
const MOST_PAGES = 60;
const MOST_FILES = 300;
const PATIENCE = 8000; // ms until a kept page is shown in place of an answer that does not come
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("message", (event) => {
  // The page that was open before this worker was there
  if (event.data?.keep) event.waitUntil(fetch(event.data.keep).then((answer) => note(event.data.keep, answer)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(answerFile(request));
});

// --- pages

async function answerPage(event, url) {
  const kept = await keptPage(url);
  const asked = ask(event);
  try {
    const answer = await (kept ? Promise.race([asked, after(PATIENCE)]) : asked);
    if (answer && !(answer.status >= 500 && kept)) {
      event.waitUntil(note(url.href, answer.clone()));
      return answer;
    }
  } catch {
    // no network
  }
  event.waitUntil(asked.catch(() => null));
  return kept ? withNote(kept) : ((await caches.match(SHELL)) ?? Response.error());
}

async function ask(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

const after = (ms) => new Promise((done) => setTimeout(() => done(null), ms));

async function keptPage(url) {
  const pages = await caches.open(PAGES);
  const address = url.pathname + url.search;
  return (await pages.match(address)) ?? pages.match(url.pathname, { ignoreSearch: true });
}

/** Keeps a page that may be kept, forgets one that is no more, and all of them when the reader is another one. */
async function note(address, answer) {
  if (answer.type === "opaqueredirect" || answer.status >= 500) return;
  const url = new URL(address);
  if (url.pathname.startsWith("/static/") || url.pathname.startsWith("/live/")) return;
  const reader = answer.headers.get(READER);
  if (reader !== (await whose())) await changeReader(reader);
  if (!reader) return;
  const pages = await caches.open(PAGES);
  const name = url.pathname + url.search;
  // Deleted first: the order in which they were put tells which was read last
  if (answer.status === 200 ? answer.headers.has(KEEP) : answer.status >= 400) await pages.delete(name);
  if (answer.status !== 200 || !answer.headers.has(KEEP)) return;
  await keepPage(pages, name, answer);
  await trim(pages, MOST_PAGES);
}

async function whose() {
  const kept = await (await caches.open(FILES)).match(WHOSE);
  return kept ? kept.text() : null;
}

async function changeReader(reader) {
  await caches.delete(PAGES);
  const files = await caches.open(FILES);
  if (reader) await files.put(WHOSE, new Response(reader));
  else await files.delete(WHOSE);
}

async function withNote(kept) {
  const html = await kept.text();
  const isThai = /<html[^>]* data-digits="thai"/.test(html);
  const at = new Date(kept.headers.get("Portal-Kept-At"));
  const moment = new Intl.DateTimeFormat(`th-TH-u-ca-buddhist-nu-${isThai ? "thai" : "latn"}`, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  }).format(at).replace(":", ".");
  const notice = `<div class="notice" role="status" data-kept-page><p class="notice__text"><strong>ไม่มีสัญญาณ</strong>
    หน้านี้เก็บไว้ในเครื่องนี้เมื่อ ${moment} น. อาจมีการแก้ไขหรือความคิดเห็นหลังจากนั้น</p>
    <a class="button" href="">ลองเปิดใหม่</a> <a class="button" href="${SHELL}">หน้าอื่นที่เก็บไว้</a></div>`;
  return new Response(html.replace(/<main [^>]*>/, `$&${notice}`), { headers: kept.headers });
}

// --- files

async function answerFile(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request.url);
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.status === 200) {
      await files.put(request.url, answer.clone());
      await trim(files, MOST_FILES);
    }
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}

/** The styles and scripts a page names, and the scripts these import. */
async function keepFilesOf(text, from) {
  const files = await caches.open(FILES);
  const named = from.endsWith(".js")
    ? text.matchAll(/(?:import|from)\s*\(?\s*["'](\.{1,2}\/[^"']+\.js)["']/g)
    : text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g);
  for (const [, name] of named) {
    const { href } = new URL(name, from);
    if (await files.match(href)) continue;
    try {
      const answer = await fetch(href);
      if (answer.status !== 200) continue;
      await files.put(href, answer.clone());
      if (href.endsWith(".js")) await keepFilesOf(await answer.text(), href);
    } catch {
      return; // the line broke; the page itself is kept
    }
  }
}

async function keepShell() {
  const answer = await fetch(SHELL, { credentials: "omit" });
  if (answer.status !== 200) return;
  await keepPage(await caches.open(FILES), SHELL, answer);
}

/** The page as it was read, with the time and the files it names. */
async function keepPage(cache, name, answer) {
  const html = await answer.text();
  const headers = new Headers(answer.headers);
  for (const wire of ["Content-Encoding", "Content-Length"]) headers.delete(wire);
  headers.set("Portal-Kept-At", new Date().toISOString());
  await cache.put(name, new Response(html, { headers }));
  await keepFilesOf(html, new URL(name, self.location.href).href);
}

async function trim(cache, most) {
  const names = await cache.keys();
  const extra = names.filter(({ url }) => !url.includes(SHELL)).slice(0, Math.max(0, names.length - most));
  await Promise.all(extra.map((name) => cache.delete(name)));
}
