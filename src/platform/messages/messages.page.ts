import { html, type Html } from '../../shared/html.js';
import { directionOf } from '../../shared/language.js';
import type { Page } from '../http/page.js';
import { MOST_KEPT, type ShownMessage } from './shown-messages.repository.js';

const CHANNELS = { email: 'E-mail', sms: 'SMS' } as const;
/** Plain ASCII, without the full stop or the bracket behind it. */
const LINK = /(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]*[\w\-~/=%])/;

const STYLE = html`<style>:root{color-scheme:light dark}body{font:1rem/1.5 sans-serif;max-width:44rem;margin:auto;padding:1rem;overflow-wrap:anywhere}
article{border:1px solid #888;border-radius:.3rem;margin:1rem 0;padding:.5rem 1rem}h2{font-size:1.1rem;margin:.2rem 0}.text{white-space:pre-wrap;margin:.5rem 0}
nav a{display:inline-block;padding:.5rem 1rem .5rem 0}</style>`; // prettier-ignore

/** Messages as a plain page, the last to come first. */
export function messagesPage({ data, nextCursor }: Page<ShownMessage>, { isFirst }: { isFirst: boolean }): Html {
  const links = [
    ...(isFirst ? [] : [html`<a href="/messages">Newest</a>`]),
    ...(nextCursor === null ? [] : [html`<a rel="next" href="/messages?cursor=${encodeURIComponent(nextCursor)}">Older</a>`]),
  ];
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Messages</title>${STYLE}
<main><h1>Messages</h1><p>These have not left: nothing is set up to send them. The newest ${MOST_KEPT} of each council are kept.</p>
${data.length === 0 ? [html`<p>There are none.</p>`] : data.map(article)}</main>${links.length === 0 ? [] : [html`<nav aria-label="Pages">${links}</nav>`]}</html>`; // prettier-ignore
}

function article({ channel, to, language, subject, text, leftAt, times }: ShownMessage): Html {
  const written = html`lang="${language}" dir="${directionOf(language)}"`;
  const at = leftAt.toISOString();
  return html`<article><h2${subject === null ? [] : [html` ${written}`]}>${subject ?? CHANNELS[channel]}</h2>
<div>${CHANNELS[channel]} to <b>${to}</b>, <time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>${times > 1 ? ` (left ${times} times)` : ''}</div>
<div class="text" ${written}>${linked(text)}</div></article>
`; // prettier-ignore
}

/** A text whose addresses can be followed by whoever wants to. */
function linked(text: string): Html[] {
  return text.split(LINK).map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}" dir="ltr">${piece}</a>` : html`${piece}`));
}
