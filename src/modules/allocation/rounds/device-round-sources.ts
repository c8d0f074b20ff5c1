import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { poolKey } from '../../../shared/pool.js';
import { keptBack } from '../domain/allocation-policy.rules.js';
import { AllocationPoliciesRepository } from '../policy/allocation-policies.repository.js';
import { PromisableLines } from './promisable-lines.js';
import { ReturnedDevicesRepository } from './returned-devices.repository.js';
import { type LineSelection, RoundSolutionsRepository, type SolutionKey } from './round-solutions.repository.js';
import type { RoundSettings, RoundSource, RoundStock } from './round-source.js';
import type { AllocationRound } from './rounds.repository.js';

/** The round of one returned device, which it gives to the first line in the queue. */
export type DeviceRound = AllocationRound & { readonly deviceId: string };

export const isOfOneDevice = (round: AllocationRound): round is DeviceRound => round.deviceId !== null;

const NONE = { pools: [], capacities: [] };

@Injectable()
export class DeviceRoundSources {
  constructor(
    private readonly devices: ReturnedDevicesRepository,
    private readonly solutions: RoundSolutionsRepository,
    private readonly policies: AllocationPoliciesRepository,
  ) {}

  of(round: DeviceRound): RoundSource {
    return {
      isLong: false,
      stock: (tx) => this.stock(tx, round),
      lines: (tx, setAside, settings) => this.lines(tx, round, setAside, settings),
      owner: (tx, key) => this.owner(tx, round, key),
    };
  }

  /** The device, if its pool has more devices than are kept back or proposed to others. */
  private async stock(tx: Tx, round: DeviceRound): Promise<RoundStock> {
    const device = await this.devices.device(tx, round.deviceId);
    if (!device?.isFree) return { ...NONE, reserved: [], beside: NONE };
    const pools = (await this.solutions.pools(tx, round)).filter((pool) => poolKey(pool) === poolKey(device));
    const policy = await this.policies.read(tx);
    const proposed = await this.devices.proposedBeside(tx, device);
    return {
      pools,
      reserved: pools.map((pool) => keptBack(policy, pool)),
      capacities: pools.map((pool) => Math.min(1, Math.max(0, pool.available - proposed - keptBack(policy, pool)))),
      beside: NONE,
    };
  }

  private async lines(
    tx: Tx,
    { class: deviceClass, schoolIds, deviceId }: DeviceRound,
    setAside: ReadonlySet<string>,
    { today, rules }: RoundSettings,
  ): Promise<LineSelection | null> {
    const device = await this.devices.device(tx, deviceId);
    const lineId = device && (await this.devices.firstLine(tx, device, today, new PromisableLines(rules)));
    return lineId === null ? null : { class: deviceClass, schoolIds, lineIds: [lineId, ...setAside] };
  }

  private owner(tx: Tx, { siteIds, ownerSchoolId }: DeviceRound, key: SolutionKey): Promise<string | null> {
    const siteId = siteIds?.[0];
    return siteId === undefined ? Promise.resolve(ownerSchoolId) : this.devices.owner(tx, key, siteId);
  }
}
