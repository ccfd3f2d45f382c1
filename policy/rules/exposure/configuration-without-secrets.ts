import { credentialIn } from "../../reading/credentials";
import { parsed } from "../../reading/documents";
import { type Fields, fields, isFields, list, valuesAt } from "../../reading/properties";
import { quote } from "../../reading/quoting";
import { resourceRule } from "../document-rule";

/** A value that whoever may look at the resource sees, with the name that it has there. */
type Named = [name: string, value: unknown];

const map =
  (path: string) =>
  (props: Fields): Named[] =>
    valuesAt(props, path).flatMap((found) => Object.entries(fields(found)));

/** A list of objects with a name and a value. */
const pairs = (found: unknown[]): Named[] =>
  found.flatMap(list).map((each) => [String(fields(each).name), fields(each).value]);

/** Lists inside JSON text, as containers have them. */
const inText =
  (path: string) =>
  (props: Fields): Named[] =>
    valuesAt(props, path)
      .map(parsed)
      .flatMap(list)
      .filter(isFields)
      .flatMap(({ environment }) => pairs([environment]));

/** A variable that a line of a start script sets to a literal: the shell's, or PowerShell's. */
const ASSIGNMENT =
  /^[ \t]*(?:export |set |\$env:)?[ \t]*([A-Za-z_]\w{0,100})[ \t]?=[ \t]?\\?["']?([^\s"'`\\$;&|<>(){}]{3,500})/gm;

const assignmentsIn = (script: string): Named[] =>
  Array.from(script.matchAll(ASSIGNMENT), ([, name, value]) => [name, value]);

/** A start script, as text or in Base64: a credential's own shape anywhere in it, and the variables that it sets. */
const text =
  (path: string) =>
  (props: Fields): Named[] =>
    valuesAt(props, path).flatMap((value) =>
      typeof value === "string"
        ? [value, Buffer.from(value, "base64").toString("latin1")].flatMap((each): Named[] =>
            credentialIn(path, each) ? [[path, each]] : assignmentsIn(each),
          )
        : [],
    );

/** Where the names and values of a resource's configuration are. The environment of functions has a rule of its own. */
export const CONFIGURATIONS: Record<string, (props: Fields) => Named[]> = {
  "aws:amplify/app:App": map("environmentVariables"),
  "aws:amplify/branch:Branch": map("environmentVariables"),
  "aws:apprunner/service:Service": (props) =>
    [
      "sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables",
      "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.runtimeEnvironmentVariables",
    ].flatMap((path) => map(path)(props)),
  "aws:batch/jobDefinition:JobDefinition": inText("containerProperties"),
  "aws:cloudformation/stack:Stack": map("parameters"),
  "aws:codebuild/project:Project": (props) =>
    pairs(
      valuesAt(props, "environment.environmentVariables").filter((each) =>
        [undefined, "PLAINTEXT"].includes(fields(each).type as string),
      ),
    ),
  "aws:ec2/instance:Instance": (props) => [...text("userData")(props), ...text("userDataBase64")(props)],
  "aws:ec2/launchConfiguration:LaunchConfiguration": (props) => [
    ...text("userData")(props),
    ...text("userDataBase64")(props),
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": text("userData"),
  "aws:ecs/taskDefinition:TaskDefinition": inText("containerDefinitions"),
  "aws:elasticbeanstalk/environment:Environment": (props) => pairs(valuesAt(props, "settings")),
  "aws:glue/connection:Connection": map("connectionProperties"),
  "aws:glue/job:Job": map("defaultArguments"),
  "aws:mwaa/environment:Environment": map("airflowConfigurationOptions"),
  "aws:sagemaker/model:Model": (props) =>
    ["primaryContainer.environment", "containers.environment"].flatMap((path) => map(path)(props)),
  "aws:ssm/parameter:Parameter": (props) =>
    props.type === "SecureString" ? [] : [[String(props.name ?? "value"), props.value]],
};

export const configurationWithoutSecrets = resourceRule<{ names: string[] }>(
  {
    name: "configuration-without-secrets",
    displayName: "No credentials in a configuration",
    description:
      "No environment variable, argument, parameter or start script of a resource holds a credential.",
    severity: "critical",
    tags: ["exposure", "secrets", "ecs", "codebuild", "ec2", "glue", "ssm", "fsbp/CodeBuild.2", "fsbp/ECS.8"],
    remediationSteps:
      "Put the credential into Secrets Manager or a SecureString parameter, name that where the service takes it, and make a " +
      "new one, since who can see the resource or the stack's state has seen this one.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/integrating.html",
    options: {
      names: {
        type: "array",
        items: { type: "string", minLength: 1, maxLength: 256 },
        maxItems: 1000,
        default: [],
        description: "Names whose values are no credentials, whatever they look like.",
      },
    },
    defaults: { names: [] },
    isAbout: (type) => Object.hasOwn(CONFIGURATIONS, type),
  },
  (type, props, { names }) => {
    const found = new Map<string, string>();
    for (const [name, value] of CONFIGURATIONS[type](props)) {
      const what = typeof value === "string" && !names.includes(name) && credentialIn(name, value);
      if (what) found.set(name, what);
    }
    return Array.from(
      found,
      ([name, what]) =>
        `has ${what} in ${quote(name)}; put it into Secrets Manager, name it there, and make a new one.`,
    );
  },
);
