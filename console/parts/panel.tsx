import type { Child, FC } from "hono/jsx";
import { argumentsFor } from "../../queries";
import type { Layout } from "../../schema/layout";

/** A part of a page with a heading. `note` says how its numbers are counted. */
export const Panel: FC<{ title: string; id: string; note?: Child; wide?: boolean; children?: Child }> = ({
  title,
  id,
  note,
  wide,
  children,
}) => (
  <section id={id} class={wide ? "panel wide" : "panel"} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    {note && <p class="note">{note}</p>}
    {children}
  </section>
);

/** Stands in for a panel whose fields the table lacks. */
export const Missing: FC<{ fields: string[] }> = ({ fields }) => (
  <p class="empty">
    This needs {fields.join(", ")}, which the flow logs of this lake do not have; {argumentsFor(fields)}.
  </p>
);

export const Empty: FC<{ children?: Child }> = ({ children }) => <p class="empty">{children}</p>;

/** The fields of these that a table lacks. */
export const missingIn = ({ fields }: Layout, needed: readonly string[]): string[] =>
  needed.filter((name) => !fields.some((field) => field.name === name));
