/* Sorts a list that is whole on its page; without it the list is as the page has it. */
"use strict";

for (const control of document.querySelectorAll(".sorts[hidden]")) {
  const lists = [...control.parentElement.querySelectorAll(".entries, .names")];
  const heads = [...control.parentElement.querySelectorAll(".sub")];
  const rows = lists.flatMap((list) => [...list.children].map((row) => ({ row, list })));
  const text = ({ row }, part) => row.querySelector(part)?.textContent ?? "";
  const compare = new Intl.Collator(document.documentElement.lang, { ignorePunctuation: true, numeric: true }).compare;
  const count = (one) => Number(text(one, ".count").replace(/\D/g, ""));
  const orders = {
    title: () => [...rows].sort((a, b) => compare(text(a, "a"), text(b, "a"))),
    where: () => [...rows].sort((a, b) => compare(text(a, ".where"), text(b, ".where"))),
    count: () => [...rows].sort((a, b) => count(b) - count(a)),
    reverse: () => rows.toReversed(),
  };
  control.addEventListener("click", ({ target }) => {
    const by = target.dataset.by;
    if (by === undefined) return;
    for (const button of control.children) button.setAttribute("aria-pressed", button === target);
    for (const head of heads) head.hidden = by !== "";
    if (by) lists[0].append(...orders[by]().map(({ row }) => row));
    else for (const { row, list } of rows) list.append(row);
  });
  control.hidden = false;
}
