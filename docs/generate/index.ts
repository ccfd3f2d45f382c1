import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alarmCosts, alarms } from "./alarms";
import { monthlyPrices, monthsBill, queryBill } from "./bill";
import { changes } from "./changes";
import { costs } from "./costs";
import { decisionTable, dependencyTable, licenceTable } from "./dependencies";
import { deployingCalls, deployingPrinted } from "./deploying";
import { forms, members, places, refused } from "./inputs";
import { encrypted, stacks, uses } from "./keys";
import { localSql } from "./local-sql";
import { withBlock } from "./markdown";
import { quotaTables } from "./quotas";
import { reference } from "./reference";
import { retentionDefaults } from "./retention";
import { vocabulary } from "./vocabulary";

const file = (name: string) => join(__dirname, "..", name);

/** Writes what the code says into its place in a document. */
const fill = (name: string, block: string, text: string) =>
  writeFileSync(file(name), withBlock(readFileSync(file(name), "utf8"), block, text));

const main = async () => {
  fill("alarms.md", "alarms", await alarms());
  fill("alarms.md", "alarm-costs", await alarmCosts());
  fill("quotas.md", "quotas", quotaTables());
  fill("ways-in.md", "costs", costs());
  fill("deploying.md", "calls", deployingCalls());
  fill("deploying.md", "printed", await deployingPrinted());
  fill("changing-fields.md", "change", await changes());
  const programs = await stacks();
  fill("keys.md", "encrypted", encrypted(programs));
  fill("keys.md", "uses", uses(programs));
  fill("costs.md", "month", await monthsBill());
  fill("costs.md", "queries", queryBill());
  fill("costs.md", "prices", monthlyPrices());
  fill("dependencies.md", "direct", dependencyTable());
  fill("dependencies.md", "licences", licenceTable());
  fill("dependencies.md", "decisions", decisionTable());
  fill("retention.md", "defaults", await retentionDefaults());
  fill("local-sql.md", "functions", localSql());
  fill("inputs.md", "forms", forms());
  fill("inputs.md", "members", members());
  fill("inputs.md", "places", places());
  fill("inputs.md", "refused", refused());
  writeFileSync(file("reference.md"), await reference());
  writeFileSync(file("../components/vocabulary.ts"), vocabulary());
};

void main();
