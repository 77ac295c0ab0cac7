import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import useAsync from 'react-use/esm/useAsync';
import styles from './HomePage.module.css';

/** The date, and a word for the time of day. */
export function Greeting() {
  const identityApi = useApi(identityApiRef);
  const { value: profile } = useAsync(
    () => identityApi.getProfileInfo(),
    [identityApi],
  );
  const now = new Date();
  const date = now.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const firstName = profile?.displayName?.split(' ')[0];
  return (
    <div>
      <p className={styles.crumb}>{date}</p>
      <h1 className={styles.title}>
        {greet(now.getHours())}
        {firstName && `, ${firstName}`}
      </h1>
    </div>
  );
}

function greet(hour: number): string {
  if (hour < 5 || hour >= 18) {
    return 'Good evening';
  }
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}
