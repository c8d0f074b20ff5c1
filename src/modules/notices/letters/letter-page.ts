import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { fileWord } from '../templates/shipped.js';
import { dayInWords } from '../templates/message.js';
import { directionOf } from '../../../shared/language.js';
import { type Direction, levelsOf, ownDirection, runsOf, type TextRun } from './direction.js';
import type { Letter } from './letter.js';
import { linesOf } from './line-breaks.js';
import { drawQrCode } from './qr-code.js';

type Document = InstanceType<typeof PDFDocument>;

const MM = 72 / 25.4;

/**
 * A4, folded in three for a DL envelope (110 × 220 mm) with its window on the right, as French post is sorted: NF Z 10-011 has the address
 * at 50 mm from the top and 110 mm from the left, six lines at most.
 */
const PAGE = { left: 20 * MM, right: 190 * MM, top: 20 * MM, bottom: 272 * MM } as const;
const WINDOW = { left: 110 * MM, right: 195 * MM, top: 50 * MM, lines: 6 } as const;
const BELOW_WINDOW = 102 * MM;
const FOLDS = [99 * MM, 198 * MM];
const SIZE = 11;
const LINE = 5.5 * MM;
const QR_CODE = 40 * MM;

// One font family with every alphabet that we write in (Latin, Cyrillic, Arabic with its joined forms), so that no line needs two fonts.
const require = createRequire(import.meta.url);
export const FONTS = {
  regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;
type Font = keyof typeof FONTS;

interface Column {
  readonly left: number;
  readonly right: number;
}

/** Draws one letter on pages of its own. */
export function drawLetter(document: Document, letter: Letter): void {
  const direction = directionOf(letter.language);
  document.addPage();
  drawFolds(document);
  drawText(document, 'bold', PAGE.top, letter.councilName, { left: PAGE.left, right: WINDOW.left }, 'ltr');
  windowLines(letter.recipient).forEach((line, number) => drawLine(document, 'regular', WINDOW.top + number * LINE, line, WINDOW, 'ltr'));

  drawLine(document, 'regular', BELOW_WINDOW, `${fileWord(letter.language)} ${letter.reference}`.trim(), PAGE, direction);
  drawLine(document, 'regular', BELOW_WINDOW, dayInWords(letter.writtenOn, letter.language), PAGE, opposite(direction), direction);
  let y = BELOW_WINDOW + 2 * LINE;
  if (letter.subject !== null) y = drawText(document, 'bold', y, letter.subject, PAGE, direction) + LINE;
  for (const paragraph of letter.body.split('\n')) {
    y = drawText(document, 'regular', y, paragraph, PAGE, direction, () => nextPageOf(document, letter, direction));
  }
  if (letter.qrCode === undefined) return;
  y += LINE;
  if (y + QR_CODE > PAGE.bottom) y = nextPageOf(document, letter, direction);
  drawQrCode(document, letter.qrCode, direction === 'ltr' ? PAGE.left : PAGE.right - QR_CODE, y, QR_CODE);
}

/** Returns the lines of an address; when there are more than the window shows, the last line holds the rest. */
function windowLines(lines: readonly string[]): readonly string[] {
  const alone = WINDOW.lines - 1;
  return lines.length <= WINDOW.lines ? lines : [...lines.slice(0, alone), lines.slice(alone).join(', ')];
}

/** Begins a further page of a letter with the household's reference, and returns where its text begins. */
function nextPageOf(document: Document, letter: Letter, direction: Direction): number {
  document.addPage();
  drawLine(document, 'regular', PAGE.top, letter.reference, PAGE, direction);
  return PAGE.top + 2 * LINE;
}

function drawFolds(document: Document): void {
  for (const y of FOLDS)
    document
      .moveTo(0, y)
      .lineTo(5 * MM, y)
      .lineWidth(0.3)
      .strokeColor('#999999')
      .stroke();
}

/** Draws a paragraph in as many lines as it takes, and returns where the next one begins. */
function drawText(
  document: Document,
  font: Font,
  top: number,
  text: string,
  column: Column,
  direction: Direction,
  nextPage?: () => number,
): number {
  const paragraph = withNonBreakingSpaces(text);
  document.font(font, SIZE);
  let y = top;
  for (const { start, end } of linesOf(paragraph, column.right - column.left, (part) => document.widthOfString(part))) {
    if (nextPage && y > PAGE.bottom) y = nextPage();
    drawLine(document, font, y, paragraph, column, direction, direction, { start, end });
    y += LINE;
  }
  return y;
}

/** Draws one line. It stands at the side where `side` begins; `direction` is that of the paragraph. */
function drawLine(
  document: Document,
  font: Font,
  y: number,
  paragraph: string,
  column: Column,
  side: Direction,
  direction: Direction = ownDirection(paragraph),
  { start, end } = { start: 0, end: paragraph.length },
): void {
  document.font(font, SIZE).fillColor('black');
  const pieces = runsOf(paragraph, levelsOf(paragraph, direction), start, end).flatMap(piecesOf);
  const widths = pieces.map((piece) => document.widthOfString(piece));
  let x = side === 'ltr' ? column.left : column.right - widths.reduce((sum, width) => sum + width, 0);
  pieces.forEach((piece, number) => {
    if (piece !== ' ') document.text(piece, x, y, { lineBreak: false });
    x += widths[number] ?? 0;
  });
}

/**
 * Returns the pieces of a run in the order in which they are drawn, from left to right. A run from right to left is drawn word by word: the
 * library would otherwise order its words from left to right.
 */
function piecesOf({ text, direction }: TextRun): string[] {
  if (direction === 'ltr') return [text];
  return text
    .split(/( )/)
    .filter((piece) => piece !== '')
    .map(reversedSigns)
    .reverse();
}

/** The library reverses letters from right to left when it shapes them, but not a piece that has signs only, which is reversed here. */
function reversedSigns(piece: string): string {
  return /\p{L}/u.test(piece) ? piece : [...piece].reverse().join('');
}

/** Keeps French punctuation from standing alone at the start of a line. */
function withNonBreakingSpaces(text: string): string {
  return text.replace(/ (?=[:;!?»])/g, '\u00A0').replace(/« /g, '«\u00A0');
}

function opposite(direction: Direction): Direction {
  return direction === 'ltr' ? 'rtl' : 'ltr';
}
