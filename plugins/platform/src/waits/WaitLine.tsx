import type { RunWait } from '@slipway/plugin-platform-common';
import { LinkedText } from '@slipway/plugin-platform-react';

/** What a wait is for, in a few words: `waits for a second person of Payments`, `waited for the pipeline of a41f9c2`. */
export function WaitLine(props: { wait: RunWait; past?: boolean }) {
  const { approval, reason } = props.wait;
  const verb = props.past ? 'waited for' : 'waits for';
  return approval ? (
    <>
      {verb}{' '}
      <LinkedText
        text={approval.approversText}
        entityRefs={approval.approvers}
      />
    </>
  ) : (
    <>
      {verb} {reason}
    </>
  );
}
