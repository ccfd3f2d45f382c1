import type { Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import { questionOf } from "../../cli/query/question";
import { GROUPS, missingFields, type Parameter, type SavedQuery, savedQueries } from "../../queries";
import { withEngine } from "../asking";
import { download, type Form } from "../download";
import type { Lake } from "../lake/lake";
import { Answered, readRows } from "../parts/answer";
import { queryPage } from "../parts/findings";
import { type Frame, KeptWindow, Page } from "../parts/page";
import { Missing, Panel } from "../parts/panel";
import { pageIn, type State, stateOf } from "../state";

export type FrameOf = (c: Context, title: string, path: string, state?: State, scripts?: string[]) => Frame;

/** Parameters that the page's window has, or the table. */
const WINDOW = new Set(["from", "to", "late"]);

const SHOWN = 1000;

const List: FC<{ state: State; lake: Lake }> = ({ state, lake }) => (
  <>
    {GROUPS.map((group) => (
      <Panel title={group} id={group}>
        <ul class="queries">
          {savedQueries()
            .filter((query) => query.group === group)
            .map((query) => {
              const missing = missingFields(query, lake.store.table.layout);
              return (
                <li>
                  <a href={queryPage(query.name, state)}>{query.title}</a>
                  <p class="note">
                    {query.question}
                    {missing.length > 0 && ` Needs ${missing.join(", ")}, which this lake lacks.`}
                  </p>
                </li>
              );
            })}
        </ul>
      </Panel>
    ))}
  </>
);

const plainDefault = ({ default: text }: Parameter) => text.replace(/^'(.*)'$/s, "$1");

const Fields: FC<{ query: SavedQuery; values: Record<string, string>; path: string; state: State }> = ({
  query,
  values,
  path,
  state,
}) => (
  <form method="get" action={path} class="parameters">
    <KeptWindow state={state} />
    {query.parameters
      .filter(({ name }) => !WINDOW.has(name))
      .map((parameter) => (
        <label>
          {parameter.name}{" "}
          <input name={`p-${parameter.name}`} value={values[parameter.name] ?? plainDefault(parameter)} />
          <small>{parameter.meaning}</small>
        </label>
      ))}
    <button type="submit">Ask</button>
  </form>
);

/** Values of the form's fields that are not the defaults. */
const valuesIn = (c: Context, query: SavedQuery): Record<string, string> => {
  const given = Object.entries(c.req.query()).flatMap(([key, value]) =>
    key.startsWith("p-") ? [[key.slice(2), value]] : [],
  );
  return Object.fromEntries(
    given.filter(([name, value]) => {
      const parameter = query.parameters.find((each) => each.name === name);
      return parameter === undefined || plainDefault(parameter) !== value;
    }),
  );
};

/** A saved query with what a page's address says. */
const asked = async (c: Context, lake: Lake, name: string) => {
  const state = stateOf(new URL(c.req.url).searchParams, lake.newest);
  const question = await questionOf(name, {});
  const values = valuesIn(c, question.saved as SavedQuery);
  const { sql } = await questionOf(name, { param: values });
  const { layout, inside, name: table } = lake.store.table;
  return {
    state,
    query: question.saved as SavedQuery,
    values,
    sql: sql(state.span, table, { layout, inside }),
  };
};

/** The pages of saved queries, and the same as CSV, JSON and a number of rows. */
export const queryRoutes = (app: Hono, lake: Lake, frameOf: FrameOf): void => {
  app.get("/queries", (c) => {
    const state = stateOf(new URL(c.req.url).searchParams, lake.newest);
    return c.html(
      <Page {...frameOf(c, "Queries", "/queries", state)}>
        <List state={state} lake={lake} />
      </Page>,
    );
  });
  app.get("/queries/:name/count", async (c) => {
    const { query, sql } = await asked(c, lake, c.req.param("name"));
    const missing = missingFields(query, lake.store.table.layout);
    if (missing.length > 0) return c.json({ missing });
    return c.json(
      await withEngine(lake.dir, async (engine) => ({
        rows: (await readRows(await engine.stream(sql), SHOWN)).count,
      })),
    );
  });
  app.get("/queries/:file{.+\\.(csv|json)}", async (c) => {
    const [, name, form] = /^(.+)\.(csv|json)$/.exec(c.req.param("file")) ?? [];
    const { sql } = await asked(c, lake, name);
    return download(c, lake.dir, sql, name, form as Form);
  });
  app.get("/queries/:name", async (c) => {
    const { state, query, values, sql } = await asked(c, lake, c.req.param("name"));
    const path = `/queries/${query.name}`;
    const missing = missingFields(query, lake.store.table.layout);
    const answer =
      missing.length > 0
        ? undefined
        : await withEngine(lake.dir, async (engine) => readRows(await engine.stream(sql), SHOWN));
    const address = (form: string) =>
      `${pageIn(`${path}.${form}`, { ...state, filters: [] })}${Object.entries(values)
        .map(([key, value]) => `&p-${key}=${encodeURIComponent(value)}`)
        .join("")}`.replace(/^([^?&]*)&/, "$1?");
    return c.html(
      <Page {...frameOf(c, query.title, path, { ...state, filters: [] })}>
        <p class="lead">{query.question}</p>
        <Fields query={query} values={values} path={path} state={state} />
        {answer ? <Answered answer={answer} state={state} /> : <Missing fields={missing} />}
        <p class="also">
          <a href={address("csv")}>CSV</a> <a href={address("json")}>JSON</a>
        </p>
        <details>
          <summary>SQL</summary>
          <pre>{sql}</pre>
          <p>
            <a href={`/sql?q=${encodeURIComponent(sql)}`}>Change it</a>
          </p>
        </details>
      </Page>,
    );
  });
};
