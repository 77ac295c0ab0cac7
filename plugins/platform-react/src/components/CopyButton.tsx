import { Button, ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';

/** Puts a text on the clipboard and says so. */
export function CopyButton(props: {
  /** What is copied, or how to get at it when it is asked for. */
  text: string | (() => string);
  /** What the button says. */
  label?: string;
  /** What is copied, for screen readers, where the label alone doesn't say. */
  accessibleLabel?: string;
  /** Whether the icon alone stands for it, where it stands often. */
  isCompact?: boolean;
}) {
  const { text, label = 'Copy', accessibleLabel, isCompact } = props;
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();

  useEffect(() => {
    if (outcome === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      const content = typeof text === 'string' ? text : text();
      await window.navigator.clipboard.writeText(content);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };

  const words = { copied: 'Copied', refused: 'Not allowed' };
  const icon = outcome === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />;
  if (isCompact) {
    return (
      <ButtonIcon
        variant="tertiary"
        size="small"
        icon={icon}
        aria-label={outcome ? words[outcome] : (accessibleLabel ?? label)}
        onPress={copy}
      />
    );
  }
  return (
    <Button
      variant="secondary"
      size="small"
      iconStart={icon}
      aria-label={outcome ? words[outcome] : accessibleLabel}
      onPress={copy}
    >
      {outcome ? words[outcome] : label}
    </Button>
  );
}
