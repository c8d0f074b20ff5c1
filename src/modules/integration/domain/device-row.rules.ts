import type { Day } from '../../../shared/day.js';
import { normaliseIccid, normaliseImei } from '../../../shared/luhn.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import type { DeviceCategory, DeviceCondition } from '../../../shared/vocabulary.js';
import type { DeviceStatus } from '../../inventory/index.js';
import { type DayReading, readCents, readDay } from './cell-values.js';
import { readAccessories, readCategory, readCondition } from './device-words.js';
import type { DayColumnOf, ImportColumns } from './import-columns.js';
import { type RowCells, UnreadableCell } from './row-cells.js';

/**
 * The columns of a file of devices: the headers of Snipe-IT (api.md, "Import of `devices`"), and what English and French inventories call
 * them.
 */
export const DEVICE_COLUMNS = {
  assetTag: {
    name: 'Asset Tag',
    key: true,
    also: [],
    elsewhere: [
      'Tag',
      'Asset No',
      'Inventory No',
      'Inventory Number',
      "Numéro d'inventaire",
      "N° d'inventaire",
      'N° inventaire',
      "No d'inventaire",
    ],
    about: 'the key',
  },
  serialNumber: {
    name: 'Serial',
    also: ['Serial Number'],
    elsewhere: ['Serial No', 'S/N', 'Numéro de série', 'N° de série', 'N° série', 'No de série'],
    about: 'unique in the council',
  },
  model: { name: 'Model', also: ['Model Name'], elsewhere: ['Modèle', 'Nom du modèle'], about: 'an unknown model is made' },
  manufacturer: {
    name: 'Manufacturer',
    also: [],
    elsewhere: ['Make', 'Brand', 'Fabricant', 'Marque', 'Constructeur'],
    about: 'without one, the only known manufacturer of such a model, else `Unknown`',
  },
  category: {
    name: 'Category',
    also: [],
    elsewhere: ['Asset Category', 'Catégorie', 'Type', 'Type de matériel'],
    about: 'ours, singular or plural, in English or French; an unknown one fails the row',
  },
  location: {
    name: 'Location',
    also: [],
    elsewhere: ['Site', 'Lieu', 'Emplacement', 'Localisation', 'Point de retrait'],
    about: "a site's name; without one, the form's `siteId`",
  },
  status: {
    name: 'Status',
    also: [],
    elsewhere: ['Asset Status', 'Status Label', 'Statut'],
    about: 'of a new device: `Ready to Deploy` (`Disponible`) is available, anything else intake',
  },
  condition: {
    name: 'Condition',
    also: [],
    elsewhere: ['État', 'État du matériel', 'État matériel'],
    about: '`new`/`neuf`, `good`/`bon`, `worn`/`usé`, `damaged`/`endommagé`, `unusable`/`hors service`; a new one is `good`',
  },
  fund: {
    name: 'Fund',
    also: [],
    elsewhere: ['Funding', 'Funding Source', 'Financement', 'Fonds', 'Financeur'],
    about: "a fund's name; an unknown one fails the row",
  },
  imei: { name: 'IMEI', also: [], elsewhere: ['IMEI 1', 'IMEI Number', 'Numéro IMEI', 'N° IMEI'], about: 'checked, unique in the council' },
  iccid: {
    name: 'ICCID',
    also: [],
    elsewhere: ['SIM Number', 'Numéro ICCID', 'N° ICCID', 'Numéro de SIM', 'N° SIM'],
    about: 'checked, unique in the council',
  },
  accessories: {
    name: 'Accessories',
    also: [],
    elsewhere: ['Accessoires'],
    about: 'names with `,`, `;`, `+` or a bar between, 20 at most; they replace those that the device had',
  },
  acquiredOn: {
    name: 'Purchase Date',
    also: [],
    elsewhere: ['Acquired on', 'Acquisition Date', "Date d'achat", "Date d'acquisition"],
    takesDays: true,
    about: 'a day',
  },
  purchaseCost: {
    name: 'Purchase Cost',
    also: [],
    elsewhere: ['Cost', 'Price', "Prix d'achat", "Coût d'achat", 'Prix', 'Coût'],
    about: 'an amount',
  },
  notes: {
    name: 'Notes',
    also: [],
    elsewhere: ['Asset Notes', 'Note', 'Comments', 'Remarques', 'Commentaires', 'Observations'],
    about: 'nothing about a family',
  },
} as const satisfies ImportColumns;

export type DeviceColumn = keyof typeof DEVICE_COLUMNS;

/** The notes of an import about a row that is accepted. */
export const DEVICE_NOTES = {
  UNKNOWN_SITE: "the location names no site: a device that is there stays where it is, a new one is taken to the form's site",
  STATUS_NOT_CHANGED: 'a device that is there keeps its status, which changes by moves only',
  STATUS_NOT_TAKEN: 'a new device begins in intake',
} as const;

export type DeviceCells = RowCells<DeviceColumn, keyof typeof DEVICE_NOTES>;

/** What one row says about a device; null means that it does not say it. */
export interface DeviceRow {
  readonly cells: DeviceCells;
  readonly assetTag: string | null;
  readonly serialNumber: string | null;
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly model: string | null;
  readonly manufacturer: string | null;
  readonly category: DeviceCategory | null;
  readonly location: string | null;
  /** `unknown` stands for a word that is none of the statuses. */
  readonly status: DeviceStatus | 'unknown' | null;
  readonly condition: DeviceCondition | null;
  /** The name of a fund. */
  readonly fund: string | null;
  readonly accessories: readonly string[] | null;
  readonly acquiredOn: Day | null;
  readonly purchaseCostCents: number | null;
  readonly notes: string | null;
}

const WRONG_IMEI = new UnreadableCell('INVALID_IMEI', 'must be an IMEI: 15 digits, the last one their check digit');
const WRONG_ICCID = new UnreadableCell(
  'INVALID_ICCID',
  'must be an ICCID: 19 or 20 digits that begin with 89, the last one their check digit',
);

/** The names of the statuses in Snipe-IT and other inventories, besides the words of this program, in folded form. */
const STATUS_NAMES: Readonly<Record<DeviceStatus, readonly string[]>> = {
  available: ['ready to deploy', 'deployable', 'disponible', 'en stock', 'pret a deployer', 'pret', 'libre'],
  intake: ['pending', 'en attente', 'en preparation', 'a preparer', 'en reception'],
  reserved: ['requested', 'reserve', 'reservee'],
  on_loan: ['deployed', 'on loan', 'checked out', 'prete', 'pretee', 'en pret', 'sorti', 'sortie'],
  inspection: ['out for diagnostics', 'en controle', 'controle', 'en verification'],
  repair: ['out for repair', 'in repair', 'en reparation', 'reparation'],
  in_transit: ['in transit', 'en transit', 'en transfert'],
  lost: ['lost/stolen', 'perdu', 'perdue'],
  stolen: ['vole', 'volee'],
  missing: ['manquant', 'manquante', 'introuvable'],
  retired: ['archived', 'archive', 'archivee', 'reforme', 'reformee', 'broken - not fixable', 'hors service', 'undeployable'],
};
const STATUS_OF = new Map(
  (Object.keys(STATUS_NAMES) as DeviceStatus[]).flatMap((status) =>
    [status, ...STATUS_NAMES[status]].map((name) => [foldForSearch(name), status] as const),
  ),
);

/** Reads a row. Afterwards `cells` has the faults of its cells. */
export function readDeviceRow(cells: DeviceCells, days: DayReading<DayColumnOf<typeof DEVICE_COLUMNS>>): DeviceRow {
  const assetTag = cells.key('assetTag', 100);
  if (assetTag === null) cells.required('assetTag');
  const status = cells.text('status', 200);
  return {
    cells,
    assetTag,
    serialNumber: cells.key('serialNumber', 100),
    imei: numberOf(cells, 'imei', normaliseImei, WRONG_IMEI),
    iccid: numberOf(cells, 'iccid', normaliseIccid, WRONG_ICCID),
    model: cells.text('model', 200),
    manufacturer: cells.text('manufacturer', 200),
    category: cells.value('category', readCategory),
    location: cells.name('location', 200),
    status: status === null ? null : (STATUS_OF.get(foldForSearch(status)) ?? 'unknown'),
    condition: cells.value('condition', readCondition),
    fund: cells.text('fund', 200),
    accessories: cells.value('accessories', readAccessories),
    acquiredOn: cells.value('acquiredOn', (text) => readDay(text, days.orderOf('acquiredOn'), days.today)),
    purchaseCostCents: cells.value('purchaseCost', readCents),
    notes: cells.text('notes', 2000),
  };
}

function numberOf(
  cells: DeviceCells,
  column: 'imei' | 'iccid',
  normalise: (text: string) => string | null,
  wrong: UnreadableCell,
): string | null {
  const key = cells.key(column, 40);
  const number = key === null ? null : normalise(key);
  if (key !== null && number === null) cells.fault(column, wrong.code, wrong.message);
  return number;
}
