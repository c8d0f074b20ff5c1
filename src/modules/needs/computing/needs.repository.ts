import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';
import {
  type Connectivity,
  type Equipment,
  storedConnectivity,
  storedEquipment,
  storedTimetable,
  type Timetable,
} from '../../households/index.js';
import { storedWeek, storedWork } from '../../../shared/stored-week.js';
import { storedComponents, storedNeed } from '../domain/stored-need.js';
import type { KitContent, Need } from '../domain/need.rules.js';
import type { SchoolProfile, TimetableSource } from '../domain/timetable.rules.js';
import { NIL_ID } from '../../../shared/ids.js';

/** The inputs of a need that belong to the council. */
export interface NeedCatalogue {
  readonly kits: readonly (KitContent & { readonly name: string })[];
  readonly profiles: readonly SchoolProfile[];
  readonly lentStreams: number;
}

/** The inputs of a need that belong to the household; they have no name and no address. */
export interface HouseholdAtHome {
  readonly id: string;
  readonly version: number;
  readonly learners: readonly {
    readonly id: string;
    readonly level: BorrowerCategory;
    /** The learner's school, else the household's. */
    readonly schoolId: string | null;
    readonly className: string | null;
    readonly timetable: Timetable | null;
  }[];
  readonly equipment: readonly Equipment[];
  readonly lent: readonly { readonly id: string; readonly category: DeviceCategory }[];
  readonly connectivity: Connectivity | null;
  /** The version of the inputs of the stored need; null when none is stored. */
  readonly storedInputsVersion: string | null;
}

/** A need as it is stored, with the source of each timetable. */
export interface DatedNeed {
  readonly need: Need & { readonly timetables: Readonly<Record<string, TimetableSource>> };
  readonly householdVersion: number;
  /** The hash of everything from which it was computed. */
  readonly inputsVersion: string;
  readonly computedAt: Date;
}

const CATALOGUE = `
  SELECT c.lent_connection_streams AS "lentStreams",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'components', k.components, 'costCents', k.cost_cents) ORDER BY k.id)
      FROM kits k WHERE k.council_id = c.id), '[]') AS kits,
    coalesce((SELECT jsonb_agg(jsonb_build_object('schoolId', p.school_id, 'level', p.level, 'className', p.class_name, 'live', p.live, 'work', p.work) ORDER BY p.id)
      FROM school_profiles p WHERE p.council_id = c.id AND (p.school_id IS NULL OR p.school_id = ANY ($1::uuid[]))), '[]') AS profiles
  FROM councils c WHERE c.id = current_council()`;

const AT_HOME = `
  SELECT h.id, h.version, h.equipment, h.connectivity, n.inputs_version AS "storedInputsVersion",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', l.id, 'level', l.level, 'schoolId', coalesce(l.school_id, h.school_id),
        'className', l.class_name, 'timetable', l.timetable) ORDER BY l.position, l.id)
      FROM learners l WHERE l.council_id = h.council_id AND l.household_id = h.id AND l.left_at IS NULL), '[]') AS learners,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', d.id, 'category', d.category) ORDER BY d.id)
      FROM devices d WHERE d.council_id = h.council_id AND d.holder_id = h.id), '[]') AS lent
  FROM households h LEFT JOIN household_needs n ON n.council_id = h.council_id AND n.household_id = h.id
  WHERE h.council_id = current_council() AND h.id = ANY ($1::uuid[])`;

const NEXT_IDS = `
  SELECT id FROM households WHERE council_id = current_council() AND id > $1 ORDER BY id LIMIT $2`;
const NEXT_IDS_OF_SCHOOL = `
  SELECT id FROM households WHERE council_id = current_council() AND school_id = $3 AND id > $1
  UNION
  SELECT household_id FROM learners WHERE council_id = current_council() AND school_id = $3 AND left_at IS NULL AND household_id > $1
  ORDER BY id LIMIT $2`;

const STORED = `
  SELECT need, household_version AS "householdVersion", inputs_version AS "inputsVersion", computed_at AS "computedAt"
  FROM household_needs WHERE council_id = current_council() AND household_id = $1`;

/** Locks in the order of ids, as everybody does who locks several households. */
const LOCK_HOUSEHOLDS = `
  SELECT FROM households WHERE council_id = current_council() AND id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const STORE = `
  INSERT INTO household_needs AS n (council_id, household_id, household_version, inputs_version, demanded_minutes, uncovered_minutes, need, computed_at)
  SELECT current_council(), each."householdId", each."householdVersion", each."inputsVersion", each."demandedMinutes", each."uncoveredMinutes", each.need, $2
  FROM jsonb_to_recordset($1::jsonb) AS each ("householdId" uuid, "householdVersion" integer, "inputsVersion" text, "demandedMinutes" integer,
    "uncoveredMinutes" integer, need jsonb)
  ORDER BY each."householdId"
  ON CONFLICT (council_id, household_id) DO UPDATE SET
    household_version = excluded.household_version, inputs_version = excluded.inputs_version, demanded_minutes = excluded.demanded_minutes,
    uncovered_minutes = excluded.uncovered_minutes, need = excluded.need, computed_at = excluded.computed_at`;

/** Only the version of the household has changed, and nothing that the need reads. */
const CONFIRM = `
  UPDATE household_needs SET household_version = each.version FROM unnest($1::uuid[], $2::integer[]) AS each (id, version)
  WHERE council_id = current_council() AND household_id = each.id AND household_version <> each.version`;

/** All SQL of needs; it also reads households, learners, devices and councils. */
@Injectable()
export class NeedsRepository {
  /** Returns the kits, and the timetables of these schools and of the whole council. */
  async catalogue(tx: Tx, schoolIds: readonly string[]): Promise<NeedCatalogue> {
    const { kits, profiles, lentStreams } = await tx.row<NeedCatalogue>(CATALOGUE, [schoolIds]);
    return {
      kits: kits.map((kit) => ({ ...kit, components: storedComponents(kit.components) })),
      profiles: profiles.map((profile) => ({ ...profile, live: storedWeek(profile.live), work: storedWork(profile.work) })),
      lentStreams,
    };
  }

  /**
   * Locks these households until the transaction ends. Everything of them either changes under this lock, or is announced once it is
   * committed. Whoever stores a need takes the lock before reading what the need is made from, as whoever scores does.
   */
  async lockHouseholds(tx: Tx, householdIds: readonly string[]): Promise<void> {
    await tx.execute(LOCK_HOUSEHOLDS, [householdIds]);
  }

  async atHome(tx: Tx, householdIds: readonly string[]): Promise<HouseholdAtHome[]> {
    const rows = await tx.query<HouseholdAtHome>(AT_HOME, [householdIds]);
    return rows.map((row) => ({
      ...row,
      learners: row.learners.map((learner) => ({ ...learner, timetable: storedTimetable(learner.timetable) })),
      equipment: storedEquipment(row.equipment),
      connectivity: storedConnectivity(row.connectivity),
    }));
  }

  /** Returns the ids of the next households, of the council or of one school, in the order of ids. */
  async nextIds(tx: Tx, after: string | null, schoolId: string | null, limit: number): Promise<string[]> {
    const values = [after ?? NIL_ID, limit];
    const rows =
      schoolId === null
        ? await tx.query<{ id: string }>(NEXT_IDS, values)
        : await tx.query<{ id: string }>(NEXT_IDS_OF_SCHOOL, [...values, schoolId]);
    return rows.map(({ id }) => id);
  }

  async stored(tx: Tx, householdId: string): Promise<DatedNeed | null> {
    const row = await tx.one<DatedNeed>(STORED, [householdId]);
    return row && { ...row, need: storedNeed(row.need) };
  }

  /** Writes the needs of households that the transaction has locked. */
  async store(tx: Tx, needs: readonly (DatedNeed & { readonly householdId: string })[], now: Date): Promise<void> {
    if (needs.length === 0) return;
    const rows = needs.map(({ householdId, householdVersion, inputsVersion, need }) => ({
      householdId,
      householdVersion,
      inputsVersion,
      need,
      demandedMinutes: need.learners.reduce((sum, { liveMinutes, workMinutes }) => sum + liveMinutes.demanded + workMinutes.demanded, 0),
      uncoveredMinutes: need.uncoveredMinutes,
    }));
    await tx.execute(STORE, [JSON.stringify(rows), now]);
  }

  /** Records that these needs still hold for the present versions of their households. */
  async confirm(tx: Tx, households: readonly Pick<HouseholdAtHome, 'id' | 'version'>[]): Promise<void> {
    if (households.length === 0) return;
    await tx.execute(CONFIRM, [households.map(({ id }) => id), households.map(({ version }) => version)]);
  }
}
