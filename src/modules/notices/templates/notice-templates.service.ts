import { Injectable } from '@nestjs/common';
import { Audit, Clock, Settings, Transactions } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, stale, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { hasRequiredFacts } from '../domain/triggers.js';
import type { NoticeText } from '../domain/channels.js';
import { MessagesRepository, type PreviewSubject } from '../sending/messages.repository.js';
import { NoticeTemplatesRepository, type StoredTemplate, type TemplateKey, type TemplateText } from './notice-templates.repository.js';
import { shippedTemplate } from './shipped.js';
import { type SmsParts, smsParts } from './sms-parts.js';
import { reviewTemplate } from './template-faults.js';
import { writeFrom } from '../sending/write-message.js';

/** The text that is used: the council's own, or the shipped one, whose version is null. */
export interface TemplateInUse extends TemplateKey, TemplateText {
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

export interface PreviewedText {
  readonly text: NoticeText;
  readonly sms: SmsParts | null;
}

/** Reads, replaces and previews the texts of notices, which councils may write themselves. */
@Injectable()
export class NoticeTemplatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly templates: NoticeTemplatesRepository,
    private readonly messages: MessagesRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Returns the texts that the council has written. */
  list(councilId: string): Promise<StoredTemplate[]> {
    return this.transactions.read(councilId, (tx) => this.templates.list(tx));
  }

  get(councilId: string, key: TemplateKey): Promise<Outcome<TemplateInUse>> {
    return this.transactions.read(councilId, async (tx) => {
      const own = await this.templates.find(tx, key);
      if (own) return ok(own);
      const shipped = shippedTemplate(key.trigger, key.channel, key.language);
      return shipped ? ok({ ...shipped, version: null, updatedAt: null }) : notFound();
    });
  }

  replace(actor: Actor, key: TemplateKey, expected: ExpectedVersion, text: TemplateText): Promise<Outcome<TemplateInUse>> {
    const { faults } = reviewTemplate({ ...key, ...text });
    return this.transactions.write(actor, async (tx) => {
      const present = await this.templates.lock(tx, key);
      if (!isExpected(expected, present?.version ?? null)) return stale();
      if (faults.length > 0) return invalid(...faults);
      const now = this.clock.now();
      if (present) await this.templates.replace(tx, key, text, now);
      else if (!(await this.templates.insert(tx, key, text, now))) return stale();
      const fields = [key.trigger, key.channel, key.language];
      await this.audit.record(tx, { actor: actor.id, action: 'notice_template.replaced', subject: actor.councilId, fields });
      return ok({ ...key, ...text, version: (present?.version ?? 0) + 1, updatedAt: now });
    });
  }

  /** Shows a text as it would be sent: about a real thing to the first person who would get it, or with sample facts. */
  async preview(actor: Actor, key: TemplateKey, text: TemplateText, about: PreviewSubject | null): Promise<Outcome<PreviewedText>> {
    const template = { ...key, ...text };
    const review = reviewTemplate(template);
    if (review.faults.length > 0 || review.preview === null) return invalid(...review.faults);
    if (about === null) return ok({ text: review.preview, sms: review.sms });
    if (Object.values(about).filter((id) => id !== undefined).length > 1) return invalid(cannot('must name one thing'));
    return this.transactions.read(actor.councilId, async (tx) => {
      const now = this.clock.now();
      const notice = await this.messages.previewNotice(tx, key.trigger, about, now);
      if (!notice) return invalid(unknownReference('/about'));
      if (!notice.contact) return invalid(cannot('has nobody who is to be told'));
      if (!hasRequiredFacts(key.trigger, notice)) return invalid(cannot(`is nothing that ${key.trigger} tells of`));
      const written = writeFrom([{ notice, template }], key.channel, key.language, now, this.settings.publicAddress);
      return ok({ text: written, sms: key.channel === 'sms' ? smsParts(written.body) : null });
    });
  }
}

const cannot = (message: string): Fault => ({ pointer: '/about', code: 'NOT_TELLABLE', message });
