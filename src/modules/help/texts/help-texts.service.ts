import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, type Outcome, stale } from '../../../shared/denial.js';
import type { TextLanguage } from '../../../shared/language.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { helpTextFaults, type HelpTextInUse, helpTextsIn } from '../domain/help-texts.rules.js';
import type { HelpText } from '../domain/help-topics.js';
import { HelpTextsRepository, type OwnHelpTexts } from './help-texts.repository.js';

/** Reads and replaces what a council tells families about their equipment. */
@Injectable()
export class HelpTextsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly texts: HelpTextsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(councilId: string): Promise<OwnHelpTexts> {
    return this.transactions.read(councilId, (tx) => this.texts.read(tx));
  }

  /** What anybody reads at the door of a council; without a council, what was shipped. */
  async shown(councilId: string | null, language: TextLanguage): Promise<HelpTextInUse[]> {
    return helpTextsIn(language, councilId === null ? [] : (await this.get(councilId)).texts);
  }

  /** Replaces all texts of the council; the shipped one holds again where it has none. */
  replace(actor: Actor, expected: ExpectedVersion, texts: readonly HelpText[]): Promise<Outcome<OwnHelpTexts>> {
    return this.transactions.write(actor, async (tx) => {
      const present = await this.texts.lock(tx);
      if (!isExpected(expected, present.version)) return stale();
      const faults = helpTextFaults(texts);
      if (faults.length > 0) return invalid(...faults);
      const now = this.clock.now();
      if (present.version === null) {
        if (!(await this.texts.insert(tx, texts, now))) return stale();
      } else {
        await this.texts.replace(tx, texts, now);
      }
      await this.audit.record(tx, { actor: actor.id, action: 'help_texts.replaced', subject: actor.councilId, fields: ['texts'] });
      return ok({ texts, version: (present.version ?? 0) + 1, updatedAt: now });
    });
  }
}
