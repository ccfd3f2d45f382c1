import { isIP } from "node:net";
import { copied } from "../../local/copied";
import { CaptureError } from "./error";
import type { Place } from "./table";
import { momentOf } from "./time";

/** Normalizes a column's name: captures vary in blanks, dots, underscores and capitals. */
export const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9/]/g, "");

/** Texts that mean an empty cell. */
const NONE = new Set(["", "-", "(empty)", "nan", "?"]);

/** A capture's row under the names that a form has for its columns. */
export class Row {
  private at: Place = { file: "", line: 0 };
  private cells: readonly (string | undefined)[] = [];
  private readonly positions = new Map<string, number>();

  /** `names` has the possible names of each of a form's columns. */
  constructor(
    private readonly columns: readonly string[],
    names: Record<string, readonly string[]>,
  ) {
    for (const [key, aliases] of Object.entries(names)) {
      const position = columns.findIndex((column) => aliases.includes(plain(column)));
      if (position >= 0) this.positions.set(key, position);
    }
  }

  /** Goes on to the next record. */
  read(at: Place, cells: readonly (string | undefined)[]): this {
    this.at = at;
    this.cells = cells;
    return this;
  }

  has(key: string): boolean {
    return this.positions.has(key);
  }

  /** Returns the text of a cell; undefined if it is empty. */
  text(key: string): string | undefined {
    const position = this.positions.get(key);
    const text = position === undefined ? undefined : this.cells[position]?.trim();
    return text === undefined || NONE.has(text.toLowerCase()) ? undefined : text;
  }

  /** Returns an error that names the line and the column. */
  wrong(key: string, wanted: string): CaptureError {
    const position = this.positions.get(key);
    const column = position === undefined ? key : this.columns[position].trim();
    const value = position === undefined ? "" : (this.cells[position] ?? "");
    return new CaptureError(
      `${this.at.file}, line ${this.at.line}, column ${column}: "${value.trim()}" is no ${wanted}`,
    );
  }

  /** Returns a number from 0 on; `otherwise` if the cell is empty. */
  number(key: string, otherwise?: number): number {
    const text = this.text(key);
    if (text === undefined && otherwise !== undefined) return otherwise;
    const value = Number(text);
    if (text === undefined || !(value >= 0) || value === Number.POSITIVE_INFINITY)
      throw this.wrong(key, "number of 0 or more");
    return value;
  }

  /** Returns a number of packets or bytes. */
  amount(key: string, otherwise?: number): number {
    return Math.round(this.number(key, otherwise));
  }

  /** Returns a port. Argus writes some in hexadecimal, and leaves out those of protocols without ports. */
  port(key: string): number {
    const text = this.text(key);
    if (text === undefined) return 0;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value > 65_535)
      throw this.wrong(key, "port from 0 to 65535");
    return value;
  }

  /** Returns an IP address; undefined for an Ethernet address. */
  address(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined || /^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(text)) return undefined;
    if (isIP(text) === 0 || text.includes("%")) throw this.wrong(key, "IPv4 or IPv6 address");
    return copied(text.toLowerCase());
  }

  /** Returns epoch seconds, with fractions. */
  time(key: string): number {
    const moment = momentOf(this.text(key) ?? "");
    if (moment === undefined)
      throw this.wrong(
        key,
        "time such as 1700828217.31, 2011/08/10 09:46:53.047277 or 03/07/2017 08:55:58 AM (day first)",
      );
    return moment;
  }
}
