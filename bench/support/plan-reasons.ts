/** A statement that may read more than it answers with. */
export interface Reason {
  /** The file that sends it. */
  readonly file: string;
  /** Found in its text; left out: every statement of the file. */
  readonly says?: RegExp;
  readonly reason: string;
}

const IN_A_SCHOOL = "a school's families are gone through: two thousand on this dataset, however many the council has";
const WHOLE_ROUND = 'a round is decided as a whole, over all its lines and all the stock that it may give';
const VERIFIED = 'it verifies the whole book: a command that a person starts';
const NIGHTLY = 'the nightly check looks at every waiting line';
const WAITS_NOW = 'what is due now is counted, and no further than 10,000';
const STAFF = "a council's staff is gone through, and is small";
const ONE_OF_EACH = 'the row that the test made is there once only, so it cannot be made again here';
const AMONG_THE_NEXT = 'a frequent word is found among the next 2,000; a rare one costs this look in vain';

const MODULES = 'src/modules';

export const REASONS: readonly Reason[] = [
  // Lists of a school, and what is sought in it.
  { file: `${MODULES}/households/files/households.repository.ts`, says: /ANY \(ARRAY\(/, reason: IN_A_SCHOOL },
  { file: `${MODULES}/allocation/offers/offers.repository.ts`, says: /ANY \(ARRAY\(/, reason: IN_A_SCHOOL },
  { file: `${MODULES}/loans/list/loan-readings.repository.ts`, says: /ANY \(ARRAY\(/, reason: IN_A_SCHOOL },
  { file: `${MODULES}/requests/queue/queue.repository.ts`, says: /ANY \(ARRAY\(/, reason: IN_A_SCHOOL },
  { file: `${MODULES}/notices/list/notices.repository.ts`, says: /WITH families/, reason: IN_A_SCHOOL },
  {
    file: `${MODULES}/loans/incidents/incidents.repository.ts`,
    says: /ORDER BY n.ordinal/,
    reason: 'incidents are told in their order, those of one school or one site out of all, or out of the loans of the site',
  },
  // Searches.
  { file: `${MODULES}/households/files/households.repository.ts`, says: /AS near/, reason: AMONG_THE_NEXT },
  { file: `${MODULES}/inventory/devices/device-list.repository.ts`, reason: AMONG_THE_NEXT },
  // Loans and the queue.
  {
    file: `${MODULES}/loans/list/loan-readings.repository.ts`,
    says: /l\.due_on <|l\.overdue_from/,
    reason: 'in the order of loans, one in fifty of which is overdue here; where few are, the index of due days is taken',
  },
  {
    file: `${MODULES}/allocation/decisions/passed-over.repository.ts`,
    says: /INSERT/,
    reason: 'a decision out of turn reads everybody whom it passes over, and writes a row for a thousand of them',
  },
  {
    file: `${MODULES}/allocation/decisions/passed-over.repository.ts`,
    says: /WITH line/,
    reason: 'decisions that passed over one of a thousand neighbours are gone through for the line: five hundred for each on this dataset',
  },
  {
    file: `${MODULES}/loans/list/loan-readings.repository.ts`,
    says: /i\.returned_at >=/,
    reason: 'few loans with something returned in the time are sorted, of many the next are found in the order of loans',
  },
  {
    file: `${MODULES}/loans/hand-over/hand-over.repository.ts`,
    says: /count\(\*\)::integer AS devices/,
    reason: 'what lies in one pool is counted in its index, where others wait for it',
  },
  {
    file: `${MODULES}/requests/queue/queue.repository.ts`,
    says: /WITH page|AS lines FROM/,
    reason: 'lines ahead are counted: those of the same score up to the last of the page, or as many as were asked for',
  },
  {
    file: `${MODULES}/allocation/pickups/pickups.repository.ts`,
    reason: 'what lies aside at one desk is gone through for those without an appointment',
  },
  // What needs a person.
  {
    file: `${MODULES}/allocation/review/review-list.repository.ts`,
    reason: 'at most 1,000 households that nothing reaches, and a school’s families where one is asked for',
  },
  {
    file: `${MODULES}/notices/list/notices.repository.ts`,
    says: /n\.attempts > 0/,
    reason: 'all that is stuck is gone through, and is to be little: 4,000 here',
  },
  {
    file: `${MODULES}/notices/printing/print-batches.repository.ts`,
    reason: "letters to print, or a council's batches, are gone through for those of a site or a school",
  },
  {
    file: `${MODULES}/notices/digest/digest.repository.ts`,
    reason: 'a digest counts everything that waits, once a day; lists end at 1,001',
  },
  { file: `${MODULES}/allocation/policy/lendable-stock-reader.ts`, reason: 'a digest counts the free stock, once a day' },
  { file: `${MODULES}/identity/users/users.repository.ts`, says: /active/, reason: STAFF },
  // Work on all of something.
  { file: `${MODULES}/allocation/rounds/round-proposals.repository.ts`, reason: WHOLE_ROUND },
  { file: `${MODULES}/allocation/rounds/round-publication.repository.ts`, reason: WHOLE_ROUND },
  { file: `${MODULES}/allocation/rounds/round-solutions.repository.ts`, reason: WHOLE_ROUND },
  { file: `${MODULES}/allocation/rounds/returned-devices.repository.ts`, says: /told/, reason: WHOLE_ROUND },
  { file: `${MODULES}/requests/priority/preview.repository.ts`, reason: 'a preview ranks the whole queue by the other policy' },
  {
    file: `${MODULES}/requests/priority/ranking.repository.ts`,
    says: /drafted/,
    reason: 'another policy scores every line, 20,000 in one statement',
  },
  { file: `${MODULES}/requests/priority/score-check.repository.ts`, reason: NIGHTLY },
  { file: `${MODULES}/loans/ledger/ledger.repository.ts`, reason: VERIFIED },
  { file: 'src/platform/audit/audit-chain.service.ts', says: /awaits_seal|SELECT DISTINCT|NOT EXISTS/, reason: VERIFIED },
  { file: 'src/platform/outbox/lane-counter.ts', reason: WAITS_NOW },
  { file: `${MODULES}/reporting/jobs.repository.ts`, reason: WAITS_NOW },
  // What cannot be made twice.
  { file: `${MODULES}/councils/council/councils.repository.ts`, says: /INSERT INTO councils/, reason: ONE_OF_EACH },
  { file: 'src/platform/audit/audit-chain.service.ts', says: /INSERT INTO audit_chain/, reason: ONE_OF_EACH },
];
