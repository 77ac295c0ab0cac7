import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { LiveView, useChoices, useLive } from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership, OwnershipFrame } from '../parts';
import { BiggestGaps } from './BiggestGaps';
import { CoverageFigures } from './CoverageFigures';
import { CoveragePlot } from './CoveragePlot';
import { NeedsOwner } from './NeedsOwner';
import { type EntityChoices, WhoOwns } from './WhoOwns';
import styles from './overview.module.css';

/** Who owns what, and what nobody owns; current. */
export function OwnershipPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const choices = useChoices<EntityChoices>();
  const coverage = useLive({
    key: 'coverage',
    ...onOwnership,
    query: options => ownershipApi.getCoverage(options),
  });

  return (
    <OwnershipFrame
      subtitle="Who answers for every service and resource"
      actions={
        <>
          <ButtonLink variant="secondary" href={links.imports()}>
            Import
          </ButtonLink>
          <ButtonLink variant="secondary" href={links.newTransfer()}>
            Offer a transfer
          </ButtonLink>
        </>
      }
    >
      <WhoOwns {...choices} />
      {!choices.isChosen && (
        <LiveView live={coverage} what="the coverage">
          {data => (
            <>
              <CoverageFigures coverage={data} />
              <div className={styles.columns}>
                <NeedsOwner total={data.findings.orphan} />
                <CoveragePlot trend={data.trend} />
              </div>
              <BiggestGaps gaps={data.gaps} />
            </>
          )}
        </LiveView>
      )}
    </OwnershipFrame>
  );
}
