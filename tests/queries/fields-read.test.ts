import assert from "node:assert/strict";
import { savedQueries } from "../../queries";
import { FIELDS } from "../../schema/fields";
import { TRANSIT_FIELDS } from "../../schema/transit";

/** Fields that answer no question by themselves, each with the reason. */
const READ_BY_NONE: Record<string, string> = {
  version: "says which format a line has, and nothing about traffic",
  "resource-type": "has one value for all rows of a gateway: tgw-attachment-id tells attachments apart",
  "tgw-src-vpc-account-id": "is the account of tgw-src-vpc-id, which is shown",
  "tgw-dst-vpc-account-id": "is the account of tgw-dst-vpc-id, which is shown",
  "tgw-src-subnet-id": "is a place of the attachment, not of who sends",
  "tgw-dst-subnet-id": "is a place of the attachment, not of who receives",
  "tgw-src-eni": "is a place of the attachment, not of who sends",
  "tgw-dst-eni": "is a place of the attachment, not of who receives",
  "tgw-src-az-id": "is a place of the attachment, not of who sends",
  "tgw-dst-az-id": "is a place of the attachment, not of who receives",
};

describe("query: fields", () => {
  it("are each read by a query, or have a reason not to be", () => {
    const read = new Set(savedQueries().flatMap(({ reads }) => reads));
    const all = [...new Set([...FIELDS, ...TRANSIT_FIELDS].map(({ name }) => name))];
    assert.deepEqual(
      all.filter((name) => !read.has(name)),
      Object.keys(READ_BY_NONE),
    );
  });
});
