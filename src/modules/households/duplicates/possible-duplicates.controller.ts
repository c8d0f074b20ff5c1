import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersNothing, AnswersPage, Cursors, IdPath, type Page, PageQuery } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { PossibleDuplicatesService } from './possible-duplicates.service.js';
import { KeptDuplicateView } from './dto/possible-duplicate.dto.js';

const LIST = 'possible-duplicates';

@ApiTags('households')
@Controller('api/v1/possible-duplicates')
export class PossibleDuplicatesController {
  constructor(
    private readonly duplicates: PossibleDuplicatesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'List possible duplicates',
    'Pairs of files that may be of one family and that nobody has settled, also where whoever wrote the later one may not see the other.',
  )
  @Rights('households:read', 'council_manager')
  @AnswersPage(KeptDuplicateView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<KeptDuplicateView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.duplicates.list(actor.councilId, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], KeptDuplicateView.of);
  }

  @Delete(':id')
  @About('Settle a possible duplicate', 'Looked at: the pair leaves the list for good, and neither file changes.')
  @Rights('households:write', 'council_manager')
  @AnswersNothing()
  async settle(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<void> {
    orProblem(await this.duplicates.settle(actor, id));
  }
}
