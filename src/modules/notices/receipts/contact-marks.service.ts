import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { type ContactMark, ContactMarksRepository } from './contact-marks.repository.js';

/** Shows and clears the marks on numbers and addresses to which nothing is sent any more. */
@Injectable()
export class ContactMarksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly marks: ContactMarksRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor, householdId: string | undefined, after: string | null, limit: number): Promise<ContactMark[]> {
    return this.transactions.read(actor.councilId, (tx) => this.marks.list(tx, actor.reach.schoolId, householdId, after, limit));
  }

  find(actor: Actor, id: string): Promise<Outcome<ContactMark>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const mark = await this.marks.find(tx, actor.reach.schoolId, id);
      return mark ? ok(mark) : notFound();
    });
  }

  /** Clears a mark, so that messages may be sent there again. */
  clear(actor: Actor, id: string, reason: string): Promise<Outcome<ContactMark>> {
    return this.transactions.write(actor, async (tx) => {
      const mark = await this.marks.lock(tx, actor.reach.schoolId, id);
      if (!mark) return notFound();
      const cleared = await this.marks.clear(tx, id, this.clock.now());
      await this.audit.record(tx, { actor: actor.id, action: 'contact_mark.cleared', subject: id, reason });
      return ok(cleared);
    });
  }
}
