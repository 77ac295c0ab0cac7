import { EntityLink, isEntityRef } from '@slipway/plugin-platform-react';
import { Fragment } from 'react';

/** A reference within a sentence: `group:default/payments`. */
const REFERENCE = /\b([a-z]+:[\w.-]+\/[\w.-]*\w)/;

/** Sentences in which references are shown as names that lead to their pages. */
export function Sentences({ text }: { text: string }) {
  return (
    <>
      {text.split(REFERENCE).map((part, index) => (
        <Fragment key={index}>
          {isEntityRef(part) ? <EntityLink entityRef={part} /> : part}
        </Fragment>
      ))}
    </>
  );
}
