import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Says no to a request in a sentence. */
const refuse = (c: Context, sentence: string) => c.text(`${sentence}\n`, 403);

const same = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(left, right);
};

/** Names under which this machine reaches the console, and nobody else. */
const hostsOf = (port: number) => ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);

/**
 * Refuses requests for another host: a page of somebody else whose name leads to 127.0.0.1 (DNS rebinding) would read the lake.
 * Refuses requests that pages of other origins make.
 */
export const onlyThisOrigin =
  (port: () => number): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header("host") ?? "";
    const hosts = hostsOf(port());
    if (!hosts.includes(host)) return refuse(c, `The console answers at http://${hosts[0]} only.`);
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`)
      return refuse(c, "The console answers no page of another origin.");
    const site = c.req.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin" && site !== "none" && c.req.query("token") === undefined)
      return refuse(c, "The console answers no page of another site.");
    return next();
  };

/** A secret for one run of the console. */
export const newToken = (): string => randomBytes(24).toString("base64url");

/** Cookies do not tell ports apart, so the name does. */
const cookieOf = (port: number) => `flowlogs-${port}`;

/** Lets in who has the token: first from the opened address, which leaves it in a cookie, and from that cookie then. */
export const onlyWithToken =
  (port: () => number, token: string): MiddlewareHandler =>
  async (c, next) => {
    const given = c.req.query("token");
    const name = cookieOf(port());
    if (given !== undefined && same(given, token)) {
      setCookie(c, name, token, { httpOnly: true, sameSite: "Strict", path: "/" });
      const to = new URL(c.req.url);
      to.searchParams.delete("token");
      return c.redirect(`${to.pathname}${to.search}`, 303);
    }
    if (same(getCookie(c, name) ?? "", token)) return next();
    return refuse(c, "Open the address that flowlogs console printed: it has the token that lets you in.");
  };

/** Headers of every answer: nothing from elsewhere, no script or style in the page, no frame around it. */
export const headers: MiddlewareHandler = async (c, next) => {
  const nonce = randomBytes(16).toString("base64");
  c.set("nonce", nonce);
  await next();
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  c.header("Content-Security-Policy", policy.join("; "));
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cross-Origin-Opener-Policy", "same-origin");
  c.header("Cross-Origin-Resource-Policy", "same-origin");
  if (!c.req.path.startsWith("/assets/")) c.header("Cache-Control", "no-store");
};
