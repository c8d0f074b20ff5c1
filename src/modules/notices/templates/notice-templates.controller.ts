import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, HasNoEffect, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import {
  NoticeTemplateBody,
  NoticeTemplatesView,
  NoticeTemplateView,
  TemplatePath,
  TemplatePreviewBody,
  TemplatePreviewView,
} from './dto/notice-template.dto.js';
import { NoticeTemplatesService } from './notice-templates.service.js';

@ApiTags('notices')
@Controller('api/v1/notice-templates')
export class NoticeTemplatesController {
  constructor(private readonly templates: NoticeTemplatesService) {}

  @Get()
  @About('List notice templates', 'The texts that the council has written in place of the shipped ones.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(NoticeTemplatesView)
  async list(@CurrentActor() actor: Actor): Promise<NoticeTemplatesView> {
    return { templates: (await this.templates.list(actor.councilId)).map(NoticeTemplateView.of) };
  }

  @Post('preview')
  @About('Preview a notice template', 'What a text would say of a real thing, or of a sample. Nothing is stored or sent.')
  @HasNoEffect()
  @Rights('settings:write', 'council_manager')
  @Answers(TemplatePreviewView, 'what the text would say; nothing is stored or sent')
  async preview(@CurrentActor() actor: Actor, @Body() body: TemplatePreviewBody): Promise<TemplatePreviewView> {
    const { trigger, channel, language, subject = null, body: text, about = null } = body;
    const key = { trigger, channel, language };
    return TemplatePreviewView.of(orProblem(await this.templates.preview(actor, key, { subject, body: text }, about)));
  }

  @Get(':trigger/:channel/:language')
  @About('Read a notice template', 'The council’s text, or the shipped one, whose ETag is `"0"`.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(NoticeTemplateView)
  async get(@CurrentActor() actor: Actor, @Param() key: TemplatePath): Promise<NoticeTemplateView> {
    return NoticeTemplateView.of(orProblem(await this.templates.get(actor.councilId, key)));
  }

  @Put(':trigger/:channel/:language')
  @About('Replace a notice template', 'Writes the council’s own text of one trigger, channel and language.')
  @Rights('settings:write', 'council_manager')
  @Answers(NoticeTemplateView)
  async replace(
    @CurrentActor() actor: Actor,
    @Param() key: TemplatePath,
    @IfMatch() expected: ExpectedVersion,
    @Body() { subject = null, body }: NoticeTemplateBody,
  ): Promise<NoticeTemplateView> {
    return NoticeTemplateView.of(orProblem(await this.templates.replace(actor, key, expected, { subject, body })));
  }
}
