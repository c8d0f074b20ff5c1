import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { START_DOCS } from './docs-page.js';

const require = createRequire(import.meta.url);
const { version } = require('swagger-ui-dist/package.json') as { version: string };
const folder = dirname(require.resolve('swagger-ui-dist/package.json'));

const compressed = promisify(gzip);

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

const FILES: Readonly<Record<string, { readonly type: string; readonly read: () => Promise<Buffer> }>> = {
  'swagger-ui.css': { type: STYLE, read: () => readFile(join(folder, 'swagger-ui.css')) },
  'swagger-ui-bundle.js': { type: SCRIPT, read: () => readFile(join(folder, 'swagger-ui-bundle.js')) },
  'start.js': { type: SCRIPT, read: () => Promise.resolve(Buffer.from(START_DOCS)) },
};

export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** What these files are made from: with other contents they have other addresses, so that a browser may keep them for ever. */
export const ASSETS_VERSION = createHash('sha256').update(`${version}\n${START_DOCS}`).digest('hex').slice(0, 16);

const read = new Map<string, Promise<Asset>>();

/** One of the page's files; undefined for any other. Read and compressed when it is first asked for, beside the loop, and kept. */
export function docsAsset(name: string): Promise<Asset> | undefined {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!file) return undefined;
  let asset = read.get(name);
  if (!asset) {
    asset = file.read().then(async (plain) => ({ type: file.type, plain, gzipped: await compressed(plain, { level: 9 }) }));
    read.set(name, asset);
    asset.catch(() => read.delete(name));
  }
  return asset;
}
