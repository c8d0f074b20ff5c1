import { Injectable } from '@nestjs/common';
import { Audit, Clock, Id, jobKind, Outbox, Problem, Transactions, type Tx } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { columnNamed } from '../domain/header.rules.js';
import { importKindOf, KINDS_WITH_SITE } from '../domain/import-kinds.js';
import { errorsCsv } from '../files/errors-csv.js';
import { type Import, type ImportOrder, type ImportRow, ImportsRepository, type RowFilter } from './imports.repository.js';

/** Does an import, or a part of it and then asks for the rest. */
export const RUN_IMPORT = jobKind('import.run', { importId: Id.text }, { lane: 'bulk' });
/** The most uploads at the same time. Each uses a database connection for as long as its sender takes. */
const UPLOADS_AT_ONCE = 3;

/** Passes the file on chunk by chunk, then returns what is to be done with it. */
type FileReceiver = (store: (piece: Buffer) => Promise<void>) => Promise<ImportOrder>;

/** Stores uploaded files, and reads the outcomes of imports. */
@Injectable()
export class ImportsService {
  private receiving = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly imports: ImportsRepository,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Stores the file and adds the job, in one transaction. @throws Problem UNAVAILABLE while many others are sending files */
  async create(actor: Actor, receive: FileReceiver): Promise<Outcome<Import>> {
    if (this.receiving >= UPLOADS_AT_ONCE) throw Problem.of('UNAVAILABLE', { detail: 'other files are being received' });
    this.receiving += 1;
    try {
      return await this.transactions.write(actor, (tx) => this.receive(tx, actor, receive));
    } finally {
      this.receiving -= 1;
    }
  }

  /** In the order in which they were sent. Returns one more than `limit` when more follow. */
  list(councilId: string, after: number | null, limit: number): Promise<Import[]> {
    return this.transactions.read(councilId, (tx) => this.imports.page(tx, after, limit));
  }

  get(councilId: string, id: string): Promise<Outcome<Import>> {
    return this.transactions.read(councilId, (tx) => this.found(tx, id));
  }

  /** The outcomes of the rows, in the order of their lines. Returns one more than `limit` when more follow. */
  rows(councilId: string, id: string, filter: RowFilter, after: number, limit: number): Promise<Outcome<ImportRow[]>> {
    return this.transactions.read(councilId, async (tx) => {
      const found = await this.found(tx, id);
      return found.ok ? ok(await this.imports.rows(tx, id, filter, after, limit)) : found;
    });
  }

  /** The failed rows as a file that can be corrected and sent again. */
  async errors(councilId: string, id: string): Promise<Outcome<AsyncIterable<string>>> {
    const found = await this.get(councilId, id);
    if (!found.ok) return found;
    return ok(errorsCsv(found.value.plan, (after, limit) => this.imports.failedRows(councilId, id, after, limit)));
  }

  private async receive(tx: Tx, actor: Actor, receive: FileReceiver): Promise<Outcome<Import>> {
    const id = newId();
    let number = 0;
    const order = await receive(async (piece) => {
      await this.imports.storeChunk(tx, id, number, piece);
      number += 1;
    });
    const faults = await this.faultsOf(tx, order);
    if (faults.length > 0) {
      await this.imports.dropFile(tx, id);
      return invalid(...faults);
    }
    const made = await this.imports.insert(tx, id, order, actor.id, this.clock.now());
    tx.made('import', id);
    await this.audit.record(tx, { actor: actor.id, action: 'import.started', subject: id });
    await this.outbox.add(tx, RUN_IMPORT, { importId: id });
    return ok(made);
  }

  private async faultsOf(tx: Tx, { kind, siteId, mapping }: ImportOrder): Promise<Fault[]> {
    const { columns, siteIsFor } = importKindOf(kind);
    const unknown = Object.values(mapping).filter((name) => columnNamed(columns, name) === undefined);
    const known = Object.values(columns)
      .map(({ name }) => name)
      .join(', ');
    return [
      ...unknown.map((name) => ({
        pointer: '/mapping',
        code: 'NOT_ONE_OF',
        message: `"${name}" is no column of this kind; it has ${known}`,
      })),
      ...(siteId === null ? [] : await this.faultsOfSite(tx, siteIsFor, siteId)),
    ];
  }

  private async faultsOfSite(tx: Tx, siteIsFor: string | null, siteId: string): Promise<Fault[]> {
    if (siteIsFor === null)
      return [{ pointer: '/siteId', code: 'NOT_APPLICABLE', message: `is for ${KINDS_WITH_SITE.join(' and ')} only` }];
    return (await this.imports.siteExists(tx, siteId)) ? [] : [unknownReference('/siteId')];
  }

  private async found(tx: Tx, id: string): Promise<Outcome<Import>> {
    const found = await this.imports.find(tx, id);
    return found ? ok(found) : notFound();
  }
}
