// Drafts: what is typed is kept on the server 1.5 seconds after the last key and on leaving a field; until the server
// has it, a copy stays in this browser.
import { ended, signIn } from "./session.js";

const PAUSE = 1500;

const copyName = (form) => `draft:${form.dataset.draft}`;

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

const save = async (form) => {
  if (!form.isConnected) return;
  const data = typed(form);
  keep(form, data);
  const sending = { method: "POST", body: new URLSearchParams(data), redirect: "manual" };
  const answer = await fetch(form.dataset.draft, sending).catch(() => null);
  const offline = document.getElementById("offline");
  if (answer && ended(answer)) {
    signIn(() => save(form));
  } else if (answer?.ok) {
    show(form, "saved", (await answer.json()).saved);
    localStorage.removeItem(copyName(form));
    offline?.setAttribute("hidden", "");
  } else if (!answer) {
    offline?.removeAttribute("hidden");
  }
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
