// A button beside every password that shows what was typed. It is hidden again before the form is sent, so that no
// browser keeps it as plain words.
const SHOW = "แสดงรหัสผ่าน";
const HIDE = "ซ่อนรหัสผ่าน";

function addButton(input) {
  const row = document.createElement("div");
  const button = document.createElement("button");
  const told = document.createElement("span");
  row.className = "secret";
  button.type = "button";
  button.className = "button secret__button";
  button.setAttribute("aria-controls", input.id);
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  const hadFocus = document.activeElement === input;
  input.replaceWith(row);
  row.append(input, button, told);
  if (hadFocus) input.focus();

  function show(isShown) {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? HIDE : SHOW;
  }

  show(false);
  button.addEventListener("click", () => {
    show(input.type === "password");
    told.textContent = input.type === "text" ? "รหัสผ่านแสดงอยู่" : "รหัสผ่านซ่อนอยู่";
  });
  input.form?.addEventListener("submit", () => show(false));
}

for (const input of document.querySelectorAll("input[type=password]")) {
  input.spellcheck = false;
  input.autocapitalize = "none";
  addButton(input);
}
