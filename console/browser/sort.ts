const sortValue = (row: HTMLTableRowElement, column: number): string | number => {
  const cell = row.cells[column];
  const exact = cell?.dataset.value;
  return exact === undefined ? (cell?.textContent ?? "") : Number(exact);
};

const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));

const sortBy = (table: HTMLTableElement, head: HTMLTableCellElement) => {
  const down = head.getAttribute("aria-sort") !== "descending";
  for (const other of table.tHead?.rows[0].cells ?? []) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const [body] = table.tBodies;
  const rows = [...body.rows].sort((a, b) =>
    compare(sortValue(a, head.cellIndex), sortValue(b, head.cellIndex)),
  );
  body.append(...(down ? rows.reverse() : rows));
};

/** Lets the user sort tables by clicking their headings. */
export const sortTables = () => {
  for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable"))
    for (const head of table.tHead?.rows[0].cells ?? []) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sortBy(table, head));
      head.replaceChildren(button);
    }
};
