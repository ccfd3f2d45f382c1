import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Policies } from "@pulumi/policy";
import { rules } from "../../policy/rules";
import { type Controls, FILE } from "./controls-extract";

const { controls, titles } = JSON.parse(readFileSync(FILE, "utf8")) as Controls;

const CATALOGUES: Record<string, string> = {
  "AWS Foundational Security Best Practices": "fsbp",
  "CIS AWS Foundations Benchmark": "cis-aws-3.0.0",
  "NIST SP 800-53": "nist-800-53-r5",
};

/** A control that a rule names, with its catalogue and, for a rule's framework, its title. */
const claimsOf = ({ framework, tags = [] }: Policies[number]): [string, string, string?][] => [
  ...(framework?.name
    ? [
        [CATALOGUES[framework.name], framework.reference, framework.specification] as [
          string,
          string,
          string?,
        ],
      ]
    : []),
  ...tags.filter((tag) => tag.includes("/")).map((tag) => tag.split("/") as [string, string]),
];

const titleOf = (catalogue: string, id: string): string | undefined =>
  titles[catalogue]?.[id] ??
  (/^(fsbp|security-hub)$/.test(catalogue) ? (titles.fsbp[id] ?? titles["security-hub"][id]) : undefined);

/** Words that identify a title, since AWS rewords titles from time to time. */
const wordsOf = (title: string): string[] =>
  title
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !/^(should|have|the|that|you|aws|amazon|not|for|and)$/.test(word));

/** Controls without a check in Prowler, by their title. */
const BY_TITLE: Record<string, RegExp> = {
  "role-no-broad-managed-policy cis-aws-3.0.0 1.22": /AWSCloudShellFullAccess/,
};

describe("the controls that rules name", () => {
  for (const rule of rules)
    for (const [catalogue, id, specification] of claimsOf(rule)) {
      it(`${rule.name}: ${catalogue} ${id} is in a public catalogue and is about this`, () => {
        const title = titleOf(catalogue, id);
        if (catalogue === "fsbp" || catalogue === "security-hub") assert.ok(title, "no such control");
        else {
          const exception = BY_TITLE[`${rule.name} ${catalogue} ${id}`];
          const isMapped = controls[rule.name]?.[catalogue]?.includes(id) ?? false;
          assert.ok(
            isMapped || exception?.test(title ?? ""),
            "Prowler maps no check that asks the same to it",
          );
        }
        if (!specification || !title) return;
        const words = wordsOf(specification);
        const shared = words.filter((word) => wordsOf(title).includes(word)).length;
        assert.ok(shared * 5 >= words.length * 2, `"${specification}" is "${title}"`);
      });
    }
});
