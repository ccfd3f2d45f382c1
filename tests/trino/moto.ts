import { join } from "node:path";
import { freePort, Service } from "./service";

/** moto accepts any caller, and uses the service in the credential. */
const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** AWS's Glue and S3 as moto emulates them, in memory. */
export class Moto {
  private constructor(
    readonly url: string,
    private readonly service: Service,
  ) {}

  static async start(python: string, folder: string): Promise<Moto> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const service = await Service.start({
      command: python,
      args: ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
      log: join(folder, "moto.log"),
      isReady: async () => (await fetch(`${url}/moto-api/`)).ok,
      seconds: 60,
    });
    return new Moto(url, service);
  }

  /** Calls an action of Glue's API. */
  async glue(action: string, input: object): Promise<void> {
    const headers = {
      authorization: authorization("glue"),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSGlue.${action}`,
    };
    await this.call(action, "", { method: "POST", headers, body: JSON.stringify(input) });
  }

  /** Stores an object, or creates a bucket if there is no key. */
  async put(bucket: string, key = "", body?: Uint8Array<ArrayBuffer>): Promise<void> {
    const headers = { authorization: authorization("s3") };
    await this.call(`PUT ${bucket}`, `${bucket}/${key}`, { method: "PUT", headers, body });
  }

  /** Forgets everything. */
  async reset(): Promise<void> {
    await this.call("to forget", "moto-api/reset", { method: "POST" });
  }

  private async call(what: string, path: string, init: RequestInit): Promise<void> {
    const response = await fetch(`${this.url}/${path}`, init);
    if (!response.ok) throw new Error(`moto refuses ${what}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}
