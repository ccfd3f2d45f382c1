import assert from "node:assert/strict";
import type { DuckDBConnection } from "@duckdb/node-api";
import { open } from "../../bench/detections/measure";
import { HOUR, rowsOf, type Written, write } from "./rows";

const HERE = "10.0.0.5";
const THERE = "198.51.100.7";
const FIRST = "2026-03-04 10:00:00";
const LAST = "2026-03-04 10:00:30";

/** A packet that an interface sent or received. */
const sent = (more: Written = {}): Written => ({
  flow_direction: "egress",
  srcaddr: HERE,
  dstaddr: THERE,
  srcport: 40_000,
  dstport: 443,
  ...more,
});
const received = (more: Written = {}): Written => ({
  flow_direction: "ingress",
  srcaddr: THERE,
  dstaddr: HERE,
  srcport: 443,
  dstport: 40_000,
  ...more,
});

describe("query: answers to written rows", () => {
  let db: DuckDBConnection;
  before(async () => {
    db = await open();
  });
  after(() => db.closeSync());

  /** The rows of an answer, without leading columns' names, for a table of these rows. */
  const answer = async (
    rows: Written[],
    ...asked: Parameters<typeof rowsOf> extends [unknown, ...infer A] ? A : never
  ) => {
    await write(db, rows);
    return rowsOf(db, ...asked);
  };

  it("traffic-by-instance adds up an instance's interfaces each way, and counts what was rejected", async () => {
    const rows = [
      sent({ instance_id: "i-1", bytes: 300 }),
      received({ instance_id: "i-1", bytes: 50, interface_id: "eni-2" }),
      received({ instance_id: "i-1", bytes: 40, action: "REJECT" }),
      sent({ bytes: 9000 }),
    ];
    assert.deepEqual(await answer(rows, "traffic-by-instance"), [["i-1", "300", "90", "3", "3", "1", "2"]]);
  });

  for (const kind of ["instance", "interface", "asg"])
    it(`traffic-by-${kind}-tag keeps both tags apart, and has no second one where the format has none`, async () => {
      const tags = (one: string, two: string) => ({ [`${kind}_tag`]: one, [`${kind}_tag_2`]: two });
      const rows = [sent({ ...tags("a", "x"), bytes: 5 }), received({ ...tags("a", "y"), bytes: 7 })];
      assert.deepEqual(await answer(rows, `traffic-by-${kind}-tag`), [
        ["a", "y", "0", "7", "1", "1", "0", "1"],
        ["a", "x", "5", "0", "1", "1", "0", "1"],
      ]);
      assert.deepEqual(await answer(rows, `traffic-by-${kind}-tag`, {}, [`${kind}_tag_2`]), [
        ["a", "-", "5", "7", "2", "2", "0", "1"],
      ]);
    });

  it("traffic-by-ecs-service counts tasks, and shows a task outside a service without one", async () => {
    const task = (name: string) => ({ ecs_cluster_name: "shop", ecs_task_id: name });
    const rows = [
      sent({ ...task("t1"), ecs_service_name: "web", bytes: 10 }),
      received({ ...task("t2"), ecs_service_name: "web", bytes: 20 }),
      sent({ ...task("t3"), bytes: 1 }),
      sent({ bytes: 99 }),
    ];
    assert.deepEqual(await answer(rows, "traffic-by-ecs-service"), [
      ["shop", "web", "-", "10", "20", "2", "2", "0", "2"],
      ["shop", "-", "-", "1", "0", "1", "1", "0", "1"],
    ]);
  });

  it("ecs-tasks has a row for each task, with when it was first and last seen", async () => {
    const task = { ecs_task_id: "t1", ecs_task_definition_arn: "web:3", ecs_container_id: "c1" };
    const rows = [sent(task), received({ ...task, start: HOUR + 60, end: HOUR + 90 })];
    const [row] = await answer(rows, "ecs-tasks");
    assert.deepEqual(row, [
      ...["t1", "web:3", "eni-1", "-", "c1", "-", "-", "-", "200", "2"],
      ...[FIRST, "2026-03-04 10:01:30"],
    ]);
  });

  it("nat-by-aws-service takes each packet once, both ways, and prices what an endpoint would save", async () => {
    const nat = (more: Written) =>
      received({ interface_type: "nat_gateway", interface_id: "eni-nat", ...more });
    const rows = [
      nat({ pkt_dst_aws_service: "S3", bytes: 2e9 }),
      nat({ pkt_src_aws_service: "S3", bytes: 1e9 }),
      nat({ pkt_dst_aws_service: "EC2", bytes: 1e9 }),
      nat({ bytes: 1e8 }),
      // The same packets, when they leave the gateway, and those of other interfaces.
      nat({ flow_direction: "egress", pkt_dst_aws_service: "S3", bytes: 2e9 }),
      received({ pkt_src_aws_service: "S3", bytes: 4e9 }),
    ];
    assert.deepEqual(await answer(rows, "nat-by-aws-service"), [
      ["S3", "eni-nat", "2000000000", "1000000000", "3000000000", "2", "0.135", "0.135"],
      ["EC2", "eni-nat", "1000000000", "0", "1000000000", "1", "0.045", "0.035"],
      ["none of AWS", "eni-nat", "0", "0", "100000000", "1", "0.0045", "0"],
    ]);
  });

  it("nat-by-aws-service knows a regional NAT gateway by its resource's id", async () => {
    const rows = [
      received({ interface_type: "regional_nat_gateway", interface_id: "NULL", resource_id: "nat-1" }),
    ];
    assert.equal((await answer(rows, "nat-by-aws-service"))[0][1], "nat-1");
  });

  for (const [unit, seconds] of [
    ["hour", 3600],
    ["day", 86_400],
  ] as const)
    it(`traffic-per-${unit} counts a packet between two interfaces once, and rejected ones apart`, async () => {
      const there = "10.0.0.6";
      const rows = [
        sent({ dstaddr: there, bytes: 1000 }),
        received({ srcaddr: HERE, dstaddr: there, interface_id: "eni-2", bytes: 1000 }),
        received({ action: "REJECT", bytes: 60 }),
        sent({ start: HOUR - seconds, bytes: 5 }),
      ];
      const values = { from: HOUR - seconds, to: HOUR + 3600 };
      const [latest, before] = await answer(rows, `traffic-per-${unit}`, values);
      assert.deepEqual(latest.slice(1), ["1000", "1", "60", "1", "1", "50"]);
      assert.deepEqual(before.slice(1), ["5", "1", "0", "0", "0", "0"]);
    });

  it("outside-by-network names peers outside alone, also where the network has no name", async () => {
    const rows = [
      sent({ dst_network: "AS64500", bytes: 70 }),
      received({ src_network: "AS64500", bytes: 30 }),
      sent({ dstaddr: "203.0.113.9", bytes: 5 }),
      sent({ dstaddr: "10.0.0.9", dst_network: "shop", bytes: 900 }),
    ];
    assert.deepEqual(await answer(rows, "outside-by-network"), [
      ["AS64500", "1", "70", "30", "2"],
      ["unnamed", "1", "5", "0", "1"],
    ]);
  });

  it("ports-used tells callers inside from those outside, and leaves answers and rejected calls out", async () => {
    const call = (more: Written) => received({ srcport: 50_000, dstport: 22, ...more });
    const rows = [
      call({ srcaddr: "10.0.0.9" }),
      call({}),
      call({ srcaddr: "198.51.100.8" }),
      call({ action: "REJECT", srcaddr: "198.51.100.9" }),
      received({}),
    ];
    assert.deepEqual(await answer(rows, "ports-used"), [
      ["eni-1", "6", "22", "1", "2", "10.0.0.9", "300", "3", FIRST, LAST],
    ]);
  });

  it("traffic-spikes compares an hour with the hours in which the interface had traffic before", async () => {
    const day = 86_400;
    const past = [1, 2].map((n) => sent({ start: HOUR - n * day, bytes: 10_000_000 * n }));
    const rows = [
      ...past,
      sent({ bytes: 150_000_000 }),
      sent({ interface_id: "eni-new", bytes: 900_000_000 }),
    ];
    assert.deepEqual(await answer(rows, "traffic-spikes"), [
      [FIRST, "eni-1", "150000000", "1", "15000000", "20000000", "10"],
    ]);
    assert.deepEqual(await answer(rows, "traffic-spikes", { factor: 11 }), []);
  });

  it("transit-gateway-pairs adds up by attachment, and knows other flow logs' rows by their lack of a gateway", async () => {
    const hub = {
      tgw_id: "tgw-1",
      tgw_attachment_id: "a",
      tgw_pair_attachment_id: "b",
      interface_id: "NULL",
    };
    const rows = [
      sent({ ...hub, tgw_src_vpc_id: "vpc-1", tgw_dst_vpc_id: "vpc-2", bytes: 10 }),
      sent({ ...hub, tgw_src_vpc_id: "vpc-1", tgw_dst_vpc_id: "vpc-2", bytes: 20 }),
      sent({ bytes: 500 }),
    ];
    assert.deepEqual(await answer(rows, "transit-gateway-pairs"), [
      ["tgw-1", "vpc-1", "vpc-2", "a", "b", "30", "2", "2"],
    ]);
  });

  it("transit-gateway-losses shows what was lost, by its reason, and nothing of what arrived", async () => {
    const hub = { tgw_id: "tgw-1", tgw_attachment_id: "a", interface_id: "NULL" };
    const rows = [
      sent({ ...hub, packets: 9, packets_lost_no_route: 4 }),
      sent({ ...hub, packets: 2, packets_lost_mtu_exceeded: 1 }),
      sent({ ...hub, dstaddr: "10.9.9.9", packets_lost_no_route: 0, packets_lost_blackhole: 0 }),
    ];
    assert.deepEqual(await answer(rows, "transit-gateway-losses"), [
      ["tgw-1", "a", HERE, THERE, "4", "-", "1", "-", "11", FIRST, LAST],
    ]);
  });

  it("other-resolvers leaves out the resolvers of the list, and other ports", async () => {
    const ask = (dstaddr: string, more: Written = {}) =>
      sent({ dstaddr, dstport: 53, protocol: 17, ...more });
    const rows = [ask("8.8.8.8"), ask("10.0.0.9", { packets: 3 }), ask("10.0.0.2"), sent()];
    assert.deepEqual(await answer(rows, "other-resolvers", { resolvers: "10.0.0.2, 10.0.0.3" }), [
      ["eni-1", HERE, "10.0.0.9", "53", "true", "3", "100", "0", FIRST, LAST],
      ["eni-1", HERE, "8.8.8.8", "53", "false", "1", "100", "0", FIRST, LAST],
    ]);
  });

  it("unusual-protocols shows GRE and WireGuard, and no ordinary TCP", async () => {
    const rows = [
      sent({ protocol: 47, srcport: 0, dstport: 0, bytes: 500 }),
      sent({ protocol: 17, dstport: 51_820, bytes: 400 }),
      received({ protocol: 17, srcport: 51_820, bytes: 300 }),
      sent(),
    ];
    const shown = await answer(rows, "unusual-protocols");
    assert.deepEqual(
      shown.map((row) => row.slice(0, 8)),
      [
        ["eni-1", HERE, THERE, "47", "GRE", "-", "1", "500"],
        ["eni-1", HERE, THERE, "17", "UDP", "51820", "1", "400"],
        ["eni-1", THERE, HERE, "17", "UDP", "51820", "1", "300"],
      ],
    );
    assert.equal((await answer(rows, "unusual-protocols", { usual: "6,17,47", ports: "1194" })).length, 0);
  });

  it("peers-of finds an interface, instance, subnet and address, each way", async () => {
    const place = { instance_id: "i-1", subnet_id: "subnet-1" };
    const rows = [
      sent({ ...place, bytes: 10 }),
      received({ ...place, bytes: 30, start: HOUR + 60, end: HOUR + 100 }),
      sent({ interface_id: "eni-2", srcaddr: "10.0.0.8", dstaddr: HERE, bytes: 5 }),
    ];
    const row = ["eni-1", THERE, "6", "443", "10", "30", "2", "0", FIRST, "2026-03-04 10:01:40"];
    for (const target of ["eni-1", "i-1", "subnet-1", HERE])
      assert.deepEqual(await answer(rows, "peers-of", { target }), [row], target);
    assert.deepEqual(await answer(rows, "peers-of", { target: "i-2" }), []);
    assert.equal((await answer(rows, "peers-of")).length, 2);
  });

  it("traffic-by-ip-version has the share of each", async () => {
    const rows = [
      sent({ type: "IPv4", bytes: 30 }),
      sent({ type: "IPv6", srcaddr: "2600:1f18::5", dstaddr: "2a00:1450::7", bytes: 10 }),
    ];
    assert.deepEqual(await answer(rows, "traffic-by-ip-version"), [
      ["IPv4", "30", "1", "1", "75"],
      ["IPv6", "10", "1", "1", "25"],
    ]);
  });

  it("one-way-connections shows calls without an answer and answers without a call, and none with both", async () => {
    const ports = [50_001, 50_002, 50_003];
    const rows = [
      ...ports.map((srcport) => sent({ srcport, dstport: 8443 })),
      ...ports.flatMap((srcport) => [sent({ srcport }), received({ dstport: srcport })]),
      ...ports.flatMap((srcport) => [
        received({ srcport, dstport: 22, action: "REJECT" }),
        sent({ srcport: 22, dstport: srcport }),
      ]),
    ];
    const shown = await answer(rows, "one-way-connections");
    assert.deepEqual(
      shown.map((row) => row.slice(0, 9)),
      [
        ["eni-1", HERE, THERE, "8443", "6", "no answer", "3", "0", "3"],
        ["eni-1", THERE, HERE, "22", "6", "no call", "3", "3", "3"],
      ],
    );
    assert.deepEqual(await answer(rows, "one-way-connections", { least: 4 }), []);
  });

  it("traffic-by-place keeps zones and Outposts apart", async () => {
    const rows = [
      sent({ region: "us-east-1", az_id: "use1-az1", bytes: 5 }),
      sent({ region: "us-east-1", sublocation_type: "outpost", sublocation_id: "op-1", bytes: 8 }),
    ];
    assert.deepEqual(await answer(rows, "traffic-by-place"), [
      ["us-east-1", "-", "outpost", "op-1", "8", "1", "1", "1"],
      ["us-east-1", "use1-az1", "-", "-", "5", "1", "1", "1"],
    ]);
  });

  it("next-hops is of what was sent, and lets nothing in that was rejected", async () => {
    const hop = { vpc_id: "vpc-1", next_hop_vpc_id: "vpc-2", next_hop_interface_type: "transit_gateway" };
    const rows = [sent({ ...hop, bytes: 5 }), sent({ ...hop, action: "REJECT" }), received(hop)];
    assert.deepEqual(await answer(rows, "next-hops"), [
      ["vpc-1", "vpc-2", "-", "-", "transit_gateway", "-", "5", "1", "1"],
    ]);
  });
});
