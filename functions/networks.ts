import type { PackedNetworks, PackedRanges } from "../schema/networks";

/**
 * Factory of the lookup: the text of an address, as bytes → the index of its network's name, or -1 if it is in no
 * network or is no address.
 */
export const makeNetworks = (packed: PackedNetworks) => {
  const B = Buffer;
  // The address in hand, in groups of 16 bits as IPv6 has them: nothing is allocated, and every number stays small
  // enough for V8 to keep it out of the heap.
  const groups = new Uint16Array(8);

  // The value of a hexadecimal digit, and 16 for every other byte.
  const hex = new Uint8Array(256).fill(16);
  for (const digits of ["0123456789abcdef", "0123456789ABCDEF"])
    for (let digit = 0; digit < 16; digit++) hex[digits.charCodeAt(digit)] = digit;

  /**
   * Reads a dotted quad into two groups from `at`. An octet has one to three digits, which no processor foresees:
   * so a mask of ones or of zeros, not a branch, says whether there is a second and a third. `valid` turns
   * negative by a digit that is none, an octet past 255, or a leading zero, which some readers take for octal.
   */
  const readIPv4 = (src: Uint8Array, from: number, to: number, at: number): boolean => {
    let address = 0;
    let valid = 0;
    let i = from;
    for (let dots = 0; dots < 3; dots++) {
      if (i + 2 >= to) return false;
      const a = src[i] - 48;
      const b = src[i + 1] - 48;
      const c = src[i + 2] - 48;
      const two = ~(b >> 31);
      const three = two & ~(c >> 31);
      let octet = a + (two & (a * 9 + b));
      octet += three & (octet * 9 + c);
      valid |= a | (9 - a) | (9 - (b & two)) | (9 - (c & three)) | (255 - octet) | (two & (a - 1));
      address = (address << 8) | octet;
      i += 1 - two - three;
      if (src[i++] !== 46) return false;
    }
    const length = to - i;
    if (length < 1 || length > 3) return false;
    const two = (1 - length) >> 31;
    const three = (2 - length) >> 31;
    const a = (src[to - 3] - 48) & three;
    const b = (src[to - 2] - 48) & two;
    const c = src[to - 1] - 48;
    const octet = a * 100 + b * 10 + c;
    valid |= a | b | c | (9 - a) | (9 - b) | (9 - c) | (255 - octet);
    valid |= (three & (a - 1)) | (two & ~three & (b - 1));
    groups[at] = address >>> 8;
    groups[at + 1] = (address << 8) | octet;
    return valid >= 0;
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

  /** A ninth group and those after it fall off the end of `groups`; `spread` then refuses their count. */
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

  /** Ranges whose first address begins with the group p are number `pages[p]` to `pages[p + 1] - 1`. */
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

  // Which half an address is in cannot be foreseen either: a mask again, which wins a third among many neighbours.
  const v4 = makeTable(packed.v4, 2);
  const findIPv4 = (at: number): number => {
    const { pages, rest, names } = v4;
    const second = groups[at + 1];
    let low = pages[groups[at]] - 1;
    let above = pages[groups[at] + 1] - 1 - low;
    while (above > 0) {
      const half = (above + 1) >> 1;
      low += half & ((rest[low + half] - second - 1) >> 31);
      above -= half;
    }
    return names[low];
  };

  // The same search again: one that compares both kinds is a quarter slower.
  const v6 = makeTable(packed.v6, 8);
  const beginsAfter = (range: number): boolean => {
    const { rest } = v6;
    let at = range * 7;
    let g = 1;
    while (g < 7 && rest[at] === groups[g]) {
      at++;
      g++;
    }
    return rest[at] > groups[g];
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

  return (src: Uint8Array, from: number, to: number): number => {
    if (readIPv4(src, from, to, 0)) return findIPv4(0);
    if (!readIPv6(src, from, to)) return -1;
    return isMapped() ? findIPv4(6) : findIPv6();
  };
};
