import { foldForSearch } from '../../../shared/plain-text.js';

interface SearchableNames {
  readonly reference: string;
  readonly contacts: readonly { readonly name: string }[];
  readonly learners: readonly { readonly givenName: string; readonly familyName: string }[];
}

/** Returns the text in which a search looks word by word: the reference and the names, folded. */
export function searchText({ reference, contacts, learners }: SearchableNames): string {
  const names = [...contacts.map(({ name }) => name), ...learners.flatMap(({ givenName, familyName }) => [givenName, familyName])];
  return [reference, ...names].map(foldForSearch).join(' ');
}
