import type { Policy, PolicyConfigSchema } from "@pulumi/policy";
import { EXEMPT_SCHEMA, isExempt } from "../options";
import { allowing, type Document, type Kind, type Statement } from "../reading/documents";
import { documentsOf, hasPlaces } from "../reading/places";
import { type Fields, properties } from "../reading/properties";
import type { TypedRule } from "../rules-by-type";

// Makes rules about policy documents: finds the documents, leaves out exempt resources, limits the findings.

/** A document that attacks by its length must not fill the terminal. */
const MOST_FINDINGS = 20;

/** Describes a rule. Its options come beside `exempt`, each with its default. */
export interface About<Options> extends Omit<Policy, "configSchema"> {
  options?: PolicyConfigSchema["properties"];
  defaults?: Options;
  /** True if the rule is about a type at all. The properties of the others, maybe many, are not even read. */
  isAbout?: (type: string) => boolean;
}

/** A resource policy that asks `judge` about the properties of each resource that is not exempt. */
export function resourceRule<Options extends object>(
  { options, defaults, isAbout, ...about }: About<Options>,
  judge: (type: string, props: Fields, options: Options) => string[],
): TypedRule {
  return {
    enforcementLevel: "mandatory",
    ...about,
    isAbout,
    configSchema: { properties: { ...EXEMPT_SCHEMA, ...options } },
    validateResource: (args, reportViolation) => {
      if (isAbout?.(args.type) === false || isExempt(args)) return;
      const chosen = { ...defaults, ...args.getConfig<Options>() } as Options;
      for (const violation of judge(args.type, properties(args), chosen)) reportViolation(violation);
    },
  };
}

/**
 * A rule about documents of these kinds. What preview does not know is passed over in silence: the engine asks again
 * in the update, with the real values and before the resource is created. A document that cannot be read is the
 * business of policy-document-readable alone.
 */
export function documentRule<Options extends object>(
  about: About<Options>,
  kinds: Kind[],
  judge: (document: Document, options: Options, type: string) => string[],
): TypedRule {
  return resourceRule({ isAbout: hasPlaces, ...about }, (type, props, options) =>
    documentsOf(type, props)
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap((document) =>
        atMost(judge(document, options, type)).map((finding) => `${document.prefix}${finding}.`),
      ),
  );
}

/** A document rule that looks at each statement that allows something; a Deny only takes away. */
export const statementRule = <Options extends object>(
  about: About<Options>,
  kinds: Kind[],
  judge: (statement: Statement, options: Options, document: Document) => string[],
): TypedRule =>
  documentRule(about, kinds, (document, options) =>
    allowing(document).flatMap((statement) =>
      judge(statement, options, document).map((fault) => `${statement.label} ${fault}`),
    ),
  );

function atMost(findings: string[]): string[] {
  if (findings.length <= MOST_FINDINGS) return findings;
  const left = findings.length - MOST_FINDINGS;
  return [...findings.slice(0, MOST_FINDINGS), `${left} more findings of this kind in the same document`];
}
