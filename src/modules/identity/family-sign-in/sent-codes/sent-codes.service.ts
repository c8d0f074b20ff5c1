import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Every, Outbox, Transactions, type Tx } from '../../../../platform/index.js';
import { newId } from '../../../../shared/ids.js';
import { takesSms } from '../../../../shared/phone.js';
import { ok, refused, type Result } from '../../../../shared/result.js';
import {
  type CodeAddress,
  codeAddressOf,
  countedSince,
  MOST_ASKED,
  secondsToWaitForCode,
  sentCodeEnd,
} from '../../domain/sent-code.rules.js';
import { SIGN_IN_CODE_ASKED } from '../../identity.events.js';
import type { RequiredWait } from '../../sign-in/attempt-limiter.js';
import { FamilySessionOpener, type OpenedFamilySession } from '../family-session-opener.js';
import { SentCodeMaker } from './sent-code-maker.js';
import { type CodeRequest, type ProvenContact, SentCodesRepository } from './sent-codes.repository.js';

/** The answer does not come sooner, so that nobody can tell by the clock whether a code is sent. */
const LEAST_MS = 200;

/** Where somebody who asks for a code can be reached, as they typed it, and from which network they ask. */
export interface CodeAsker {
  readonly identifier: string;
  readonly network: string;
}

/** What somebody shows for having typed the code: the request, and the proof of it. */
export interface CodeProof {
  readonly identifier: string;
  readonly requestId: string;
  readonly proof: string;
}

/** What the right code shows: the proof, and everybody who can be signed in with it. */
export interface ProvenAddress {
  readonly proof: string;
  readonly contacts: readonly [ProvenContact, ...ProvenContact[]];
}

/**
 * Signs families in with a code of six digits that is sent to their phone or mailbox. The same is done and answered whether anybody is known
 * there or not. A code holds for ten minutes and five tries, and for whoever asked for it: the request's id is known to that browser alone, so
 * nobody else can use up the tries.
 */
@Injectable()
export class SentCodesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: SentCodesRepository,
    private readonly maker: SentCodeMaker,
    private readonly opener: FamilySessionOpener,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Has a code sent, in place of the one before. The value is the id of the request. `no_address`: it is neither a phone nor a mailbox. */
  async ask({ identifier, network }: CodeAsker): Promise<Result<string, RequiredWait | { readonly kind: 'no_address' }>> {
    const address = codeAddressOf(identifier);
    if (!address) return refused({ kind: 'no_address' });
    const [asked] = await Promise.all([this.request(address, network), pause(LEAST_MS)]);
    return asked;
  }

  /** Null when the code is wrong, is used up or too old, or when nobody is known there. */
  async prove(identifier: string, requestId: string, code: string): Promise<ProvenAddress | null> {
    const address = codeAddressOf(identifier);
    if (!address) return null;
    const now = this.clock.now();
    return this.transactions.system(async (tx) => {
      const holds = await this.codes.try(tx, requestId, this.addressKey(address), now);
      const isRight = this.maker.isCodeOf(requestId, code);
      if (!holds || !isRight || !(await this.codes.proven(tx, requestId, now))) return null;
      const [first, ...others] = await this.codes.ownersOf(tx, address);
      return first ? { proof: this.maker.proofOf(requestId), contacts: [first, ...others] } : null;
    });
  }

  /** Everybody who can be signed in with this proof; null when it does not hold any more. */
  async contactsOf({ identifier, requestId, proof }: CodeProof): Promise<ProvenAddress['contacts'] | null> {
    const address = codeAddressOf(identifier);
    if (!address || !this.maker.isProofOf(requestId, proof)) return null;
    return this.transactions.system(async (tx) => {
      if (!(await this.codes.isOpen(tx, requestId, this.addressKey(address), this.clock.now()))) return null;
      const [first, ...others] = await this.codes.ownersOf(tx, address);
      return first ? [first, ...others] : null;
    });
  }

  /** Opens a session of one of the contacts; null when that contact is not one of them, or the code has opened a session already. */
  async open(given: CodeProof, contactId: string, ownPhone: boolean, browser: string | undefined): Promise<OpenedFamilySession | null> {
    const address = codeAddressOf(given.identifier);
    if (!address || !this.maker.isProofOf(given.requestId, given.proof)) return null;
    const owner = await this.transactions.system(async (tx) => {
      const found = (await this.codes.ownersOf(tx, address)).find((each) => each.contactId === contactId);
      const isFirst = found && (await this.codes.use(tx, given.requestId, this.addressKey(address), this.clock.now()));
      return isFirst ? found : null;
    });
    return (
      owner &&
      this.opener.open(owner, { ownPhone, browser, subject: this.addressKey(address) }, (tx, session) =>
        this.codes.open(tx, address, session),
      )
    );
  }

  @Every(600)
  forgetOld(): Promise<void> {
    return this.transactions.system((tx) => this.codes.forgetOld(tx, this.clock.now()));
  }

  private async request(address: CodeAddress, network: string): Promise<Result<string, RequiredWait>> {
    const askedAt = this.clock.now();
    const keys = { addressKey: this.addressKey(address), networkKey: this.maker.keyOf('network', network) };
    const known = await this.transactions.system(async (tx) => {
      await this.codes.inTurn(tx, keys);
      const seconds = secondsToWaitForCode(await this.codes.asked(tx, keys, countedSince(askedAt)), askedAt);
      if (seconds > 0) return { kind: 'wait', seconds } as const;
      const [owner] = takesCodes(address) ? await this.codes.ownersOf(tx, address) : [];
      const isHeldBack = owner !== undefined && (await this.isHeldBack(tx, owner, address, askedAt));
      const councilId = owner && !isHeldBack ? owner.councilId : null;
      const id = newId();
      await this.codes.insert(tx, { ...keys, id, councilId, channel: address.channel, askedAt, expiresAt: sentCodeEnd(askedAt) });
      return { kind: 'asked', id, owner, isHeldBack } as const;
    });
    if (known.kind === 'wait') return refused(known);
    const { id, owner, isHeldBack } = known;
    if (owner) await this.tell({ id, channel: address.channel, until: sentCodeEnd(askedAt) }, owner, isHeldBack);
    return ok(id);
  }

  /** Codes cost the council money, so there are only so many of them in an hour, whoever asks. */
  private async isHeldBack(tx: Tx, { councilId }: ProvenContact, { channel }: CodeAddress, now: Date): Promise<boolean> {
    return channel === 'sms' && (await this.codes.sentByCouncil(tx, councilId, countedSince(now))) >= MOST_ASKED.bySmsOfCouncil;
  }

  /** Staff see in the audit trail what was asked for, and what was held back. */
  private tell(
    { id: codeId, channel, until }: { id: string; channel: CodeAddress['channel']; until: Date },
    { councilId, contactId }: ProvenContact,
    isHeldBack: boolean,
  ): Promise<void> {
    return this.transactions.write(councilId, async (tx) => {
      const action = isHeldBack ? 'sign_in_code.held_back' : 'sign_in_code.asked';
      await this.audit.record(tx, { actor: 'system', action, subject: contactId });
      if (!isHeldBack) await this.outbox.announce(tx, SIGN_IN_CODE_ASKED, { codeId, contactId, channel, until: until.toISOString() });
    });
  }

  private addressKey({ channel, value }: CodeAddress): CodeRequest['addressKey'] {
    return this.maker.keyOf('address', `${channel} ${value}`);
  }
}

/** A telephone at home gets no SMS. */
const takesCodes = ({ channel, value }: CodeAddress): boolean => channel === 'email' || takesSms(value);
