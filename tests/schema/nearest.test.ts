import assert from "node:assert/strict";
import { bare } from "../../schema/names";
import { distance, nearest, suggestion } from "../../schema/nearest";

const meant = (word: string, ...candidates: string[]) => suggestion(word, candidates);

describe("schema: the nearest name", () => {
  it("is that with the fewest letters to add, remove or replace", () => {
    assert.equal(distance("kitten", "sitting"), 3);
    assert.equal(distance("", "abc"), 3);
    assert.equal(nearest("src_addr", ["dstaddr", "srcaddr", "start"]), "srcaddr");
  });

  it("is suggested without regard to case and underscores", () => {
    assert.equal(meant("PKT_SRCADDR", "pkt-srcaddr", "srcaddr"), '; did you mean "pkt-srcaddr"?');
  });

  it("is suggested if one is a part of the other, from three letters on", () => {
    assert.equal(meant("addr", "pkt-srcaddr"), '; did you mean "pkt-srcaddr"?');
    assert.equal(meant("the-version-of-the-record", "version"), '; did you mean "version"?');
    assert.equal(meant("pkt", "pkt-srcaddr"), '; did you mean "pkt-srcaddr"?');
    assert.equal(meant("id", "instance-id"), "");
  });

  it("is suggested if at most six in ten letters of the longer one differ", () => {
    assert.equal(meant("abxyz", "abcde"), '; did you mean "abcde"?');
    assert.equal(meant("axyzw", "abcde"), "");
    assert.equal(meant("ab", "abcde"), '; did you mean "abcde"?');
    assert.equal(meant("qqqqqqq", "version"), "");
  });
});

describe("schema: a name's text", () => {
  it("is unwrapped from quotes or braces around all of it, and from nothing else", () => {
    const texts = ['"start"', "'start'", "$" + "{start}", "start"];
    for (const text of texts) assert.equal(bare(text), "start", text);
    for (const text of ['x"start"', "start$" + "{end}", "$" + "{start}end", '"start', "'start\""])
      assert.equal(bare(text), text);
  });
});
