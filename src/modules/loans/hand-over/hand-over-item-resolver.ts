import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { type Fault, invalid, invalidMove, type Outcome, unknownReference } from '../../../shared/denial.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import { classOf, type DeviceClass, type DeviceCondition } from '../../../shared/vocabulary.js';
import { HeldDevicesService } from '../../allocation/index.js';
import { borrowerOf, type LoanPolicy, resolvePolicy, SHIPPED_LOAN_POLICY } from '../../councils/index.js';
import type { HouseholdInReach } from '../../households/index.js';
import { type QueuePlace, type RequestLine, requestLineMachine, RequestLinesService } from '../../requests/index.js';
import type { HandOverItem, PoolCount } from '../domain/hand-over.rules.js';
import { assignLines, namedLineFaults } from '../domain/line-assignment.rules.js';
import { type DeviceName, HandOverRepository, type NamedDevice } from './hand-over.repository.js';
import type { CaseDevice, CaseLearner, LoanSettings } from '../record/loan-case.js';
import { PoolCounter } from './pool-counter.js';

/** One item as the desk asks for it. */
export interface AskedItem extends DeviceName {
  readonly requestLineId: string | null;
  readonly conditionOut: DeviceCondition;
}

/** One locked item, with the learners for whom it is and the policy that applies to it. */
export interface ResolvedItem {
  readonly device: CaseDevice;
  /** The line that it fulfils; null when it fulfils none. */
  readonly line: RequestLine | null;
  /** Another device that was held for this line and is freed by the hand-over. */
  readonly freed: CaseDevice | null;
  readonly learners: readonly CaseLearner[];
  readonly policy: LoanPolicy;
  readonly conditionOut: DeviceCondition;
}

/** Returns the place of a line in the queue, which it keeps while a device is held for it; null when it has none. */
export function queuePlaceOf(line: RequestLine | null): QueuePlace | null {
  return line?.state === 'suspended' ? null : line;
}

/** Finds the devices and the lines of a hand-over. */
@Injectable()
export class HandOverItemResolver {
  constructor(
    private readonly stock: HandOverRepository,
    private readonly lines: RequestLinesService,
    private readonly held: HeldDevicesService,
    private readonly pools: PoolCounter,
  ) {}

  /** Returns the devices that the items name, in their order, and faults for items that name none, or one that was named before. */
  async namedDevices(tx: Tx, items: readonly AskedItem[]): Promise<{ devices: NamedDevice[]; faults: Fault[] }> {
    const devices = await this.stock.resolve(tx, items);
    const faults = items.flatMap(({ deviceId }, index) => {
      const by = deviceId === null ? 'tag' : 'id';
      const pointer = `/items/${index}/${by === 'tag' ? 'assetTag' : 'deviceId'}`;
      const device = devices[index];
      if (!device) return [unknownReference(pointer, by)];
      const isFirst = devices.findIndex((other) => other?.id === device.id) === index;
      return isFirst ? [] : [{ pointer, code: 'DUPLICATE', message: 'must not name a device that was named before' }];
    });
    return { devices: devices.filter((device) => device !== null), faults };
  }

  /**
   * Locks the devices, including those that are held for the household, and then the lines that they fulfil. The category of a device is read
   * after it was locked, since it may have changed. INVALID_MOVE when a named line is not open any more.
   */
  async lock(
    tx: Tx,
    household: HouseholdInReach,
    items: readonly AskedItem[],
    devices: readonly NamedDevice[],
    { rules }: LoanSettings,
  ): Promise<Outcome<ResolvedItem[]>> {
    const heldForThem = await this.held.of(tx, household.id);
    const byId = await this.stock.lockDevices(tx, [...devices.map(({ id }) => id), ...heldForThem.map(({ deviceId }) => deviceId)]);
    const locked = devices.map(({ id }) => byId.get(id) as CaseDevice);
    const classes = locked.map(({ category }) => classOf(category));
    const open = await this.lockLines(tx, household.id, new Set(classes));
    const wishes = items.map(({ requestLineId }, index) => ({ requestLineId, class: classes[index] as DeviceClass }));
    const denied = await this.checkNamedLines(tx, household.id, wishes);
    if (!denied.ok) return denied;

    const assigned = assignLines(wishes, open);
    return ok(
      items.map(({ conditionOut }, index) => {
        const device = locked[index] as CaseDevice;
        const line = open.find(({ id }) => id === assigned[index]) ?? null;
        const ofLine = line === null ? [] : line.learnerIds.flatMap((id) => household.learners.find((learner) => learner.id === id) ?? []);
        const policy = resolvePolicy(rules, SHIPPED_LOAN_POLICY, { category: device.category, ...borrowerOf(ofLine, household) }).values;
        const other = heldForThem.find(({ lineId, deviceId }) => lineId === line?.id && devices.every(({ id }) => id !== deviceId));
        const freed = (other && byId.get(other.deviceId)) ?? null;
        return {
          device,
          line,
          freed: freed?.status === 'reserved' ? freed : null,
          learners: line === null ? household.learners : ofLine,
          policy,
          conditionOut,
        };
      }),
    );
  }

  /** Returns what the decision reads of each item, and locks the pools for which others wait. */
  async facts(tx: Tx, household: HouseholdInReach, handed: readonly ResolvedItem[], today: Day): Promise<HandOverItem[]> {
    const wanted = handed.map(({ device, line }) => ({
      device,
      place: queuePlaceOf(line),
    }));
    const freed = handed.flatMap((each) => each.freed ?? []);
    const counts = await this.pools.of(tx, household.id, { wanted, freed }, today);
    const holders = await this.held.holders(
      tx,
      handed.map(({ device }) => device.id),
    );
    return handed.map(({ device, line, learners, policy }, index) => ({
      deviceId: device.id,
      class: classOf(device.category),
      status: device.status,
      siteId: device.siteId,
      reservedFor: holders.get(device.id) ?? null,
      fund: device.fund,
      isForLine: line !== null,
      learners,
      pool: counts[index] as PoolCount,
      policy,
    }));
  }

  private async lockLines(tx: Tx, householdId: string, classes: ReadonlySet<DeviceClass>): Promise<RequestLine[]> {
    const open: RequestLine[] = [];
    for (const deviceClass of classes) {
      const line = await this.lines.lockOpen(tx, householdId, deviceClass);
      if (line) open.push(line);
    }
    return open;
  }

  private async checkNamedLines(
    tx: Tx,
    householdId: string,
    wishes: readonly { requestLineId: string | null; class: DeviceClass }[],
  ): Promise<Outcome<void>> {
    const named = wishes.flatMap(({ requestLineId }) => requestLineId ?? []);
    if (named.length === 0) return ok(undefined);
    const known = await this.stock.lines(tx, householdId, named);
    const faults = namedLineFaults(wishes, known);
    if (faults.length > 0) return invalid(...faults);
    for (const { state } of known) {
      const move = attempt(requestLineMachine, state, 'hand_over');
      if (!move.ok) return invalidMove(move.reason);
    }
    return ok(undefined);
  }
}
