import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** Names the offer or the loan that counts on a device, such as `offer 0199…`; null: none of its kind. */
export type DeviceClaimLookup = (tx: Tx, deviceId: string) => Promise<string | null>;

/** Who counts on a device: told by the modules above, so that whoever is refused learns what stands in the way. */
@Injectable()
export class DeviceClaimRegistry {
  private readonly names: DeviceClaimLookup[] = [];

  /** At the start, by each module that keeps devices for families. */
  join(names: DeviceClaimLookup): void {
    this.names.push(names);
  }

  async on(tx: Tx, deviceId: string): Promise<string[]> {
    const found: string[] = [];
    for (const name of this.names) {
      const claim = await name(tx, deviceId);
      if (claim !== null) found.push(claim);
    }
    return found;
  }
}
