import { Injectable } from '@nestjs/common';
import { Audit, Transactions } from '../../../platform/index.js';
import { forbidden, invalid, invalidMove, notFound, type Outcome, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { DeviceMover } from './device-mover.js';
import { type Device, DevicesRepository } from './devices.repository.js';
import { attemptDeskMove, type DeskMove, type DeskMoveArguments, deskMoveFaults, mayMakeDeskMove } from '../domain/desk-move.rules.js';

/** Moves a device by hand. Only moves that belong to no loan and no offer are possible. */
@Injectable()
export class DeskMovesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly devices: DevicesRepository,
    private readonly moves: DeviceMover,
    private readonly audit: Audit,
  ) {}

  /** Returns the device after the move. A move that its status does not allow is refused before the arguments are checked. */
  move(actor: Actor, id: string, move: DeskMove, said: DeskMoveArguments): Promise<Outcome<Device>> {
    if (!mayMakeDeskMove(move, actor.role)) return Promise.resolve(forbidden(`a desk agent may not make the move ${move}`));
    return this.transactions.write(actor, async (tx) => {
      const device = await this.devices.findLocked(tx, id, await this.devices.sitesWithin(tx, actor.reach));
      if (!device) return notFound();
      const attempted = attemptDeskMove(device, move, actor.role);
      if (!attempted.ok) return invalidMove(attempted.reason);
      const faults = deskMoveFaults(move, said, device);
      // Any site of the council may be a destination.
      if (said.siteId && faults.length === 0 && !(await this.devices.siteExists(tx, said.siteId, null)))
        faults.push(unknownReference('/siteId'));
      if (faults.length > 0) return invalid(...faults);

      const { condition, siteId, reason, policeReportReference } = said;
      const moved = await this.moves.move(tx, {
        actor,
        deviceId: id,
        move,
        to: attempted.value,
        condition,
        siteId,
        reason,
        policeReportReference,
      });
      if (!moved.ok) return moved;
      const fields = ['status', ...(condition ? ['condition'] : []), ...(move === 'send' ? ['siteId'] : [])];
      await this.audit.record(tx, { actor: actor.id, action: 'device.moved', subject: id, fields, reason });
      // The site to which it was sent may be out of the actor's reach.
      const after = await this.devices.find(tx, id, null);
      return after ? ok(after) : notFound();
    });
  }
}
