import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { isThisMachine } from '../outside/addresses.js';
import { ShownMessagesRepository } from './shown-messages.repository.js';

interface Origin {
  /** Of the connection itself, whatever headers say. */
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

const HOST = /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;
/** What proxies and tunnels add: somebody on another machine asks through them. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Whether a request was made on this machine, and by its name: a foreign page whose own name leads here (DNS rebinding) sends that name in
 * `Host`.
 */
export function isFromThisMachine({ remoteAddress, headers }: Origin): boolean {
  const name = HOST.exec(typeof headers.host === 'string' ? headers.host : '')?.[1];
  if (name === undefined || remoteAddress === undefined) return false;
  return isThisMachine(remoteAddress) && isThisMachine(name) && FORWARDED.every((header) => headers[header] === undefined);
}

/** Lets in whoever sits at this machine, where messages are shown; for everybody else there is no such page. */
@Injectable()
export class ThisMachineGuard implements CanActivate {
  constructor(private readonly messages: ShownMessagesRepository) {}

  canActivate(context: ExecutionContext): true {
    const { socket, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!this.messages.isOn || !isFromThisMachine({ remoteAddress: socket.remoteAddress, headers })) throw Problem.of('NOT_FOUND');
    return true;
  }
}
