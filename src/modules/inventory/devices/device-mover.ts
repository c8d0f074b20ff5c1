import { Injectable } from '@nestjs/common';
import { Clock, Outbox, type Tx } from '../../../platform/index.js';
import { invalidMove, notFound, type Outcome } from '../../../shared/denial.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from '../domain/device.machine.js';
import { DevicesRepository, type MovingDevice } from './devices.repository.js';
import { DEVICE_CAME_BACK, DEVICE_MISSING_FROM_OFFER, DEVICE_MOVED, HOLDING_CHANGED } from '../inventory.events.js';

/** What happens to one device. */
export interface DeviceMoveOrder {
  readonly deviceId: string;
  readonly move: DeviceMove;
  /** Where a move with several targets leads (`receive`); the others lead where they lead. */
  readonly to?: DeviceStatus;
  /** What the device turned out to be like; left out or null: as it was. */
  readonly condition?: DeviceCondition | null;
  /** Where it is from now on; left out or null: where it was. */
  readonly siteId?: string | null;
  /** Somebody's words about the device, shown in its history: nothing about a family. */
  readonly reason?: string | null;
  readonly policeReportReference?: string | null;
  /** Who has the device from now on; left out or null: no family. */
  readonly householdId?: string | null;
}

export interface MovedDevice {
  readonly id: string;
  readonly from: DeviceStatus;
  readonly to: DeviceStatus;
  readonly siteId: string;
  readonly version: number;
}

/** `user:…`, `client:…` or `system`, as the history names it. */
interface Mover {
  readonly id: string;
}

/**
 * The one place where a device changes its status: guarded by the machine, written into its history, announced as `device.moved` (also as
 * `household.holding_changed` where a household has it from now on or no longer, as `device.missing_from_offer` where an offer held it, and as `device.came_back` where it was away and can be given again). It works in the caller's transaction, whose own audit event tells of the operation, and knows no reach: the caller has looked at that.
 */
@Injectable()
export class DeviceMover {
  constructor(
    private readonly devices: DevicesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Moves one device: NOT_FOUND when it is not there, INVALID_MOVE when its status does not allow it. */
  async move(tx: Tx, { actor, ...order }: DeviceMoveOrder & { readonly actor: Mover }): Promise<Outcome<MovedDevice>> {
    const moved = await this.moveAll(tx, actor, [order]);
    return moved.ok ? ok(moved.value[0] as MovedDevice) : moved;
  }

  /**
   * Moves several devices, each named once, all or none: a refusal tells of the first that can't be moved, and nothing is written. Locks
   * them in the order of their ids.
   */
  async moveAll(tx: Tx, actor: Mover, orders: readonly DeviceMoveOrder[]): Promise<Outcome<MovedDevice[]>> {
    const locked = await this.devices.lock(
      tx,
      orders.map(({ deviceId }) => deviceId),
    );
    return this.moveLocked(tx, actor, locked, orders);
  }

  /** The same of devices that the caller has locked, and read since. */
  async moveLocked(
    tx: Tx,
    actor: Mover,
    locked: readonly MovingDevice[],
    orders: readonly DeviceMoveOrder[],
  ): Promise<Outcome<MovedDevice[]>> {
    const devices = new Map(locked.map((device) => [device.id, device]));
    const steps: { device: MovingDevice; order: DeviceMoveOrder; to: DeviceStatus }[] = [];
    for (const order of orders) {
      const device = devices.get(order.deviceId);
      if (!device) return notFound();
      const attempted = attempt(deviceMachine, device.status, order.move, order.to as never);
      if (!attempted.ok) return invalidMove(attempted.reason);
      steps.push({ device, order, to: attempted.value });
    }
    const moved = await this.devices.applyMoves(tx, actor.id, steps, this.clock.now());
    await this.outbox.announceEach(
      tx,
      DEVICE_MOVED,
      moved.map(({ id, eventId }) => ({ deviceId: id, eventId })),
    );
    const holders = [...moved.map(({ heldBy }) => heldBy), ...orders.map(({ householdId = null }) => householdId)];
    await this.outbox.announceEach(
      tx,
      HOLDING_CHANGED,
      [...new Set(holders)].flatMap((householdId) => (householdId === null ? [] : [{ householdId }])),
    );
    const offered = moved.filter(({ from, to }) => from === 'reserved' && to === 'missing');
    await this.outbox.announceEach(
      tx,
      DEVICE_MISSING_FROM_OFFER,
      offered.map(({ id }) => ({ deviceId: id })),
    );
    const back = moved.filter(({ from, to }) => to === 'available' && (from === 'inspection' || from === 'reserved'));
    await this.outbox.announceEach(
      tx,
      DEVICE_CAME_BACK,
      back.map(({ id }) => ({ deviceId: id })),
    );
    return ok(moved);
  }
}
