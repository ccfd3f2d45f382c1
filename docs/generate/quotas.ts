import { QUOTAS } from "../../components/quotas";
import { table } from "./markdown";

const number = (value: number) => value.toLocaleString("en");

/** The limits of each type of resource, a table each. */
export const quotaTables = (): string =>
  [...new Set(QUOTAS.map(({ type }) => type))]
    .sort()
    .map((type) => {
      const rows = QUOTAS.filter((quota) => quota.type === type).map(
        ({ property, counted, least, most, source }) => [
          `\`${property}\``,
          counted,
          number(least),
          number(most),
          source,
        ],
      );
      return `### ${type}\n\n${table(["property", "counted", "least", "most", "source"], rows)}`;
    })
    .join("\n\n");
