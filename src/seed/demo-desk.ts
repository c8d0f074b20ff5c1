import type { DeviceClass } from '../shared/vocabulary.js';
import type { DemoPlaces, Made } from './demo-council.js';
import type { DemoHousehold } from './demo-families.js';
import type { Past } from './past.js';

/** A registered family with what it asked for. */
export interface Known {
  readonly family: DemoHousehold;
  readonly id: string;
  readonly reference: string;
  readonly contacts: readonly Made[];
  readonly siteId: string;
  readonly lines: readonly { readonly id: string; readonly class: DeviceClass }[];
}

interface LoanItem {
  readonly id: string;
  readonly deviceId: string;
  readonly assetTag: string;
}

export interface Loan {
  readonly id: string;
  readonly siteId: string;
  readonly household: Known;
  readonly items: readonly LoanItem[];
}

interface Device extends Made {
  readonly category: string;
  readonly siteId: string;
  readonly assetTag: string;
}

/** What people do at the desks of the demonstration: register, take requests, hand over, take back. */
export class Desk {
  constructor(
    private readonly past: Past,
    private readonly places: DemoPlaces,
  ) {}

  private get rest() {
    return this.past.rest;
  }

  /** Registers families, each with what it asks for, if it asks; `submit` false leaves the request a draft. */
  register(families: readonly DemoHousehold[], submit = true): Promise<Known[]> {
    return this.past.each(families, async (family) => {
      const { site, contacts, learners, homeAlone, bursaryLevel, equipment, connectivity, wants, statement } = family;
      const school = (place: number | undefined) => (place === undefined ? null : this.places.schools[place]?.id);
      const household = await this.rest.post<{
        id: string;
        reference: string;
        contacts: Made[];
        learners: Made[];
      }>('/households', {
        schoolId: school(learners[0]?.school),
        contacts,
        learners: learners.map(({ school: place, ...learner }) => ({ ...learner, schoolId: school(place) })),
        homeAlone,
        bursaryLevel,
        equipment,
        connectivity,
      });
      const siteId = this.places.sites[site]?.id ?? '';
      const learnerIds = household.learners.map(({ id }) => id);
      const { id, reference, contacts: made } = household;
      const known = { family, id, reference, contacts: made, siteId, lines: [] };
      if (wants.length === 0) return known;
      const { lines } = await this.rest.post<Pick<Known, 'lines'>>('/requests', {
        householdId: id,
        channel: 'desk',
        statement,
        pickupSiteId: siteId,
        submit,
        lines: wants.map((wanted) => ({ ...wanted, learnerIds })),
      });
      return { ...known, lines };
    });
  }

  /** What stands ready at each site, to be given out. */
  async shelf(): Promise<Shelf> {
    const found: Device[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { data: Device[]; nextCursor: string | null } = await this.rest.get(
        `/devices?status=available&limit=200${next === '' ? '' : `&cursor=${next}`}`,
      );
      found.push(...page.data);
      next = page.nextCursor;
    }
    return new Shelf(found);
  }

  /** Hands each family a device for each of its lines that the shelf of its site can serve. */
  async handOver(families: readonly Known[], shelf: Shelf): Promise<Loan[]> {
    const loans = await this.past.each(families, async (household) => {
      const devices = household.family.wants.flatMap(({ acceptableCategories }) => shelf.take(household, acceptableCategories) ?? []);
      return this.lend(
        household,
        devices.map(({ id }) => ({ deviceId: id })),
      );
    });
    return loans;
  }

  /** Hands over named devices; what a line holds is named by its line. */
  async lend(household: Known, items: readonly { readonly deviceId: string; readonly requestLineId?: string }[]): Promise<Loan> {
    const loan = await this.rest.post<Pick<Loan, 'id' | 'siteId' | 'items'>>('/loans', {
      householdId: household.id,
      siteId: household.siteId,
      items: items.map((item) => ({ ...item, conditionOut: 'good' })),
      agreement: { signatoryName: household.family.contacts[0]?.name, method: 'in_person', termsVersion: '2026-09' },
    });
    return { ...loan, household };
  }

  async takeBack({ id, siteId, items }: Loan, conditionIn: string, note: string | null = null): Promise<void> {
    await this.rest.post(`/loans/${id}/returns`, { siteId, items: items.map(({ id: itemId }) => ({ itemId, conditionIn, note })) });
  }

  async move(deviceId: string, move: string, more: object = {}): Promise<void> {
    await this.rest.post(`/devices/${deviceId}/moves`, { move, ...more });
  }

  async moveLine(lineId: string, move: string, more: object = {}): Promise<void> {
    await this.rest.post(`/request-lines/${lineId}/moves`, { move, ...more });
  }

  report({ id, items }: Loan, kind: string, reportedOn: string, description: string, more: object = {}): Promise<Made> {
    return this.rest.post(`/loans/${id}/incidents`, { itemId: items[0]?.id, kind, reportedOn, description, ...more });
  }

  async close({ id }: Made, outcome: string, reason: string): Promise<void> {
    await this.rest.post(`/incidents/${id}/closure`, { outcome, reason });
  }
}

/** The laptops of a fund are for its learners: those of the sites of each level are all of one fund, so only the categories need be told apart. */
export class Shelf {
  private readonly left: Device[];

  constructor(devices: readonly Device[]) {
    this.left = [...devices].sort((one, other) => (one.assetTag < other.assetTag ? -1 : 1));
  }

  /** The first device that is there of these categories, the dearest first; undefined: none is left. */
  take({ siteId }: Pick<Known, 'siteId'>, categories: readonly string[]): Device | undefined {
    for (const category of categories) {
      const place = this.left.findIndex((device) => device.siteId === siteId && device.category === category);
      if (place >= 0) return this.left.splice(place, 1)[0];
    }
    return undefined;
  }
}
