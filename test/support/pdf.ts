import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Api } from './api.js';

/** The texts on each page of a PDF, one for each line. */
export async function textsOfPdf(data: Uint8Array): Promise<string[][]> {
  const document = await getDocument({ data, verbosity: 0 }).promise;
  const pages: string[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str] : [])));
  }
  return pages;
}

/** Fetches a PDF as this caller. @throws Error when the answer is not one */
export async function fetchPdf({ url, headers }: Api, path: string): Promise<Uint8Array> {
  const answer = await fetch(`${url}/api/v1${path}`, { headers });
  if (answer.status !== 200 || answer.headers.get('content-type') !== 'application/pdf')
    throw new Error(`expected a PDF, got ${answer.status}: ${await answer.text()}`);
  return new Uint8Array(await answer.arrayBuffer());
}
