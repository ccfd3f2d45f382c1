import { DIFFERENT } from "../../local/athena/dialect/differences";
import { FORMATTED, RENAMED, SAME, UNTRANSLATED } from "../../local/athena/dialect/functions";
import { MACROS } from "../../local/athena/dialect/macros";
import { table } from "./markdown";

const list = (names: Iterable<string>) =>
  [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(" ");

/** Names of the macros; some stand for operators. */
const macroNames = () => MACROS.map((macro) => /^"?([^"(]+)/.exec(macro)?.[1] ?? "");

/** The functions by what becomes of them, and what is answered otherwise, for docs/local-sql.md. */
export const localSql = (): string => {
  const translated = new Set([...macroNames(), ...Object.keys(RENAMED), ...Object.keys(FORMATTED)]);
  const rows = DIFFERENT.map(({ why, expressions }) => [why, expressions.map((e) => `\`${e}\``).join(", ")]);
  return [
    `### The same in both engines (${SAME.size})\n\n${list(SAME)}`,
    `### Translated (${translated.size})\n\n${list(translated)}`,
    `### Refused by name (${UNTRANSLATED.size})\n\n${list(UNTRANSLATED)}`,
    `### Answered otherwise\n\n${table(["what", "for example"], rows)}`,
  ].join("\n\n");
};
