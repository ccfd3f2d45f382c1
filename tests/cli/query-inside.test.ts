import assert from "node:assert/strict";
import { flowlogs, workFolder } from "./flowlogs";

/** A line of AWS's default format: bytes from one address to port 443 of another. */
const line = (from: string, to: string, bytes: number) =>
  `2 123456789010 eni-0a1b2c3d4e5f60718 ${from} ${to} 40000 443 6 10 ${bytes} 1732244410 1732244469 ACCEPT OK\n`;

const LINES = [
  line("54.10.0.5", "54.10.1.6", 1000),
  line("54.10.0.5", "198.51.100.7", 2000),
  line("2600:1f18:12:3400::5", "2600:1f18:12:3400::6", 3000),
  line("2600:1f18:12:3400::5", "2001:db8::7", 4000),
].join("");

const BLOCKS = JSON.stringify(["54.10.0.0/16", "2600:1f18:12:3400::/56"]);

describe("flowlogs query, in a VPC with public addresses", () => {
  const dir = workFolder();
  const egress = async (...more: string[]) => {
    const { code, stdout, stderr } = await flowlogs(dir, [
      "query",
      "internet-egress",
      "--all",
      "--json",
      ...more,
    ]);
    assert.equal(code, 0, stderr);
    const rows = JSON.parse(stdout) as { dstaddr: string; bytes: number }[];
    return { out: rows.map(({ dstaddr, bytes }) => [dstaddr, bytes]), said: stderr };
  };

  before(async () => {
    const { code, stderr } = await flowlogs(dir, ["run", "-", "-c", `insideCidrBlocks=${BLOCKS}`], LINES);
    assert.equal(code, 0, stderr);
  });

  it("treats the stack's blocks as inside, in IPv4 and IPv6, and says so", async () => {
    const { out, said } = await egress();
    assert.deepEqual(out, [
      ["2001:db8::7", 4000],
      ["198.51.100.7", 2000],
    ]);
    assert.match(said, /54\.10\.0\.0\/16.*2600:1f18:12:3400::\/56/);
  });

  it("treats given blocks as inside instead, and names those", async () => {
    const { out, said } = await egress("-p", "inside=54.10.0.0/24");
    assert.ok(
      out.some(([address]) => address === "54.10.1.6"),
      JSON.stringify(out),
    );
    assert.match(said, /54\.10\.0\.0\/24/);
    assert.doesNotMatch(said, /2600:1f18/);
  });
});
