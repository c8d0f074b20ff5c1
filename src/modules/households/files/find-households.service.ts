import { Injectable } from '@nestjs/common';
import { Audit, searchPatterns, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { lookupKey } from '../../../shared/key-text.js';
import { HOUSEHOLD_PREFIX, normaliseReference } from '../../../shared/reference.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachInto } from '../../councils/index.js';
import type { Household } from '../domain/household.js';
import { phonePatterns } from '../domain/phone-search.js';
import { type HouseholdSearch, HouseholdsRepository } from './households.repository.js';

/** The most households that a desk agent sees in one look-up. */
const MOST_AT_DESK = 5;

export interface HouseholdFilter {
  readonly q?: string;
  readonly schoolId?: string;
}

export interface FoundHouseholds {
  /** The households in the order of their ids; one more than the limit when there are more. */
  readonly rows: Household[];
  /** Whether there are more than could be searched or may be shown; then there is no next page. */
  readonly truncated: boolean;
}

/** Reads household files. */
@Injectable()
export class FindHouseholdsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly audit: Audit,
  ) {}

  /** Of the contacts a family sees its own only. */
  get(actor: Actor, id: string): Promise<Outcome<Household>> {
    const { family } = actor;
    return this.transactions.read(actor.councilId, async (tx) => {
      const household = await this.households.read(tx, reachInto(actor, id), id);
      if (!household) return notFound();
      return ok(family ? { ...household, contacts: household.contacts.filter((contact) => contact.id === family.contactId) } : household);
    });
  }

  list(actor: Actor, filter: HouseholdFilter, after: string | null, limit: number): Promise<Outcome<FoundHouseholds>> {
    const sought = searchOf(filter.q, phonePatterns(filter.q ?? ''));
    if (sought && !isEnough(sought)) return Promise.resolve(tooShort());
    return this.transactions.read(actor.councilId, async (tx) => ok(await this.find(tx, actor, filter.schoolId, sought, after, limit)));
  }

  /** Looks a household up for a desk agent: shows a few matches and audits the look-up, without the words that were typed. */
  lookUp(actor: Actor, filter: HouseholdFilter, limit: number): Promise<Outcome<FoundHouseholds>> {
    const sought = searchOf(filter.q, []);
    if (!sought)
      return Promise.resolve(
        invalid({ pointer: '/q', code: 'REQUIRED', message: 'must be given: a reference, an asset tag, or three letters of a name' }),
      );
    if (!isEnough(sought)) return Promise.resolve(tooShort());
    return this.transactions.write(actor, async (tx) => {
      const most = Math.min(limit, MOST_AT_DESK);
      const { rows, truncated } = await this.findAtDesk(tx, actor, filter.schoolId, sought, most);
      await this.audit.record(tx, { actor: actor.id, action: 'household.looked_up', subject: actor.councilId });
      return ok({ rows: rows.slice(0, most), truncated: truncated || rows.length > most });
    });
  }

  /** An exact match comes alone, so that similar names do not hide it. */
  private async findAtDesk(
    tx: Tx,
    actor: Actor,
    schoolId: string | undefined,
    sought: HouseholdSearch,
    most: number,
  ): Promise<FoundHouseholds> {
    const exact = schoolId === undefined ? await this.households.findExact(tx, sought) : [];
    return exact.length > 0 ? completeResult(exact) : this.find(tx, actor, schoolId, sought, null, most);
  }

  private async find(
    tx: Tx,
    actor: Actor,
    asked: string | undefined,
    sought: HouseholdSearch | null,
    after: string | null,
    limit: number,
  ): Promise<FoundHouseholds> {
    const inReach = actor.reach.schoolId;
    const schoolId = asked ?? inReach;
    if (schoolId !== null) return completeResult(await this.households.pageOfSchool(tx, { schoolId, inReach, sought }, after, limit));
    if (sought) return this.households.search(tx, sought, after, limit);
    return completeResult(await this.households.page(tx, after, limit));
  }
}

const completeResult = (rows: Household[]): FoundHouseholds => ({ rows, truncated: false });

function searchOf(q: string | undefined, phones: readonly string[]): HouseholdSearch | null {
  return q === undefined
    ? null
    : { patterns: searchPatterns(q), reference: normaliseReference(HOUSEHOLD_PREFIX, q), tag: lookupKey(q), phones };
}

const isEnough = ({ patterns, reference, phones }: HouseholdSearch): boolean =>
  patterns !== null || reference !== null || phones.length > 0;

const tooShort = () =>
  invalid({ pointer: '/q', code: 'TOO_SHORT', message: 'needs a word of at least three characters, or four digits of a telephone number' });
