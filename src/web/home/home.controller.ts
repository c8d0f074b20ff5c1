import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerNetworkOf, Public, RateLimiter, showPage } from '../../platform/http/index.js';
import { Settings } from '../../platform/index.js';
import { CouncilAtDoor } from '../parts/council-at-door.service.js';
import { FAMILY_POLICY } from '../parts/layout.js';
import { FamilyPageFilter } from '../parts/signed-in/family-page.filter.js';
import { languageOf } from '../parts/visitor-language.js';
import { homePage } from './home.page.js';

/** Of more than these somebody types a longer part of the name. */
const MOST_FOUND = 10;
const LONGEST_PLACE = 60;

/** The page at the root address: who comes finds here where to go. */
@Controller()
@ApiExcludeController()
@UseFilters(FamilyPageFilter)
export class HomeController {
  constructor(
    private readonly door: CouncilAtDoor,
    private readonly rates: RateLimiter,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Public()
  async show(
    @Query('place') place: unknown,
    @Query('council') code: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const council = await this.door.find(typedText(code));
    const open = await this.door.open();
    const sought = open === 'several' ? typedText(place) : '';
    if (sought !== '') await this.rates.count(`visitor ${callerNetworkOf(request.ip)}`, reply);
    const families = { open, sought, found: sought === '' ? [] : await this.door.search(sought, MOST_FOUND) };
    void reply.header('content-security-policy', FAMILY_POLICY);
    return showPage(
      reply,
      homePage({ council, showsMessages: this.settings.showMessages, families }, languageOf(request, council?.locale)),
    );
  }
}

/** What somebody typed into the address; nothing where it is not one text. */
const typedText = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, LONGEST_PLACE) : '');
