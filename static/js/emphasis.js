// The words that are selected get the signs of bold or italic around them; without a selection the words that are named.
const place = document.querySelector("[data-emphasis]");
const form = place.closest("form");
const body = form.elements.namedItem(place.dataset.body);
const named = form.elements.namedItem("emphasis_words");
place.querySelector("[data-selecting]").hidden = false;

for (const button of place.querySelectorAll("[data-sign]")) {
  button.addEventListener("click", (event) => {
    let { selectionStart: start, selectionEnd: end } = body;
    if (start === end) {
      const words = named.value.trim();
      start = words ? body.value.indexOf(words) : -1;
      end = start + words.length;
    }
    if (start < 0) return; // the portal shows the form as it is
    event.preventDefault();
    const words = body.value.slice(start, end);
    body.setRangeText(`⟦${button.dataset.sign}⟧${words}⟦/${button.dataset.sign}⟧`, start, end, "select");
    named.value = "";
    body.focus();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
