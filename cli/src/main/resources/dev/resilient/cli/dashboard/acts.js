// The phase and what can be done about it, and how an act is asked for and sent.
import { byId, make, seconds, sentence, show, text } from './text.js';

const TOKEN = document.querySelector('meta[name=token]').content;
const GO_ON = { PLAY: 'Play the demonstration', BEFORE: 'Let it happen', AFTER: 'Go on' };
const MARKS = { OPEN: ['○', 'not yet'], HELD: ['✓', 'true'], FAILED: ['✗', 'not true'] };
let drawn = '';
let fading = 0;
let waiting = '';

export function drawStory(frame) {
  waiting = frame.step;
  const step = frame.connection.kind === 'LIVE' ? GO_ON[frame.step] : undefined;
  show('go-on', step !== undefined);
  text('go-on', step ?? '');
  text('waiting', frame.waiting);
  const key = JSON.stringify([frame.act, frame.phases]);
  if (key !== drawn) {
    drawn = key;
    drawPhases(frame);
  }
}

function drawPhases(frame) {
  const phase = frame.phases.at(-1);
  byId('steps').replaceChildren(...Array.from({ length: frame.phasesInAll || frame.phases.length }, (_, index) => {
    const played = frame.phases[index];
    const words = played ? `${played.title}: ${played.outcome === 'OPEN' ? 'now' : MARKS[played.outcome][1]}` : 'to come';
    return make('li', { className: played ? played.outcome.toLowerCase() : '', title: words },
      make('span', { className: 'hidden' }, `Phase ${index + 1}, ${words}`));
  }));
  const acts = { DEPLOY: 'Deploying', DESTROY: 'Destroying', DEMONSTRATE: 'Getting ready', DRILL: 'Getting ready' };
  text('count', phase ? `${frame.phasesInAll ? `Phase ${frame.phases.length} of ${frame.phasesInAll}` : `Drill ${frame.phases.length}`}${frame.act === 'DESTROY' ? ', and now everything is destroyed' : ''}` : '');
  text('story-title', phase ? phase.title : acts[frame.act] ?? 'The demonstration');
  text('explanation', phase ? phase.explanation : frame.act
    ? 'The phases follow.'
    : 'Seven phases make the service fail, and show what each remedy buys. None has been played yet; all of the service can be changed by hand as well.');
  byId('claims').replaceChildren(...(phase ? phase.claims.map(drawClaim) : []));
}

function drawClaim(claim) {
  const [mark, words] = MARKS[claim.outcome];
  const seen = claim.outcome === 'OPEN'
    ? `within ${seconds(claim.withinMillis)}`
    : `${claim.observed}, after ${seconds(claim.afterMillis)}${claim.withinMillis ? ` of at most ${seconds(claim.withinMillis)}` : ''}`;
  return make('li', { className: claim.outcome.toLowerCase() },
    make('span', { className: 'mark', ariaHidden: 'true' }, mark),
    make('div', {}, make('span', { className: 'hidden' }, `${words}: `),
      make('span', { className: 'text' }, claim.text), make('p', { className: 'seen' }, ...sentence(seen))));
}

export function bindActs() {
  byId('go-on').onclick = async () => {
    if (waiting !== 'PLAY' || await ask('Play the demonstration?', 'It makes the service fail in seven ways, and has one instance replaced. Each phase waits for you.', 'Play it')) {
      act('go-on', byId('go-on'));
    }
  };
  byId('requests').onclick = () => act('requests', byId('requests'));
}

/** Does something, and says what came of it. The button cannot be used meanwhile, but keeps the focus. */
export async function act(path, button) {
  if (button.ariaDisabled === 'true') {
    return;
  }
  button.ariaDisabled = 'true';
  try {
    const answer = await fetch(`acts/${path}`, { method: 'POST', headers: { 'X-Resilient-Token': TOKEN } });
    const type = answer.headers.get('Content-Type') ?? '';
    outcome(type.startsWith('application/json') ? (await answer.json()).text : await answer.text());
  } catch {
    outcome('The dashboard cannot be reached.');
  } finally {
    button.ariaDisabled = 'false';
  }
}

function outcome(words) {
  if (words === '') {
    return;
  }
  text('outcome', words);
  byId('outcome').classList.add('shown');
  clearTimeout(fading);
  fading = setTimeout(() => byId('outcome').classList.remove('shown'), 5000);
}

/** Asks before something that cannot be taken back. */
export function ask(title, words, yes) {
  text('ask-title', title);
  text('ask-text', words);
  text('ask-yes', yes);
  const dialog = byId('ask');
  return new Promise(resolve => {
    const answer = value => () => {
      dialog.onclose = null;
      dialog.close();
      resolve(value);
    };
    byId('ask-yes').onclick = answer(true);
    byId('ask-no').onclick = answer(false);
    dialog.onclose = answer(false);
    dialog.showModal();
    byId('ask-no').focus();
  });
}
