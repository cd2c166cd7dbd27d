// A clause or section is dragged by its menu's button to where it goes. Dropped, the page of moving opens with that
// place chosen: there stand the reason and the way back. The keyboard's way is that page, and the buttons of the menu.
const PLACED = ".clause, .outline__row";
const FAR_ENOUGH = 8; // px: less is a click

const menuOf = (row) => row?.querySelector("[data-move]");

let dragged = null; // {menu, row, x, y, isMoving, target}

document.addEventListener("pointerdown", (event) => {
  const menu = event.target.closest("[data-move] > summary")?.parentElement;
  if (!menu || event.button !== 0) return;
  dragged = { menu, row: menu.closest(PLACED), x: event.clientX, y: event.clientY, isMoving: false, target: null };
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const distance = Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y);
  if (!dragged.isMoving && distance < FAR_ENOUGH) return;
  dragged.isMoving = true;
  dragged.row.classList.add("is-dragged");
  const row = document.elementFromPoint(event.clientX, event.clientY)?.closest(PLACED);
  mark(row && menuOf(row) && !dragged.row.contains(row) ? row : null);
});

document.addEventListener("pointerup", () => {
  if (!dragged) return;
  const { menu, target } = dragged;
  stop();
  if (!target) return;
  const onto = menuOf(target).dataset;
  const isIntoUnit = onto.kind === "unit" && menu.dataset.kind === "process";
  location.assign(menu.dataset.move + (isIntoUnit ? onto.into : onto.behind));
});

for (const kind of ["pointercancel", "blur"]) addEventListener(kind, stop);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") stop();
});

function mark(row) {
  dragged.target?.classList.remove("is-drop-place");
  row?.classList.add("is-drop-place");
  dragged.target = row;
}

function stop() {
  if (!dragged) return;
  mark(null);
  dragged.row.classList.remove("is-dragged");
  dragged = null;
}
