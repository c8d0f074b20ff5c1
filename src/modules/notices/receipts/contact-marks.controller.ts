import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, AnswersPage, Changes, Cursors, IdPath, type Page, Shows } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ContactMarksService } from './contact-marks.service.js';
import { ClearingBody, ContactMarksQuery, ContactMarkView } from './dto/contact-mark.dto.js';

const LIST = 'contact-marks';

@ApiTags('notices')
@Controller('api/v1/contact-marks')
export class ContactMarksController {
  constructor(
    private readonly marks: ContactMarksService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List unreachable numbers and addresses', 'Telephones and mailboxes at which messages did not arrive, or that want no more.')
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(ContactMarkView)
  async list(@CurrentActor() actor: Actor, @Query() { householdId, limit, cursor }: ContactMarksQuery): Promise<Page<ContactMarkView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.marks.list(actor, householdId, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], ContactMarkView.of);
  }

  @Post(':id/clearing')
  @About('Clear a mark', 'With a reason: the number or address is tried again.')
  @Changes('contact_mark')
  @Rights('notices:write', 'council_manager', 'school_administrator')
  @Answers(ContactMarkView)
  async clear(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { reason }: ClearingBody): Promise<ContactMarkView> {
    return ContactMarkView.of(orProblem(await this.marks.clear(actor, id, reason)));
  }

  @Shows('contact_mark')
  async shown(actor: Actor, { id }: IdPath): Promise<ContactMarkView> {
    return ContactMarkView.of(orProblem(await this.marks.find(actor, id)));
  }
}
