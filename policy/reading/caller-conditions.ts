import { isFields, list, UNKNOWN } from "./properties";

// Finds conditions that limit the callers: those on something that the caller cannot choose, compared with values that
// do not stand for everybody. A referrer, a tag of one's own or multi-factor authentication is in anybody's power.

type Judge = (value: string, patterns: boolean) => boolean;

/** Values that AWS puts in from the resource's own side. Any other variable may be the caller's, even the key itself. */
const OWN = /\$\{aws:Resource(Account|OrgID|OrgPaths)\}/gi;

const fixed: Judge = (value, patterns) => !(patterns ? /[*?]|\$\{/ : /\$\{/).test(value.replace(OWN, "own"));

/** The account in the ARN is fixed. Where an ARN has none, as a bucket's, all of the name is. */
const arn: Judge = (value) => {
  const [head, , , , account, ...rest] = value.replace(OWN, "own").split(":");
  if (head !== "arn" || rest.length === 0) return false;
  return fixed(account || rest.join(":").split("/", 1)[0] || rest.join(":"), true);
};

/** Ranges so wide that they take in strangers: S3, too, calls a policy public below /8 and /32. */
const network: Judge = (value) => {
  const [address, bits = ""] = value.split("/");
  const [widest, whole] = address.includes(":") ? [32, 128] : [8, 32];
  return fixed(address, true) && Number(bits || whole) >= widest;
};

const path: Judge = (value) => value.includes("/") && fixed(value.split("/", 1)[0], true);

/** `AROAEXAMPLE:*` is every session of one role. */
const userId: Judge = (value) => fixed(value.split(":", 1)[0], true);

const KEYS: Record<string, Judge> = {
  "aws:principalaccount": fixed,
  "aws:principalarn": arn,
  "aws:principalorgid": fixed,
  "aws:principalorgpaths": path,
  "aws:principalservicename": fixed,
  "aws:principalservicenameslist": fixed,
  "aws:sourceaccount": fixed,
  "aws:sourcearn": arn,
  "aws:sourceip": network,
  "aws:sourceorgid": fixed,
  "aws:sourceorgpaths": path,
  "aws:sourceowner": fixed,
  "aws:sourcevpc": fixed,
  "aws:sourcevpcarn": arn,
  "aws:sourcevpce": fixed,
  "aws:userid": userId,
  "aws:vpceaccount": fixed,
  "aws:vpceorgid": fixed,
  "aws:vpceorgpaths": path,
  "kms:calleraccount": fixed,
  "s3:dataaccesspointaccount": fixed,
  "s3:dataaccesspointarn": arn,
};

// …IfExists and ForAllValues let those in who do not bring the key, so neither limits.
const LIMITS =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i;
// In a Deny the other way round: who does not bring the key is refused.
const REFUSES =
  /^(StringNotEquals|StringNotEqualsIgnoreCase|StringNotLike|ArnNotEquals|ArnNotLike|NotIpAddress)(IfExists)?$/i;

/** True if one of an Allow's conditions limits who it lets in. What preview does not know may well limit. */
export const isLimited = (condition: unknown): boolean =>
  condition === UNKNOWN ||
  tests(condition).some(({ operator, key, values }) =>
    values === UNKNOWN
      ? true
      : compares(LIMITS, operator, key, values) ||
        // A file system's own: mounted from within its network.
        (/^Bool$/i.test(operator) &&
          key === "elasticfilesystem:accessedviamounttarget" &&
          isOnly(values, true)),
  );

/** True if a Deny's conditions refuse everybody but those that they name, or AWS's own services. */
export const refusesOthers = (condition: unknown): boolean => {
  const found = tests(condition);
  const named = found.filter(({ operator, key, values }) => compares(REFUSES, operator, key, values));
  const services = found.filter(
    ({ operator, key, values }) =>
      /^Bool(IfExists)?$/i.test(operator) &&
      /^aws:(principalisawsservice|viaawsservice)$/.test(key) &&
      isOnly(values, false),
  );
  return named.length > 0 && named.length + services.length === found.length;
};

interface Test {
  operator: string;
  key: string;
  values: unknown;
}

const tests = (condition: unknown): Test[] =>
  Object.entries(isFields(condition) ? condition : {}).flatMap(([operator, keys]) =>
    keys === UNKNOWN
      ? [{ operator, key: "", values: UNKNOWN }]
      : Object.entries(isFields(keys) ? keys : {}).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values,
        })),
  );

function compares(operators: RegExp, operator: string, key: string, values: unknown): boolean {
  const judge = operators.test(operator) && Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!judge) return false;
  const patterns = /Like|Arn/i.test(operator);
  return list(values).every((value) => value === UNKNOWN || judge(String(value), patterns));
}

const isOnly = (values: unknown, wanted: boolean): boolean =>
  list(values).every((value) => String(value).toLowerCase() === String(wanted));
