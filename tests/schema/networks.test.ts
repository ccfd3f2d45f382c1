import assert from "node:assert/strict";
import { networkProblems, packNetworks } from "../../schema/networks";

const reasons = (networks: unknown) =>
  networkProblems(networks as Record<string, string[]>).map((p) => `${p.propertyPath} ${p.reason}`);
const ofBlock = (block: unknown) => reasons({ prod: ["10.9.0.0/16", block] });
const ofName = (name: string) => reasons({ [name]: ["10.9.0.0/16"] });

describe("networks: mistakes", () => {
  const right = [
    "10.0.0.0/16",
    "0.0.0.0/0",
    "203.0.113.7",
    "203.0.113.7/32",
    "255.255.255.255",
    "::/0",
    "::",
    "::1/128",
    "2001:db8::/32",
    "2001:DB8::/32",
    "2001:0db8:0000:0000:0000:0000:0000:0000/32",
    "1:2:3:4:5:6:7::/112",
    "64:ff9b::192.0.2.0/120",
    "::ffff:10.0.0.0/104",
    "1:2:3:4:5:6:1.2.3.4",
  ];
  for (const block of right)
    it(`finds nothing wrong with ${block}`, () => assert.deepEqual(ofBlock(block), []));

  const notBlocks = [
    "",
    "/16",
    "prod",
    "10.0.0/16",
    "10.0.0.256",
    "010.0.0.0/16",
    " 10.0.0.0/16",
    "10.0.0.0 /16",
  ];
  const notIPv6 = [":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "[::1]"];
  for (const block of [...notBlocks, ...notIPv6, 5, null, undefined, ["10.0.0.0/16"], { cidr: 1 }]) {
    it(`refuses ${JSON.stringify(block)}, which is no block, and shows two that are`, () => {
      const [reason, ...others] = ofBlock(block);
      assert.deepEqual(others, []);
      assert.match(
        reason,
        /^networks\.prod\[1\] must be a CIDR block such as 10\.0\.0\.0\/16 or 2001:db8::\/32; got ./,
      );
    });
  }

  const table: Record<string, string> = {
    "10.0.0.1/16": 'must have no bits set after its prefix; got "10.0.0.1/16"; did you mean 10.0.0.0/16?',
    "255.255.255.255/0":
      'must have no bits set after its prefix; got "255.255.255.255/0"; did you mean 0.0.0.0/0?',
    "2001:db8::1/32":
      'must have no bits set after its prefix; got "2001:db8::1/32"; did you mean 2001:db8::/32?',
    "2001:db8:0:1:0:0:FFFF:0/96":
      'must have no bits set after its prefix; got "2001:db8:0:1:0:0:FFFF:0/96"; did you mean 2001:db8:0:1::/96?',
    "::1/0": 'must have no bits set after its prefix; got "::1/0"; did you mean ::/0?',
    "10.0.0.0/33": 'must have a prefix length from /0 to /32; got "10.0.0.0/33"',
    "10.0.0.0/-1": 'must have a prefix length from /0 to /32; got "10.0.0.0/-1"',
    "10.0.0.0/": 'must have a prefix length from /0 to /32; got "10.0.0.0/"',
    "10.0.0.0/08": 'must have a prefix length from /0 to /32; got "10.0.0.0/08"',
    "10.0.0.0/16/16": 'must have a prefix length from /0 to /32; got "10.0.0.0/16/16"',
    "10.0.0.0/255.255.0.0": 'must have a prefix length from /0 to /32; got "10.0.0.0/255.255.0.0"',
    "::/129": 'must have a prefix length from /0 to /128; got "::/129"',
    "fe80::1%eth0": 'must be without the zone after %; got "fe80::1%eth0"',
    "fe80::%1/64": 'must be without the zone after %; got "fe80::%1/64"',
  };
  for (const [block, reason] of Object.entries(table)) {
    it(`refuses ${block} with a message of its own`, () =>
      assert.deepEqual(ofBlock(block), [`networks.prod[1] ${reason}`]));
  }

  it("shows the beginning of a long text", () => {
    assert.ok(ofBlock("x".repeat(1e6))[0].length < 250);
  });

  it("refuses a block under two names, however it is written", () => {
    const twice = { a: ["10.0.0.0/16", "2001:db8::/32"], b: ["::ffff:10.0.0.0/112"], c: ["2001:DB8:0::/32"] };
    assert.deepEqual(reasons(twice), [
      'networks.b[0] must have one name, and is also networks.a[0]; got "::ffff:10.0.0.0/112"',
      'networks.c[0] must have one name, and is also networks.a[1]; got "2001:DB8:0::/32"',
    ]);
  });

  it("allows a block twice under one name, a block inside another, and a network without blocks", () => {
    assert.deepEqual(reasons({ a: ["10.0.0.0/16", "10.0.0.0/16"], b: ["10.0.0.0/24"], c: [] }), []);
  });

  for (const name of ["prod", "Head office (Bern)", "a.b/c", "it's", "0", "x".repeat(64), "__proto__"])
    it(`allows the name ${name}`, () => assert.deepEqual(ofName(name), []));

  const names: Record<string, string> = {
    "": 'networks[""] must have a name, such as "prod"; got ""',
    " ": 'networks[" "] must have a name, such as "prod"; got " "',
    'a"b': String.raw`networks["a\"b"] must have a name of printable ASCII without " and \, such as "prod"; got "a\"b"`,
    "a\\b": String.raw`networks["a\\b"] must have a name of printable ASCII without " and \, such as "prod"; got "a\\b"`,
    "a\nb": String.raw`networks["a\nb"] must have a name of printable ASCII without " and \, such as "prod"; got "a\nb"`,
    zürich:
      'networks["zürich"] must have a name of printable ASCII without " and \\, such as "prod"; got "zürich"',
    ["x".repeat(65)]:
      `networks.${"x".repeat(65)} must have a name of at most 64 characters, not 65; got "${"x".repeat(65)}"`,
  };
  for (const [name, reason] of Object.entries(names))
    it(`refuses the name ${JSON.stringify(name)}`, () => assert.deepEqual(ofName(name), [reason]));

  const form = '{ prod: ["10.0.0.0/16"] }';
  for (const [shown, networks] of Object.entries({
    null: null,
    "[ 'a' ]": ["a"],
    '"10.0.0.0/16"': "10.0.0.0/16",
  }))
    it(`refuses ${shown} for networks`, () =>
      assert.deepEqual(reasons(networks), [
        `networks must be lists of CIDR blocks by name, such as ${form}; got ${shown}`,
      ]));

  it("refuses one block that is not in a list", () => {
    assert.deepEqual(reasons({ prod: "10.0.0.0/16" }), [
      `networks.prod must be a list of CIDR blocks, as in ${form}; got "10.0.0.0/16"`,
    ]);
  });

  it("tells every mistake at once", () => {
    const wrong = { 'a"': ["10.0.0.1/8", "10.0.0.0/8", "x"], "": "no", b: ["10.0.0.0/8"] };
    const paths = networkProblems(wrong as unknown as Record<string, string[]>).map((p) => p.propertyPath);
    assert.deepEqual(paths, [
      String.raw`networks["a\""]`,
      String.raw`networks["a\""][0]`,
      String.raw`networks["a\""][2]`,
      'networks[""]',
      'networks[""]',
      "networks.b[0]",
    ]);
  });
});

describe("networks: packed", () => {
  const hex = (text: string) => Buffer.from(text, "base64").toString("hex");

  it("begins with the range at zero, and shares leading bytes with the range before", () => {
    const { names, v4 } = packNetworks({ prod: ["10.0.0.0/16"], office: ["10.0.1.0/24"] });
    assert.deepEqual(names, ["prod", "office"]);
    // 0.0.0.0, 10.0.0.0, 10.0.1.0, 10.0.2.0, 10.1.0.0
    assert.deepEqual([v4.heads, v4.bytes, v4.labels].map(hex), ["0000202010", "000a010201", "0001020100"]);
  });

  it("merges adjacent and nested blocks of the same name into one range", () => {
    const whole = packNetworks({ prod: ["10.0.0.0/8"] });
    assert.deepEqual(packNetworks({ prod: ["10.128.0.0/9", "10.0.0.0/9", "10.3.0.0/16"] }), whole);
  });

  it("packs nothing as one range without a name", () => {
    const nothing = { heads: "AA==", bytes: "AA==", labels: "AA==" };
    assert.deepEqual(packNetworks({}), { names: [], v4: nothing, v6: nothing });
  });

  it("is the same whatever the order of a network's blocks", () => {
    const blocks = ["10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32", "10.1.0.0/24"];
    assert.deepEqual(packNetworks({ a: blocks }), packNetworks({ a: blocks.toReversed() }));
  });
});
