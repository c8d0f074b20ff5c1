import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';
import type { Connectivity } from '../../households/index.js';
import type { HouseholdAtHome } from '../computing/needs.repository.js';
import type { WeekRange } from '../domain/plan-input.js';
import { type Availability, rangesOfAvailability } from '../domain/ready-times.js';

/** How a home is connected; `phone` is a parent's telephone that shares its connection, and takes it along. */
export const VISITOR_CONNECTIONS = ['fixed', 'mobile', 'phone', 'none'] as const;
export type VisitorConnection = (typeof VISITOR_CONNECTIONS)[number];

/** What somebody without a file says of their home. */
export interface VisitorHousehold {
  readonly learners: readonly { readonly id: string; readonly name: string; readonly level: BorrowerCategory }[];
  readonly devices: readonly { readonly id: string; readonly category: DeviceCategory; readonly available: Availability }[];
  readonly connection: VisitorConnection;
}

/** The same as it would stand in a file. */
export function atHomeOf({ learners, devices, connection }: VisitorHousehold): HouseholdAtHome {
  const unknown = { schoolId: null, className: null, timetable: null };
  return {
    id: 'visitor',
    version: 0,
    learners: learners.map(({ id, level }) => ({ id, level, ...unknown })),
    equipment: devices.map(({ id, category, available }) => ({ id, category, label: null, available: rangesOfAvailability(available) })),
    lent: [],
    connectivity: connectivityOf(connection, devices),
    storedInputsVersion: null,
  };
}

function connectivityOf(connection: VisitorConnection, devices: VisitorHousehold['devices']): Connectivity {
  if (connection !== 'phone') return { kind: connection, simultaneousLive: null, available: null };
  const phones = devices.filter(({ category }) => category === 'smartphone');
  const ranges = phones.map(({ available }) => rangesOfAvailability(available));
  // Nobody said which telephone shares it: any that is there may. Without a telephone in the list it is somebody's who always is.
  const isAlways = phones.length === 0 || ranges.includes(null);
  const available = isAlways ? null : ranges.flatMap((each): WeekRange[] => each ?? []);
  return { kind: 'mobile', simultaneousLive: null, available };
}
