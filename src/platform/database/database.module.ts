import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dataSource, type Schema } from './data-source.js';
import { Transactions } from './transactions.js';

/** Where the database is and how to reach it: known only once the program has started it, so it comes from outside. */
export interface DatabaseOptions {
  readonly url: string;
  readonly pool: number;
  readonly schema: Schema;
  /** The login may do more than the application role, so connections take that role. */
  readonly asApplication: boolean;
  /** See `ConnectionOptions`. */
  readonly parameters?: readonly string[];
  readonly onPoolError?: (error: Error) => void;
}

class DatabaseShutdown implements OnApplicationShutdown {
  constructor(private readonly source: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DataSource,
          useFactory: () => dataSource({ ...options, name: 'passerelle' }).initialize(),
        },
        { provide: DatabaseShutdown, useFactory: (source: DataSource) => new DatabaseShutdown(source), inject: [DataSource] },
        Transactions,
      ],
      exports: [DataSource, Transactions],
    };
  }
}
