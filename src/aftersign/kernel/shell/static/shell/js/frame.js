// The frame: theme without a new page, toasts that can be closed, menus that close, no form sent twice.
document.querySelectorAll("[data-dismiss]").forEach((button) => button.removeAttribute("hidden"));

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
    const button = form.querySelector("[name=theme]");
    const data = new URLSearchParams(new FormData(form));
    data.set("theme", button.value);
    fetch(form.action, { method: "POST", body: data, redirect: "manual" });
    document.documentElement.dataset.theme = button.value;
    button.value = button.value === "dark" ? "light" : "dark";
    return;
  }
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
