import assert from "node:assert/strict";
import { isIP } from "node:net";
import fc from "fast-check";
import { makeNetworks } from "../../functions/networks";
import { packNetworks } from "../../schema/networks";
import {
  finder,
  ipv4Text,
  isMapped,
  lastOf,
  naive,
  nestedBlocks,
  networksOf,
  textOf,
} from "./networks-naive";

describe("etl: networks", () => {
  const find = finder({
    prod: ["10.0.0.0/16", "2001:db8::/32"],
    office: ["203.0.113.7/32", "10.0.128.0/20", "::1"],
    translated: ["64:ff9b::/96"],
    edge: ["0.0.0.0/32", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    mapped: ["::ffff:192.0.2.0/120"],
  });

  const table: Record<string, string | undefined> = {
    "10.0.0.0": "prod",
    "10.0.127.255": "prod",
    "10.0.128.0": "office",
    "10.0.143.255": "office",
    "10.0.144.0": "prod",
    "10.0.255.255": "prod",
    "10.1.0.0": undefined,
    "9.255.255.255": undefined,
    "203.0.113.7": "office",
    "203.0.113.8": undefined,
    "0.0.0.0": "edge",
    "0.0.0.1": undefined,
    "255.255.255.254": undefined,
    "255.255.255.255": "edge",
    "192.0.2.255": "mapped",
    "::": "edge",
    "::1": "office",
    "::2": undefined,
    "0:0:0:0:0:0:0:1": "office",
    "0000:0000:0000:0000:0000:0000:0000:0001": "office",
    "::0.0.0.1": "office",
    "0::0:1": "office",
    "2001:db8::": "prod",
    "2001:DB8:Ffff::": "prod",
    "2001:0db8::0001": "prod",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff": "prod",
    "2001:db9::": undefined,
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff": undefined,
    "1:2:3:4:5:6:7::": undefined,
    "64:ff9b::192.0.2.1": "translated",
    "64:ff9b:0:0:0:0:192.0.2.1": "translated",
    "64:ff9b::c000:201": "translated",
    "64:ff9b::1:0:0": undefined,
    "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255": "edge",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe": undefined,
    "::ffff:10.0.0.1": "prod",
    "::FFFF:0a00:0001": "prod",
    "0:0:0:0:0:ffff:10.0.0.1": "prod",
    "::ffff:0:0": "edge",
    "::ffff:192.0.2.9": "mapped",
    "::fffe:10.0.0.1": undefined,
    "1::ffff:10.0.0.1": undefined,
  };
  for (const [text, name] of Object.entries(table))
    it(`finds ${text} in ${name ?? "no network"}`, () => assert.equal(find(text), name));

  it("finds nothing where there are no networks", () => {
    for (const text of ["10.0.0.1", "::1", "::ffff:1.2.3.4", "-", ""])
      assert.equal(finder({})(text), undefined);
  });

  const everything = finder({ ipv4: ["0.0.0.0/0"], ipv6: ["::/0"], inner: ["10.0.0.0/8", "2001:db8::/32"] });
  it("finds the more specific block inside the default, and an IPv4-mapped address in the IPv4 one", () => {
    const texts = ["10.1.2.3", "11.0.0.0", "2001:db8::1", "2001:db9::", "::ffff:8.8.8.8", "::ffff:10.0.0.0"];
    assert.deepEqual(texts.map(everything), ["inner", "ipv4", "inner", "ipv6", "ipv4", "inner"]);
  });

  const broken = [
    ...[
      "",
      "-",
      ".",
      "...",
      "1.2.3",
      "1.2.3.",
      ".1.2.3.4",
      "1.2.3.4.",
      "1.2.3.4.5",
      "1..2.3",
      "1.2.3.256",
      "256.1.1.1",
    ],
    ...[
      "999.1.1.1",
      "01.2.3.4",
      "1.2.3.04",
      "1.2.3.00",
      "00.0.0.0",
      "1.2.3.4000",
      "1.2.3.-4",
      "1.2.3.4 ",
      " 1.2.3.4",
    ],
    ...[
      "1.2.3.a",
      "1.2.a.4",
      "1a.2.3.4",
      "0x1.2.3.4",
      "1,2,3,4",
      "1.2.3.4/32",
      "16909060",
      "1.2.3.4:80",
      "1/2.3.4.5",
    ],
    ...[
      ":",
      ":::",
      "::::",
      ":1",
      "1:",
      "1::2::3",
      ":1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:",
      "1:::2",
    ],
    ...[
      "1:2:3:4:5:6:7:8:",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7:8::",
      "::1:2:3:4:5:6:7:8",
      "1:2:3:4::5:6:7:8",
    ],
    ...[
      "12345::",
      "::12345",
      "g::",
      "::g",
      "::1%eth0",
      "[::1]",
      "::1/128",
      "::1.2.3",
      "::1.2.3.4:5",
      "::1.2.3.256",
    ],
    ...[
      "1:2:3:4:5:6:7:1.2.3.4",
      "1:2:3:4:5:1.2.3.4",
      "1.2.3.4::",
      "::a.2.3.4",
      "::.1.2.3",
      "::1.2.3.4.5",
      "1.2.3.4:",
    ],
  ];
  for (const text of broken)
    it(`takes ${JSON.stringify(text)} for no address`, () => assert.equal(everything(text), undefined));

  it("accepts the same addresses as Node, without zones", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."00112259aFfg::::....%/ -"), maxLength: 24 });
    const part = fc.oneof(
      fc.constantFrom("", "0", "1", "00", "ffff", "10000", "255", "256", "025"),
      fc.nat(300).map(String),
    );
    const joined = fc
      .tuple(
        fc.array(part, { maxLength: 10 }),
        fc.constantFrom(".", ":"),
        fc.constantFrom("", "1.2.3.4", ":1.2.3.4"),
      )
      .map(([parts, separator, tail]) => parts.join(separator) + tail);
    const edited = fc
      .tuple(
        fc.oneof(fc.ipV4(), fc.ipV6()),
        fc.nat(40),
        fc.nat(2),
        fc.constantFrom("", "0", ":", ".", "f", "9"),
      )
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(letters, joined, edited, fc.ipV4(), fc.ipV6()), (text) => {
        const family = text.includes("%") ? 0 : isIP(text);
        assert.equal(everything(text) !== undefined, family !== 0);
        if (family === 4) assert.notEqual(everything(text), "ipv6");
      }),
      { numRuns: 20_000 },
    );
  });

  it("never throws, whatever the bytes", () => {
    const { lookup } = makeNetworks(packNetworks({ all: ["0.0.0.0/0", "::/0"] }));
    const index = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), index, index, (src, from, to) => {
        assert.ok([-1, 0].includes(lookup(src, from, to)));
      }),
      { numRuns: 5_000 },
    );
  });

  for (const bits of [32, 128]) {
    it(`finds what a naive search for the longest prefix does, in blocks of ${bits} bits`, () => {
      const most = (1n << BigInt(bits)) - 1n;
      fc.assert(
        fc.property(nestedBlocks(bits), fc.array(fc.bigInt({ min: 0n, max: most })), (drawn, others) => {
          const blocks = drawn.filter((block) => bits === 32 || !isMapped(block.first));
          const find = finder(networksOf(blocks, bits));
          const edges = blocks.flatMap((b) => [b.first - 1n, b.first, lastOf(b, bits), lastOf(b, bits) + 1n]);
          for (const address of [0n, most, ...edges, ...others]) {
            if (address < 0n || address > most || (bits === 128 && isMapped(address))) continue;
            assert.equal(find(textOf(address, bits)), naive(blocks, bits, address), textOf(address, bits));
          }
        }),
        { numRuns: 400 },
      );
    });
  }

  it("finds an IPv6 address however it is written", () => {
    const group = fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat(0xffff) },
    );
    const written = fc.record({
      groups: fc.array(group, { minLength: 8, maxLength: 8 }),
      pad: fc.nat(4),
      upper: fc.boolean(),
      dotted: fc.boolean(),
      gap: fc.tuple(fc.nat(7), fc.nat(7)),
    });
    fc.assert(
      fc.property(written, ({ groups, pad, upper, dotted, gap: [from, to] }) => {
        const texts = groups.map((g) => g.toString(16).padStart(pad, "0"));
        const [high, low] = groups.slice(6);
        if (dotted) texts.splice(6, 2, [high >> 8, high & 255, low >> 8, low & 255].join("."));
        const isGap =
          from <= to &&
          to < texts.length - Number(dotted) &&
          groups.slice(from, to + 1).every((g) => g === 0);
        const text = isGap
          ? `${texts.slice(0, from).join(":")}::${texts.slice(to + 1).join(":")}`
          : texts.join(":");
        const own = groups.map((g) => g.toString(16)).join(":");
        const name = finder({ it: [own], rest: ["::/0", "0.0.0.0/0"] })(upper ? text.toUpperCase() : text);
        assert.equal(name, "it", text);
      }),
      { numRuns: 1_000 },
    );
  });

  it("tells 8,000 adjacent networks apart", () => {
    const blocks = Array.from({ length: 8000 }, (_, i) => `${ipv4Text(BigInt(0x0a000000 + i * 16))}/28`);
    const find = finder(Object.fromEntries(blocks.map((block, i) => [`n${i}`, [block]])));
    for (let i = 0; i < 8000; i += 7) {
      assert.equal(find(ipv4Text(BigInt(0x0a000000 + i * 16))), `n${i}`);
      assert.equal(find(ipv4Text(BigInt(0x0a000000 + i * 16 + 15))), `n${i}`);
    }
  });

  it("is self-contained: its source alone makes the lookup", () => {
    const alone = new Function(`"use strict"; return ${makeNetworks.toString()}`)() as typeof makeNetworks;
    const find = finder({ prod: ["10.0.0.0/16", "2001:db8::/32"] }, alone);
    assert.deepEqual(["10.0.9.9", "2001:db8::9", "11.0.0.0", "-"].map(find), [
      "prod",
      "prod",
      undefined,
      undefined,
    ]);
  });
});
