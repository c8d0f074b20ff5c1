import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { HOME_CONNECTIONS, HOME_DEVICES, LEVELS, MOST_OF_A_KIND, needsHours, READY_TIMES } from '../../../modules/needs/index.js';
import { nameOf } from '../questions/home-questions.js';
import { timeIn } from '../questions/read-home-question.js';
import { keptAnswers, keptText, type PlanAnswers } from './answers.js';
import { openQuestion, questionAfter, questionBefore, questionNamed, questionsOf } from './questions.js';
import { fieldsOf, readQuestion } from './read-question.js';

const child = fc.record({ name: fc.constantFrom('', 'Amal', 'أمل', '👧'), level: fc.constantFrom(...LEVELS), exam: fc.boolean() });
const hours = fc.record({
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: fc.constantFrom('00:00', '08:30'),
  to: fc.constantFrom('17:00', '24:00'),
});
const devices = fc
  .tuple(
    ...HOME_DEVICES.map((category) =>
      fc
        .array(fc.tuple(fc.constantFrom(...READY_TIMES), hours), { maxLength: MOST_OF_A_KIND })
        .map((those) => those.map(([time, given]) => ({ category, time, hours: needsHours(time) ? given : null }))),
    ),
  )
  .map((kinds) => kinds.flat());
/** What somebody has answered who left nothing out. */
const whole: fc.Arbitrary<PlanAnswers> = fc.record({
  children: fc.array(child, { minLength: 1, maxLength: 8 }),
  devices,
  connection: fc.constantFrom(...HOME_CONNECTIONS),
  alone: fc.boolean(),
});

describe('answers', () => {
  test.prop([whole])('come back from the page as they went into it', (answers) => {
    expect(keptAnswers(keptText(answers))).toEqual(answers);
  });

  test.prop([whole])('fill the fields from which they are read again', (answers) => {
    for (const question of questionsOf(answers)) {
      expect(readQuestion(question, fieldsOf(question, answers), answers)).toEqual({ ok: true, value: answers });
    }
  });

  test.prop([fc.oneof(fc.string(), fc.json())])('are never read from anything else', (text) => {
    expect(keptAnswers(text)).toBeNull();
  });

  test.prop([
    whole,
    fc.dictionary(fc.constantFrom('name', 'level', 'laptop', 'time', 'from', 'to', 'day1', 'connection', 'alone'), fc.string()),
  ])('whatever is typed, what is read can be kept', (answers, fields) => {
    for (const question of questionsOf(answers)) {
      const read = readQuestion(question, fields, answers);
      if (read.ok) expect(keptAnswers(keptText(read.value))).toEqual(read.value);
      else expect(Object.keys(read.reason)).not.toEqual([]);
    }
  });
});

describe('questions', () => {
  test.prop([whole])('lead from the first to the week, and back', (answers) => {
    const all = questionsOf(answers);
    expect(openQuestion(answers)).toBeNull();
    expect(all.map((question) => questionAfter(question, answers))).toEqual([...all.slice(1), null]);
    expect(all.slice(1).map((question) => questionBefore(question, answers))).toEqual(all.slice(0, -1));
    for (const question of all) expect(questionNamed(nameOf(question), answers)).toEqual(question);
  });
});

test.each([
  ['17:30', '17:30'],
  ['7:05', '07:05'],
  ['17h30', '17:30'],
  ['17 h', '17:00'],
  ['8', '08:00'],
  ['17.30', '17:30'],
  ['١٧:٣٠', '17:30'],
  ['１７：３０', '17:30'],
  ['24:00', '24:00'],
  ['24:30', null],
  ['17:60', null],
  ['midi', null],
  ['', null],
  ['-1', null],
  ['1e1', null],
])('%j is the time %j', (text, time) => {
  expect(timeIn(text)).toBe(time);
});
