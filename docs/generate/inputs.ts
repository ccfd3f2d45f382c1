import { MEMBERS } from "../../functions/members";
import { BINARY_KINDS } from "../../local/input/binary";
import { FORMS } from "../../local/input/forms";
import { ELSEWHERE, OTHERS, PLACES } from "../../local/input/sources";
import { table } from "./markdown";

const code = (text: string) => `\`${text}\``;

/** Table of the paths that are read, and of the places whose logs have to be fetched first. */
export const places = (): string =>
  table(
    ["path", "what is read"],
    [
      ...PLACES.map(({ example, what }) => [code(example), what]),
      ...OTHERS.map(([, why]) => ["files of folders", `not those ${why}; how many they are is said`]),
      ...ELSEWHERE.map(({ example, how }) => [code(example), `refused: ${how(example)}`]),
    ],
  );

/** Tables of the forms that are read, one for each origin. */
export const forms = (): string =>
  Object.entries(FORMS)
    .flatMap(([kind, list]) => [
      `### ${kind}`,
      table(
        ["what", "how it is recognised", "what becomes of it", "example"],
        list.map(({ name, recognised, done, files }) => [
          name,
          recognised,
          done,
          `[${files[0]}](../tests/inputs/${files[0]})`,
        ]),
      ),
    ])
    .join("\n\n");

/** The members of JSON that may hold a line. */
export const members = (): string =>
  table(
    ["member", "who writes it"],
    MEMBERS.map(({ path, writers }) => [code(path.join(".")), writers]),
  );

/** Table of the forms that are refused, by their first bytes. */
export const refused = (): string => {
  const hex = (bytes: number[]) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return table(
    ["what", "its bytes", "instead"],
    BINARY_KINDS.map(({ name, magic, at = 0, instead }) => [
      name,
      at > 0 ? `${code(hex(magic))} at ${at}` : code(hex(magic)),
      instead("FILE"),
    ]),
  );
};
