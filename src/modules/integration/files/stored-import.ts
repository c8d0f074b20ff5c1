import {
  flagOr,
  listOf,
  listOrNull,
  membersOf,
  objectOrNull,
  type Reader,
  textOr,
  textsOf,
  wholeOr,
  wordOr,
} from '../../../shared/stored-json.js';
import type { ImportPlan } from './import-file.js';
import { SKIPPED_LINE_CODES, type SkippedLine } from '../domain/header.rules.js';
import type { RowFault } from '../domain/row-outcome.js';

/** Reads the members of an object, and leaves out those that cannot be read. */
const readEach = <T>(stored: unknown, read: Reader<T | null>): Readonly<Record<string, T>> =>
  Object.fromEntries(
    Object.entries(membersOf(stored)).flatMap(([name, value]) => {
      const known = read(value);
      return known === null ? [] : [[name, known]];
    }),
  );

/** Reads the stored mapping of headers to columns that the sender gave. */
export const storedMapping: Reader<Readonly<Record<string, string>>> = (stored) => readEach(stored, textOr(null));

const storedPassedOver: Reader<SkippedLine | null> = (stored) => {
  const { line, value, code } = membersOf(stored);
  const known = wordOr(SKIPPED_LINE_CODES, null)(code);
  return known === null ? null : { line: wholeOr(0, { min: 0 })(line), value: textOr('')(value), code: known };
};

/** Reads the stored plan of how the file is read; null when there is none yet. */
export const storedPlan: Reader<ImportPlan | null> = objectOrNull(
  ({ places, unused, corrected, delimiter, header, passedOver, dateOrders }) => ({
    places: readEach(places, wholeOr(null, { min: 0 })),
    unused: textsOf(unused),
    corrected: flagOr(false)(corrected),
    delimiter: textOr(',')(delimiter),
    header: textsOf(header),
    passedOver: listOf(storedPassedOver)(passedOver),
    dateOrders: listOf(wordOr(['day', 'month'] as const, null))(dateOrders),
  }),
);

const fault: Reader<RowFault> = (stored) => {
  const { column, value, code, message } = membersOf(stored);
  return { column: textOr(null)(column), value: textOr(null)(value), code: textOr('INVALID')(code), message: textOr('')(message) };
};

/** Reads the stored faults or notes of a row; null when there are none. */
export const storedRowFaults: Reader<RowFault[] | null> = listOrNull(fault);

/** Reads the stored cells of a failed row, each at its index. */
export const storedCells: Reader<string[]> = listOf(textOr(''));
