import type { Connection } from "./connection";
import { hasPorts, protocolOf } from "./connection";
import type { Row } from "./row";

/** A form of captures. */
export interface Form {
  name: string;
  /** Names of each column in different captures, in the form of `plain`. */
  columns: Record<string, readonly string[]>;
  /** Required columns. Of a list, one is enough. */
  needs: readonly (string | readonly string[])[];
  /** Facts that captures of this form lack, and that the bench estimates. */
  models: string[];
  /** Returns the connection of a row; undefined if it is no IP traffic. */
  read(row: Row): Connection | undefined;
}

/** Returns the protocol of a row; undefined if it is not carried by IP, or has an unknown name. */
export const protocolIn = (row: Row): number | undefined => {
  const name = row.text("protocol");
  if (name === undefined) throw row.wrong("protocol", "protocol of IP, by number or by a name such as tcp");
  return protocolOf(name);
};

/** Returns a port, for protocols with ports. */
export const portIn = (row: Row, key: string, protocol: number): number =>
  hasPorts(protocol) ? row.port(key) : 0;
