import { expect, test } from '@jest/globals';
import { searchText } from './search-text.js';

test('a search looks through the reference and every name, folded', () => {
  const household = {
    reference: 'F-7K3M-25',
    contacts: [{ name: 'Zoé  D’Artagnan' }],
    learners: [{ givenName: 'Chloë', familyName: 'Œuf' }],
  };
  expect(searchText(household)).toBe("f-7k3m-25 zoe d'artagnan chloe oeuf");
});
