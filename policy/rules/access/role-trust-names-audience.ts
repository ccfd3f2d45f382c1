import { isNarrowing } from "../../reading/conditions";
import { statementRule } from "../document-rule";

/** Claims that say for whom the token was made. */
const AUDIENCE = /(:(aud|oaud|app_id|azp|amr|client_id)|^saml:(aud|recipient))$/;

export const roleTrustNamesAudience = statementRule(
  {
    name: "role-trust-names-audience",
    displayName: "Tokens made for this role",
    description: "A role that is taken on by OIDC or SAML takes tokens that were made for that.",
    enforcementLevel: "advisory",
    severity: "medium",
    tags: ["least-privilege", "iam", "trust", "oidc", "saml"],
    remediationSteps:
      "Add StringEquals on the provider's aud (sts.amazonaws.com for CI services, the client or identity pool otherwise) or " +
      "on SAML:aud (https://signin.aws.amazon.com/saml).",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
  },
  ["trust"],
  (statement) => {
    const ways = statement.actions.filter((action) => /^sts:assumerolewith(webidentity|saml)$/i.test(action));
    if (ways.length === 0 || statement.hidden.includes("Condition")) return [];
    const named = statement.conditions.some(
      (condition) => AUDIENCE.test(condition.key) && isNarrowing(condition),
    );
    return named ? [] : [`allows ${ways[0]} with a token for any audience; add a condition on aud`];
  },
);
