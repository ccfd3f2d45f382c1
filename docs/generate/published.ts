import type { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";

type PackageSpec = ReturnType<typeof generateSchema>;

/** Names that Pulumi's generators give the SDK of each language. */
const LANGUAGES: Record<string, object> = {
  nodejs: { packageName: "flow-log-analytics" },
  python: { packageName: "flow_log_analytics" },
  go: { importBasePath: "github.com/flow-log-analytics/flow-log-analytics/sdk/go/flowloganalytics" },
  // Neither may be the component's own name: a class and a namespace of one name cannot be told apart.
  csharp: { rootNamespace: "Community" },
  java: { basePackage: "io.github" },
};

/** Returns the schema with shorter names: the SDKs add `Args` to the names of types that are arguments. */
const shorten = (schema: PackageSpec): PackageSpec =>
  JSON.parse(JSON.stringify(schema).replace(/(:index:\w+)Args"/g, '$1"'));

/**
 * Adds the names in other languages and the package's address. SDKs without a path to the package have Pulumi get it there:
 * with `git:` it clones the tag of the SDK's version.
 */
export const publish = (schema: PackageSpec, gitUrl: string) => {
  const repository = gitUrl.replace(/^git\+|\.git$/g, "");
  const languages = Object.entries(schema.language ?? {});
  return {
    ...shorten(schema),
    language: Object.fromEntries(
      languages.map(([name, options]) => [name, { ...options, ...LANGUAGES[name] }]),
    ),
    repository,
    pluginDownloadURL: repository.replace("https:", "git:"),
  };
};
