import type { Day } from '../shared/day.js';
import type { DemoPlaces, Made } from './demo-council.js';
import type { Desk, Known } from './demo-desk.js';
import type { Past } from './past.js';

interface Offer extends Made {
  readonly lineId: string;
  readonly deviceId: string;
  readonly state: string;
}

interface List<Item> {
  readonly data: readonly Item[];
}

/** The times at which families collect on a day. */
const TIMES = [
  ['08:30', '09:00'],
  ['12:30', '13:00'],
  ['16:30', '17:00'],
] as const;

function openSlots({ rest, timeline }: Past, siteId: string | undefined, day: Day): Promise<Made[]> {
  return Promise.all(
    TIMES.map(([from, to]) =>
      rest.post('/pickup-slots', {
        siteId,
        startsAt: timeline.at(day, from).toISOString(),
        endsAt: timeline.at(day, to).toISOString(),
        capacity: 3,
      }),
    ),
  );
}

/** Proposes, and publishes what was proposed: every line whose facts were stated lately has been looked at. */
async function publish({ rest }: Past, body: object): Promise<readonly Offer[]> {
  const round = await rest.post('/allocation-rounds', body);
  const { data: changed } = await rest.get<List<{ lineId: string }>>(
    `/allocation-rounds/${round.id}/proposals?outcome=served&changedFacts=true&limit=200`,
  );
  await rest.post(`/allocation-rounds/${round.id}/publication`, { confirmedLineIds: changed.map(({ lineId }) => lineId) });
  return (await rest.get<List<Offer>>('/offers?state=open&limit=200')).data;
}

/** A round at two sites, weeks ago: what families did with their offers, each in its own way. Those that did nothing missed them. */
export async function playFirstRound(past: Past, desk: Desk, places: DemoPlaces): Promise<void> {
  const { timeline, rest } = past;
  await past.until(timeline.ago(16));
  const sites = places.sites.slice(0, 2);
  const slots = (await past.each(sites, ({ id }) => openSlots(past, id, timeline.ago(14)))).flat();
  const offers = await publish(past, { class: 'computer', siteIds: sites.map(({ id }) => id) });
  await past.doDueJobs();
  const [first, second, forgotten, far, bought, twice] = offers;
  if (!first || !second || !forgotten || !far || !bought || !twice)
    throw new Error(`a round of ${offers.length} offers is too small to tell of`);
  await past.until(timeline.ago(15));
  // Two come, and one does not.
  for (const { lineId } of [first, second, forgotten]) {
    const { pickupSiteId } = await rest.get<{ pickupSiteId: string }>(`/request-lines/${lineId}`);
    await desk.moveLine(lineId, 'accept', { pickupSlotId: slotAt(sites, slots, pickupSiteId) });
  }
  await desk.moveLine(far.lineId, 'decline', { reason: 'Trop loin' });
  await desk.moveLine(bought.lineId, 'decline', { noLongerNeeded: true });
  await desk.moveLine(twice.lineId, 'revoke', { reason: 'Appareil promis deux fois' });
  await past.until(timeline.ago(14));
  for (const { lineId, deviceId } of [first, second]) {
    const { householdId, pickupSiteId } = await rest.get<{ householdId: string; pickupSiteId: string }>(`/request-lines/${lineId}`);
    const { contacts } = await rest.get<{ contacts: { name: string }[] }>(`/households/${householdId}`);
    await rest.post('/loans', {
      householdId,
      siteId: pickupSiteId,
      items: [{ deviceId, requestLineId: lineId, conditionOut: 'good' }],
      agreement: { signatoryName: contacts[0]?.name, method: 'in_person', termsVersion: '2026-09' },
    });
  }
}

/** The second of the times at which a site is open to collect. */
const slotAt = (sites: readonly Made[], slots: readonly Made[], siteId: string) =>
  slots[sites.findIndex(({ id }) => id === siteId) * TIMES.length + 1]?.id;

/** The round of the last open day: most families have not answered yet, and many go on waiting. */
export async function playLastRound(
  past: Past,
  desk: Desk,
  { sites }: DemoPlaces,
  { offer: offered }: Readonly<Record<'offer' | 'waiting', Known>>,
): Promise<void> {
  const { timeline, rest } = past;
  await past.until(timeline.ago(1));
  await past.doRecurringWork();
  const slots = (await past.each(sites, ({ id }) => openSlots(past, id, timeline.ahead(3)))).flat();
  await past.each(sites, ({ id }) => openSlots(past, id, timeline.ahead(5)));
  const offers = await publish(past, { class: 'computer' });
  await past.doDueJobs();
  const others = offers.filter(({ lineId }) => lineId !== offered.lines[0]?.id);
  for (const { lineId } of others.slice(0, 4)) {
    const { pickupSiteId } = await rest.get<{ pickupSiteId: string }>(`/request-lines/${lineId}`);
    await desk.moveLine(lineId, 'accept', { pickupSlotId: slotAt(sites, slots, pickupSiteId) });
  }
  await desk.moveLine(others[4]?.lineId ?? '', 'withdraw', { reason: 'La famille a déménagé' });
  // What comes next: a proposal that a person has still to look at, and one that was not wanted.
  await rest.post('/allocation-rounds', { class: 'connectivity' });
  const unwanted = await rest.post('/allocation-rounds', { class: 'accessory' });
  await rest.post(`/allocation-rounds/${unwanted.id}/discard`, {});
}
