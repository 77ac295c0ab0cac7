import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Panel.module.css';

/** A titled part of a page. */
export function Panel(props: {
  title: string;
  /** Stands at the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { title, aside, children } = props;
  const id = useId();
  return (
    <Card className={styles.panel} aria-labelledby={id}>
      <CardHeader className={styles.head}>
        <Text as="h2" id={id} variant="body-medium" weight="bold">
          {title}
        </Text>
        {aside && <div className={styles.aside}>{aside}</div>}
      </CardHeader>
      <CardBody className={styles.body}>{children}</CardBody>
    </Card>
  );
}
