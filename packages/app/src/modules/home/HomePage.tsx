import { ButtonLink } from '@backstage/ui';
import { Figures } from './Figures';
import { Greeting } from './Greeting';
import { MyRuns } from './MyRuns';
import { MyServices } from './MyServices';
import { StartSomething } from './StartSomething';
import { useMyWork } from './useMyWork';
import { WaitingForMe } from './WaitingForMe';
import { WhereTimeWent } from './WhereTimeWent';
import styles from './HomePage.module.css';

/** What is mine, what is running for me, and what I can start; live. */
export function HomePage() {
  const { services, recentRuns, waits, approvals, myRuns } = useMyWork();
  return (
    <main className={styles.page}>
      <header className={styles.heading}>
        <Greeting />
        <ButtonLink href="/create" variant="primary">
          Create
        </ButtonLink>
      </header>
      <Figures services={services} runs={recentRuns} waits={waits} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <MyServices services={services} />
          <WhereTimeWent waits={waits} />
        </div>
        <div className={styles.column}>
          <WaitingForMe approvals={approvals} />
          <MyRuns runs={myRuns} />
        </div>
      </div>
      <StartSomething />
    </main>
  );
}
