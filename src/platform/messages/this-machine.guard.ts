import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isThisMachine } from '../outside/addresses.js';
import { ShownMessagesRepository } from './shown-messages.repository.js';

interface RequestOrigin {
  /** The address of the connection itself, whatever the headers say. */
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

const HOST = /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;
/** The headers that proxies and tunnels add. They show that the request comes from another machine. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Whether a request was made on this machine, under the machine's own name. A foreign page whose name is made to point here (DNS rebinding)
 * sends that name in `Host`.
 */
export function isFromThisMachine({ remoteAddress, headers }: RequestOrigin): boolean {
  const name = HOST.exec(typeof headers.host === 'string' ? headers.host : '')?.[1];
  if (name === undefined || remoteAddress === undefined) return false;
  return isThisMachine(remoteAddress) && isThisMachine(name) && FORWARDED.every((header) => headers[header] === undefined);
}

/** Admits only requests from this machine, where messages are shown. For all others the page does not exist. */
@Injectable()
export class ThisMachineGuard implements CanActivate {
  constructor(private readonly messages: ShownMessagesRepository) {}

  canActivate(context: ExecutionContext): true {
    const { socket, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!this.messages.isOn || !isFromThisMachine({ remoteAddress: socket.remoteAddress, headers })) throw Problem.of('NOT_FOUND');
    return true;
  }
}
