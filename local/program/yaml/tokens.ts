/** The parts of a token. The middle one is optional. */
const partsOf = (token: string): { pkg: string; module: string; member: string } => {
  const parts = token.split(":");
  const [pkg, module, member] = parts.length === 2 ? [parts[0], "index", parts[1]] : parts;
  return { pkg, module, member };
};

/** The package of a resource type or function. */
export const packageOf = (token: string): string => partsOf(token).pkg;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The whole token of a type or function of a provider: `aws:s3:Bucket` is short for `aws:s3/bucket:Bucket`. */
export const providerToken = (token: string): string => {
  const { pkg, module, member } = partsOf(token);
  if (module.includes("/") || pkg === "pulumi") return token;
  return `${pkg}:${module}/${lowerFirst(member)}:${member}`;
};

/** The whole token of a component: `flow-log-analytics:FlowLogAnalytics` has the module `index`. */
export const componentToken = (token: string): string => {
  const { pkg, module, member } = partsOf(token);
  return `${pkg}:${module}:${member}`;
};
