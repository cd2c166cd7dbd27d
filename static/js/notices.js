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

/** Whether what was to be sent holds words that somebody typed. */
function hasTypedText({ detail }) {
  const form = detail.elt.closest("form");
  const fields = [...(form?.querySelectorAll("textarea, input:not([type=hidden])") ?? [])];
  return fields.some((field) => field.value !== field.defaultValue && field.value.trim());
}

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (!isAct(event)) return;
    const kept = hasTypedText(event) ? "ข้อความของท่านยังอยู่ครบในหน้านี้ " : "";
    tell("ส่งไม่สำเร็จ", `${kept}โปรดลองอีกครั้งเมื่อเชื่อมต่ออินเทอร์เน็ตได้`);
  });
}
