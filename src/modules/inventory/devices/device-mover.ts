import { Injectable } from '@nestjs/common';
import { Clock, Outbox, type Tx } from '../../../platform/index.js';
import { invalidMove, notFound, type Outcome } from '../../../shared/denial.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from '../domain/device.machine.js';
import { DevicesRepository, type MovingDevice } from './devices.repository.js';
import { DEVICE_CAME_BACK, DEVICE_MISSING_FROM_OFFER, DEVICE_MOVED, HOLDING_CHANGED } from '../inventory.events.js';

/** A move of one device. */
export interface DeviceMoveOrder {
  readonly deviceId: string;
  readonly move: DeviceMove;
  /** The target of a move with several targets (`receive`). Other moves have only one. */
  readonly to?: DeviceStatus;
  /** The condition after the move; left out or null means that it does not change. */
  readonly condition?: DeviceCondition | null;
  /** The site after the move; left out or null means that it does not change. */
  readonly siteId?: string | null;
  /** A note about the device, which its history shows. It must say nothing about a family. */
  readonly reason?: string | null;
  readonly policeReportReference?: string | null;
  /** The household that has the device after the move; left out or null means that no household has it. */
  readonly householdId?: string | null;
}

export interface MovedDevice {
  readonly id: string;
  readonly from: DeviceStatus;
  readonly to: DeviceStatus;
  readonly siteId: string;
  readonly version: number;
}

/** `user:…`, `client:…`, `contact:…` or `system`, as the history shows it. */
interface MoveActor {
  readonly id: string;
}

/**
 * The only class that changes the status of a device. The machine guards the change, and it is written into the device's history and
 * announced: as `device.moved`; as `household.holding_changed` when a household gets or gives back a device; as `device.missing_from_offer`
 * when an offer held it; and as `device.came_back` when it was away and can be given out again. It works in the caller's transaction, whose
 * own audit event records the operation. It does not check reach: the caller has done so.
 */
@Injectable()
export class DeviceMover {
  constructor(
    private readonly devices: DevicesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Moves one device. The reason is NOT_FOUND when it does not exist, and INVALID_MOVE when its status does not allow the move. */
  async move(tx: Tx, { actor, ...order }: DeviceMoveOrder & { readonly actor: MoveActor }): Promise<Outcome<MovedDevice>> {
    const moved = await this.moveAll(tx, actor, [order]);
    return moved.ok ? ok(moved.value[0] as MovedDevice) : moved;
  }

  /**
   * Moves several different devices, all or none. If one cannot be moved, nothing is written, and the reason is about the first such
   * device. Locks the devices in the order of their ids.
   */
  async moveAll(tx: Tx, actor: MoveActor, orders: readonly DeviceMoveOrder[]): Promise<Outcome<MovedDevice[]>> {
    const locked = await this.devices.lock(
      tx,
      orders.map(({ deviceId }) => deviceId),
    );
    return this.moveLocked(tx, actor, locked, orders);
  }

  /** The same for devices that the caller has locked and has read since. */
  async moveLocked(
    tx: Tx,
    actor: MoveActor,
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
