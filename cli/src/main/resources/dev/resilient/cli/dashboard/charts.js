// The charts of the last two minutes.
import { byId, KINDS, text } from './text.js';

const LABELS = { recommendation: 'recommendation', fallback: 'static book', error: 'error' };
let answers = null;
let latency = null;

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const size = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

export function drawCharts(frame) {
  if (!answers) {
    begin();
  }
  const labels = frame.points.map((_, index) => index - frame.points.length);
  answers.data.labels = labels;
  KINDS.forEach(([kind], index) => { answers.data.datasets[index].data = frame.points.map(point => point[kind]); });
  latency.data.labels = labels;
  latency.data.datasets[0].data = frame.points.map(point => point.median);
  latency.data.datasets[1].data = frame.points.map(point => point.p99);
  answers.update('none');
  latency.update('none');
  const last = frame.points.at(-1);
  text('answers-text', KINDS.map(([kind]) => `${last[kind]} ${LABELS[kind]}`).join(' · '));
  text('latency-text', [['median', last.median], ['99 % within', last.p99]].filter(([, value]) => value !== null)
    .map(([words, value]) => `${words} ${value.toFixed(1)} ms`).join(' · '));
}

function begin() {
  answers = new Chart(byId('answers'), {
    type: 'bar',
    data: { labels: [], datasets: KINDS.map(([kind]) => ({ label: LABELS[kind], data: [], kind: `${kind}-fill`, barPercentage: 1, categoryPercentage: .94 })) },
    options: options({ stacked: true, precision: 0 }),
  });
  latency = new Chart(byId('latency'), {
    type: 'line',
    data: { labels: [], datasets: [['median', 'accent'], ['p99', 'muted']].map(([label, kind], index) => ({ label, data: [], kind, borderWidth: index ? 1.5 : 2, borderDash: index ? [4, 3] : [], pointRadius: 0, spanGaps: false })) },
    options: options({ stacked: false, precision: undefined, unit: ' ms' }),
  });
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  addEventListener('resize', paint);
}

function options({ stacked, precision, unit = '' }) {
  return {
    animation: false,
    maintainAspectRatio: false,
    normalized: true,
    interaction: { mode: 'index', intersect: false },
    plugins: {
      legend: { display: false },
      tooltip: { callbacks: { title: items => `${-items[0].label} s ago`, label: item => `${item.dataset.label}: ${item.formattedValue}${unit}` } },
    },
    scales: {
      x: { stacked, grid: { display: false }, ticks: { autoSkip: false, maxRotation: 0, callback: (_, index) => (index % 30 === 0 ? `${120 - index} s ago` : index === 119 ? 'now' : null) } },
      y: { stacked, beginAtZero: true, border: { display: false }, ticks: { precision, maxTicksLimit: 5, callback: value => `${value}${unit}` } },
    },
  };
}

function paint() {
  for (const chart of [answers, latency]) {
    for (const dataset of chart.data.datasets) {
      dataset.backgroundColor = colour(dataset.kind);
      dataset.borderColor = colour(dataset.kind);
    }
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks.color = colour('muted');
      scale.ticks.font = { size: size() * .72 };
      scale.grid.color = colour('line');
    }
    chart.options.font = { family: getComputedStyle(document.documentElement).fontFamily };
    chart.update('none');
  }
}
