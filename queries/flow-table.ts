/** Name of the Glue table's parameter that lists the CIDR blocks which are inside, with commas between. */
export const INSIDE_BLOCKS = "insideCidrBlocks";

/** The table that queries ask. */
export interface FlowTable {
  /** True if it has a field's column. */
  has(field: string): boolean;
  /** CIDR blocks that are inside beside private ones, with commas between: those of the VPCs. */
  inside: string;
}
