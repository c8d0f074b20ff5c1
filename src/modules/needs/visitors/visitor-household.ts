import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';
import type { HouseholdAtHome } from '../computing/needs.repository.js';
import { filedConnectivity, type HomeConnection } from '../domain/home-answers.js';
import { type Availability, rangesOfAvailability } from '../domain/ready-times.js';

/** What somebody without a file says of their home. */
export interface VisitorHousehold {
  readonly learners: readonly { readonly id: string; readonly name: string; readonly level: BorrowerCategory }[];
  readonly devices: readonly { readonly id: string; readonly category: DeviceCategory; readonly available: Availability }[];
  readonly connection: HomeConnection;
}

/** The same as it would stand in a file. */
export function atHomeOf({ learners, devices, connection }: VisitorHousehold): HouseholdAtHome {
  const unknown = { schoolId: null, className: null, timetable: null };
  const equipment = devices.map(({ id, category, available }) => ({
    id,
    category,
    label: null,
    available: rangesOfAvailability(available),
  }));
  return {
    id: 'visitor',
    version: 0,
    learners: learners.map(({ id, level }) => ({ id, level, ...unknown })),
    equipment,
    lent: [],
    connectivity: filedConnectivity(connection, equipment),
    storedInputsVersion: null,
  };
}
