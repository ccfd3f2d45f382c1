/** Flows in nfdump's text for people: `nfdump -o line` and `-o long`, of 1.6 and 1.7. */

const ADDRESS = String.raw`((?:\d+\.){3}\d+(?=:)|[0-9a-f]*:[0-9a-f:]*(?=\.))`;
const AMOUNT = String.raw`(\d+(?:\.\d+)?(?: [KMGT])?)`;
const FLOW = new RegExp(
  String.raw`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) +([\d:.]+) +(\S+) +${ADDRESS}[:.](\d+) +(?:-> +)?${ADDRESS}[:.](\d+(?:\.\d+)?)(?: +([.A-Z]{6,8}) +\d+)? +${AMOUNT} +${AMOUNT} +\d+ *$`,
);
const SCALES: Record<string, number> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

export const NFDUMP_COLUMNS = ["ts", "td", "pr", "sa", "sp", "da", "dp", "flg", "ipkt", "ibyt"];

export const isNfdumpHead = (text: string) => /^Date first seen +(Duration|Event)\b/.test(text);

/** Seconds of a duration: 4.125, or 00:00:04.125. */
const secondsOf = (text: string) => text.split(":").reduce((all, part) => all * 60 + Number(part), 0);

/** Reads an amount, also an abbreviated one: `1.2 M`. */
const amountOf = (text: string) => {
  const [number, scale] = text.split(" ");
  return Math.round(Number(number) * (SCALES[scale] ?? 1));
};

/** Returns the cells of a flow under these columns; undefined if the line is no flow. */
export const nfdumpCells = (text: string): string[] | undefined => {
  const found = FLOW.exec(text);
  if (!found) return undefined;
  const [, start, duration, protocol, from, port, to, toPort, flags = "", packets, bytes] = found;
  const amounts = [packets, bytes].map((amount) => String(amountOf(amount)));
  // For ICMP, nfdump prints type and code as `type.code` in place of the port.
  return [
    start,
    String(secondsOf(duration)),
    protocol,
    from,
    port,
    to,
    toPort.split(".")[0],
    flags,
    ...amounts,
  ];
};
