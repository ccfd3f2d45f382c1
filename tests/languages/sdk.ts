import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { answer } from "../engine/plugin";

// Answers of a language host about SDKs: Pulumi's generators write one, and the program gets a reference to it.

/** @throws Error with what the program printed, if it fails */
const run = (command: string, args: string[], cwd: string, input?: string) => {
  const { status, stderr, error } = spawnSync(command, args, { cwd, input, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr?.trim() || error?.message}`);
};

const generate = (language: string) =>
  answer(async (request: messages.GeneratePackageRequest) => {
    const { FLOWS_ENGINE_GENERATOR: generator } = process.env;
    if (!generator) throw new Error("there is no generator of SDKs");
    const input = JSON.stringify({
      language,
      schema: request.getSchema(),
      loader: request.getLoaderTarget(),
      directory: resolve(request.getDirectory()),
      local: request.getLocal(),
    });
    run(generator, [], ".", input);
    return new messages.GeneratePackageResponse();
  });

/** Refers a program in a folder to an SDK below it, in the file where its language lists dependencies. */
const LINKS: Record<string, (folder: string, sdk: string) => void> = {
  nodejs: (folder, sdk) => {
    const { name } = JSON.parse(readFileSync(join(folder, sdk, "package.json"), "utf8"));
    run("npm", ["pkg", "set", `dependencies.${name}=file:${sdk}`], folder);
  },
  python: (folder, sdk) => appendFileSync(join(folder, "requirements.txt"), `${sdk}\n`),
  go: (folder, sdk) => {
    const [, module] = /^module (\S+)/m.exec(readFileSync(join(folder, sdk, "go.mod"), "utf8")) ?? [];
    run("go", ["mod", "edit", `-replace=${module}=./${sdk}`], folder);
  },
};

const link = (language: string) =>
  answer(async (request: messages.LinkRequest) => {
    const folder = request.getInfo()?.getProgramDirectory() ?? ".";
    for (const each of request.getPackagesList()) LINKS[language](folder, each.getPath());
    return new messages.LinkResponse();
  });

/** The answers of the host of a language. */
export const sdkAnswers = (language: string) => ({
  generatePackage: generate(language),
  link: link(language),
});
