// What forms can do beyond being sent. No form depends on any of it.

// Drafts: what is typed is kept on the server 1.5 seconds after the last key and on leaving a field; until the server
// has it, a copy stays in this browser.
{
  const PAUSE = 1500;

  const copyName = (form) => `draft:${form.dataset.person}:${form.dataset.draft}`;

  const show = (form, word, time = "") => {
    const line = document.querySelector("[data-draft-status]");
    if (line) line.textContent = `${line.dataset[word]} ${time}`.trim();
  };

  const typed = (form) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File || /password/i.test(name)) data.delete(name);
    return data;
  };

  const keep = (form, data) => {
    const plain = [...data].filter(([name]) => name !== "csrfmiddlewaretoken");
    try {
      localStorage.setItem(copyName(form), JSON.stringify(plain));
      show(form, "kept");
    } catch {
      // A browser that keeps nothing still has the server.
    }
  };

  const send = (form, data) =>
    fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(data), redirect: "manual" }).catch(() => null);

  const saved = async (form, answer) => {
    show(form, "saved", (await answer.json()).saved);
    localStorage.removeItem(copyName(form));
    document.getElementById("offline")?.setAttribute("hidden", "");
  };

  // While a draft is offered that nobody has gone on with or discarded, nothing may take its place.
  const offered = (form) => document.querySelector(`[data-draft-offer="${CSS.escape(form.dataset.draft)}"]`);

  const save = async (form) => {
    if (!form.isConnected || offered(form)) return;
    const data = typed(form);
    keep(form, data);
    const answer = await send(form, data);
    if (answer?.type === "opaqueredirect" || answer?.status === 401) {
      document.dispatchEvent(new CustomEvent("session:ended", { detail: () => save(form) }));
    } else if (answer?.ok) {
      await saved(form, answer);
    } else if (!answer) {
      document.getElementById("offline")?.removeAttribute("hidden");
    }
  };

  // What only this browser has, because the connection was gone when the page was left, goes to the server first.
  const recover = async (form) => {
    const copy = localStorage.getItem(copyName(form));
    if (!copy) return;
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    const answer = await send(form, [["csrfmiddlewaretoken", token], ...JSON.parse(copy)]);
    if (answer?.ok) await saved(form, answer);
  };

  const timers = new WeakMap();
  const later = (form) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), PAUSE));
  };
  const soon = (form) => {
    if (!timers.has(form)) return;
    clearTimeout(timers.get(form));
    timers.delete(form);
    save(form);
  };

  const formOf = (event) => event.target.closest?.("form[data-draft]");

  document.addEventListener("input", (event) => formOf(event) && later(formOf(event)));
  document.addEventListener("focusout", (event) => formOf(event) && soon(formOf(event)));
  document.addEventListener("submit", (event) => {
    clearTimeout(timers.get(event.target));
    timers.delete(event.target);
  });
  window.addEventListener("online", () => document.querySelectorAll("form[data-draft]").forEach(save));
  document.querySelectorAll("form[data-draft]").forEach(recover);
}

// Rows that grow and shrink at once; without script the server adds and drops them.
{
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
}

// A long list becomes a field with suggestions; the list itself stays in the form and carries the value.
{
  const SHORT = 8;
  let number = 0;

  // By what stands there, or by the words beside it: of a person the account, pinyin and initials.
  const answers = (option, typed) => {
    const text = option.text.toLowerCase();
    const beside = option.dataset.words ?? "";
    const words = typed.trim().toLowerCase();
    return text.includes(words) || words.split(/\s+/).every((word) => text.includes(word) || beside.includes(word));
  };

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
    const tell = (said) => {
      const line = document.createElement("li");
      Object.assign(line, { className: "t3", textContent: said, role: "option" });
      line.setAttribute("aria-disabled", "true");
      line.addEventListener("mousedown", (event) => event.preventDefault());
      list.replaceChildren(line);
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
    };
    const open = (text) => {
      const found = [...select.options].filter((each) => each.value && answers(each, text)).slice(0, 12);
      if (!found.length) return tell(select.dataset.none);
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
      input.setAttribute("aria-expanded", "true");
      input.setAttribute("aria-activedescendant", `${id}-0`);
    };
    const move = (step) => {
      const lines = [...list.querySelectorAll("[data-value]")];
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
        else open(input.value === chosen() ? "" : input.value);
      } else if (event.key === "Enter" && list.children.length) {
        event.preventDefault();
        const line = list.querySelector("[aria-selected=true]");
        if (line) pick(line.dataset.value);
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
}
