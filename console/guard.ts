import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Refuses a request with one sentence. */
const refuse = (c: Context, sentence: string) => c.text(`${sentence}\n`, 403);

const same = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(left, right);
};

/** Host names of the loopback interface, which only this machine can reach. */
const hostsOf = (port: number) => ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);

/**
 * Refuses requests for another host. With DNS rebinding, a stranger's page could otherwise read the lake through 127.0.0.1.
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

/** Name of the cookie. It has the port, since browsers share cookies between ports. */
const cookieOf = (port: number) => `flowlogs-${port}`;

/** Accepts requests with the token. The opened address has it first and sets a cookie, which has it from then on. */
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

/** Headers of every response: no resource of another origin, no inline script or style, no frame. */
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
