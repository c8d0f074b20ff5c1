import { decideDevices, type DeviceDecision, type DeviceFacts, deviceKeys } from '../device-import.rules.js';
import { DEVICE_COLUMNS, DEVICE_NOTES, type DeviceRow, readDeviceRow } from '../device-row.rules.js';
import type { ImportKind, RowDecisions } from '../import-kind.js';

/** What must be known about the existing devices before the rows are decided on. */
export type DeviceStock = Omit<DeviceFacts, 'met'>;

export interface DeviceDecisions extends RowDecisions {
  readonly results: readonly DeviceDecision[];
}

/** Devices and their models, from an inventory with Snipe-IT's headers. */
export const devices: ImportKind<DeviceRow, DeviceStock, DeviceDecisions> = {
  columns: DEVICE_COLUMNS,
  siteIsFor: 'where those are whose Location names no site',
  notes: DEVICE_NOTES,
  document: {
    title: 'Devices',
    intro: "An inventory; the first names are Snipe-IT's.",
    rules: [
      'A tag, serial number, IMEI or ICCID met earlier in the file, or that another device has, fails the row. While a device is reserved or on',
      'loan it keeps its category and fund (`CATEGORY_IN_USE`, `FUND_IN_USE`); while it is held for a family, it is not written down to damaged',
      'or unusable (`CONDITION_IN_USE`). A device moves to another site by `send` only: a row that names another site fails with `USE_SEND`.',
    ].join('\n'),
    sampleNeeds: 'a site `Dépôt central` and a fund `Département 2026`',
    sample: [
      'sep=;',
      'Inventaire du dépôt;;;;;;;;;;;;',
      "N° d'inventaire;N° de série;Modèle;Marque;Catégorie;Emplacement;Statut;État;Financement;IMEI;Accessoires;Date d'achat;Prix d'achat",
      'LT-0001;5CD1001;Book 11;Acme;Ordinateur portable;Dépôt central;Disponible;neuf;Département 2026;néant;Chargeur, housse;01/09/2026;329,00 €',
      'LT-0002;="0051002";Book 11;Acme;Ordinateur portable;dépôt central;Archivé;bon;Département 2026;;Chargeur;01/09/26;329,00 €',
      'SM-0001;n/a;Phone 5;Acme;Smartphone;Dépôt central;Disponible;neuf;;490154203237518;;;',
    ].join('\n'),
  },
  read: readDeviceRow,
  keys: (rows, { devices: known }) => rows.flatMap((row) => deviceKeys(row, known.get(row.assetTag ?? ''))),
  decide: (rows, stock, met) => ({ results: decideDevices(rows, { ...stock, met }) }),
};
