import { Alert, Text } from '@backstage/ui';
import type { RunPlan } from '@slipway/plugin-platform-common';
import { InlineLink, LinkedText } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { ReasonList } from './ReasonList';

/** Says before the click what the rules say to a run: whether somebody has to agree first, why, and whether there is a queue. */
export function PlanVerdict(props: {
  plan: Pick<RunPlan, 'approvals' | 'behind' | 'decision'>;
}) {
  const links = usePlatformLinks();
  const { approvals, behind, decision } = props.plan;
  const isPlain = decision.effect === 'allow';
  return (
    <>
      {decision.effect === 'deny' && (
        <Alert status="danger" icon title="The rules don't allow this" />
      )}
      {approvals.map(({ reason, approvers, approversText, quorum }) => (
        <Alert
          key={reason}
          status="warning"
          icon
          title={
            <>
              Waits for{' '}
              <LinkedText text={approversText} entityRefs={approvers} /> first
            </>
          }
          description={
            quorum > 1
              ? `It takes ${quorum} of them. They are notified at once.`
              : 'They are notified at once. Until then, nothing changes.'
          }
        />
      ))}
      {!isPlain && <ReasonList reasons={decision.reasons} />}
      {behind && (
        <Text as="p" variant="body-small" color="secondary">
          {isPlain ? 'It' : 'It then'} queues behind{' '}
          <InlineLink href={links.run(behind.runId)}>{behind.title}</InlineLink>
          .
        </Text>
      )}
    </>
  );
}
