import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { addressesOf, blocksOf } from "../../queries/prefixes";

const inBlock = (block: string, address: string) => new RegExp(`^(${addressesOf(block)})$`).test(address);

/** True if Node's own BlockList has the address in the block. */
const nodeSays = (block: string, address: string, family: "ipv4" | "ipv6") => {
  const [net, length] = block.split("/");
  const list = new BlockList();
  list.addSubnet(net, Number(length), family);
  return list.check(address, family);
};

/** An IPv6 address in its shortest form, as a URL's host is. */
const shortest = (groups: number[]) =>
  new URL(`http://[${groups.map((group) => group.toString(16)).join(":")}]`).hostname.slice(1, -1);

/** Groups that are often zero, so that `::` stands in many places. */
const group = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 0xffff }));
const octet = fc.integer({ min: 0, max: 255 });

describe("query: CIDR blocks as regular expressions", () => {
  it("match the IPv4 addresses that Node says are in the block", () => {
    const arrays = fc.array(octet, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        arrays,
        arrays,
        fc.integer({ min: 0, max: 32 }),
        fc.nat(4),
        (net, other, length, shared) => {
          const block = `${net.join(".")}/${length}`;
          const address = [...net.slice(0, shared), ...other.slice(shared)].join(".");
          assert.equal(inBlock(block, address), nodeSays(block, address, "ipv4"), `${address} in ${block}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("match the IPv6 addresses that Node says are in the block, in short form and in full", () => {
    const arrays = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        arrays,
        arrays,
        fc.integer({ min: 0, max: 128 }),
        fc.nat(8),
        (net, other, length, shared) => {
          const block = `${shortest(net)}/${length}`;
          const groups = [...net.slice(0, shared), ...other.slice(shared)];
          for (const address of [shortest(groups), groups.map((each) => each.toString(16)).join(":")])
            assert.equal(inBlock(block, address), nodeSays(block, address, "ipv6"), `${address} in ${block}`);
        },
      ),
      { numRuns: 5000 },
    );
  });

  for (const block of [
    "10.0.0.0",
    "10.0.0/8",
    "10.0.0.0/33",
    "2600::/129",
    "::ffff:10.0.0.0/104",
    "x/8",
    "10.0.0.0/8/8",
  ])
    it(`are refused for ${block}`, () => assert.throws(() => addressesOf(block), /is no CIDR block/));

  it("come from a list with commas between, with spaces or without", () =>
    assert.deepEqual(blocksOf(" 10.0.0.0/16,2600:1f18::/56 , "), ["10.0.0.0/16", "2600:1f18::/56"]));
});
