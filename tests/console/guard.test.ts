import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { type Running, startConsole } from "../../console/server";
import { flowlogs, SAMPLES, workFolder } from "../cli/flowlogs";

describe("the console's access control", () => {
  const dir = workFolder();
  let running: Running;
  let cookie: string;
  before(async () => {
    await flowlogs(dir, ["run", join(SAMPLES, "default-v2.log")]);
    running = await startConsole({ dir: join(dir, "lake"), port: 0 });
    const { headers } = await ask("/", { token: true });
    cookie = String(headers["set-cookie"]?.[0]).split(";")[0];
  });
  after(() => running.close());

  interface Given {
    headers?: Record<string, string>;
    method?: string;
    token?: boolean;
    body?: string;
  }

  const ask = (path: string, { headers = {}, method = "GET", token, body }: Given = {}) => {
    const { port, search } = new URL(running.url);
    return new Promise<{
      status: number;
      headers: Record<string, string | string[] | undefined>;
      text: string;
    }>((resolve, reject) => {
      const sent = request({ port, path: token ? `${path}${search}` : path, method, headers }, (answer) => {
        let text = "";
        answer.on("data", (data) => {
          text += data;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      });
      sent.on("error", reject).end(body);
    });
  };
  const withCookie = (headers: Record<string, string> = {}) => ({ headers: { cookie, ...headers } });

  it("accepts the token, once in the address and then in a cookie that no script and no other site can read", async () => {
    const { status, headers } = await ask("/queries", { token: true });
    assert.equal(status, 303);
    assert.equal(headers.location, "/queries");
    assert.match(String(headers["set-cookie"]), /; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.equal((await ask("/queries", withCookie())).status, 200);
  });

  const paths = [
    "/",
    "/queries",
    "/queries/top-talkers.csv",
    "/sql",
    "/events",
    "/assets/page.js",
    "/nowhere",
  ];
  const refusals: Record<string, (path: string) => Promise<{ status: number }>> = {
    "nobody without the token": (path) => ask(path),
    "nobody with another token": (path) => ask(`${path}?token=x`),
    "nobody with another cookie": (path) => ask(path, { headers: { cookie: cookie.replace(/=.*/, "=x") } }),
    "no foreign host name": (path) => ask(path, withCookie({ host: "evil.example" })),
    "no foreign host name with this port": (path) =>
      ask(path, withCookie({ host: `evil.example:${new URL(running.url).port}` })),
    "no other port": (path) => ask(path, withCookie({ host: "127.0.0.1:1" })),
    "no page of another origin": (path) => ask(path, withCookie({ origin: "https://evil.example" })),
    "no page of an unnamed origin": (path) => ask(path, withCookie({ origin: "null" })),
    "no page of another port": (path) => ask(path, withCookie({ origin: "http://127.0.0.1:1" })),
    "no page of another site": (path) => ask(path, withCookie({ "sec-fetch-site": "cross-site" })),
  };
  for (const [who, refused] of Object.entries(refusals))
    it(`answers ${who}`, async () => {
      for (const path of paths) assert.equal((await refused(path)).status, 403, path);
    });

  it("changes nothing on GET, and accepts no SQL from another origin", async () => {
    assert.equal((await ask("/sql/stop", withCookie())).status, 404);
    assert.equal((await ask("/sql/run", withCookie())).status, 404);
    const body = "sql=SELECT+1";
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const foreign = await ask("/sql", {
      method: "POST",
      body,
      headers: { cookie, ...type, origin: "https://evil.example" },
    });
    assert.equal(foreign.status, 403);
    assert.equal((await ask("/sql", { method: "POST", body, headers: { cookie, ...type } })).status, 200);
  });

  it("lets a page load no other origin's resource, run no inline script and be in no frame", async () => {
    const { headers, text } = await ask("/", withCookie());
    const policy = String(headers["content-security-policy"]);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      assert.ok(policy.split("; ").includes(part), part);
    assert.doesNotMatch(text, /<script>|<style|\sstyle=|\son\w+=/);
    assert.doesNotMatch(text.replaceAll(/xmlns="[^"]*"/g, ""), /(src|href)="(https?:)?\/\//);
  });

  it("refuses SQL that writes, and says so", async () => {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({
      sql: "SELECT * FROM enable_logging(storage = 'file', storage_path = 'x')",
    }).toString();
    const { status, text } = await ask("/sql", { method: "POST", body, headers: { cookie, ...type } });
    assert.equal(status, 400);
    assert.match(text, /function enable_logging may not be called/);
  });

  it("answers an unknown path or parameter with one sentence", async () => {
    const wrong: Record<string, RegExp> = {
      "/?last=2y": /last is one of 1h, 6h, 24h, 7d instead of &quot;2y&quot;/,
      "/?from=yesterday": /from takes a time such as/,
      "/?from=1768435200&to=1768435200": /the window is empty/,
      "/?is=colour:blue": /a filter is one of address, source/,
      "/?is=port:ssh": /a filter by port takes a number instead of &quot;ssh&quot;/,
      "/queries/top-talker": /there is no saved query &quot;top-talker&quot;/,
      "/queries/top-talkers?p-rows=x": /parameter rows takes a whole number/,
      "/port/x": /takes a number/,
    };
    for (const [path, sentence] of Object.entries(wrong)) {
      const { status, text } = await ask(path, withCookie());
      assert.equal(status, 400, path);
      assert.match(text, sentence);
    }
  });

  it("sends no shorter file when the last row of an answer fails", async () => {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const sql =
      "SELECT CAST(CASE WHEN n = 300000 THEN 'x' ELSE '1' END AS bigint) FROM UNNEST(sequence(1, 300000)) AS t (n)";
    for (const form of ["csv", "json", "parquet"]) {
      const body = new URLSearchParams({ sql }).toString();
      const { status, headers, text } = await ask(`/sql/${form}`, {
        method: "POST",
        body,
        headers: { cookie, ...type },
      });
      assert.equal(status, 400, form);
      assert.equal(headers["content-disposition"], undefined);
      assert.match(text, /Could not convert string/);
    }
  });

  it("leads to no other host from the form of filters", async () => {
    for (const page of ["//evil.example", "/\\evil.example", "https://evil.example", "\\evil"]) {
      const query = new URLSearchParams({ page, subject: "port", value: "443" });
      const { headers } = await ask(`/filter?${query}`, withCookie());
      assert.equal(headers.location, "/?is=port%3A443", page);
    }
  });

  it("shows the lake as it is, also if no page was open while it changed", async () => {
    const lines = async () =>
      Number(
        />lines<\/th><td class="n">([\d,]+)</
          .exec((await ask("/", withCookie())).text)?.[1]
          .replaceAll(",", ""),
      );
    const before = await lines();
    assert.ok(before > 0);
    await flowlogs(dir, ["run", join(SAMPLES, "default-v2.log"), "--again"]);
    assert.equal(await lines(), 2 * before);
    rmSync(join(dir, "lake/flow-logs"), { recursive: true });
    assert.equal(await lines(), 0);
  });

  it("names the port that is free when one is taken", async () => {
    const { port } = new URL(running.url);
    await assert.rejects(startConsole({ dir: join(dir, "lake"), port: Number(port) }), {
      message: new RegExp(`^port ${port} is in use; port \\d+ is free: --port \\d+$`),
    });
  });
});
