// #notices: cleared when the next act begins, and filled when an act did not reach the server.
const place = document.getElementById("notices");

/** One line of news; `tone` is "no" (a failure) or "good". */
export function tell(title, text, tone = "no") {
  if (!place) return;
  const notice = document.createElement("div");
  const paragraph = document.createElement("p");
  const strong = document.createElement("strong");
  notice.className = tone === "no" ? "notice notice--no" : "notice";
  paragraph.className = "notice__text";
  strong.textContent = title;
  paragraph.append(strong, ` ${text}`);
  notice.append(paragraph);
  place.replaceChildren(notice);
}

/** What refreshes itself while somebody types ([data-quiet]) is no act, though it posts. */
function isAct(event) {
  return event.detail.requestConfig?.verb !== "get" && !event.detail.elt.matches("[data-quiet]");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isAct(event)) place?.replaceChildren();
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (isAct(event)) tell("ส่งไม่สำเร็จ", "ข้อความของท่านยังอยู่ครบในหน้านี้ โปรดลองอีกครั้งเมื่อต่ออินเทอร์เน็ตได้");
  });
}
