// Recognizes credentials by their form. A finding names the kind of credential, never its value.

interface Shape {
  what: string;
  pattern: RegExp;
}

/** Patterns of credentials that are recognizable under any name. Each takes linear time. */
const SHAPES: Shape[] = [
  { what: "an AWS access key id", pattern: /(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/ },
  { what: "a private key", pattern: /-----BEGIN ([A-Z0-9]+ ){0,3}PRIVATE KEY( BLOCK)?-----/ },
  { what: "a GitHub token", pattern: /(?<![A-Za-z0-9])(gh[oprsu]_[A-Za-z0-9]{36}|github_pat_\w{22})/ },
  { what: "a GitLab token", pattern: /(?<![A-Za-z0-9])glpat-[\w-]{20}/ },
  { what: "a Slack token", pattern: /(?<![A-Za-z0-9])(xox[abeoprs]|xapp)-[A-Za-z0-9-]{10}/ },
  { what: "a Slack webhook", pattern: /hooks\.slack\.com\/(services|workflows|triggers)\/\w+\/\w+/ },
  { what: "a Stripe key", pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16}/ },
  { what: "a Google API key", pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/ },
  { what: "an npm token", pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/ },
  { what: "a Pulumi token", pattern: /(?<![A-Za-z0-9])pul-[0-9a-f]{40}/ },
  { what: "a password in a URL", pattern: /:\/\/[^\s:@/?#]{0,200}:(?![$<{*])[^\s:@/?#]{3,200}@/ },
];

/** Forty characters can be an AWS secret key, a hash or a file name, so the variable's name decides. */
const SECRET_VALUE = /^[A-Za-z0-9/+=_-]{40,}$/;
/** Pattern of AWS secret keys. One may begin like a path, but a path has no mix of digits, capitals and small letters. */
const AWS_SECRET = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]{40}$/;
const SECRET_NAME = /SECRET|ACCESS_?KEY|PRIVATE_?KEY|API_?KEY|AUTH_?TOKEN|(^|_)TOKEN$/i;

/** Ids of AWS keys, roles and profiles. */
const AWS_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;
const KEY_ID_NAME = /ACCESS_?KEY_?ID$/i;

const PASSWORD_NAME = /(^|_)(PASSWORD|PASSWD|PASSPHRASE)$|[a-z](Password|Passphrase)$/i;

/** Where a credential is, or whether there is one: an ARN, a path of Parameter Store, a reference, a URL, a switch. */
const REFERENCE =
  /^(arn:|\/|[a-z][a-z0-9+.-]*:\/\/|\{\{resolve:|\$\{|<|ssm:|secretsmanager:|\*+$|(true|false|yes|no|on|off|none|null)$)/i;

/** Returns the kind of credential that a value of this name is, or undefined if it is none. */
export function credentialIn(name: string, value: string): string | undefined {
  const shape = SHAPES.find(({ pattern }) => pattern.test(value));
  if (shape) return shape.what;
  const text = value.trim();
  if (KEY_ID_NAME.test(name) && AWS_ID.test(text)) return "what looks like an AWS access key id";
  if (SECRET_NAME.test(name) && AWS_SECRET.test(text)) return "what looks like a secret key";
  if (REFERENCE.test(text)) return undefined;
  if (SECRET_NAME.test(name) && SECRET_VALUE.test(text)) return "what looks like a secret key";
  return PASSWORD_NAME.test(name) && text.length >= 3 ? "a password" : undefined;
}
