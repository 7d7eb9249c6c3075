// What every page can do beyond its links and forms. No page depends on any of it.

// Around requests of htmx: a late sign of progress, focus that is never lost, counts that are heard.
{
  const busy = document.getElementById("busy");
  const heard = document.getElementById("heard");
  const offline = document.getElementById("offline");
  let under = 0;
  let timer = 0;
  let held = "";
  let place = -1;
  let inside = false;
  let chosen = [];

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const boxes = (part) => [...(part.querySelectorAll?.("input[name=chosen]") ?? [])];

  const begin = () => {
    under += 1;
    timer ||= setTimeout(() => busy?.removeAttribute("hidden"), 400);
  };

  const end = () => {
    under = Math.max(0, under - 1);
    if (under) return;
    clearTimeout(timer);
    timer = 0;
    busy?.setAttribute("hidden", "");
  };

  // A button in a menu is gone with it: what opened the menu stays.
  const nameOf = (each) => each.id || each.closest("details.menu")?.querySelector("summary").id || "";

  // After a swap: mistakes first, then whatever had the focus before, by its id, else the row that took its place, else
  // the part itself; what was chosen stays chosen.
  const settle = (part) => {
    const summary = part.querySelector?.("[data-error-summary]");
    const next = rows()[Math.min(place, rows().length - 1)]?.querySelector("a,button");
    if (summary) summary.focus();
    else if (held || place >= 0 || inside)
      for (const each of [document.getElementById(held), next, part])
        if (document.activeElement === document.body) each?.focus?.();
    if (document.activeElement !== document.body) {
      held = "";
      place = -1;
      inside = false;
    }
    boxes(part).filter((box) => chosen.includes(box.value)).forEach((box) => {
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const said = part.dataset?.said ?? part.querySelector?.("[data-said]")?.dataset.said;
    if (said && heard) heard.textContent = said;
  };

  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", end);
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Two answers may come at once: what the first has swapped away is still looked for after the second.
    if (document.activeElement !== document.body) {
      held = nameOf(document.activeElement);
      inside = event.detail.target.contains(document.activeElement);
      place = rows().findIndex((row) => row.contains(document.activeElement));
    }
    chosen = boxes(event.detail.target).filter((box) => box.checked).map((box) => box.value);
  });
  document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
  document.addEventListener("htmx:sendError", () => offline?.removeAttribute("hidden"));
  window.addEventListener("online", () => offline?.setAttribute("hidden", ""));

  document.querySelector("[data-error-summary]")?.focus();
}

// What somebody changes while an answer is on its way stays as they left it when the answer comes.
{
  const begun = new WeakMap();
  const changed = new Map();
  const ticked = (each) => each.type === "radio" || each.type === "checkbox";
  const kept = (each) => each.name && !["file", "hidden", "password", "submit", "button"].includes(each.type);
  const key = (each) => JSON.stringify([each.form?.id, each.name, ticked(each) ? each.value : ""]);
  const alike = (each) => (each.type === "radio" ? [...each.form.elements].filter((one) => one.name === each.name) : [each]);

  const note = ({ target }) => {
    if (!target.form || !kept(target)) return;
    const at = performance.now();
    alike(target).forEach((each) => changed.set(key(each), { at, value: each.value, checked: each.checked }));
  };

  const restore = (each, { value, checked }) => {
    const field = ticked(each) ? "checked" : "value";
    const was = ticked(each) ? checked : value;
    if (each[field] === was) return;
    each[field] = was;
    if (was) each.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("htmx:beforeRequest", (event) => begun.set(event.detail.xhr, performance.now()));
  document.addEventListener("htmx:afterSwap", (event) => {
    const since = begun.get(event.detail.xhr);
    for (const each of event.detail.elt.querySelectorAll?.("input,select,textarea") ?? []) {
      const last = kept(each) && changed.get(key(each));
      if (last && last.at > since) restore(each, last);
    }
  });
}

// A session that ended while somebody was writing: they sign in where they are, and what waited is sent again.
{
  const dialog = document.getElementById("session");
  const waiting = [];

  const cookie = (name) => document.cookie.split("; ").find((each) => each.replace("__Host-", "").startsWith(`${name}=`))?.split("=")[1];

  const renew = () => {
    const token = cookie("csrftoken");
    if (!token) return;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => {
      input.value = token;
    });
  };

  const signIn = (again) => {
    if (!dialog) return location.reload();
    waiting.push(again);
    if (!dialog.open) dialog.showModal();
    return undefined;
  };

  dialog?.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const form = event.target;
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers }).catch(() => null);
    const asked = form.action.includes("/2fa/");
    const passed = Boolean(asked ? answer?.ok && answer.redirected : answer?.ok);
    dialog.querySelector("[data-refused]").hidden = passed;
    if (!passed) return;
    const next = asked ? "" : ((await answer.json().catch(() => ({}))).location ?? "");
    if (next.includes("/2fa/")) {
      form.action = next;
      dialog.querySelector("[data-second]").hidden = false;
      form.elements.namedItem("code").focus();
      return;
    }
    form.action = dialog.dataset.signIn;
    dialog.querySelector("[data-second]").hidden = true;
    form.elements.namedItem("password").value = form.elements.namedItem("code").value = "";
    renew();
    dialog.close();
    waiting.splice(0).forEach((again) => again());
  });

  document.addEventListener("session:ended", (event) => signIn(event.detail));

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const gone = xhr.status === 401 || new URL(xhr.responseURL || location.href).pathname.startsWith("/accounts/login");
    if (!gone) return;
    event.detail.shouldSwap = false;
    const { verb, path, parameters, target, elt } = requestConfig;
    signIn(() => {
      if (parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = cookie("csrftoken");
      window.htmx.ajax(verb.toUpperCase(), path, { values: parameters, target, source: elt });
    });
  });
}

// Keys for whoever does not reach for the mouse; none fires while somebody types or composes Chinese.
{
  const typing = (target) => target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const current = () => rows().find((row) => row.contains(document.activeElement));

  const move = (step) => {
    const all = rows();
    const at = all.indexOf(current());
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    next?.querySelector("a,button")?.focus();
  };

  // What a row offers under a key; a batch of chosen rows comes first.
  const inRow = (key) => {
    const chosen = document.querySelector("input[name=chosen]:checked");
    const button = chosen?.form?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    return button ?? current()?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  };

  const plain = {
    "?": () => document.getElementById("keys")?.showModal(),
    "/": () => (document.querySelector("[data-find]") ?? document.querySelector("input[type=search]"))?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => current()?.querySelector("input[type=checkbox]")?.click(),
    z: () => [...document.querySelectorAll(".toast form button")].at(-1)?.click(),
  };
  const places = new Map([...document.querySelectorAll("a[data-key]")].map((link) => [link.dataset.key, link]));
  let leader = 0;

  const offer = (part) =>
    part.querySelectorAll?.("button[data-keys],[data-keys-hint]").forEach((each) => each.removeAttribute("hidden"));
  offer(document);
  document.addEventListener("htmx:afterSettle", (event) => offer(event.detail.elt));

  const single = document.querySelector("input[data-single-keys]");
  single?.addEventListener("change", () => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ keys: single.checked ? "" : "off", csrfmiddlewaretoken: token });
    fetch(single.dataset.singleKeys, { method: "POST", body, redirect: "manual" });
  });

  const run = (key) => {
    if (key === "g") leader = Date.now();
    else if (Date.now() - leader < 1000 && places.has(`g ${key}`)) places.get(`g ${key}`).click();
    else if (places.has(key)) places.get(key).click();
    else if (inRow(key)) inRow(key).click();
    else if (plain[key]) plain[key]();
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.target.closest?.("form")?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (single && !single.checked) return;
    if (run(event.key)) event.preventDefault();
  });
}

// The frame: theme without a new page, toasts that can be closed, menus that close, no form sent twice.
{
  // A toast goes after eight seconds in which nobody points at it or has the focus in it.
  const fade = (toast) => {
    let timer = 0;
    const hold = () => clearTimeout(timer);
    const go = () => {
      hold();
      timer = setTimeout(() => toast.remove(), 8000);
    };
    toast.dataset.fades = "";
    for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, hold);
    for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, go);
    go();
  };
  const greet = () => {
    document.querySelectorAll("[data-dismiss]").forEach((button) => button.removeAttribute("hidden"));
    document.querySelectorAll(".toasts .toast:not([data-fades])").forEach(fade);
  };
  greet();
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => tab.scrollIntoView({ block: "nearest", inline: "center" }));
  document.addEventListener("htmx:oobAfterSwap", greet);

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".toast").remove();
    if (event.target.closest("[data-keys]")) document.getElementById("keys")?.showModal();
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]");
    menu?.removeAttribute("open");
    menu?.querySelector("summary").focus();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-theme-switch]")) {
      event.preventDefault();
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
      const data = new URLSearchParams(new FormData(form));
      root.dataset.theme = dark ? "light" : "dark";
      data.set("theme", root.dataset.theme);
      fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      return;
    }
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 10000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
}

// Several rows at once: how many are chosen, and all of them with one box.
{
  const count = (form) => {
    const boxes = [...form.elements].filter((each) => each.name === "chosen");
    const number = boxes.filter((each) => each.checked).length;
    const words = form.querySelector("[data-chosen]");
    const all = form.querySelector("[data-all]");
    if (words?.dataset.chosen) words.textContent = words.dataset.chosen.replace("{n}", number);
    if (!all) return;
    all.hidden = false;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
  };

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-batch]")) return;
    if (event.target.matches("[data-all]"))
      [...form.elements].filter((each) => each.name === "chosen").forEach((each) => {
        each.checked = event.target.checked;
      });
    count(form);
  });
}
