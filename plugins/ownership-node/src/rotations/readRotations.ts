import type { OnCallRotation } from '@slipway/plugin-ownership-common';
import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import { describeIssues, YamlDocument } from '@slipway/plugin-platform-node';
import { checkRotation, type KnownPeople } from './checkRotation';
import { rotationDocument } from './rotationDocument';
import { toRotation } from './toRotation';

/** A file of `org/oncall/`. */
export interface RotationFile {
  /** Its path in the repository, with slashes. */
  name: string;
  text: string;
}

/** A rotation, and where it stands. */
export interface LocatedRotation {
  rotation: OnCallRotation;
  file: string;
  /** From 1. */
  line: number;
}

/** What files say. A rotation with a problem is left out. */
export interface RotationsReading {
  rotations: LocatedRotation[];
  /** In the order of files and lines. */
  problems: DefinitionProblem[];
}

/** Reads and checks rotations. */
export function readRotations(
  files: readonly RotationFile[],
  people: KnownPeople,
): RotationsReading {
  const rotations: LocatedRotation[] = [];
  const problems: DefinitionProblem[] = [];
  for (const { name: file, text } of files) {
    for (const document of YamlDocument.parseAll(text)) {
      const found = readDocument(document, people);
      const { line } = document;
      problems.push(...found.problems.map(problem => ({ file, ...problem })));
      const { rotation } = found;
      const twin =
        rotation && rotations.find(one => one.rotation.name === rotation.name);
      if (twin) {
        problems.push({
          file,
          line: document.lineOf(['metadata', 'name']),
          message: `There is a rotation "${rotation.name}" already, in ${twin.file}:${twin.line}. Give each its own name.`,
        });
      } else if (rotation) {
        rotations.push({ rotation, file, line });
      }
    }
  }
  return {
    rotations,
    problems: problems.sort(
      (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line,
    ),
  };
}

function readDocument(
  document: YamlDocument,
  people: KnownPeople,
): {
  rotation?: OnCallRotation;
  problems: Omit<DefinitionProblem, 'file'>[];
} {
  if (document.broken) {
    const { line, message } = document.broken;
    return {
      problems: [{ line, message: `This is no valid YAML: ${message}.` }],
    };
  }
  const result = rotationDocument.safeParse(document.value);
  const wrong = result.success
    ? checkRotation(result.data, people)
    : describeIssues(document, rotationDocument, result.error.issues);
  return {
    ...(result.success &&
      wrong.length === 0 && { rotation: toRotation(result.data) }),
    problems: wrong.map(({ path, message }) => ({
      line: document.lineOf(path),
      message,
    })),
  };
}
