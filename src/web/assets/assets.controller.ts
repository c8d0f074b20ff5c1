import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { encodingFor, Field, Public } from '../../platform/http/index.js';
import { Problem } from '../../platform/index.js';
import { assetNamed } from './assets.js';

class AssetPath {
  @Field.label()
  name: string;
}

/** The files that pages load: style sheets and the icon. */
@Controller('assets')
@ApiExcludeController()
export class AssetsController {
  @Get(':name')
  @Public()
  async get(
    @Param() { name }: AssetPath,
    @Headers('accept-encoding') accepted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const asset = await assetNamed(name);
    if (!asset) throw Problem.of('NOT_FOUND');
    const encoding = encodingFor(accepted);
    if (encoding !== 'identity') void reply.header('content-encoding', encoding);
    void reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding');
    return new StreamableFile(asset.bodies[encoding], { type: asset.type });
  }
}
