// Matches IAM's wildcards without regular expressions, which could take exponential time for many stars.

/** True if a pattern with `*` (any text) and `?` (one character) matches the whole text, with regard to case. */
export function matches(pattern: string, text: string): boolean {
  let [p, t, star, retry] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      retry = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

export const hasWildcard = (text: string): boolean => /[*?]/.test(text);

/** The parts of an ARN or of a pattern of ARNs: arn, partition, service, region, account, resource. */
export const partsOf = (arn: string): string[] => {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
};

/**
 * True if a pattern of ARNs leaves the resource open: `*`, `arn:aws:s3:::*`, `arn:aws:logs:*:*:*`. Partition, region
 * and account do not narrow it: an identity's permissions hold in its own.
 */
export function isOpen(pattern: string): boolean {
  const parts = partsOf(pattern);
  if (parts.length < 6)
    return /[*]$/.test(pattern) && parts.every((part) => /^(arn|[*?]+|aws[\w-]*|)$/.test(part));
  return /^[*?:/]*[*][*?:/]*$/.test(parts[5]);
}

/**
 * True if a pattern of ARNs stands for every resource of a kind, in every account: `arn:aws:ec2:*:*:instance/*`. Only
 * the kind tells it from `*`. Some kinds have no account in their ARN, as `arn:aws:route53:::hostedzone/*`; where S3's
 * have a kind, they have a name.
 */
export function isEveryOfAKind(pattern: string): boolean {
  const [, , service = "", , account = "", resource = ""] = partsOf(pattern);
  if (account === "" ? service === "s3" : !EVERY.test(account)) return false;
  const [first, ...ids] = resource.replace(/^\//, "").split(/[/:]/);
  const last = ids[ids.length - 1] ?? "";
  const isId = (id: string) => EVERY.test(id) || (service === "ec2" && GIVEN_ID.test(id));
  return /^[\w.*-]+$/.test(first) && isId(last) && ids.every((id) => isId(id) || KIND.has(id));
}

const EVERY = /^[*?]*[*][*?]*$/;

/** An id that AWS gives, such as `vol-*`: it tells no more than the kind. Key pairs and placement groups have names. */
const GIVEN_ID =
  /^(i|vol|snap|ami|eni|eipalloc|sg|subnet|vpc|vpce|rtb|acl|igw|nat|lt|fl|pcx|tgw|tgw-attach|vgw|cgw)-[*]$/;

/** Words that stand between the wildcards of an ARN and name its kind. */
const KIND = new Set([
  "webacl",
  "ipset",
  "rulegroup",
  "regexpatternset",
  "service_control_policy",
  "app",
  "net",
  "gwy",
]);

/** A name that no resource has: a pattern that matches it matches every name. */
const ANY = "~any~";

/**
 * True if a pattern of ARNs matches every resource whose ARN ends in one of these, in which `~` stands for a name:
 * `role/~` is matched by `arn:aws:iam::*:role/*` and `*`, and not by `arn:aws:iam::*:role/app-*`.
 */
export function reachesAll(pattern: string, service: string, resources: string[]): boolean {
  if (isOpen(pattern)) return matches(partsOf(pattern)[2] ?? "*", service);
  const parts = partsOf(pattern);
  if (parts.length < 6 || !matches(parts[2], service)) return false;
  return resources.some((resource) => matches(parts[5], resource.split("~").join(ANY)));
}
