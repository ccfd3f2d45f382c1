import { isIP } from "node:net";
import { isOperator } from "./grammar-elements";
import { type Fields, isFields, list, UNKNOWN } from "./properties";
import { quote } from "./quoting";

// Checks the keys and the values of a Condition. A value that its operator cannot read matches nothing: an Allow then never
// allows, and a Deny never denies.

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** True for an address or a range in CIDR notation. */
function isRange(text: string): boolean {
  const [address, bits, ...more] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    most > 0 && more.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
  );
}

/** The values that operators read, by how an operator begins or ends, and their name in a message. */
const READERS: { operator: RegExp; what: string; reads: (text: string) => boolean }[] = [
  { operator: /^(bool|null)$/, what: "true or false", reads: (text) => /^(true|false)$/i.test(text) },
  { operator: /^numeric/, what: "a number", reads: (text) => /^-?\d+(\.\d+)?$/.test(text) },
  {
    operator: /^date/,
    what: "a date such as 2026-01-31T00:00:00Z",
    reads: (text) => DATE.test(text) || /^\d+$/.test(text),
  },
  { operator: /^(not)?ipaddress$/, what: "an address or a range such as 10.0.0.0/8", reads: isRange },
];

const readerOf = (operator: string) => {
  if (!isOperator(operator)) return undefined;
  const name = operator.toLowerCase().replace(/^for(allvalues|anyvalue):|ifexists$/g, "");
  return READERS.find((reader) => reader.operator.test(name));
};

/** Faults of a Condition's keys and values: clauses without a full stop. */
export const valueFaults = ({ Condition }: Fields): string[] =>
  Object.entries(isFields(Condition) ? Condition : {}).flatMap(([operator, tests]) =>
    Object.entries(isFields(tests) ? tests : {}).flatMap(([key, values]) => [
      ...(key.includes(":")
        ? []
        : [`has a Condition on ${quote(key)}, which names no service, as "aws:PrincipalOrgID" does`]),
      ...unreadOf(operator, values),
    ]),
  );

function unreadOf(operator: string, values: unknown): string[] {
  const reader = readerOf(operator);
  if (!reader || values === UNKNOWN) return [];
  return list(values)
    .filter((value) => ["string", "number", "boolean"].includes(typeof value))
    .map(String)
    .filter((text) => !text.includes("${") && !reader.reads(text))
    .map(
      (text) => `has a Condition whose ${operator} cannot read ${quote(text)}, which is not ${reader.what}`,
    );
}
