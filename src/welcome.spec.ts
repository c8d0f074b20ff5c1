import { expect, test } from '@jest/globals';
import { welcome } from './welcome.js';

const baseUrl = 'http://127.0.0.1:3000';

test('says where to go and with which sign-in, the sign-ins last', () => {
  const signIns = {
    baseUrl,
    client: { id: 'c1', secret: 's1' },
    families: [{ reference: 'F-7K3M-2Q', code: '1234' }],
    users: [
      { role: 'council_manager', email: 'claire@example.org', password: 'p1' },
      { role: 'auditor', email: 'a@example.org', password: 'p2' },
    ],
  };
  expect(welcome({ baseUrl, showMessages: true, demo: { file: '.data/demo.json', signIns } })).toBe(`\
Passerelle is ready at http://127.0.0.1:3000
  API           http://127.0.0.1:3000/api/v1
  Its document  http://127.0.0.1:3000/docs
  Messages      http://127.0.0.1:3000/messages (e-mails and SMS do not leave; they are shown there)
Sign-ins of the demonstration council (in .data/demo.json):
  council manager  claire@example.org  p1
  auditor          a@example.org       p2
  family           F-7K3M-2Q           1234
  API client       c1                  s1
`);
});

test('says nothing of what there is not', () => {
  expect(welcome({ baseUrl, showMessages: false, demo: null })).not.toMatch(/Sign-ins|Messages/);
});
