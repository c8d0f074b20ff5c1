import { fc, test as property } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import { icalLines, icalText } from './ical-text.js';

const text = fc.string({ unit: 'binary', maxLength: 120 });

describe('texts', () => {
  test('what means something in iCalendar is escaped', () => {
    expect(icalText('a;b,c\\d\r\ne\nf\rg')).toBe('a\\;b\\,c\\\\d\\ne\\nf\\ng');
  });
  property.prop([text])('no text begins a line of its own', (given) => {
    expect(icalText(given).replaceAll('\t', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('lines', () => {
  const content = text.map((given) => icalText(given));
  property.prop([fc.array(content, { maxLength: 4 })])('are at most 75 octets, whole characters, and read back as they were', (lines) => {
    const written = icalLines(lines);
    const physical = written.split('\r\n');
    expect(physical.pop()).toBe('');
    for (const line of physical) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(Buffer.from(line).toString()).toBe(line);
    }
    expect(written.replaceAll('\r\n ', '')).toBe(lines.map((line) => `${line}\r\n`).join(''));
  });
  test('a line is folded as late as it may be', () => {
    expect(icalLines(['é'.repeat(60)])).toBe(`${'é'.repeat(37)}\r\n ${'é'.repeat(23)}\r\n`);
  });
});
