import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { type Declared, declaredIn } from "./declared";
import { publish } from "./published";

/** A property of the schema, by name. */
type Properties = Record<string, { description?: string }>;

/**
 * Adds defaults and examples to descriptions. Pulumi's analyzer leaves the tags of a comment out, and the SDKs of other
 * languages have only what the schema has.
 */
const describe = (properties: Properties, { members }: Declared) => {
  for (const { name, default: absent, example } of members) {
    const property = properties[name];
    if (!property) continue;
    const parts = [
      property.description,
      absent && `Default: ${absent}.`,
      example && `Example: \`${example}\`.`,
    ];
    property.description = parts.filter(Boolean).join("\n");
  }
};

const ROOT = resolve(__dirname, "../..");

/** schema.json, the component as every Pulumi language sees it: what Pulumi's own analyzer reads in its sources. */
export const componentSchema = (): string => {
  const { name, version, description, repository } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  // The analyzer reads the tsconfig.json of a folder; the project's own would have it read the tests as well.
  const dir = mkdtempSync(join(tmpdir(), "schema-"));
  try {
    writeFileSync(
      join(dir, "tsconfig.json"),
      JSON.stringify({
        extends: join(ROOT, "tsconfig.build.json"),
        files: [join(ROOT, "components/index.ts")],
        include: [],
      }),
    );
    const manifest = { main: join(ROOT, "components/index.ts") };
    const read = new Analyzer(dir, name, manifest, new Set(["FlowLogAnalytics"])).analyze();
    const schema = generateSchema(
      name,
      version,
      description,
      read.components,
      read.typeDefinitions,
      read.dependencies,
    );
    for (const declared of declaredIn("components/arguments.ts")) {
      const type = schema.types?.[`${name}:index:${declared.name}`];
      describe((type?.properties ?? {}) as Properties, declared);
      if (declared.name === "FlowLogAnalyticsArgs")
        describe(schema.resources[`${name}:index:FlowLogAnalytics`].inputProperties as Properties, declared);
    }
    return `${JSON.stringify(publish(schema, repository.url), null, 2)}\n`;
  } finally {
    rmSync(dir, { recursive: true });
  }
};

if (require.main === module) writeFileSync(join(ROOT, "schema.json"), componentSchema());
