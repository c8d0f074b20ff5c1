import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, showPage } from '../../platform/http/index.js';
import { Settings } from '../../platform/index.js';
import { CouncilAtDoor } from '../parts/council-at-door.service.js';
import { FAMILY_POLICY } from '../parts/layout.js';
import { languageOf } from '../parts/visitor-language.js';
import { homePage } from './home.page.js';

/** The page at the root address: who comes finds here where to go. */
@Controller()
@ApiExcludeController()
export class HomeController {
  constructor(
    private readonly door: CouncilAtDoor,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Public()
  async show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const council = await this.door.find();
    void reply.header('content-security-policy', FAMILY_POLICY);
    return showPage(reply, homePage({ council, showsMessages: this.settings.showMessages }, languageOf(request, council?.locale)));
  }
}
