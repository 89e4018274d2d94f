import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Questions } from "../../src/pilotzones/browser/static/timeline/questions.js";

const SOON = 100;
const STALE = 20000;

let day = "";
let sent = [];
let questions = new Questions(
  () => day,
  () => {},
);

/** Ask, and let what comes after the press of a key. */
function ask() {
  questions.ask();
  return Promise.resolve();
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  sent = [];
  questions = new Questions(
    () => day,
    (question) => sent.push(question),
  );
  questions.hear({ day: "2015-03-12", number: 4 }, false);
});

test("the first of several steps is asked at once, the others are one question", async () => {
  const steps = ["2016-01-12", "2018-08-07", "2019-12-24"];
  [day] = steps;
  await ask();
  assert.equal(sent.length, 1);
  for (const one of steps) {
    day = one;
    questions.ask();
  }
  assert.equal(questions.pending, true);
  mock.timers.tick(SOON);
  assert.deepEqual(sent, [
    { day: steps[0], number: 5 },
    { day: steps[2], number: 6 },
  ]);
});

test("what the server knows already is no question", async () => {
  day = "2015-03-12";
  await ask();
  mock.timers.tick(SOON);
  assert.deepEqual(sent, []);
  assert.equal(questions.pending, false);
});

test("a question is pending until it is answered", async () => {
  day = "2018-08-07";
  await ask();
  mock.timers.tick(SOON);
  questions.hear({ day: "2015-03-12", number: 4 }, false);
  assert.equal(questions.pending, true);
  questions.hear({ day: "2018-08-07", number: 5 }, false);
  assert.equal(questions.pending, false);
});

test("a question without an answer is asked again", async () => {
  day = "2018-08-07";
  await ask();
  for (const pause of [SOON, STALE, SOON]) mock.timers.tick(pause);
  assert.deepEqual(sent, [
    { day: "2018-08-07", number: 5 },
    { day: "2018-08-07", number: 5 },
  ]);
});

test("a new session of the server remembers no question", async () => {
  day = "2018-08-07";
  await ask();
  mock.timers.tick(SOON);
  questions.hear({ day: "2015-03-12", number: 0 }, true);
  assert.equal(questions.pending, false);
});

test("what was withdrawn is not sent", async () => {
  day = "2018-08-07";
  const asked = ask();
  questions.forget();
  await asked;
  mock.timers.tick(STALE);
  assert.deepEqual(sent, []);
});
