import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { PLAN_STYLE } from '../../modules/needs/http.js';
import { FAMILY_STYLE, ICON } from './family.style.js';
import { SIGN_IN_SCRIPT } from './sign-in.script.js';

interface AssetSource {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** A file of ours in each form that a browser may ask for. */
interface Asset {
  readonly type: string;
  readonly bodies: { readonly br: Buffer; readonly gzip: Buffer; readonly identity: Buffer };
}

/** With another content a file has another name, so a browser may keep it for ever. */
function named(stem: string, ending: string, type: string, text: string): AssetSource {
  const version = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return { name: `${stem}-${version}.${ending}`, type, text };
}

const CSS = 'text/css; charset=utf-8';
const FILES = {
  family: named('family', 'css', CSS, FAMILY_STYLE),
  plan: named('plan', 'css', CSS, PLAN_STYLE),
  signIn: named('sign-in', 'js', 'text/javascript; charset=utf-8', SIGN_IN_SCRIPT),
  icon: named('icon', 'svg', 'image/svg+xml', ICON),
};

/** The address of a file. */
export const assetPath = (file: keyof typeof FILES): string => `/assets/${FILES[file].name}`;

const compressed = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const made = new Map<string, Promise<Asset>>();

/**
 * A file by its name; undefined when there is none. It is compressed when it is first asked for, beside the loop, and kept: these are a few
 * kilobytes and a few milliseconds a process, which need no step of the build and no files beside the code.
 */
export function assetNamed(name: string): Promise<Asset> | undefined {
  const file = Object.values(FILES).find((each) => each.name === name);
  if (!file) return undefined;
  let asset = made.get(name);
  if (!asset) {
    asset = inEveryForm(file);
    made.set(name, asset);
    asset.catch(() => made.delete(name));
  }
  return asset;
}

async function inEveryForm({ type, text }: AssetSource): Promise<Asset> {
  const identity = Buffer.from(text);
  const [br, zipped] = await Promise.all([compressed.br(identity, BEST), compressed.gzip(identity, { level: 9 })]);
  return { type, bodies: { br, gzip: zipped, identity } };
}
