import type { JSX } from 'preact';
import { PAGE_STYLE } from '../../../shared/page.style.js';
import { PageFrame } from '../../../shared/page-frame.js';
import { textLanguage, type TextLanguage } from '../../../shared/language.js';
import type { PublicCycleView, PublicLotteryView } from './dto/cycle.dto.js';
import { LOTTERY_TEXTS } from './lottery.texts.js';

/** The page that shows the commitments and everything that can be checked. */
export function lotteryPage({ council, firstKeyHash, firstKey, cycles }: PublicLotteryView, asked: string): JSX.Element {
  const language = textLanguage(asked);
  const texts = LOTTERY_TEXTS[language];
  const title = texts.title(council.name);
  return (
    <PageFrame language={language} title={title} style={PAGE_STYLE}>
      <main>
        <h1>{title}</h1>
        <p>{texts.how}</p>
        <form>
          <label>
            {texts.ask} <input name="householdId" required />
          </label>
          <button>{texts.check}</button>
        </form>
        {firstKeyHash !== null && (
          <dl>
            <Entry term={texts.first} text={firstKeyHash} />
            <Entry term={texts.key} text={firstKey ?? texts.later} />
          </dl>
        )}
        {cycles.map((cycle) => (
          <Cycle key={cycle.id} cycle={cycle} language={language} />
        ))}
      </main>
    </PageFrame>
  );
}

function Cycle({ cycle, language }: { cycle: PublicCycleView; language: TextLanguage }) {
  const { number, state, seedHash, publicValueName, publicValue, seed, reason, ticket } = cycle;
  const texts = LOTTERY_TEXTS[language];
  return (
    <>
      <h2>{`${texts.cycle(number)} (${texts.states[state]})`}</h2>
      <dl>
        <Entry term={texts.hash} text={seedHash} />
        <Entry term={`${texts.value} (${publicValueName})`} text={publicValue ?? texts.later} />
        <Entry term={texts.seed} text={seed ?? texts.later} />
        {reason !== null && <Entry term={texts.reason} text={reason} />}
        {ticket !== null && <Entry term={texts.ticket} text={ticket} />}
      </dl>
    </>
  );
}

function Entry({ term, text }: { term: string; text: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </>
  );
}
