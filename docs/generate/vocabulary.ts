import { savedQueries } from "../../queries";
import { FIELDS, PRESETS } from "../../schema/fields";
import { TRANSIT_CATALOG } from "../../schema/layout";
import { TRANSIT_FIELDS } from "../../schema/transit";

interface Word {
  value: string;
  meaning: string;
}

/** `instance-tag-2` as a name of TypeScript: `InstanceTag2`. */
const memberOf = (value: string) =>
  value
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");

const sentence = (text: string) => (/[.?]\)?$/.test(text) ? text : `${text}.`);

/** The form that both TypeScript and Pulumi's analyzer read as one of several texts. */
const declaration = (name: string, says: string, words: Word[]) => [
  `/** ${says} */`,
  `export const ${name} = {`,
  ...words.flatMap(({ value, meaning }) => [
    `  /** ${sentence(meaning)} */`,
    `  ${memberOf(value)}: "${value}",`,
  ]),
  "} as const;",
  `export type ${name} = (typeof ${name})[keyof typeof ${name}];`,
  "",
];

const presets = (names: string[]): Word[] =>
  names.map((value) => ({ value, meaning: `Stands for the fields of the preset ${value}` }));

const fields = (all: readonly { name: string; meaning: string }[]): Word[] =>
  all.map(({ name, meaning }) => ({ value: name, meaning }));

/** components/vocabulary.ts: the texts that arguments take, for completion and for the schema. */
export const vocabulary = (): string =>
  [
    "// Printed by `npm run docs` from schema/ and queries/; a test compares.",
    "",
    ...declaration("FlowLogField", "A field of a flow, or a preset.", [
      ...presets(Object.keys(PRESETS)),
      ...fields(FIELDS),
    ]),
    ...declaration("TransitGatewayField", "A field of a transit gateway's flow, or a preset.", [
      ...presets(Object.keys(TRANSIT_CATALOG.presets)),
      ...fields(TRANSIT_FIELDS),
    ]),
    ...declaration(
      "SavedQueryName",
      "A saved query.",
      savedQueries().map(({ name, question }) => ({ value: name, meaning: question })),
    ),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
