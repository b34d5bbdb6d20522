"use strict";
// Sorts tables by a column and filters students. The page is whole without it.
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Intl.Collator(undefined, { numeric: true });

  function compare(a, b) {
    const x = parseFloat(a), y = parseFloat(b);
    if (Number.isNaN(x) && Number.isNaN(y)) return words.compare(a, b);
    if (Number.isNaN(x)) return -1;
    if (Number.isNaN(y)) return 1;
    return x - y;
  }

  function sort(table, column, numbers, descending) {
    const body = table.tBodies[0];
    const keyed = Array.from(body.rows, (row) => [row.cells[column]?.textContent.trim() ?? "", row]);
    const order = numbers ? compare : words.compare;
    keyed.sort(([a], [b]) => (descending ? order(b, a) : order(a, b)));
    body.append(...keyed.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const numbers = head.classList.contains("number") || head.querySelector(".upright") !== null;
      const place = head.querySelector(".upright") ?? head;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...place.childNodes);
      place.append(button);
      button.addEventListener("click", () => {
        const descending = head.ariaSort === "ascending" || (numbers && head.ariaSort === null);
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, column, numbers, descending);
      });
    });
  }

  const rows = Array.from(document.querySelectorAll("table.students > tbody > tr"), (row) =>
    [row, plain(row.cells[0].textContent)]);
  const find = document.getElementById("find");
  const show = document.getElementById("show");
  const found = document.getElementById("found");

  function filter() {
    const text = plain(find.value.trim());
    const kinds = show.value ? show.value.split(" ") : null;
    let left = 0;
    for (const [row, name] of rows) {
      row.hidden = !name.includes(text) || (kinds !== null && !kinds.includes(row.dataset.kind));
      left += !row.hidden;
    }
    found.textContent = left === rows.length ? "" : left + " of " + rows.length + " submissions";
  }

  find.addEventListener("input", filter);
  show.addEventListener("change", filter);
  document.querySelector(".filter").hidden = false;
  filter();
})();
