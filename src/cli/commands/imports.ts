import { importsDocument } from '../../modules/integration/domain/imports-document.js';
import { options } from '../command.js';

export function documentImports(words: readonly string[]): string {
  options(words);
  return importsDocument();
}
