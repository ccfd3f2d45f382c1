import assert from "node:assert/strict";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Pipeline } from "../../local/pipeline";
import { layoutFrom } from "../../schema/layout";
import { workFolder } from "../cli/flowlogs";

const LINE =
  "2 123456789010 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.0.220 39812 443 6 11 8341 1732244410 1732244469 ACCEPT OK";
const HOUR = new Date(Date.UTC(2024, 10, 22, 3));
const layout = layoutFrom(["default"]);

describe("local: the pipeline", () => {
  it("releases the lines that it has sent", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const lakeDir = join(workFolder(), "lake");
    const pipeline = await Pipeline.open({ stack: "dev", config: {}, lakeDir, replace: false });
    const sent: WeakRef<object>[] = [];
    const send = async () => {
      const events = [{ timestamp: HOUR.getTime(), message: LINE }];
      sent.push(new WeakRef(events));
      await pipeline.send({ layout, hour: HOUR, events });
    };
    try {
      for (let n = 0; n < 5; n++) await send();
      for (let n = 0; n < 3; n++) {
        await setImmediate();
        collect();
      }
      // The last one is still in use, and the first one started the pipeline.
      const kept = sent.map((events, n) => (events.deref() ? n : -1)).filter((n) => n >= 0);
      assert.deepEqual(
        kept.filter((n) => n > 0 && n < sent.length - 1),
        [],
      );
    } finally {
      await pipeline.finish();
      await pipeline.close();
    }
  });
});
