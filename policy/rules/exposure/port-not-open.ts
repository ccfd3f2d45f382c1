import { fsbp, securityHub } from "../../reading/frameworks";
import { type Fields, fields, list, strings } from "../../reading/properties";
import { resourceRule } from "../document-rule";
import { numberOf } from "../operation-rule";

/** Where administrators and databases listen; nobody offers these to the world. */
const PORTS = [
  20, 21, 22, 23, 135, 137, 138, 139, 445, 1433, 1434, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 4333,
  5432, 5500, 5601, 5984, 5985, 5986, 6379, 7000, 7001, 9200, 9300, 10250, 11211, 27017, 27018, 27019,
];

/** The ports of the list at which something listens on UDP, too. Nobody speaks SSH or SQL over it. */
const UDP = new Set([135, 137, 138, 139, 445, 1434, 2049, 3389, 11211]);

/** True if a port of the list may be reached by a protocol. A port that only a configuration names may be, by both. */
const isServed = (port: number, protocol: string): boolean =>
  /^(tcp|6)$/.test(protocol) || UDP.has(port) || !PORTS.includes(port);

const NAMES: Record<number, string> = { 22: "SSH", 3389: "RDP" };

/** A rule of a security group, in whichever resource it stands. */
interface Ingress {
  protocol: unknown;
  from: unknown;
  to: unknown;
  sources: string[];
}

const inline = (rule: unknown): Ingress => {
  const { protocol, fromPort, toPort, cidrBlocks, ipv6CidrBlocks } = fields(rule);
  return { protocol, from: fromPort, to: toPort, sources: [cidrBlocks, ipv6CidrBlocks].flatMap(strings) };
};

/** The rules that let traffic in, by resource type. */
export const INGRESS: Record<string, (props: Fields) => Ingress[]> = {
  "aws:ec2/securityGroup:SecurityGroup": ({ ingress }) => list(ingress).map(inline),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ({ ingress }) => list(ingress).map(inline),
  "aws:ec2/securityGroupRule:SecurityGroupRule": (props) => (props.type === "ingress" ? [inline(props)] : []),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (props) => [
    {
      protocol: props.ipProtocol,
      from: props.fromPort,
      to: props.toPort,
      sources: [props.cidrIpv4, props.cidrIpv6].flatMap(strings),
    },
  ],
};

/** Begins a range of IPv6 that no route on the internet leads to: private (fc00::/7), of one link (fe80::/10). */
const NOT_ROUTED = /^(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/i;

/** True if a range is wider than /8 (IPv4) or than a provider's block (IPv6). EC2 reads 10.1.2.3/0 as 0.0.0.0/0. */
function isWorld(source: string): boolean {
  const [address, bits = ""] = source.split("/");
  if (bits === "") return false;
  if (!address.includes(":")) return Number(bits) < 8;
  return Number(bits) < 32 && !(Number(bits) >= 7 && NOT_ROUTED.test(address));
}

/** The ports of a list that a rule opens; undefined if it opens every port. */
function opened({ protocol, from, to }: Ingress, ports: number[]): number[] | undefined {
  const name = String(protocol).toLowerCase();
  if (name === "-1" || name === "all") return undefined;
  if (!/^(tcp|udp|6|17)$/.test(name)) return [];
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === undefined || last === undefined) return [];
  if (first <= 1 && last >= 65535) return undefined;
  return ports.filter((port) => first <= port && port <= last && isServed(port, name));
}

export const portNotOpen = resourceRule<{ ports: number[] }>(
  {
    name: "port-not-open",
    displayName: "No administration from the internet",
    description:
      "No security group lets the whole internet at ports of administration and of databases, or at all ports.",
    severity: "high",
    framework: fsbp("EC2.19", "Security groups should not allow unrestricted access to ports with high risk"),
    tags: [
      "exposure",
      "ec2",
      "network",
      "fsbp/EC2.13",
      "fsbp/EC2.14",
      "cis-aws-3.0.0/5.2",
      "cis-aws-3.0.0/5.3",
    ],
    remediationSteps:
      "Name the networks that need it, or use Session Manager or EC2 Instance Connect Endpoint, which need no open port.",
    url: securityHub("ec2"),
    options: {
      ports: {
        type: "array",
        items: { type: "integer", minimum: 0, maximum: 65535 },
        maxItems: 1000,
        default: PORTS,
        description: "The ports that may not be open to the internet.",
      },
    },
    defaults: { ports: PORTS },
    isAbout: (type) => Object.hasOwn(INGRESS, type),
  },
  (type, props, { ports }) =>
    INGRESS[type](props).flatMap((rule) => {
      const source = rule.sources.find(isWorld);
      const found = opened(rule, ports);
      if (source === undefined || found?.length === 0) return [];
      const shown = found
        ? found
            .slice(0, 5)
            .map((port) => (NAMES[port] ? `${port} (${NAMES[port]})` : port))
            .join(", ")
        : "all ports";
      return [`opens ${found ? "port " : ""}${shown} to ${source}; name the networks that need it.`];
    }),
);
