/** Name of the Glue table's parameter with the CIDR blocks that count as inside, separated by commas. */
export const INSIDE_BLOCKS = "insideCidrBlocks";

/** The table that queries read. */
export interface FlowTable {
  /** True if it has a field's column. */
  has(field: string): boolean;
  /** CIDR blocks that count as inside beside private ones, separated by commas. */
  inside: string;
}
