import assert from "node:assert/strict";
import { asking, FIRST, HERE, LAST, received, sent } from "./packets";
import { HOUR, type Written } from "./rows";

describe("query: answers about traffic, of written rows", () => {
  const answer = asking();

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
    it(`traffic-by-${kind}-tag keeps both tags apart, and has no second one if the format has none`, async () => {
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

  it("nat-by-aws-service counts each packet once, both ways, and prices the saving of an endpoint", async () => {
    const nat = (more: Written) =>
      received({ interface_type: "nat_gateway", interface_id: "eni-nat", ...more });
    const rows = [
      nat({ pkt_dst_aws_service: "S3", bytes: 2e9 }),
      nat({ pkt_src_aws_service: "S3", bytes: 1e9 }),
      nat({ pkt_dst_aws_service: "EC2", bytes: 1e9 }),
      nat({ bytes: 1e8 }),
      // The same packets leaving the gateway, and packets of other interfaces.
      nat({ flow_direction: "egress", pkt_dst_aws_service: "S3", bytes: 2e9 }),
      received({ pkt_src_aws_service: "S3", bytes: 4e9 }),
    ];
    assert.deepEqual(await answer(rows, "nat-by-aws-service"), [
      ["S3", "eni-nat", "2000000000", "1000000000", "3000000000", "2", "0.135", "0.135"],
      ["EC2", "eni-nat", "1000000000", "0", "1000000000", "1", "0.045", "0.035"],
      ["none of AWS", "eni-nat", "0", "0", "100000000", "1", "0.0045", "0"],
    ]);
  });

  it("nat-by-aws-service recognizes a regional NAT gateway by its resource's id", async () => {
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

  it("ports-used treats a caller with an interface here as inside, whatever its address", async () => {
    const call = { srcport: 50_000, dstport: 22, dstaddr: "2600:1f18::9" };
    const rows = [
      received({ ...call, srcaddr: "2600:1f18::7" }),
      sent({ ...call, srcaddr: "2600:1f18::7", interface_id: "eni-2" }),
      received({ ...call, srcaddr: "2600:1f18:1::7" }),
    ];
    assert.deepEqual(await answer(rows, "ports-used"), [
      ["eni-1", "6", "22", "1", "1", "2600:1f18:1::7", "200", "2", FIRST, LAST],
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
});
