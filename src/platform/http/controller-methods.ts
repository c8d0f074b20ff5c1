import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

export type ControllerHandler = (...args: never[]) => unknown;

/** A method of a controller. */
export interface ControllerMethod {
  readonly owner: object;
  readonly handler: ControllerHandler;
  /** For example `LoansController.find`. */
  readonly name: string;
  /** For example `GET`; null when the method handles no requests. */
  readonly method: string | null;
  /** For example `/api/v1/loans/:id`. */
  readonly path: string;
}

/** Every method of every controller of the application. */
export function controllerMethods(discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector): ControllerMethod[] {
  return discovery.getControllers().flatMap(({ instance, metatype }) => {
    if (!metatype) return [];
    const owner = instance as Record<string, ControllerHandler>;
    const base = reflector.get<string>(PATH_METADATA, metatype);
    return scanner.getAllMethodNames(Object.getPrototypeOf(owner) as object).flatMap((name) => {
      const handler = owner[name];
      if (!handler) return [];
      const verb = reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
      const parts = [base, reflector.get<string | undefined>(PATH_METADATA, handler) ?? ''].flatMap((part) => part.split('/'));
      return {
        owner,
        handler,
        name: `${metatype.name}.${name}`,
        method: verb === undefined ? null : RequestMethod[verb],
        path: `/${parts.filter(Boolean).join('/')}`,
      };
    });
  });
}
