import { Field, orNull } from '../../../../platform/http/index.js';
import { possibleMoves, states } from '../../../../shared/machine.js';
import { DEVICE_CONDITIONS, type DeviceCondition } from '../../../../shared/vocabulary.js';
import { type DeviceEvent, REGISTERED } from '../devices.repository.js';
import { DESK_MOVES, type DeskMove } from '../../domain/desk-move.rules.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from '../../domain/device.machine.js';

const DEVICE_STATUSES = states(deviceMachine);
const EVENT_MOVES = [REGISTERED, ...new Set(DEVICE_STATUSES.flatMap((status) => possibleMoves(deviceMachine, status)))];

export class DeviceMoveBody {
  @Field.oneOf(Object.keys(DESK_MOVES), { example: 'prepare', about: 'a desk agent retires nothing' })
  move: DeskMove;

  @Field.oneOf(DEVICE_CONDITIONS, { ...orNull, example: 'good', about: 'what the device turned out to be like' })
  condition?: DeviceCondition | null;

  @Field.boolean({ ...orNull, example: true, about: 'pass_inspection: must be true' })
  dataWiped?: boolean | null;

  @Field.uuid({ ...orNull, about: 'send: the destination' })
  siteId?: string | null;

  @Field.text({ ...orNull, max: 1000, example: 'the hinge is broken', about: 'about the device: nothing about a family' })
  reason?: string | null;

  @Field.text({ ...orNull, max: 100, example: '2026/004512' })
  policeReportReference?: string | null;
}

/** One line of a device's history. */
export class DeviceEventView {
  @Field.uuid()
  id: string;

  @Field.instant()
  at: string;

  @Field.text({ example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', about: '`user:…`, `client:…`, `contact:…` or `system`' })
  actor: string;

  @Field.oneOf(EVENT_MOVES, { example: 'prepare', about: 'registered, or the move that it made' })
  move: DeviceMove | typeof REGISTERED;

  @Field.oneOf(DEVICE_STATUSES, { nullable: true, example: 'intake', about: 'null: the device is new' })
  from: DeviceStatus | null;

  @Field.oneOf(DEVICE_STATUSES, { example: 'available', about: 'its status from then on' })
  to: DeviceStatus;

  @Field.uuid({ about: 'where it was from then on' })
  siteId: string;

  @Field.oneOf(DEVICE_CONDITIONS, { nullable: true, example: 'good', about: 'where the move said it' })
  condition: DeviceCondition | null;

  @Field.text({ nullable: true, max: 1000, example: 'the hinge is broken', about: 'what was written as the reason; null: nothing' })
  reason: string | null;

  @Field.text({ nullable: true, max: 100, example: '2026/004512' })
  policeReportReference: string | null;

  static of({ ordinal: _ordinal, at, ...event }: DeviceEvent): DeviceEventView {
    return { ...event, at: at.toISOString() };
  }
}
