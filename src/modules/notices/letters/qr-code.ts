import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';

type Document = InstanceType<typeof PDFDocument>;
type BarcodeLibrary = typeof import('bwip-js/node');

/** The modules of a QR code, row by row. */
export interface QrCode {
  /** Modules in a row, and rows. */
  readonly size: number;
  readonly isDark: (row: number, column: number) => boolean;
}

const require = createRequire(import.meta.url);

/**
 * The QR code of a text (ISO/IEC 18004). A quarter of it may be dirty or folded (level Q). The library takes long to load, and few letters
 * have a code, so it is loaded when the first one is drawn.
 */
export function qrCodeOf(text: string): QrCode {
  const { raw } = require('bwip-js/node') as BarcodeLibrary;
  const [code] = raw('qrcode', text, 'eclevel=Q');
  if (!code || !('pixs' in code)) throw new Error('a QR code without modules');
  const { pixs, pixx } = code;
  return { size: pixx, isDark: (row, column) => pixs[row * pixx + column] === 1 };
}

/** Draws a text as a QR code of this width, with its corner at the left and top. Dark modules that touch in a row are one rectangle. */
export function drawQrCode(document: Document, text: string, left: number, top: number, width: number): void {
  const { size, isDark } = qrCodeOf(text);
  const module = width / size;
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      if (!isDark(row, from)) continue;
      let to = from;
      while (to < size && isDark(row, to)) to++;
      document.rect(left + from * module, top + row * module, (to - from) * module, module);
      from = to;
    }
  }
  document.fill('black');
}
