import { FIELD_BY_NAME } from "./fields";
import { TRANSIT_FIELD_BY_NAME } from "./transit";

/** AWS's names of all fields. */
export const NAMES: readonly string[] = [
  ...new Set([...FIELD_BY_NAME.keys(), ...TRANSIT_FIELD_BY_NAME.keys()]),
];

/** Names of CloudWatch Logs Insights and of AWS's older tables for Athena, as one word, with the field that each means. */
const SYNONYMS: Record<string, string> = {
  account: "account-id",
  accountid: "account-id",
  interfaceid: "interface-id",
  sourceaddress: "srcaddr",
  destinationaddress: "dstaddr",
  sourceport: "srcport",
  destinationport: "dstport",
  numpackets: "packets",
  numbytes: "bytes",
  starttime: "start",
  endtime: "end",
  logstatus: "log-status",
};

/** Returns a name's letters and digits. */
export const squashed = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, "");

const BY_LETTERS = new Map([
  ...NAMES.map((name) => [squashed(name), name] as const),
  ...Object.entries(SYNONYMS),
]);
const KNOWN = new Set(NAMES);

/** Returns a name without quotes or `${…}` around it. */
export const bare = (token: string) => token.replace(/^(["']?)(.*)\1$/, "$2").replace(/^\$\{(.*)\}$/, "$1");

/**
 * Returns the field for a name in any of its spellings: AWS's (`account-id`), the table's (`account_id`), in capitals
 * (`ACCOUNT-ID`), Insights' (`accountId`), EC2's (`${account-id}`), and quoted; or a name of AWS's older tables
 * (`sourceaddress`, `source_address`).
 */
export const fieldNamed = (token: string): string | undefined => {
  const name = bare(token);
  const plain = name.replaceAll("_", "-");
  if (KNOWN.has(plain)) return plain;
  return /[A-Z]/.test(name) ? BY_LETTERS.get(squashed(name)) : SYNONYMS[squashed(name)];
};
