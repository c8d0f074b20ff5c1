import type { DemoPlaces } from './demo-council.js';
import { Desk, type Known } from './demo-desk.js';
import { OTHER_FAMILIES, SIGN_IN_FAMILIES, type SignInFamily } from './demo-families.js';
import { playLateLoans, playLoans } from './demo-loans.js';
import { playFirstRound, playLastRound } from './demo-rounds.js';
import type { Past } from './past.js';

const asking = (families: readonly Known[]) => families.filter(({ lines }) => lines.length > 0);

export type SignInHouseholds = Readonly<Record<SignInFamily, Known>>;

/** How many open days before today each thing happened. */
export const AGO = { begin: 40, firstFamilies: 38, firstLoans: 37, moreFamilies: 28, moreLoans: 27, returns: 13, lastRound: 1 } as const;

/** The other families, in the order in which they come. */
const [FEW, FIRST, SECOND, THIRD, DRAFTS] = [8, 44, 70, 90, 140] as const;

/** Tells what has happened in the council so far: who asked, who was lent what, who waits, what went wrong. */
export async function playHistory(past: Past, places: DemoPlaces): Promise<SignInHouseholds> {
  const { timeline } = past;
  const desk = new Desk(past, places);
  const family = async (name: SignInFamily) => (await desk.register([SIGN_IN_FAMILIES[name]]))[0] as Known;

  await past.until(timeline.ago(AGO.firstFamilies));
  const few = await desk.register(OTHER_FAMILIES.slice(0, FEW));
  await past.analyse();
  const first = [...few, ...(await desk.register(OTHER_FAMILIES.slice(FEW, FIRST)))];
  await past.analyse();
  const overdue = await family('overdue');
  await past.until(timeline.ago(AGO.firstLoans));
  const [, ...early] = await desk.handOver([overdue, ...asking(first)], await desk.shelf());

  await past.until(timeline.ago(AGO.moreFamilies));
  const second = await desk.register(OTHER_FAMILIES.slice(FIRST, SECOND));
  const separated = await family('separated');
  await past.until(timeline.ago(AGO.moreLoans));
  await past.analyse();
  const later = await desk.handOver([separated, ...asking(second).slice(0, 15)], await desk.shelf());

  await past.until(timeline.ago(18));
  await desk.register(OTHER_FAMILIES.slice(SECOND, THIRD));
  await playFirstRound(past, desk, places);
  await playLoans(past, desk, early);
  const rest = OTHER_FAMILIES.slice(THIRD, DRAFTS);
  const each = Math.ceil(rest.length / 4);
  const came: Known[] = [];
  for (const [place, ago] of [8, 6, 4, 2].entries()) {
    await past.until(timeline.ago(ago));
    came.push(...(await desk.register(rest.slice(place * each, (place + 1) * each))));
  }
  const offer = await family('offer');
  const waiting = await family('waiting');
  const arabic = await family('arabic');
  await desk.register(OTHER_FAMILIES.slice(DRAFTS), false);
  await playLines(past, desk, asking(came));
  await playLateLoans(past, desk, later.slice(1));
  await playLastRound(past, desk, places, { offer, waiting });
  return { waiting, offer, overdue, separated, arabic };
}

/** Requests that do not simply wait. */
async function playLines({ timeline }: Past, desk: Desk, families: readonly Known[]): Promise<void> {
  const line = (place: number) => families[place]?.lines[0]?.id ?? '';
  await desk.moveLine(line(0), 'suspend', { reason: 'La famille est en voyage', until: timeline.ahead(15) });
  await desk.moveLine(line(4), 'suspend', { reason: 'Adresse à vérifier avec le collège' });
  for (const place of [8, 12, 16, 20])
    await desk.moveLine(line(place), 'refuse', {
      reason: 'Le foyer a déjà un ordinateur qui convient. Vous pouvez contester à l’accueil.',
    });
  for (const place of [12, 16, 20]) await desk.moveLine(line(place), 'appeal', { reason: 'Cet ordinateur est celui de mon employeur.' });
  await desk.moveLine(line(16), 'uphold_appeal', { reason: 'L’employeur l’a confirmé' });
  await desk.moveLine(line(20), 'dismiss_appeal', { reason: 'L’ordinateur appartient à la famille' });
  await desk.moveLine(line(24), 'withdraw', { reason: 'La famille a acheté un ordinateur' });
}
