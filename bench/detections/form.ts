import type { Connection } from "./connection";
import { hasPorts, protocolOf } from "./connection";
import type { Row } from "./row";

/** A form of captures. */
export interface Form {
  name: string;
  /** The names that makers give each column, as `plain` has them. */
  columns: Record<string, readonly string[]>;
  /** The columns that it cannot do without; of a list, one is enough. */
  needs: readonly (string | readonly string[])[];
  /** Facts that a capture of this form does not have, and that are modelled. */
  models: string[];
  /** The connection of a row, or nothing if it is no traffic of IP. */
  read(row: Row): Connection | undefined;
}

/** The protocol of a row; nothing if it is not carried by IP, or of a name that nobody here knows. */
export const protocolIn = (row: Row): number | undefined => {
  const name = row.text("protocol");
  if (name === undefined) throw row.wrong("protocol", "protocol of IP, by number or by a name such as tcp");
  return protocolOf(name);
};

/** A port, of protocols that have some. */
export const portIn = (row: Row, key: string, protocol: number): number =>
  hasPorts(protocol) ? row.port(key) : 0;
