import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Settings } from '../config/settings.js';

/** Ids, codes, counts and durations, but never a name, an address or a text that somebody wrote. */
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Writes structured lines to standard error, or to another destination that is given. */
@Injectable()
export class Log implements LoggerService {
  private readonly logger: Logger;

  constructor(settings: Pick<Settings, 'logLevel'>, destination: DestinationStream = pino.destination({ dest: 2, sync: false })) {
    this.logger = pino({ level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  }

  info(message: string, fields: Fields = {}): void {
    this.logger.info(fields, message);
  }

  warn(message: string, fields: Fields = {}): void {
    this.logger.warn(asFields(fields), message);
  }

  /**
   * For faults of the program. The stack contains only our code, but messages may quote data; so callers log the name of the error's class.
   */
  error(message: string, fields: Fields = {}): void {
    this.logger.error(asFields(fields), message);
  }

  /** Logs only warnings and errors while `work` runs. */
  async withWarningsOnly<T>(work: () => Promise<T>): Promise<T> {
    const { level } = this.logger;
    if (this.logger.isLevelEnabled('info')) this.logger.level = 'warn';
    try {
      return await work();
    } finally {
      this.logger.level = level;
    }
  }

  /** For Nest's own messages at the start. */
  log(message: string, context?: string): void {
    this.logger.debug({ context }, message);
  }

  fatal(message: string, fields: Fields = {}): void {
    this.logger.fatal(asFields(fields), message);
  }
}

/** Nest passes the name of its part where our code passes fields. */
function asFields(fields: Fields | string): Fields {
  return typeof fields === 'string' ? { context: fields } : fields;
}
