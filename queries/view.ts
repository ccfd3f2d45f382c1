/** A view on the table: SQL that Athena and DuckDB both run. */
export interface View {
  name: string;
  sql: string;
  columns: ViewColumn[];
}

export interface ViewColumn {
  name: string;
  /** As Glue or Athena writes it. */
  type: string;
  comment?: string;
}
