import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { stream } from "hono/streaming";
import { UsageError } from "../cli/usage";
import { QueryError } from "../local/athena";
import type { Assets } from "./assets";
import { headers, onlyThisOrigin, onlyWithToken } from "./guard";
import { FilterError, filterOf } from "./lake/filters";
import type { Lake } from "./lake/lake";
import { changesOf } from "./live";
import { about } from "./pages/about";
import { overview } from "./pages/overview";
import { queryRoutes } from "./pages/queries";
import { sqlRoutes } from "./pages/sql";
import { Failed, type Frame, Head, Page, Top } from "./parts/page";
import { filtered, type State, StateError, stateOf } from "./state";

/** What the pages need. */
export interface Console {
  lake: Lake;
  assets: Assets;
  token: string;
  /** The port that the console listens at, once it does. */
  port(): number;
}

/** A page that is made a panel at a time. */
interface Streamed {
  title: string;
  path: string;
  panels(lake: Lake, state: State): AsyncGenerator<Child>;
}

const errorText = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Sends a page as its panels become known: its head is there at once. An error that comes later stands where its panel would. */
const streamed = (c: Context, frame: Frame, state: State, lake: Lake, page: Streamed) => {
  c.header("Content-Type", "text/html; charset=utf-8");
  return stream(c, async (out) => {
    await out.write(
      `<!DOCTYPE html><html lang="en">${<Head {...frame} />}<body>${<Top {...frame} />}<main id="main">`,
    );
    try {
      for await (const panel of page.panels(lake, state)) await out.write(String(await panel));
    } catch (error) {
      await out.write(String(<Failed>{errorText(error)}</Failed>));
    }
    await out.write("</main></body></html>");
  });
};

/** Makes the console's pages. */
export const makeApp = (console: Console): Hono => {
  const { lake, assets, token, port } = console;
  const app = new Hono();
  app.use(headers, onlyThisOrigin(port), onlyWithToken(port, token));
  // Each page shows the lake as it is now, whether or not another was open while it changed.
  app.use(async (c, next) => {
    if (!c.req.path.startsWith("/assets/")) await lake.look();
    await next();
  });

  const frameOf = (c: Context, title: string, path: string, state?: State, scripts?: string[]): Frame => ({
    title,
    path,
    state,
    scripts,
    assets: assets.names,
    lake: lake.dir,
    nonce: c.get("nonce" as never),
  });
  const stateIn = (c: Context) => stateOf(new URL(c.req.url).searchParams, lake.newest);
  const show = (c: Context, page: Streamed) => {
    const state = stateIn(c);
    const frame = { ...frameOf(c, page.title, page.path, state), isFiltered: true };
    return streamed(c, frame, state, lake, page);
  };

  app.get("/", (c) => show(c, overview));
  for (const subject of ["address", "port", "interface", "network"] as const)
    app.get(`/${subject}/:value`, (c) =>
      show(c, about(filterOf(`${subject}:${c.req.param("value")}`, false))),
    );
  app.get("/filter", (c) => {
    const { page = "/", subject = "", value = "", as } = c.req.query();
    const filter = filterOf(`${subject}:${value.trim()}`, as === "not");
    return c.redirect(filtered(/^\/(?![/\\])/.test(page) ? page : "/", stateIn(c), filter), 303);
  });
  queryRoutes(app, lake, frameOf);
  sqlRoutes(app, lake, frameOf);
  app.get("/events", (c) => changesOf(c, lake));
  app.get("/assets/:name", (c) => {
    const type = assets.typeOf(c.req.param("name"));
    if (type === undefined) return c.notFound();
    return c.body(readFileSync(join(assets.folder, c.req.param("name"))), 200, {
      "Content-Type": type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
  app.notFound((c) =>
    c.html(
      <Page {...frameOf(c, "No such page", "")}>
        <Failed>There is no page at {c.req.path}.</Failed>
      </Page>,
      404,
    ),
  );
  app.onError((error, c) => {
    const isOurs = [StateError, FilterError, QueryError, UsageError].some((kind) => error instanceof kind);
    const page = (
      <Page {...frameOf(c, "This did not work", "")}>
        <Failed>{errorText(error)}</Failed>
      </Page>
    );
    return c.html(page, isOurs ? 400 : 500);
  });
  return app;
};
