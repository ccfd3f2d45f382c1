import { createHash } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import { blocksOf } from "../../queries/prefixes";

/**
 * Private and shared addresses, which count as inside in queries too. Link-local ones have no interface in a flow log.
 */
const PRIVATE: readonly string[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "fc00::/7",
];

/** Hosts that have an interface in the flow log. */
export class Inside {
  private readonly blocks = new BlockList();
  private readonly ids = new Map<string, string>();
  private readonly addresses = new Map<string, string>();

  /** `list`: CIDR blocks with commas between, beside private ones. */
  constructor(readonly list: string) {
    for (const block of [...PRIVATE, ...blocksOf(list)]) {
      const [address, length] = block.split("/");
      this.blocks.addSubnet(address, Number(length), isIPv6(address) ? "ipv6" : "ipv4");
    }
  }

  has(address: string): boolean {
    return this.blocks.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  }

  /** Returns the interface of an inside host; undefined for others. */
  interfaceOf(address: string): string | undefined {
    const known = this.ids.get(address);
    if (known !== undefined || !this.has(address)) return known;
    const id = `eni-0${createHash("sha256").update(address).digest("hex").slice(0, 16)}`;
    this.ids.set(address, id);
    this.addresses.set(id, address);
    return id;
  }

  /** Returns the host of an interface. */
  addressOf(id: string): string | undefined {
    return this.addresses.get(id);
  }

  /** Number of inside hosts so far. */
  get hosts(): string[] {
    return [...this.ids.keys()];
  }
}
