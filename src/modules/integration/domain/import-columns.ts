/** One column that a kind of file may have. */
export interface ImportColumn {
  /** As the documentation, messages and mappings call it. */
  readonly name: string;
  /** Other names, compared like headers (`headerKey`). */
  readonly also: readonly string[];
  /** Without it the file can't be read. */
  readonly key?: boolean;
}

export type ImportColumns<Column extends string = string> = Readonly<Record<Column, ImportColumn>>;

/** Snipe-IT's headers (api.md, "Import of `devices`"). */
export const DEVICE_COLUMNS = {
  assetTag: { name: 'Asset Tag', also: [], key: true },
  serialNumber: { name: 'Serial', also: ['Serial Number'] },
  model: { name: 'Model', also: ['Model Name'] },
  manufacturer: { name: 'Manufacturer', also: [] },
  category: { name: 'Category', also: [] },
  location: { name: 'Location', also: [] },
  status: { name: 'Status', also: [] },
  acquiredOn: { name: 'Purchase Date', also: [] },
  purchaseCost: { name: 'Purchase Cost', also: [] },
  notes: { name: 'Notes', also: [] },
} as const satisfies ImportColumns;

export type DeviceColumn = keyof typeof DEVICE_COLUMNS;

/** Those columns of the French school directory (fr-en-annuaire-education) that are used, with the names of its other years and exports. */
export const SCHOOL_COLUMNS = {
  code: { name: 'Identifiant_de_l_etablissement', also: ['Identifiant', 'Numero_UAI', 'Code_UAI', 'UAI', 'Code'], key: true },
  name: { name: 'Nom_etablissement', also: ['Nom', 'Name'], key: true },
  level: { name: 'Type_etablissement', also: ['Type', 'Level'] },
  line1: { name: 'Adresse_1', also: ['Adresse', 'Line1'] },
  line2: { name: 'Adresse_2', also: ['Line2'] },
  postalCode: { name: 'Code_postal', also: [] },
  municipalityCode: { name: 'Code_commune', also: ['Municipality_code'] },
  city: { name: 'Nom_commune', also: ['Commune', 'Ville', 'City'] },
  email: { name: 'Mail', also: ['Email', 'Courriel'] },
  state: { name: 'Etat', also: ['Etat_etablissement'] },
} as const satisfies ImportColumns;

export type SchoolColumn = keyof typeof SCHOOL_COLUMNS;
