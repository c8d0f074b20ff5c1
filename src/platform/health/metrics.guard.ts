import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/settings.js';
import { Problem } from '../http/problem.js';
import { isFromThisMachine } from '../messages/this-machine.guard.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The figures show how much is done here, and when. So only requests from this machine may read them, and those with the operator's token.
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): true {
    const { socket, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const { metricsToken } = this.settings;
    const given = /^Bearer +(\S{1,500})$/i.exec(headers.authorization ?? '')?.[1];
    if (given !== undefined && metricsToken !== null && timingSafeEqual(digest(given), digest(metricsToken))) return true;
    if (given === undefined && isFromThisMachine({ remoteAddress: socket.remoteAddress, headers })) return true;
    if (metricsToken === null) throw Problem.of('NOT_FOUND');
    throw Problem.of('UNAUTHENTICATED', {
      detail: 'send METRICS_TOKEN as a bearer token',
      headers: { 'www-authenticate': 'Bearer realm="metrics"' },
    });
  }
}
