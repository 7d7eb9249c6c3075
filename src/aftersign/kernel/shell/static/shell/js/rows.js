// Rows that grow and shrink at once; without script the server adds and drops them.
const add = (set) => {
  const count = set.querySelector("input[name$='-rows']");
  const body = set.querySelector("tbody");
  const row = set.querySelector("template").innerHTML.replaceAll("__place__", count.value);
  body.insertAdjacentHTML("beforeend", row);
  count.value = String(Number(count.value) + 1);
  body.lastElementChild.querySelector("input:not([type=hidden]),select,textarea")?.focus();
};

const drop = (button) => {
  const row = button.closest("tr");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  next?.querySelector("input:not([type=hidden]),select,textarea")?.focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] button[name=_add_row], [data-rows] button[name=_drop_row]");
  if (!button) return;
  event.preventDefault();
  if (button.name === "_add_row") add(button.closest("[data-rows]"));
  else drop(button);
});
