import { readFileSync } from 'node:fs';
import { codeOf, explainDiskError } from '../AgentError';
import { writeFileAtomically } from './writeFileAtomically';

/** Records by id that survive the agent: each change is on disk before it counts. */
export class RecordFile<TRecord> {
  readonly #file: string;
  readonly #records: Map<string, TRecord>;

  constructor(file: string) {
    this.#file = file;
    this.#records = new Map(Object.entries(read<TRecord>(file)));
  }

  get(id: string): TRecord | undefined {
    return this.#records.get(id);
  }

  entries(): Array<[id: string, record: TRecord]> {
    return [...this.#records];
  }

  set(id: string, record: TRecord): void {
    this.#write(new Map(this.#records).set(id, record));
    this.#records.set(id, record);
  }

  delete(id: string): void {
    if (this.#records.has(id)) {
      const left = new Map(this.#records);
      left.delete(id);
      this.#write(left);
      this.#records.delete(id);
    }
  }

  #write(records: Map<string, TRecord>): void {
    try {
      writeFileAtomically(
        this.#file,
        JSON.stringify(Object.fromEntries(records)),
      );
    } catch (error) {
      throw explainDiskError(error, 'the change could not be stored');
    }
  }
}

function read<TRecord>(file: string): Record<string, TRecord> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, TRecord>;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return {};
    }
    throw error;
  }
}
