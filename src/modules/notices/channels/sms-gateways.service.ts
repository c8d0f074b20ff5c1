import { Injectable } from '@nestjs/common';
import { Audit, Clock, OutsideClient, OutsideFault, Transactions } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, stale } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { takesSms } from '../../../shared/phone.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { ChannelHealthRepository } from './channel-health.repository.js';
import { ChannelHealthService } from './channel-health.service.js';
import { type SmsGateway, smsGatewayFaults, smsOutcome, type SmsReceipts, smsRequest } from '../domain/sms-gateway.rules.js';
import { SmsGatewaysRepository, type StoredGateway } from './sms-gateways.repository.js';

type WithSecretOrNull<T, Secret extends keyof T> = Omit<T, Secret> & { readonly [Name in Secret]: T[Name] | null };

/** A gateway as a client sends it. A secret that is null stays as it is. */
export interface GatewayDraft extends Omit<SmsGateway, 'headers' | 'receipts'> {
  readonly headers: readonly WithSecretOrNull<SmsGateway['headers'][number], 'value'>[];
  readonly receipts: WithSecretOrNull<SmsReceipts, 'secret'> | null;
}

/** A gateway, and how well sending by it works. */
export interface GatewayInUse extends StoredGateway {
  /** Null when the channel is not paused. */
  readonly pausedSince: Date | null;
  /** The code of the last refusal. */
  readonly problem: string | null;
}

/** The result of one SMS that was sent to try the gateway. */
export interface GatewayTest {
  readonly outcome: 'taken' | 'refused' | 'not_now';
  readonly problem: string | null;
  readonly providerId: string | null;
  /** The HTTP status of the gateway's answer; null when it did not answer. */
  readonly status: number | null;
  /** The beginning of the gateway's answer. */
  readonly answer: string | null;
}

const TEST_TEXT = 'Passerelle : ceci est un essai. / This is a test.';
const MOST_SHOWN = 1000;

/** Removes the characters that a terminal or a page would act on. */
const plainLine = (text: string): string => text.replaceAll(/[^\P{C}\n]/gu, ' ').trim();

/** Reads, replaces and tries the gateway by which a council sends its SMS. */
@Injectable()
export class SmsGatewaysService {
  constructor(
    private readonly transactions: Transactions,
    private readonly gateways: SmsGatewaysRepository,
    private readonly outside: OutsideClient,
    private readonly health: ChannelHealthService,
    private readonly states: ChannelHealthRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(councilId: string): Promise<Outcome<GatewayInUse>> {
    return this.transactions.read(councilId, async (tx) => {
      const stored = await this.gateways.read(tx);
      const sms = (await this.states.read(tx)).find(({ channel }) => channel === 'sms');
      return stored ? ok({ ...stored, pausedSince: sms?.pausedAt ?? null, problem: sms?.problem ?? null }) : notFound();
    });
  }

  /** Sends one SMS by the saved gateway, and returns its answer. When the SMS is taken, a pause of the channel ends. */
  async test(actor: Actor, to: string): Promise<Outcome<GatewayTest>> {
    if (!takesSms(to)) return invalid({ pointer: '/to', code: 'NO_SMS', message: 'is a number that takes no SMS; name a mobile phone' });
    const stored = await this.transactions.read(actor.councilId, (tx) => this.gateways.read(tx));
    if (!stored) return notFound();
    const result = await this.tryOnce(stored.gateway, to);
    return this.transactions.write(actor, async (tx) => {
      // Another gateway may have been saved meanwhile, and that one was not tried.
      const isStill = (await this.gateways.lock(tx))?.version === stored.version;
      if (result.outcome === 'taken' && isStill) await this.health.recordWorking(tx, 'sms');
      await this.audit.record(tx, { actor: actor.id, action: 'sms_gateway.tested', subject: actor.councilId });
      return ok(result);
    });
  }

  replace(actor: Actor, expected: ExpectedVersion, draft: GatewayDraft): Promise<Outcome<GatewayInUse>> {
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
      await this.health.forget(tx, 'sms');
      await this.audit.record(tx, { actor: actor.id, action: 'sms_gateway.replaced', subject: actor.councilId, fields: ['gateway'] });
      return ok({ gateway, version: (present?.version ?? 0) + 1, updatedAt: now, pausedSince: null, problem: null });
    });
  }

  private async tryOnce(gateway: SmsGateway, to: string): Promise<GatewayTest> {
    const call = smsRequest(gateway, { id: newId(), to, text: TEST_TEXT });
    try {
      const { status, text } = await this.outside.call(call);
      const outcome = smsOutcome(gateway, { status, text });
      const answer = plainLine(text).slice(0, MOST_SHOWN);
      return outcome.kind === 'taken'
        ? { outcome: 'taken', problem: null, providerId: outcome.providerId, status, answer }
        : { outcome: outcome.kind, problem: outcome.problem, providerId: null, status, answer };
    } catch (error) {
      if (!(error instanceof OutsideFault)) throw error;
      return {
        outcome: error.isOfSettings ? 'refused' : 'not_now',
        problem: `SMS_${error.code}`,
        providerId: null,
        status: null,
        answer: null,
      };
    }
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
  // A kept secret is sent only to the server that it was given for.
  const isElsewhere = present !== null && hostOf(present.url) !== hostOf(gateway.url);
  for (const [index, { value }] of headers.entries())
    if (value === null && isElsewhere)
      missing.push({ pointer: `/headers/${index}/value`, code: 'REQUIRED', message: 'must be given with another server' });
  return { gateway, missing };
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');
