import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { type Day, endOfDay } from '../../../shared/day.js';
import { forbidden, invalid, notFound, type Outcome, unknownReference } from '../../../shared/denial.js';
import { newId, NIL_ID } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachInto } from '../../councils/index.js';
import { AccessCodeHasher, type Helper, helpFaults, HelpersRepository, makeAccessCode } from '../../identity/index.js';
import { HouseholdsRepository } from '../files/households.repository.js';

export interface HelperToAllow {
  readonly name: string;
  /** The last day. */
  readonly until: Day;
  /** Whose helper it is; null: of the contact who calls. */
  readonly contactId: string | null;
}

/** A helper with its code, which is shown only here. */
export interface AllowedHelper {
  readonly helper: Helper;
  readonly reference: string;
  /** Such as `7K3M-25QX`. */
  readonly code: string;
}

/** Whom a contact lets see its file, such as a neighbour or an association. Another contact of the file sees none of it. */
@Injectable()
export class HelpersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly helpers: HelpersRepository,
    private readonly hasher: AccessCodeHasher,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Makes a code of the helper's own: who signs in with it and the reference of the file sees what the contact sees, until the end of the day. */
  allow(actor: Actor, householdId: string, { name, until, contactId: asked }: HelperToAllow): Promise<Outcome<AllowedHelper>> {
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      const contactId = asked ?? actor.family?.contactId ?? null;
      if (contactId === null) return invalid({ pointer: '/contactId', code: 'REQUIRED', message: 'must be given by staff' });
      if (actor.family && contactId !== actor.family.contactId) return invalid(unknownReference('/contactId'));
      const file = await this.helpers.fileOf(tx, householdId, contactId);
      if (!file) return invalid(unknownReference('/contactId'));
      const faults = helpFaults(until, this.clock.today(file.timeZone));
      if (faults.length > 0) return invalid(...faults);
      const code = makeAccessCode(randomBytes(8));
      const helper = { id: newId(), contactId, name, allowedAt: this.clock.now(), expiresAt: endOfDay(until, file.timeZone) };
      await this.helpers.insert(tx, { ...helper, householdId, codeHash: this.hasher.hash(file.reference, code) });
      tx.made('helper', helper.id);
      await this.audit.record(tx, { actor: actor.id, action: 'helper.allowed', subject: helper.id });
      return ok({ helper, reference: file.reference, code });
    });
  }

  /** Those that hold now, in the order in which they were allowed, one more than `limit`. */
  list(actor: Actor, householdId: string, after: string | null, limit: number): Promise<Outcome<Helper[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (actor.family?.helperId !== undefined) return forbidden('the contact says who helps');
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      return ok(await this.helpers.list(tx, ownerFor(actor, householdId), after ?? NIL_ID, limit, this.clock.now()));
    });
  }

  find(actor: Actor, householdId: string, id: string): Promise<Outcome<Helper>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (actor.family?.helperId !== undefined) return forbidden('the contact says who helps');
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      const helper = await this.helpers.find(tx, ownerFor(actor, householdId), id, this.clock.now());
      return helper ? ok(helper) : notFound();
    });
  }

  /** From now on its code opens nothing, and where it was signed in it is so no more. */
  end(actor: Actor, householdId: string, id: string): Promise<Outcome<null>> {
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      if (!(await this.helpers.end(tx, ownerFor(actor, householdId), id, this.clock.now()))) return notFound();
      await this.audit.record(tx, { actor: actor.id, action: 'helper.ended', subject: id });
      return ok(null);
    });
  }
}

const ownerFor = ({ family }: Actor, householdId: string) => ({ householdId, contactId: family?.contactId ?? null });
