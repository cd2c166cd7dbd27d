// A cross-reference is put where the caret was, without asking the portal; what its number will be, the portal says.
const place = document.querySelector("[data-references]");
const form = place.closest("form");
const body = form.elements.namedItem(place.dataset.body);
const hidden = form.elements.namedItem("references");
const target = form.elements.namedItem("reference_target");
const read = place.dataset.known.split(",").filter(Boolean);
const added = hidden.value.split(",").filter(Boolean);

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
  body.setRangeText(`⟦${read.indexOf(uuid) + 1}⟧`, body.selectionStart, body.selectionEnd, "end");
  body.focus();
  body.dispatchEvent(new Event("input", { bubbles: true }));
});
