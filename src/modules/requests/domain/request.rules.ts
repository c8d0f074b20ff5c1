import type { Fault } from '../../../shared/denial.js';
import type { RefusalTable } from '../../../shared/refusal.js';
import { classOf, type DeviceCategory, type DeviceClass } from '../../../shared/vocabulary.js';

/** The ways in which a request reaches the council. */
export const REQUEST_CHANNELS = ['web', 'desk', 'phone', 'api'] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

/** The most lines that one request may have. */
export const MOST_LINES = 6;

/** What one line asks for: one device of a class, for these learners, of one of these categories, the preferred one first. */
export interface LineWish {
  readonly class: DeviceClass;
  readonly learnerIds: readonly string[];
  readonly acceptableCategories: readonly DeviceCategory[];
}

/** Reasons against letting a line wait. */
export const SUBMISSION_REFUSALS = {
  OPEN_LINE_EXISTS: {
    overridable: false,
    message: 'This family has an open request for this class of device already; withdraw that one first, or leave this line out.',
  },
} as const satisfies RefusalTable;

/** Reasons against changing a request. */
export const CHANGE_REFUSALS = {
  REQUEST_SUBMITTED: { overridable: false, message: 'A submitted request is not changed any more; withdraw its lines and make another.' },
} as const satisfies RefusalTable;

/** Returns everything that is wrong with the lines of a request, whoever asks for them. */
export function wishFaults(lines: readonly LineWish[]): Fault[] {
  return lines.flatMap((line, index) => {
    const at = `/lines/${index}`;
    return [
      ...(lines.findIndex((other) => other.class === line.class) < index
        ? [{ pointer: `${at}/class`, code: 'DUPLICATE', message: 'one line of a class is enough: a line is for one device' }]
        : []),
      ...duplicates(line.learnerIds, `${at}/learnerIds`),
      ...duplicates(line.acceptableCategories, `${at}/acceptableCategories`),
      ...line.acceptableCategories.flatMap((category, place) =>
        classOf(category) === line.class
          ? []
          : [{ pointer: `${at}/acceptableCategories/${place}`, code: 'WRONG_CLASS', message: `is not of the class ${line.class}` }],
      ),
    ];
  });
}

function duplicates(values: readonly string[], pointer: string): Fault[] {
  const named = values.map((value) => value.toLowerCase()); // an id in capitals is the same id
  return named.flatMap((value, index) =>
    named.indexOf(value) < index ? [{ pointer: `${pointer}/${index}`, code: 'DUPLICATE', message: 'is in the list already' }] : [],
  );
}
