import { ARGUS } from "./argus";
import { CICFLOWMETER } from "./cicflowmeter";
import type { Connection } from "./connection";
import { CaptureError } from "./error";
import type { Form } from "./form";
import { NETFLOW } from "./netflow";
import { PACKETS } from "./packets";
import { plain, Row } from "./row";
import { tableOf } from "./table";
import { ZEEK } from "./zeek";

export const FORMS: readonly Form[] = [ZEEK, ARGUS, NETFLOW, CICFLOWMETER, PACKETS];

/** Returns the columns that a capture lacks for a form, by their most common name. */
const missing = ({ columns, needs }: Form, names: readonly string[]): string[] => {
  const has = (key: string) => columns[key].some((name) => names.includes(name));
  const lacking = needs.map((key) => [key].flat()).filter((keys) => !keys.some(has));
  return lacking.map((keys) => keys.map((key) => columns[key][0]).join(" or "));
};

/**
 * Returns the form of a capture, by its columns.
 * @throws CaptureError that names what the nearest form lacks.
 */
export const formOf = (file: string, columns: readonly string[]): Form => {
  const names = columns.map(plain);
  const [nearest] = FORMS.map((form) => ({ form, lacks: missing(form, names) })).sort(
    (a, b) => a.lacks.length / a.form.needs.length - b.lacks.length / b.form.needs.length,
  );
  if (nearest.lacks.length === 0) return nearest.form;
  const known = FORMS.map(({ name }) => name).join("; ");
  if (nearest.lacks.length > nearest.form.needs.length / 2)
    throw new CaptureError(
      `${file}: its columns are of no form that is read (${known}); the first are ${columns.slice(0, 6).join(", ")}`,
    );
  throw new CaptureError(
    `${file}: its columns are nearest to ${nearest.form.name}, and lack ${nearest.lacks.join(", ")}`,
  );
};

/** An open capture. */
export interface Capture {
  form: Form;
  connections: AsyncGenerator<Connection>;
  /** Rows so far without IP traffic, or with an unknown protocol. */
  leftOut: number;
}

/** Opens a capture. Its rows are read on demand. */
export const openCapture = async (file: string): Promise<Capture> => {
  const { columns, records } = await tableOf(file);
  const form = formOf(file, columns);
  const row = new Row(columns, form.columns);
  const capture: Capture = { form, leftOut: 0, connections: read() };
  async function* read() {
    for await (const { at, cells } of records) {
      const connection = form.read(row.read(at, cells));
      if (connection) yield connection;
      else capture.leftOut++;
    }
  }
  return capture;
};
