import type { Fault } from '../../../shared/denial.js';
import { unknownReference } from '../../../shared/denial.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';

interface OpenLine {
  readonly id: string;
  readonly class: DeviceClass;
}

interface ItemForLine {
  readonly class: DeviceClass;
  /** The line that the desk named for it; null when it named none. */
  readonly requestLineId: string | null;
}

/**
 * Returns for each item the household's open line that it fulfils, or null: the named line, else the first open line of its class that no item
 * names and no item before it has taken. A line is for one device.
 */
export function assignLines(items: readonly ItemForLine[], open: readonly OpenLine[]): (string | null)[] {
  const taken = new Set(items.flatMap(({ requestLineId }) => requestLineId ?? []));
  return items.map((item) => {
    if (item.requestLineId !== null) return item.requestLineId;
    const line = open.find(({ id, class: deviceClass }) => deviceClass === item.class && !taken.has(id));
    if (line) taken.add(line.id);
    return line?.id ?? null;
  });
}

/** Returns what is wrong with the lines that were named; `known` are the household's lines in any state. */
export function namedLineFaults(items: readonly ItemForLine[], known: readonly OpenLine[]): Fault[] {
  return items.flatMap(({ requestLineId, class: deviceClass }, index) => {
    if (requestLineId === null) return [];
    const pointer = `/items/${index}/requestLineId`;
    const line = known.find(({ id }) => id === requestLineId);
    if (!line) return [unknownReference(pointer)];
    if (line.class !== deviceClass) return [{ pointer, code: 'WRONG_CLASS', message: `must be a line that asks for a ${deviceClass}` }];
    const isFirst = items.findIndex((item) => item.requestLineId === requestLineId) === index;
    return isFirst ? [] : [{ pointer, code: 'DUPLICATE', message: 'must not be named twice: a line is for one device' }];
  });
}
