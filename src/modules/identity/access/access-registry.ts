import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { controllerMethods, PUBLIC, type PublicAccess } from '../../../platform/http/index.js';
import type { RequiredRights } from '../../councils/index.js';
import { RIGHTS } from '../../councils/http.js';

/** One operation, and who may call it. */
export interface Access {
  readonly method: string;
  readonly path: string;
  /** `public`, or the rights that the operation requires. */
  readonly rights: RequiredRights | 'public';
  /** Who may call a public operation, when that is not everybody. */
  readonly but: string | null;
}

const key = (method: string, path: string) => `${method} ${path}`;

/** Every operation of the application with its rights. The start fails for an operation that does not declare them. */
@Injectable()
export class AccessRegistry {
  private readonly table = new Map<string, Access>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { handler, name, method, path } of controllerMethods(this.discovery, this.scanner, this.reflector)) {
      if (method === null) continue;
      const rights = this.reflector.get<RequiredRights | undefined>(RIGHTS, handler);
      const open = this.reflector.get<PublicAccess | undefined>(PUBLIC, handler);
      if ((open !== undefined) === (rights !== undefined)) throw new Error(`${name} must declare either Rights or Public`);
      this.table.set(key(method, path), { method, path, rights: rights ?? 'public', but: open?.but ?? null });
    }
  }

  /** The rights for a route; undefined when the application has no such route. HEAD has the rights of GET. */
  of(method: string, path: string): Access['rights'] | undefined {
    return this.table.get(key(method === 'HEAD' ? 'GET' : method, path))?.rights;
  }

  all(): Access[] {
    return [...this.table.values()];
  }
}
