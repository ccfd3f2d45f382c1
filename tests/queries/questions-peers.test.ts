import assert from "node:assert/strict";
import { asking, FIRST, HERE, LAST, received, sent, THERE } from "./packets";
import { HOUR, type Written } from "./rows";

describe("query: answers about gateways and peers, of written rows", () => {
  const answer = asking();

  it("transit-gateway-pairs sums by attachment, and skips other flow logs' rows, which have no gateway", async () => {
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

  it("transit-gateway-losses shows lost packets by reason, and no delivered ones", async () => {
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

  it("other-resolvers treats a resolver with an interface here as inside, whatever its address", async () => {
    const [resolver, elsewhere] = ["2600:1f18::53", "2600:1f18:1::53"];
    const asked = { srcaddr: "2600:1f18::9", dstport: 53, protocol: 17 };
    const rows = [
      sent({ ...asked, dstaddr: resolver, packets: 2 }),
      received({ ...asked, dstaddr: resolver, packets: 2, interface_id: "eni-2" }),
      sent({ ...asked, dstaddr: elsewhere }),
    ];
    assert.deepEqual(await answer(rows, "other-resolvers"), [
      ["eni-1", "2600:1f18::9", resolver, "53", "true", "2", "100", "0", FIRST, LAST],
      ["eni-1", "2600:1f18::9", elsewhere, "53", "false", "1", "100", "0", FIRST, LAST],
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

  it("next-hops counts sent packets, without rejected ones", async () => {
    const hop = { vpc_id: "vpc-1", next_hop_vpc_id: "vpc-2", next_hop_interface_type: "transit_gateway" };
    const rows = [sent({ ...hop, bytes: 5 }), sent({ ...hop, action: "REJECT" }), received(hop)];
    assert.deepEqual(await answer(rows, "next-hops"), [
      ["vpc-1", "vpc-2", "-", "-", "transit_gateway", "-", "5", "1", "1"],
    ]);
  });
});
