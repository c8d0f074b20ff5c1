import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

/** Finds the methods of providers that have the metadata of a decorator. */
@Injectable()
export class AnnotatedMethodFinder {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  *find<Metadata, Method extends (...args: never[]) => unknown>(
    key: string,
  ): Generator<{ name: string; metadata: Metadata; call: Method }> {
    for (const { instance } of this.discovery.getProviders()) {
      if (instance === null || typeof instance !== 'object') continue;
      const owner = instance as Record<string, Method | undefined>;
      const prototype = Object.getPrototypeOf(owner) as object | null;
      if (prototype === null) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const method = owner[name];
        if (typeof method !== 'function') continue;
        const metadata = this.reflector.get<Metadata | undefined>(key, method);
        if (metadata !== undefined) yield { name, metadata, call: method.bind(owner) as Method };
      }
    }
  }
}
