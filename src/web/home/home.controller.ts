import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CouncilsService } from '../../modules/councils/index.js';
import { Settings } from '../../platform/index.js';
import { Public, showPage } from '../../platform/http/index.js';
import { hasText, preferredLanguage } from '../../shared/language.js';
import { homePage } from './home.page.js';
import { HOME_POLICY } from './home.style.js';

/** The page at the root address: it says what this program is, and where to go. */
@Controller()
@ApiExcludeController()
export class HomeController {
  constructor(
    private readonly councils: CouncilsService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Public()
  async show(@Headers('accept-language') language: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const council = await this.councils.only();
    void reply.header('content-security-policy', HOME_POLICY);
    const asked = preferredLanguage(language, hasText) ?? council?.locale ?? '';
    return showPage(reply, homePage({ council, showsMessages: this.settings.showMessages }, asked));
  }
}
