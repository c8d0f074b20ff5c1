import { Body, Controller, Header, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Problem, ThreadDispatcher, threadTask } from '../../../platform/index.js';
import { About, Answers, HasNoEffect } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { parseRound } from '../domain/engine/parse-round.js';
import { type SolvedText, solveText } from '../domain/engine/solve-text.js';
import { RoundBody, RoundResultView } from './dto/round.dto.js';

/** A text of up to this many characters, some hundred lines, is solved in a few milliseconds. */
const SMALL = 20_000;
const SOLVE = threadTask<typeof solveText>(import.meta.url, './solve-text.thread');

@ApiTags('allocation')
@Controller('api/v1/allocation')
export class SolveController {
  constructor(private readonly threads: ThreadDispatcher) {}

  /** The body is read by the engine's own reader, as on the command line. `RoundBody` only documents it. */
  @Post('solve')
  @About(
    'Solve a round of your own',
    'Runs the engine on the queue and the stock in the body, so that anybody can check it. Nothing is read from the council or stored.',
  )
  @RouteConfig({ takesText: true })
  @HasNoEffect()
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @ApiBody({ type: RoundBody })
  @Answers(RoundResultView, 'who is served from which pool, and why others are not; nothing is stored')
  @Header('content-type', 'application/json; charset=utf-8')
  async solve(@CurrentActor() { id: caller }: Actor, @Body() text: string | undefined): Promise<string> {
    const solved = await this.solved(text, caller);
    if (solved.kind === 'unreadable') throw Problem.of('MALFORMED_BODY', { detail: 'the body is not valid JSON' });
    if (solved.kind === 'faults') throw Problem.ofBody(solved.faults);
    return solved.json;
  }

  private async solved(text: string | undefined, caller: string): Promise<SolvedText> {
    if (text === undefined) {
      const nothing = parseRound(null);
      return { kind: 'faults', faults: nothing.ok ? [] : nothing.reason };
    }
    return text.length <= SMALL ? solveText(text) : this.threads.answer(SOLVE, text, caller);
  }
}
