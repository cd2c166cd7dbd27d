// The list of what this device keeps (service-worker.js), and the button that forgets it.
const PAGES = "offline-pages";
const place = document.querySelector("[data-offline-pages]");

async function show() {
  const pages = window.caches && (await window.caches.has(PAGES)) ? await window.caches.open(PAGES) : null;
  const rows = [];
  for (const name of pages ? (await pages.keys()).reverse() : []) {
    const html = await (await pages.match(name)).text();
    const title = new DOMParser().parseFromString(html, "text/html").title.split(" · ")[0];
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = name.url;
    link.textContent = title;
    row.append(link);
    rows.push(row);
  }
  place.querySelector("[data-list]").replaceChildren(...rows);
  for (const part of ["list", "forget"]) place.querySelector(`[data-${part}]`).hidden = !rows.length;
  place.querySelector("[data-none]").hidden = rows.length > 0;
}

place.querySelector("[data-forget] button").addEventListener("click", async () => {
  await window.caches.delete(PAGES);
  show();
  place.querySelector("h2").tabIndex = -1;
  place.querySelector("h2").focus();
});
show();
