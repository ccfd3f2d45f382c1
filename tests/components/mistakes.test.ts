import assert from "node:assert/strict";
import { FIELDS } from "../../schema/fields";
import { check, errorOf, GOOD, type Untyped, VPCS } from "./settings";

const RETENTION =
  "must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
const ONE_VPC = "must name at least one VPC, such as { main: vpc.id }, or another source";
const VPCS_BY_NAME = "must be an object with a name for each VPC, known when the program runs";
const VPC_ID = "must be a VPC id such as vpc-0123456789abcdef0";
const SHORT_NAME = "its name must be 1 to 30 lower-case letters, digits or hyphens";
const FIELD_LIST = "must be a list of field names or presets";
const SECONDS = "must be 0 to 900 seconds";
const SCAN = "must be a whole number of bytes from 10000000 to 9007199254740991";
const NO_FIELD =
  'no field is named; use a preset (default, recommended, all) or names such as "srcaddr dstaddr action"';
const LONG = "x".repeat(31);
const LOG_GROUP =
  "must be a log group's name, 1 to 512 of a-z, A-Z, 0-9, and . - _ / #, such as /vpc/flow-logs (not its ARN)";
const OWN_GROUP =
  "is a log group of this component, which it reads already or writes to itself; leave it out";
/** The 26 digits that the AWS provider appends to a prefix. */
const OWN = "flows-flow-logs-f81fdf20-e5de20a-20261128170000000000000001";
const TOPIC = "must be the ARN of a standard SNS topic such as arn:aws:sns:eu-central-1:123456789012:alerts";
const LETTERS = "letters, digits, spaces and _ . : / = + - @";
const TAG_KEY = "k".repeat(129);
const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, "value"]));
const TAG = { resourceType: "instance", tagKeys: ["team"] };
const TAGGED = { fields: ["default", "instance-tag"] };
const PRODUCERS = { ingestion: "SUBSCRIPTION", producerAccounts: ["111122223333"] };

const KEY = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
const KEY_ARN =
  "must be the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), because policies do not go by its id or an alias";

type Mistake = [what: string, change: Untyped, path: string, reason: string];

// biome-ignore format: a table, one mistake a line
const MISTAKES: Mistake[] = [
  ["no VPCs at all", { vpcs: undefined }, "vpcs", `${ONE_VPC}; got undefined`],
  ["VPCs that are null, as an empty key in YAML is", { vpcs: null }, "vpcs", `${VPCS_BY_NAME}; got null`],
  ["a set of no VPCs", { vpcs: {} }, "vpcs", `${ONE_VPC}; got {}`],
  ["a VPC's id without a name", { vpcs: "vpc-0a1b2c3d" }, "vpcs", `${VPCS_BY_NAME}; got "vpc-0a1b2c3d"`],
  ["a list of VPCs", { vpcs: ["vpc-0a1b2c3d"] }, "vpcs", `${VPCS_BY_NAME}; got ["vpc-0a1b2c3d"]`],
  ["a subnet for a VPC", { vpcs: { main: "subnet-0a1b2c3d" } }, "vpcs.main", `${VPC_ID}; got "subnet-0a1b2c3d"`],
  ["an id that is too short", { vpcs: { main: "vpc-0a1b2c3" } }, "vpcs.main", `${VPC_ID}; got "vpc-0a1b2c3"`],
  ["an id of 16 digits, where AWS gives 8 or 17", { vpcs: { main: "vpc-0123456789abcdef" } }, "vpcs.main", `${VPC_ID}; got "vpc-0123456789abcdef"`],
  ["an id with more around it", { vpcs: { main: "vpc-0a1b2c3d " } }, "vpcs.main", `${VPC_ID}; got "vpc-0a1b2c3d "`],
  ["an empty id", { vpcs: { main: "" } }, "vpcs.main", `${VPC_ID}; got ""`],
  ["a VPC without an id", { vpcs: { main: null } }, "vpcs.main", `${VPC_ID}; got null`],
  ["the one bad id among good ones", { vpcs: { ...VPCS, edge: "vpc-x" } }, "vpcs.edge", `${VPC_ID}; got "vpc-x"`],
  ["one VPC under two names", { vpcs: { ...VPCS, again: VPCS.main } }, "vpcs.again", `is the VPC of vpcs.main again, so each of its flows would make two rows; name it once; got "${VPCS.main}"`],
  ["an id that is an object", { vpcs: { main: {} } }, "vpcs.main", `${VPC_ID}; got {}`],
  ["a scan limit that is not a number", { bytesScannedCutoffPerQuery: Number.NaN }, "bytesScannedCutoffPerQuery", `${SCAN}; got NaN`],
  ["a VPC's name in capitals", { vpcs: { Main: VPCS.main } }, "vpcs.Main", `${SHORT_NAME}; got "Main"`],
  ["a VPC's name with an underscore", { vpcs: { a_b: VPCS.main } }, "vpcs.a_b", `${SHORT_NAME}; got "a_b"`],
  ["a VPC's name of 31 letters", { vpcs: { [LONG]: VPCS.main } }, `vpcs.${LONG}`, `${SHORT_NAME}; got "${LONG}"`],
  ["a preset that is no list", { fields: "recommended" }, "fields", `${FIELD_LIST}; got "recommended"`],
  ["a number among fields", { fields: ["srcaddr", 5] }, "fields", `${FIELD_LIST}; got ["srcaddr",5]`],
  ["a list of no fields", { fields: [] }, "fields", NO_FIELD],
  ["a misspelt field", { fields: ["srcaddr", "dst-addr"] }, "fields[1]", 'unknown field "dst-addr"; did you mean "dstaddr"?'],
  ["a misspelt preset", { fields: ["recomended"] }, "fields[0]", 'unknown field "recomended"; did you mean "recommended"?'],
  ["a column's name for a field's", { fields: ["vpc_id"] }, "fields[0]", 'unknown field "vpc_id"; did you mean "vpc-id"?'],
  ["a field twice", { fields: ["bytes", "start", "bytes"] }, "fields[2]", 'field "bytes" is there twice; name it once'],
  ["a field that a preset has", { fields: ["default", "end"] }, "fields[1]", 'field "end" is there twice; name it once'],
  ["a preset whose fields are there", { fields: ["default", "recommended"] }, "fields[1]", 'preset "recommended" has version and 13 more, which are there already; leave out one of the two'],
  ["a misspelt field, and not what needs the others", { fields: ["instance-tag", "protocl"], tagFields: [TAG], detections: { queries: ["top-talkers"] } }, "fields[1]", 'unknown field "protocl"; did you mean "protocol"?'],
  ["an interval between the two", { maxAggregationInterval: 300 }, "maxAggregationInterval", "must be 60 or 600; got 300"],
  ["an interval in text", { maxAggregationInterval: "60" }, "maxAggregationInterval", 'must be 60 or 600; got "60"'],
  ["ten days", { logRetentionInDays: 10 }, "logRetentionInDays", `${RETENTION}; got 10`],
  ["log groups without an expiry", { logRetentionInDays: 0 }, "logRetentionInDays", `${RETENTION}; got 0`],
  ["days in text", { logRetentionInDays: "7" }, "logRetentionInDays", `${RETENTION}; got "7"`],
  ["buffering below 0 s", { bufferingInterval: -1 }, "bufferingInterval", `${SECONDS}; got -1`],
  ["buffering above 900 s", { bufferingInterval: 901 }, "bufferingInterval", `${SECONDS}; got 901`],
  ["buffering for part of a second", { bufferingInterval: 0.5 }, "bufferingInterval", `${SECONDS}; got 0.5`],
  ["a scan limit below Athena's least", { bytesScannedCutoffPerQuery: 9_999_999 }, "bytesScannedCutoffPerQuery", `${SCAN}; got 9999999`],
  ["an action that is none", { keepAction: "accept" }, "keepAction", 'must be ACCEPT or REJECT; got "accept"'],
  ["an action that the format does not have", { keepAction: "ACCEPT", fields: ["srcaddr"] }, "keepAction", "needs the field action; add it to fields"],
  ["a status that the format does not have", { dropNoData: true, fields: ["srcaddr"] }, "dropNoData", "needs the field log-status; add it to fields"],
  ["networks of addresses that the format does not have", { networks: {}, fields: ["bytes"] }, "networks", "needs the field srcaddr or dstaddr; add it to fields"],
  ["a scan limit that no number holds exactly", { bytesScannedCutoffPerQuery: 1e30 }, "bytesScannedCutoffPerQuery", `${SCAN}; got 1e+30`],
  ["no scan limit", { bytesScannedCutoffPerQuery: 0 }, "bytesScannedCutoffPerQuery", `${SCAN}; got 0`],
  ["a VPC for a subnet", { subnets: VPCS }, "subnets.main", 'must be a subnet id such as subnet-0123456789abcdef0; got "vpc-0123456789abcdef0"'],
  ["a transit gateway without its prefix", { transitGateways: { hub: "0123" } }, "transitGateways.hub", 'must be a transit gateway id such as tgw-0123456789abcdef0; got "0123"'],
  ["two sources that would share a flow log's name", { vpcs: { "subnet-web": VPCS.main }, subnets: { web: "subnet-0a1b2c3d" } }, "vpcs.subnet-web", 'makes the name of another source\'s flow log; give it another name; got "subnet-web"'],
  ["a way to the stream that is none", { ingestion: "KINESIS" }, "ingestion", 'must be one of LAMBDA, SUBSCRIPTION, DIRECT; got "KINESIS"'],
  ["traffic that is none", { trafficType: "all" }, "trafficType", 'must be one of ALL, ACCEPT, REJECT; got "all"'],
  ["a filter pattern that is too long", { filterPattern: "x".repeat(1025) }, "filterPattern", `must be text of up to 1,024 characters; got "${"x".repeat(299)}… (1027 characters)`],
  ["a filter pattern that does not end", { filterPattern: "[version, account" }, "filterPattern", 'must end with ], since it begins with [; got "[version, account"'],
  ["a filter pattern of JSON that does not end", { filterPattern: "{ $.a = 1" }, "filterPattern", 'must end with }, since it begins with {; got "{ $.a = 1"'],
  ["a filter pattern where nothing filters", { ingestion: "DIRECT", filterPattern: "REJECT" }, "filterPattern", "does nothing with DIRECT, which has no CloudWatch Logs; leave it out"],
  ["log groups where none is read", { ingestion: "DIRECT", existingLogGroups: { old: "/old" } }, "existingLogGroups", "does nothing with DIRECT, which has no CloudWatch Logs; leave it out"],
  ["producers' accounts where the function is invoked", { producerAccounts: ["111122223333"] }, "producerAccounts", 'needs ingestion SUBSCRIPTION, because a CloudWatch Logs destination can only target a stream; got "LAMBDA"'],
  ["an account id of 11 digits", { ingestion: "SUBSCRIPTION", producerAccounts: ["11112222333"] }, "producerAccounts[0]", 'must be an account id of 12 digits, as text; got "11112222333"'],
  ["regions of no producers", { ingestion: "SUBSCRIPTION", producerRegions: ["eu-west-1"] }, "producerRegions", "does nothing without producerAccounts; name them or leave it out"],
  ["tags of what has no tag field", { tagFields: [{ resourceType: "vpc", tagKeys: ["team"] }] }, "tagFields[0].resourceType", 'must be one of instance, network-interface, auto-scaling-group; got "vpc"'],
  ["three tags of one kind", { tagFields: [{ resourceType: "instance", tagKeys: ["a", "b", "c"] }] }, "tagFields[0].tagKeys", 'must be one or two keys of up to 128 characters; got ["a","b","c"]'],
  ["a previous format that is the present one", { previousFields: [["recommended", "reject-reason"]] }, "previousFields[0]", 'is the format of fields again; leave it out; got ["recommended","reject-reason"]'],
  ["a previous format that is a text", { previousFields: [["default"], "default"] }, "previousFields[1]", `${FIELD_LIST}; got "default"`],
  ["a previous format twice", { previousFields: [["default"], ["default"]] }, "previousFields[1]", 'is the format of previousFields[0] again; leave it out; got ["default"]'],
  ["a previous format with a field that is none", { previousFields: [["srcadr"]] }, "previousFields[0][0]", 'unknown field "srcadr"; did you mean "srcaddr"?'],
  ["a transit gateway's field for a VPC", { fields: ["tgw-id"] }, "fields[0]", 'unknown field "tgw-id"; did you mean "vpc-id"?'],
  ["a VPC's field for a transit gateway", { transitGatewayFields: ["vpc-id"] }, "transitGatewayFields[0]", 'unknown field "vpc-id"; did you mean "tgw-id"?'],
  ["a misspelt argument", { feilds: ["all"] }, "feilds", 'unknown argument; did you mean "fields"?'],
  ["an argument with two letters in the wrong order", { forceDestory: true }, "forceDestory", 'unknown argument; did you mean "forceDestroy"?'],
  ["an argument in small letters", { objectlock: {} }, "objectlock", 'unknown argument; did you mean "objectLock"?'],
  ["an argument of the singular", { network: {} }, "network", 'unknown argument; did you mean "networks"?'],
  ["a misspelt part of detections", { detections: { queries: ["top-talkers"], everyHour: 2 } }, "detections.everyHour", 'unknown argument; did you mean "everyHours"?'],
  ["detections that are a list", { detections: ["top-talkers"] }, "detections", 'must be an object with queries, everyHours, topic; got ["top-talkers"]'],
  ["a misspelt part of a tag field", { ...TAGGED, tagFields: [{ ...TAG, tagkeys: ["a"] }] }, "tagFields[0].tagkeys", 'unknown argument; did you mean "tagKeys"?'],
  ["a drop in text, which would be true in any case", { dropNoData: "false" }, "dropNoData", 'must be true or false; got "false"'],
  ["a log group's ARN", { existingLogGroups: { old: "arn:aws:logs:us-east-1:123456789012:log-group:/a" } }, "existingLogGroups.old", `${LOG_GROUP}; got "arn:aws:logs:us-east-1:123456789012:log-group:/a"`],
  ["a log group with all of its streams", { existingLogGroups: { old: "/vpc/flow-logs:*" } }, "existingLogGroups.old", `${LOG_GROUP}; got "/vpc/flow-logs:*"`],
  ["a log group without a name", { existingLogGroups: { old: "" } }, "existingLogGroups.old", `${LOG_GROUP}; got ""`],
  ["a log group that is a number", { existingLogGroups: { old: 7 } }, "existingLogGroups.old", `${LOG_GROUP}; got 7`],
  ["a log group with a space", { existingLogGroups: { old: "flow logs" } }, "existingLogGroups.old", `${LOG_GROUP}; got "flow logs"`],
  ["a log group of 513 letters", { existingLogGroups: { old: "x".repeat(513) } }, "existingLogGroups.old", `${LOG_GROUP}; got "${"x".repeat(299)}… (515 characters)`],
  ["a log group under two names", { existingLogGroups: { old: "/a", older: "/a" } }, "existingLogGroups.older", 'is the log group of existingLogGroups.old again, so each line would make two rows; name it once; got "/a"'],
  ["the log group of the function, which would be a loop", { existingLogGroups: { mine: "flows-etl-logs-1a2b3c4" } }, "existingLogGroups.mine", `${OWN_GROUP}; got "flows-etl-logs-1a2b3c4"`],
  ["the log group of a format that it reads still", { existingLogGroups: { mine: OWN }, previousFields: [["default"]] }, "existingLogGroups.mine", `${OWN_GROUP}; got "${OWN}"`],
  ["the log group of the stream", { existingLogGroups: { mine: "flows-stream-logs-1a2b3c4" } }, "existingLogGroups.mine", `${OWN_GROUP}; got "flows-stream-logs-1a2b3c4"`],
  ["the log group of its own flow logs", { existingLogGroups: { mine: OWN }, fields: ["default"] }, "existingLogGroups.mine", `${OWN_GROUP}; got "${OWN}"`],
  ["a tag field without its entry", { fields: ["default", "instance-tag"] }, "tagFields", 'must say which tags instance-tag carries, such as { resourceType: "instance", tagKeys: ["team"] }, or fields must do without; got no entry for instance'],
  ["a second tag field without its entry", { fields: ["default", "asg-tag", "asg-tag-2"] }, "tagFields", 'must say which tags asg-tag and asg-tag-2 carry, such as { resourceType: "auto-scaling-group", tagKeys: ["team", "service"] }, or fields must do without; got no entry for auto-scaling-group'],
  ["an entry without its tag field", { tagFields: [TAG] }, "tagFields[0]", 'names tags that no field carries; add instance-tag to fields, or leave out {"resourceType":"instance","tagKeys":["team"]}'],
  ["one tag for two fields", { fields: ["default", "instance-tag", "instance-tag-2"], tagFields: [TAG] }, "tagFields[0].tagKeys", 'must be two keys, since fields has instance-tag-2; got ["team"]'],
  ["two tags for one field", { ...TAGGED, tagFields: [{ ...TAG, tagKeys: ["a", "b"] }] }, "tagFields[0].tagKeys", 'must be one key, or fields must have instance-tag-2; got ["a","b"]'],
  ["a tag of AWS's own", { tags: { "aws:team": "a" } }, "tags.aws:team", `must not begin with aws:, which is AWS's own; got "aws:team"`],
  ["a tag key of 129 letters", { tags: { [TAG_KEY]: "a" } }, `tags.${TAG_KEY}`, `must be a key of 1 to 128 ${LETTERS}; got "${TAG_KEY}"`],
  ["a tag of 257 letters", { tags: { team: "x".repeat(257) } }, "tags.team", `must be text of 0 to 256 ${LETTERS}; got "${"x".repeat(257)}"`],
  ["a tag with a sign that no service takes", { tags: { team: "a;b" } }, "tags.team", `must be text of 0 to 256 ${LETTERS}; got "a;b"`],
  ["a tag that is a number", { tags: { team: 7 } }, "tags.team", `must be text of 0 to 256 ${LETTERS}; got 7`],
  ["a tag without text where detections have a schedule group", { tags: { team: "" }, detections: { queries: ["top-talkers"] } }, "tags.team", `must be text of 1 to 256 ${LETTERS}; got ""`],
  ["two tags that a role takes for one", { tags: { Team: "a", team: "b" } }, "tags.team", "differs from Team in case alone, and a role takes one of them; leave one out"],
  ["51 tags", { tags: tags(51) }, "tags", "must be at most 50 tags; got 51"],
  ["50 tags beside that of a stream that flow logs write to", { tags: tags(50), ingestion: "DIRECT" }, "tags", "must be at most 49 tags; got 50"],
  ["a key of another partition", { existingKey: KEY.replace("aws:", "aws-cn:") }, "existingKey", `${KEY_ARN}; got "${KEY.replace("aws:", "aws-cn:")}"`],
  ["a key without its id", { existingKey: `${KEY.slice(0, -36)}main` }, "existingKey", `${KEY_ARN}; got "${KEY.slice(0, -36)}main"`],
  ["a list of tags", { tags: ["team"] }, "tags", 'must be an object with a value for each key, known when the program runs; got ["team"]'],
  ["51 formats of before", { previousFields: FIELDS.slice(0, 51).map(({ name }) => [name]) }, "previousFields", "must be at most 50 formats, since each has a log group that a role's policy and the dashboard name; got 51"],
  ["a topic's name", { alarmTopic: "alerts" }, "alarmTopic", `${TOPIC}; got "alerts"`],
  ["an empty topic", { alarmTopic: "" }, "alarmTopic", `${TOPIC}; got ""`],
  ["a topic that is null", { alarmTopic: null }, "alarmTopic", `${TOPIC}; got null`],
  ["a FIFO topic", { alarmTopic: "arn:aws:sns:us-east-1:123456789012:alerts.fifo" }, "alarmTopic", `${TOPIC}; got "arn:aws:sns:us-east-1:123456789012:alerts.fifo"`],
  ["a queue for a topic", { alarmTopic: "arn:aws:sqs:us-east-1:123456789012:alerts" }, "alarmTopic", `${TOPIC}; got "arn:aws:sqs:us-east-1:123456789012:alerts"`],
  ["a subscription for a topic", { alarmTopic: "arn:aws:sns:us-east-1:123456789012:alerts:0a1b" }, "alarmTopic", `${TOPIC}; got "arn:aws:sns:us-east-1:123456789012:alerts:0a1b"`],
  ["a topic in a region of another partition", { alarmTopic: "arn:aws:sns:cn-north-1:123456789012:alerts" }, "alarmTopic", `${TOPIC}; got "arn:aws:sns:cn-north-1:123456789012:alerts"`],
  ["a FIFO topic for detections", { detections: { queries: ["top-talkers"], topic: "arn:aws:sns:us-east-1:123456789012:a.fifo" } }, "detections.topic", `${TOPIC}; got "arn:aws:sns:us-east-1:123456789012:a.fifo"`],
  ["a producers' region twice", { ...PRODUCERS, producerRegions: ["eu-west-1", "eu-west-1"] }, "producerRegions[1]", "eu-west-1 is there twice; name it once"],
  ["a producers' account twice", { ...PRODUCERS, producerAccounts: ["111122223333", "111122223333"] }, "producerAccounts[1]", "111122223333 is there twice; name it once"],
  ["a zone for a region", { ...PRODUCERS, producerRegions: ["eu-west-1a"] }, "producerRegions[0]", 'must be a region such as eu-central-1; got "eu-west-1a"; did you mean "eu-west-1"?'],
  ["a region that no partition has", { ...PRODUCERS, producerRegions: ["ue-west-1"] }, "producerRegions[0]", 'must be a region such as eu-central-1; got "ue-west-1"; did you mean "me-west-1"?'],
  ["a misspelt region", { ...PRODUCERS, producerRegions: ["us-east-1", "eu-wset-1"] }, "producerRegions[1]", 'must be a region such as eu-central-1; got "eu-wset-1"; did you mean "eu-west-1"?'],
  ["a region that is no list", { ...PRODUCERS, producerRegions: "eu-west-1" }, "producerRegions", 'must be a list of regions, such as ["eu-central-1"]; got "eu-west-1"'],
  ["the one bad account among good ones", { ...PRODUCERS, producerAccounts: ["111122223333", 444455556666] }, "producerAccounts[1]", "must be an account id of 12 digits, as text; got 444455556666"],
  ["producers' regions of two partitions", { ...PRODUCERS, producerRegions: ["eu-west-1", "cn-north-1"] }, "producerRegions[1]", 'must be in the partition of eu-west-1, aws, since no service of a partition reaches into another; got "cn-north-1" in aws-cn'],
];

describe("FlowLogAnalytics refuses", () => {
  before(() => assert.doesNotThrow(() => check(GOOD)));

  for (const [what, change, path, reason] of MISTAKES) {
    it(what, () => {
      const { message, errors } = errorOf({ ...GOOD, ...change });
      assert.deepEqual(errors, [{ propertyPath: path, reason }]);
      assert.equal(message, `FlowLogAnalytics "flows": 1 argument needs attention\n  ${path}  ${reason}`);
    });
  }

  for (const name of ["", 7]) {
    it(`the name ${JSON.stringify(name)}`, () => {
      const { errors } = errorOf(GOOD, name as string);
      assert.deepEqual(errors, [
        { propertyPath: "name", reason: `must be text; got ${JSON.stringify(name)}` },
      ]);
    });
  }

  it("to run without arguments", () => {
    assert.deepEqual(errorOf(undefined).errors, [
      { propertyPath: "vpcs", reason: `${ONE_VPC}; got undefined` },
    ]);
  });
});
