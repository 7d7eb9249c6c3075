// Rows that grow and shrink at once; without script the server adds and drops them.
const fields = "input:not([type=hidden]),select,textarea";

const add = (name) => {
  const table = document.getElementById(`rows-${name}`);
  const pattern = document.querySelector(`template[data-row-of="${CSS.escape(name)}"]`);
  const count = table?.closest("form")?.elements.namedItem(`${name}-rows`);
  if (!table || !pattern || !count) return false;
  const body = table.tBodies[0];
  const row = pattern.innerHTML.replaceAll("__place__", count.value).replaceAll("__number__", body.rows.length + 1);
  body.insertAdjacentHTML("beforeend", row);
  count.value = String(Number(count.value) + 1);
  body.rows[body.rows.length - 1].querySelector(fields)?.focus();
  return true;
};

const drop = (button) => {
  const row = button.closest("tr");
  const form = button.form;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next?.querySelector(fields) ?? form.querySelector("[data-add-row]"))?.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row],[data-drop-row]");
  if (!button) return;
  const did = button.hasAttribute("data-add-row") ? add(button.value) : drop(button);
  if (did) event.preventDefault();
});
