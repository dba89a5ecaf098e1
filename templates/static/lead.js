// The page for an address that leads nowhere: a work has one page, at the address of its base, or none, so any other member's address leads to its text.
"use strict";
const asked = /^(.*\/)work\/([^/]+\.html)$/.exec(location.pathname);
if (asked) {
  const lead = document.getElementById("lead");
  lead.querySelector("a").href = `${asked[1]}t/${asked[2]}`;
  lead.hidden = false;
}
