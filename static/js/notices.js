// #notices: cleared when the next act begins, and filled when an act did not reach the server.
const place = document.getElementById("notices");

function say(title, text) {
  const notice = document.createElement("div");
  const paragraph = document.createElement("p");
  const strong = document.createElement("strong");
  notice.className = "notice notice--no";
  paragraph.className = "notice__text";
  strong.textContent = title;
  paragraph.append(strong, ` ${text}`);
  notice.append(paragraph);
  place.replaceChildren(notice);
}

function isAct(event) {
  return event.detail.requestConfig?.verb !== "get";
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isAct(event)) place?.replaceChildren();
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (place && isAct(event)) say("ส่งไม่สำเร็จ", "ข้อความของท่านยังอยู่ครบในหน้านี้ โปรดลองอีกครั้งเมื่อต่ออินเทอร์เน็ตได้");
  });
}
