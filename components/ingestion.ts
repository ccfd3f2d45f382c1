import type * as pulumi from "@pulumi/pulumi";
import { Ingestion } from "./arguments";
import { createEtl } from "./etl";
import { createFirehose } from "./firehose";
import type { Place } from "./iam";
import type { Lake } from "./lake";
import type { Settings } from "./settings";

interface Parts {
  settings: Settings;
  place: Place;
  lake: Lake;
}

/** The function sends rows to the stream, so the stream is made first. */
const sending = (name: string, parts: Parts, opts: pulumi.CustomResourceOptions) => {
  const firehose = createFirehose(name, parts, opts);
  const etl = createEtl(name, { ...parts, stream: firehose.stream }, opts);
  return { firehose, etl };
};

/** The stream calls the function for lines that it received, so the function is made first. */
const transforming = (name: string, parts: Parts, opts: pulumi.CustomResourceOptions) => {
  const etl = createEtl(name, parts, opts);
  const firehose = createFirehose(name, { ...parts, fn: etl.function }, opts);
  return { firehose, etl };
};

/** Makes the function and the stream, each before what refers to it. */
export const createIngestion = (name: string, parts: Parts, opts: pulumi.CustomResourceOptions) =>
  parts.settings.ingestion === Ingestion.LAMBDA
    ? sending(name, parts, opts)
    : transforming(name, parts, opts);
