// Loaded before the program: adds a line to the file IMPORTED_PACKAGES for each package, or part of one, that a file of the program imports.
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

/** Node calls it, in a thread of its own, for each import. */
export async function resolve(specifier, context, next) {
  const isOfProgram = context.parentURL?.includes('/dist/') && !context.parentURL.includes('/node_modules/');
  if (isOfProgram && !/^(?:[.]|node:)/.test(specifier)) appendFileSync(process.env.IMPORTED_PACKAGES, `${specifier}\n`);
  return next(specifier, context);
}
