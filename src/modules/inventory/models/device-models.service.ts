import { Injectable } from '@nestjs/common';
import { Audit, Clock, Id, jobKind, Outbox, Transactions, type Tx, VersionedTable, whenDuplicate } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, stale } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import type { Actor } from '../../councils/index.js';
import { DevicesRepository } from '../devices/devices.repository.js';
import { DeviceModel } from './entities/device-model.entity.js';

type ModelValues = Pick<DeviceModel, 'category' | 'manufacturer' | 'name' | 'unitCostCents'>;

/** Writes the names of a model into the search texts of its next devices. */
export const INDEX_MODEL = jobKind('inventory.index_model', { modelId: Id.text, after: Id.text }, { lane: 'bulk' });
/** The number of devices whose search texts one transaction writes, in a fraction of a second. */
const BATCH = 1000;

const models = new VersionedTable(DeviceModel);
const UNIQUE = { device_models_name: '/name' };
const CATEGORY_IN_USE: Fault = {
  pointer: '/category',
  code: 'CATEGORY_IN_USE',
  message: 'stays while there are devices of this model; make another model and give them that one',
};

/** The models of a council's devices. */
@Injectable()
export class DeviceModelsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly devices: DevicesRepository,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the order of ids. Returns one more than `limit` when more follow. */
  list(councilId: string, category: DeviceCategory | undefined, after: string | null, limit: number): Promise<DeviceModel[]> {
    return this.transactions.read(councilId, (tx) => models.page(tx, category === undefined ? {} : { category }, after, limit));
  }

  get(councilId: string, id: string): Promise<Outcome<DeviceModel>> {
    return this.transactions.read(councilId, async (tx) => {
      const model = await models.find(tx, id);
      return model ? ok(model) : notFound();
    });
  }

  create(actor: Actor, values: ModelValues): Promise<Outcome<DeviceModel>> {
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(actor, async (tx) => {
        const model = await models.insert(tx, values, this.clock.now());
        tx.made('device_model', model.id);
        await this.audit.record(tx, { actor: actor.id, action: 'device_model.created', subject: model.id });
        return ok(model);
      }),
    );
  }

  /** A new name takes effect in the search at once for the first thousand devices; a job writes it for the others. */
  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<ModelValues>): Promise<Outcome<DeviceModel>> {
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(actor, async (tx) => {
        const before = await this.devices.lockModel(tx, id);
        if (!before) return notFound();
        if (!isExpected(expected, before.version)) return stale();
        const { category = before.category } = changes;
        if (category !== before.category && (await this.devices.modelHasDevices(tx, id))) return invalid(CATEGORY_IN_USE);

        const updated = await models.update(tx, id, expected, changes, this.clock.now());
        if (!updated.ok) return updated;
        const fields = (Object.keys(changes) as (keyof ModelValues)[]).filter((field) => changes[field] !== undefined);
        await this.audit.record(tx, { actor: actor.id, action: 'device_model.changed', subject: id, fields });
        const { manufacturer, name } = updated.value;
        if (manufacturer !== before.manufacturer || name !== before.name) await this.index(tx, id, null);
        return updated;
      }),
    );
  }

  /** Writes the present names of the model into the search texts of its next devices, and adds a job for the rest. */
  async index(tx: Tx, modelId: string, after: string | null): Promise<void> {
    const model = await this.devices.lockModel(tx, modelId);
    const last = model && (await this.devices.indexOfModel(tx, model, after, BATCH));
    if (last) await this.outbox.add(tx, INDEX_MODEL, { modelId, after: last });
  }
}
