import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Settings, Transactions } from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { invalid, notFound, type Outcome, unknownReference } from '../../../shared/denial.js';
import { textLanguage } from '../../../shared/language.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { HouseholdsRepository } from '../../households/index.js';
import { AccessCodeHasher, accessCodeEnd, makeAccessCode } from '../../identity/index.js';
import { accessCodeLetter } from '../domain/access-code.texts.js';
import { recipientLines } from '../domain/recipient.js';
import { LetterRenderer } from '../letters/letter-renderer.js';
import { languageFor } from '../templates/languages.js';
import { dayInWords } from '../templates/message.js';
import { type AccessCode, AccessCodesRepository, type CodeRecipient } from './access-codes.repository.js';

/** A code with its letter, which are shown only here. */
export interface IssuedAccessCode {
  readonly stored: AccessCode;
  /** Such as `7K3M-25QX`. */
  readonly code: string;
  /** A PDF. */
  readonly letter: Buffer;
}

/** The codes that the school prints for a family: each contact has one that holds, with which they sign in. */
@Injectable()
export class AccessCodesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly codes: AccessCodesRepository,
    private readonly hasher: AccessCodeHasher,
    private readonly renderer: LetterRenderer,
    private readonly settings: Settings,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a code in place of the one before, with the letter that brings it. The letter is drawn first: while it is drawn nothing is locked,
   * and a code whose letter could not be drawn never holds.
   */
  async issue(actor: Actor, householdId: string, contactId: string): Promise<Outcome<IssuedAccessCode>> {
    const found = await this.transactions.read<Outcome<CodeRecipient>>(actor.councilId, async (tx) => {
      if (!(await this.households.inReach(tx, actor.reach, householdId))) return notFound();
      const recipient = await this.codes.recipient(tx, householdId, contactId);
      return recipient ? ok(recipient) : invalid(unknownReference('/contactId'));
    });
    if (!found.ok) return found;
    const code = makeAccessCode(randomBytes(8));
    const issuedAt = this.clock.now();
    const expiresAt = accessCodeEnd(issuedAt);
    const letter = await this.letter(found.value, code, issuedAt, expiresAt);
    const codeHash = this.hasher.hash(found.value.reference, code);
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.households.lock(tx, actor.reach, householdId))) return notFound();
      if (!(await this.codes.recipient(tx, householdId, contactId))) return invalid(unknownReference('/contactId'));
      await this.codes.put(tx, { contactId, householdId, issuedAt, expiresAt }, codeHash);
      tx.made('access_code', contactId);
      await this.audit.record(tx, { actor: actor.id, action: 'access_code.issued', subject: contactId });
      return ok({ stored: { contactId, householdId, issuedAt, expiresAt }, code, letter });
    });
  }

  find(actor: Actor, householdId: string, contactId: string): Promise<Outcome<AccessCode>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (!(await this.households.inReach(tx, actor.reach, householdId))) return notFound();
      const code = await this.codes.find(tx, householdId, contactId, this.clock.now());
      return code ? ok(code) : notFound();
    });
  }

  /** From now on the code opens nothing. Sessions that were opened with it live on. */
  revoke(actor: Actor, householdId: string, contactId: string): Promise<Outcome<null>> {
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.households.lock(tx, actor.reach, householdId))) return notFound();
      if (!(await this.codes.revoke(tx, householdId, contactId, this.clock.now()))) return notFound();
      await this.audit.record(tx, { actor: actor.id, action: 'access_code.revoked', subject: contactId });
      return ok(null);
    });
  }

  private letter(to: CodeRecipient, code: string, issuedAt: Date, expiresAt: Date): Promise<Buffer> {
    const language = textLanguage(languageFor(to.language, to.councilLanguages));
    const page = `${this.settings.publicAddress}/f/sign-in`;
    const until = dayInWords(dayIn(expiresAt, to.timeZone), language);
    const text = accessCodeLetter({ ...to, contactName: to.name, code, page, until }, language);
    // What follows # is sent to no server and stands in no log.
    const qrCode = `${page}#reference=${encodeURIComponent(to.reference)}&code=${encodeURIComponent(code)}`;
    const writtenOn = dayIn(issuedAt, to.timeZone);
    const recipient = to.address ? recipientLines(to.name, to.address) : [to.name];
    return this.renderer.one(
      { language, councilName: to.councilName, recipient, reference: to.reference, writtenOn, ...text, qrCode },
      issuedAt,
    );
  }
}
