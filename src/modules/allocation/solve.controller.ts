import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Answers, HasNoEffect, Problem } from '../../platform/index.js';
import { Rights } from '../councils/index.js';
import { parseRound } from './domain/parse-round.js';
import type { RoundResult } from './domain/round.js';
import { roundResult } from './domain/round-result.js';
import { RoundBody, RoundResultView } from './dto/round.dto.js';

@ApiTags('allocation')
@Controller('api/v1/allocation')
export class SolveController {
  /** The body is read by the engine's own rules, which the command line has too; `RoundBody` describes them. */
  @Post('solve')
  @HasNoEffect()
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @ApiBody({ type: RoundBody })
  @Answers(RoundResultView, 'who is served from which pool, and why others are not; nothing is stored')
  solve(@Body() body: unknown): RoundResult {
    const round = parseRound(body);
    if (!round.ok) throw Problem.ofBody(round.reason);
    return roundResult(round.value);
  }
}
