import { Body, Controller, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OnlineAgreementService } from '../../../modules/loans/index.js';
import { IdPath, showPage } from '../../../platform/http/index.js';
import { orProblem } from '../../../platform/index.js';
import { textIn } from '../../parts/forms.js';
import { wordsOfDenial } from '../../parts/problems/problem-words.js';
import { GetAsFamily, PostAsFamily } from '../../parts/signed-in/as-family.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { agreementPage, agreementPath } from './agreement.page.js';
import { readSignature } from './read-signature.js';

/** The page on which a family reads and signs the agreement of a loan. */
@ApiExcludeController()
@Controller('f/loans/:id/agreement')
export class AgreementPageController {
  constructor(private readonly agreements: OnlineAgreementService) {}

  @GetAsFamily()
  async read(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Res() reply: FastifyReply): Promise<void> {
    const agreement = orProblem(await this.agreements.read(visit.actor, id, visit.language));
    await reply.send(showPage(reply, agreementPage({ visit, agreement })));
  }

  @PostAsFamily()
  async sign(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const given = { name: textIn(body, 'name'), isAgreed: textIn(body, 'agree') === 'yes' };
    const name = readSignature(body);
    const [termsVersion, language, textHash] = [textIn(body, 'termsVersion'), textIn(body, 'language'), textIn(body, 'textHash')];
    const signature = { method: 'online', termsVersion, language, textHash } as const;
    const signed = name.ok
      ? await this.agreements.sign(visit.actor, visit.actor.family, id, { signatoryName: name.value, ...signature })
      : null;
    if (signed?.ok) return reply.status(303).header('location', agreementPath(id)).send();
    const agreement = orProblem(await this.agreements.read(visit.actor, id, visit.language));
    const refusals = signed ? wordsOfDenial(signed.reason, visit.language) : [];
    const page = agreementPage({ visit, agreement, given, ...(!name.ok && { wrong: name.reason }), refusals });
    await reply.status(422).send(showPage(reply, page));
  }
}
