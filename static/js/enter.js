// Enter in a field with data-enter presses the button of that value, instead of saving or beginning a new line.
for (const field of document.querySelectorAll("[data-enter]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.querySelector(`button[value="${field.dataset.enter}"]`).click();
  });
}
