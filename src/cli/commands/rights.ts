import { AccessRegistry, rightsTable } from '../../modules/identity/http.js';
import { options } from '../command.js';
import { inApplication } from '../with-application.js';

export function documentRights(words: readonly string[]): Promise<string> {
  options(words);
  return inApplication((app) => Promise.resolve(rightsTable(app.get(AccessRegistry).all())));
}
