import { Injectable } from '@nestjs/common';
import { Outbox, type Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { DEVICE_MOVED } from '../../inventory/index.js';
import { type DeviceDecision, type WantedModel, wantedModel } from '../domain/device-import.rules.js';
import type { DeviceRow } from '../domain/device-row.rules.js';
import type { DeviceDecisions, DeviceStock } from '../domain/kinds/devices.js';
import { DeviceImportRepository } from './device-import.repository.js';
import type { BatchContext, ImportWriter } from './import-writer.js';

type AcceptedDecision = DeviceDecision & { readonly outcome: 'created' | 'updated' };

interface StockWithModels extends DeviceStock {
  readonly models: BatchModels;
}

/** Writes the devices of an import and their models. */
@Injectable()
export class DeviceImportWriter implements ImportWriter<DeviceRow, DeviceStock, DeviceDecisions> {
  constructor(
    private readonly repository: DeviceImportRepository,
    private readonly outbox: Outbox,
  ) {}

  async facts(tx: Tx, { mode, siteId }: BatchContext, rows: readonly DeviceRow[]): Promise<StockWithModels> {
    const tags = rows.flatMap(({ assetTag }) => assetTag ?? []);
    const devices = await (mode === 'apply' ? this.repository.lockDevices(tx, tags) : this.repository.devices(tx, tags));
    const models = new BatchModels(rows.flatMap((row) => wantedModel(row, devices.get(row.assetTag ?? '')) ?? []));
    models.found(await this.repository.models(tx, models.wanted));
    return {
      devices,
      models,
      owners: await this.repository.owners(tx, rows),
      sites: await this.repository.named(tx, 'sites', [...new Set(rows.flatMap(({ location }) => location ?? []))]),
      funds: await this.repository.named(tx, 'funds', [...new Set(rows.flatMap(({ fund }) => fund ?? []))]),
      modelId: (wanted) => models.idOf(wanted),
      defaultSiteId: siteId,
    };
  }

  async write(tx: Tx, { actor, now }: BatchContext, { results }: DeviceDecisions, { models }: StockWithModels): Promise<void> {
    const taken = results.filter(
      (decision): decision is AcceptedDecision => decision.outcome === 'created' || decision.outcome === 'updated',
    );
    if (taken.length === 0) return;
    const missing = taken.map(({ device }) => device.model).filter((model) => models.idOf(model) === undefined);
    if (missing.length > 0) {
      await this.repository.makeModels(tx, missing, now);
      models.found(await this.repository.models(tx, models.wanted));
    }
    // The models that devices leave are locked too: until the transaction ends, nobody else may write the texts by which these devices are
    // found.
    const left = taken.flatMap((each) => (each.outcome === 'updated' ? each.before.modelId : []));
    const locked = await this.repository.lockModels(tx, [...left, ...taken.map(({ device }) => models.idOf(device.model) ?? '')]);
    const modelOf = (wanted: WantedModel) => {
      const model = locked.get(models.idOf(wanted) ?? '');
      if (!model) throw new Error('a model is gone that was there a moment ago');
      return model;
    };
    const created = taken.flatMap((each) =>
      each.outcome === 'created' ? { ...each.device, id: newId(), siteId: each.siteId, ready: each.ready } : [],
    );
    const updated = taken.flatMap((each) => (each.outcome === 'updated' ? each : []));
    if (updated.length > 0) await this.repository.update(tx, updated, modelOf, now);
    if (created.length > 0)
      await this.outbox.announceEach(tx, DEVICE_MOVED, await this.repository.insert(tx, created, modelOf, actor, now));
  }
}

/** The models that a batch needs, each once. */
class BatchModels {
  readonly wanted: readonly WantedModel[];
  private readonly ids = new Map<string, string>();

  constructor(wanted: readonly WantedModel[]) {
    this.wanted = [...new Map(wanted.map((model) => [keyOf(model), model])).values()];
  }

  /** `ids` are in the order of `wanted`. */
  found(ids: readonly (string | undefined)[]): void {
    for (const [place, model] of this.wanted.entries()) {
      const id = ids[place];
      if (id !== undefined) this.ids.set(keyOf(model), id);
    }
  }

  idOf(model: WantedModel): string | undefined {
    return this.ids.get(keyOf(model));
  }
}

function keyOf({ category, manufacturer, name }: WantedModel): string {
  return JSON.stringify([category, manufacturer, name]);
}
