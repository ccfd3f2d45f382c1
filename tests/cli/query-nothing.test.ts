import assert from "node:assert/strict";
import { transitLines } from "../trino/lines";
import { flowlogs, workFolder } from "./flowlogs";

/** A NAT gateway's lines: a host's packets to the outside and the answers, each logged twice. */
const OF_A_NAT_GATEWAY = [
  "interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end action log-status flow-direction",
  "eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 39812 443 6 10 1000 1768435210 1768435250 ACCEPT OK ingress",
  "eni-0a1b2c3d4e5f60718 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 1024 443 6 10 1000 1768435210 1768435250 ACCEPT OK egress",
  "eni-0a1b2c3d4e5f60718 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220 443 1024 6 10 9000 1768435210 1768435250 ACCEPT OK ingress",
  "eni-0a1b2c3d4e5f60718 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5 443 39812 6 10 9000 1768435210 1768435250 ACCEPT OK egress",
];

describe("flowlogs query, if every row is left out", () => {
  const dir = workFolder();
  before(async () => {
    const gateways = ["-c", 'transitGateways={"hub":"tgw-0123456789abcdef0"}'];
    await flowlogs(dir, ["run", "-", "--lake", "nat"], `${OF_A_NAT_GATEWAY.join("\n")}\n`);
    await flowlogs(
      dir,
      ["run", "-", "--lake", "transit", ...gateways],
      `${transitLines(1_768_435_210).join("\n")}\n`,
    );
  });
  const asked = async (lake: string, name: string) => {
    const { stdout, stderr } = await flowlogs(dir, ["query", name, "--all", "--csv", "--lake", lake]);
    return { rows: stdout.trim().split("\n").length - 1, stderr };
  };

  it("says that all are of NAT gateways, and names queries about those", async () => {
    const { rows, stderr } = await asked("nat", "traffic-by-port");
    assert.equal(rows, 0);
    assert.match(
      stderr,
      /^the answer is empty because all 4 rows of this window are of NAT gateways, .* internet-egress/m,
    );
    assert.ok((await asked("nat", "internet-egress")).rows > 0);
  });

  it("says that all are of transit gateways, and names a query about those", async () => {
    const { rows, stderr } = await asked("transit", "top-talkers");
    assert.equal(rows, 0);
    assert.match(
      stderr,
      /^the answer is empty because all 3 rows of this window are of transit gateways, .* transit-gateway-pairs/m,
    );
    assert.ok((await asked("transit", "transit-gateway-pairs")).rows > 0);
  });

  it("says nothing if an answer is empty for another reason", async () => {
    for (const lake of ["nat", "transit"])
      assert.doesNotMatch((await asked(lake, "unparsed-lines")).stderr, /the answer is empty/);
    assert.doesNotMatch((await asked("nat", "rejected-by-port")).stderr, /the answer is empty/);
  });
});
