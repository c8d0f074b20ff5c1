import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { Audit, Clock, Transactions, type Tx, type Versioned, type VersionedTable, whenDuplicate } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { ok } from '../../../shared/result.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';

const OUTSIDE_YOUR_SCHOOL: Fault = { pointer: '/schoolId', code: 'OUTSIDE_YOUR_SCHOOL', message: 'must be your own school' };

type Values<Entity extends Versioned> = Omit<Entity, keyof Versioned>;

/** Reads and changes one plain resource of a council. Every change is checked and recorded in the audit trail. */
@Injectable()
export abstract class ResourceService<Entity extends Versioned> {
  /** The name of the resource in the audit trail, such as `school`. */
  protected abstract readonly name: string;
  protected abstract readonly table: VersionedTable<Entity>;
  /** The JSON pointer of the field that each unique constraint is about. */
  protected readonly unique: Readonly<Record<string, string>> = {};

  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** In the order of ids. Returns one more than `limit` when more follow. An undefined filter does not narrow the list. */
  list(councilId: string, filter: Partial<Values<Entity>>, after: string | null, limit: number): Promise<Entity[]> {
    const where = withoutUndefined(filter) as FindOptionsWhere<Entity>;
    return this.transactions.read(councilId, (tx) => this.table.page(tx, where, after, limit));
  }

  get(councilId: string, id: string): Promise<Outcome<Entity>> {
    return this.transactions.read(councilId, async (tx) => {
      const found = await this.table.find(tx, id);
      return found ? ok(found) : notFound();
    });
  }

  create(actor: Actor, values: Values<Entity>): Promise<Outcome<Entity>> {
    return whenDuplicate(this.unique, () =>
      this.transactions.write(actor, async (tx) => {
        const faults = this.isInReach(actor, values) ? await this.faultsOf(tx, values, true) : [OUTSIDE_YOUR_SCHOOL];
        if (faults.length > 0) return invalid(...faults);
        const made = await this.table.insert(tx, values, this.clock.now());
        tx.made(this.name, made.id);
        await this.audit.record(tx, { actor: actor.id, action: `${this.name}.created`, subject: made.id });
        await this.wrote(tx, made, null);
        return ok(made);
      }),
    );
  }

  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<Values<Entity>>): Promise<Outcome<Entity>> {
    return whenDuplicate(this.unique, () =>
      this.transactions.write(actor, async (tx) => {
        const before = await this.table.lock(tx, id);
        if (!before || !this.isInReach(actor, before)) return notFound();
        const check = (next: Entity) =>
          this.isInReach(actor, next) ? this.faultsOf(tx, next, false) : Promise.resolve([OUTSIDE_YOUR_SCHOOL]);
        const updated = await this.table.update(tx, id, expected, changes, this.clock.now(), check);
        if (updated.ok) {
          await this.audit.record(tx, { actor: actor.id, action: `${this.name}.changed`, subject: id, fields: Object.keys(changes) });
          await this.wrote(tx, updated.value, before);
        }
        return updated;
      }),
    );
  }

  /** What is wrong with the values together, or with what they refer to. A resource overrides it if it has such rules. */
  protected faultsOf(_tx: Tx, _values: Values<Entity>, _isNew: boolean): Promise<readonly Fault[]> {
    return Promise.resolve([]);
  }

  /** Whether the actor may write such a row. By default every actor of the council may; a resource overrides it to restrict that. */
  protected isInReach(_actor: Actor, _values: Values<Entity>): boolean {
    return true;
  }

  /** What follows from a change, in its transaction. A resource overrides it if something does. */
  protected wrote(_tx: Tx, _now: Entity, _before: Entity | null): Promise<void> {
    return Promise.resolve();
  }
}
