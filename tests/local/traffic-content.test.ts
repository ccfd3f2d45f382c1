import assert from "node:assert/strict";
import { BlockList, isIP } from "node:net";
import { traffic } from "../../local/traffic";
import type { FieldName } from "../../schema/fields";
import { parseFormat } from "../../schema/layout";

type Flow = Record<FieldName, string>;

/** A day's lines with every field. */
const generate = (): Flow[] => {
  const layout = parseFormat("all");
  const lines = traffic({ lines: 60_000, seed: 1, from: Date.UTC(2026, 0, 15) / 1000, days: 1, layout });
  return Array.from(lines, (line) => {
    const tokens = line.split(" ");
    return Object.fromEntries(layout.fields.map(({ name }, n) => [name, tokens[n]])) as Flow;
  });
};

const allowed = new BlockList();
allowed.addSubnet("10.0.0.0", 16);
allowed.addSubnet("192.0.2.0", 24);
allowed.addSubnet("198.51.100.0", 24);
allowed.addSubnet("203.0.113.0", 24);
allowed.addSubnet("198.18.0.0", 15);
allowed.addSubnet("2001:db8::", 32, "ipv6");

describe("traffic content", () => {
  const flows = generate();
  const seen = flows.filter((flow) => flow["log-status"] === "OK");

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

  it("has a traffic path for egress only", () => {
    for (const flow of seen) {
      assert.equal(flow["traffic-path"] !== "-", flow["flow-direction"] === "egress", JSON.stringify(flow));
    }
  });

  it("names no instance on the interfaces that AWS manages", () => {
    const managed = new Set(["lb", "nat", "db", "cache", "endpoint"]);
    for (const flow of seen) assert.equal(flow["instance-id"] === "-", managed.has(flow["interface-tag"]));
  });

  it("has only the interface's own fields in a line without traffic", () => {
    const silent = flows.find((flow) => flow["log-status"] === "NODATA") as Flow;
    const known = Object.keys(silent).filter((name) => silent[name as FieldName] !== "-");
    const names = "version account-id interface-id start end log-status vpc-id subnet-id region az-id";
    assert.deepEqual(known, names.split(" "));
  });

  it("counts no bytes without packets, and none if Block Public Access rejects", () => {
    for (const flow of seen) {
      assert.ok(Number(flow.packets) > 0);
      assert.equal(flow.bytes === "-", flow["reject-reason"] === "BPA", JSON.stringify(flow));
      if (flow.bytes === "-") continue;
      const size = Number(flow.bytes) / Number(flow.packets);
      assert.ok(size >= 40 && size <= 1500, `${size} bytes a packet`);
    }
  });

  it("has flags for TCP only, and a SYN-ACK only from the server's side", () => {
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

  it("accepts operators' SSH to the bastion", () => {
    const ssh = seen.filter((flow) => flow.dstport === "22" && flow.srcaddr.startsWith("203.0.113."));
    assert.ok(ssh.length > 10);
    for (const flow of ssh) assert.deepEqual([flow.action, flow["instance-tag"]], ["ACCEPT", "bastion-1"]);
  });
});
