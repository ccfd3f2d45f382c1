import type { Layout } from "../../schema/layout";
import { networkProblems, packNetworks } from "../../schema/networks";
import type { PlanOptions } from "../../schema/plan";
import { type Problem, show, shown } from "./problems";

/** The arguments that become parts of the plan. */
interface PlanArguments {
  dropNoData?: boolean;
  keepAction?: string;
  networks?: Record<string, string[]>;
}

const OTHER_ACTION: Record<string, string> = { ACCEPT: "REJECT", REJECT: "ACCEPT" };

/** Checks `keepAction`, `dropNoData` and `networks` against the fields of the format. */
export const planOptions = (given: PlanArguments, layout: Layout, problems: Problem[]): PlanOptions => {
  const { dropNoData, keepAction, networks } = given;
  const needs = (propertyPath: string, ...names: string[]) => {
    if (!layout.fields.some((f) => names.includes(f.name))) {
      problems.push({ propertyPath, reason: `needs the field ${names.join(" or ")}; add it to fields` });
    }
  };
  const drops: { name: string; token: string }[] = [];
  if (dropNoData !== undefined && typeof dropNoData !== "boolean")
    problems.push({ propertyPath: "dropNoData", reason: `must be true or false; got ${show(dropNoData)}` });
  if (dropNoData) {
    needs("dropNoData", "log-status");
    drops.push({ name: "log-status", token: "NODATA" });
  }
  if (keepAction !== undefined) {
    if (!Object.hasOwn(OTHER_ACTION, keepAction)) {
      problems.push({
        propertyPath: "keepAction",
        reason: `must be ACCEPT or REJECT; got ${show(keepAction)}`,
      });
    }
    needs("keepAction", "action");
    drops.push({ name: "action", token: OTHER_ACTION[keepAction] });
  }
  if (networks === undefined) return { drops };
  const wrong = networkProblems(shown(networks) as typeof networks);
  problems.push(...wrong);
  needs("networks", "srcaddr", "dstaddr");
  return wrong.length > 0 ? { drops } : { drops, networks: packNetworks(networks) };
};
