import type { Answer, Api } from './api.js';
import {
  aDevice,
  aDeviceModel,
  aFund,
  aHousehold,
  aKit,
  aLoan,
  anAllocationRound,
  aNewDevice,
  anAgreement,
  anOffer,
  aPickupSlot,
  aRecalledLoan,
  aRequest,
  aSchool,
  aSite,
} from './builders.js';
import { expectStatus } from './api.js';
import type { OpenApiDocument, Operation } from './conformance.js';
import { aRound } from './rounds.js';
import { gatewaySettings, postReceipt } from './sms-gateway.js';
import { sendFile } from './upload.js';

/** One real thing of each kind in a council, for tests of every operation. */
export interface World {
  /** The id for each path parameter, by the path up to it, such as `/devices/{id}`. */
  readonly ids: Readonly<Record<string, string>>;
  /** The id for each field or filter that refers to something, by its name, such as `siteId`. */
  readonly references: Readonly<Record<string, string>>;
  /** The body for each operation for which a sample of its schema would not do. */
  readonly bodies: Readonly<Record<string, unknown>>;
  /** The query without which a list would be empty, or the operation would answer 422. */
  readonly queries: Readonly<Record<string, string>>;
}

/** The day on which every test begins. */
const TODAY = '2026-11-02';
const A_RULE = { trigger: 'loan_due', when: 'before', days: 3, channels: ['email', 'letter'] };
const A_LETTER = { trigger: 'loan_recalled', when: 'at', channels: ['letter'] };
const A_HELP_TEXT = { topic: 'charging', language: 'fr', text: 'Branchez-le le soir.' };
const A_WORKSHOP = {
  title: 'Premiers pas',
  language: 'fr',
  startsAt: '2026-11-18T16:30:00.000Z',
  endsAt: '2026-11-18T18:00:00.000Z',
  places: 8,
};
const EVERYWHERE = { schoolId: null, category: null, borrowerCategory: null };

/** Makes one thing of each kind through the API; `drain` does the jobs that follow. A new kind of path parameter gets its line here. */
export async function aWorld(api: Api, drain: () => Promise<unknown>): Promise<World> {
  const council = expectStatus(await api.patch('/council', 1, { publicPriorityScale: true, openToFamilies: true }), 200);
  const school = await aSchool(api);
  const site = await aSite(api, { schoolId: school.id });
  const fund = await aFund(api);
  const model = await aDeviceModel(api);
  const device = await aDevice(api, { siteId: site.id, modelId: model.id, fundId: fund.id });
  const client = expectStatus(await api.post('/clients', { name: 'Interface', scopes: ['inventory:read'] }), 201);
  const user = expectStatus(await api.post('/users', { name: 'Claire Morvan', email: `${fund.id}@example.org`, role: 'auditor' }), 201);
  const household = await aHousehold(api, { schoolId: school.id });
  const learnerId = household.learners[0].id as string;
  const contactId = household.contacts[0].id as string;
  const { code } = expectStatus(await api.post(`/households/${household.id}/access-codes`, { contactId }), 201);
  expectStatus(await api.anonymous.post('/session/family', { reference: household.reference, code }), 201);
  const session = expectStatus(await api.get(`/households/${household.id}/sessions`), 200).data[0];
  const loan = await aLoan(api, { siteId: site.id });
  // A letter that waits to be printed. It must be made before anybody waits for its device.
  await aRecalledLoan(api, { schoolId: school.id });
  const { lines } = await aRequest(api, household.id);
  const router = [{ class: 'connectivity', learnerIds: [learnerId], acceptableCategories: ['router'] }];
  const draft = await aRequest(api, household.id, { submit: false, lines: router });
  expectStatus(await api.put('/allocation-policy', null, { reserves: [], maximumWaitingDays: 30 }), 200);
  expectStatus(await api.put('/loan-policies', null, { rules: [{ ...EVERYWHERE, loanDays: 90 }] }), 200);
  expectStatus(await api.put('/notice-policies', null, { rules: [A_RULE, A_LETTER] }), 200);
  const lent = loan.items[0];
  const report = { itemId: lent.id, kind: 'broken', reportedOn: TODAY, description: 'The screen stays black' };
  const incident = expectStatus(await api.post(`/loans/${loan.id}/incidents`, report), 201);
  const imported = expectStatus(await sendFile(api, 'Asset Tag,Category\nLT-9999,Hat\n'), 202);
  const kit = await aKit(api);
  const profile = expectStatus(await api.post('/school-profiles', { schoolId: school.id, level: 'college', live: [], work: [] }), 201);
  const policy = expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'learners', points: 10 }] }), 201);
  const cycle = expectStatus(await api.post('/cycles', { publicValueName: 'Loto, tirage du 2026-11-09' }), 201);
  const intake = await aNewDevice(api, { siteId: site.id, modelId: model.id });
  const slot = await aPickupSlot(api, site.id as string);
  const served = await aRequest(api, (await aHousehold(api, { schoolId: school.id })).id as string);
  const held = await aDevice(api, { siteId: site.id, modelId: model.id });
  const offer = await anOffer(api, served.lines[0].id as string, held.id as string);
  const booking = { move: 'accept', pickupSlotId: slot.id };
  expectStatus(await api.post(`/request-lines/${served.lines[0].id}/moves`, booking), 200);

  const workshop = expectStatus(await api.post('/training-sessions', { ...A_WORKSHOP, siteId: site.id }), 201);
  expectStatus(await api.post(`/training-sessions/${workshop.id}/bookings`, { householdId: household.id }), 201);
  expectStatus(await api.put('/help-texts', null, { texts: [A_HELP_TEXT] }), 200);

  const round = await anAllocationRound(api);
  const silent = await aHousehold(api, { schoolId: school.id, contacts: [{ name: 'Nadia B.', relationship: 'parent' }] });
  const printer = [{ class: 'accessory', learnerIds: [silent.learners[0].id as string], acceptableCategories: ['printer'] }];
  await aRequest(api, silent.id as string, { lines: printer });
  const standing = expectStatus(await api.post('/standing-decisions', { name: 'Retours', reason: 'Sans attendre', from: TODAY }), 201);
  const jobs = expectStatus(await api.get('/jobs?limit=1'), 200);
  expectStatus(await api.put('/sms-gateway', null, gatewaySettings('https://sms.example.org')), 200);
  const lost = await aHousehold(api, { contacts: [{ name: 'Tom', relationship: 'parent', phone: '+33698765432' }], schoolId: school.id });
  await postReceipt(api, { from: '+33698765432', text: 'STOP' }, { at: new Date(`${TODAY}T08:00:00Z`) });
  const mark = expectStatus(await api.get(`/contact-marks?householdId=${lost.id}`), 200).data[0];
  await aHousehold(api, {
    contacts: lost.contacts.map(({ name, relationship, phone }: Answer['body']) => ({ name, relationship, phone })),
  });
  const alike = expectStatus(await api.get('/possible-duplicates?limit=1'), 200).data[0];
  const text = { subject: 'Ihr Leihgerät', body: 'Das Gerät {loanReference} ist am {dueOn} fällig.' };
  expectStatus(await api.put('/notice-templates/loan_due/email/de', null, text), 200);
  // Sends the notices about everything above.
  await drain();
  const batch = expectStatus(await api.post('/print-batches', { schoolId: school.id }), 201);
  const notices = expectStatus(await api.get(`/notices?householdId=${loan.householdId}`), 200).data as Answer['body'][];

  const id = ({ id }: Answer['body']) => id as string;
  return {
    ids: {
      '/allocation-rounds/{id}': id(round),
      '/allocation-rounds/{id}/proposals/{lineId}': id(lines[0]),
      '/clients/{id}': id(client),
      '/contact-marks/{id}': id(mark),
      '/cycles/{id}': id(cycle),
      '/device-models/{id}': id(model),
      '/devices/{id}': id(device),
      '/funds/{id}': id(fund),
      '/households/{id}': id(household),
      '/households/{id}/access-codes/{contactId}': contactId,
      '/households/{id}/learners/{learnerId}': learnerId,
      '/households/{id}/sessions/{sessionId}': id(session),
      '/imports/{id}': id(imported),
      '/incidents/{id}': id(incident),
      '/jobs/{id}': id(jobs.data[0]),
      '/kits/{id}': id(kit),
      '/loans/{id}': id(loan),
      '/notices/{id}': id(notices[0]),
      '/notice-templates/{trigger}': 'loan_due',
      '/notice-templates/{trigger}/{channel}': 'email',
      '/notice-templates/{trigger}/{channel}/{language}': 'de',
      '/offers/{id}': id(offer),
      '/possible-duplicates/{id}': id(alike),
      '/print-batches/{id}': id(batch),
      '/priority-policies/{version}': String(policy.version),
      '/public/{councilCode}': council.code as string,
      '/request-lines/{id}': id(lines[0]),
      '/requests/{id}': id(draft),
      '/school-profiles/{id}': id(profile),
      '/schools/{id}': id(school),
      '/sites/{id}': id(site),
      '/standing-decisions/{id}': id(standing),
      '/training-sessions/{id}': id(workshop),
      '/training-sessions/{id}/bookings/{householdId}': id(household),
      '/users/{id}': id(user),
    },
    references: {
      contactId,
      deviceId: id(device),
      fundId: id(fund),
      householdId: id(household),
      itemId: id(lent),
      learnerId,
      lineId: id(lines[0]),
      loanId: id(loan),
      modelId: id(model),
      pickupSiteId: id(site),
      pickupSlotId: id(slot),
      requestLineId: id(lines[0]),
      schoolId: id(school),
      siteId: id(site),
    },
    bodies: {
      'PATCH /devices/{id}': { notes: 'seen' },
      // This round needs nothing from a council.
      'POST /allocation/solve': aRound({ p1: 1 }, [['l1', 1, ['p1']]]),
      'POST /clients': { name: 'Another', scopes: ['loans:read'] },
      'POST /devices/{id}/moves': { move: 'inspect', reason: 'makes a noise' },
      'POST /sites': { name: 'Mairie', address: site.address, schoolId: id(school), servedSchoolIds: [id(school)] },
      'POST /funds': { name: 'Région 2026', funder: 'region', eligibleSchoolIds: [id(school)] },
      'POST /kits': { name: 'Another kit', components: [{ category: 'tablet', count: 1 }], costCents: 20_000 },
      'POST /school-profiles': { schoolId: id(school), level: 'college', className: '4e B', live: [], work: [] },
      'POST /households/{id}/learners': { givenName: 'Ines', familyName: 'B.', level: 'college', schoolId: id(school) },
      'POST /loans': {
        householdId: id(household),
        siteId: id(site),
        items: [{ deviceId: id(device), conditionOut: 'good' }],
        agreement: anAgreement,
      },
      'POST /loans/{id}/exchanges': {
        itemId: id(lent),
        deviceId: id(device),
        conditionIn: 'damaged',
        conditionOut: 'good',
        reason: 'Broken',
      },
      'POST /loans/{id}/incidents': report,
      'POST /loans/{id}/renewals': {},
      'POST /loans/{id}/returns': { siteId: id(site), items: [{ itemId: id(lent), conditionIn: 'good' }] },
      'POST /notice-templates/preview': { trigger: 'loan_due', channel: 'email', language: 'de', ...text, about: { loanId: id(loan) } },
      'PUT /notice-templates/{trigger}/{channel}/{language}': text,
      'POST /priority-policies/preview': { criteria: [{ criterion: 'learners', points: 20 }] },
      'POST /priority-policies': { criteria: [{ criterion: 'learners', points: 20 }] },
      'POST /request-lines/{id}/moves': { move: 'withdraw' },
      'POST /requests': {
        householdId: id(household),
        channel: 'desk',
        pickupSiteId: id(site),
        lines: router,
      },
      'PATCH /requests/{id}': { pickupSiteId: id(site), lines: router },
      'POST /returns': { assetTag: lent.assetTag, conditionIn: 'good', siteId: id(site) },
      'PATCH /users/{id}': { role: 'school_administrator', schoolId: id(school) },
      'POST /users': { name: 'Paul', email: `paul.${fund.id}@example.org`, role: 'desk_agent', siteId: id(site) },
      'PUT /help-texts': { texts: [A_HELP_TEXT] },
      'PUT /allocation-policy': { reserves: [{ siteId: id(site), devices: 1 }], maximumWaitingDays: 60 },
      'PUT /sms-gateway': gatewaySettings('https://sms.example.org'),
      'PUT /loan-policies': { rules: [{ ...EVERYWHERE, schoolId: id(school), loanDays: 60 }] },
    },
    queries: {
      'GET /pickups': `?siteId=${id(site)}&day=2026-11-04`,
      'GET /notices/preview': '?at=2027-12-01T08:00:00Z',
      'GET /devices/lookup': `?tag=${encodeURIComponent(intake.assetTag as string)}`,
    },
  };
}

/** The path of an operation with ids of the world in it. @throws Error when the world has no such id */
export function pathIn({ ids }: Pick<World, 'ids'>, { path }: Operation): string {
  return path.replaceAll(/[{][^}]+[}]/g, (parameter, offset: number) => {
    const id = ids[path.slice(0, offset + parameter.length)];
    if (id === undefined) throw new Error(`the world (test/support/world.ts) has nothing for ${path.slice(0, offset + parameter.length)}`);
    return encodeURIComponent(id);
  });
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
}

/**
 * The body for an operation: the one that the world has for it, else the smallest that its schema allows, with references to things of the
 * world.
 */
export function bodyIn(world: Pick<World, 'bodies' | 'references'>, operation: Operation, document: OpenApiDocument): unknown {
  if (operation.name in world.bodies) return world.bodies[operation.name];
  const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined;
  return schema && sample(schema, '', world.references, document);
}

function sample(schema: Schema, name: string, references: World['references'], document: OpenApiDocument): unknown {
  if (schema.$ref !== undefined) {
    return sample(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema, name, references, document);
  }
  const inner = schema.allOf?.[0] ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (inner) return sample(inner, name, references, document);
  if (schema.properties) {
    // Members that refer to something are always included, so that references are tested.
    const given = Object.entries(schema.properties).filter(([property]) => schema.required?.includes(property) || property in references);
    return Object.fromEntries(given.map(([property, each]) => [property, sample(each, property, references, document)]));
  }
  if (name in references) return references[name];
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, name.replace(/s$/, ''), references, document));
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return false;
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}
