import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { hasText, preferredLanguage } from '../../../shared/language.js';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersOrShows, Public, showPage } from '../../../platform/http/index.js';
import { prefersPage } from '../../../shared/quality-values.js';
import { CouncilCodePath } from '../priority/dto/priority-policy.dto.js';
import { PublicLotteryQuery, PublicLotteryView } from './dto/cycle.dto.js';
import { lotteryPage } from './lottery.page.js';
import { LotteryService } from './lottery.service.js';

/** Shows a council's lottery to anybody: the commitments, and what can be checked. */
@ApiTags('priority')
@Controller('api/v1/public/:councilCode/cycles')
export class PublicLotteryController {
  constructor(private readonly lottery: LotteryService) {}

  @Get()
  @About(
    'Read the public lottery',
    'What anybody needs to check the tickets: as data, or as a page for people, where the council publishes it.',
  )
  @Public()
  @AnswersOrShows(PublicLotteryView)
  async get(
    @Param() { councilCode }: CouncilCodePath,
    @Query() { householdId }: PublicLotteryQuery,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicLotteryView | string> {
    const found = orProblem(await this.lottery.forPublic(councilCode));
    const view = PublicLotteryView.of(found, householdId ?? null);
    return prefersPage(accept) ? showPage(reply, lotteryPage(view, preferredLanguage(language, hasText) ?? found.council.locale)) : view;
  }
}
