/* Two columns: the second has the same merged text as the first, once and not twice in the page. n and p step to the next
   and the previous change. Without this the page shows the texts in one column. */
"use strict";

document.documentElement.classList.add("columns");

document.addEventListener("DOMContentLoaded", () => {
  for (const cell of document.querySelectorAll(".pair > .b:empty")) {
    for (const part of cell.previousElementSibling.querySelectorAll(":scope > p:not(.lack)")) cell.append(part.cloneNode(true));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const step = { n: 1, p: -1 }[event.key];
  if (!step) return;
  const now = /^#v(\d+)$/.exec(location.hash);
  const next = document.getElementById("v" + (now ? Number(now[1]) + step : 1));
  if (!next) return;
  location.hash = next.id;
  const link = next.querySelector("a");
  if (link) link.focus({ preventScroll: true });
});
