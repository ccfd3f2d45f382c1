import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, ask, type Session } from "./client";
import { freePort, Service } from "./service";

/** The catalog that Athena's SQL and views name. */
const CATALOG = "awsdatacatalog";

/** The catalog that takes what is written as UNLOAD writes it: moto's Glue cannot keep the statistics of such a table. */
export const UNLOADED = "unloaded";

/** Files in S3, which is moto's. */
const filesOf = (aws: string) => ({
  "connector.name": "hive",
  "fs.native-s3.enabled": "true",
  "s3.endpoint": aws,
  "s3.region": "us-east-1",
  "s3.path-style-access": "true",
  "s3.aws-access-key": "test",
  "s3.aws-secret-key": "test",
  "hive.table-statistics-enabled": "false",
  "hive.collect-column-statistics-on-write": "false",
});

/** A catalog whose tables are in Glue, which is moto's too. */
const catalogOf = (aws: string) => ({
  ...filesOf(aws),
  "hive.metastore": "glue",
  "hive.metastore.glue.region": "us-east-1",
  "hive.metastore.glue.endpoint-url": aws,
  "hive.metastore.glue.aws-access-key": "test",
  "hive.metastore.glue.aws-secret-key": "test",
  // Settings as in Athena: partitions are projected, some do not exist, and folders below them are read.
  "hive.partition-projection-enabled": "true",
  "hive.ignore-absent-partitions": "true",
  "hive.recursive-directories": "true",
});

const unloadedOf = (aws: string, folder: string) => ({
  ...filesOf(aws),
  "hive.metastore": "file",
  "hive.metastore.catalog.dir": "local:///catalog",
  "fs.native-local.enabled": "true",
  "local.location": folder,
  "hive.non-managed-table-writes-enabled": "true",
});

const configOf = (port: number, plugins: string) => ({
  coordinator: "true",
  "node-scheduler.include-coordinator": "true",
  "http-server.http.port": String(port),
  "discovery.uri": `http://127.0.0.1:${port}`,
  "plugin.dir": plugins,
  // A prepared statement goes with each request, in a header.
  "http-server.max-request-header-size": "128kB",
  "query.max-memory-per-node": "400MB",
});

const write = (file: string, properties: Record<string, string>) => {
  mkdirSync(join(file, ".."), { recursive: true });
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(file, lines.join(""));
};

/** A Trino of one machine. */
export class Trino {
  private constructor(
    private readonly url: string,
    private readonly service: Service,
  ) {}

  static async start(java: string, trino: string, aws: string, folder: string): Promise<Trino> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const [etc, plugins] = [join(folder, "etc"), join(folder, "plugins")];
    mkdirSync(plugins, { recursive: true });
    symlinkSync(join(trino, "plugin/hive"), join(plugins, "hive"));
    write(join(etc, "config.properties"), configOf(port, plugins));
    write(join(etc, `catalog/${CATALOG}.properties`), catalogOf(aws));
    write(join(etc, `catalog/${UNLOADED}.properties`), unloadedOf(aws, folder));
    const settings = {
      "node.environment": "test",
      "node.data-dir": join(folder, "data"),
      config: join(etc, "config.properties"),
      "catalog.config-dir": join(etc, "catalog"),
    };
    const service = await Service.start({
      command: java,
      args: [
        // A quick start matters more than optimized code, since runs are short.
        ...["-Xmx1500M", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=1", "--add-modules=jdk.incubator.vector"],
        ...["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"],
        ...Object.entries(settings).map(([key, value]) => `-D${key}=${value}`),
        ...["-cp", join(trino, "lib/*"), "io.trino.server.TrinoServer"],
      ],
      log: join(folder, "trino.log"),
      isReady: async () => /"starting":false/.test(await (await fetch(`${url}/v1/info`)).text()),
      seconds: 180,
    });
    return new Trino(url, service);
  }

  /** Asks in a database, and with statements that are prepared. */
  ask(sql: string, schema: string, prepared: Session["prepared"] = {}): Promise<Answer> {
    return ask(this.url, sql, { catalog: CATALOG, schema, prepared });
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}
