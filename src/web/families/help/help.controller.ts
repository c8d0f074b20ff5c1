import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, showPage } from '../../../platform/http/index.js';
import { HelpTextsService, TrainingSessionsService } from '../../../modules/help/index.js';
import { CouncilAtDoor } from '../../parts/council-at-door.service.js';
import { FAMILY_POLICY } from '../../parts/layout.js';
import { languageOf } from '../../parts/visitor-language.js';
import { helpPage } from './help.page.js';

/** Help with what was lent, for anybody: of the council at the door, or as it was shipped where there are none or several. */
@Controller('help')
@ApiExcludeController()
export class HelpPageController {
  constructor(
    private readonly door: CouncilAtDoor,
    private readonly texts: HelpTextsService,
    private readonly sessions: TrainingSessionsService,
  ) {}

  @Get()
  @Public()
  async show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const council = await this.door.find();
    const language = languageOf(request, council?.locale);
    const texts = await this.texts.shown(council?.id ?? null, language);
    const workshop = council && (await this.sessions.next(council.id));
    void reply.header('content-security-policy', FAMILY_POLICY);
    void reply.header('cache-control', 'private, no-cache');
    return showPage(reply, helpPage({ language, council, texts, workshop }));
  }
}
