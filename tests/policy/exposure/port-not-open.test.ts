import assert from "node:assert/strict";
import { portNotOpen as rule } from "../../../policy/rules/exposure/port-not-open";
import { judge } from "../access/judge";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const tcp = (fromPort: number, toPort = fromPort) => ({ protocol: "tcp", fromPort, toPort });
const WORLD = { cidrBlocks: ["0.0.0.0/0"] };
const said = (ingress: object, config = {}) => judge(rule, GROUP, { ingress: [ingress] }, config);

describe("port-not-open", () => {
  it("rejects SSH from everywhere, and accepts it from a network", () => {
    assert.deepEqual(said({ ...tcp(22), ...WORLD }), [
      "opens port 22 (SSH) to 0.0.0.0/0; name the networks that need it.",
    ]);
    assert.deepEqual(said({ ...tcp(22), cidrBlocks: ["10.0.0.0/8"] }), []);
    assert.deepEqual(said({ ...tcp(22), securityGroups: ["sg-1"] }), []);
  });

  it("accepts a web server, and rejects a range with an administration port", () => {
    for (const port of [80, 443, 8080]) assert.deepEqual(said({ ...tcp(port), ...WORLD }), []);
    assert.match(said({ ...tcp(3000, 4000), ...WORLD })[0], /^opens port 3306, 3389 \(RDP\) to/);
  });

  it("rejects over UDP the ports that are served over UDP, and those of its configuration", () => {
    const udp = (port: number) => ({ ...tcp(port), protocol: "udp", ...WORLD });
    for (const port of [3389, 137, 11211]) assert.equal(said(udp(port)).length, 1);
    for (const port of [22, 1433, 5432]) assert.deepEqual(said(udp(port)), []);
    assert.equal(said({ ...udp(22), protocol: "17" }).length, 0);
    assert.equal(said({ ...udp(22), protocol: "6" }).length, 1);
    assert.equal(said(udp(8443), { ports: [8443] }).length, 1);
  });

  for (const cidr of [
    { cidrBlocks: ["0.0.0.0/1"] },
    { ipv6CidrBlocks: ["::/0"] },
    { ipv6CidrBlocks: ["2000::/3"] },
  ])
    it(`rejects most of the internet: ${JSON.stringify(cidr)}`, () =>
      assert.equal(said({ ...tcp(3389), ...cidr }).length, 1));

  for (const range of ["fd00::/8", "fc00::/7", "FC00::/9", "fdab:1::/16", "fe80::/10"])
    it(`accepts ${range}, which is not routed on the internet`, () =>
      assert.deepEqual(said({ ...tcp(22), ipv6CidrBlocks: [range] }), []));

  for (const range of ["f000::/4", "fc00::/6", "fec0::/3", "fd00::/0", "2600::/12"])
    it(`rejects ${range}, which includes internet addresses`, () =>
      assert.equal(said({ ...tcp(22), ipv6CidrBlocks: [range] }).length, 1));

  it("rejects every port and every protocol, and accepts ping", () => {
    for (const rule of [{ protocol: "-1", fromPort: 0, toPort: 0 }, tcp(0, 65535)])
      assert.match(said({ ...rule, ...WORLD })[0], /^opens all ports to/);
    assert.deepEqual(said({ protocol: "icmp", fromPort: -1, toPort: -1, ...WORLD }), []);
  });

  it("reads rules as resources of their own, and only ingress rules", () => {
    const own = { ...tcp(5432), ...WORLD };
    const type = "aws:ec2/securityGroupRule:SecurityGroupRule";
    assert.equal(judge(rule, type, { ...own, type: "ingress" }).length, 1);
    assert.deepEqual(judge(rule, type, { ...own, type: "egress" }), []);
    const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const props = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };
    assert.equal(judge(rule, ingress, { ...props, cidrIpv4: "0.0.0.0/0" }).length, 1);
    assert.equal(judge(rule, ingress, { ...props, cidrIpv6: "::/0" }).length, 1);
    assert.deepEqual(judge(rule, ingress, { ...props, referencedSecurityGroupId: "sg-1" }), []);
  });

  it("waits for what preview does not know", () => {
    assert.deepEqual(said({ ...tcp(22), cidrBlocks: [UNKNOWN_ON_THE_WIRE] }), []);
    assert.deepEqual(said({ ...WORLD, protocol: "tcp", fromPort: UNKNOWN_ON_THE_WIRE, toPort: 22 }), []);
    assert.deepEqual(judge(rule, GROUP, { ingress: UNKNOWN_ON_THE_WIRE }), []);
  });

  it("goes by the ports of its configuration", () => {
    assert.deepEqual(said({ ...tcp(22), ...WORLD }, { ports: [8443] }), []);
    assert.equal(said({ ...tcp(8443), ...WORLD }, { ports: [8443] }).length, 1);
  });
});
