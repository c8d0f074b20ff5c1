import { Controller, Get, Header, HttpCode, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/public.js';
import { ReadinessService } from './readiness.service.js';
import { Metrics } from './metrics.js';
import { MetricsGuard } from './metrics.guard.js';

/** Endpoints for supervisors, proxies and Prometheus. They are no part of the API and its document, and show no data. */
@Controller()
@ApiExcludeController()
export class HealthController {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  @Public()
  @HttpCode(200)
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Public()
  async readyz(@Res({ passthrough: true }) reply: FastifyReply): Promise<Record<string, unknown>> {
    const { ready, ...details } = await this.readiness.check();
    void reply.status(ready ? 200 : 503);
    if (!ready) void reply.header('retry-after', '2');
    return { status: ready ? 'ready' : 'not ready', ...details };
  }

  @Get('metrics')
  @Public({ but: 'to the machine that it runs on, or with METRICS_TOKEN as a bearer token' })
  @UseGuards(MetricsGuard)
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  collect(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
