/** A statement of an IAM policy, as AWS gets it. */
export interface Statement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

export const statementsOf = (document: string): Statement[] => {
  const { Version, Statement, ...others } = JSON.parse(document);
  if (Version !== "2012-10-17" || Object.keys(others).length > 0) {
    throw new Error(`not a policy document of 2012-10-17 with statements alone: ${document}`);
  }
  return Statement;
};

export const listOf = (value: string | string[] | undefined): string[] => [value ?? []].flat();

/** Returns true if an ARN matches a pattern as IAM's ArnLike compares them: part by part. */
export const arnLike = (pattern: string, arn: string): boolean => {
  // The sixth part has the rest, colons too.
  const parts = (text: string) => /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/.exec(text)?.slice(1) ?? [];
  const [patterns, values] = [parts(pattern), parts(arn)];
  const matches = (glob: string, value: string) => {
    const pieces = glob.split("*").map((piece) => piece.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
    return new RegExp(`^${pieces.join(".*")}$`).test(value);
  };
  return values.length > 0 && patterns.every((glob, n) => matches(glob, values[n]));
};
