// Small helpers for the page's elements. Texts are always set as text, never as markup.
export const byId = id => document.getElementById(id);

/** Sets the text of an element, given by itself or by its id, if it is another one. */
export function text(target, words) {
  const element = typeof target === 'string' ? byId(target) : target;
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

export function show(target, visible) {
  const element = typeof target === 'string' ? byId(target) : target;
  if (element.hidden === visible) {
    element.hidden = !visible;
  }
}

export function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

const ID = /(i-[0-9a-f]{17})/;

/** The parts of a sentence, in which the ids of instances are not broken over lines. */
export const sentence = words => words.split(ID).map((part, index) =>
  (index % 2 ? make('span', { className: 'whole' }, part) : part));

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
export const clock = millis => TIME.format(millis);

export const seconds = millis => `${(millis / 1000).toFixed(1)} s`;

export const KINDS = [['recommendation', 'recommendations'], ['fallback', 'static'], ['error', 'errors']];

/** Draws requests per second by kind. */
export function drawRates(element, rates) {
  const parts = KINDS.filter(([kind]) => rates[kind] > 0)
    .map(([kind, words]) => [kind, `${rates[kind].toFixed(1)}/s ${words}`]);
  const key = JSON.stringify(parts);
  if (element.dataset.key !== key) {
    element.dataset.key = key;
    element.replaceChildren(...(parts.length
      ? parts.map(([kind, words]) => make('span', { className: kind }, words))
      : [make('span', { className: 'idle' }, 'no requests')]));
  }
}
