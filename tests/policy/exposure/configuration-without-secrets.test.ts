import assert from "node:assert/strict";
import { configurationWithoutSecrets as rule } from "../../../policy/rules/exposure/configuration-without-secrets";
import { judge } from "../access/judge";
import { UNKNOWN_ON_THE_WIRE } from "../stack";

// In halves, so that no secret scanner reports it.
const KEY_ID = `AKIA${"IOSFODNN7EXAMPLE"}`;
const PASSWORD = "correct-horse-battery-staple-7";
const REFERENCE = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db";

/** One configuration of each type, with a credential or with a reference to one. */
const configured = (value: string): Record<string, Record<string, unknown>> => {
  const pair = [{ name: "DB_PASSWORD", value }];
  return {
    "aws:amplify/app:App": { environmentVariables: { DB_PASSWORD: value } },
    "aws:apprunner/service:Service": {
      sourceConfiguration: {
        imageRepository: { imageConfiguration: { runtimeEnvironmentVariables: { DB_PASSWORD: value } } },
      },
    },
    "aws:batch/jobDefinition:JobDefinition": { containerProperties: JSON.stringify({ environment: pair }) },
    "aws:cloudformation/stack:Stack": { parameters: { DB_PASSWORD: value } },
    "aws:codebuild/project:Project": { environment: { environmentVariables: pair } },
    "aws:ecs/taskDefinition:TaskDefinition": {
      containerDefinitions: JSON.stringify([{ name: "app" }, { name: "side", environment: pair }]),
    },
    "aws:elasticbeanstalk/environment:Environment": { settings: pair },
    "aws:glue/connection:Connection": { connectionProperties: { PASSWORD: value } },
    "aws:glue/job:Job": { defaultArguments: { "--DB_PASSWORD": value } },
    "aws:sagemaker/model:Model": { containers: [{ environment: { DB_PASSWORD: value } }] },
    "aws:ssm/parameter:Parameter": { type: "String", name: "/app/DB_PASSWORD", value },
  };
};

describe("configuration-without-secrets", () => {
  for (const [type, props] of Object.entries(configured(PASSWORD))) {
    it(`rejects a password in ${type}, without repeating it`, () => {
      const [found, ...more] = judge(rule, type, props);
      assert.match(found, /^has a password in ".*PASSWORD"; put it into Secrets Manager/);
      assert.ok(!found.includes(PASSWORD));
      assert.deepEqual(more, []);
    });
    it(`accepts a reference to it in ${type}`, () => {
      assert.deepEqual(judge(rule, type, configured(REFERENCE)[type]), []);
      const hidden = Object.fromEntries(Object.keys(props).map((name) => [name, UNKNOWN_ON_THE_WIRE]));
      assert.deepEqual(judge(rule, type, hidden), []);
    });
  }

  const scripts = (script: string) =>
    [script, Buffer.from(script).toString("base64")].flatMap((userData) =>
      judge(rule, "aws:ec2/instance:Instance", { userData }),
    );

  for (const line of [
    `export DATABASE_PASSWORD=${PASSWORD}`,
    `DB_PASSWORD="${PASSWORD}"`,
    `  set DB_PASSWORD=${PASSWORD}`,
    `$env:DB_PASSWORD = '${PASSWORD}'`,
    `export DB_PASSWORD=\\"${PASSWORD}\\"`,
    `DB_PASSWORD=\\'${PASSWORD}\\'`,
  ])
    it(`rejects a password in user data, as text and in Base64: ${line}`, () => {
      const found = scripts(`#!/bin/sh\nyum update\n${line}\n`);
      assert.equal(found.length, 2);
      for (const each of found) assert.match(each, /^has a password in "\w+_PASSWORD"/);
    });

  for (const line of [
    "export SSM_PATH=/database/creds",
    "export DB_PASSWORD=$(aws ssm get-parameter --name /db)",
    "DB_PASSWORD=$1",
    `DB_PASSWORD="\${PASSWORD}"`,
    `DB_PASSWORD=${REFERENCE}`,
    "read -p PASSWORD= answer",
    'if [ "$DB_PASSWORD" = missing ]; then exit; fi',
  ])
    it(`accepts user data that reads it from elsewhere: ${line}`, () =>
      assert.deepEqual(scripts(`#!/bin/sh\n${line}\n`), []));

  it("rejects any unique id of AWS in a variable for an access key id, and accepts a name there", () => {
    const variable = (value: string) =>
      judge(rule, "aws:amplify/app:App", { environmentVariables: { AWS_ACCESS_KEY_ID: value } });
    assert.equal(variable(`AIPA${"8YOHGIS58IBFDU3E"}`).length, 1);
    assert.deepEqual(variable("from-the-instance"), []);
  });

  it("rejects an access key in user data, as text and in Base64", () => {
    const userData = `#!/bin/sh\nexport AWS_ACCESS_KEY_ID=${KEY_ID}\n`;
    assert.match(
      judge(rule, "aws:ec2/instance:Instance", { userData })[0],
      /an AWS access key id in "userData"/,
    );
    const base64 = { userData: Buffer.from(userData).toString("base64") };
    assert.equal(judge(rule, "aws:ec2/launchTemplate:LaunchTemplate", base64).length, 1);
    assert.deepEqual(judge(rule, "aws:ec2/instance:Instance", { userData: "#!/bin/sh\necho done\n" }), []);
  });

  it("accepts values that services read from Secrets Manager or Parameter Store themselves", () => {
    const environmentVariables = [{ name: "DB_PASSWORD", value: "app/password", type: "PARAMETER_STORE" }];
    assert.deepEqual(
      judge(rule, "aws:codebuild/project:Project", { environment: { environmentVariables } }),
      [],
    );
    const parameter = { type: "SecureString", name: "/app/DB_PASSWORD", value: PASSWORD };
    assert.deepEqual(judge(rule, "aws:ssm/parameter:Parameter", parameter), []);
  });

  it("accepts a name that the configuration calls harmless", () =>
    assert.deepEqual(
      judge(
        rule,
        "aws:cloudformation/stack:Stack",
        { parameters: { DB_PASSWORD: PASSWORD } },
        { names: ["DB_PASSWORD"] },
      ),
      [],
    ));
});
