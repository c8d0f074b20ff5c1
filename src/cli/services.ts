import 'reflect-metadata';
import type { OnApplicationShutdown, Type } from '@nestjs/common';
import { INJECTABLE_WATERMARK } from '@nestjs/common/constants.js';

/** What Nest calls once everything is made. */
const HOOKS_OF_THE_START = ['onModuleInit', 'onApplicationBootstrap'];

/**
 * Makes services as Nest makes them: one of each class, with what its constructor asks for. Nothing is started, so a class that begins
 * something when the application starts is refused: here it would not do what it does there.
 */
export class Services {
  private readonly made: Map<Type, unknown>;

  /** `given` are instances that are there already. */
  constructor(given: readonly (readonly [type: Type, instance: unknown])[]) {
    this.made = new Map(given);
  }

  get<Service>(type: Type<Service>): Service {
    if (!this.made.has(type)) this.made.set(type, this.make(type));
    return this.made.get(type) as Service;
  }

  /** Ends what services have begun meanwhile, such as threads. */
  async end(): Promise<void> {
    for (const service of this.made.values()) await (service as Partial<OnApplicationShutdown>).onApplicationShutdown?.();
  }

  private make(type: Type): unknown {
    if (!Reflect.hasMetadata(INJECTABLE_WATERMARK, type)) throw new Error(`${type.name} is neither given nor injectable`);
    const prototype = type.prototype as object;
    if (HOOKS_OF_THE_START.some((hook) => hook in prototype))
      throw new Error(`${type.name} starts with the application, and not without it`);
    // The compiler leaves this at each injectable class.
    const asked = (Reflect.getMetadata('design:paramtypes', type) ?? []) as Type[];
    return new type(...asked.map((each) => this.get<unknown>(each)));
  }
}
