// The table of steps is filled in like a spreadsheet: the keys go from cell to cell, rows are moved, added and cut in
// the page, cells are pasted from Excel, and the portal draws the chart beside it from what stands here by now.
// Without this script the same buttons are sent, and the portal shows the form again.
import { inDigitsOfReader } from "./digits.js";
import { shortenApart } from "./shorten.js";

const WAIT = 90; // ms without a key before the chart is drawn again
const MOST_ROWS = 100;
const MOST_NAMED = 5; // cells that were pasted and found no place
const LETTERS_NAMED = 30;
const LETTERS_OF_TARGET = 30; // as step_page.py writes them
const form = document.getElementById("step-form");
const body = form.querySelector("tbody");
const side = form.querySelector("[data-side]");
const told = form.querySelector("[data-told]");
const undo = form.querySelector("[data-undo]");
const blank = form.querySelector("[data-new-row]");
const TO_BE_NAMED = "00000000-0000-0000-0000-000000000000";

const rows = () => [...body.rows];
const rowOf = (control) => control.closest("[data-row]");
const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
const cell = (row, name) => row.querySelector(`[data-cell=${name}]`);

form.querySelector("[data-keys]").hidden = false;

function tell(words) {
  told.textContent = inDigitsOfReader(words);
}

// --- rows

/** A uuid, also where the page came over plain http. */
function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function addRow(after) {
  if (body.rows.length >= MOST_ROWS) {
    tell(`ตารางมีได้ไม่เกิน ${MOST_ROWS} แถว`);
    return null;
  }
  const row = blank.content.firstElementChild.cloneNode(true);
  const uuid = newUuid();
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes(TO_BE_NAMED)) attribute.value = attribute.value.replace(TO_BE_NAMED, uuid);
    }
  }
  if (after) after.after(row);
  else body.append(row);
  return row;
}

function moveRow(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  const focused = document.activeElement;
  if (by < 0) other.before(row);
  else other.after(row);
  focused?.focus();
  changed();
  tell(`ย้ายไปเป็นขั้นที่ ${numberOf(row)}`);
}

function cutRow(row) {
  remember();
  const number = numberOf(row);
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next ?? addRow())?.querySelector("[data-cell=text]").focus();
  changed();
  tell(`ตัดขั้นที่ ${number} แล้ว ยังไม่ได้บันทึก`);
}

function addBranch(row) {
  const branches = row.querySelectorAll(".edit-table__branch");
  const added = branches[0].cloneNode(true);
  for (const control of added.querySelectorAll("textarea, select")) control.value = "";
  branches[branches.length - 1].after(added);
  return added;
}

const numberOf = (row) => rows().indexOf(row) + 1;

/** Numbers, and the choices of where a branch may lead, follow the rows. */
function renumber() {
  const words = shortenApart(rows().map((row) => cell(row, "text").value), LETTERS_OF_TARGET);
  const targets = rows().map((row, index) => [row.dataset.row, `${inDigitsOfReader(String(index + 1))} ${words[index]}`]);
  for (const [index, row] of rows().entries()) {
    const number = inDigitsOfReader(String(index + 1));
    for (const place of row.querySelectorAll("[data-number]")) place.textContent = number;
    for (const choice of row.querySelectorAll("select[name$='-to']")) offer(choice, targets);
  }
}

function offer(choice, targets) {
  const chosen = choice.value;
  const options = [new Option("แถวถัดไป", ""), ...targets.map(([value, words]) => new Option(words, value))];
  if (chosen && !targets.some(([value]) => value === chosen)) options.push(new Option("ขั้นที่ไม่มีในตาราง", chosen));
  choice.replaceChildren(...options);
  choice.value = chosen;
}

// --- one step back, after rows were cut or cells pasted

let before = null;

function remember() {
  const controls = [...form.querySelectorAll("tbody textarea, tbody select")];
  before = { rows: rows(), values: controls.map((control) => [control, control.value]) };
  undo.hidden = false;
}

undo.addEventListener("click", () => {
  body.replaceChildren(...before.rows);
  renumber(); // so that the choices are there again
  for (const [control, value] of before.values) control.value = value;
  before = null;
  undo.hidden = true;
  told.textContent = "";
  changed();
});

// --- buttons and shapes

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  const act = button && ACTS[button.name];
  if (!act) return;
  event.preventDefault();
  act(rowOf(button), button);
  button.closest(".edit-table__menu")?.removeAttribute("open");
});

const ACTS = {
  up: (row) => moveRow(row, -1),
  down: (row) => moveRow(row, 1),
  cut: cutRow,
  add: (row) => addAndGo(row),
  branch: (row) => addBranch(row).querySelector("textarea").focus(),
};

function addAndGo(after) {
  const row = addRow(after);
  if (!row) return;
  changed();
  cell(row, "text").focus();
}

form.addEventListener("change", ({ target }) => {
  if (target.dataset.cell !== "shape" || target.value !== "decision") return;
  const row = rowOf(target);
  row.querySelector(".edit-table__branches").open = true;
  while (row.querySelectorAll(".edit-table__branch").length < 2) addBranch(row);
});

// --- keys

body.addEventListener("keydown", (event) => {
  const control = event.target;
  const row = rowOf(control);
  if (!row || event.isComposing || !control.matches("textarea, select")) return;
  const { key } = event;
  if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) {
    event.preventDefault();
    moveRow(row, key === "ArrowUp" ? -1 : 1);
  } else if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    addAndGo(row);
  } else if (key === "Enter" && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    if (!row.nextElementSibling && isFilled(row)) addBelow(row, control);
    else go(control, 1, 0);
  } else if (key.startsWith("Arrow") && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
    arrow(event, control, key);
  }
});

const isFilled = (row) => [...row.querySelectorAll("textarea")].some(({ value }) => value.trim());

/** Enter in the last row, as in a spreadsheet: on in the same column. */
function addBelow(row, control) {
  const added = addRow(row);
  if (!added) return;
  changed();
  cellBeside(control, added).focus();
}

/** The cell of another row in the column of a control; from a branch, or where that cell is folded away, the text. */
function cellBeside(control, row) {
  const found = cellsOf(row)[cellsOf(rowOf(control)).indexOf(control)];
  return found?.checkVisibility() ? found : cell(row, "text");
}

// Tab goes through the cells, then to where the step leads, then to the next row: what stands in the cell of the
// details in the page comes behind the last cell
body.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey) return;
  const target = nextStop(event.target, event.shiftKey);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.select?.();
});

function nextStop(control, isBack) {
  const row = rowOf(control);
  const fold = row.querySelector(".edit-table__branches");
  const summary = fold.querySelector("summary");
  const cells = cellsOf(row);
  const behindDetails = cells[cells.indexOf(cell(row, "text")) + 1];
  if (isBack) {
    if (control === behindDetails) return cell(row, "text");
    return control === summary ? cells.at(-1) : null;
  }
  if (control === cell(row, "text")) return behindDetails;
  if (control === cells.at(-1)) return summary;
  const isLastOfFold = control === (fold.open ? fold.querySelector("button") : summary);
  if (!isLastOfFold) return null;
  return row.nextElementSibling?.querySelector("summary") ?? form.querySelector("button[name=add][value='']");
}

function arrow(event, control, key) {
  const isUpright = key === "ArrowUp" || key === "ArrowDown";
  const by = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const move = () => (isUpright ? go(control, by, 0) : go(control, 0, by));
  if (control.matches("select")) {
    if (isUpright) return; // they choose
    event.preventDefault();
    move();
    return;
  }
  const { selectionStart: start, selectionEnd: end, value } = control;
  const isWhole = start === 0 && end === value.length;
  const isAtEnd = start === end && start === (by < 0 ? 0 : value.length);
  if (isWhole || isAtEnd) {
    event.preventDefault();
    move();
  } else if (isUpright) {
    // In the first or last line of a cell the caret goes to its end, or stays: the next press leaves the cell
    requestAnimationFrame(() => {
      if (control.selectionStart === start && control.selectionEnd === end) move();
    });
  }
}

/** To the cell so many rows down, or so many cells to the right. */
function go(control, down, right) {
  const row = rowOf(control);
  const cells = cellsOf(row);
  const index = cells.indexOf(control);
  let target = null;
  if (down) {
    const other = rows()[rows().indexOf(row) + down];
    target = other && cellBeside(control, other);
  } else if (index < 0) {
    target = cell(row, right > 0 ? "duration" : "text"); // from a branch, which stands below the text
  } else {
    target = cells[index + right];
  }
  if (!target || target === control) return;
  target.focus();
  target.select?.();
}

// --- cells from Excel

body.addEventListener("paste", (event) => {
  const control = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const isGrid = text.includes("\t") || (/\n./.test(text) && event.clipboardData.getData("text/html").includes("<td"));
  if (!isGrid || !control.matches("[data-cell]")) return;
  event.preventDefault();
  remember();
  const grid = readCells(text);
  const column = cellsOf(rowOf(control)).indexOf(control);
  let row = rowOf(control);
  let last = row;
  let pasted = 0;
  const beyond = [];
  const unlisted = [];
  for (const values of grid) {
    row ??= addRow(last);
    if (!row) break;
    pasted += 1;
    const cells = cellsOf(row).slice(column);
    for (const [index, value] of values.entries()) {
      const place = { line: pasted, column: index + 1, value };
      if (!cells[index]) beyond.push(place);
      else if (!fill(cells[index], value)) unlisted.push(place);
    }
    last = row;
    row = row.nextElementSibling;
  }
  changed();
  tell([`วาง ${pasted} แถวแล้ว ยังไม่ได้บันทึก`, ...tellLeftOut(grid.length - pasted, beyond, unlisted)].join(" "));
});

/** Rows of cells as a spreadsheet copies them: tabs between cells, quotes around a cell with line ends. */
function readCells(text) {
  const grid = [];
  let values = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  while (pattern.lastIndex <= source.length) {
    const found = pattern.exec(source);
    if (!found) break;
    values.push((found[1]?.replaceAll('""', '"') ?? found[2]).trim());
    if (found[3] === "\t") continue;
    grid.push(values);
    values = [];
    if (found[3] === "") break;
  }
  return grid;
}

/** Whether the value has its place now: a list takes only what stands in it. */
function fill(control, value) {
  if (!control.matches("select")) {
    control.value = value;
    return true;
  }
  const option = [...control.options].find(({ text }) => text === value);
  if (option) control.value = option.value;
  control.dispatchEvent(new Event("change", { bubbles: true }));
  return Boolean(option) || !value;
}

/** What was pasted and has no place in the table: rows, cells beyond the last column, words that are in no list. */
function tellLeftOut(lines, beyond, unlisted) {
  const told = [];
  if (lines) told.push(`อีก ${lines} แถวท้ายไม่ได้วาง เพราะตารางมีได้ไม่เกิน ${MOST_ROWS} แถว`);
  const written = beyond.filter(({ value }) => value);
  const columns = new Set(written.map(({ column }) => column));
  if (columns.size) {
    told.push(`เกินคอลัมน์สุดท้ายของตาราง ${columns.size} คอลัมน์ จึงไม่ได้วาง ${written.length} ช่อง: ${nameCells(written)}`);
  }
  if (unlisted.length) told.push(`ไม่มีในรายการให้เลือก จึงไม่ได้วาง ${unlisted.length} ช่อง: ${nameCells(unlisted)}`);
  return told;
}

function nameCells(places) {
  const named = places.slice(0, MOST_NAMED).map(({ line, column, value }) => {
    const words = value.length > LETTERS_NAMED ? `${value.slice(0, LETTERS_NAMED)}…` : value;
    return `“${words}” (แถวที่ ${line} คอลัมน์ที่ ${column} ของที่วาง)`;
  });
  if (places.length > MOST_NAMED) named.push(`และอีก ${places.length - MOST_NAMED} ช่อง`);
  return named.join(", ");
}

// --- the chart

let waiting = 0;
let asked = null;

function changed() {
  renumber();
  drawSoon();
}

function drawSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(draw, WAIT);
}

async function draw() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(form.dataset.drawAt, {
      method: "POST",
      body: new FormData(form),
      signal: asked.signal,
      redirect: "error",
    });
    if (answer.ok) side.innerHTML = await answer.text();
  } catch {
    // a newer one is on its way, or there is no connection: the last chart stays
  }
}

form.addEventListener("input", ({ target }) => {
  if (target.dataset.cell === "text") renumber();
  if (rowOf(target)) drawSoon();
});
