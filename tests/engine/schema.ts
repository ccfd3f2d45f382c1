import { version } from "@pulumi/aws/package.json";
import component from "../../schema.json";
import { describeType } from "./types";

// The AWS provider's schema as far as a program in YAML needs it: the resources that the component returns, and the
// functions that the stand-in answers.

const ANY = { $ref: "pulumi.json#/Any" };
const anything = (names: string[]) => Object.fromEntries(names.map((name) => [name, ANY]));

/** Types of the AWS provider that the component's schema refers to. */
const referred = () => {
  const found = JSON.stringify(component).matchAll(/\/aws\/v[\d.]+\/schema\.json#\/resources\/([^"]+)/g);
  return [...new Set([...found].map(([, token]) => decodeURIComponent(token)))];
};

/** Go names the function getVpc by whether there is a resource Vpc. */
const VPC = "aws:ec2/vpc:Vpc";

/** Strings and booleans have their types, for other languages. Other properties have the type Any, since no program reads them. */
const resource = (type: string) => {
  const { inputs, outputs, required, simple, present } = describeType(type);
  return {
    properties: { ...anything([...inputs, ...outputs]), ...simple },
    required: present,
    inputProperties: anything(inputs),
    requiredInputs: required,
  };
};

const FUNCTIONS = {
  "aws:ec2/getVpc:getVpc": {
    inputs: { properties: { default: { type: "boolean" } } },
    outputs: {
      properties: { id: { type: "string" }, cidrBlock: { type: "string" } },
      required: ["id", "cidrBlock"],
    },
  },
};

/** Returns the schema as text. */
export const awsSchema = (): string =>
  JSON.stringify({
    name: "aws",
    version,
    repository: "https://github.com/pulumi/pulumi-aws",
    language: { go: { generateResourceContainerTypes: true } },
    // The provider's own rule: `aws:ec2:getVpc` is short for `aws:ec2/getVpc:getVpc`.
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    resources: Object.fromEntries([...referred(), VPC].map((type) => [type, resource(type)])),
    functions: FUNCTIONS,
  });
