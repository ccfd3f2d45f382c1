import assert from "node:assert/strict";
import { callsOf } from "./call-rows";
import { CALLS } from "./calls";
import {
  onEverything,
  unnoticed,
  withoutACondition,
  withoutAnAction,
  withoutAResource,
  withoutAValue,
  withTheService,
} from "./mutations";
import { elsewhere, NEVER } from "./never";
import { surplusOf } from "./surplus";
import { mayCall, type RoleCall, sentence, WORLDS, type World } from "./world";

describe("least privilege", () => {
  for (const { way, title, open } of WORLDS) {
    describe(`with ${title}`, () => {
      let world: World;

      before(async () => {
        world = await open();
      });

      const needed = (who: string) => callsOf(world, who, CALLS[way][who]);
      const forbidden = (who: string) => [
        ...callsOf(world, who, NEVER[who]),
        ...needed(who).flatMap(elsewhere),
      ];
      const answered = async (calls: RoleCall[], answer: boolean) => {
        const found: string[] = [];
        for (const call of calls) if ((await mayCall(world, call)) === answer) found.push(sentence(call));
        return found;
      };

      it("has a policy for exactly the callers", () => {
        assert.deepEqual(Object.keys(world.identities).sort(), Object.keys(CALLS[way]).sort());
      });

      for (const who of Object.keys(CALLS[way])) {
        describe(who, () => {
          it("may make each of its calls", async () => {
            assert.deepEqual(await answered(needed(who), false), []);
          });

          it("denies calls that it never makes, and its own calls on other resources", async () => {
            assert.deepEqual(await answered(forbidden(who), true), []);
          });

          it("needs each action, resource and value of its policy for one of its calls", async () => {
            const policy = world.identities[who];
            const less = [...withoutAnAction(policy), ...withoutAResource(policy), ...withoutAValue(policy)];
            const needless = await unnoticed(less, needed(who), (call, document) =>
              mayCall(world, call, document),
            );
            assert.deepEqual(needless.sort(), surplusOf(world, who, policy).sort());
          });

          it("would allow other calls if an action, resource or condition were wider", async () => {
            const policy = world.identities[who];
            const more = [...onEverything(policy), ...withTheService(policy), ...withoutACondition(policy)];
            const harmless = await unnoticed(
              more,
              forbidden(who),
              async (call, document) => !(await mayCall(world, call, document)),
            );
            assert.deepEqual(harmless, []);
          });
        });
      }
    });
  }
});
