import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type Actor, hasRights, type RequiredRights } from '../../councils/index.js';
import { CARDS } from './households.sql.js';

/** Who may read household files. */
export const HOUSEHOLD_READERS = {
  scope: 'households:read',
  roles: ['council_manager', 'school_administrator', 'auditor'],
} as const satisfies RequiredRights;

/** What lists show of a household, so that nobody has to read each file for its name. */
export interface HouseholdCard {
  readonly id: string;
  readonly reference: string;
  /** The name of its first contact. */
  readonly name: string;
}

/** A row with its household; null when the caller may not read the file. */
export interface WithHousehold {
  readonly household: HouseholdCard | null;
}

/** Adds the names of households to lists of other modules. */
@Injectable()
export class HouseholdCardsService {
  /** Returns the rows of one page, each with its household when the caller may read that file; one statement reads all of them. */
  async attach<Row extends { readonly householdId: string }>(tx: Tx, actor: Actor, rows: readonly Row[]): Promise<(Row & WithHousehold)[]> {
    return named(rows, hasRights(actor, HOUSEHOLD_READERS) ? await this.of(tx, rows, actor.reach.schoolId) : new Map());
  }

  /** Does the same for the families that come to a desk: its agent may read no file, but must know who stands there. */
  async attachAtDesk<Row extends { readonly householdId: string }>(
    tx: Tx,
    actor: Actor,
    rows: readonly Row[],
  ): Promise<(Row & WithHousehold)[]> {
    if (actor.role !== 'desk_agent') return this.attach(tx, actor, rows);
    return named(rows, await this.of(tx, rows, null));
  }

  private async of(
    tx: Tx,
    rows: readonly { readonly householdId: string }[],
    schoolInReach: string | null,
  ): Promise<ReadonlyMap<string, HouseholdCard>> {
    if (rows.length === 0) return new Map();
    const ids = new Set(rows.map(({ householdId }) => householdId));
    const cards = await tx.query<HouseholdCard>(CARDS, [[...ids], schoolInReach]);
    return new Map(cards.map((card) => [card.id, card]));
  }
}

function named<Row extends { readonly householdId: string }>(
  rows: readonly Row[],
  cards: ReadonlyMap<string, HouseholdCard>,
): (Row & WithHousehold)[] {
  return rows.map((row) => Object.assign(row, { household: cards.get(row.householdId) ?? null }));
}
