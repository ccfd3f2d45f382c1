type Value = string | number | boolean | null;

/** Height of a row in pixels, the same as in the style sheet. */
const ROW = 27;
/** Rows that are drawn above and below the visible ones. */
const MARGIN = 20;

const isNumeric = (type: string) => /INT|DECIMAL|DOUBLE|FLOAT/.test(type);

/** Control characters and direction marks, which are shown as escapes. A browser would reorder text by them. */
const visible = (text: string) =>
  text.replaceAll(
    /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Returns a value as its cell shows it, with the digits of whole numbers in groups. */
const shown = (text: string, type: string) =>
  /INT/.test(type) ? text.replace(/\B(?=(\d{3})+$)/g, ",") : visible(text);

/** A table of any number of rows. Only the visible rows are in the DOM. */
export class GridTable {
  readonly element = document.createElement("section");
  private readonly table = document.createElement("table");
  private readonly body = document.createElement("tbody");
  private readonly above = document.createElement("tr");
  private readonly below = document.createElement("tr");
  private rows: Value[][] = [];
  private pending = false;

  constructor(
    columns: string[],
    private readonly types: string[],
  ) {
    this.element.className = "scroll grid";
    this.element.tabIndex = 0;
    this.element.ariaLabel = "Answer";
    this.table.className = "answer";
    const head = this.table.createTHead().insertRow();
    head.append(...columns.map((name, i) => this.heading(name, i)));
    this.table.append(this.body);
    this.element.append(this.table);
    this.element.addEventListener("scroll", () => this.later());
  }

  private heading(name: string, column: number): HTMLTableCellElement {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (isNumeric(this.types[column])) cell.className = "n";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => this.sort(cell, column));
    cell.append(button);
    return cell;
  }

  private sort(cell: HTMLTableCellElement, column: number): void {
    const down = cell.getAttribute("aria-sort") !== "descending";
    for (const other of this.table.tHead?.rows[0].cells ?? []) other.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    const numeric = isNumeric(this.types[column]);
    const key = (row: Value[]) => (numeric && row[column] !== null ? Number(row[column]) : row[column]);
    const order = (a: Value, b: Value) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
      const less = a < b ? -1 : a > b ? 1 : 0;
      return down ? -less : less;
    };
    const keyed = this.rows.map((row) => [key(row), row] as const);
    this.rows = keyed.sort(([a], [b]) => order(a, b)).map(([, row]) => row);
    this.draw();
  }

  /** Appends rows. */
  add(rows: Value[][]): void {
    for (const row of rows) this.rows.push(row);
    this.later();
  }

  private later(): void {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.draw();
    });
  }

  private cells(row: Value[]): HTMLTableRowElement {
    const line = document.createElement("tr");
    row.forEach((value, i) => {
      const cell = line.insertCell();
      if (value === null) {
        cell.className = "null";
        cell.textContent = "NULL";
        return;
      }
      if (isNumeric(this.types[i])) cell.className = "n";
      cell.textContent = shown(String(value), this.types[i]);
    });
    return line;
  }

  private spacer(row: HTMLTableRowElement, rows: number): HTMLTableRowElement {
    row.replaceChildren();
    row.ariaHidden = "true";
    const cell = row.insertCell();
    cell.colSpan = Math.max(this.types.length, 1);
    cell.className = "space";
    cell.style.height = `${rows * ROW}px`;
    return row;
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(Math.floor(scrollTop / ROW) - MARGIN, 0);
    const last = Math.min(Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN, this.rows.length);
    const shown = this.rows.slice(first, last).map((row) => this.cells(row));
    this.body.replaceChildren(
      this.spacer(this.above, first),
      ...shown,
      this.spacer(this.below, this.rows.length - last),
    );
  }
}
