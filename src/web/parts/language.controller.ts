import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { HasNoEffect, Public } from '../../platform/http/index.js';
import { Settings } from '../../platform/index.js';
import { textLanguageOf } from '../../shared/language.js';
import { FORM, textIn } from './forms.js';
import { localPath } from './local-path.js';
import { rememberLanguage } from './visitor-language.js';

/**
 * Takes the choice of a language from the head of any page, and goes back there. Another site that sends this form changes the language
 * that somebody reads, and nothing else, so the form needs no proof of where it came from.
 */
@Controller('language')
@ApiExcludeController()
export class LanguageController {
  constructor(private readonly settings: Settings) {}

  @Post()
  @Public()
  @HasNoEffect()
  @RouteConfig({ consumes: FORM })
  choose(@Body() fields: unknown, @Res({ passthrough: true }) reply: FastifyReply): void {
    const language = textLanguageOf(textIn(fields, 'language'));
    if (language) rememberLanguage(reply, language, { secure: this.settings.secureCookies });
    void reply.status(303).header('location', localPath(textIn(fields, 'to')));
  }
}
