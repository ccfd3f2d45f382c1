import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// Writes tag-types.json: the types of @pulumi/aws that have tags. Rules do not load the provider's package itself.
// After an update of it: npx ts-node --transpile-only policy/reading/tag-types-generate.ts

/** `tags` in a resource's arguments, when it is a map; some types have lists of another shape. */
const HAS_TAGS = /^export interface \w+Args \{.*?^ {4}tags\?: pulumi\.Input<\{\n\s+\[key: string\]/ms;
const TYPE = /__pulumiType = '([^']+)'/;

export function taggableTypes(): string[] {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const modules = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return modules
    .flatMap(({ name: module }) =>
      readdirSync(join(root, module))
        .filter((file) => file.endsWith(".d.ts") && !file.startsWith("get"))
        .map((file) => join(root, module, file)),
    )
    .filter((file) => HAS_TAGS.test(readFileSync(file, "utf8")))
    .flatMap((file) => TYPE.exec(readFileSync(file.replace(/\.d\.ts$/, ".js"), "utf8"))?.[1] ?? [])
    .sort();
}

/** One type a line, so that a provider's upgrade shows what it adds. */
export const tagTypes = (): string => `${JSON.stringify(taggableTypes(), null, 2)}\n`;

if (require.main === module) writeFileSync(join(__dirname, "tag-types.json"), tagTypes());
