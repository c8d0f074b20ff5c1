import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outside, Transactions } from '../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, stale } from '../../shared/denial.js';
import { ok } from '../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../shared/version.js';
import type { Actor } from '../councils/index.js';
import { type SmsGateway, smsGatewayFaults, type SmsReceipts } from './domain/sms-gateway.rules.js';
import { SmsGatewaysRepository, type StoredGateway } from './sms-gateways.repository.js';

type Kept<T, Secret extends keyof T> = Omit<T, Secret> & { readonly [Name in Secret]: T[Name] | null };

/** A gateway as it was sent: a secret that is null is kept as it is. */
export interface GatewayDraft extends Omit<SmsGateway, 'headers' | 'receipts'> {
  readonly headers: readonly Kept<SmsGateway['headers'][number], 'value'>[];
  readonly receipts: Kept<SmsReceipts, 'secret'> | null;
}

/** The gateway by which a council's SMS leave. */
@Injectable()
export class SmsGatewaysService {
  constructor(
    private readonly transactions: Transactions,
    private readonly gateways: SmsGatewaysRepository,
    private readonly outside: Outside,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(councilId: string): Promise<Outcome<StoredGateway>> {
    return this.transactions.read(councilId, async (tx) => {
      const stored = await this.gateways.read(tx);
      return stored ? ok(stored) : notFound();
    });
  }

  replace(actor: Actor, expected: ExpectedVersion, draft: GatewayDraft): Promise<Outcome<StoredGateway>> {
    return this.transactions.write(actor, async (tx) => {
      const present = await this.gateways.lock(tx);
      if (!isExpected(expected, present?.version ?? null)) return stale();
      const { gateway, missing } = withSecrets(draft, present?.gateway ?? null);
      const fault = this.outside.faultOf(gateway.url.replaceAll(/[{]\w+[}]/g, 'x'));
      const ofUrl: Fault[] = fault === null ? [] : [{ pointer: '/url', code: 'INVALID_ADDRESS', message: fault }];
      const faults = [...ofUrl, ...smsGatewayFaults(gateway), ...missing];
      if (faults.length > 0) return invalid(...faults);
      const now = this.clock.now();
      if (present) await this.gateways.replace(tx, gateway, now);
      else if (!(await this.gateways.insert(tx, gateway, now))) return stale();
      await this.audit.record(tx, { actor: actor.id, action: 'sms_gateway.replaced', subject: actor.councilId, fields: ['gateway'] });
      return ok({ gateway, version: (present?.version ?? 0) + 1, updatedAt: now });
    });
  }
}

function withSecrets({ headers, receipts, ...rest }: GatewayDraft, present: SmsGateway | null): { gateway: SmsGateway; missing: Fault[] } {
  const missing: Fault[] = [];
  const known = (value: string | null, kept: string | undefined, pointer: string): string => {
    if (value === null && kept === undefined) missing.push({ pointer, code: 'REQUIRED', message: 'must be given: none is kept' });
    return value ?? kept ?? '';
  };
  const gateway: SmsGateway = {
    ...rest,
    headers: headers.map(({ name, value }, index) => {
      const kept = present?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
      return { name, value: known(value, kept, `/headers/${index}/value`) };
    }),
    receipts: receipts && { ...receipts, secret: known(receipts.secret, present?.receipts?.secret, '/receipts/secret') },
  };
  // A kept secret goes nowhere else than to the server that it was given for.
  const isElsewhere = present !== null && hostOf(present.url) !== hostOf(gateway.url);
  for (const [index, { value }] of headers.entries())
    if (value === null && isElsewhere)
      missing.push({ pointer: `/headers/${index}/value`, code: 'REQUIRED', message: 'must be given with another server' });
  return { gateway, missing };
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');
