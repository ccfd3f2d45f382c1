/** A form of flow logs, for docs/inputs.md. Tests know the rows of the example files. */
export interface Form {
  name: string;
  /** Description of how an input of this form is recognized. */
  recognised: string;
  /** Description of how it is read. */
  done: string;
  /** In tests/inputs/. */
  files: string[];
}

const WHOLE = "the line, if it fits; else all of it stays in `unparsed`";

/** Forms of files. */
const FILES: Form[] = [
  {
    name: "Lines",
    recognised: "whatever is nothing else",
    done: "read in AWS's default format, if nothing else is said",
    files: ["plain.log", "sentences.log"],
  },
  {
    name: "A header",
    recognised:
      "a line of two names of fields or more, in any spelling: `account-id`, `account_id`, `ACCOUNT-ID`, `accountId`, as in EC2's format string, in quotes, behind `#`, with tabs or several spaces between, with spaces inside names (`Src Addr`), as AWS's older tables have them (`sourceaddress`, `numbytes`), and as the head of a table with commas, semicolons or bars between, also one of Markdown or of a database's client",
    done: "is the format of the lines below; refused, if it contradicts `--format` or a name in it is mistyped or another program's (`Source IP`, `proto`)",
    files: [
      "header-plain.log",
      "header-underscores.log",
      "header-capitals.log",
      "header-camel.log",
      "header-ec2.log",
      "header-spaces.log",
      "header-tabs.log",
      "header-quoted.log",
      "header-hash.log",
      "header-fields.log",
      "header-utf-8.log",
      "header-words.log",
      "header-bars.log",
      "header-semicolons.log",
      "header-markdown.log",
      "header-box.log",
      "header-older.csv",
      "header-full-names.csv",
    ],
  },
  {
    name: "A header with newer fields",
    recognised: "most of its names are known, and the others are like none of them",
    done: "their values are left out, and said; a line with another number of values stays whole in `unparsed`",
    files: ["header-new-fields.log"],
  },
  {
    name: "Files put together",
    recognised: "a header on the way",
    done: "each part is read by its own header",
    files: ["joined.log"],
  },
  {
    name: "Gzip",
    recognised: "its first two bytes, whatever the file is called; of several members; gzip in gzip",
    done: "gunzipped",
    files: ["plain.log.gz", "twice.gz"],
  },
  {
    name: "Encodings",
    recognised:
      "the byte order mark of UTF-8 or UTF-16 (as PowerShell's `>` writes it), or the zeros of UTF-16",
    done: "read as text; bytes that are not UTF-8 become U+FFFD, as in CloudWatch Logs",
    files: ["utf-8.log", "utf-16le.log", "utf-16be.log", "utf-16-without-mark.log"],
  },
  {
    name: "Ends of lines",
    recognised: "LF, CR LF, LF CR; CR, where no LF is",
    done: "no part of a line",
    files: ["crlf.log", "cr.log"],
  },
  {
    name: "Tabs, several spaces",
    recognised: "between the values of a line, and before it",
    done: "as one space, by the function, too",
    files: ["spaces.log", "tabs.log"],
  },
];

/** Forms of lines with a wrapper around them, from CloudWatch Logs, Athena and Firehose. */
const OF_AWS: Form[] = [
  {
    name: "Parquet, as flow logs are delivered to S3",
    recognised:
      "its first bytes, `PAR1`; names of fields as names of columns, in any spelling and order, of any type; also in gzip and on standard input",
    done: "a row, with `-` for NULL; columns that are no fields are left out, and said; a row that does not fit stays whole in `unparsed`, as JSON",
    files: ["vpcflowlogs.parquet", "vpcflowlogs-hyphens.parquet"],
  },
  {
    name: "Export of CloudWatch Logs to S3",
    recognised: "a time before the line",
    done: `${WHOLE}; the time is when it arrived`,
    files: ["cloudwatch-export.log"],
  },
  {
    name: "`aws logs tail`, detailed and short, with colours or without",
    recognised: "a time before the line, or a time and a log stream",
    done: `${WHOLE}; the time is when it arrived`,
    files: ["tail.log", "tail-short.log", "tail-colours.log"],
  },
  {
    name: "`aws logs filter-log-events`, `get-log-events`, as JSON",
    recognised: "JSON with a list `events`; with `--query`, a list of texts",
    done: `of each event ${WHOLE}; \`timestamp\` is when it arrived`,
    files: ["filter-log-events.json", "filter-log-events-line.json", "get-log-events.json", "messages.json"],
  },
  {
    name: "The same as text",
    recognised:
      "cells with tabs between, of which only lines have spaces; tokens and `SEARCHEDLOGSTREAMS` are no lines",
    done: WHOLE,
    files: ["filter-log-events.txt", "get-log-events.txt", "messages.txt", "timestamps.txt"],
  },
  {
    name: "CSV of the CloudWatch console",
    recognised:
      "the head `timestamp,message`, in any order and with others; commas, tabs, semicolons or bars",
    done: `of each message ${WHOLE}; \`timestamp\` is when it arrived`,
    files: ["console.csv"],
  },
  {
    name: "Logs Insights, as CSV and JSON, of lines and of fields",
    recognised:
      "a head with `@message` or with names of fields; objects with them; what `aws logs get-query-results` prints",
    done: `${WHOLE}; of fields, a row`,
    files: [
      "insights.csv",
      "insights-message.csv",
      "insights-fields.csv",
      "insights.json",
      "get-query-results.json",
    ],
  },
  {
    name: "Results of Athena, as CSV, TSV and JSON",
    recognised: "a head with names of fields; what `aws athena get-query-results` prints",
    done: "a row; columns that are no fields are left out, and said; the text of a column `unparsed` is a line",
    files: ["athena.csv", "athena.tsv", "athena-get-query-results.json"],
  },
  {
    name: "Subscriptions and Firehose",
    recognised: "JSON with `logEvents`, or with `message`, one after another with or without line feeds",
    done: WHOLE,
    files: ["subscription.json", "firehose.jsonl"],
  },
];

const OF_OTHERS: Form[] = [
  {
    name: "JSON of shippers",
    recognised: "an object with one of the members below",
    done: WHOLE,
    files: ["shippers.jsonl"],
  },
  {
    name: "Rows of JSON, as of `flowlogs parse`",
    recognised: "an object that has an address or an interface, and whose members are mostly fields",
    done: "a row, with every digit of its numbers",
    files: ["rows.jsonl"],
  },
  {
    name: "Logs of containers (CRI)",
    recognised: "a time, `stdout` or `stderr`, `F` or `P` before the line",
    done: `${WHOLE}; the time is when it arrived`,
    files: ["cri.log"],
  },
  {
    name: "syslog",
    recognised: "RFC 5424 or RFC 3164 before the line",
    done: WHOLE,
    files: ["syslog.log"],
  },
  {
    name: "`awslogs get`",
    recognised: "a log group and a log stream before the line",
    done: WHOLE,
    files: ["awslogs.log"],
  },
  { name: "Quotes", recognised: "double quotes around the line", done: WHOLE, files: ["quoted.log"] },
  {
    name: "A wrapper in a wrapper",
    recognised: "up to three of these in one another",
    done: WHOLE,
    files: ["nested.log"],
  },
];

/** All forms that are read, by their carrier. */
export const FORMS: Record<string, Form[]> = {
  Files: FILES,
  "From AWS": OF_AWS,
  "From others": OF_OTHERS,
};
