import type { Desk, Loan } from './demo-desk.js';
import type { Past } from './past.js';

const at = (loans: readonly Loan[], place: number): Loan => loans[place] as Loan;
const deviceOf = (loan: Loan): string => loan.items[0]?.deviceId ?? '';

/** What became of the loans that began first: in the weeks before they were due, and on the days after. */
export async function playLoans(past: Past, desk: Desk, loans: readonly Loan[]): Promise<void> {
  const { timeline } = past;
  await past.until(timeline.ago(14));
  await past.each(loans.slice(0, 10), ({ id }) => past.rest.post(`/loans/${id}/renewals`, {}));
  await loseSome(past, desk, loans.slice(23));
  await past.rest.post(`/loans/${at(loans, 9).id}/recall`, { dueOn: timeline.ahead(4), reason: 'Rappel de la batterie par le fabricant' });

  await past.until(timeline.ago(12));
  const returned = loans.slice(10, 23);
  await past.each(returned, (loan, place) => desk.takeBack(loan, place >= 10 ? 'damaged' : 'good', place >= 10 ? 'Écran fissuré' : null));
  await inspect(past, desk, returned);
  const letters = await past.rest.post('/print-batches', {});
  await past.until(timeline.ago(10));
  await past.rest.download(`/print-batches/${letters.id}/file`);
  await past.rest.post(`/print-batches/${letters.id}/printing`);
  await desk.move(deviceOf(at(returned, 11)), 'repair_done');
}

/** Most of what came back is ready again; the rest waits for somebody to look at it, or is in repair, or is past repair. */
async function inspect(past: Past, desk: Desk, returned: readonly Loan[]): Promise<void> {
  const ready = returned.slice(0, 7).flatMap(({ items }) => items);
  await past.each(ready, ({ deviceId }) => desk.move(deviceId, 'pass_inspection', { condition: 'good', dataWiped: true }));
  for (const place of [10, 11])
    await desk.move(deviceOf(at(returned, place)), 'fail_inspection', { reason: 'Écran fissuré', condition: 'damaged' });
  await desk.move(deviceOf(at(returned, 12)), 'retire', { reason: 'Carte mère hors d’usage' });
}

async function loseSome({ timeline, rest }: Past, desk: Desk, loans: readonly Loan[]): Promise<void> {
  const day = timeline.ago(14);
  await desk.report(at(loans, 0), 'lost', day, 'Oublié dans le car');
  await desk.close(await desk.report(at(loans, 1), 'lost', day, 'Perdu pendant le déménagement'), 'written_off', 'Introuvable');
  await desk.report(at(loans, 2), 'stolen', day, 'Cambriolage', { policeReportReference: '2026/04512' });
  await desk.report(at(loans, 3), 'lost', day, 'Égaré à la maison');
  await desk.takeBack(at(loans, 3), 'good', 'Retrouvé sous un lit');
  await desk.report(at(loans, 4), 'broken', day, 'L’écran reste noir');
  await desk.report(at(loans, 5), 'claimed_returned', day, 'La famille dit l’avoir rendu à la vie scolaire');
  const claimed = await desk.report(at(loans, 6), 'claimed_returned', day, 'La famille dit l’avoir rendu au CDI');
  await desk.close(claimed, 'not_found', 'Cherché au CDI et au dépôt');
  await rest.put(`/loans/${at(loans, 7).id}/due-date`, { dueOn: timeline.ahead(12), reason: 'Jusqu’au brevet blanc' });
  const broken = at(loans, 8);
  const spare = (await desk.shelf()).take(broken, ['laptop', 'tablet']);
  if (spare)
    await rest.post(`/loans/${broken.id}/exchanges`, {
      itemId: broken.items[0]?.id,
      deviceId: spare.id,
      conditionIn: 'damaged',
      conditionOut: 'good',
      reason: 'Le clavier ne répond plus',
    });
}

/** The loans that began later: some came back at once. And what else is on the shelves: on its way, missing. */
export async function playLateLoans(past: Past, desk: Desk, loans: readonly Loan[]): Promise<void> {
  for (const loan of loans.slice(0, 3)) await desk.takeBack(loan, 'good');
  const shelf = await desk.shelf();
  const [loan] = loans;
  if (!loan) return;
  const there = (category: string) => shelf.take(loan, [category])?.id ?? '';
  for (const category of ['headset', 'router']) {
    const to = loans.find(({ siteId }) => siteId !== loan.siteId)?.siteId;
    await desk.move(there(category), 'send', { siteId: to });
  }
  await desk.move(there('headset'), 'mark_missing', { reason: 'Absent à l’inventaire' });
  await desk.move(there('sim'), 'inspect', { reason: 'Ne se connecte plus' });
}
