import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { day } from '../../../shared/day.js';
import { combinedText, renderTemplate } from '../templates/render.js';
import { sampleFacts } from '../templates/samples.js';
import { shippedFrame, shippedTemplate } from '../templates/shipped.js';
import type { Letter } from './letter.js';
import { LettersDocument } from './letters-document.js';
import { lettersPdf } from './letters-pdf.js';
import { drawQrCode, qrCodeOf } from './qr-code.js';

/** What a reader of PDF finds: the text of a line in reading order, and where it stands in millimetres from the top left. */
interface SeenLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

const WRITTEN_AT = new Date('2026-11-02T08:00:00Z');
const MM = 72 / 25.4;

async function pagesOf(letters: Iterable<Letter>): Promise<SeenLine[][]> {
  const data = new Uint8Array(await buffer(lettersPdf(letters, new LettersDocument(WRITTEN_AT))));
  const document = await getDocument({ data, verbosity: 0 }).promise;
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const { items } = await (await document.getPage(number)).getTextContent();
      return items.flatMap((item) => {
        if (!('str' in item) || item.str.trim() === '') return [];
        const [, , , , x, y] = item.transform as number[];
        return [{ text: item.str, left: x! / MM, right: (x! + item.width) / MM, top: 297 - y! / MM }];
      });
    }),
  );
}

const textsOf = (page: readonly SeenLine[] | undefined) => page?.map(({ text }) => text);
const lineOf = (page: readonly SeenLine[] | undefined, text: string) => page?.find((line) => line.text === text);

const aLetter = (values: Partial<Letter> = {}): Letter => ({
  language: 'fr',
  councilName: 'Ville de Cergy',
  recipient: ['Nadia Benali', '12 rue de l’Église', '95000 CERGY'],
  reference: 'F-7K3M-2Q',
  writtenOn: day('2026-11-02'),
  subject: 'À rendre',
  body: 'Bonjour,\n\nMerci.',
  ...values,
});

describe('a letter', () => {
  test('has the address where the window of a French envelope is, and nothing else there', async () => {
    const [page] = await pagesOf([aLetter()]);
    expect(lineOf(page, 'Nadia Benali')?.left).toBeCloseTo(110, 1);
    const seen = page?.filter(({ top, right }) => top > 45 && top < 90 && right > 100);
    expect(textsOf(seen)).toEqual(['Nadia Benali', '12 rue de l’Église', '95000 CERGY']);
    expect(textsOf(page)?.filter((text) => !textsOf(seen)?.includes(text))).toEqual([
      'Ville de Cergy',
      'Dossier F-7K3M-2Q',
      'lundi 2 novembre 2026',
      'À rendre',
      'Bonjour,',
      'Merci.',
    ]);
  });

  test('keeps the town of a long address in the window', async () => {
    const [page] = await pagesOf([aLetter({ recipient: ['Nom', 'Chez X', 'Appt 3', 'Bât. B', '12 rue', 'BP 4', '95000 CERGY'] })]);
    expect(textsOf(page)).toContain('BP 4, 95000 CERGY');
  });

  test('breaks what is too long, and stays between its margins', async () => {
    const [page] = await pagesOf([aLetter({ body: `${'Été à Noël : ça va ? '.repeat(30)}${'x'.repeat(300)}` })]);
    const body = page?.filter(({ top }) => top > 115) ?? [];
    expect(body.length).toBeGreaterThan(8);
    for (const { left, right, text } of body) {
      expect(left).toBeGreaterThan(19.9);
      expect(right).toBeLessThan(190.1);
      expect(text).not.toMatch(/^[:?]/);
    }
  });

  test('goes on on a page that says whose it is, and the next begins its own', async () => {
    const body = Array.from({ length: 40 }, (_, number) => `Ligne ${number}`).join('\n');
    const pages = await pagesOf([aLetter({ body }), aLetter({ reference: 'F-2B4C-9X' })]);
    expect(pages).toHaveLength(3);
    expect(textsOf(pages[1])?.[0]).toBe('F-7K3M-2Q');
    expect([...textsOf(pages[0])!, ...textsOf(pages[1])!].filter((text) => text.startsWith('Ligne'))).toHaveLength(40);
    expect(textsOf(pages[2])).toContain('Dossier F-2B4C-9X');
  });
});

describe('a QR code', () => {
  test('is drawn as it is: every dark module once, and nothing else', () => {
    const text = 'https://pret.example.org/f/sign-in#reference=F-7K3M-25&code=7K3M-25QX';
    const { size, isDark } = qrCodeOf(text);
    const painted = new Map<string, number>();
    const rect = (left: number, top: number, width: number, height: number) => {
      expect(height).toBeCloseTo(1);
      for (let column = 0; column < Math.round(width); column++) {
        const at = `${Math.round(top - 7)} ${Math.round(left - 5) + column}`;
        painted.set(at, (painted.get(at) ?? 0) + 1);
      }
    };
    drawQrCode({ rect, fill: () => undefined } as never, text, 5, 7, size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) expect(painted.get(`${row} ${column}`) ?? 0).toBe(isDark(row, column) ? 1 : 0);
    }
    // The three squares by which a camera finds it.
    const square = (top: number, left: number) =>
      Array.from({ length: 7 }, (_, row) =>
        Array.from({ length: 7 }, (__, column) => (isDark(top + row, left + column) ? '#' : '.')).join(''),
      );
    const found = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
    for (const [top, left] of [
      [0, 0],
      [0, size - 7],
      [size - 7, 0],
    ] as const)
      expect(square(top, left)).toEqual(found);
  });

  test('stands below the text, on a page of its own where it does not fit', async () => {
    const qrCode = 'https://pret.example.org/f/sign-in#code=7K3M-25QX';
    expect(await pagesOf([aLetter({ qrCode })])).toHaveLength(1);
    const body = Array.from({ length: 25 }, (_, number) => `Ligne ${number}`).join('\n');
    const pages = await pagesOf([aLetter({ body, qrCode })]);
    expect(pages.map(textsOf)).toEqual([expect.arrayContaining(['Ligne 24']), ['F-7K3M-2Q']]);
    expect(await pagesOf([aLetter({ body })])).toHaveLength(1);
  });
});

describe('other scripts', () => {
  test('Arabic stands on the right, with references and numbers in their order', async () => {
    const letter = aLetter({
      language: 'ar',
      subject: 'أخبار',
      body: 'ملفكم \u2068F-7K3M-2Q\u2069 في 16 سبتمبر 2026.\nالمكان: \u2068Bât. B, n° 2\u2069، نعم',
    });
    const [page] = await pagesOf([letter]);
    expect(textsOf(page)).toEqual(
      expect.arrayContaining(['الملف F-7K3M-2Q', 'أخبار', 'ملفكم F-7K3M-2Q في 16 سبتمبر 2026.', 'المكان: Bât. B, n° 2، نعم']),
    );
    for (const text of ['الملف F-7K3M-2Q', 'أخبار', 'ملفكم F-7K3M-2Q في 16 سبتمبر 2026.']) {
      expect(lineOf(page, text)?.right).toBeCloseTo(190, 1);
    }
    expect(lineOf(page, 'Nadia Benali')?.left).toBeCloseTo(110, 1); // the post reads from the left
  });

  test('Arabic letters join: a word is narrower than its letters one by one', async () => {
    const [page] = await pagesOf([aLetter({ language: 'ar', body: 'سسس\nس' })]);
    const width = (text: string) => lineOf(page, text)!.right - lineOf(page, text)!.left;
    expect(width('سسس')).toBeLessThan(2.5 * width('س'));
  });

  test.each(['fr', 'en', 'tr', 'pt', 'uk', 'ro', 'es'])('every letter of what is shipped in %s is in the font', async (language) => {
    const facts = sampleFacts('loan_recalled');
    const text = renderTemplate(shippedTemplate('loan_recalled', 'letter', language)!, facts, { timeZone: 'Europe/Paris' });
    const { subject, body } = combinedText(shippedFrame('letter', language), [text], facts);
    const [page] = await pagesOf([aLetter({ language, subject, body })]);
    const plain = (all: string) => all.replace(/[\s\u00A0]+/g, '');
    expect(plain(textsOf(page)!.join(''))).toContain(plain(`${subject ?? ''}${body}`));
  });
});

describe('a batch', () => {
  test('draws a letter when it is asked for, and lets go of the rest', async () => {
    let drawn = 0;
    let closed = false;
    function* letters() {
      try {
        for (; drawn < 1_000; drawn += 1) yield aLetter();
      } finally {
        closed = true;
      }
    }
    const pdf = lettersPdf(letters(), new LettersDocument(WRITTEN_AT));
    await once(pdf, 'readable');
    expect(pdf.read()).toBeInstanceOf(Buffer);
    pdf.destroy();
    await once(pdf, 'close');
    expect(drawn).toBeLessThan(200);
    expect(closed).toBe(true);
  });

  test('that can’t be read to its end fails', async () => {
    function* letters() {
      yield aLetter();
      throw new Error('gone');
    }
    await expect(buffer(lettersPdf(letters(), new LettersDocument(WRITTEN_AT)))).rejects.toThrow('gone');
  });
});
