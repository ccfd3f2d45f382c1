import { ProgramError } from "../declared";

/** A reference such as `${name.property[0]}`: the name, and the path from there. */
export interface Reference {
  name: string;
  path: (string | number)[];
}

/** Text with references in it, in their order. */
export type Parts = (string | Reference)[];

const STEP = /^(?:\.([\w-]+)|\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\])/;

/** Reads what stands in `${…}`. */
const referenceIn = (text: string): Reference => {
  const [name] = /^[\w:-]+/.exec(text) ?? [];
  const path: Reference["path"] = [];
  let rest = text.slice(name?.length ?? 0);
  while (rest !== "" && name !== undefined) {
    const step = STEP.exec(rest);
    if (!step) break;
    const [whole, property, index, double, single] = step;
    path.push(index === undefined ? (property ?? double ?? single) : Number(index));
    rest = rest.slice(whole.length);
  }
  if (name === undefined || rest !== "")
    throw new ProgramError(`"\${${text}}" cannot be read as a reference`);
  return { name, path };
};

/** Splits text at its references; `$$` before one stands for a dollar sign, and nothing is replaced. */
export const partsOf = (text: string): Parts => {
  const parts: Parts = [];
  let plain = "";
  for (const [whole, inner] of text.matchAll(/\$\$\{|\$\{([^}]*)\}|[^$]+|\$/g)) {
    if (inner === undefined) plain += whole === "$${" ? "${" : whole;
    else {
      if (plain !== "") parts.push(plain);
      plain = "";
      parts.push(referenceIn(inner));
    }
  }
  if (plain !== "" || parts.length === 0) parts.push(plain);
  return parts;
};
