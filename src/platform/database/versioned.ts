import { Column, type EntityTarget, type FindOptionsWhere, MoreThan, PrimaryColumn } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { type Fault, invalid, notFound, type Outcome, stale } from '../../shared/denial.js';
import { withoutUndefined } from '../../shared/without-undefined.js';
import { newId } from '../../shared/ids.js';
import { ok } from '../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../shared/version.js';
import type { Tx } from './tx.js';

/** What every resource of a council has: its id, and the version that its ETag names. */
export abstract class Versioned {
  @PrimaryColumn('uuid')
  councilId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('integer')
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

type Values<Entity extends Versioned> = Omit<Entity, keyof Versioned>;

/** The plain ways to read and write one resource's table; its hot paths are SQL of their own. Row-level security holds the council. */
export class VersionedTable<Entity extends Versioned> {
  constructor(private readonly entity: EntityTarget<Entity>) {}

  find(tx: Tx, id: string): Promise<Entity | null> {
    return tx.manager.findOneBy(this.entity, this.key(tx, id));
  }

  /** The row, locked until the transaction ends. */
  lock(tx: Tx, id: string): Promise<Entity | null> {
    return tx.manager.findOne(this.entity, { where: this.key(tx, id), lock: { mode: 'pessimistic_write' } });
  }

  /** Rows in the order of their ids, after the given one: one more than `limit`, so that the caller knows whether more follow. */
  page(tx: Tx, where: FindOptionsWhere<Entity>, after: string | null, limit: number): Promise<Entity[]> {
    const inCouncil = { ...where, councilId: tx.councilId, ...(after !== null && { id: MoreThan(after) }) } as FindOptionsWhere<Entity>;
    return tx.manager.find(this.entity, { where: inCouncil, order: { id: 'ASC' } as never, take: limit + 1 });
  }

  async insert(tx: Tx, values: Values<Entity>, now: Date, id = newId()): Promise<Entity> {
    const row = { ...values, councilId: tx.councilId, id, version: 1, createdAt: now, updatedAt: now } as Entity;
    await tx.manager.insert(this.entity, row as QueryDeepPartialEntity<Entity>);
    return row;
  }

  /**
   * Changes the row if it is still at the expected version; undefined values change nothing. `faultsOf` may find fault with the row as it
   * would become.
   */
  async update(
    tx: Tx,
    id: string,
    expected: ExpectedVersion,
    changes: Partial<Values<Entity>>,
    now: Date,
    faultsOf?: (next: Entity) => Promise<readonly Fault[]>,
  ): Promise<Outcome<Entity>> {
    const row = await this.lock(tx, id);
    if (!row) return notFound();
    if (!isExpected(expected, row.version)) return stale();
    const next = { ...withoutUndefined(changes), version: row.version + 1, updatedAt: now };
    const faults = (await faultsOf?.({ ...row, ...next })) ?? [];
    if (faults.length > 0) return invalid(...faults);
    await tx.manager.update(this.entity, this.key(tx, id), next as unknown as QueryDeepPartialEntity<Entity>);
    return ok({ ...row, ...next });
  }

  private key(tx: Tx, id: string): FindOptionsWhere<Entity> {
    return { councilId: tx.councilId, id } as FindOptionsWhere<Entity>;
  }
}
