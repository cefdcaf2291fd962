// Draws the report from its data. Texts are only ever set as text.
const report = JSON.parse(document.getElementById('data').textContent);
const KINDS = {
  'recommendation': 'recommendation', 'cached': 'cached recommendation', 'static': 'static book', '4xx': 'status 4xx',
  'unexpected': 'unexpected answer', 'target-5xx': 'status 5xx of a target', 'elb-5xx': 'status 5xx of the load balancer',
  'time-out': 'no answer in time', 'connection-error': 'no connection',
};
const RESULTS = { HELD: ['✓', 'held', 'good'], NOT_HELD: ['✗', 'did not hold', 'bad'], FAILED: ['✗', 'could not be played to its end', 'bad'], SKIPPED: ['–', 'skipped', 'skipped'] };
const COMPARED = ['fallback-fill', 'recommendation-fill', 'accent', 'muted'];
const GUTTER = 4.5;
const charts = [];

const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children.flat());
  return element;
};
const percent = share => `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : share > .99 ? 2 : 1)} %`;
const seconds = millis => (millis === null || millis === undefined ? '–' : `${(millis / 1000).toFixed(1)} s`);
const millis = value => (value >= 10000 ? `${(value / 1000).toFixed(1)} s` : `${value >= 100 ? Math.round(value) : value.toFixed(1)} ms`);
const number = new Intl.NumberFormat('en').format;
const pinned = (configuration, drill) => `${configuration.name}-${drill.id}`.replace(/[^\w-]/g, '-');
const played = drills => drills.filter(drill => drill.result !== 'SKIPPED');

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function verdict() {
  const all = report.configurations.flatMap(configuration => played(configuration.drills));
  const failed = all.filter(drill => drill.result !== 'HELD').length;
  const skipped = report.configurations.flatMap(configuration => configuration.drills).length - all.length;
  const compared = report.configurations.length > 1;
  const words = compared ? 'What the remedies are worth'
    : failed === 0 ? `Every drill held: ${all.length} of ${all.length}.` : `${failed} of ${all.length} drills did not hold.`;
  const { surroundings } = report;
  const from = new Date(surroundings.startedAt);
  return make('header', {},
    make('p', { className: 'kicker' }, `Drills of ${surroundings.deployment}, ${Number.isNaN(from.getTime()) ? surroundings.startedAt : from.toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })}`),
    make('h1', { className: compared ? '' : failed ? 'bad' : 'good' }, words),
    make('p', {}, `While something was broken on purpose, ${number(surroundings.requestsPerSecond)} requests a second were sent to the service, each at its time whatever became of those before. All of it took ${seconds(report.durationMillis)}.${skipped ? ` ${skipped} could not be played here and were skipped.` : ''}`),
    ...(report.leftovers ?? []).map(left => make('p', { className: 'bad' }, `Left over: ${left}`)));
}

function overview(configuration) {
  const heads = ['Drill', 'served', 'errors', 'not the real thing', 'median', 'p99', 'noticed after', 'errors ended after', 'steady after'];
  return make('div', { className: 'scroll', tabIndex: 0, ariaLabel: `Drills, ${configuration.name}`, role: 'region' }, make('table', {},
    make('thead', {}, make('tr', {}, heads.map((head, index) => make('th', { scope: 'col', className: index ? '' : 'subject' }, head)))),
    make('tbody', {}, configuration.drills.map(drill => {
      const { figures } = drill;
      const cells = drill.result === 'SKIPPED' ? Array(8).fill('–') : [percent(figures.availability), number(figures.errors),
        number(figures.degraded), millis(figures.p50Millis), millis(figures.p99Millis), seconds(figures.detectMillis),
        figures.errors ? seconds(figures.recoverMillis) : 'no errors', seconds(figures.steadyMillis)];
      const [mark, words, tone] = RESULTS[drill.result];
      return make('tr', {}, make('td', { className: 'subject' }, make('span', { className: `mark ${tone}`, title: words }, mark),
        make('a', { href: `#${pinned(configuration, drill)}` }, drill.title)), cells.map(cell => make('td', {}, cell)));
    }))));
}

function comparison() {
  const { configurations } = report;
  const ids = configurations[0].drills.map(drill => drill.id);
  const found = (configuration, id) => configuration.drills.find(drill => drill.id === id);
  const box = make('div', { className: 'plot' });
  box.style.height = `${3 + ids.length * (1.1 + configurations.length * .55)}rem`;
  const section = make('section', {}, make('h2', {}, 'Side by side'),
    configurations.map(configuration => make('p', { className: 'lead' }, make('strong', {}, configuration.name), `: ${configuration.description}`)),
    make('div', { className: 'card' },
      make('h4', {}, 'Share of requests that were not served, from the beginning of the fault on'), legend(configurations.map((configuration, index) => [configuration.name, COMPARED[index]])), box,
      make('div', { className: 'scroll', tabIndex: 0, ariaLabel: 'Comparison', role: 'region' }, make('table', {},
        make('thead', {},
          make('tr', {}, make('th', { rowSpan: 2, className: 'subject' }, 'Drill'), configurations.map(configuration => make('th', { colSpan: 3, className: 'group', scope: 'colgroup' }, configuration.name))),
          make('tr', {}, configurations.flatMap(() => [make('th', { className: 'first' }, 'served'), make('th', {}, 'p99'), make('th', {}, 'errors ended after')]))),
        make('tbody', {}, ids.map(id => make('tr', {}, make('td', { className: 'subject' }, found(configurations[0], id).title),
          configurations.flatMap(configuration => {
            const drill = found(configuration, id);
            const cells = !drill || drill.result === 'SKIPPED' ? ['–', '–', '–'] : [percent(drill.figures.availability),
              millis(drill.figures.p99Millis), drill.figures.errors ? seconds(drill.figures.recoverMillis) : 'no errors'];
            return cells.map((cell, index) => make('td', { className: index ? '' : 'first' }, cell));
          }))))))));
  later(() => chart(box, 'Share of requests not served, by drill and configuration', {
    type: 'bar',
    data: {
      labels: ids.map(id => found(configurations[0], id).title),
      datasets: configurations.map((configuration, index) => ({
        label: configuration.name,
        tone: COMPARED[index],
        data: ids.map(id => { const drill = found(configuration, id); return drill && drill.result !== 'SKIPPED' ? 100 * (1 - drill.figures.availability) : null; }),
      })),
    },
    options: {
      indexAxis: 'y',
      scales: { x: { min: 0, ticks: { callback: value => `${value} %` } }, y: { grid: { display: false }, ticks: { callback(index) { return clipped(this.getLabelForValue(index)); } } } },
      plugins: { tooltip: { callbacks: { label: item => `${item.dataset.label}: ${item.parsed.x.toFixed(2)} %` } } },
    },
  }));
  return section;
}

const clipped = words => (innerWidth < 700 && words.length > 20 ? `${words.slice(0, 19)}…` : words);

const legend = entries => make('ul', { className: 'legend' }, entries.map(([words, fill]) => {
  const entry = make('li', {}, words);
  entry.style.setProperty('--fill', `var(--${fill})`);
  return entry;
}));

function section(configuration, drill) {
  const [mark, words, tone] = RESULTS[drill.result];
  const { figures, load } = drill;
  const card = make('article', { className: `card drill ${drill.result}`, id: pinned(configuration, drill) },
    make('header', {}, make('h3', {}, drill.title), make('p', { className: `outcome ${tone}` }, `${mark} ${words}`)),
    make('p', { className: 'lead' }, drill.why));
  if (drill.reason) {
    card.append(make('p', { className: 'warning' }, drill.reason));
  }
  if (drill.result === 'SKIPPED') {
    return card;
  }
  card.append(make('p', { className: 'lead' }, make('strong', {}, 'The fault: '), drill.fault),
    facts('facts', [['served', percent(figures.availability)], ['errors', number(figures.errors)],
      ['not the real thing', number(figures.degraded)], ['p99', millis(figures.p99Millis)], ['noticed after', seconds(figures.detectMillis)],
      ['out of rotation after', seconds(figures.outOfRotationMillis)], ['errors ended after', figures.errors ? seconds(figures.recoverMillis) : 'no errors'],
      ['steady after', seconds(figures.steadyMillis)]]));
  if (load.wasLimit) {
    card.append(make('p', { className: 'warning' }, `The generator of the requests was the limit here, and not the service, since its machine was busy or the rate too high: it began requests up to ${millis(load.lateMaxMillis)} late.`));
  }
  card.append(timeline(drill), make('h4', {}, 'What had to be seen'),
    make('ul', { className: 'claims' }, drill.expectations.map(claim => make('li', {},
      make('span', { className: claim.held ? 'good' : 'bad' }, claim.held ? '✓' : '✗'),
      make('div', {}, claim.text, make('p', { className: 'seen' }, `${claim.held ? '' : 'Not seen. '}${claim.observed}; within ${seconds(claim.withinMillis)}`))))),
    make('details', {}, make('summary', {}, `What happened, step by step (${drill.events.length})`),
      make('ol', { className: 'events' }, drill.events.map(event => make('li', { className: event.kind }, make('time', {}, seconds(event.atMillis)), make('span', {}, event.text))))),
    make('details', {}, make('summary', {}, 'Before, during and after the fault'), windows(drill)));
  return card;
}

const facts = (className, pairs) => make('dl', { className }, pairs.map(([term, fact]) => make('div', {}, make('dt', {}, term), make('dd', {}, fact))));

function windows(drill) {
  const heads = ['', 'requests', 'served', 'median', 'p90', 'p99', 'p99.9', 'slowest'];
  return make('div', { className: 'scroll', tabIndex: 0, ariaLabel: `Windows of ${drill.title}`, role: 'region' }, make('table', {}, make('thead', {}, make('tr', {}, heads.map((head, index) => make('th', { className: index ? '' : 'subject' }, head)))),
    make('tbody', {}, ['before', 'during', 'after'].map(name => {
      const { requests, availability, latency } = drill[name];
      return make('tr', {}, make('td', { className: 'subject' }, name), [number(requests), percent(availability), ...['p50', 'p90', 'p99', 'p999', 'max'].map(part => millis(latency[`${part}Millis`]))].map(cell => make('td', {}, cell)));
    }))));
}

/** Three plots over one axis of time. */
function timeline(drill) {
  const kinds = Object.keys(KINDS).filter(kind => drill.seconds.some(second => second.answers[kind]));
  const states = [...new Set(drill.targets.map(span => span.state))];
  const targets = [...new Set(drill.targets.map(span => span.instanceId))];
  const zoneOf = Object.fromEntries(drill.targets.map(span => [span.instanceId, span.zone ?? '']));
  const boxes = ['', ' low', ''].map(low => make('div', { className: `plot${low}` }));
  boxes[2].style.height = `${2.2 + targets.length * 1.25}rem`;
  later(() => {
    chart(boxes[0], `Answers per second of ${drill.title}`, {
      type: 'bar',
      data: { datasets: kinds.map(kind => ({ label: KINDS[kind], tone: `k-${kind}`, barPercentage: 1, categoryPercentage: .92, data: drill.seconds.map(second => ({ x: second.second + .5, y: second.answers[kind] ?? 0 })) })) },
      options: { scales: { x: { ...time(drill), stacked: true }, y: { stacked: true, beginAtZero: true, ticks: { precision: 0, maxTicksLimit: 5 }, afterFit: gutter } }, plugins: { tooltip: { callbacks: { title: at } } } },
      plugins: [fault(drill)],
    });
    chart(boxes[1], `Time until the answer of ${drill.title}`, {
      type: 'line',
      data: { datasets: [['median', 'p50Millis', 'accent'], ['p99', 'p99Millis', 'fallback-fill'], ['slowest', 'maxMillis', 'muted']].map(([label, key, tone], index) => ({ label, tone, borderWidth: index === 2 ? 1 : 2, borderDash: index === 2 ? [3, 3] : [], pointRadius: 0, data: drill.seconds.map(second => ({ x: second.second + .5, y: Math.max(second[key], 1) })) })) },
      options: { scales: { x: time(drill), y: { type: 'logarithmic', min: 1, ticks: { callback: value => (/^10*$/.test(String(value)) ? millisShort(value) : null), autoSkip: false }, afterFit: gutter } }, plugins: { tooltip: { callbacks: { title: at, label: item => `${item.dataset.label}: ${millis(item.parsed.y)}` } } } },
      plugins: [fault(drill)],
    });
    if (targets.length) {
      chart(boxes[2], `States of the targets of ${drill.title}`, {
        type: 'bar',
        data: { labels: targets, datasets: states.map(state => ({ label: state, tone: `s-${state}`, grouped: false, barPercentage: .7, categoryPercentage: 1, data: drill.targets.filter(span => span.state === state).map(span => ({ y: span.instanceId, x: [span.fromMillis / 1000, span.toMillis / 1000], span })) })) },
        options: { indexAxis: 'y', scales: { x: time(drill), y: { grid: { display: false }, ticks: { autoSkip: false, callback: index => `${(zoneOf[targets[index]] || '').slice(-2)} …${targets[index].slice(-4)}` }, afterFit: gutter } }, interaction: { mode: 'nearest', intersect: true },
          plugins: { tooltip: { callbacks: { title: items => items[0].raw.span.instanceId, label: item => `${item.raw.span.state}${item.raw.span.reason ? `, ${item.raw.span.reason}` : ''}: ${seconds(item.raw.span.fromMillis)} to ${seconds(item.raw.span.toMillis)}` } } } },
        plugins: [fault(drill)],
      });
    }
  });
  return make('div', { className: 'charts' },
    make('h4', {}, 'Answers per second; the fault is on where the ground is red'), legend(kinds.map(kind => [KINDS[kind], `k-${kind}`])), boxes[0],
    make('h4', {}, 'Time until the answer'), legend([['median', 'accent'], ['p99', 'fallback-fill'], ['slowest', 'muted']]), boxes[1],
    targets.length ? [make('h4', {}, 'The targets, as the load balancer sees them'), legend(states.map(state => [state, `s-${state}`])), boxes[2]] : []);
}

const millisShort = value => (value >= 1000 ? `${value / 1000} s` : `${value} ms`);
const at = items => `${Math.floor(items[0].parsed.x)} s`;
const time = drill => ({ type: 'linear', offset: false, min: 0, max: Math.max(1, drill.durationMillis / 1000), grid: { display: false }, ticks: { maxRotation: 0, callback: value => (Number.isInteger(value) ? `${value} s` : null) } });
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
function gutter(axis) {
  axis.width = GUTTER * rem();
}

/** The time of the fault as a band, and the events that matter as lines. */
const fault = drill => ({
  id: 'fault',
  beforeDatasetsDraw({ ctx, chartArea, scales }) {
    if (drill.faultOnMillis === null) {
      return;
    }
    const from = scales.x.getPixelForValue(drill.faultOnMillis / 1000);
    const to = scales.x.getPixelForValue((drill.faultOffMillis ?? drill.durationMillis) / 1000);
    ctx.save();
    ctx.fillStyle = colour('band');
    ctx.fillRect(from, chartArea.top, to - from, chartArea.height);
    ctx.fillStyle = colour('error-fill');
    [from, to].forEach(x => ctx.fillRect(x - .75, chartArea.top, 1.5, chartArea.height));
    ctx.restore();
  },
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    ctx.save();
    ctx.fillStyle = colour('muted');
    drill.events.filter(event => event.kind === 'users' || event.kind === 'change').forEach(event => {
      const x = scales.x.getPixelForValue(event.atMillis / 1000);
      ctx.beginPath();
      ctx.moveTo(x - 4, chartArea.top);
      ctx.lineTo(x + 4, chartArea.top);
      ctx.lineTo(x, chartArea.top + 6);
      ctx.fill();
    });
    ctx.restore();
  },
});

function chart(box, label, { type, data, options, plugins = [] }) {
  const canvas = make('canvas', { ariaLabel: label, role: 'img' });
  box.append(canvas);
  charts.push(new Chart(canvas, {
    type,
    data,
    plugins,
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false, axis: 'x' },
      ...options,
      plugins: { legend: { display: false }, ...options.plugins },
    },
  }));
}

function paint() {
  charts.forEach(each => {
    each.data.datasets.forEach(dataset => {
      dataset.backgroundColor = colour(dataset.tone);
      dataset.borderColor = colour(dataset.tone);
    });
    Object.values(each.options.scales).forEach(scale => {
      scale.ticks.color = colour('muted');
      scale.ticks.font = { size: rem() * .74 };
      scale.grid = { ...scale.grid, color: colour('line') };
    });
    each.update('none');
  });
}

const drawing = [];
const later = draw => drawing.push(draw);

function surroundings() {
  const it = report.surroundings;
  return make('section', {}, make('h2', {}, 'Where this was measured'), make('div', { className: 'card' }, facts('facts small', [
    ['deployment', it.deployment], ['target', it.target === 'aws' ? 'AWS' : 'a local cloud'], ['region', it.region],
    ['pace of waiting', it.pace === 1 ? 'as on AWS' : `${it.pace} times as fast as on AWS`], ['seed', it.seed],
    ['bad day (realism)', it.realismSeed === null ? 'no' : `seed ${it.realismSeed}`], ['began', it.startedAt],
    ['users', `${number(it.requestsPerSecond)} a second`], ['patience of a user', seconds(it.timeOutMillis)],
    ['Java', it.java], ['system', it.system], ['processors', it.cores]].map(([term, fact]) => [term, String(fact)]))),
  report.configurations.map(configuration => [make('h4', {}, `Configuration ${configuration.name}`), facts('facts small', Object.entries(configuration.settings))]));
}

const terms = () => make('section', {}, make('h2', {}, 'How to read this'), make('dl', { className: 'terms' }, [
  ['served', 'The share of the requests, from the beginning of the fault to the end of the drill, that got something of use: a recommendation, a cached one, or the static book.'],
  ['not the real thing', 'Requests that got a cached recommendation or the static book.'],
  ['median, p99', 'Half of the requests, and 99 of 100, took no longer, errors and time-outs included. Each is measured from when it was to be sent, so that a service that stalls is not flattered.'],
  ['noticed after', 'From the beginning of the fault until the load balancer first showed a target that was not healthy.'],
  ['out of rotation after', 'From then until no target that was there was anything but healthy.'],
  ['errors ended after', 'From the beginning of the fault until users got no more errors.'],
  ['steady after', 'From the undoing of the fault until everything was as before.'],
].map(([term, words]) => make('div', {}, make('dt', {}, term), make('dd', {}, words)))));

document.title = `Drills of ${report.surroundings.deployment}`;
document.getElementById('report').append(verdict());
if (report.configurations.length > 1) {
  document.getElementById('report').append(comparison());
}
report.configurations.forEach(configuration => document.getElementById('report').append(
  make('h2', {}, report.configurations.length > 1 ? `Configuration ${configuration.name}` : 'Verdicts'),
  make('div', { className: 'card' }, overview(configuration)),
  ...configuration.drills.map(drill => section(configuration, drill))));
document.getElementById('report').append(surroundings(), terms());
drawing.forEach(draw => draw());
paint();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
const paper = printing => () => {
  document.documentElement.toggleAttribute('data-paper', printing);
  charts.forEach(each => each.resize());
  paint();
};
addEventListener('beforeprint', paper(true));
addEventListener('afterprint', paper(false));
