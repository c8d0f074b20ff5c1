/** One column that a kind of file may have. */
export interface ImportColumn {
  /** As the documentation, messages and mappings call it. */
  readonly name: string;
  /** Other names, compared like headers (`headerKey`). */
  readonly also: readonly string[];
  /** What other inventories call it: used where the file has none of the names above. */
  readonly elsewhere?: readonly string[];
  /** Without it the file can't be read. */
  readonly key?: boolean;
}

export type ImportColumns<Column extends string = string> = Readonly<Record<Column, ImportColumn>>;

/** Snipe-IT's headers (api.md, "Import of `devices`"), and what inventories in English and French call them. */
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
  },
  serialNumber: {
    name: 'Serial',
    also: ['Serial Number'],
    elsewhere: ['Serial No', 'S/N', 'Numéro de série', 'N° de série', 'N° série', 'No de série'],
  },
  model: { name: 'Model', also: ['Model Name'], elsewhere: ['Modèle', 'Nom du modèle'] },
  manufacturer: { name: 'Manufacturer', also: [], elsewhere: ['Make', 'Brand', 'Fabricant', 'Marque', 'Constructeur'] },
  category: { name: 'Category', also: [], elsewhere: ['Asset Category', 'Catégorie', 'Type', 'Type de matériel'] },
  location: { name: 'Location', also: [], elsewhere: ['Site', 'Lieu', 'Emplacement', 'Localisation', 'Point de retrait'] },
  status: { name: 'Status', also: [], elsewhere: ['Asset Status', 'Status Label', 'Statut'] },
  condition: { name: 'Condition', also: [], elsewhere: ['État', 'État du matériel', 'État matériel'] },
  fund: { name: 'Fund', also: [], elsewhere: ['Funding', 'Funding Source', 'Financement', 'Fonds', 'Financeur'] },
  imei: { name: 'IMEI', also: [], elsewhere: ['IMEI 1', 'IMEI Number', 'Numéro IMEI', 'N° IMEI'] },
  iccid: { name: 'ICCID', also: [], elsewhere: ['SIM Number', 'Numéro ICCID', 'N° ICCID', 'Numéro de SIM', 'N° SIM'] },
  accessories: { name: 'Accessories', also: [], elsewhere: ['Accessoires'] },
  acquiredOn: { name: 'Purchase Date', also: [], elsewhere: ['Acquired on', 'Acquisition Date', "Date d'achat", "Date d'acquisition"] },
  purchaseCost: { name: 'Purchase Cost', also: [], elsewhere: ['Cost', 'Price', "Prix d'achat", "Coût d'achat", 'Prix', 'Coût'] },
  notes: { name: 'Notes', also: [], elsewhere: ['Asset Notes', 'Note', 'Comments', 'Remarques', 'Commentaires', 'Observations'] },
} as const satisfies ImportColumns;

export type DeviceColumn = keyof typeof DEVICE_COLUMNS;

/** Those columns of the French school directory (fr-en-annuaire-education) that are used, with the names of its other years and exports. */
export const SCHOOL_COLUMNS = {
  code: {
    name: 'Identifiant_de_l_etablissement',
    key: true,
    also: ['Identifiant', 'Numero_UAI', 'Code_UAI', 'UAI', 'Code'],
    elsewhere: ['RNE', 'Code_RNE', 'Code établissement', 'School code'],
  },
  name: {
    name: 'Nom_etablissement',
    also: ['Nom', 'Name'],
    elsewhere: ["Nom de l'établissement", 'Établissement', 'School', 'School name'],
    key: true,
  },
  level: { name: 'Type_etablissement', also: ['Type', 'Level'], elsewhere: ["Type d'établissement", 'Niveau'] },
  line1: { name: 'Adresse_1', also: ['Adresse', 'Line1'], elsewhere: ['Address', 'Street', 'Rue'] },
  line2: { name: 'Adresse_2', also: ['Line2'], elsewhere: ['Address 2', "Complément d'adresse"] },
  postalCode: { name: 'Code_postal', also: [], elsewhere: ['CP', 'Postal code', 'Postcode', 'Zip', 'Zip code'] },
  municipalityCode: { name: 'Code_commune', also: ['Municipality_code'], elsewhere: ['Code INSEE', 'INSEE'] },
  city: { name: 'Nom_commune', also: ['Commune', 'Ville', 'City'], elsewhere: ['Town', 'Localité'] },
  email: { name: 'Mail', also: ['Email', 'Courriel'], elsewhere: ['Adresse mail', 'Adresse e-mail', 'Adresse électronique'] },
  state: { name: 'Etat', also: ['Etat_etablissement'] },
} as const satisfies ImportColumns;

export type SchoolColumn = keyof typeof SCHOOL_COLUMNS;
