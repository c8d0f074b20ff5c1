import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Settings } from '../config/settings.js';

/** Ids, codes, counts and durations: never a name, an address or a text that somebody wrote. */
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured lines on standard error, unless they are given another destination. */
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

  /** For faults of ours: the stack is ours too, but messages may quote data, so callers name the error's class. */
  error(message: string, fields: Fields = {}): void {
    this.logger.error(asFields(fields), message);
  }

  /** Only warnings and worse are logged while `work` runs: what it does is of no interest by itself. */
  async hushed<T>(work: () => Promise<T>): Promise<T> {
    const { level } = this.logger;
    if (this.logger.isLevelEnabled('info')) this.logger.level = 'warn';
    try {
      return await work();
    } finally {
      this.logger.level = level;
    }
  }

  /** Nest's own start messages. */
  log(message: string, context?: string): void {
    this.logger.debug({ context }, message);
  }

  fatal(message: string, fields: Fields = {}): void {
    this.logger.fatal(asFields(fields), message);
  }
}

/** Nest passes the name of its part where we pass fields. */
function asFields(fields: Fields | string): Fields {
  return typeof fields === 'string' ? { context: fields } : fields;
}
