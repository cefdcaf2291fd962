// The architecture: boxes in the document, and the requests that flow between them as lines behind the boxes.
import { act, ask } from './acts.js';
import { byId, clock, drawRates, KINDS, make, show, text } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';
const zones = new Map();
const instances = new Map();
const parameters = new Map();
const paths = new Map();
let latest = null;
let known = true; // whether requests say which instance answered them

const LABELS = {
  'table': ['Break it', 'Repair it'],
  'failure-response': ['Answer statically', 'Answer with errors'],
  'time-limits': ['Wait without end', 'Limit the time'],
  'health-check': ['Check deeply', 'Check shallowly'],
};

export function drawPicture(frame) {
  latest = frame;
  drawRates(byId('users-rates'), frame.rates);
  drawBalancer(frame);
  const total = rates => KINDS.reduce((sum, [kind]) => sum + rates[kind], 0);
  known = total(frame.rates) === 0 || frame.zones.flatMap(zone => zone.instances).some(instance => total(instance.rates) > 0);
  drawZones(frame.zones);
  drawTable(frame);
  frame.parameters.forEach(drawParameter);
  drawFlows();
}

function drawBalancer(frame) {
  const all = frame.zones.flatMap(zone => zone.instances).filter(instance => instance.health);
  const healthy = all.filter(instance => instance.health === 'healthy').length;
  const open = all.length > 0 && !all.some(instance => instance.health === 'healthy' || instance.health === 'initial');
  text('balancer-text', !frame.endpoint ? 'there is none'
    : open ? 'no target is healthy: it fails open and uses all of them'
      : `${healthy} of ${all.length} targets healthy`);
}

function drawTable(frame) {
  const name = frame.parameters.find(parameter => parameter.key === 'table');
  const broken = name !== undefined && name.value !== '' && name.value !== name.initial;
  byId('table').classList.toggle('broken', broken);
  text('table-text', !frame.table ? 'there is none'
    : broken ? 'the servers are looking for another one, which is not there'
      : `${name ? name.initial : ''} ${frame.table.toLowerCase()}`);
}

function drawZones(all) {
  all.forEach(zone => {
    if (!zones.has(zone.name)) {
      const list = make('div', { className: 'list' });
      const box = make('li', { className: 'zone' }, make('h3', {}, zone.name), list,
        make('p', { className: 'none' }, 'no instance'));
      zones.set(zone.name, { box, list, none: box.lastChild });
      byId('zones').append(box);
    }
    const { list, none } = zones.get(zone.name);
    show(none, zone.instances.length === 0);
    const boxes = zone.instances.map(drawInstance);
    [...list.children].filter(box => !boxes.includes(box)).forEach(box => {
      instances.delete(box.dataset.id);
      box.remove();
    });
    boxes.filter(box => box.parentNode !== list).forEach(box => list.append(box));
  });
}

function drawInstance(instance) {
  if (!instances.has(instance.id)) {
    instances.set(instance.id, makeInstance(instance.id));
  }
  const { box, parts } = instances.get(instance.id);
  box.className = `instance ${instance.health}`;
  text(parts.state, instance.health || 'no target');
  text(parts.why, [instance.reason, instance.description].filter(Boolean).join(': '));
  text(parts.lifecycle, [instance.lifecycle === 'InService' ? '' : instance.lifecycle,
    instance.state === 'running' ? '' : instance.state].filter(Boolean).join(', '));
  show(parts.restricted, instance.restricted);
  const said = instance.own.text && `Says${instance.own.at ? ` at ${clock(Date.parse(instance.own.at))}` : ''}: ${instance.own.text}`;
  text(parts.own, instance.own.fine && said ? 'works, circuit closed' : said);
  parts.own.title = said;
  const usable = instance.lifecycle === 'InService';
  show(parts.spoil, usable && !instance.restricted);
  show(parts.terminate, usable);
  drawRates(parts.rates, instance.rates);
  show(parts.rates, known);
  return box;
}

function makeInstance(id) {
  const parts = {
    state: make('span', { className: 'state' }),
    lifecycle: make('span', { className: 'why' }),
    why: make('p', { className: 'why' }),
    restricted: make('p', { className: 'restricted' }, 'bad credentials'),
    own: make('p', { className: 'why' }),
    rates: make('p', { className: 'rates' }),
    spoil: make('button', { type: 'button', title: 'Give it bad credentials' }, 'Spoil'),
    terminate: make('button', { type: 'button' }, 'Terminate'),
  };
  parts.spoil.setAttribute('aria-label', `Spoil the credentials of ${id}`);
  parts.terminate.setAttribute('aria-label', `Terminate ${id}`);
  parts.spoil.onclick = async () => {
    if (await ask('Spoil the credentials?', `Instance ${id} gets a profile that may not read the table, and is rebooted.`, 'Spoil them')) {
      act(`instances/${id}/restrict`, parts.spoil);
    }
  };
  parts.terminate.onclick = async () => {
    if (await ask('Terminate the instance?', `Instance ${id} ends, and Auto Scaling starts another one in its place.`, 'Terminate it')) {
      act(`instances/${id}/terminate`, parts.terminate);
    }
  };
  const box = make('article', { className: 'instance' }, make('div', { className: 'id' }, id),
    make('div', {}, parts.state, ' ', parts.lifecycle), parts.restricted, parts.why, parts.own, parts.rates,
    make('div', { className: 'buttons' }, parts.spoil, parts.terminate));
  box.dataset.id = id;
  box.setAttribute('aria-label', `Instance ${id}`);
  return { box, parts };
}

function drawParameter(parameter) {
  if (!parameters.has(parameter.key)) {
    const value = make('span', {});
    const button = make('button', { type: 'button' });
    byId('parameters').append(make('li', {},
      make('span', {}, make('span', { className: 'key' }, parameter.key), ' ', value), button));
    parameters.set(parameter.key, { value, button });
  }
  const { value, button } = parameters.get(parameter.key);
  const changed = parameter.value !== parameter.initial;
  text(value, parameter.value || 'not there');
  value.className = changed && parameter.value ? 'changed' : '';
  const [change, reset] = LABELS[parameter.key];
  text(button, changed ? reset : change);
  show(button, parameter.value !== '');
  button.onclick = async () => {
    const breaks = parameter.key === 'table' && !changed;
    if (!breaks || await ask('Break the dependency?', 'The servers will look for a table that does not exist, as if the service that they depend on were gone.', 'Break it')) {
      act(`parameters/${parameter.key}/${changed ? 'reset' : 'change'}`, button);
    }
  };
}

/** Lines, drawn anew with every frame and when the page gets another size; an element that stays keeps its motion. */
function drawFlows() {
  const map = byId('map').getBoundingClientRect();
  const wanted = new Map();
  const line = (key, from, to, rates, out) => {
    wanted.set(`${key} link`, { d: curve(from, to, 0), className: out ? 'link out' : 'link', width: null });
    const kinds = KINDS.filter(([kind]) => rates[kind] > 0);
    kinds.forEach(([kind], index) => wanted.set(`${key} ${kind}`, {
      d: curve(from, to, (index - (kinds.length - 1) / 2) * 8),
      className: `flow ${kind}`,
      width: Math.min(9, 3.5 + Math.sqrt(rates[kind])).toFixed(1),
    }));
  };
  const users = edges(byId('users'), map);
  const balancer = edges(byId('balancer'), map);
  const table = edges(byId('table'), map);
  const live = !byId('map').classList.contains('stale');
  const still = { recommendation: 0, fallback: 0, error: 0 };
  line('users', users.bottom, balancer.top, live ? latest.rates : still, false);
  const stacked = byId('zones').childElementCount > 1
    && byId('zones').children[0].offsetLeft === byId('zones').children[1].offsetLeft;
  const row = edges(byId('zones'), map);
  latest.zones.flatMap(zone => zone.instances).forEach(instance => {
    const box = edges(instances.get(instance.id).box, map);
    const rates = live ? instance.rates : still;
    const into = stacked ? [balancer.left, box.left] : [balancer.bottom, { ...box.top, turn: row.top.y }];
    line(instance.id, ...into, rates, instance.health !== 'healthy');
    // Only a recommendation comes from the table.
    const onward = stacked ? [box.right, table.right] : [{ ...box.bottom, turn: row.bottom.y }, table.top];
    line(`${instance.id} table`, ...onward, { ...still, recommendation: rates.recommendation }, true);
  });
  for (const [key, path] of paths) {
    if (!wanted.has(key)) {
      path.remove();
      paths.delete(key);
    }
  }
  wanted.forEach((look, key) => place(key, look));
}

function place(key, look) {
  if (!paths.has(key)) {
    const path = document.createElementNS(SVG, 'path');
    paths.set(key, path);
    byId('flows').append(path);
  }
  const path = paths.get(key);
  for (const [name, value] of [['d', look.d], ['class', look.className], ['stroke-width', look.width]]) {
    if (value !== null && path.getAttribute(name) !== value) {
      path.setAttribute(name, value);
    }
  }
}

function edges(element, map) {
  const box = element.getBoundingClientRect();
  const middle = { x: box.left - map.left + box.width / 2, y: box.top - map.top + box.height / 2 };
  return {
    top: { x: middle.x, y: box.top - map.top },
    bottom: { x: middle.x, y: box.bottom - map.top },
    left: { x: box.left - map.left, y: middle.y, side: -1 },
    right: { x: box.right - map.left, y: middle.y, side: 1 },
  };
}

/** Around the boxes where they are stacked; else straight within the row of zones, and in a curve outside of it. */
function curve(from, to, aside) {
  const round = number => number.toFixed(1);
  if (from.side) {
    const x = Math[from.side < 0 ? 'min' : 'max'](from.x, to.x) + from.side * (9 + aside / 2);
    return `M${round(from.x)} ${round(from.y)}H${round(x)}V${round(to.y)}H${round(to.x)}`;
  }
  const start = from.turn ?? from.y;
  const end = to.turn ?? to.y;
  const half = (end - start) / 2;
  return `M${round(from.x + aside)} ${round(from.y)}V${round(start)}C${round(from.x + aside)} ${round(start + half)} `
    + `${round(to.x + aside)} ${round(end - half)} ${round(to.x + aside)} ${round(end)}V${round(to.y)}`;
}

new ResizeObserver(() => latest && drawFlows()).observe(document.getElementById('map'));
