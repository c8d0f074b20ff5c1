import { readFile } from 'node:fs/promises';
import { Controller, Get, Header, Headers, Injectable, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { byQuality } from '../../shared/quality-values.js';
import { ASSETS_VERSION, docsAsset } from './docs-assets.js';
import { docsPage } from './docs-page.js';
import { Field } from './field.js';
import { Problem } from './problem.js';
import { Public } from './public.js';

/** Its own scripts, the styles that they write into the page, the pictures in its style sheet, and calls to this very program. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** From here, the sources and what is built of them are equally far from the root. */
const DOCUMENT = new URL('../../../dist/openapi.json', import.meta.url);

/** The OpenAPI document of the program. The build makes it: making it at a start would hold every start up for half a second. */
@Injectable()
export class ApiDocument {
  private text: Promise<string> | undefined;

  /** Read when it is first asked for, and kept. */
  asJson(): Promise<string> {
    this.text ??= readFile(DOCUMENT, 'utf8');
    this.text.catch(() => (this.text = undefined));
    return this.text;
  }
}

class AssetPath {
  @Field.label()
  version: string;

  @Field.label()
  file: string;
}

@Controller()
@ApiExcludeController()
export class DocumentController {
  private readonly html = docsPage(`/docs/assets/${ASSETS_VERSION}`);

  constructor(private readonly document: ApiDocument) {}

  @Get('api/v1/openapi.json')
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  json(): Promise<string> {
    return this.document.asJson();
  }

  @Get('docs')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', DOCS_POLICY)
  page(): string {
    return this.html;
  }

  @Get('docs/assets/:version/:file')
  @Public()
  async asset(
    @Param() { version, file }: AssetPath,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const asset = version === ASSETS_VERSION ? await docsAsset(file) : undefined;
    if (!asset) throw Problem.of('NOT_FOUND');
    const takesGzip = byQuality(encodings ?? '').some(({ name, quality }) => name === 'gzip' && quality > 0);
    if (takesGzip) void reply.header('content-encoding', 'gzip');
    void reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding');
    return new StreamableFile(takesGzip ? asset.gzipped : asset.plain, { type: asset.type });
  }
}
