import type { ComponentChild, JSX } from 'preact';
import { directionOf } from '../../shared/language.js';
import { PAGE_STYLE } from '../../shared/page.style.js';
import { PageFrame } from '../../shared/page-frame.js';
import type { Page } from '../http/page.js';
import { MOST_KEPT, type ShownMessage } from './shown-messages.repository.js';

const CHANNELS = { email: 'E-mail', sms: 'SMS' } as const;
/** A URL in plain ASCII, without a full stop or a bracket at its end. */
const LINK = /(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]*[\w\-~/=%])/;

const STYLE = `${PAGE_STYLE}.text{white-space:pre-wrap;margin:.5rem 0 0}`;

/** Messages as a plain page, the newest first. */
export function messagesPage({ data, nextCursor }: Page<ShownMessage>, { isFirst }: { isFirst: boolean }): JSX.Element {
  return (
    <PageFrame language="en" title="Messages" style={STYLE}>
      <main>
        <h1>Messages</h1>
        <p>These have not left: nothing is set up to send them. The newest {MOST_KEPT} of each council are kept.</p>
        {data.length === 0 ? <p>There are none.</p> : data.map((message) => <Message key={message.number} message={message} />)}
      </main>
      {(!isFirst || nextCursor !== null) && (
        <nav aria-label="Pages">
          {!isFirst && <a href="/messages">Newest</a>}
          {nextCursor !== null && (
            <a rel="next" href={`/messages?cursor=${encodeURIComponent(nextCursor)}`}>
              Older
            </a>
          )}
        </nav>
      )}
    </PageFrame>
  );
}

function Message({ message: { channel, to, language, subject, text, leftAt, times } }: { message: ShownMessage }) {
  const written = { lang: language, dir: directionOf(language) };
  const at = leftAt.toISOString();
  return (
    <article>
      {subject === null ? <h2>{CHANNELS[channel]}</h2> : <h2 {...written}>{subject}</h2>}
      <div>
        {CHANNELS[channel]} to <b>{to}</b>, <time datetime={at}>{at.slice(0, 16).replace('T', ' ')} UTC</time>
        {times > 1 && ` (left ${times} times)`}
      </div>
      <div class="text" {...written}>
        {linked(text)}
      </div>
    </article>
  );
}

/** A text in which URLs become links. */
function linked(text: string): ComponentChild[] {
  return text.split(LINK).map((piece, index) =>
    index % 2 === 1 ? (
      <a href={piece} dir="ltr">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
