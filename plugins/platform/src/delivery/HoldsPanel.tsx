import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link, Text } from '@backstage/ui';
import type { ReleaseHold } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  type Live,
  PersonName,
  platformApiRef,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './DeliveryTab.module.css';
import { ReasonDialog } from './ReasonDialog';

/** What of a service is held, or was; current. */
export function useHolds(service: string): Live<ReleaseHold[]> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: `holds of ${service}`,
    matches: signal =>
      (signal.type === 'service' || signal.type === 'run') &&
      signal.service === service,
    query: options => platformApi.listHolds(service, options),
  });
}

/** The releases that can't be deployed just now, why, and how that ends. Nothing where there are none. */
export function HoldsPanel(props: {
  holds: Live<ReleaseHold[]>;
  /** Whether it stands on the page of the release itself. */
  isOwnPage?: boolean;
}) {
  const { holds, isOwnPage = false } = props;
  const [lifting, setLifting] = useState<ReleaseHold>();
  const open = (holds.data ?? []).filter(({ lifted }) => !lifted);
  return (
    <>
      {open.map(hold => (
        <HeldRelease
          key={hold.id}
          hold={hold}
          isOwnPage={isOwnPage}
          onLift={() => setLifting(hold)}
        />
      ))}
      {lifting && (
        <LiftDialog
          hold={lifting}
          onLifted={holds.refresh}
          onClose={() => setLifting(undefined)}
        />
      )}
    </>
  );
}

function HeldRelease(props: {
  hold: ReleaseHold;
  isOwnPage: boolean;
  onLift(): void;
}) {
  const { hold, isOwnPage, onLift } = props;
  const links = usePlatformLinks();
  return (
    <Alert
      status="warning"
      icon
      title={`v${hold.release} is held, so it is deployed nowhere`}
      description={
        <>
          <Text as="p" variant="body-small">
            {hold.reason}
          </Text>
          <Text as="p" variant="body-small" color="secondary">
            Held by <PersonName entityRef={hold.placedBy} />,{' '}
            <TimeAgo at={hold.placedAt} />.{' '}
            {!isOwnPage && (
              <Link
                href={links.release(hold.service, hold.release)}
                variant="body-small"
              >
                Show v{hold.release}
              </Link>
            )}
          </Text>
          <div className={styles.actions}>
            <Button size="small" variant="secondary" onPress={onLift}>
              Lift the hold
            </Button>
          </div>
        </>
      }
    />
  );
}

function LiftDialog(props: {
  hold: ReleaseHold;
  onLifted(): void;
  onClose(): void;
}) {
  const { hold, onLifted, onClose } = props;
  const platformApi = useApi(platformApiRef);
  return (
    <ReasonDialog
      title={`Lift the hold on v${hold.release}?`}
      confirmLabel="Lift the hold"
      onConfirm={async reason => {
        const { service, id } = hold;
        await platformApi.liftHold({ service, id, reason });
        onLifted();
      }}
      onClose={onClose}
    >
      <Text as="p" variant="body-small">
        v{hold.release} can be deployed again. It was held because:{' '}
        {hold.reason}
      </Text>
    </ReasonDialog>
  );
}

/** Keeps a release from being deployed. */
export function HoldDialog(props: {
  service: string;
  release: number;
  onHeld(): void;
  onClose(): void;
}) {
  const { service, release, onHeld, onClose } = props;
  const platformApi = useApi(platformApiRef);
  return (
    <ReasonDialog
      title={`Hold v${release}?`}
      confirmLabel={`Hold v${release}`}
      onConfirm={async reason => {
        await platformApi.placeHold({ service, release, reason });
        onHeld();
      }}
      onClose={onClose}
    >
      <Text as="p" variant="body-small">
        What it was built from goes to no environment until somebody of the team
        lifts the hold. Where it serves, it goes on serving.
      </Text>
    </ReasonDialog>
  );
}
