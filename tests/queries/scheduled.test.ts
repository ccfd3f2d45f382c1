import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../../local/athena/dialect/macros";
import { createRandom } from "../../local/traffic/conversations";
import { parseQuery, savedQueries } from "../../queries";
import { SCHEDULED_TIME } from "../../queries/scheduled";
import { lookedAt } from "./windows";

/** An object of the lake, in epoch seconds: Firehose files it under the hour in which its oldest record arrived. */
interface StoredObject {
  arrived: number;
  stored: number;
  /** Time at which a listing shows it. A multipart upload has the date of its beginning. */
  visible: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2026, 11, 20) / 1000;
const HOURS = 1000;

/** An object every five minutes. One in twenty waits for minutes, and one in fifty for up to the day that Firehose tries. */
const objectsOf = (seed: number): StoredObject[] => {
  const random = createRandom(seed);
  return Array.from({ length: (HOURS + 48) * 12 }, (_, n) => {
    const arrived = FROM - DAY + n * 300;
    const chance = random.next();
    const late = chance < 0.02 ? random.next() * DAY : chance < 0.07 ? random.next() * HOUR : 0;
    const stored = Math.floor(arrived + random.next() * 900 + random.next() * 60 + late);
    return { arrived, stored, visible: stored + random.next() * 60 };
  });
};

const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString();

/** Replaces the objects that there are. */
const store = async (db: DuckDBConnection, objects: StoredObject[]) => {
  const rows = objects.map(
    ({ arrived, stored, visible }, id) => `(${id}, ${arrived}, ${stored}, ${visible})`,
  );
  const parts = { year: "%Y", month: "%m", day: "%d", hour: "%H" };
  const columns = Object.entries(parts).map(
    ([name, f]) => `strftime(to_timestamp(start), '${f}') AS ${name}`,
  );
  await db.run(`CREATE OR REPLACE TABLE objects AS
    SELECT id, start, to_timestamp(stored) AS "$file_modified_time", visible, ${columns.join()}
    FROM (VALUES ${rows.join()}) AS t (id, start, stored, visible)`);
};

const connect = async (objects: StoredObject[]): Promise<DuckDBConnection> => {
  const db = await (await DuckDBInstance.create()).connect();
  await db.run("SET TimeZone = 'UTC'");
  for (const definition of MACROS) await db.run(`CREATE MACRO ${definition}`);
  await store(db, objects);
  await db.run("SET VARIABLE moment = 0");
  await db.run("CREATE VIEW flow_logs AS FROM objects WHERE visible <= getvariable('moment')");
  return db;
};

const queryOf = (sql: string) =>
  parseQuery(
    "simulated",
    `-- title: A\n-- question: B?\n-- fields: start\n-- parameter: days = 2; c\n${sql}`,
    "operations",
  );

/** Returns the times at which runs every so many hours are due, in the simulated time. */
const dueTimes = (everyHours: number) =>
  Array.from({ length: HOURS }, (_, n) => FROM + (n + 1) * HOUR).filter(
    (due) => ((due % DAY) / HOUR) % everyHours === 0,
  );

describe("query: scheduled runs", () => {
  const objects = objectsOf(11);
  let db: DuckDBConnection;
  before(async () => {
    db = await connect(objects);
  });
  after(() => db.closeSync());

  /** Returns the objects that a run reads, by the time at which it is due, starts, and has in its input. */
  const found = async (sql: string, due: number, starts: number, told = due): Promise<number[]> => {
    await db.run(`SET VARIABLE moment = ${starts}`);
    const reader = await db.runAndReadAll(sql.replaceAll(SCHEDULED_TIME, isoOf(told)));
    return reader.getRows().map(([id]) => Number(id));
  };

  /** Returns the conditions on rows of runs every so many hours, each with its saved queries. */
  const waysToLook = (everyHours: number): Map<string, string[]> => {
    const ways = new Map<string, string[]>();
    for (const query of savedQueries()) {
      const sql = lookedAt(query.scheduled(everyHours));
      ways.set(sql, [...(ways.get(sql) ?? []), query.name]);
    }
    return ways;
  };

  /** Returns the runs that read each object, by the hours in which they were due. */
  const simulated = async (sql: string, times: number[]): Promise<Map<number, number[]>> => {
    const random = createRandom(12);
    const looked = new Map<number, number[]>();
    for (const due of times) {
      // The schedule says a quarter past, and its flexible time window is a quarter of an hour.
      const starts = due + 900 + random.next() * 900;
      // AWS does not say whether the scheduled time of a flexible schedule is the beginning of its window.
      const ids = await found(sql, due, starts, random.next() < 0.5 ? due + 900 : starts);
      for (const id of ids) looked.set(id, [...(looked.get(id) ?? []), due]);
    }
    return looked;
  };

  const assertOnce = (looked: Map<number, number[]>, everyHours: number, last: number, who: string) => {
    let late = 0;
    for (const [id, { arrived, stored }] of objects.entries()) {
      if (stored < FROM || stored >= last) continue;
      const runs = looked.get(id) ?? [];
      const what = `${who}: object ${id}, arrived ${isoOf(arrived)}, stored ${isoOf(stored)}`;
      assert.equal(runs.length, 1, what);
      const isLate = Math.floor(stored / HOUR) - Math.floor(arrived / HOUR) > 1;
      assert.ok(runs[0] > stored && runs[0] - stored <= (isLate ? 24 : everyHours) * HOUR, what);
      if (isLate) late++;
    }
    assert.ok(late > 100, `${late}`);
  };

  for (const everyHours of [1, 5, 24])
    it(`read every row once in ${HOURS} hours by each query's SQL, every ${everyHours} hours, however late runs and rows are`, async function () {
      this.timeout(300_000);
      const times = dueTimes(everyHours);
      const last = Math.floor((times.at(-1) as number) / DAY) * DAY;
      const ways = waysToLook(everyHours);
      assert.equal([...ways.values()].flat().length, savedQueries().length);
      for (const [sql, names] of ways)
        assertOnce(await simulated(sql, times), everyHours, last, names.join(", "));
    });

  it("compare with the history of earlier runs, and with no row of a later run", async () => {
    const ids = (where: string) => queryOf(`SELECT id FROM flow_logs WHERE ${where}`).scheduled(6);
    for (const due of dueTimes(6).slice(8, 20)) {
      const of = (where: string) => found(ids(where), due, due + 900);
      const window = await of(":window");
      assert.deepEqual(await of(":history AND :recent"), window);
      const before = await of(":history AND NOT :recent");
      const later = await Promise.all(
        [due + 6 * HOUR, Math.ceil((due + 1) / DAY) * DAY].map((next) =>
          found(ids(":window"), next, next + 900),
        ),
      );
      assert.ok(before.length > 2 * 24 * 12 * 0.9);
      const others = new Set([...window, ...later.flat()]);
      assert.deepEqual(
        before.filter((id) => others.has(id)),
        [],
      );
    }
  });

  it("find rows that Firehose stored up to 25 hours after their arrival, and no older ones", async () => {
    const midnight = FROM + 5 * DAY;
    const sql = queryOf("SELECT count(*) FROM flow_logs WHERE :window").scheduled(1);
    const stored = midnight - DAY;
    for (const [hours, count] of [
      [25, 1],
      [27, 0],
    ]) {
      await store(db, [{ arrived: stored - hours * HOUR, stored, visible: stored }]);
      assert.deepEqual(await found(sql, midnight, midnight + 900), [count], `${hours} hours`);
    }
  });
});
