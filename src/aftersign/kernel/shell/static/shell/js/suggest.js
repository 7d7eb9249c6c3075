// A long list becomes a field with suggestions; the list itself stays in the form and carries the value.
const SHORT = 8;
let number = 0;

const enhance = (select) => {
  if (select.options.length <= SHORT || select.dataset.ready) return;
  select.dataset.ready = "1";
  const id = `suggest-${++number}`;
  const box = document.createElement("div");
  box.className = "cb suggest";
  const input = document.createElement("input");
  Object.assign(input, { className: "in", autocomplete: "off", id: `${id}-text` });
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
  })) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid", "aria-label"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const list = document.createElement("ul");
  Object.assign(list, { className: "pop", id, role: "listbox" });
  document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.setAttribute("for", input.id);
  select.hidden = true;
  select.before(box);
  box.append(input, list, select);

  const chosen = () => (select.value ? select.selectedOptions[0].text : "");
  const close = () => {
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (value) => {
    select.value = value;
    input.value = chosen();
    close();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const open = (text) => {
    const words = text.trim().toLowerCase();
    const found = [...select.options].filter((each) => each.value && each.text.toLowerCase().includes(words)).slice(0, 12);
    list.replaceChildren(...found.map((each, at) => {
      const line = document.createElement("li");
      Object.assign(line, { id: `${id}-${at}`, textContent: each.text, role: "option" });
      line.dataset.value = each.value;
      line.setAttribute("aria-selected", String(at === 0));
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        pick(each.value);
      });
      return line;
    }));
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) input.setAttribute("aria-activedescendant", `${id}-0`);
  };
  const move = (step) => {
    const lines = [...list.children];
    const at = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
    const next = lines[(at + step + lines.length) % lines.length];
    lines.forEach((line) => line.setAttribute("aria-selected", String(line === next)));
    next?.scrollIntoView({ block: "nearest" });
    if (next) input.setAttribute("aria-activedescendant", next.id);
  };

  input.value = chosen();
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    if (!input.value) pick("");
    else open(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.children.length) move(event.key === "ArrowDown" ? 1 : -1);
      else open("");
    } else if (event.key === "Enter" && list.children.length) {
      event.preventDefault();
      pick(list.querySelector("[aria-selected=true]").dataset.value);
    } else if (event.key === "Escape" && list.children.length) {
      event.stopPropagation();
      input.value = chosen();
      close();
    }
  });
  input.addEventListener("blur", () => {
    input.value = chosen();
    close();
  });
};

const all = (part) => part.querySelectorAll?.("select[data-search]").forEach(enhance);
document.addEventListener("htmx:afterSettle", (event) => all(event.detail.elt));
all(document);
