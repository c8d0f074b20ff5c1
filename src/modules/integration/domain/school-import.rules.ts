import { postalCodeIn } from '../../../shared/french-codes.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import type { School, Site } from '../../councils/index.js';
import type { RowDecisions } from './import-kind.js';
import type { RowOutcome, RowResult } from './row-outcome.js';
import type { SchoolRow } from './school-row.rules.js';

type SchoolValues = Pick<School, 'code' | 'name' | 'level' | 'municipalityCode' | 'email'>;
type SiteValues = Pick<Site, 'name' | 'address'>;

export interface KnownSite extends SiteValues {
  readonly id: string;
}

/** The present values of a school that a row names. */
export interface KnownSchool extends SchoolValues {
  readonly id: string;
  readonly sites: readonly KnownSite[];
}

export interface SchoolFacts {
  /** The schools that the rows name, by their code. */
  readonly schools: ReadonlyMap<string, KnownSchool>;
  /** The line on which each key first appeared. The decisions add to it. */
  readonly met: Map<string, number>;
  readonly newId: () => string;
}

interface SchoolDraft extends SchoolValues {
  readonly id: string;
  sites: KnownSite[];
}

/** The schools and sites to write, each once. */
export interface SchoolDecisions extends RowDecisions {
  readonly newSchools: readonly (SchoolValues & { readonly id: string })[];
  readonly changedSchools: readonly (SchoolValues & { readonly id: string })[];
  readonly newSites: readonly (KnownSite & { readonly schoolId: string })[];
  readonly changedSites: readonly KnownSite[];
}

const schoolKey = (code: string): string => `school ${code}`;
const mainKey = (code: string): string => `main ${code}`;
const siteKey = (id: string): string => `site ${id}`;
const placeKey = (code: string, { name, address }: SiteValues): string => `place ${code} ${foldForSearch(name)} ${sameAddressKey(address)}`;

/** All keys of the rows under which earlier rows of the file may have appeared. */
export function schoolKeys(rows: readonly SchoolRow[], schools: ReadonlyMap<string, KnownSchool>): string[] {
  return rows.flatMap(({ code, name, address }) => {
    if (code === null || name === null) return [];
    const sites = schools.get(code)?.sites ?? [];
    return [schoolKey(code), mainKey(code), ...(address ? [placeKey(code, { name, address })] : []), ...sites.map(({ id }) => siteKey(id))];
  });
}

/**
 * Decides about each row, in the order of the rows. The first row with a code makes the school and its site; each further row adds a site.
 * The values of the school itself come from its first row that is not an annex.
 */
export function decideSchools(rows: readonly SchoolRow[], facts: SchoolFacts): SchoolDecisions {
  const decisions = new DecisionCollector(facts);
  const results = rows.map((row): RowResult => {
    const { line, faults, notes } = row.cells;
    return { line, faults, notes, outcome: faults.length > 0 ? 'failed' : decisions.take(row) };
  });
  return { results, ...decisions.written() };
}

class DecisionCollector {
  private readonly drafts = new Map<string, SchoolDraft>();
  private readonly touched = {
    newSchools: new Set<string>(),
    changedSchools: new Set<string>(),
    newSites: new Set<string>(),
    changedSites: new Set<string>(),
  };

  constructor(private readonly facts: SchoolFacts) {}

  take(row: SchoolRow): RowOutcome {
    const { code, name, address } = row;
    if (code === null || name === null) return 'failed';
    const isAnnex = /\bannexe\b/.test(foldForSearch(name));
    const isRepeat = this.met(schoolKey(code), row);
    const isMain = !isAnnex && !this.met(mainKey(code), row);
    const isSamePlace = address !== null && this.met(placeKey(code, { name, address }), row);
    const school = this.schoolOf(code);
    if (!school) {
      // Only in a preview can this be a repetition: the school of an earlier batch was never made.
      if (isRepeat) return isSamePlace && !isMain ? 'unchanged' : 'updated';
      this.make(row, code, name);
      return 'created';
    }
    const oldName = school.name;
    const changes = isMain && this.change(school, row, name);
    const site = address !== null && !isSamePlace && this.place(school, oldName, { name, address }, isMain && !isRepeat, row);
    return changes || site ? 'updated' : 'unchanged';
  }

  written(): Omit<SchoolDecisions, 'results'> {
    const { newSchools, changedSchools, newSites, changedSites } = this.touched;
    const schools = [...this.drafts.values()];
    const sites = schools.flatMap((school) => school.sites.map((site) => ({ ...site, schoolId: school.id })));
    const values = ({ id, code, name, level, municipalityCode, email }: SchoolDraft) => ({
      id,
      code,
      name,
      level,
      municipalityCode,
      email,
    });
    return {
      newSchools: schools.filter(({ id }) => newSchools.has(id)).map(values),
      changedSchools: schools.filter(({ id }) => changedSchools.has(id) && !newSchools.has(id)).map(values),
      newSites: sites.filter(({ id }) => newSites.has(id)),
      changedSites: sites.filter(({ id }) => changedSites.has(id) && !newSites.has(id)),
    };
  }

  private schoolOf(code: string): SchoolDraft | undefined {
    const known = this.facts.schools.get(code);
    const draft = this.drafts.get(code) ?? (known && { ...known, sites: [...known.sites] });
    if (draft) this.drafts.set(code, draft);
    return draft;
  }

  private make({ cells, level, municipalityCode, email, address }: SchoolRow, code: string, name: string): void {
    const school: SchoolDraft = { id: this.facts.newId(), code, name, level: level ?? 'other', municipalityCode, email, sites: [] };
    this.drafts.set(code, school);
    this.touched.newSchools.add(school.id);
    if (address) this.addSite(school, { name, address }, cells.line);
  }

  /** Takes the values of the school from the row. Returns whether any of them is new. */
  private change(school: SchoolDraft, { level, municipalityCode, email }: SchoolRow, name: string): boolean {
    const said = {
      name,
      ...(level && { level }),
      ...(municipalityCode !== null && { municipalityCode }),
      ...(email !== null && { email }),
    };
    const changes = (Object.keys(said) as (keyof typeof said)[]).some((field) => said[field] !== school[field]);
    if (!changes) return false;
    Object.assign(school, said);
    this.touched.changedSchools.add(school.id);
    return true;
  }

  /**
   * Finds the row's site by its address, among the sites of the school for which no earlier row stands; if there is none, adds one. A
   * school that has moved keeps its only site, which gets the new address. Names that people have given are not changed.
   */
  private place(school: SchoolDraft, oldName: string, given: SiteValues, mayHaveMoved: boolean, { cells }: SchoolRow): boolean {
    const free = school.sites.filter(({ id }) => !this.facts.met.has(siteKey(id)));
    const there = free.filter(({ address }) => sameAddressKey(address) === sameAddressKey(given.address));
    const site = there.find(({ name }) => isSame(name, given.name)) ?? there[0];
    const only = mayHaveMoved && school.sites.length === 1 ? free.find(({ name }) => isSame(name, oldName)) : undefined;
    const found = site ?? only;
    if (!found) {
      this.addSite(school, given, cells.line);
      return true;
    }
    this.facts.met.set(siteKey(found.id), cells.line);
    const isRenamed = isSame(found.name, oldName) && oldName !== school.name && found.name !== given.name;
    if (site && !isRenamed) return false;
    const next = {
      id: found.id,
      name: isSame(found.name, oldName) ? given.name : found.name,
      address: site ? site.address : given.address,
    };
    school.sites = school.sites.map((each) => (each.id === found.id ? next : each));
    this.touched.changedSites.add(found.id);
    return true;
  }

  private addSite(school: SchoolDraft, values: SiteValues, line: number): void {
    const site = { id: this.facts.newId(), ...values };
    school.sites.push(site);
    this.touched.newSites.add(site.id);
    this.facts.met.set(siteKey(site.id), line);
  }

  /** Whether an earlier row had the key. From now on it counts as seen. */
  private met(key: string, { cells }: SchoolRow): boolean {
    if (this.facts.met.has(key)) return true;
    this.facts.met.set(key, cells.line);
    return false;
  }
}

function isSame(one: string, other: string): boolean {
  return foldForSearch(one) === foldForSearch(other);
}

/**
 * The form in which addresses are compared: the spelling of capitals, accents and boxes differs from year to year, and old codes have lost
 * their zero.
 */
function sameAddressKey({ line1, postalCode, country }: Site['address']): string {
  return `${foldForSearch(line1)} ${postalCodeIn(country, postalCode)}`;
}
