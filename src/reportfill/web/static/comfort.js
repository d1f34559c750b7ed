"use strict";
// Comfort alone: every page works without this file.

for (const drop of document.querySelectorAll(".drop")) {
  const field = drop.querySelector("input[type=file]");
  const chosen = drop.querySelector(".chosen");
  const show = () => chosen.replaceChildren(...Array.from(field.files, (file) => {
    const line = document.createElement("li");
    line.textContent = file.name;
    return line;
  }));
  field.addEventListener("change", show);
  const mark = (over) => (event) => {
    event.preventDefault();
    drop.classList.toggle("over", over);
  };
  drop.addEventListener("dragenter", mark(true));
  drop.addEventListener("dragover", mark(true));
  drop.addEventListener("dragleave", mark(false));
  drop.addEventListener("drop", (event) => {
    mark(false)(event);
    field.files = event.dataTransfer.files;
    show();
  });
}

// One press sends a form once, and says that it is under way.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    form.querySelector(".busy").textContent = form.dataset.busy;
    for (const button of form.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.querySelector(".busy").textContent = "";
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  }
});
