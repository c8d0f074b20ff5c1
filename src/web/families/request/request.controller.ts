import { Body, Controller, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequestsService, SendRequestService, AskingService } from '../../../modules/requests/index.js';
import { IdPath, showPage } from '../../../platform/http/index.js';
import { orProblem } from '../../../platform/index.js';
import { textIn } from '../../parts/forms.js';
import { wordsOfDenial } from '../../parts/problems/problem-words.js';
import { GetAsFamily, PostAsFamily } from '../../parts/signed-in/as-family.js';
import { fieldsOfForm } from '../../parts/signed-in/carried-fields.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { nameOf } from '../questions/home-questions.js';
import { AnswerForm } from './answer-form.js';
import { checkPage } from './check.page.js';
import { questionPage } from './question.page.js';
import { CHECK, FIRST, openPage, questionNamed } from './questions.js';
import { QuestionChoices } from './question-choices.js';
import { sentPage } from './sent.page.js';

const HOME = '/f/request';

/** How a family asks: one question a page, each answer kept, a page that shows everything, and the sending. */
@Controller('f/request')
@ApiExcludeController()
export class FamilyRequestController {
  constructor(
    private readonly asking: AskingService,
    private readonly form: AnswerForm,
    private readonly choices: QuestionChoices,
    private readonly sender: SendRequestService,
    private readonly requests: RequestsService,
  ) {}

  /** Goes on where the family stopped; who begins sees every question, with what the file says already. */
  @GetAsFamily()
  async goOn(@Visit() { actor }: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { requestId, answers } = await this.asking.find(actor);
    seeOther(reply, `${HOME}/${requestId === null ? nameOf(FIRST) : openPage(answers)}`);
  }

  @GetAsFamily('check')
  async check(@Visit() visit: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    return this.showCheck(visit, reply);
  }

  @GetAsFamily('sent/:id')
  async sent(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return showPage(reply, sentPage(visit, orProblem(await this.requests.get(visit.actor, id))));
  }

  @GetAsFamily(':question')
  async ask(
    @Visit() visit: FamilyVisit,
    @Param('question') name: unknown,
    @Query('from') from: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { answers } = await this.asking.find(visit.actor);
    const question = questionNamed(String(name), answers);
    if (!question) {
      seeOther(reply, HOME);
      return undefined;
    }
    return showPage(reply, questionPage(await this.form.facts(visit, question, answers, { isFromCheck: from === CHECK })));
  }

  @PostAsFamily('send')
  async send(
    @Visit() visit: FamilyVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const sent = await this.sender.send(visit.actor, textIn(body, 'request'));
    if (sent.ok) {
      seeOther(reply, `${HOME}/sent/${sent.value}`);
      return undefined;
    }
    if (sent.reason.kind === 'not_found') {
      seeOther(reply, HOME);
      return undefined;
    }
    return this.showCheck(visit, reply, wordsOfDenial(sent.reason, visit.language));
  }

  @PostAsFamily('forget')
  async forget(@Visit() { actor }: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.asking.forget(actor);
    seeOther(reply, '/f');
  }

  @PostAsFamily(':question')
  async answer(
    @Visit() visit: FamilyVisit,
    @Param('question') name: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const answered = await this.form.answer(visit, String(name), fieldsOfForm(body));
    if ('next' in answered) {
      seeOther(reply, `${HOME}/${answered.next}`);
      return undefined;
    }
    void reply.status(answered.status);
    return showPage(reply, questionPage(answered.facts));
  }

  /** Where something is not answered yet, it is asked instead. */
  private async showCheck(visit: FamilyVisit, reply: FastifyReply, against: readonly string[] = []): Promise<string | undefined> {
    const { requestId, answers } = await this.asking.find(visit.actor);
    const open = openPage(answers);
    if (requestId === null || open !== CHECK) {
      seeOther(reply, HOME);
      return undefined;
    }
    if (against.length > 0) void reply.status(409);
    const names = await this.choices.names(visit.actor.councilId, answers);
    return showPage(reply, checkPage({ visit, requestId, answers, ...names, against }));
  }
}

function seeOther(reply: FastifyReply, location: string): void {
  void reply.status(303).header('location', location);
}
