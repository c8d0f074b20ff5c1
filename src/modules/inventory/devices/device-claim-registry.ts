import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** The name of the offer or of the loan that needs a device, such as `offer 0199…`; null when there is none. */
export type DeviceClaimLookup = (tx: Tx, deviceId: string) => Promise<string | null>;

/** Knows what needs a device: modules above this one say so. Then a refusal can name what stands in the way. */
@Injectable()
export class DeviceClaimRegistry {
  private readonly names: DeviceClaimLookup[] = [];

  /** Called at the start by each module that keeps devices for families. */
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
