import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, VersionedTable, whenDuplicate } from '../../platform/index.js';
import { notFound, type Outcome } from '../../shared/denial.js';
import { ok } from '../../shared/result.js';
import type { ExpectedVersion } from '../../shared/version.js';
import type { Actor } from './access/actor.js';
import { School } from './entities/school.entity.js';

type SchoolValues = Pick<School, 'code' | 'name' | 'level' | 'municipalityCode' | 'email'>;

const schools = new VersionedTable(School);
const UNIQUE = { schools_code: '/code' };

/** The schools of a council. */
@Injectable()
export class SchoolsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** One more than `limit`, in the order of ids. */
  list(councilId: string, filter: { code?: string }, after: string | null, limit: number): Promise<School[]> {
    return this.transactions.read(councilId, (tx) => schools.page(tx, filter.code === undefined ? {} : { code: filter.code }, after, limit));
  }

  get(councilId: string, id: string): Promise<Outcome<School>> {
    return this.transactions.read(councilId, async (tx) => {
      const school = await schools.find(tx, id);
      return school ? ok(school) : notFound();
    });
  }

  create(actor: Actor, values: SchoolValues): Promise<Outcome<School>> {
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(actor.councilId, async (tx) => {
        const school = await schools.insert(tx, values, this.clock.now());
        await this.audit.record(tx, { actor: actor.id, action: 'school.created', subject: school.id });
        return ok(school);
      }),
    );
  }

  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<SchoolValues>): Promise<Outcome<School>> {
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(actor.councilId, async (tx) => {
        const updated = await schools.update(tx, id, expected, changes, this.clock.now());
        if (updated.ok) await this.audit.record(tx, { actor: actor.id, action: 'school.changed', subject: id, fields: Object.keys(changes) });
        return updated;
      }),
    );
  }
}
