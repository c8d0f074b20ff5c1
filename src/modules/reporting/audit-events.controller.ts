import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { About, AnswersPage, Cursors, type Page } from '../../platform/http/index.js';
import type { Actor } from '../councils/index.js';
import { CurrentActor, Rights } from '../councils/http.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditEventsQuery, AuditEventView } from './dto/audit-event.dto.js';

const LIST = 'audit-events in order';

@ApiTags('audit')
@Controller('api/v1/audit-events')
export class AuditEventsController {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List audit events', 'Who did what, the newest first. Nothing is ever changed or removed.')
  @Rights('audit:read', 'council_manager', 'auditor')
  @AnswersPage(AuditEventView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...filter }: AuditEventsQuery): Promise<Page<AuditEventView>> {
    const [before] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.events.page(actor.councilId, filter, before as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ ordinal }) => [ordinal], AuditEventView.of);
  }
}
