// Takes the frames of the stream and hands each to whoever draws a part of the page.
import { drawCharts } from './charts.js';
import { drawPicture } from './picture.js';
import { bindActs, drawStory } from './acts.js';
import { byId, clock, make, sentence, show, text } from './text.js';

const AGAIN_AFTER = 1000;
const SILENT_FOR = 12000;
let boot = '';
let stream = null;
let heard = 0;

function draw(frame) {
  if (boot && boot !== frame.boot) {
    location.reload(); // another dashboard answers here now, with another token
    return;
  }
  boot = frame.boot;
  document.title = frame.name && frame.name !== 'resilient' ? `${frame.name} - resilient` : 'resilient';
  text('name', frame.name && frame.name !== 'resilient' ? ` ${frame.name}` : '');
  text('region', frame.region);
  text('endpoint', frame.endpoint);
  byId('endpoint').href = frame.endpoint || '#';
  show('endpoint', frame.endpoint !== '');
  drawConnection(frame.connection);
  drawPicture(frame);
  text('guarding', frame.guarding.text);
  text('guard-alarm', frame.guarding.alarm && `Alarm: ${frame.guarding.alarm}.`);
  drawStory(frame);
  drawCharts(frame);
  drawEvents(frame.told);
}

function drawConnection(connection) {
  const titles = { LOOKING: 'Looking', LIVE: 'Live', NOTHING: 'Nothing deployed', LOST: 'Lost' };
  badge(titles[connection.kind], connection.kind.toLowerCase());
  const bad = connection.kind === 'LOST' || connection.kind === 'NOTHING';
  show('banner', bad);
  byId('map').classList.toggle('stale', connection.kind !== 'LIVE');
  if (bad) {
    const lost = connection.kind === 'LOST';
    banner(lost ? `The deployment has been out of sight since ${clock(connection.since)}.` : connection.text,
      lost ? `${connection.text} This page looks again all the time.` : 'This page shows it as soon as there is something.',
      connection.command);
    byId('banner').classList.toggle('lost', lost);
  }
}

function banner(title, words, command) {
  text('banner-title', title);
  text('banner-text', words);
  show('banner-command', command !== '');
  text(byId('banner-command').querySelector('code'), command);
}

function badge(words, kind) {
  text('connection', words);
  byId('connection').className = `badge ${kind}`;
}

let drawn = '';
function drawEvents(told) {
  const last = told.length ? `${told.length} ${told[0].at} ${told.at(-1).at} ${told.at(-1).text}` : '';
  if (last !== drawn) {
    drawn = last;
    byId('events').replaceChildren(...told.toReversed().map(line =>
      make('li', { className: line.tone.toLowerCase() }, make('time', {}, clock(line.at)), make('span', {}, ...sentence(line.text)))));
  }
}

/** A hidden page looks at nothing, so that nothing is asked of the deployment for it. */
function connect() {
  stream?.close();
  stream = null;
  if (document.hidden) {
    return;
  }
  heard = Date.now();
  stream = new EventSource('frames');
  stream.onmessage = message => {
    heard = Date.now();
    draw(JSON.parse(message.data));
  };
  stream.onerror = () => {
    gone();
    if (stream?.readyState === EventSource.CLOSED) {
      setTimeout(connect, AGAIN_AFTER);
    }
  };
}

function gone() {
  badge('No dashboard', 'lost');
  show('banner', true);
  byId('banner').classList.add('lost');
  byId('map').classList.add('stale');
  banner('The dashboard has ended, or cannot be reached.', 'This page tries again all the time.', '');
}

setInterval(() => {
  if (stream && Date.now() - heard > SILENT_FOR) {
    gone();
    connect();
  }
}, AGAIN_AFTER);
document.addEventListener('visibilitychange', connect);
bindActs();
connect();
