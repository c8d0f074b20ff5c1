import { Body, Controller, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SitesService } from '../../../modules/councils/index.js';
import { FindLoansService, type IncidentKind, IncidentService, type LoanRecord, RenewalService } from '../../../modules/loans/index.js';
import { Field, IdPath, showPage } from '../../../platform/http/index.js';
import { Clock, orProblem } from '../../../platform/index.js';
import type { Denial } from '../../../shared/denial.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { wordsOfDenial } from '../../parts/problems/problem-words.js';
import { fieldsOfForm } from '../../parts/signed-in/carried-fields.js';
import { GetAsFamily, PostAsFamily } from '../../parts/signed-in/as-family.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { DonePath, goOn } from './done-path.js';
import { FamilyFileService } from './family-file.service.js';
import { loanPage, type LoanPageFacts, TROUBLES } from './loan.page.js';
import { doneOf } from './parts.js';
import { MOST_NUMBER, MOST_TEXT, saidText } from './said-text.js';

class ItemPath extends IdPath {
  @Field.uuid()
  itemId: string;
}

interface Report {
  readonly kind: IncidentKind;
  readonly description: string;
  readonly policeReportReference: string | null;
}

/** What somebody reads off the page that a form came from; nothing where it is not a number. */
const numberIn = (fields: Fields, name: string): number | null =>
  /^\d{1,9}$/.test(textIn(fields, name)) ? Number(textIn(fields, name)) : null;

/** What a family has on loan: to keep it longer, to say that it is back, or what has happened to it. */
@Controller('f/loans')
@ApiExcludeController()
export class FamilyLoansController {
  constructor(
    private readonly files: FamilyFileService,
    private readonly loans: FindLoansService,
    private readonly sites: SitesService,
    private readonly renewals: RenewalService,
    private readonly incidents: IncidentService,
    private readonly clock: Clock,
  ) {}

  @GetAsFamily(':id')
  show(
    @Visit() visit: FamilyVisit,
    @Param() { id }: IdPath,
    @Query() { done }: DonePath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page(visit, id, reply, { told: { done: doneOf(done) } });
  }

  /** The form says which version of the loan it was about, so that the same form that is sent twice renews once. */
  @PostAsFamily(':id/renew')
  async renew(
    @Visit() visit: FamilyVisit,
    @Param() { id }: IdPath,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const fields = fieldsOfForm(body);
    const [version, before] = [numberIn(fields, 'version'), numberIn(fields, 'renewals')];
    const byPolicy = { dueOn: null, reason: null, override: null };
    const renewed = await this.renewals.renew(visit.actor, id, byPolicy, version === null ? [] : [version]);
    if (renewed.ok) return goOn(reply, `/f/loans/${id}`, 'doneRenewed');
    const now = await this.loan(visit, id);
    if (renewed.reason.kind === 'stale' && before !== null && now.renewals > before) return goOn(reply, `/f/loans/${id}`, 'doneRenewed');
    return this.refuse(visit, id, renewed.reason, reply);
  }

  @PostAsFamily(':id/items/:itemId/brought-back')
  async broughtBack(
    @Visit() visit: FamilyVisit,
    @Param() path: ItemPath,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const fields = fieldsOfForm(body);
    const where = saidText(fields, `where-${path.itemId}`, { most: MOST_TEXT });
    if (where.text === null) return this.giveBack(visit, path, fields, { [`where-${path.itemId}`]: where.wrong }, reply);
    return this.report(visit, path, { kind: 'claimed_returned', description: where.text, policeReportReference: null }, fields, reply);
  }

  @PostAsFamily(':id/items/:itemId/trouble')
  async trouble(
    @Visit() visit: FamilyVisit,
    @Param() path: ItemPath,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const fields = fieldsOfForm(body);
    const [kindField, storyField, policeField] = [`kind-${path.itemId}`, `story-${path.itemId}`, `police-${path.itemId}`];
    const kind = TROUBLES.find((each) => each === textIn(fields, kindField));
    const story = saidText(fields, storyField, { most: MOST_TEXT });
    const police = saidText(fields, policeField, { most: MOST_NUMBER, isOptional: true });
    if (!kind || story.text === null || police.wrong) {
      const wrong = { [kindField]: kind ? undefined : ('CHOOSE' as const), [storyField]: story.wrong, [policeField]: police.wrong };
      return this.giveBack(visit, path, fields, wrong, reply);
    }
    return this.report(visit, path, { kind, description: story.text, policeReportReference: police.text }, fields, reply);
  }

  /** What was reported already is as good as reported: the same form was sent twice. */
  private async report(visit: FamilyVisit, path: ItemPath, report: Report, fields: Fields, reply: FastifyReply): Promise<string> {
    const { id, itemId } = path;
    const reportedOn = this.clock.today(visit.council.timeZone);
    const reported = await this.incidents.report(visit.actor, id, { itemId, reportedOn, ...report });
    if (reported.ok || (await this.isReported(visit, path, report.kind, reported.reason))) {
      return goOn(reply, `/f/loans/${id}`, report.kind === 'claimed_returned' ? 'doneClaimed' : 'doneReported');
    }
    return this.refuse(visit, id, reported.reason, reply, { itemId, fields, wrong: {} });
  }

  private async isReported(visit: FamilyVisit, { id, itemId }: ItemPath, kind: IncidentKind, denial: Denial): Promise<boolean> {
    if (denial.kind !== 'refused') return false;
    if (denial.reasons.some(({ code }) => code === 'INCIDENT_ALREADY_OPEN')) return true;
    const { items } = await this.loan(visit, id);
    return items.some((item) => item.id === itemId && item.state === kind);
  }

  private async loan({ actor }: FamilyVisit, id: string): Promise<LoanRecord> {
    return orProblem(await this.loans.get(actor, id));
  }

  private giveBack(
    visit: FamilyVisit,
    { id, itemId }: ItemPath,
    fields: Fields,
    wrong: NonNullable<LoanPageFacts['typed']>['wrong'],
    reply: FastifyReply,
  ): Promise<string> {
    return this.page(visit, id, reply.status(422), { told: {}, typed: { itemId, fields, wrong } });
  }

  private refuse(visit: FamilyVisit, id: string, denial: Denial, reply: FastifyReply, typed?: LoanPageFacts['typed']): Promise<string> {
    return this.page(visit, id, reply.status(422), { told: { refusals: wordsOfDenial(denial, visit.language) }, typed });
  }

  private async page(visit: FamilyVisit, id: string, reply: FastifyReply, shown: Pick<LoanPageFacts, 'told' | 'typed'>): Promise<string> {
    const loan = await this.loan(visit, id);
    const site = orProblem(await this.sites.get(visit.actor.councilId, loan.siteId));
    return showPage(reply, loanPage({ visit, site, ...this.files.asShown(loan), ...shown }));
  }
}
