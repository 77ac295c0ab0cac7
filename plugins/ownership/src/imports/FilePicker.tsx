import { Button } from '@backstage/ui';
import { type ChangeEvent, useRef } from 'react';

/** A button with which people choose a file, or a whole folder. */
export function FilePicker(props: {
  label: string;
  /** What a file may be: `.csv`. Left out: a folder. */
  accept?: string;
  isDisabled: boolean;
  onChoose(files: File[]): void;
}) {
  const { accept, isDisabled, label, onChoose } = props;
  const input = useRef<HTMLInputElement | undefined>(undefined);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // So that the same can be chosen again once it was mended.
    event.target.value = '';
    if (files.length > 0) {
      onChoose(files);
    }
  };
  return (
    <>
      <Button
        variant="secondary"
        isDisabled={isDisabled}
        onPress={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={element => {
          input.current = element ?? undefined;
          if (element && !accept) {
            element.webkitdirectory = true;
          }
        }}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={choose}
      />
    </>
  );
}
