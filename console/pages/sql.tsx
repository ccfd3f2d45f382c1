import type { Context, Hono } from "hono";
import { stream } from "hono/streaming";
import { viewNames } from "../../queries/views";
import { stop, withEngine } from "../asking";
import { download } from "../download";
import type { Lake } from "../lake/lake";
import { answerLines } from "../lines";
import { Answered, type Rows, readRows } from "../parts/answer";
import { Failed, Page } from "../parts/page";
import type { FrameOf } from "./queries";

/** Rows that a page without script shows. */
const SHOWN = 1000;

const sqlIn = async (c: Context): Promise<string> => String((await c.req.parseBody()).sql ?? "");

/** Names for the editor's completion: columns by table and view. */
const schemaOf = ({ store: { table } }: Lake): string => {
  const columns = [...table.columns, "year", "month", "day", "hour"];
  return JSON.stringify(
    Object.fromEntries([table.name, ...viewNames(table.name)].map((name) => [name, columns])),
  );
};

/** The page for SQL of one's own: a form that works without script, and an editor in its place with one. */
export const sqlRoutes = (app: Hono, lake: Lake, frameOf: FrameOf): void => {
  const page = (c: Context, sql: string, answer?: Rows, error?: string) =>
    c.html(
      <Page {...frameOf(c, "SQL", "/sql", undefined, ["sql.js"])}>
        <form method="post" action="/sql" id="ask" data-schema={schemaOf(lake)}>
          <label for="sql">One SELECT in Athena's SQL; the table is {lake.store.table.name}</label>
          <textarea id="sql" name="sql" rows={12} spellcheck={false}>
            {sql}
          </textarea>
          <p class="buttons">
            <button type="submit">Run</button>
            <button type="button" id="stop" hidden>
              Cancel
            </button>
            {["csv", "json", "parquet"].map((form) => (
              <button type="submit" formaction={`/sql/${form}`} class="plain">
                {form === "parquet" ? "Parquet" : form.toUpperCase()}
              </button>
            ))}
            <output id="state" />
          </p>
        </form>
        <div id="answer">
          {error && <Failed>{error}</Failed>}
          {answer && <Answered answer={answer} />}
        </div>
        <details id="history" hidden>
          <summary>Earlier, kept in this browser</summary>
          <ol />
        </details>
      </Page>,
      error ? 400 : 200,
    );
  const example = `SELECT action, count(*) AS lines, sum(bytes) AS bytes\nFROM ${lake.store.table.name}\nGROUP BY action`;
  app.get("/sql", (c) => page(c, c.req.query("q") ?? example));
  app.post("/sql", async (c) => {
    const sql = await sqlIn(c);
    try {
      return page(
        c,
        sql,
        await withEngine(lake.dir, async (engine) => readRows(await engine.stream(sql), SHOWN)),
      );
    } catch (error) {
      return page(c, sql, undefined, (error as Error).message);
    }
  });
  app.post("/sql/run", async (c) => {
    const { sql = "", id = "" } = (await c.req.parseBody()) as Record<string, string>;
    c.header("Content-Type", "application/x-ndjson");
    return stream(c, async (out) => {
      out.onAbort(() => void stop(id));
      for await (const line of answerLines(lake.dir, sql, id)) await out.write(`${line}\n`);
    });
  });
  app.post("/sql/stop", async (c) => c.json({ stopped: stop(String((await c.req.parseBody()).id)) }));
  for (const form of ["csv", "json", "parquet"] as const)
    app.post(`/sql/${form}`, async (c) => download(c, lake.dir, await sqlIn(c), "answer", form));
};
