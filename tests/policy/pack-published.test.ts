import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../../policy/rules";
import { type Analyzer, startAnalyzer } from "./analyzer";

const ROOT = join(__dirname, "../..");
const PACK = join(ROOT, "policy");

/** A folder outside the repository where the pack finds Pulumi's packages, and no compiler. */
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(ROOT, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
  return folder;
};

/** Writes foreign files into the pack's folder, which it must not read. */
const writeStrangers = (folder: string) => {
  writeFileSync(join(folder, "config.json"), '{ "all": "advisory" }');
  writeFileSync(join(folder, "broken.json"), "{");
  writeFileSync(join(folder, "notes.ts"), 'import { nothing } from "nowhere";\n');
};

const countRules = async (pack: Analyzer) => (await pack.info()).getPoliciesList().length;

describe("the package that npm pack makes of the policy pack", () => {
  const folder = newFolder();
  const unpacked = join(folder, "node_modules/flow-log-analytics-policy");
  let pack: Analyzer;

  before(() => {
    const options = { cwd: PACK, encoding: "utf8" } as const;
    const made = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], options);
    const [{ filename }] = JSON.parse(made.slice(made.indexOf("[\n")));
    mkdirSync(unpacked);
    execFileSync("tar", ["xzf", join(folder, filename), "-C", unpacked, "--strip-components", "1"]);
    writeFileSync(join(folder, "package.json"), "{}");
    for (const place of [folder, unpacked]) writeStrangers(place);
  });

  after(async () => {
    await pack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("starts with every rule, whatever else is in the folder", async () => {
    pack = await startAnalyzer(unpacked);
    assert.equal(await countRules(pack), rules.length);
  });

  it("has its compiled files and no source", () => {
    const names = readdirSync(unpacked, { recursive: true }).map(String);
    for (const needed of ["LICENSE", "NOTICE", "README.md", "PulumiPolicy.yaml", "pull-request.yml"])
      assert.ok(names.includes(needed), needed);
    const mine = names.filter((name) => name !== "notes.ts");
    assert.deepEqual(
      mine.filter((name) => /\.ts$|generate|build\.js/.test(name)),
      [],
    );
    const { dependencies } = require(join(unpacked, "package.json"));
    assert.deepEqual(Object.keys(dependencies), ["@pulumi/policy"]);
  });

  const check = (text: string, ...args: string[]) => {
    const command = [join(unpacked, "flowlogs-policy.js"), ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      input: text,
      encoding: "utf8",
    });
    return { status, stdout, lines: stderr.trim().split("\n") };
  };

  it("checks a configuration: 0 if it is valid", () => {
    assert.equal(check("", "check", join(folder, "config.json")).status, 0);
    const { status, lines } = check('{ "bucket-tls-only": "disabled" }', "check", "-");
    assert.deepEqual([status, lines], [0, ["- will do"]]);
  });

  it("checks a configuration: 1 with every mistake and the name that was meant", () => {
    const text =
      '{ "bucket-tls-onyl": "mandatory", "all": "strict", "workgroup-scan-limited": { "maxBytes": 1 } }';
    const { status, lines } = check(text, "check", "-");
    assert.equal(status, 1);
    assert.deepEqual(lines, [
      "-: the policy configuration has 3 mistakes",
      "  bucket-tls-onyl: there is no such rule; did you mean bucket-tls-only?",
      '  all: enforcementLevel must be one of advisory, mandatory, remediate, disabled, not "strict"',
      '  workgroup-scan-limited: there is no option "maxBytes"; did you mean maximumBytes? it has exempt, maximumBytes',
    ]);
    assert.match(check("{", "check", "-").lines[0], /is not JSON/);
    assert.match(check('{ "all": "advisory", "all": "mandatory" }', "check", "-").lines[1], /same key twice/);
  });

  it("checks a configuration: 2 if it is misused", () => {
    const words = [
      [],
      ["check"],
      ["chekc", "-"],
      ["check", "a", "b"],
      ["check", join(folder, "nothing.json")],
    ];
    for (const args of words) assert.equal(check("{}", ...args).status, 2, args.join(" "));
    const { status, stdout } = check("", "--help");
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: flowlogs-policy check <file>/);
  });
});

describe("a copy of the policy pack's sources", () => {
  const folder = newFolder();
  let pack: Analyzer | undefined;

  before(() => {
    require("../../policy/build").build();
    for (const file of readdirSync(PACK).filter((name) => name !== "node_modules"))
      cpSync(join(PACK, file), join(folder, file), { recursive: true });
    writeStrangers(folder);
  });

  afterEach(() => pack?.stop());
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("starts without a compiler once it is compiled, whatever else is in the folder", async () => {
    pack = await startAnalyzer(folder);
    assert.equal(await countRules(pack), rules.length);
  });

  it("says what is missing if it is not compiled and there is no compiler", () => {
    rmSync(join(folder, "dist"), { recursive: true });
    const options = { cwd: folder, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync(process.execPath, ["main.js"], options);
    assert.equal(status, 1);
    assert.match(stderr, /^the policy pack in .+ is a copy of its sources .+; install the package .+\n$/);
  });

  it("starts where nothing can be written", async () => {
    const preload = join(folder, "read-only.js");
    const refuse = 'throw Object.assign(new Error("read-only"), { code: "EROFS" })';
    writeFileSync(preload, `require("node:fs").mkdtempSync = () => { ${refuse}; };`);
    // With TypeScript, as in a checkout.
    symlinkSync(join(ROOT, "node_modules/typescript"), join(folder, "node_modules/typescript"));
    pack = await startAnalyzer(folder, ["--require", preload]);
    assert.equal(await countRules(pack), rules.length);
    assert.deepEqual(readdirSync(join(folder, "dist")), []);
  });
});
