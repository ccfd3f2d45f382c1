import assert from "node:assert/strict";
import { FlowLogAnalytics } from "../../components";
import { listOf, statementsOf } from "./documents";
import { ACCOUNT, type EmbeddedResource, embedded } from "./embedded";
import { archiveOf, child } from "./graph";
import { VPCS } from "./settings";

/** Returns all inputs of a resource as text, with an archive's files. */
const textOf = async ({ type, inputs }: EmbeddedResource): Promise<string> =>
  JSON.stringify(inputs) +
  (type === "aws:lambda/function:Function" ? JSON.stringify(await archiveOf(inputs)) : "");

const PLACES = [
  { region: "cn-north-1", partition: "aws-cn", domain: "amazonaws.com.cn", host: "console.amazonaws.cn" },
  {
    region: "us-gov-west-1",
    partition: "aws-us-gov",
    domain: "amazonaws.com",
    host: "console.amazonaws-us-gov.com",
  },
  {
    region: "eusc-de-east-1",
    partition: "aws-eusc",
    domain: "amazonaws.eu",
    host: "console.amazonaws-eusc.eu",
  },
  {
    region: "us-isob-east-1",
    partition: "aws-iso-b",
    domain: "sc2s.sgov.gov",
    host: "console.sc2shome.sgov.gov",
  },
];

for (const { region, partition, domain, host } of PLACES) {
  describe(`in ${region}`, () => {
    let resources: EmbeddedResource[];
    let outputs: Record<string, unknown>;
    let text: string;
    const policy = (name: string, key: string) =>
      statementsOf(String(child({ resources }, name).inputs[key]));

    before(async () => {
      ({ resources, outputs } = await embedded(region, () => {
        // The default scan limit has 12 digits, as an account's id has.
        const args = { vpcs: VPCS, bytesScannedCutoffPerQuery: 10_000_000 };
        const flows = new FlowLogAnalytics("edge", args);
        return { link: flows.consoleLink, workgroup: flows.workgroup.name };
      }));
      text = (await Promise.all(resources.map(textOf))).join("\n");
    });

    it(`writes every ARN for partition ${partition}, this region and this account`, () => {
      const arns = [...text.matchAll(/arn:([\w-]*):[\w-]+:([\w-]*):(\w*):/g)];
      assert.ok(arns.length > 30, `${arns.length} ARNs`);
      assert.deepEqual(new Set(arns.map(([, where]) => where)), new Set([partition]));
      // S3's ARNs have neither region nor account, IAM's have no region.
      assert.deepEqual(new Set(arns.map(([, , where]) => where)), new Set(["", region]));
      assert.deepEqual(new Set(arns.map(([, , , account]) => account)), new Set(["", ACCOUNT]));
    });

    it("names no other region or account anywhere", () => {
      const regions = text.matchAll(
        /\b(?:us|eu|eusc|ap|cn|sa|ca|me|mx|af|il)(?:-gov|-iso\w?|-de)?-[a-z]{4,}-\d\b/g,
      );
      assert.deepEqual(new Set(Array.from(regions, ([name]) => name)), new Set([region]));
      const accounts = text.matchAll(/(?<![\w-])\d{12}(?![\w-])/g);
      assert.deepEqual(new Set(Array.from(accounts, ([account]) => account)), new Set([ACCOUNT]));
    });

    it("writes the services' names as this partition has them", () => {
      const [, logs] = policy("edge-key", "policy");
      assert.deepEqual(logs.Principal, { Service: `logs.${region}.${domain}` });
      const throughS3 = policy("edge-stream-policy", "policy").find(({ Action }) =>
        listOf(Action).includes("kms:Decrypt"),
      );
      assert.deepEqual(throughS3?.Condition, {
        StringEquals: { "kms:ViaService": `s3.${region}.${domain}` },
      });
      const principals = ["stream", "etl", "flow-logs"].map(
        (part) => policy(`edge-${part}-role`, "assumeRolePolicy")[0].Principal,
      );
      assert.deepEqual(
        principals,
        ["firehose", "lambda", "vpc-flow-logs"].map((service) => ({ Service: `${service}.amazonaws.com` })),
      );
    });

    it("links to this partition's console, at the workgroup's saved queries", () => {
      assert.equal(
        outputs.link,
        `https://${region}.${host}/athena/home?region=${region}#/query-editor/saved-queries?workgroup=${outputs.workgroup}`,
      );
    });
  });
}
