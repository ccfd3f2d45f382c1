import { TRANSIT_FIELDS } from "../../schema/transit";

type Values = Record<string, string | number>;

/** The line with other values, by the header's names. */
const changed = (header: string, line: string, values: Values) => {
  const tokens = line.split(" ");
  return header
    .split(" ")
    .map((name, n) => values[name] ?? tokens[n])
    .join(" ");
};

/** Lines of kinds that synthetic traffic lacks: another resolver, a tunnel, and unanswered calls. */
const unusual = (header: string, line: string) => {
  const here = { srcaddr: "10.0.0.205", dstaddr: "10.0.127.9", "flow-direction": "egress", action: "ACCEPT" };
  const as = (values: Values) => changed(header, line, { ...here, ...values });
  return [
    as({ protocol: 17, srcport: 40_000, dstport: 53 }),
    as({ protocol: 47, srcport: 0, dstport: 0 }),
    ...[1, 2, 3].map((n) => as({ protocol: 6, srcport: 50_000 + n, dstport: 8443 })),
  ];
};

/** The lines with some that come twice, one of lost records, some that are unusual, and some that fit no format. */
export const blemished = ([header, ...lines]: string[]): string[] => {
  const last = lines.filter((line) => line.includes(" OK ")).at(-1) ?? "";
  return [
    header,
    ...lines.flatMap((line, n) => (n % 50 === 0 ? [line, line] : [line])),
    last.replace(" OK ", " SKIPDATA "),
    ...unusual(header, last),
    ...[last.slice(0, last.length / 2), `${last} extra`, "not a flow log"],
  ];
};

/** A transit gateway's lines with their header; it lost some packets. */
export const transitLines = (from: number): string[] => {
  const names = TRANSIT_FIELDS.map(({ name }) => name);
  const hub = { "tgw-id": "tgw-0123456789abcdef0", "tgw-attachment-id": "tgw-attach-1" };
  const ends = { srcaddr: "10.0.0.205", dstaddr: "10.1.0.9", srcport: 40_000, dstport: 443, protocol: 6 };
  const lines = [0, 1, 2].map((n): Values => {
    const flow = { packets: 5 + n, bytes: 500, start: from + n, end: from + n + 30, "log-status": "OK" };
    return { version: 6, ...hub, ...ends, ...flow, "tgw-src-vpc-id": "vpc-1", "packets-lost-no-route": n };
  });
  return [names.join(" "), ...lines.map((line) => names.map((name) => line[name] ?? "-").join(" "))];
};
