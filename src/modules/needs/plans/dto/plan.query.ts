import { Parameter } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { NeedQuery } from '../../computing/dto/need.dto.js';

export class PlanQuery extends NeedQuery {
  @Parameter.day({ about: 'first day of the calendar; left out: today' })
  from?: Day;

  @Parameter.day({ about: 'its last day; left out: the 28th from the first' })
  until?: Day;
}
