import { Injectable } from '@nestjs/common';
import { Audit, Transactions, type Tx } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import { lookupKey } from '../../../shared/key-text.js';
import { type Actor, COUNCIL_WIDE } from '../../councils/index.js';
import { DeviceMover, type MovedDevice } from '../../inventory/index.js';
import { NOT_ON_LOAN_REFUSAL, returnMoves } from '../domain/return.rules.js';
import { type ItemSettlement, LoanRecorder } from '../record/loan-recorder.js';
import type { CaseItem, LoanCase } from '../record/loan-case.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { LoansRepository } from '../record/loans.repository.js';

/** What the desk says about a device that came back. */
export interface ReturnDetails {
  readonly conditionIn: DeviceCondition;
  readonly missingAccessories?: readonly string[];
  readonly note: string | null;
}

/** One item of a loan, named by its id or by its device's tag. */
export interface ItemToReturn extends ReturnDetails {
  readonly itemId: string | null;
  readonly assetTag: string | null;
}

/** The loan of a device that came back, or the device when it was missing from the stock and on no loan. */
export type ReturnByTagResult = { readonly loan: LoanRecord } | { readonly recovered: MovedDevice };

/** Takes devices back: each goes to inspection at the site of the desk. */
@Injectable()
export class ReturnService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly devices: DeviceMover,
    private readonly audit: Audit,
  ) {}

  /** Takes some or all items of one loan back: all of them or none. */
  returnItems(actor: Actor, loanId: string, siteId: string, items: readonly ItemToReturn[]): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, actor.reach, loanId);
      if (!loan) return notFound();
      const { found, faults } = itemsOf(loan, items);
      if (!(await this.loans.isSiteInReach(tx, actor.reach, siteId))) faults.push(unknownReference('/siteId'));
      if (faults.length > 0) return invalid(...faults);
      return this.takeBack(tx, actor, loan, siteId, found);
    });
  }

  /**
   * Takes back the device with a tag, from any loan of the council: a family may bring it to another desk than its own. A device that was
   * missing from the stock is recovered.
   */
  returnByTag(actor: Actor, assetTag: string, siteId: string, details: ReturnDetails): Promise<Outcome<ReturnByTagResult>> {
    return this.transactions.write(actor, async (tx) => {
      const held = await this.loans.byTag(tx, assetTag);
      const faults = held ? [] : [unknownReference('/assetTag', 'tag')];
      if (!(await this.loans.isSiteInReach(tx, actor.reach, siteId))) faults.push(unknownReference('/siteId'));
      if (!held || faults.length > 0) return invalid(...faults);

      if (held.loanId === null)
        return held.status === 'missing' ? this.recover(tx, actor, held.deviceId, siteId, details) : refusedFor(NOT_ON_LOAN_REFUSAL);
      const loan = await this.loans.lock(tx, COUNCIL_WIDE, held.loanId);
      const item = loan?.items.find(({ id }) => id === held.itemId);
      if (!loan || !item) throw new Error('a loan that was read before has gone');
      tx.made('loan', loan.id);
      const taken = await this.takeBack(tx, actor, loan, siteId, [{ item, details }]);
      return taken.ok ? ok({ loan: taken.value }) : taken;
    });
  }

  /** Returns a device that was recovered, as it is now. */
  recovered({ councilId }: Actor, deviceId: string): Promise<Outcome<Pick<MovedDevice, 'id' | 'to' | 'siteId'>>> {
    return this.transactions.read(councilId, async (tx) => {
      const device = await this.loans.device(tx, deviceId);
      return device ? ok({ id: device.id, to: device.status, siteId: device.siteId }) : notFound();
    });
  }

  private async takeBack(
    tx: Tx,
    actor: Actor,
    loan: LoanCase,
    siteId: string,
    returned: readonly { item: CaseItem; details: ReturnDetails }[],
  ): Promise<Outcome<LoanRecord>> {
    const moves = returnMoves(returned.map(({ item }) => ({ state: item.state, device: item.device.status })));
    if (!moves.ok) return refusedFor(moves.reason);
    const settlements = returned.map(({ item, details: { conditionIn, missingAccessories, note } }, index) => ({
      item,
      move: 'return',
      deviceMove: moves.value[index] as ItemSettlement['deviceMove'],
      siteId,
      condition: conditionIn,
      missingAccessories,
      reason: note,
    })) satisfies ItemSettlement[];
    const entered = await this.recorder.enter(tx, actor, loan, { settlements });
    if (!entered.ok) return entered;
    await this.audit.record(tx, { actor: actor.id, action: 'loan.items_returned', subject: loan.id, fields: ['items'] });
    return ok(await this.readings.writtenLoan(tx, loan.id));
  }

  private async recover(
    tx: Tx,
    actor: Actor,
    deviceId: string,
    siteId: string,
    { conditionIn, note }: ReturnDetails,
  ): Promise<Outcome<ReturnByTagResult>> {
    tx.made('recovered_device', deviceId);
    const moved = await this.devices.move(tx, { actor, deviceId, move: 'recover', siteId, condition: conditionIn, reason: note });
    if (!moved.ok) return moved;
    await this.audit.record(tx, { actor: actor.id, action: 'device.moved', subject: deviceId, fields: ['status', 'siteId', 'condition'] });
    return ok({ recovered: moved.value });
  }
}

/** Returns the loan's items that are named. When a device was on the loan twice, its tag names the item that may still come back. */
function itemsOf(loan: LoanCase, items: readonly ItemToReturn[]): { found: { item: CaseItem; details: ReturnDetails }[]; faults: Fault[] } {
  const found: { item: CaseItem; details: ReturnDetails }[] = [];
  const faults: Fault[] = [];
  for (const [index, { itemId, assetTag, ...details }] of items.entries()) {
    const by = itemId === null ? 'tag' : 'id';
    const pointer = `/items/${index}/${by === 'tag' ? 'assetTag' : 'itemId'}`;
    const meant = loan.items.filter(({ id, device }) =>
      itemId === null ? lookupKey(device.assetTag) === lookupKey(assetTag ?? '') : id === itemId,
    );
    const item = meant.find(({ state }) => state !== 'returned') ?? meant[0];
    if (!item) faults.push(unknownReference(pointer, by));
    else if (found.some((other) => other.item === item))
      faults.push({ pointer, code: 'DUPLICATE', message: 'must not name an item twice' });
    else found.push({ item, details });
  }
  return { found, faults };
}
