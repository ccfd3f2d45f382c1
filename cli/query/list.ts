import type { Answer } from "../../local/athena/answer";
import { definitionOf, readDefinition } from "../../local/athena/definition";
import { missingFields, savedQueries } from "../../queries";
import { type Layout, layoutOfColumns } from "../../schema/layout";
import { chooseProgram, type ProgramOptions } from "../program";

const TABLE = "aws:glue/catalogTable:CatalogTable";

/** Returns the fields of a stack's table. */
const layoutOfStack = async (options: ProgramOptions): Promise<Layout> => {
  const { runProgram } = await import("../../local/program");
  const { stack, config, folder } = await chooseProgram(options);
  const { resources } = await runProgram(stack, config, folder);
  const table = resources.find(({ type }) => type === TABLE);
  return layoutOfColumns(table ? definitionOf(table).columns.map(({ name }) => name) : []);
};

const layoutOfLake = (lake: string): Layout | undefined => {
  const table = readDefinition(lake);
  return table && layoutOfColumns(table.columns.map(({ name }) => name));
};

/** Lists the saved queries. With a lake or a stack it marks those whose fields are missing. */
export const listOf = async ({ lake, stack }: { lake: string; stack?: string }): Promise<Answer> => {
  const layout = stack === undefined ? layoutOfLake(lake) : await layoutOfStack({ stack });
  const columns = ["query", "group", "question", "parameters", ...(layout ? ["left_out"] : [])];
  const rows = savedQueries().map((query) => {
    const parameters = query.parameters.map((p) => p.name).join(" ");
    const missing = layout ? missingFields(query, layout) : [];
    const reason = missing.length > 0 ? `no ${missing.join(", ")}` : null;
    return [query.name, query.group, query.question, parameters, ...(layout ? [reason] : [])];
  });
  return { columns, types: columns.map(() => "VARCHAR"), rows };
};
