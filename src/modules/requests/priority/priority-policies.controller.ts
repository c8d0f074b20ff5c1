import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Creates,
  Cursors,
  HasNoEffect,
  Makes,
  type Page,
  PageQuery,
  Shows,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { PreviewBody, PreviewView } from './dto/preview.dto.js';
import { PolicyPath, PriorityPolicyBody, PriorityPolicyView } from './dto/priority-policy.dto.js';
import { PreviewService } from './preview.service.js';
import { PriorityPoliciesService } from './priority-policies.service.js';

const LIST = 'priority-policies';

@ApiTags('priority')
@Controller('api/v1/priority-policies')
export class PriorityPoliciesController {
  constructor(
    private readonly policies: PriorityPoliciesService,
    private readonly previews: PreviewService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List priority policies', 'Every version of the scale of points, the latest first.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(PriorityPolicyView)
  async list(@CurrentActor() { councilId }: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<PriorityPolicyView>> {
    const [before] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.policies.list(councilId, before as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ version }) => [version], PriorityPolicyView.of);
  }

  @Get(':version')
  @About('Read a priority policy', 'One version of the scale of points. A version never changes.')
  @Shows('priority_policy', { by: 'version' })
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(PriorityPolicyView, 'as it was made: a version never changes')
  async get(@CurrentActor() { councilId }: Actor, @Param() { version }: PolicyPath): Promise<PriorityPolicyView> {
    return PriorityPolicyView.of(orProblem(await this.policies.find(councilId, version)));
  }

  @Post('preview')
  @About('Preview a priority policy', 'The queue as it would be under a draft, and who would move how far. Nothing is stored.')
  @HasNoEffect()
  @Rights('settings:write', 'council_manager')
  @Answers(PreviewView, 'the queue as it would be, and who would move how far; nothing is stored')
  async preview(@CurrentActor() { councilId }: Actor, @Body() body: PreviewBody): Promise<PreviewView> {
    return PreviewView.of(orProblem(await this.previews.preview(councilId, body.criteria, body.class ?? 'computer')));
  }

  @Post()
  @About('Add a priority policy', 'A new version of the scale of points. From its first day on, every line is scored by it.')
  @Makes('priority_policy')
  @Rights('settings:write', 'council_manager')
  @Creates(PriorityPolicyView, 'a new version; those before it stay')
  async add(@CurrentActor() actor: Actor, @Body() body: PriorityPolicyBody): Promise<PriorityPolicyView> {
    return PriorityPolicyView.of(orProblem(await this.policies.add(actor, PriorityPolicyBody.toDraft(body))));
  }
}
