import { isAboutSome } from "../../reading/conditions";
import type { Statement } from "../../reading/documents";
import { fsbp } from "../../reading/frameworks";
import { covered, coversAction, hasResources, isEveryAction, splitAction } from "../../reading/iam-actions";
import { isEveryOfAKind, isOpen } from "../../reading/iam-patterns";
import { quote, show, some } from "../../reading/quoting";
import { statementRule } from "../document-rule";

/**
 * Actions that have no resource in practice although AWS lists one: metrics and texts have no ARN, and the function with
 * which the CDK sets up notifications serves every bucket of a stack.
 */
const ANY_RESOURCE = [
  "ce:*",
  "cloudwatch:*Dashboard*",
  "cloudwatch:GetMetricData",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "comprehend:Detect*",
  "ec2:AllocateAddress",
  "polly:SynthesizeSpeech",
  "s3:PutBucketNotification",
  "ssm:UpdateInstanceInformation",
  "textract:*",
  "translate:TranslateText",
];

/** Actions whose ARN AWS lists as optional although their resource, a search domain, holds data. */
const NOT_OPTIONAL = ["es:*", "cloudsearch:*"];

export const roleNoWildcardResource = statementRule<{ anyResource: string[] }>(
  {
    name: "role-no-wildcard-resource",
    displayName: "No wildcard resources",
    description:
      "An identity policy names the resources that it gives access to, wherever AWS can tell them apart.",
    severity: "high",
    framework: fsbp("IAM.1", 'IAM policies should not allow full "*" administrative privileges'),
    tags: ["least-privilege", "iam", "cis-aws-3.0.0/1.16"],
    remediationSteps:
      "List the ARNs, with a wildcard where names are not known yet (arn:aws:s3:::acme-*) and the kind of resource " +
      "where AWS gives ids (arn:aws:ec2:*:*:volume/*), or limit the statement by a condition on aws:ResourceTag. Give actions without resources, such as ec2:DescribeVpcs, a statement of their own.",
    url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    options: {
      anyResource: {
        type: "array",
        items: { type: "string", pattern: "^[a-z0-9-]+:[A-Za-z0-9*]+$" },
        maxItems: 500,
        default: ANY_RESOURCE,
        description: "Actions that may be on every resource although AWS can limit them; * is any text.",
      },
    },
    defaults: { anyResource: ANY_RESOURCE },
  },
  ["identity"],
  (statement, { anyResource }) => {
    const { notActions, notResources } = statement;
    const limitable = limitableOf(statement, anyResource);
    const because = notActions ? "" : ` for ${some(limitable.map(show))}`;
    return [
      ...(notResources
        ? [`allows all but NotResource [${notResources.map(show)}]; list the ARNs under Resource instead`]
        : []),
      ...openResources(statement, limitable).map(
        (resource) => `allows resource ${quote(resource)}${because}; name the ARNs that are needed`,
      ),
    ];
  },
);

/** The resources that name none, where an action could be limited to some. */
function openResources(statement: Statement, limitable: string[]): string[] {
  if (statement.hidden.includes("Condition") || isAboutSome(statement)) return [];
  const isBoundless = (arn: string) => isOpen(arn) && (!!statement.notActions || !areLogs(arn, limitable));
  const open = statement.notActions || limitable.length > 0 ? statement.resources.filter(isBoundless) : [];
  const every = statement.resources.filter((arn) => isEveryOfAKind(arn) && !isOpen(arn));
  return every.length > 0 && limitable.some(changesWhatIs) ? [...open, ...every] : open;
}

/**
 * True if a pattern stands for logs and these actions only write some, or read those of one account in one region.
 * Services name log groups after themselves, so that AWS's examples for functions have arn:aws:logs:*:*:*.
 */
const areLogs = (arn: string, actions: string[]): boolean =>
  LOGS.test(arn) &&
  actions
    .flatMap((action) => (isEveryAction(action) ? [undefined] : covered(action)))
    .every(
      (each) =>
        each?.name.startsWith("logs:") &&
        (WRITES_LOGS.test(each.name) || (each.isRead && LOGS_OF_ACCOUNT.test(arn))),
    );

const LOGS = /^arn:[^:]+:logs:[^:]*:[^:]*:(\*|log-group:\*)(:.*)?$/;
const LOGS_OF_ACCOUNT = /^arn:[^:*]+:logs:[^:*]+:\d{12}:/;
const WRITES_LOGS = /:(CreateLogGroup|CreateLogStream|PutLogEvents|DescribeLogStreams|DescribeLogGroups)$/;

/**
 * True if an action changes what somebody else may have made. What it makes itself can only be given as a kind, and
 * lines that it adds to a log change none.
 */
const changesWhatIs = (action: string): boolean =>
  isEveryAction(action) ||
  covered(action).some(
    ({ name, takesArn, isRead }) =>
      takesArn && !isRead && !/:(create|allocate|run|register|import|copy)|^logs:put/i.test(name),
  );

/**
 * The actions of a statement that AWS can limit to ARNs that somebody can know. Of a pattern, most of what it covers has
 * to be: ec2:Describe* is on all resources because nearly all of its actions have to be. An action that AWS has since
 * added, or that nobody knows, gets the benefit of the doubt; policy-action-exists reports it.
 */
const limitableOf = ({ actions }: Statement, anyResource: string[]): string[] => {
  const makesInterfaces = actions.some((action) => coversAction(action, "ec2:createnetworkinterface"));
  return actions.filter((action) => {
    const isListed = (patterns: string[]) =>
      patterns.some((pattern) => coversAction(pattern, action.toLowerCase()));
    if (isListed(anyResource) || (makesInterfaces && isListed(OF_INTERFACES))) return false;
    if (isEveryAction(action)) return hasResources(splitAction(action)[0]);
    const all = covered(action);
    const limitable = all.filter(
      ({ name, takesArn, isRead, isOptional, makesId }) =>
        takesArn && !makesId && !(isRead && DESCRIBES.test(name)) && (!isOptional || isListed(NOT_OPTIONAL)),
    );
    return limitable.length * 2 > all.length;
  });
};

/** Reads how something is set up, and no data: AWS's own policies have these on every resource. */
const DESCRIBES = /:Describe/;

/** Actions on the network interfaces of a function or a task, whose ids are unknown in advance. */
const OF_INTERFACES = ["ec2:*NetworkInterface*", "ec2:*PrivateIpAddresses"];
