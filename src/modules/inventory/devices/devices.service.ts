import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, whenDuplicate } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, refusedFor, stale, unknownReference } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { normaliseIccid, normaliseImei } from '../../../shared/luhn.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { DeviceClaimRegistry } from './device-claim-registry.js';
import { promisedDeviceRefusal, PROMISED_DEVICE_REFUSALS } from '../domain/promised-device.rules.js';
import { type Device, type DeviceEvent, DevicesRepository, type DeviceValues, type ModelOfDevice } from './devices.repository.js';

/** A device after it was written, with those whose serial number looks the same. */
export interface WrittenDevice {
  readonly device: Device;
  readonly possibleDuplicates: readonly { readonly id: string; readonly assetTag: string }[];
}

type NewDevice = DeviceValues & Pick<Device, 'siteId'>;

const UNIQUE = {
  devices_asset_tag_key: '/assetTag',
  devices_serial_number_key: '/serialNumber',
  devices_imei: '/imei',
  devices_iccid: '/iccid',
};

const USE_SEND: Fault = {
  pointer: '/siteId',
  code: 'USE_SEND',
  message: 'a device changes its site by the move "send": POST /devices/{id}/moves',
};
const CATEGORY_IN_USE: Fault = {
  pointer: '/modelId',
  code: 'CATEGORY_IN_USE',
  message: 'is of another category; a device that is reserved or on loan keeps its category',
};

/** Single devices of a council, within the actor's reach. */
@Injectable()
export class DevicesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly devices: DevicesRepository,
    private readonly claims: DeviceClaimRegistry,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(actor: Actor, id: string): Promise<Outcome<Device>> {
    return this.transactions.read(actor.councilId, (tx) => this.within(tx, actor, id));
  }

  /** The device with exactly this tag; if there is none, the one with this serial number, IMEI or ICCID, in this order. */
  lookUp(actor: Actor, tag: string): Promise<Outcome<Device>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const siteIds = await this.devices.sitesWithin(tx, actor.reach);
      const device = await this.devices.findByTag(tx, tag, normaliseImei(tag), normaliseIccid(tag), siteIds);
      return device ? ok(device) : notFound();
    });
  }

  /** The history of a device, oldest first. Returns one more than `limit` when more follow. */
  events(actor: Actor, id: string, after: number | null, limit: number): Promise<Outcome<DeviceEvent[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const device = await this.within(tx, actor, id);
      return device.ok ? ok(await this.devices.events(tx, id, after, limit)) : device;
    });
  }

  create(actor: Actor, { siteId, ...values }: NewDevice): Promise<Outcome<WrittenDevice>> {
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(actor, async (tx) => {
        const model = (await this.devices.models(tx, values.modelId)).get(values.modelId.toLowerCase()) ?? null;
        const siteIds = await this.devices.sitesWithin(tx, actor.reach);
        const faults = await this.unknownIn(tx, model, values);
        if (!(await this.devices.siteExists(tx, siteId, siteIds))) faults.push(unknownReference('/siteId'));
        if (model === null || faults.length > 0) return invalid(...faults);

        const device = await this.devices.insert(tx, values, model, siteId, actor.id, this.clock.now());
        tx.made('device', device.id);
        await this.audit.record(tx, { actor: actor.id, action: 'device.created', subject: device.id });
        return ok({ device, possibleDuplicates: await this.devices.lookingAlike(tx, device.id, siteIds) });
      }),
    );
  }

  /** A change that is undefined leaves the value as it is. */
  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<NewDevice>): Promise<Outcome<WrittenDevice>> {
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(actor, async (tx) => {
        const siteIds = await this.devices.sitesWithin(tx, actor.reach);
        const device = await this.devices.findLocked(tx, id, siteIds);
        if (!device) return notFound();
        if (!isExpected(expected, device.version)) return stale();

        const { siteId = device.siteId, ...others } = changes;
        const sent = withoutUndefined(others);
        const values: DeviceValues = { ...device, ...sent };
        const models = await this.devices.models(tx, device.modelId, values.modelId);
        const model = models.get(values.modelId.toLowerCase()) ?? null;
        const faults = await this.unknownIn(tx, model, values);
        if (siteId !== device.siteId) faults.push(USE_SEND);
        if (model && model.category !== device.category && ['reserved', 'on_loan'].includes(device.status)) faults.push(CATEGORY_IN_USE);
        if (model === null || faults.length > 0) return invalid(...faults);

        const kept = promisedDeviceRefusal(device.status, device, values);
        if (kept !== null) return this.claimed(tx, id, kept);
        const updated = await this.devices.update(tx, id, values, model, this.clock.now());
        await this.audit.record(tx, {
          actor: actor.id,
          action: 'device.changed',
          subject: id,
          fields: Object.keys(sent),
        });
        const isSame = values.serialNumber === device.serialNumber;
        return ok({ device: updated, possibleDuplicates: isSame ? [] : await this.devices.lookingAlike(tx, id, siteIds) });
      }),
    );
  }

  private async within(tx: Tx, actor: Actor, id: string): Promise<Outcome<Device>> {
    const device = await this.devices.find(tx, id, await this.devices.sitesWithin(tx, actor.reach));
    return device ? ok(device) : notFound();
  }

  private async claimed(tx: Tx, id: string, code: keyof typeof PROMISED_DEVICE_REFUSALS): Promise<Outcome<never>> {
    const { overridable, message } = PROMISED_DEVICE_REFUSALS[code];
    const claims = await this.claims.on(tx, id);
    return refusedFor([{ code, overridable, message: [message, ...claims].join(' ') }]);
  }

  private async unknownIn(tx: Tx, model: ModelOfDevice | null, { fundId }: DeviceValues): Promise<Fault[]> {
    const faults = model === null ? [unknownReference('/modelId')] : [];
    if (fundId !== null && !(await this.devices.fundExists(tx, fundId))) faults.push(unknownReference('/fundId'));
    return faults;
  }
}
