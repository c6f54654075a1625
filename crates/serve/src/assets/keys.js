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
