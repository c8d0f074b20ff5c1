import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { directionOf } from './language.js';

interface FrameProps {
  /** A language tag (BCP 47). */
  readonly language: string;
  readonly title: string;
  /** CSS without quotation marks and `<`, because it is written into the page unchanged. */
  readonly style?: string;
  /** What else stands in the head, such as links to style sheets. */
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of every page. It loads nothing but what its `head` names. */
export function PageFrame({ language, title, style, head, children }: FrameProps): JSX.Element {
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {style !== undefined && <style>{style}</style>}
        {head}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** A page as an HTML document. All text in it is escaped. */
export const pageText = (page: JSX.Element): string => `<!DOCTYPE html>${renderToString(page)}`;
