import type { PackedNetworks, PackedRanges } from "../schema/networks";

/**
 * Makes the lookup in networks. `find` takes an address as text in bytes and returns the index of its network's name;
 * -1 if it is in no network or is no address. The IPv4 tables are for the WebAssembly module, which searches them itself.
 */
export const makeNetworks = (packed: PackedNetworks) => {
  const B = Buffer;
  const POINT = 46;
  // Groups of 16 bits of the current address. The array is reused, and V8 keeps numbers of 16 bits out of the heap.
  const groups = new Uint16Array(8);

  // The value of a hexadecimal digit, and 16 for every other byte.
  const hex = new Uint8Array(256).fill(16);
  for (const digits of ["0123456789abcdef", "0123456789ABCDEF"])
    for (let digit = 0; digit < 16; digit++) hex[digits.charCodeAt(digit)] = digit;

  /** Reads a dotted quad into two groups from `at`. A leading zero is refused: some readers take it for octal. */
  const readIPv4 = (src: Uint8Array, from: number, to: number, at: number): boolean => {
    let octets = 0;
    let octet = 0;
    let digits = 0;
    for (let i = from; i <= to; i++) {
      const digit = i < to ? src[i] - 48 : POINT - 48;
      if (digit >= 0 && digit <= 9) {
        if (digits > 0 && octet === 0) return false;
        octet = octet * 10 + digit;
        if (++digits > 3 || octet > 255) return false;
      } else if (digit === POINT - 48 && digits > 0 && octets < 4) {
        const group = at + (octets >> 1);
        groups[group] = (groups[group] << 8) | octet;
        octets++;
        octet = 0;
        digits = 0;
      } else return false;
    }
    return octets === 4;
  };

  /** Moves the groups that came after `::` to the end, with zeros before them. */
  const spread = (count: number, gap: number): boolean => {
    if (gap < 0) return count === 8;
    if (count > 7) return false;
    for (let i = 7; i >= gap; i--) {
      const source = i - 8 + count;
      groups[i] = source >= gap ? groups[source] : 0;
    }
    return true;
  };

  /** Writes beyond the eighth group do nothing, since `groups` is a typed array; `spread` then refuses the count. */
  const readIPv6 = (src: Uint8Array, from: number, to: number): boolean => {
    let count = 0;
    let gap = -1;
    let group = 0;
    let digits = 0;
    const leading = src[from] === 58;
    if (leading && src[from + 1] !== 58) return false;
    for (let i = leading ? from + 1 : from; i < to; i++) {
      const digit = hex[src[i]];
      if (digit < 16) {
        if (++digits > 4) return false;
        group = (group << 4) | digit;
      } else if (src[i] === 58) {
        if (digits > 0) groups[count++] = group;
        else if (gap < 0) gap = count;
        else return false;
        group = 0;
        digits = 0;
      } else {
        return src[i] === 46 && readIPv4(src, i - digits, to, count) && spread(count + 2, gap);
      }
    }
    if (digits > 0) groups[count++] = group;
    else if (gap !== count) return false;
    return spread(count, gap);
  };

  /** `pages[p]` to `pages[p + 1] - 1` are the ranges whose first address begins with group p. */
  const makeTable = ({ heads, bytes, labels }: PackedRanges, width: number) => {
    const [head, byte, label] = [heads, bytes, labels].map((column) => B.from(column, "base64"));
    const pages = new Uint32Array(65537);
    const rest = new Uint16Array(head.length * (width - 1));
    const names = new Int32Array(head.length);
    const address = new Uint8Array(width * 2);
    for (let range = 0, r = 0, b = 0, l = 0; range < head.length; range++) {
      let i = head[range] >> 4;
      for (let more = head[range] & 15; more >= 0; more--) address[i++] = byte[b++];
      address.fill(0, i);
      pages[((address[0] << 8) | address[1]) + 1]++;
      for (let g = 2; g < address.length; g += 2) rest[r++] = (address[g] << 8) | address[g + 1];
      names[range] = (label[l] & 127) - 1;
      for (let shift = 7; label[l++] > 127; shift += 7) names[range] += (label[l] & 127) << shift;
    }
    for (let p = 0; p < 65536; p++) pages[p + 1] += pages[p];
    return { pages, rest, names };
  };

  /**
   * Tables of the IPv4 ranges for a lookup without a binary search. `pages`, by an address's first two bytes, has a block;
   * `blocks`, by the third byte, has a leaf (its offset times 512, plus its number of ranges); a leaf has the last bytes at
   * which its ranges begin, in order, with their names. The first leaves are each one network as a whole.
   */
  const makeLeaves = ({ pages: first, rest, names: namesOf }: ReturnType<typeof makeTable>) => {
    const wholes = packed.names.length + 1;
    const wholeLeaf = (name: number) => (name + 1) * 512 + 1;
    const wholeBlocks = new Int32Array(wholes).fill(-1);
    const pages = new Uint32Array(65536);
    const begins = new Uint8Array(wholes + namesOf.length * 2);
    const names = new Int32Array(begins.length).map((_, leaf) => leaf - 1);
    let touched = 0;
    for (let page = 0; page < 65536; page++) if (first[page] < first[page + 1]) touched++;
    // A page with ranges may be followed by a page that is all one other network.
    const blocks = new Uint32Array((touched * 2 + 1) * 256);
    let block = 0;
    let leaf = wholes;
    let name = -1;
    for (let page = 0, range = 0; page < 65536; page++) {
      const end = first[page + 1];
      const known = range < end ? -1 : wholeBlocks[name + 1];
      pages[page] = known < 0 ? block : known;
      if (known >= 0) continue;
      if (range === end) wholeBlocks[name + 1] = block;
      blocks.fill(wholeLeaf(name), block, block + 256);
      block += 256;
      for (let open = -1; range < end; range++) {
        const third = rest[range] >> 8;
        const begin = rest[range] & 255;
        if (begin > 0) {
          // The range that began before the leaf continues at its byte 0.
          if (third !== open) {
            blocks[pages[page] + third] = leaf * 512 + 1;
            names[leaf++] = name;
            open = third;
          }
          begins[leaf] = begin;
          names[leaf++] = namesOf[range];
          blocks[pages[page] + third]++;
        } else blocks[pages[page] + third] = wholeLeaf(namesOf[range]);
        name = namesOf[range];
        blocks.fill(wholeLeaf(name), pages[page] + third + 1, block);
      }
    }
    return { pages, blocks: blocks.subarray(0, block), begins, names };
  };

  const v4 = makeLeaves(makeTable(packed.v4, 2));
  const findIPv4 = (at: number): number => {
    const { pages, blocks, begins, names } = v4;
    const leaf = blocks[pages[groups[at]] + (groups[at + 1] >> 8)];
    let range = (leaf >>> 9) + (leaf & 511) - 1;
    while (begins[range] > (groups[at + 1] & 255)) range--;
    return names[range];
  };

  const v6 = makeTable(packed.v6, 8);
  const beginsAfter = (range: number): boolean => {
    let at = range * 7;
    let g = 1;
    while (g < 7 && v6.rest[at] === groups[g]) {
      at++;
      g++;
    }
    return v6.rest[at] > groups[g];
  };
  const findIPv6 = (): number => {
    const { pages, names } = v6;
    let low = pages[groups[0]] - 1;
    let high = pages[groups[0] + 1] - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (beginsAfter(middle)) high = middle - 1;
      else low = middle;
    }
    return names[low];
  };

  const isMapped = () =>
    groups[5] === 0xffff && (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) === 0;

  const lookup = (src: Uint8Array, from: number, to: number): number => {
    if (readIPv4(src, from, to, 0)) return findIPv4(0);
    if (!readIPv6(src, from, to)) return -1;
    return isMapped() ? findIPv4(6) : findIPv6();
  };
  return { lookup, v4 };
};

export type Networks = ReturnType<typeof makeNetworks>;
