import * as pulumi from "@pulumi/pulumi";

/** An archive of texts, as the program declares its own. */
export const pulumiArchive = (files: Record<string, string>) =>
  new pulumi.asset.AssetArchive(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, new pulumi.asset.StringAsset(text)]),
    ),
  );
