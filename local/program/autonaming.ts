import { createHash } from "node:crypto";

/** Values of a stack's `pulumi:autonaming`, for all resources or some (Pulumi's documentation of the setting). */
interface Setting {
  mode?: "default" | "verbatim" | "disabled";
  pattern?: string;
}
interface ProviderSetting extends Setting {
  resources?: Record<string, Setting>;
}
export interface Autonaming extends Setting {
  providers?: Record<string, ProviderSetting>;
}

/** Resource that needs a name: its type, its name, and its stack. */
export interface Named {
  type: string;
  name: string;
  project: string;
  stack: string;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: Pulumi's own form of a pattern
const DEFAULT = "${name}-${hex(7)}";

const isSetting = (setting: Setting | undefined) => setting?.mode !== undefined || setting?.pattern;

/** Returns the most specific setting for a resource: its type's, its provider's, or the general one. */
const settingFor = (autonaming: Autonaming | undefined, type: string): Setting => {
  const provider = autonaming?.providers?.[type.split(":")[0]];
  return [provider?.resources?.[type], provider, autonaming].find(isSetting) ?? {};
};

const SYMBOLS: Record<string, string> = {
  hex: "0123456789abcdef",
  num: "0123456789",
  string: "abcdefghijklmnopqrstuvwxyz",
  alphanum: "abcdefghijklmnopqrstuvwxyz0123456789",
};

/** Random parts of names. Here they are the same for the same resource, so that runs can be compared. */
const drawn = ({ type, name }: Named, kind: string, length: number) => {
  const bytes = createHash("sha256")
    .update(type + name)
    .digest("hex");
  if (kind === "hex") return bytes.slice(0, length);
  const symbols = SYMBOLS[kind];
  return [...Buffer.from(bytes)]
    .slice(0, length)
    .map((byte) => symbols[byte % symbols.length])
    .join("");
};

/** Values for the placeholders of a pattern, such as `${organization}`. */
interface Unknowns {
  organization: string;
  draw: (named: Named, kind: string, length: number) => string;
}

const nameBy = (autonaming: Autonaming | undefined, named: Named, unknowns: Unknowns): string => {
  const { mode, pattern = DEFAULT } = settingFor(autonaming, named.type);
  if (mode === "disabled")
    throw new Error(`pulumi:autonaming is disabled, and ${named.type} ${named.name} has no name of its own`);
  if (mode === "verbatim") return named.name;
  const words: Record<string, string> = { ...named, organization: unknowns.organization };
  return pattern.replaceAll(/\$\{(\w+)(?:\((\d+)\))?\}/g, (text, word, length) =>
    length && word in SYMBOLS ? unknowns.draw(named, word, Number(length)) : (words[word] ?? text),
  );
};

/**
 * Returns the physical name that Pulumi would propose for a resource without one.
 * @throws Error if autonaming is disabled, as Pulumi does.
 */
export const proposedName = (autonaming: Autonaming | undefined, named: Named): string =>
  nameBy(autonaming, named, { organization: "organization", draw: drawn });

/**
 * Returns a pattern of the names that Pulumi may propose: with `*` for random parts, and for the organization, which is not
 * known here.
 */
export const namePattern = (autonaming: Autonaming | undefined, named: Named): string =>
  nameBy(autonaming, named, { organization: "*", draw: () => "*" });
