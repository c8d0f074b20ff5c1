import { Body, Controller, Get, Param, Post, Redirect, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerNetworkOf, Field, HasNoEffect, Public, RateLimiter, showPage } from '../../../platform/http/index.js';
import { Problem, Settings } from '../../../platform/index.js';
import { MOST_CHILDREN, VisitorPlanService } from '../../../modules/needs/index.js';
import { type TextLanguage, textLanguageOf } from '../../../shared/language.js';
import { CouncilAtDoor } from '../../parts/council-at-door.service.js';
import { type Fields, FORM, textIn } from '../../parts/forms.js';
import { FAMILY_POLICY } from '../../parts/layout.js';
import { languageOf, rememberLanguage } from '../../parts/visitor-language.js';
import { keptAnswers, NO_ANSWERS, type PlanAnswers } from './answers.js';
import { type QuestionPageFacts, questionPage } from './plan-question.page.js';
import { WEEK, weekPage } from './plan-week.page.js';
import { FIRST, openQuestion, type Question, questionAfter, questionBefore, questionNamed } from './questions.js';
import { fieldsOf, readQuestion } from './read-question.js';
import { visitorHousehold } from './visitor-household.js';

class QuestionPath {
  @Field.label()
  question: string;
}

/** Who asks, and in which language. */
interface Visitor {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly council: { readonly id: string; readonly name: string } | null;
  readonly language: TextLanguage;
}

/**
 * How to share what there is at home, for anybody: nobody signs in and nothing is kept, not even which answers came. So a form from elsewhere
 * can do nothing to anybody, and needs no proof of where it came from.
 */
@Controller('plan')
@ApiExcludeController()
export class VisitorPlanController {
  constructor(
    private readonly door: CouncilAtDoor,
    private readonly plans: VisitorPlanService,
    private readonly rates: RateLimiter,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Public()
  async begin(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.ask(await this.visitor(request, reply), FIRST, NO_ANSWERS);
  }

  /** Who comes to a question by its address has answered none of those before. */
  @Get(':question')
  @Public()
  @Redirect('/plan', 303)
  beginAgain(): void {
    // The decorator says it all.
  }

  @Post(':question')
  @Public()
  @HasNoEffect()
  @RouteConfig({ consumes: FORM })
  async answer(
    @Param() { question: name }: QuestionPath,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.status(200);
    const asked = textLanguageOf(textIn(body, 'language'));
    if (asked) rememberLanguage(reply, asked, { secure: this.settings.secureCookies });
    const visitor = await this.visitor(request, reply, asked);
    const answers = keptAnswers(textIn(body, 'answers'));
    if (!answers) return this.ask(visitor, FIRST, NO_ANSWERS, { trouble: 'lost' });
    const go = textIn(body, 'go');
    const question = questionNamed(name, answers);
    if (!question) return go === 'change' ? this.ask(visitor, FIRST, answers) : this.show(visitor, name === WEEK ? null : FIRST, answers);
    if (asked) return this.ask(visitor, question, answers);
    if (go === 'back') return this.ask(visitor, questionBefore(question, answers), answers);
    if (go === 'remove' && question.about === 'child') return this.withoutChild(visitor, question, answers);
    return this.read(visitor, question, body as Fields, answers);
  }

  private withoutChild(visitor: Visitor, question: Question & { about: 'child' }, answers: PlanAnswers) {
    const children = answers.children.filter((_, place) => place !== question.number - 1);
    const left = { ...answers, children };
    return this.ask(visitor, questionBefore(question, left), left);
  }

  /** Goes on from an answer, or shows what is wrong with it. */
  private read(visitor: Visitor, question: Question, fields: Fields, answers: PlanAnswers): Promise<string> | string {
    const read = readQuestion(question, fields, answers);
    if (!read.ok) return this.ask(visitor, question, answers, { fields, wrong: read.reason });
    const { children } = read.value;
    const isMore = textIn(fields, 'go') === 'more' && question.about === 'child' && children.length < MOST_CHILDREN;
    if (isMore) return this.ask(visitor, { about: 'child', number: children.length + 1 }, read.value);
    return this.show(visitor, questionAfter(question, read.value), read.value);
  }

  /** The question, or the week where there is none left. */
  private async show(visitor: Visitor, question: Question | null, answers: PlanAnswers): Promise<string> {
    const open = question ?? openQuestion(answers);
    if (open) return this.ask(visitor, open, answers);
    const { request, reply, council, language } = visitor;
    const caller = `visitor ${callerNetworkOf(request.ip)}`;
    try {
      await this.rates.count(caller, reply);
      const plan = await this.plans.make(visitorHousehold(answers, language), council?.id ?? null, language, caller);
      return showPage(reply, weekPage({ language, councilName: council?.name ?? null, answers, plan }));
    } catch (error) {
      if (!(error instanceof Problem) || ![429, 503].includes(error.status)) throw error;
      void reply.status(error.status).header('retry-after', error.details.headers?.['retry-after'] ?? '2');
      return this.ask(visitor, { about: 'alone' }, answers, { trouble: 'busy' });
    }
  }

  private ask(
    { reply, council, language }: Visitor,
    question: Question,
    answers: PlanAnswers,
    { fields = fieldsOf(question, answers), wrong, trouble }: Partial<Pick<QuestionPageFacts, 'fields' | 'wrong' | 'trouble'>> = {},
  ): string {
    if (wrong || trouble === 'lost') void reply.status(422);
    return showPage(reply, questionPage({ language, councilName: council?.name ?? null, question, answers, fields, wrong, trouble }));
  }

  private async visitor(request: FastifyRequest, reply: FastifyReply, asked: TextLanguage | null = null): Promise<Visitor> {
    const council = await this.door.find();
    void reply.header('content-security-policy', FAMILY_POLICY);
    // Not `no-store`: the browser's own way back leads through these answers, and would ask whether to send the form again.
    void reply.header('cache-control', 'private, no-cache');
    return { request, reply, council, language: asked ?? languageOf(request, council?.locale) };
  }
}
