import {
  RUN_ACTIVITIES,
  type RunActivity,
  type RunTimes,
} from '@slipway/plugin-platform-common';
import { formatDuration } from '../format';
import styles from './TimesBar.module.css';

const WORDS: Record<RunActivity, string> = {
  people: 'waited for people',
  queue: 'in the queue',
  machines: 'waited for machines',
  work: 'worked',
};

/** Where time went: one bar, and the numbers below it. */
export function TimesBar(props: {
  /** What the lengths of the bar's parts stand for, in milliseconds. */
  times: RunTimes;
  /** The numbers below the bar, where they are not those of the bar; milliseconds. */
  numbers?: RunTimes;
  /** What is going on now, and so still growing. */
  current?: RunActivity;
}) {
  const { times, numbers = times, current } = props;
  const total = RUN_ACTIVITIES.reduce((sum, name) => sum + times[name], 0);
  return (
    <>
      <div
        className={styles.bar}
        role="img"
        aria-label={RUN_ACTIVITIES.map(
          name => `${WORDS[name]} ${say(times[name])}`,
        ).join(', ')}
      >
        {RUN_ACTIVITIES.filter(name => times[name] > 0).map(name => (
          <span
            key={name}
            data-activity={name}
            style={{ flexGrow: times[name] / total }}
          />
        ))}
      </div>
      <dl className={styles.numbers}>
        {RUN_ACTIVITIES.map(name => (
          <div key={name} data-current={name === current}>
            <dt>
              <span
                className={styles.swatch}
                data-activity={name}
                aria-hidden="true"
              />
              {WORDS[name]}
            </dt>
            <dd>{say(numbers[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function say(milliseconds: number): string {
  return milliseconds === 0 ? '0 s' : formatDuration(milliseconds);
}
