import assert from "node:assert/strict";
import { BlockList, isIP } from "node:net";
import { traffic } from "../../local/traffic";
import type { FieldName } from "../../schema/fields";
import { parseFormat } from "../../schema/layout";

const FROM = Date.UTC(2026, 0, 15) / 1000;
const DAY = 86_400;
const COUNT = 60_000;

const generate = (lines: number, format = "recommended", seed = 1, days = 1) => [
  ...traffic({ lines, seed, from: FROM, days, layout: parseFormat(format) }),
];

type Flow = Record<FieldName, string>;
const parsed = (lines: readonly string[], format: string): Flow[] => {
  const names = parseFormat(format).fields.map((field) => field.name);
  return lines.map((line) => {
    const tokens = line.split(" ");
    return Object.fromEntries(names.map((name, n) => [name, tokens[n]])) as Flow;
  });
};

const allowed = new BlockList();
allowed.addSubnet("10.0.0.0", 16);
allowed.addSubnet("192.0.2.0", 24);
allowed.addSubnet("198.51.100.0", 24);
allowed.addSubnet("203.0.113.0", 24);
allowed.addSubnet("198.18.0.0", 15);
allowed.addSubnet("2001:db8::", 32, "ipv6");

describe("traffic", () => {
  const lines = generate(COUNT, "all");
  const flows = parsed(lines, "all");
  const seen = flows.filter((flow) => flow["log-status"] === "OK");

  for (const count of [0, 1, 2, 7, 50, 1_439, 20_001]) {
    it(`makes exactly ${count} lines when asked for ${count}`, () => {
      assert.equal(generate(count).length, count);
      assert.equal(generate(count, "default", 7, 3).length, count);
    });
  }

  it("makes the same lines from the same options", () => {
    assert.deepEqual(generate(5_000), generate(5_000));
  });

  it("tells the same story in every layout", () => {
    const ends = (format: string) => parsed(generate(2_000, format), format).map((flow) => flow.end);
    assert.deepEqual(ends("default"), ends("all"));
  });

  it("makes other lines from another seed", () => {
    const first = new Set(generate(5_000));
    const shared = generate(5_000, "recommended", 2).filter((line) => first.has(line));
    assert.ok(shared.length < 5, `${shared.length} lines are in both`);
  });

  it("orders lines by their end, inside the days asked for", () => {
    const ends = parsed(generate(20_000, "default", 1, 3), "default").map((flow) => Number(flow.end));
    assert.deepEqual(
      ends,
      [...ends].sort((a, b) => a - b),
    );
    assert.ok(ends[0] >= FROM);
    assert.ok(ends[ends.length - 1] < FROM + 3 * DAY);
    assert.ok(ends[ends.length - 1] > FROM + 3 * DAY - 300);
  });

  it("is at least three times as busy in the afternoon as at night", () => {
    const hour = (flow: Flow) => Math.floor((Number(flow.end) - FROM) / 3600);
    const between = (first: number, last: number) =>
      flows.filter((flow) => hour(flow) >= first && hour(flow) < last).length;
    assert.ok(between(13, 17) > 3 * between(1, 5), `${between(13, 17)} against ${between(1, 5)}`);
  });

  for (const format of ["default", "recommended", "all"]) {
    it(`gives a line of the ${format} format as many tokens as the format has fields`, () => {
      const { fields } = parseFormat(format);
      for (const line of generate(20_000, format)) assert.equal(line.split(" ").length, fields.length, line);
    });
  }

  it("says the version that the format's newest field asks for", () => {
    const version = (format: string) => parsed(generate(1, format), format)[0].version;
    assert.deepEqual(["default", "recommended", "all", "version region"].map(version), ["2", "5", "11", "4"]);
  });

  it("keeps every number in its range", () => {
    const ranges: [FieldName, number, number][] = [
      ["srcport", 0, 65_535],
      ["dstport", 0, 65_535],
      ["packets", 1, 1_000_000],
      ["bytes", 40, 1_500_000_000],
      ["tcp-flags", 0, 23],
      ["traffic-path", 1, 8],
      ["encryption-status", 0, 3],
    ];
    for (const [name, min, max] of ranges) {
      const values = seen.map((flow) => flow[name]).filter((value) => value !== "-");
      assert.ok(values.length > 0, name);
      const wrong = values.find(
        (value) => !/^\d+$/.test(value) || Number(value) < min || Number(value) > max,
      );
      assert.equal(wrong, undefined, `${name} is ${wrong}`);
    }
    assert.deepEqual(new Set(seen.map((flow) => flow.protocol)), new Set(["6", "17", "1", "58"]));
  });

  it("has no window longer than 60 s and none that ends before it starts", () => {
    for (const { start, end } of flows) {
      const length = Number(end) - Number(start);
      assert.ok(length >= 0 && length <= 60, `${start} ${end}`);
    }
  });

  it("never overlaps two windows of one connection at one interface", () => {
    const last = new Map<string, number>();
    for (const flow of seen.filter(({ protocol }) => protocol === "6")) {
      const { srcaddr, dstaddr, srcport, dstport, start, end } = flow;
      const tuple = [flow["interface-id"], srcaddr, dstaddr, srcport, dstport].join(" ");
      assert.ok((last.get(tuple) ?? 0) < Number(start), tuple);
      last.set(tuple, Number(end));
    }
  });

  it("uses addresses of the VPC and of documentation and benchmark blocks alone", () => {
    const names = ["srcaddr", "dstaddr", "pkt-srcaddr", "pkt-dstaddr"] as const;
    for (const address of new Set(seen.flatMap((flow) => names.map((name) => flow[name])))) {
      assert.ok(allowed.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"), address);
    }
  });

  it("gives every interface one subnet, one zone and an address of its own", () => {
    const own = seen.map(
      (flow) => (flow["flow-direction"] === "egress" ? "srcaddr" : "dstaddr") as FieldName,
    );
    const places = new Map<string, Set<string>>();
    seen.forEach((flow, n) => {
      if (flow.type !== "IPv4") return;
      const place = [flow[own[n]], flow["subnet-id"], flow["az-id"]].join(" ");
      places.set(flow["interface-id"], (places.get(flow["interface-id"]) ?? new Set()).add(place));
    });
    assert.ok(places.size > 30);
    for (const [id, held] of places) assert.equal(held.size, 1, `${id}: ${[...held].join(", ")}`);
    assert.equal(new Set([...places.values()].flatMap((held) => [...held])).size, places.size);
  });

  it("shows traffic through a NAT gateway twice: at the instance and at the gateway", () => {
    const atNat = seen.filter((flow) => flow["interface-type"] === "nat_gateway" && flow.dstport === "443");
    const asked = atNat.filter((f) => f["flow-direction"] === "ingress" && f.dstaddr !== f["pkt-dstaddr"]);
    assert.ok(asked.length > 100);
    const tuple = (src: string, dst: string, flow: Flow) =>
      [src, dst, flow.srcport, flow.packets, flow.bytes].join();
    const instances = new Set(seen.map((flow) => tuple(flow.srcaddr, flow.dstaddr, flow)));
    for (const flow of asked.slice(0, -1)) {
      assert.ok(instances.has(tuple(flow.srcaddr, flow["pkt-dstaddr"], flow)), JSON.stringify(flow));
    }
    const sent = atNat.filter((flow) => flow["flow-direction"] === "egress");
    for (const flow of sent) assert.equal(flow["traffic-path"], "8");
  });

  it("names the AWS service of an address and shows the gateway endpoint as path 7", () => {
    const services = new Set(seen.map((flow) => flow["pkt-dst-aws-service"]));
    assert.deepEqual(services, new Set(["-", "S3", "DYNAMODB", "EC2"]));
    const table = seen.find((flow) => flow["pkt-dst-aws-service"] === "DYNAMODB");
    assert.equal(table?.["traffic-path"], "7");
  });

  it("gives a traffic path to egress alone", () => {
    for (const flow of seen) {
      assert.equal(flow["traffic-path"] !== "-", flow["flow-direction"] === "egress", JSON.stringify(flow));
    }
  });

  it("names no instance on the interfaces that AWS manages", () => {
    const managed = new Set(["lb", "nat", "db", "cache", "endpoint"]);
    for (const flow of seen) assert.equal(flow["instance-id"] === "-", managed.has(flow["interface-tag"]));
  });

  it("writes a window without traffic as AWS does", () => {
    const form = /^2 123456789010 eni-[0-9a-f]{17} - - - - - - - \d{10} \d{10} - NODATA$/;
    const silent = generate(COUNT, "default").filter((line) => line.endsWith(" NODATA"));
    for (const line of silent) assert.match(line, form);
    const share = silent.length / COUNT;
    assert.ok(share > 0.003 && share < 0.007, `${share} of the lines`);
  });

  it("keeps what is known of an interface without traffic, and nothing else", () => {
    const silent = flows.find((flow) => flow["log-status"] === "NODATA") as Flow;
    const known = Object.keys(silent).filter((name) => silent[name as FieldName] !== "-");
    const names = "version account-id interface-id start end log-status vpc-id subnet-id region az-id";
    assert.deepEqual(known, names.split(" "));
  });

  it("loses records very rarely, but does", () => {
    const lost = generate(200_000, "log-status").filter((line) => line === "SKIPDATA").length;
    assert.ok(lost >= 1 && lost <= 20, `${lost} lines`);
  });

  it("counts no bytes without packets, and none where Block Public Access rejects", () => {
    for (const flow of seen) {
      assert.ok(Number(flow.packets) > 0);
      assert.equal(flow.bytes === "-", flow["reject-reason"] === "BPA", JSON.stringify(flow));
      if (flow.bytes === "-") continue;
      const size = Number(flow.bytes) / Number(flow.packets);
      assert.ok(size >= 40 && size <= 1500, `${size} bytes a packet`);
    }
  });

  it("gives flags to TCP alone, and a SYN-ACK only to the side that was called", () => {
    for (const flow of seen) {
      assert.equal(flow["tcp-flags"] !== "-", flow.protocol === "6");
      const answered = (Number(flow["tcp-flags"]) & 18) === 18;
      if (answered) assert.ok(["443", "80", "8080", "5432", "6379", "22"].includes(flow.srcport));
    }
  });

  it("gives no ports to ICMP", () => {
    const icmp = seen.filter((flow) => flow.protocol === "1" || flow.protocol === "58");
    for (const { srcport, dstport } of icmp) assert.deepEqual([srcport, dstport], ["0", "0"]);
  });

  it("rejects between 2 and 15 % of what it sees, all of it from outside", () => {
    const rejected = seen.filter((flow) => flow.action === "REJECT");
    const share = rejected.length / flows.length;
    assert.ok(share > 0.02 && share < 0.15, `${share}`);
    for (const flow of rejected) assert.match(flow.srcaddr, /^192\.0\.2\./);
  });

  it("lets operators into the bastion by ssh", () => {
    const ssh = seen.filter((flow) => flow.dstport === "22" && flow.srcaddr.startsWith("203.0.113."));
    assert.ok(ssh.length > 10);
    for (const flow of ssh) assert.deepEqual([flow.action, flow["instance-tag"]], ["ACCEPT", "bastion-1"]);
  });
});
