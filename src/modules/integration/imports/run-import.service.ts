import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Audit, Clock, Id, jobEvent, Outbox, Transactions, type Tx, violation } from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { CouncilsRepository } from '../../councils/index.js';
import { type CsvRecord, csvRecords } from '../files/csv-reader.js';
import { orderOfDays } from '../domain/cell-values.js';
import { importKindOf } from '../domain/import-kinds.js';
import { RowCells, storable } from '../domain/row-cells.js';
import type { RowResult } from '../domain/row-outcome.js';
import { examine, type ImportPlan } from '../files/import-file.js';
import type { ImportWriter } from '../writers/import-writer.js';
import { IMPORT_WRITERS } from '../writers/import-writers.js';
import { type Import, ImportsRepository } from './imports.repository.js';

/** The number of rows that one transaction writes, together with the progress of the import. */
const BATCH_ROWS = 500;
/** A batch of long rows has fewer of them, because its decisions are made in one go, while other work waits for the processor. */
const BATCH_BYTES = 128 * 1024;
/**
 * The number of tries of one batch. When somebody makes a device or a school of the batch while it is decided on, it must be decided again.
 */
const ATTEMPTS = 3;

const IMPORT_FINISHED = jobEvent('import.finished', { importId: Id.text });

type RunningImport = Import & { readonly plan: ImportPlan };

/** Does an import batch by batch. A process that takes it over continues after the last batch that was committed. */
@Injectable()
export class RunImportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly imports: ImportsRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly module: ModuleRef,
  ) {}

  /** Works until the import has ended, or until `enough` returns true after a batch. Returns whether there is more to do. */
  async advance(councilId: string, importId: string, enough: () => boolean): Promise<boolean> {
    const running = await this.opened(councilId, importId);
    if (!running) return false;
    for await (const batch of this.batches(councilId, running)) {
      if (!(await this.taken(councilId, importId, batch))) return false;
      if (enough()) return true;
    }
    await this.transactions.write(councilId, (tx) => this.end(tx, importId, 'finished', null));
    return false;
  }

  /** Ends an import that cannot go on because of a fault of the program. */
  giveUp(tx: Tx, importId: string): Promise<void> {
    return this.end(
      tx,
      importId,
      'failed',
      'The import stopped for a fault of the program. The rows that it lists are done; send the file again for the others.',
    );
  }

  /** The import, if it is running. A new one is examined first. */
  private async opened(councilId: string, importId: string): Promise<RunningImport | null> {
    const find = () => this.transactions.read(councilId, (tx) => this.imports.find(tx, importId));
    let found = await find();
    if (found?.state === 'queued') {
      const { kind, mapping } = found;
      const examined = await examine((from) => this.imports.pieces(councilId, importId, from), importKindOf(kind).columns, mapping);
      await this.transactions.write(councilId, (tx) =>
        examined.ok
          ? this.imports.start(tx, importId, examined.value, this.clock.now())
          : this.end(tx, importId, 'failed', examined.reason),
      );
      found = await find();
    }
    return found?.state === 'running' && found.plan ? { ...found, plan: found.plan } : null;
  }

  private async *batches(councilId: string, { id, plan, nextByte, nextLine }: RunningImport): AsyncGenerator<RowBatch> {
    const from = { byte: nextByte, line: nextLine };
    let batch: RowBatch = { from: nextByte, records: [] };
    for await (const record of csvRecords(this.imports.pieces(councilId, id, nextByte), plan.delimiter, from)) {
      batch.records.push(record);
      if (batch.records.length < BATCH_ROWS && record.end.byte - batch.from < BATCH_BYTES) continue;
      yield batch;
      batch = { from: record.end.byte, records: [] };
    }
    if (batch.records.length > 0) yield batch;
  }

  /** Whether this process did the batch. False when another process has continued or ended the import. */
  private async taken(councilId: string, importId: string, batch: RowBatch): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transactions.write(councilId, (tx) => this.take(tx, importId, batch));
      } catch (error) {
        if (attempt === ATTEMPTS || violation(error) === null) throw error;
      }
    }
  }

  private async take(tx: Tx, importId: string, { from, records }: RowBatch): Promise<boolean> {
    const running = await this.imports.lock(tx, importId);
    const last = records.at(-1);
    if (running?.state !== 'running' || !running.plan || running.nextByte !== from || !last) return false;
    const now = this.clock.now();
    const results = await this.takeRows(tx, { ...running, plan: running.plan }, records, now);
    const withCells = results.map(({ line, outcome, faults, notes }, place) => ({
      line,
      outcome,
      faults,
      notes,
      cells: outcome === 'failed' ? (records[place]?.cells ?? []).map(storable) : null,
    }));
    await this.imports.insertRows(tx, importId, withCells);
    await this.imports.advance(tx, importId, results, last.end, now);
    return true;
  }

  /** The outcomes of the rows, in their order. A preview makes the same decisions and only stores which keys it has seen. */
  private async takeRows(tx: Tx, running: RunningImport, records: readonly CsvRecord[], now: Date): Promise<readonly RowResult[]> {
    const { id, plan, mode, siteId, createdBy } = running;
    const kind = importKindOf(running.kind);
    const writer = this.module.get<ImportWriter>(IMPORT_WRITERS[running.kind]);
    const { locale, timeZone } = await this.councils.facts(tx);
    const dateOrder = orderOfDays(new Set(plan.dateOrders), locale);
    const days = { orderOf: () => dateOrder, today: dayIn(now, timeZone) };
    const rows = records.map(({ cells, line }) => kind.read(new RowCells(kind.columns, plan.header, plan, cells, line), days));
    const context = { mode, siteId, actor: createdBy, now };
    const facts = await writer.facts(tx, context, rows);
    const met = await this.imports.keysMet(tx, id, kind.keys(rows, facts));
    const decisions = kind.decide(rows, facts, met);
    if (mode === 'apply') await writer.write(tx, context, decisions, facts);
    await this.imports.meet(tx, id, met);
    return decisions.results;
  }

  private async end(tx: Tx, importId: string, state: 'finished' | 'failed', problem: string | null): Promise<void> {
    const ended = await this.imports.end(tx, importId, state, problem, this.clock.now());
    if (!ended) return;
    await this.imports.dropFile(tx, importId);
    const what = state === 'failed' ? 'failed' : ended.mode === 'apply' ? 'applied' : 'previewed';
    await this.audit.record(tx, { actor: ended.createdBy, action: `import.${what}`, subject: importId });
    await this.outbox.announce(tx, IMPORT_FINISHED, { importId });
  }
}

interface RowBatch {
  /** The byte of the file at which the batch begins. */
  readonly from: number;
  readonly records: CsvRecord[];
}
