// A clause's permanent link: copied instead of followed where the browser can; and the button that prints.
const place = document.getElementById("notices");
let clearing;

function say(text) {
  if (!place) return;
  const notice = document.createElement("div");
  const paragraph = document.createElement("p");
  notice.className = "notice";
  paragraph.className = "notice__text";
  paragraph.textContent = text;
  notice.append(paragraph);
  place.replaceChildren(notice);
  clearTimeout(clearing);
  clearing = setTimeout(() => notice.remove(), 5000);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copy-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    say(`คัดลอกลิงก์ถาวรของ${link.dataset.copyLink}แล้ว`);
  } catch {
    window.location.assign(link.href);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
