import { JobsService } from '../../modules/reporting/index.js';
import { isUuid } from '../../shared/ids.js';
import { FailedCheck, options, WrongUsage } from '../command.js';
import { withServices } from '../with-services.js';

export function listDeadJobs(words: readonly string[], most: number): Promise<unknown> {
  options(words);
  return withServices((services) => services.get(JobsService).dead(most));
}

export function replayJobs(words: readonly string[]): Promise<unknown> {
  const { id, kind } = options(words, 'id?', 'kind?');
  if ((id === undefined) === (kind === undefined)) throw new WrongUsage('give --id or --kind');
  if (id !== undefined && !isUuid(id)) throw new WrongUsage('--id: must be an id');
  return withServices(async (services) => {
    const replayed = await services.get(JobsService).replayForOperator({ id, kind });
    if (id !== undefined && replayed === 0) throw new FailedCheck('no job of this id was set aside', { replayed });
    return { replayed };
  });
}
