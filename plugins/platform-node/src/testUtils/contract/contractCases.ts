import { adoptionCases } from './cases/adoptionCases';
import { acceptDriftCases, changingCases } from './cases/changingCases';
import { endingCases } from './cases/endingCases';
import { makingCases } from './cases/makingCases';
import { rotationCases } from './cases/rotationCases';
import { secrecyCases } from './cases/secrecyCases';
import { softDeleteCases } from './cases/softDeleteCases';
import type { ContractCase } from './ContractCase';

/** All that a resource provider promises, in the order in which it is worth knowing. */
export const contractCases: ContractCase[] = [
  ...makingCases,
  ...changingCases,
  ...endingCases,
  ...secrecyCases,
  ...acceptDriftCases,
  ...softDeleteCases,
  ...rotationCases,
  ...adoptionCases,
];
