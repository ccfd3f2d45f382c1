import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { monthlyPrices, monthsBill, queryBill, VOLUMES } from "../../docs/generate/bill";
import { costsOf } from "../../docs/generate/costs";
import { defaults } from "../../docs/generate/defaults";
import { blocksIn, tableIn, withBlock } from "../../docs/generate/markdown";
import { linesForStandardIa, retentionDefaults } from "../../docs/generate/retention";
import { runProgram } from "../../local/program";
import { savedQueries } from "../../queries";
import { flowlogs, workFolder } from "../cli/flowlogs";
import { ask } from "../local/lakes";

const ROOT = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const page = (name: string) => read(`docs/${name}.md`);
const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);

/** The lake of a run of the made-up day, one for all pages of this file. */
let made: Promise<string> | undefined;
const madeUpLake = (dir: string): Promise<string> => {
  made ??= flowlogs(dir, ["run"]).then(({ code, stderr }) => {
    assert.equal(code, 0, stderr);
    return join(dir, "demo-lake");
  });
  return made;
};
const dir = workFolder();

describe("docs: costs.md", () => {
  const costs = page("costs");

  it("has the bill that follows from the prices: npm run docs brings it up to date", async () => {
    assert.equal(costs, withBlock(costs, "month", await monthsBill()));
    assert.equal(costs, withBlock(costs, "queries", queryBill()));
    assert.equal(costs, withBlock(costs, "prices", monthlyPrices()));
  });

  it("adds up each month's bill", () => {
    const rows = tableIn(costs, "US dollars a month");
    const end = rows.findIndex(([part]) => part === "**together**");
    for (const [n] of VOLUMES.entries()) {
      const parts = rows.slice(0, end).map((cells) => Number(cells[n + 1]));
      const together = Number(rows[end][n + 1]);
      assert.ok(
        Math.abs(sum(parts) - together) <= 0.005 * parts.length,
        `${sum(parts)}, and not ${together}`,
      );
    }
  });

  it("asks 5 dollars for a TB that a query may read by default", async () => {
    const { resources } = await runProgram("prod");
    const workgroup = resources.find(({ type }) => type === "aws:athena/workgroup:Workgroup");
    const limit = workgroup?.inputs.configuration.bytesScannedCutoffPerQuery;
    const [, most] = /default limit of 100 GiB: ([\d.]+) US dollars/.exec(costs) ?? [];
    assert.equal(most, ((limit / 1e12) * 5).toFixed(2));
  });
});

describe("docs: alternatives.md", () => {
  it("gives the price of a GB that the costs add up to", () => {
    const { LAMBDA, DIRECT } = costsOf();
    const [lambda, direct] = [LAMBDA, DIRECT].map((cost) => sum(Object.values(cost).map(([least]) => least)));
    const row = tableIn(page("alternatives"), "", "this stack").find(([what]) => what === "a GB") ?? [];
    assert.equal(row[1], `about ${lambda.toFixed(2)}, or from ${direct.toFixed(2)} with \`DIRECT\``);
  });
});

describe("docs: retention.md", () => {
  const retention = page("retention");

  it("has the defaults of the settings: npm run docs brings them up to date", async () => {
    assert.equal(retention, withBlock(retention, "defaults", await retentionDefaults()));
  });

  it("says below how many lines no object is large enough for Standard-IA", () => {
    const [, lines] = /below about ([\d,]+) lines a day/.exec(retention) ?? [];
    assert.equal(Number(lines?.replaceAll(",", "")), linesForStandardIa());
    assert.ok(retention.includes(`after ${defaults().storage.retention.dataTransitionInDays} days`));
  });

  it("keeps all rows but those of the customer", async () => {
    const lake = await madeUpLake(dir);
    const [[address, year, month, day, hour]] = await ask(
      lake,
      "SELECT max_by(srcaddr, year), max(year), max(month), max(day), max(hour) FROM flow_logs WHERE srcaddr IS NOT NULL",
    );
    const here = (sql: string) =>
      sql
        .replaceAll("10.0.1.5", String(address))
        .replace(/year = '\d+'/, `year = '${year}'`)
        .replace(/month = '\d+'/, `month = '${month}'`)
        .replace(/day = '\d+' AND hour = '\d+'/, `day = '${day}' AND hour = '${hour}'`);
    const found = await ask(lake, here(blocksIn(retention, "sql")[0]));
    assert.ok(found.length > 0);
    const [, kept] = /UNLOAD \(([\s\S]*)\n\)\nTO/.exec(blocksIn(retention, "text")[0]) ?? assert.fail();
    const count = here(kept).replace("version, account_id, …, unparsed", "count(*)");
    const [[rest]] = await ask(lake, count);
    const [[all]] = await ask(
      lake,
      `SELECT count(*) FROM flow_logs WHERE year = '${year}' AND month = '${month}' AND day = '${day}' AND hour = '${hour}'`,
    );
    const [, , , , gone = 0] = found.find((row) => row[2] === day && row[3] === hour) ?? [];
    assert.equal(Number(rest) + Number(gone), Number(all));
  });
});

describe("docs: troubleshooting.md", () => {
  it("has SQL that a lake answers", async () => {
    const blocks = blocksIn(page("troubleshooting"), "sql");
    assert.equal(blocks.length, 2);
    for (const sql of blocks) await ask(await madeUpLake(dir), sql);
  });

  it("names an alarm for each possible loss, or says that there is none", () => {
    assert.match(page("troubleshooting"), /^## What can be lost$/m);
    for (const [what, , told] of tableIn(page("troubleshooting"), "what", "when"))
      assert.match(told, /\]\((alarms|what-stays)\.md|SKIPDATA|^no$/, what);
  });
});

describe("docs: upgrade.md", () => {
  it("says which of the two stacks deletes its logs", () => {
    assert.match(read("Pulumi.dev.yaml"), /forceDestroy: true/);
    assert.doesNotMatch(read("Pulumi.prod.yaml"), /forceDestroy/);
    assert.match(page("upgrade"), /stack `dev` sets\n`forceDestroy: true`/);
  });
});

describe("docs: pages for common questions", () => {
  for (const name of ["alternatives", "costs", "retention", "limits", "troubleshooting", "upgrade"]) {
    it(`has a link from the README: ${name}`, () => {
      const [, more] = read("README.md").split("\n## More\n");
      assert.ok(more.includes(`](docs/${name}.md)`));
    });

    it(`names existing saved queries: ${name}`, () => {
      const names = savedQueries().map((query) => query.name);
      for (const [, query] of page(name).matchAll(/quer(?:y|ies)\*? `([a-z-]+)`/g))
        assert.ok(names.includes(query), query);
    });
  }
});
