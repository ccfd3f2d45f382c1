import type { Hono } from "hono";
import { stop, withEngine } from "../asking";
import type { Lake } from "../lake/lake";
import { Answered, type Rows, readRows } from "../parts/answer";
import { Failed, Page } from "../parts/page";
import type { FrameOf } from "./queries";

const SHOWN = 1000;

/** The page for SQL of one's own. */
export const sqlRoutes = (app: Hono, lake: Lake, frameOf: FrameOf): void => {
  const page = (c: Parameters<FrameOf>[0], sql: string, answer?: Rows, error?: string) =>
    c.html(
      <Page {...frameOf(c, "SQL", "/sql", undefined, ["sql.js"])}>
        <form method="post" action="/sql" id="ask">
          <label for="sql">Athena's SQL, one SELECT; the table is {lake.store.table.name}</label>
          <textarea id="sql" name="sql" rows={10} spellcheck={false}>
            {sql}
          </textarea>
          <button type="submit">Run</button>
        </form>
        <div id="answer">
          {error && <Failed>{error}</Failed>}
          {answer && <Answered answer={answer} />}
        </div>
      </Page>,
      error ? 400 : 200,
    );
  app.get("/sql", (c) =>
    page(
      c,
      c.req.query("q") ?? `SELECT action, count(*) AS lines\nFROM ${lake.store.table.name}\nGROUP BY action`,
    ),
  );
  app.post("/sql", async (c) => {
    const { sql } = (await c.req.parseBody()) as { sql: string };
    try {
      const answer = await withEngine(lake.dir, async (engine) => readRows(await engine.stream(sql), SHOWN), {
        id: c.req.header("x-question"),
      });
      return page(c, sql, answer);
    } catch (error) {
      return page(c, sql, undefined, (error as Error).message);
    }
  });
  app.post("/sql/stop", async (c) => c.json({ stopped: stop(String((await c.req.parseBody()).id)) }));
};
