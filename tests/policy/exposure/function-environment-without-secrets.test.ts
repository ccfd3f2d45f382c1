import assert from "node:assert/strict";
import { functionEnvironmentWithoutSecrets as rule } from "../../../policy/rules/exposure/function-environment-without-secrets";
import { own, violations } from "../judging";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const TYPE = "aws:lambda/function:Function";
const check = async (variables: unknown, config = {}) =>
  violations(rule, TYPE, { ...(await own(TYPE)), environment: { variables } }, config);

// Joined here, so that no secret scanner reports this file.
const letters = (length: number) => "aB3".repeat(length).slice(0, length);
const SECRET = `${letters(38)}/+`;

const CREDENTIALS: [what: string, name: string, value: string][] = [
  ["an AWS access key id", "REGION", `AK${"IA"}${"A2B3C4D5".repeat(2)}`],
  ["an AWS access key id", "CONFIG", `{"id":"AS${"IA"}${"A2B3C4D5".repeat(2)}"}`],
  ["a private key", "PEM", `-----BEGIN RSA ${"PRIVATE"} KEY-----\nMII`],
  ["a private key", "PEM", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ["a private key", "PGP", `-----BEGIN PGP ${"PRIVATE"} KEY BLOCK-----`],
  ["a GitHub token", "GIT", `gh${"p_"}${letters(36)}`],
  ["a GitHub token", "GIT", `github${"_pat_"}${letters(30)}`],
  ["a Slack token", "CHAT", `xo${"xb-"}123456789012-${letters(12)}`],
  ["a Slack webhook", "HOOK", `https://hooks.slack.${"com"}/services/T000/B000/${letters(24)}`],
  ["a Stripe key", "PAY", `sk${"_live_"}${letters(24)}`],
  ["a password in a URL", "DATABASE_URL", `postgres://app:${letters(12)}@db.internal:5432/app`],
  ["what looks like a secret key", "AWS_SECRET_ACCESS_KEY", SECRET],
  ["what looks like a secret key", "AWS_SECRET_ACCESS_KEY", `/${letters(39)}`],
  ["what looks like a secret key", "clientSecret", letters(40)],
  ["a password", "DB_PASSWORD", letters(9)],
];

describe("function-environment-without-secrets", () => {
  it("accepts our own function", async () => assert.deepEqual(violations(rule, TYPE, await own(TYPE)), []));

  for (const [what, name, value] of CREDENTIALS) {
    it(`rejects ${what} in ${name} and does not repeat it`, async () => {
      const found = await check({ DELIVERY_STREAM_NAME: "flows", [name]: value });
      assert.deepEqual(found, [
        `function "main" has ${what} in its environment variable "${name}"; ` +
          "put it into Secrets Manager, pass its ARN, and make a new one.",
      ]);
      assert.ok(!found[0].includes(value));
    });
  }

  const harmless: Record<string, string> = {
    COMMIT: "0123456789abcdef0123456789abcdef01234567",
    SECRET_ARN: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:flows/database-${letters(6)}`,
    DB_SECRET: "/flows/production/database/credentials/of/the/application",
    SECRET_NAME: "flows-database",
    PASSWORD: `\${PASSWORD}`,
    DB_PASSWORD: "{{resolve:secretsmanager:flows:SecretString:password}}",
    PASSWORD_LENGTH: "12",
    REQUIRE_PASSWORD: "true",
    DATABASE_URL: "postgres://db.internal:5432/app",
    TEMPLATE_URL: `postgres://app:\${PASSWORD}@db.internal/app`,
    PUBLIC_KEY: "-----BEGIN PUBLIC KEY-----",
    ACCESS_KEY_PREFIX: "AKIA",
    TABLE: `X${"AKIA"}${"A2B3C4D5".repeat(2)}`,
  };
  for (const [name, value] of Object.entries(harmless)) {
    it(`accepts ${name}=${value}`, async () => assert.deepEqual(await check({ [name]: value }), []));
  }

  it("accepts a value that the configuration calls harmless", async () =>
    assert.deepEqual(await check({ TEST_SECRET: SECRET }, { variables: ["TEST_SECRET"] }), []));

  it("finds a credential beside values that preview does not know", async () => {
    assert.equal((await check({ A: UNKNOWN_ON_THE_WIRE, DB_SECRET: SECRET })).length, 1);
    assert.deepEqual(await check(UNKNOWN_ON_THE_WIRE), []);
  });

  it("reads a long and hostile value in no time", async () => {
    for (const part of ["://a:", "AKIA", "-----BEGIN A ", "a@", "xoxb"]) {
      assert.deepEqual(await check({ A: part.repeat(20_000) }), []);
    }
  });
});
