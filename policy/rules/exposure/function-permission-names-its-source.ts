import type { ResourceValidationPolicy } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../../options";
import { fsbp, securityHub } from "../../reading/frameworks";
import { serviceOf } from "../../reading/partitions";
import { type Fields, properties, UNKNOWN } from "../../reading/properties";
import { quote } from "../../reading/quoting";

const PERMISSION = "aws:lambda/permission:Permission";
const LAYER = "aws:lambda/layerVersionPermission:LayerVersionPermission";

export const functionPermissionNamesItsSource: ResourceValidationPolicy = {
  name: "function-permission-names-its-source",
  displayName: "Function permission names its source",
  description: "A permission on a Lambda function or layer says whose requests it is for.",
  enforcementLevel: "mandatory",
  severity: "critical",
  framework: fsbp("Lambda.1", "Lambda function policies should prohibit public access"),
  tags: ["exposure", "lambda"],
  remediationSteps:
    "Set sourceArn to what calls the function, and sourceAccount where that ARN has no account.",
  url: securityHub("lambda"),
  configSchema: { properties: EXEMPT_SCHEMA },
  validateResource: (args, reportViolation) => {
    if (isExempt(args)) return;
    const fault =
      args.type === PERMISSION
        ? faultOf(properties(args))
        : args.type === LAYER
          ? faultOfLayer(properties(args))
          : undefined;
    if (fault) reportViolation(`permission ${quote(args.name)} ${fault}.`);
  },
};

function faultOf(props: Fields): string | undefined {
  const { principal } = props;
  if (typeof principal !== "string" || isOrganization(props.principalOrgId)) return undefined;
  if (isAnybody(principal)) {
    return namesSource(props)
      ? undefined
      : `lets everybody call the function (principal ${quote(principal)}); name an account, a role or a service with its sourceArn, or set principalOrgId`;
  }
  if (!isService(principal) || namesSource(props)) return undefined;
  // Alexa tells skills apart by a token instead.
  if (props.eventSourceToken) return undefined;
  const who = `lets ${principal} call the function for any AWS account`;
  return props.sourceArn
    ? `${who}: ${quote(props.sourceArn)} does not say which; set sourceAccount, too`
    : `${who}; set sourceArn${bucketService(principal) ? " and sourceAccount" : " or sourceAccount"}`;
}

function faultOfLayer({ principal, organizationId }: Fields): string | undefined {
  const open = typeof principal === "string" && isAnybody(principal) && !isOrganization(organizationId);
  return open ? "gives the layer to everybody; name an account, or set organizationId" : undefined;
}

/** One organization's id, which limits whoever is let in: a service that brings none is refused. */
const isOrganization = (id: unknown): boolean =>
  id === UNKNOWN || (typeof id === "string" && id !== "" && !/[*?]/.test(id));

/** `*`, an ARN for any account, or any service. */
const isAnybody = (principal: string): boolean => principal.includes("*");

/** Services have host names, accounts have digits and roles have ARNs. */
const isService = (principal: string): boolean => serviceOf(principal) !== undefined;

const bucketService = (principal: string): boolean => /^s3\./i.test(principal);

/**
 * True if the account that a request is made for is fixed. The ARN of a bucket has none, and a bucket that is deleted
 * may be somebody else's tomorrow. What preview does not know counts, but for a bucket's ARN.
 */
function namesSource({ principal, sourceArn, sourceAccount }: Fields): boolean {
  if (sourceAccount === UNKNOWN || /^\d{12}$/.test(String(sourceAccount))) return true;
  if (sourceArn === UNKNOWN) return !bucketService(String(principal));
  return /^\d{12}$/.test(String(sourceArn).split(":")[4] ?? "");
}
