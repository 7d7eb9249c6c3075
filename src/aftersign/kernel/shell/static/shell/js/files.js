// Files dropped, pasted or chosen: their names and sizes stand under the place, and each can be taken out again.
const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

const list = (place) => {
  const input = place.querySelector("input[type=file]");
  const lines = [...input.files].map((file, at) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const weight = document.createElement("span");
    weight.className = "s t3 sp";
    weight.textContent = size(file.size);
    const out = document.createElement("button");
    out.type = "button";
    out.className = "ib";
    out.textContent = "×";
    out.setAttribute("aria-label", `× ${file.name}`);
    out.addEventListener("click", () => {
      take(place, [...input.files].filter((_file, other) => other !== at));
      input.focus();
    });
    line.append(name, weight, out);
    return line;
  });
  place.querySelector(".files").replaceChildren(...lines);
};

const take = (place, files) => {
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  place.querySelector("input[type=file]").files = bag.files;
  list(place);
};

const add = (place, files) => {
  const input = place.querySelector("input[type=file]");
  take(place, input.multiple ? [...input.files, ...files] : files.slice(0, 1));
};

const placeOf = (event) => event.target.closest?.("[data-drop]");

document.addEventListener("change", (event) => placeOf(event) && list(placeOf(event)));
document.addEventListener("paste", (event) => {
  const place = placeOf(event);
  const files = [...(event.clipboardData?.files ?? [])];
  if (place && files.length) add(place, files);
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const place = placeOf(event);
    if (!place) return;
    event.preventDefault();
    place.querySelector(".drop").classList.toggle("over", name === "dragover");
    if (name === "drop") add(place, [...event.dataTransfer.files]);
  });
}
