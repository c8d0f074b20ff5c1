import { readFile } from 'node:fs/promises';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document, as the program serves it: the build, which comes before all tests, made it from the sources as they are. */
export async function theDocument(): Promise<OpenAPIObject> {
  return JSON.parse(await readFile(new URL('../../dist/openapi.json', import.meta.url), 'utf8')) as OpenAPIObject;
}
