import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import { DOCUMENT_WORDS } from './document/document.js';
import { AccessGuard } from './modules/identity/http.js';
import { conventions } from './platform/http/http.js';
import { openApiDocument } from './platform/http/openapi.js';
import { fastifyOptions } from './platform/http/server.js';
import { UPLOADS } from './platform/http/upload.js';
import type { PlatformOptions } from './platform/platform.module.js';

/** The application with its routes, ready to listen. */
export async function createApplication(platform: PlatformOptions): Promise<NestFastifyApplication> {
  const { settings, log } = platform;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(platform),
    new FastifyAdapter(fastifyOptions(settings.trustProxy)),
    { logger: log, bodyParser: false, abortOnError: false },
  );
  await app.register(cookie);
  conventions(app);
  await app.register(multipart, UPLOADS);
  app.get(AccessGuard).guard(app);
  return app;
}

/** The OpenAPI document of the program, from its routes alone: nothing is started, and no database is needed. */
export async function documentOf(platform: PlatformOptions): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(platform), new FastifyAdapter(), {
    logger: false,
    preview: true,
    abortOnError: false,
  });
  return openApiDocument(app, DOCUMENT_WORDS);
}

/** Everything but HTTP: for the command line. */
export function createContext(platform: PlatformOptions) {
  return NestFactory.createApplicationContext(AppModule.with(platform), { logger: platform.log, abortOnError: false });
}
