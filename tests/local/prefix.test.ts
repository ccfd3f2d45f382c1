import assert from "node:assert/strict";
import { evaluatePrefix } from "../../local/firehose/prefix";

const TIME = new Date("2024-02-09T03:04:05Z");

describe("firehose: prefixes", () => {
  const evaluated: Record<string, string> = {
    "logs/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/":
      "logs/year=2024/month=02/day=09/hour=03/",
    "!{timestamp:yyyy/MM/dd/HH-mm-ss}/": "2024/02/09/03-04-05/",
    "!{timestamp:'year='yyyy'/month='MM}/": "year=2024/month=02/",
    "!{timestamp:yyyy'''T'}": "2024'T",
    "plain/": "plain/2024/02/09/03/",
    "": "2024/02/09/03/",
  };
  for (const [prefix, expected] of Object.entries(evaluated)) {
    it(`writes ${JSON.stringify(prefix)} as ${expected}`, () =>
      assert.equal(evaluatePrefix(prefix, TIME), expected));
  }

  it("puts the error type into an error prefix, and refuses it in another prefix", () => {
    const prefix = "errors/!{firehose:error-output-type}/!{timestamp:yyyy}/";
    assert.equal(evaluatePrefix(prefix, TIME, "processing-failed"), "errors/processing-failed/2024/");
    assert.throws(() => evaluatePrefix(prefix, TIME), /cannot evaluate !\{firehose:error-output-type\}/);
  });

  it("makes eleven characters of a random string", () => {
    assert.match(
      evaluatePrefix("!{firehose:random-string}/!{timestamp:yyyy}/", TIME),
      /^[0-9a-z]{11}\/2024\/$/,
    );
  });

  it("refuses an expression that it cannot evaluate rather than write it literally", () => {
    assert.throws(() => evaluatePrefix("!{partitionKeyFromQuery:vpc}/", TIME), /cannot evaluate/);
    assert.throws(() => evaluatePrefix("!{timestamp:QQ}/", TIME), /knows no "QQ"/);
  });
});
