import pg from 'pg';
import { DataSource, DefaultNamingStrategy, type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';

/** What every module adds to the database: collected in src/schema.ts. */
export interface Schema {
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/** The role that the application works as: it owns nothing and cannot bypass row-level security. */
export const APPLICATION_ROLE = 'passerelle_app';

/** Role of the platform's own work across councils (outbox, sign-in look-ups); it reaches no family or stock data. */
export const SYSTEM_ROLE = 'passerelle_system';

const DATE = 1082;
const INT8 = 20;
/** The driver's own reading of a type; its typings list some types only. */
const standardParser = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => (text: string) => unknown;

/** Days stay `YYYY-MM-DD`, counts are numbers: pg would make local Dates and strings of them. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === DATE) return (text: string) => text;
    if (oid === INT8) return Number;
    return standardParser(oid, format);
  },
};

/** `assetTag` is the column `asset_tag`. */
class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, given: string): string {
    return given || property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/**
 * A connection whose end is never an error that nobody hears, which would end the process. The pool listens only while it has the
 * connection: the server's last word that arrives together with "ready", or a second one after the first, finds no listener. Nothing is
 * missed: whoever uses the connection learns it from his next statement.
 */
class HeardClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

export interface ConnectionOptions {
  readonly url: string;
  readonly schema: Schema;
  /** Most connections. */
  readonly pool: number;
  /** Work as the application role though the login could do more (one URL for everything). */
  readonly asApplication: boolean;
  readonly name: string;
  /** Statements may take as long as they need: migrations. */
  readonly unhurried?: boolean;
  /** Further parameters of PostgreSQL that hold for these connections, such as `synchronous_commit=off`. */
  readonly parameters?: readonly string[];
  readonly onPoolError?: (error: Error) => void;
}

/** A TypeORM data source over one pg pool; not yet connected. */
export function dataSource(options: ConnectionOptions): DataSource {
  const startup = ['-c timezone=UTC'];
  if (!options.unhurried) startup.push('-c statement_timeout=30000', '-c idle_in_transaction_session_timeout=60000');
  for (const parameter of options.parameters ?? []) startup.push(`-c ${parameter}`);
  if (options.asApplication) startup.push(`-c role=${APPLICATION_ROLE}`);
  return new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.name,
    entities: [...options.schema.entities] as string[],
    migrations: [...options.schema.migrations] as unknown as string[],
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeCase(),
    synchronize: false,
    installExtensions: false,
    poolSize: options.pool,
    connectTimeoutMS: 5000,
    poolErrorHandler: (error: Error) => options.onPoolError?.(error),
    extra: { Client: HeardClient, options: startup.join(' '), types, keepAlive: true, idleTimeoutMillis: 30_000 },
  });
}
