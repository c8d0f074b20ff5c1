import { BouncesService, RunNoticesService } from '../../modules/notices/index.js';
import { settingsOfProcess } from '../../platform/config/settings.js';
import { Clock } from '../../platform/index.js';
import { OutboxExecutor } from '../../platform/outbox/index.js';
import { FailedCheck, InvalidInput, options, WrongUsage } from '../command.js';
import { inApplication } from '../with-application.js';
import { withServices } from '../with-services.js';

/** The most bytes of mail that are read. A report contains the message that it is about, and not more. */
const MOST_BYTES_OF_MAIL = 10 * 1024 * 1024;

/** @throws InvalidInput when there is more than a mail server would send */
async function standardInput(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BYTES_OF_MAIL) throw new InvalidInput([`standard input: at most ${MOST_BYTES_OF_MAIL} bytes`]);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** @throws WrongUsage when the text is not an instant */
function instantOf(text: string): Date {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text);
  const instant = new Date(isInstant ? text : Number.NaN);
  if (Number.isNaN(instant.getTime())) throw new WrongUsage('--at: must be an instant such as 2026-11-30T09:00:00+01:00');
  return instant;
}

export function runNotices(words: readonly string[]): Promise<unknown> {
  const { at } = options(words, 'at?');
  const now = new Clock().now();
  const instant = at === undefined ? now : instantOf(at);
  if (instant > now && settingsOfProcess().isProduction) throw new WrongUsage('--at: an instant to come is refused in production');
  return inApplication(async (app) => {
    const executor = app.get(OutboxExecutor);
    return app.get(RunNoticesService).run(() => executor.drain());
  }, instant);
}

export async function takeBounce(words: readonly string[]): Promise<unknown> {
  options(words);
  const mail = await standardInput();
  return withServices(async (services) => {
    const outcome = await services.get(BouncesService).take(mail);
    if (outcome === 'unknown') throw new FailedCheck('nothing is recorded of the message that this mail is about', { outcome });
    return { outcome };
  });
}
