import { Injectable } from '@nestjs/common';
import { Audit, Clock, Log, Outbox, Transactions, whenDuplicate } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { invalid, notFound, type Outcome, stale } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { newId } from '../../../shared/ids.js';
import { cleanText, foldForSearch } from '../../../shared/plain-text.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { CLOSED_DAYS_CHANGED, STREAMS_CHANGED, TIME_ZONE_CHANGED } from '../councils.events.js';
import { type ClosedDays, type Council, CouncilsRepository } from './councils.repository.js';
import { councilFaults, languagesFaults, type NewCouncil } from '../domain/council.rules.js';

type CouncilValues = Pick<
  Council,
  | 'name'
  | 'timeZone'
  | 'locale'
  | 'languages'
  | 'publicPriorityScale'
  | 'proposeAtOnce'
  | 'lentConnectionStreams'
  | 'openToFamilies'
  | 'phone'
>;

/** Councils, and the days on which they are closed. */
@Injectable()
export class CouncilsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Makes a council for the operator. It begins with the shipped policies, which are the defaults of the code. */
  async create(described: NewCouncil): Promise<Outcome<{ id: string; code: string }>> {
    const council = { ...described, name: cleanText(described.name) };
    const faults = councilFaults(council);
    if (faults.length > 0) return invalid(...faults);
    const id = newId();
    return whenDuplicate({ councils_code_key: '/code' }, () =>
      this.transactions.write(id, async (tx) => {
        await this.councils.insert(tx, council, this.clock.now());
        await this.audit.record(tx, { actor: 'system', action: 'council.created', subject: id });
        return ok({ id, code: council.code });
      }),
    );
  }

  /** Whether any council exists. */
  isAny(): Promise<boolean> {
    return this.transactions.system((tx) => this.councils.isAny(tx));
  }

  /** The council if there is only one, so that nobody needs to say which one they mean; else null. */
  async only(): Promise<Council | null> {
    const id = await this.transactions.system((tx) => this.councils.onlyId(tx));
    if (id === null) return null;
    const found = await this.get(id);
    return found.ok ? found.value : null;
  }

  /** How many councils are open to families, and which one it is if there is only one. */
  async open(): Promise<{ readonly count: 'none' | 'one' | 'several'; readonly only: Council | null }> {
    const [first, another] = await this.transactions.system((tx) => this.councils.openIds(tx));
    if (first === undefined) return { count: 'none', only: null };
    if (another !== undefined) return { count: 'several', only: null };
    const found = await this.get(first);
    return { count: 'one', only: found.ok ? found.value : null };
  }

  /** Councils that are open to families, by a part of the name or the postal code of a site; at most `limit`. */
  async atDoor(sought: string, limit: number): Promise<{ readonly code: string; readonly name: string }[]> {
    const folded = foldForSearch(sought);
    if (folded === '') return [];
    const postalCode = /^[0-9a-z][0-9a-z -]{1,9}$/.test(folded) && /\d/.test(folded) ? folded.toUpperCase() : null;
    return this.transactions.system((tx) => this.councils.atDoor(tx, folded, postalCode, limit));
  }

  /** The council with this code, if it is open to families. */
  async openOf(code: string): Promise<Council | null> {
    const id = await this.idOf(code);
    const found = id === null ? null : await this.get(id);
    return found?.ok === true && found.value.openToFamilies ? found.value : null;
  }

  /** The id of the council with this code, for the operator. */
  idOf(code: string): Promise<string | null> {
    return this.transactions.system((tx) => this.councils.idOf(tx, code));
  }

  /**
   * Runs `work` for every council, or for those that are given. If it fails for one, the others are not affected, and that one is tried
   * again the next time.
   */
  async each(upkeep: string, work: (councilId: string) => Promise<unknown>, those?: readonly string[]): Promise<void> {
    const failed: { councilId: string; error: string }[] = [];
    for (const councilId of those ?? (await this.transactions.system((tx) => this.councils.ids(tx)))) {
      await work(councilId).catch((error: unknown) => failed.push({ councilId, error: (error as Error).name }));
    }
    if (failed[0]) this.log.warn('upkeep of councils failed; it will be tried again', { upkeep, councils: failed.length, ...failed[0] });
  }

  get(councilId: string): Promise<Outcome<Council>> {
    return this.transactions.read(councilId, async (tx) => {
      const council = await this.councils.find(tx);
      return council ? ok(council) : notFound();
    });
  }

  /** Changes the values that are given; undefined means no change. */
  update(actor: Actor, expected: ExpectedVersion, changes: Partial<CouncilValues>): Promise<Outcome<Council>> {
    return this.transactions.write(actor, async (tx) => {
      const council = await this.councils.lock(tx);
      if (!council) return notFound();
      if (!isExpected(expected, council.version)) return stale();
      const changed = withoutUndefined(changes);
      const next: Council = { ...council, ...changed, version: council.version + 1, updatedAt: this.clock.now() };
      const faults = languagesFaults(next.languages);
      if (faults.length > 0) return invalid(...faults);
      await this.councils.save(tx, next);
      await this.audit.record(tx, { actor: actor.id, action: 'council.changed', subject: council.id, fields: Object.keys(changed) });
      if (next.timeZone !== council.timeZone) await this.outbox.announce(tx, TIME_ZONE_CHANGED, { from: council.timeZone });
      if (next.lentConnectionStreams !== council.lentConnectionStreams) await this.outbox.announce(tx, STREAMS_CHANGED, {});
      return ok(next);
    });
  }

  closedDays(councilId: string): Promise<ClosedDays> {
    return this.transactions.read(councilId, (tx) => this.councils.closedDays(tx));
  }

  /** Replaces the whole list. Due days and ends of offers that were agreed do not change; appointments on a day that is closed now do. */
  replaceClosedDays(actor: Actor, expected: ExpectedVersion, listed: readonly Day[]): Promise<Outcome<ClosedDays>> {
    return this.transactions.write(actor, async (tx) => {
      await this.councils.lockSettings(tx);
      const present = await this.councils.lockClosedDays(tx);
      if (!isExpected(expected, present.version)) return stale();
      const days = [...new Set(listed)].sort();
      const now = this.clock.now();
      if (present.version === null) {
        if (!(await this.councils.insertClosedDays(tx, days, now))) return stale();
      } else {
        await this.councils.replaceClosedDays(tx, days, now);
      }
      await this.audit.record(tx, { actor: actor.id, action: 'closed_days.replaced', subject: actor.councilId, fields: ['days'] });
      await this.outbox.announce(tx, CLOSED_DAYS_CHANGED, {});
      return ok({ days, version: (present.version ?? 0) + 1, updatedAt: now });
    });
  }
}
