/** A mistake in an argument: its path, such as `fields[0]`, and what it must be. */
export interface Problem {
  propertyPath: string;
  reason: string;
}
