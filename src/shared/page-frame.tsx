import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { directionOf } from './language.js';

interface Frame {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  /** CSS, without quotation marks or `<`: it stands in the page as it is. */
  readonly style: string;
  readonly children: ComponentChildren;
}

/** What stands around the content of every page: it brings its style and loads nothing. */
export function PageFrame({ language, title, style, children }: Frame): JSX.Element {
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>{children}</body>
    </html>
  );
}

/** A page as one HTML document; whatever is not markup already is escaped. */
export const pageText = (page: JSX.Element): string => `<!DOCTYPE html>${renderToString(page)}`;
