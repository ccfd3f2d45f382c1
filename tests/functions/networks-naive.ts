import assert from "node:assert/strict";
import fc from "fast-check";
import { makeNetworks } from "../../functions/networks";
import { networkProblems, packNetworks } from "../../schema/networks";

export type Networks = Record<string, string[]>;

/** The name that the lookup finds for a text, whatever bytes are around it. */
export const finder = (networks: Networks, make = makeNetworks) => {
  assert.deepEqual(networkProblems(networks), []);
  const packed = packNetworks(networks);
  const { lookup } = make(packed);
  return (text: string): string | undefined => {
    const found = lookup(Buffer.from(text, "latin1"), 0, text.length);
    for (const around of ["1", ".", ":", "f", " ", ".1", ":1"]) {
      const src = Buffer.from(around + text + around, "latin1");
      assert.equal(lookup(src, around.length, around.length + text.length), found);
    }
    return packed.names[found];
  };
};

export const ipv4Text = (value: bigint) =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
export const ipv6Groups = (value: bigint) =>
  Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
export const ipv6Text = (value: bigint) =>
  ipv6Groups(value)
    .map((group) => group.toString(16))
    .join(":");
export const textOf = (value: bigint, bits: number) => (bits === 32 ? ipv4Text(value) : ipv6Text(value));

export interface Block {
  first: bigint;
  length: number;
  name: string;
}

export const lastOf = ({ first, length }: Block, bits: number) => first + (1n << BigInt(bits - length)) - 1n;

/** A naive search for the longest prefix, as a reference. */
export const naive = (blocks: Block[], bits: number, address: bigint): string | undefined =>
  blocks
    .filter((block) => block.first <= address && address <= lastOf(block, bits))
    .reduce<Block | undefined>(
      (best, block) => (best && best.length > block.length ? best : block),
      undefined,
    )?.name;

export const networksOf = (blocks: Block[], bits: number): Networks => {
  const networks: Networks = {};
  for (const { first, length, name } of blocks) {
    networks[name] ??= [];
    networks[name].push(`${textOf(first, bits)}/${length}`);
  }
  return networks;
};

/** Blocks that are often nested or adjacent: each contains one of a few addresses, or a near one. */
export const nestedBlocks = (bits: number) => {
  const most = (1n << BigInt(bits)) - 1n;
  const address = fc.bigInt({ min: 0n, max: most });
  return fc.array(address, { minLength: 1, maxLength: 3 }).chain((roots) => {
    const near = fc.tuple(fc.constantFrom(...roots), fc.nat(bits), fc.constantFrom(-1n, 0n, 1n));
    const block = fc.tuple(near, fc.nat(bits), fc.constantFrom("a", "b", "c", "d"));
    return fc.array(block, { minLength: 1, maxLength: 40 }).map((drawn) => {
      const byBlock = new Map<string, Block>();
      for (const [[root, shift, step], length, name] of drawn) {
        const hostBits = BigInt(bits - length);
        const moved = (root + (step << BigInt(bits === shift ? 0 : shift))) & most;
        const first = (moved >> hostBits) << hostBits;
        byBlock.set(`${first}/${length}`, { first, length, name });
      }
      return [...byBlock.values()];
    });
  });
};

export const isMapped = (address: bigint) => address >> 32n === 0xffffn;
