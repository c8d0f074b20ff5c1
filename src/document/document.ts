import { SCOPE_MEANINGS } from '../modules/councils/index.js';
import type { DocumentWords } from '../platform/http/document-words.js';
import { FIELDS, FILTERS, PATH } from './glossary.js';

const DESCRIPTION = `Passerelle lends computers and connections to families who have none. Everything that it does can be done over this API.

- Clients send \`Authorization: Bearer …\` with a token of \`POST /oauth/token\`; people have a session cookie, and send \`X-CSRF-Token\` with every write.
- PATCH and PUT take \`If-Match\` with the ETag that was read. What nobody wrote yet has the ETag \`"0"\`.
- Lists answer \`data\` and \`nextCursor\`; the next page is asked for with \`cursor\`.
- A POST may carry an \`Idempotency-Key\`, so that it can be sent again safely.
- Every problem is \`application/problem+json\` (RFC 9457) with a stable \`code\`.

Ids are UUIDs, instants RFC 3339 in UTC, days \`YYYY-MM-DD\` in the council's time zone (from 1900-01-01 to 2199-12-31), amounts whole cents. In a body, a field that may be null may be left out; unknown fields are refused.`;

/** In the order in which somebody comes to them. */
const TAGS = {
  'sign-in': 'Tokens for council systems, sessions for people, and second factors.',
  council: 'The council itself: its time zone, languages, switches and closed days.',
  users: 'Staff who sign in, and what they may.',
  clients: 'Programs that call in the council’s name.',
  schools: 'Schools, by their UAI codes.',
  sites: 'Places where devices are kept, handed over and returned.',
  funds: 'Who paid for devices, and who may have them therefore.',
  'loan policies': 'For how long things are lent, how often renewed, and how many to one family.',
  inventory: 'Devices, their models, their moves and their history.',
  households: 'Files of families: contacts, learners, and what is at home.',
  needs: 'How a family can share what it has, and what a loan would change.',
  requests: 'What families ask for, and the queue.',
  priority: 'The published scale of points, and the lottery that decides between equals.',
  allocation: 'Who is proposed what: rounds, reserves, standing decisions, and lines that need a person.',
  offers: 'Devices that are held for a family, and the times at which they are collected.',
  loans: 'Hand-over, return, renewal and recall.',
  incidents: 'Loss, theft, breakage, and how they end.',
  notices: 'What families are told, when, how, and in which words.',
  help: 'What families are told about their equipment, and workshops.',
  imports: 'Files of devices and schools.',
  audit: 'Who did what.',
  jobs: 'Background work, and what became stuck.',
};

/** What the OpenAPI document says beyond what the code says of itself. */
export const DOCUMENT_WORDS: DocumentWords = {
  title: 'Passerelle',
  description: DESCRIPTION,
  tags: TAGS,
  scopes: SCOPE_MEANINGS,
  fields: FIELDS,
  filters: FILTERS,
  path: PATH,
};
