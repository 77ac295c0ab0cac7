import { Link } from '@backstage/ui';
import { TimesBar } from '@slipway/plugin-platform-react';
import type { WaitLedger } from '@slipway/plugin-platform-common';
import type { PlatformData } from '../live';
import { Panel } from './Panel';
import styles from './HomePage.module.css';

/** The wait ledger of my teams: all time as one bar, and what half of the runs stayed below. */
export function WhereTimeWent({ waits }: { waits: PlatformData<WaitLedger> }) {
  return (
    <Panel
      title="Where the time went"
      aside={
        <Link href="/insights/waits?whose=mine" standalone color="secondary">
          More
        </Link>
      }
      data={waits}
    >
      {({ all, days }) =>
        all.runs === 0 ? (
          <p className={styles.empty}>
            Once runs have ended, this shows how long they waited, and for whom.
          </p>
        ) : (
          <>
            <TimesBar times={all.total} numbers={all.median} />
            <p className={styles.note}>
              The bar adds up all runs of your teams in {days} days; the numbers
              are medians.
            </p>
          </>
        )
      }
    </Panel>
  );
}
