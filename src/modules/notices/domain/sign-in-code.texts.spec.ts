import { describe, expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../../shared/language.js';
import { smsParts, smsText } from '../templates/sms-parts.js';
import { signInCodeText } from './sign-in-code.texts.js';

const code = { councilName: 'Département de la Seine-Saint-Denis', code: '012345', host: 'pret.seinesaintdenis.example' };

describe.each(TEXT_LANGUAGES)('the message with a code in %s', (language) => {
  test('is paid as one SMS, or two where the letters need it', () => {
    const { subject, body } = signInCodeText(code, 'sms', language);
    expect(subject).toBeNull();
    expect(smsParts(smsText(body)).parts).toBeLessThanOrEqual(['ar', 'uk'].includes(language) ? 2 : 1);
  });

  test('ends with the line by which telephones fill the code in, for this site alone', () => {
    for (const channel of ['sms', 'email'] as const) {
      const { body } = signInCodeText(code, channel, language);
      expect(body.split('\n').at(-1)).toBe('@pret.seinesaintdenis.example #012345');
      expect(body.match(/012345/g)?.length).toBe(2);
    }
  });

  test('names the council, and the code never stands in a subject', () => {
    const { subject } = signInCodeText({ ...code, councilName: 'Ville $& {code}' }, 'email', language);
    expect(subject).toContain('Ville $& {code}');
    expect(subject).not.toContain('012345');
  });
});
