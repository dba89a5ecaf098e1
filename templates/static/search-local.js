/* From a folder of files the search cannot run, and says why. */
"use strict";

if (location.protocol === "file:") {
  document.getElementById("without").classList.add("shown");
  document.getElementById("q").value = new URLSearchParams(location.search).get("q") ?? "";
}
