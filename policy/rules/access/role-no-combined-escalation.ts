import type { StackValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import type { Statement } from "../../reading/documents";
import { allowing, type Document } from "../../reading/documents";
import { escalationsIn } from "../../reading/escalations";
import { nist } from "../../reading/frameworks";
import { isOpen } from "../../reading/iam-patterns";
import { identitiesOf } from "../../reading/identities";
import type { Identity } from "../../reading/identity";
import { quote, some } from "../../reading/quoting";

export const roleNoCombinedEscalation: StackValidationPolicy = {
  name: "role-no-combined-escalation",
  displayName: "No privilege escalation by several policies",
  description:
    "The policies of a role, user or group together give it no way to more permissions that none of them gives alone.",
  enforcementLevel: "mandatory",
  severity: "critical",
  framework: nist("AC-6(10)", "Prohibit non-privileged users from executing privileged functions"),
  tags: ["least-privilege", "iam"],
  remediationSteps:
    "Limit iam:PassRole to named roles, and the other actions to named resources, or give the identity a permissions " +
    "boundary without them.",
  url: "https://pathfinding.cloud",
  configSchema: { properties: EXEMPT_SCHEMA },
  validateStack: ({ resources, getConfig }, reportViolation) => {
    for (const identity of identitiesOf(resources)) {
      const { name, urn } = identity.resource;
      if (isExempt({ name, urn, getConfig }) || identity.documents.length < 2) continue;
      const ways = combinedIn(identity);
      if (ways.length === 0) continue;
      reportViolation(
        `${identity.kind} ${quote(name)} can become administrator by its policies together, through ${some(ways, 3)}; ` +
          "limit these to named resources.",
        urn,
      );
    }
  },
};

/** The ways that are open by all policies together and by none alone. */
function combinedIn({ documents, statements, boundary, resource, props }: Identity): string[] {
  const isBounded = props.permissionsBoundary || "permissionsBoundary" in resource.propertyDependencies;
  if (isBounded && !(boundary && allowsAll(boundary))) return [];
  const alone = new Set(documents.flatMap((each) => escalationsIn(documentOf(each))));
  return escalationsIn(documentOf(statements)).filter((way) => !alone.has(way));
}

const documentOf = (statements: Statement[]): Document => ({
  kind: "identity",
  text: undefined,
  statements,
  problems: [],
  complete: true,
});

/** True if a permissions boundary allows everything. */
const allowsAll = (boundary: Statement[]): boolean =>
  allowing(documentOf(boundary)).some(
    ({ actions, resources, conditions }) =>
      actions.includes("*") && resources.some(isOpen) && conditions.length === 0,
  );
