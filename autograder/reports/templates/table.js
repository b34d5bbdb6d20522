"use strict";
// Sorts tables by a column and filters students. The page is whole without it.
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Intl.Collator(undefined, { numeric: true });

  // A cell whose text is no plain number (a time, a share) says its value beside it.
  const number = (cell) =>
    parseFloat(cell?.dataset.value ?? /\d[\d.]*/.exec(cell?.textContent ?? "")?.[0]);
  const text = (cell) => (cell?.textContent ?? "").trim();

  // What is no number stays at the end, whichever way the numbers run.
  function sort(table, column, numbers, descending) {
    const sign = descending ? -1 : 1;
    const key = numbers ? number : text;
    const order = numbers
      ? (a, b) => Number.isNaN(a) - Number.isNaN(b) || sign * (a - b) || 0
      : (a, b) => sign * words.compare(a, b);
    const body = table.tBodies[0];
    const keyed = Array.from(body.rows, (row) => [key(row.cells[column]), row]);
    keyed.sort(([a], [b]) => order(a, b));
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
    [row, plain(row.cells[0].textContent), row.dataset.kinds.split(" ")]);
  const find = document.getElementById("find");
  const show = document.getElementById("show");
  const found = document.getElementById("found");

  function filter() {
    const name = plain(find.value.trim());
    const kinds = show.value ? show.value.split(" ") : null;
    let left = 0;
    for (const [row, student, own] of rows) {
      row.hidden = !student.includes(name) || (kinds && !kinds.some((kind) => own.includes(kind)));
      left += !row.hidden;
    }
    found.textContent = left === rows.length ? "" : left + " of " + rows.length + " submissions";
  }

  if (!find) return; // a page without students to look for
  find.addEventListener("input", filter);
  show.addEventListener("change", filter);
  document.querySelector(".filter").hidden = false;
  filter();
})();
