/* n and p step to the next and the previous change; everything else on the page works without it. */
"use strict";

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
