"use strict";
// The office's pages: numbers that renew themselves, texts to copy. Every page works without this file.

const news = document.querySelector("[data-events]");
let source = null;

const show = (event) => {
  const told = JSON.parse(event.data);
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = told.counts[place.dataset.count];
  }
  news.hidden = told.mark === news.dataset.mark;
};

// A browser has few connections to a server: a page that nobody sees needs none.
const follow = () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) {
    source = new EventSource(news.dataset.events);
    source.onmessage = show;
  }
};
if (news) {
  document.addEventListener("visibilitychange", follow);
  follow();
}

const bar = document.querySelector("[data-progress]");
if (bar) {
  const progress = new EventSource(bar.dataset.progress);
  progress.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.isOver) {
      progress.close();
      location.reload();
    } else if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
      bar.nextElementSibling.textContent = `${told.done}/${told.total}`;
    }
  };
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy"); // where there is no https
    }
    button.nextElementSibling.textContent = button.dataset.done;
  });
}
