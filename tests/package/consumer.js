// A user's program in JavaScript, under Pulumi's mocks: writes the function's archive beside itself.

const Module = require("node:module");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const pulumi = require("@pulumi/pulumi");

// The package's peers are Pulumi and the AWS provider. Nothing here may find a TypeScript elsewhere on the machine.
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  if (!["typescript", "ts-node"].includes(request)) return resolve.call(Module, request, ...rest);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: "MODULE_NOT_FOUND" });
};

const write = async ({ assets }) => {
  const files = Object.entries(await assets).map(async ([path, asset]) => [path, await asset.text]);
  writeFileSync(
    join(__dirname, "archive.json"),
    JSON.stringify(Object.fromEntries(await Promise.all(files))),
  );
};

pulumi.runtime.setMocks({
  call: () => ({
    accountId: "123456789012",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    region: "us-east-1",
  }),
  newResource: ({ type, name, inputs }) => {
    if (type === "aws:lambda/function:Function") void write(inputs.code);
    return { id: name, state: { name, bucket: name, arn: `arn:aws:${name}`, ...inputs } };
  },
});

const { FlowLogAnalytics } = require("flow-log-analytics");
new FlowLogAnalytics("edge", { vpcs: { main: "vpc-0123456789abcdef0" }, fields: ["recommended"] });
