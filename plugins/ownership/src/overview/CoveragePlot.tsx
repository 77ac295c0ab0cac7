import type { CoverageDay } from '@slipway/plugin-ownership-common';
import { formatDay, Panel } from '@slipway/plugin-platform-react';
import { shareOf } from './shareOf';
import styles from './overview.module.css';

const WIDTH = 330;
const HEIGHT = 150;
const TOP = 18;
const STEPS = 3;

/** How the share of what is owned went, day by day; said in words as well. */
export function CoveragePlot(props: { trend: CoverageDay[] }) {
  const { trend } = props;
  const shares = trend.map(shareOf);
  const last = shares[shares.length - 1] ?? 100;
  return (
    <Panel
      title={trend.length < 2 ? 'Coverage' : `Coverage, ${trend.length} days`}
    >
      {trend.length < 2 ? (
        <p className={styles.note}>
          {last.toFixed(1)} % today. The plot begins tomorrow: one point a day.
        </p>
      ) : (
        <Plot trend={trend} shares={shares} />
      )}
    </Panel>
  );
}

function Plot({ trend, shares }: { trend: CoverageDay[]; shares: number[] }) {
  const lowest = Math.min(Math.floor(Math.min(...shares) / 5) * 5, 95);
  const x = (index: number) => (index / (shares.length - 1)) * WIDTH;
  const y = (share: number) =>
    TOP + ((100 - share) / (100 - lowest)) * (HEIGHT - TOP);
  const line = shares
    .map((share, index) => `${x(index).toFixed(1)} ${y(share).toFixed(1)}`)
    .join(' L');
  const marks = Array.from(
    { length: STEPS },
    (_, step) => 100 - ((100 - lowest) / (STEPS - 1)) * step,
  );
  const first = trend[0];
  const words = `From ${shares[0].toFixed(1)} % on ${formatDay(first.day)} to ${shares[shares.length - 1].toFixed(1)} % today.`;
  return (
    <figure className={styles.plot}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 4}`}
        role="img"
        aria-label={`Share of what is owned. ${words}`}
      >
        {marks.map(mark => (
          <g key={mark}>
            <line x1="0" x2={WIDTH} y1={y(mark)} y2={y(mark)} />
            <text x="0" y={y(mark) - 4}>
              {mark.toFixed(mark % 1 === 0 ? 0 : 1)} %
            </text>
          </g>
        ))}
        <path
          className={styles.area}
          d={`M${line} L${WIDTH} ${HEIGHT} L0 ${HEIGHT} Z`}
        />
        <path className={styles.line} d={`M${line}`} />
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  );
}
