// A cross-reference is put where the caret was, without asking the portal; what its number will be, the portal says.
const place = document.querySelector("[data-references]");
const form = place.closest("form");
const body = form.elements.namedItem(place.dataset.body);
const hidden = form.elements.namedItem("references");
const target = form.elements.namedItem("reference_target");
const read = place.dataset.known.split(",").filter(Boolean);
const added = hidden.value.split(",").filter(Boolean);

// A caret that was never set stands at the beginning, also on the page that shows another section: the words end there
let isPlaced = false;
for (const kind of ["focus", "click", "keyup", "select"]) {
  body.addEventListener(kind, () => {
    isPlaced = true;
  });
}
// Asking for another section brings the page anew: the caret comes along
const caret = form.elements.namedItem("caret");
place.querySelector("[value='show-section']").addEventListener("click", () => {
  caret.value = isPlaced ? body.selectionStart : "";
});
if (caret.value !== "") {
  body.setSelectionRange(Number(caret.value), Number(caret.value));
  isPlaced = true;
}

place.querySelector("[data-insert]").addEventListener("click", (event) => {
  const uuid = target.value;
  if (!uuid) return;
  event.preventDefault();
  if (!read.includes(uuid)) {
    read.push(uuid);
    added.push(uuid);
    hidden.value = added.join(",");
    const line = document.createElement("li");
    line.textContent = `⟦${read.length}⟧ ${target.selectedOptions[0].text}`;
    place.querySelector("[data-legend]").append(line);
  }
  if (!isPlaced) body.setSelectionRange(body.value.length, body.value.length);
  body.setRangeText(`⟦${read.indexOf(uuid) + 1}⟧`, body.selectionStart, body.selectionEnd, "end");
  body.focus();
  body.dispatchEvent(new Event("input", { bubbles: true }));
});
