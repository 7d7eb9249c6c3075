// A session that ended while somebody was writing: they sign in where they are, and what waited is sent again.
const dialog = document.getElementById("session");
const waiting = [];

const cookie = (name) => document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);

const renew = () => {
  const token = cookie("csrftoken");
  if (!token) return;
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => {
    input.value = token;
  });
};

export const signIn = (again) => {
  if (!dialog) return location.reload();
  waiting.push(again);
  if (!dialog.open) dialog.showModal();
  return undefined;
};

export const ended = (answer) => answer.type === "opaqueredirect" || answer.status === 401;

dialog?.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const form = event.target;
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers }).catch(() => null);
  dialog.querySelector("[data-refused]").hidden = Boolean(answer?.ok);
  if (!answer?.ok) return;
  form.elements.namedItem("password").value = "";
  renew();
  dialog.close();
  waiting.splice(0).forEach((again) => again());
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const gone = xhr.status === 401 || new URL(xhr.responseURL || location.href).pathname.startsWith("/accounts/login");
  if (!gone) return;
  event.detail.shouldSwap = false;
  const { verb, path, parameters, target, elt } = requestConfig;
  signIn(() => window.htmx.ajax(verb.toUpperCase(), path, { values: parameters, target, source: elt }));
});
