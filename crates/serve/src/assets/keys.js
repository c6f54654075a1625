// "/" goes to the search, as on other pages for reading, and a button prints.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.getElementById("search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// The words that were marked last in a report go into the form that adds a record at them.
let marked = "";
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const at = selection && selection.anchorNode && selection.anchorNode.parentElement;
  if (at && at.closest(".para-text") && !selection.isCollapsed) marked = selection.toString().trim();
});
document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (field.name === "passage" && field.value === "" && marked) field.value = marked;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is wider than the screen shows its newest end, its largest mark, or what is chosen in it.
const largest = (figure) => {
  const size = (mark) => Number(mark.getAttribute("r"));
  const marks = [...figure.querySelectorAll("circle.actor, circle.site")];
  return marks.reduce((one, other) => (size(other) > size(one) ? other : one), marks[0]);
};
const show = (box) => {
  const figure = box.querySelector("svg.figure");
  const chosen = box.querySelector("[aria-current]");
  const room = box.scrollWidth - box.clientWidth;
  if (room <= 0) return;
  const mark = figure && largest(figure);
  if (mark) {
    const part = Number(mark.getAttribute("cx")) / figure.viewBox.baseVal.width;
    box.scrollLeft = part * box.scrollWidth - box.clientWidth / 2;
  } else if (figure && figure.matches(".timeline, .months")) box.scrollLeft = room;
  else if (!figure && chosen) box.scrollLeft = chosen.offsetLeft - box.offsetLeft - 24;
};
for (const box of document.querySelectorAll(".scroll, .top nav ul, .choices ul, .inside ul")) show(box);
document.addEventListener("toggle", (event) => {
  for (const box of event.target.querySelectorAll(".scroll")) show(box);
}, true);
